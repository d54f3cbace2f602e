"""What needs a call: every open dossier as of the date, why it is on the list, and the coded reasons for lateness."""

from __future__ import annotations

from datetime import datetime, time

import pandas as pd

import settings
from metrics import wording
from metrics.dossier_sets import bounds
from metrics.grouping import NAMES, UNKNOWN
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

# why a dossier is on the list; a dossier can have several reasons
FLAGS = ("overdue", "due_soon", "waiting_too_long", "supplement_again", "overdue_unnoticed")

OPEN_DOSSIERS = """
with open_dossier as (
    select d.*
    from dossier d
    where d.received_on <= $at and d.closed_on > $at and {scope}
),
waiting as (
    select
        w.dossier_id,
        min(case when w.answered_on > $at then w.requested_on end) as waiting_since,
        sum(until.working_day_number - start.working_day_number) as paused_days
    from waiting_interval w
    join calendar start on start.day = w.requested_on
    join calendar until on until.day = least(w.answered_on, $at)
    where w.requested_on <= $at
    group by w.dossier_id
),
noticed as (
    select n.dossier_code, max(n.sent_on) as noticed_on
    from notice n
    where n.reason = 'overdue' and n.sent_on <= $at
    group by n.dossier_code
),
numbered_note as (
    select r.*, row_number() over (partition by r.dossier_code order by r.noted_at desc, r.text) as newest
    from reminder_note r
    where r.noted_at <= $known_by
),
procedure_name as (
    {procedures}
),
dated as (
    select
        o.dossier_id, o.dossier_code, o.procedure_id, o.unit_id, o.section_id, o.officer_id, o.received_on, o.due_on,
        o.supplement_count, o.due_changes, o.late_reason, w.waiting_since, n.noticed_on,
        today.working_day_number - start.working_day_number as age,
        today.working_day_number - start.working_day_number - coalesce(w.paused_days, 0) as worked_days,
        due.working_day_number - today.working_day_number as days_left,
        today.working_day_number - since.working_day_number as waiting_days
    from open_dossier o
    left join waiting w on w.dossier_id = o.dossier_id
    left join noticed n on n.dossier_code = o.dossier_code
    join calendar today on today.day = $at
    left join calendar start on start.day = o.received_on
    left join calendar due on due.day = o.due_on
    left join calendar since on since.day = w.waiting_since
)
select
    d.dossier_code,
    coalesce(p.group_name, '{unknown}') as procedure,
    u.unit_name as unit,
    s.section_name as section,
    o.officer_name as officer,
    d.procedure_id,
    d.unit_id,
    d.received_on,
    d.due_on,
    d.age,
    d.worked_days,
    d.days_left,
    d.waiting_since,
    d.waiting_days,
    d.supplement_count,
    d.due_changes,
    d.noticed_on,
    d.late_reason,
    l.text as last_note,
    l.noted_by,
    l.noted_at,
    d.waiting_since is not null as waiting,
    coalesce(d.due_on < $at, false) and d.waiting_since is null as overdue,
    coalesce(d.due_on >= $at and d.days_left <= $near_due_days, false) and d.waiting_since is null as due_soon,
    coalesce(d.waiting_days > $waiting_too_long_days, false) as waiting_too_long,
    d.supplement_count > 1 as supplement_again,
    coalesce(d.due_on < $at, false) and d.waiting_since is null and d.noticed_on is null as overdue_unnoticed
from dated d
left join procedure_name p on p.group_id = d.procedure_id
left join unit u on u.unit_id = d.unit_id
left join section s on s.section_id = d.section_id
left join officer o on o.officer_id = d.officer_id
left join numbered_note l on l.dossier_code = d.dossier_code and l.newest = 1
order by overdue desc, d.days_left nulls last, d.received_on, d.dossier_code
"""

LATE_CAUSES = """
with late as (
    select d.late_reason
    from dossier d
    where d.received_on is not null and d.judged and d.closed_on between $from and $to and d.closed_on > d.due_on and {scope}
)
select coalesce(late_reason, 'none') as late_reason, count(*) as dossiers
from late
group by coalesce(late_reason, 'none')
order by dossiers desc, late_reason
"""


def worklist(db: Database, scope: Scope) -> pd.DataFrame:
    """One row an open dossier as of the scope's date, overdue ones first, then by days left.

    age, worked_days (age less the days of waiting for the applicant), days_left (below 0: past due; null without a due date) and
    waiting_days are working days. The FLAGS columns say why a dossier is on the list; what counts as near and as too long is in
    settings/rules.toml. `officer` is staff data: the page hides it from who may not see it. last_note, noted_by, noted_at: the
    newest reminder note.
    """
    rules = settings.read("rules")
    condition, scope_parameters = scope.condition("d")
    limits = {name: rules[name] for name in ("near_due_days", "waiting_too_long_days")}
    sql = OPEN_DOSSIERS.format(scope=condition, procedures=NAMES["procedure"], unknown=UNKNOWN)
    # a note is written after the newest event of the data; only an as-of date that was asked for hides later ones
    known_by = datetime.combine(scope.as_of, time.max) if scope.as_of else datetime(9999, 12, 31)
    return db.frame(sql, {"at": scope.at(db), "known_by": known_by, **limits, **scope_parameters})


def headline(rows: pd.DataFrame) -> str:
    """What needs a call, in Vietnamese."""
    found = {flag: wording.number(int(rows[flag].sum())) for flag in FLAGS}
    return (
        f"{wording.number(len(rows))} hồ sơ đang giải quyết: {found['overdue']} quá hạn ({found['overdue_unnoticed']} chưa báo người nộp), "
        f"{found['due_soon']} sắp đến hạn, {found['waiting_too_long']} chờ người nộp quá lâu, "
        f"{found['supplement_again']} bị yêu cầu bổ sung hơn một lần."
    )


def counts_by(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row a section, unit or officer of the worklist: group, open (all its dossiers) and a count of each flag, most overdue first."""
    counted = rows.assign(open=1).groupby(column)[["open", *FLAGS]].sum().astype(int)
    counted = counted.sort_values(["overdue", "due_soon", "open"], ascending=False, kind="stable")
    return counted.rename_axis("group").reset_index()


def late_causes(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """One row a coded reason ("none" where staff set none): late_reason, dossiers closed late in the period, share of them."""
    condition, parameters = scope.condition("d")
    found = db.frame(LATE_CAUSES.format(scope=condition), {**bounds(period, scope.at(db)), **parameters})
    found["share"] = found["dossiers"] / found["dossiers"].sum()
    return found


def late_reason_words() -> dict[str, str]:
    """Code of a reason for lateness → the words staff choose from; "none" for a dossier without one."""
    codes = settings.read("code_words")["late_reason"]
    words = {code: words[0][:1].upper() + words[0][1:] for code, words in codes.items()}
    return {**words, "none": "Chưa ghi nguyên nhân"}
