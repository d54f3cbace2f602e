"""Why our form 06a differs from the one the software prints: the cells that differ, and by rule the dossiers that explain them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

import settings
from metrics.dossier_sets import IN_HAND, SETS, joined, named_in, parameters
from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import table
from metrics.wording import missing
from warehouse.database import Database
from warehouse.printed_form import TOTAL
from warehouse.read.words import fold

RECEIVED = ("received_total", "received_online", "received_direct_postal", "carried_over")
RESOLVED = ("resolved_total", "early", "on_time", "late")
OPEN = ("in_progress_total", "within_term", "overdue")
TERM = ("early", "on_time", "late", "within_term", "overdue")


@dataclass(frozen=True)
class Rule:
    """A rule two systems may read differently: what it is in words, which cells it moves, and whose rows it holds for."""

    words: str
    columns: tuple[str, ...]
    condition: str


_CLOSED = SETS["resolved"]
_OPEN = SETS["in_progress"]
RULES: dict[str, Rule] = {
    "stopped_waiting": Rule(
        "Dừng xử lý (trạng thái 8) chưa có ngày kết thúc: ở đây tính là đang giải quyết, chờ người nộp",
        (*RESOLVED, *OPEN),
        f"{_OPEN} and d.status = 8",
    ),
    "withdrawn_or_stopped": Rule(
        "Hồ sơ rút hoặc dừng xử lý: ở đây tính là đã giải quyết, cột đúng hạn",
        (*RESOLVED, *OPEN),
        f"{_CLOSED} and d.outcome in ('withdrawn', 'stopped')",
    ),
    "refused_after_acceptance": Rule(
        "Từ chối giải quyết sau khi tiếp nhận: ở đây tính là đã giải quyết theo ngày từ chối",
        (*RESOLVED, *OPEN),
        SETS["refused"],
    ),
    "rejected": Rule(
        "Từ chối tiếp nhận (trạng thái 3): ở đây không tính là hồ sơ tiếp nhận",
        (*RECEIVED, *RESOLVED),
        SETS["rejected"],
    ),
    "waiting_for_acceptance": Rule(
        "Đã nộp nhưng chưa được tiếp nhận đến cuối kỳ: ở đây chưa tính là hồ sơ tiếp nhận",
        (*RECEIVED, *OPEN),
        SETS["waiting_for_acceptance"],
    ),
    "received_on_boundary": Rule(
        "Ngày tiếp nhận đúng ngày đầu hoặc ngày cuối kỳ",
        RECEIVED,
        "(d.received_on = $from or d.received_on = $to)",
    ),
    "submitted_before": Rule(
        "Nộp trước kỳ, tiếp nhận trong kỳ: ở đây tính theo ngày tiếp nhận",
        RECEIVED,
        "d.submitted_on < $from and d.received_on between $from and $to",
    ),
    "postal": Rule(
        "Nộp qua bưu chính: ở đây tính cùng cột trực tiếp",
        ("received_online", "received_direct_postal"),
        SETS["postal"],
    ),
    "closed_on_boundary": Rule(
        "Ngày kết thúc đúng ngày đầu hoặc ngày cuối kỳ",
        (*RESOLVED, *OPEN, "carried_over", "received_total"),
        "d.received_on is not null and (d.closed_on = $from or d.closed_on = $to)",
    ),
    "returned_after": Rule(
        "Xử lý xong trong kỳ, trả kết quả sau kỳ: ở đây tính theo ngày xử lý xong",
        (*RESOLVED, *OPEN),
        f"{_CLOSED} and d.returned_on > $to",
    ),
    "rescheduled": Rule(
        "Hẹn lại ngày trả: ở đây so với ngày hẹn mới nhất, theo ngày hẹn đầu thì trễ hoặc quá hạn",
        TERM,
        f"{IN_HAND} and d.due_changes >= 1 and d.due_first_on < least(d.closed_on, $to) and d.due_on >= least(d.closed_on, $to)",
    ),
    "waiting_past_due": Rule(
        "Quá ngày hẹn trả nhưng đang chờ người nộp: ở đây tính là trong hạn",
        ("within_term", "overdue"),
        f"{_OPEN} and d.due_on < $to and w.dossier_id is not null",
    ),
    "without_due_date": Rule(
        "Không có ngày hẹn trả: ở đây tính là trong hạn, đúng hạn",
        TERM,
        f"{IN_HAND} and d.due_on is null",
    ),
    "due_from_norm": Rule(
        "Ngày hẹn trả tính từ thời hạn của thủ tục vì nguồn không ghi",
        TERM,
        f"{IN_HAND} and d.due_from_norm",
    ),
}

LIST = """select
    d.dossier_code, p.procedure_name as procedure, u.unit_name as unit, d.submitted_on, d.received_on, d.due_first_on, d.due_on,
    case when d.closed_on <= $as_of then d.closed_on end as closed_on, d.returned_on, d.status_word
from dossier d
{joins}
left join procedure p on p.procedure_id = d.procedure_id
left join unit u on u.unit_id = d.unit_id
where {members} and {scope}
order by d.received_on, d.dossier_code
limit $limit"""
REFUSED = """select r.reason, count(*) as dossiers
from refused_row r
where r.kind = 'dossiers'
group by r.reason
order by dossiers desc, r.reason"""


def differences(db: Database, printed: pd.DataFrame, period: Period, scope: Scope) -> pd.DataFrame:
    """One row a cell of either form: group ("" = total), column, printed, ours, difference (ours − printed); in the form's order.

    `printed` is what warehouse.printed_form.printed_form gave. A field that one of the forms lacks counts as 0 there.
    """
    rows, total = table(db, "form_06a", period, scope, by="field")
    ours = pd.concat([rows, pd.DataFrame([{**total, "group": TOTAL}])])
    columns = list(settings.read("form_06a"))
    ours = ours.melt("group", columns, var_name="column", value_name="ours")
    known = {fold(name): name for name in ours["group"]}
    theirs = printed.assign(group=printed["group"].map(lambda name: known.get(fold(name), name)))
    found = theirs.merge(ours, on=["group", "column"], how="outer")
    found[["printed", "ours"]] = found[["printed", "ours"]].astype("float64").fillna(0)
    found["difference"] = found["ours"] - found["printed"]
    found["place"] = found["column"].map(columns.index)
    found["is_field"] = found["group"] != TOTAL
    order = ["is_field", "group", "place"]
    return found.sort_values(order).drop(columns=order[::2]).reset_index(drop=True)


def explanations(
    db: Database, period: Period, scope: Scope, column: str, group: str = TOTAL, difference: float | None = None
) -> pd.DataFrame:
    """One row a rule that can move the cell and holds for some dossier: rule, words, dossiers, exact (as many as the difference)."""
    keys = [key for key, rule in RULES.items() if column in rule.columns]
    columns = ", ".join(f"count(*) filter (where {RULES[key].condition}) as {key}" for key in keys)
    condition, bound = _within(scope, group).condition("d")
    sql = f"select {columns} from dossier d {joined(columns)} where {condition}"
    counted = db.frame(sql, {**named_in(sql, parameters(db, period, scope)), **bound}).iloc[0]
    rows = [
        {"rule": key, "words": RULES[key].words, "dossiers": int(counted[key]), "exact": _equal(counted[key], difference)}
        for key in keys
        if counted[key]
    ]
    found = pd.DataFrame(rows, columns=["rule", "words", "dossiers", "exact"])
    return found.sort_values(["exact", "dossiers"], ascending=False, kind="stable").reset_index(drop=True)


def dossiers_behind(db: Database, period: Period, scope: Scope, rule: str, group: str = TOTAL, limit: int = 500) -> pd.DataFrame:
    """The dossiers a rule holds for: code, procedure, unit, its dates and the source's own status word. Raises KeyError."""
    members = RULES[rule].condition
    condition, bound = _within(scope, group).condition("d")
    sql = LIST.format(members=members, scope=condition, joins=joined(members))
    return db.frame(sql, {**named_in(sql, parameters(db, period, scope)), **bound, "limit": limit})


def refused_rows(db: Database, scope: Scope) -> pd.DataFrame:
    """Rows of dossier files that were refused, by reason: reason, dossiers. Empty for a user limited to some units."""
    rows = db.frame(REFUSED)
    return rows if scope.allowed_units is None else rows.head(0)


def _within(scope: Scope, group: str) -> Scope:
    return scope if group == TOTAL else replace(scope, fields=(group,))


def _equal(count: float, difference: float | None) -> bool:
    return not missing(difference) and difference is not None and int(count) == abs(int(difference))
