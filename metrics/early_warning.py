"""Early warning: the probability that an open dossier finishes late, from how long dossiers like it have taken.

T is a dossier's processing time in working days, the days of waiting for the applicant left out. Of dossiers that have used `age`
such days and are still open, the share that will need more than age + left is S(age + left) / S(age), where S is the Kaplan–Meier
estimate of P(T > t) and `left` the working days until the due date. Dossiers still open on the day, and those withdrawn or stopped,
are censored: they are known to have lasted so long, and no more. S is taken from the dossier's procedure in its unit, else from its
procedure, else from all, whichever first has enough dossiers that lasted so long. Over all procedures, whose terms differ, time is
counted in tenths of the term instead of days.

While the clock stands the due date does not run: the days of a waiting that goes on are added to what is left.

Whether that is worth showing is tested on past month ends: what would have been said then, against what came of it. A due date that
was changed later is not used there, since it was not known then: the first one is, moved by the days of waiting until then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from metrics import wording
from metrics.period import last_months, month_of
from metrics.scope import Scope
from metrics.worklist import worklist
from warehouse.database import Database

HISTORY_DAYS = 3 * 365  # dossiers received longer ago say little of today
ENOUGH = 30  # dossiers that lasted so long, before a curve is believed
HELD_BACK_MONTHS = 6
TENTHS = 10
LEVELS = ((("procedure_id", "unit_id"), "days"), (("procedure_id",), "days"), ((), "tenths"))

# working days of waiting for the applicant until $at, whether it has ended or not
PAUSED = """paused as (
    select w.dossier_id, sum(until.working_day_number - start.working_day_number) as days,
        sum(case when w.answered_on > $at then until.working_day_number - start.working_day_number else 0 end) as running
    from waiting_interval w
    join calendar start on start.day = w.requested_on
    join calendar until on until.day = least(w.answered_on, $at)
    where w.requested_on <= $at
    group by w.dossier_id
)"""

# one row a procedure, unit, number of days and tenths of the term (null without one): dossiers that finished then, and those known
# only to have lasted so long
LASTED = f"""
with {PAUSED},
known as (
    select
        d.procedure_id,
        d.unit_id,
        greatest(until.working_day_number - start.working_day_number - coalesce(p.days, 0), 0) as days,
        greatest(due.working_day_number - start.working_day_number, 1) as term,
        d.closed_on <= $at and d.judged as finished
    from dossier d
    join calendar start on start.day = d.received_on
    join calendar until on until.day = least(d.closed_on, $at)
    left join calendar due on due.day = coalesce(d.due_first_on, d.due_on)
    left join paused p on p.dossier_id = d.dossier_id
    where d.received_on between $oldest and $at and {{scope}}
),
measured as (
    select procedure_id, unit_id, days, cast(ceil(cast(days as double) * {TENTHS} / term) as integer) as tenths, finished
    from known
)
select
    procedure_id, unit_id, days, tenths,
    count(*) filter (where finished) as finished,
    count(*) filter (where not finished) as censored
from measured
group by procedure_id, unit_id, days, tenths
"""

# dossiers open at the end of the day $at and not past the due date as it stood then, and what is known at $now of how they went
HELD_BACK = f"""
with {PAUSED},
waiting as (
    select distinct dossier_id
    from waiting_interval
    where requested_on <= $now and answered_on > $now
),
stood as (
    select
        d.procedure_id,
        d.unit_id,
        today.working_day_number - start.working_day_number - coalesce(p.days, 0) as age,
        case
            when d.due_changes > 0 then first_due.working_day_number - today.working_day_number + coalesce(p.days, 0)
            else due.working_day_number - today.working_day_number + coalesce(p.running, 0)
        end as days_left,
        d.closed_on > d.due_on as late
    from dossier d
    join calendar today on today.day = $at
    join calendar start on start.day = d.received_on
    join calendar due on due.day = d.due_on
    join calendar first_due on first_due.day = coalesce(d.due_first_on, d.due_on)
    left join paused p on p.dossier_id = d.dossier_id
    left join waiting w on w.dossier_id = d.dossier_id
    where d.received_on <= $at and d.closed_on > $at and {{scope}}
        and ((d.closed_on <= $now and d.judged) or (d.closed_on > $now and d.due_on < $now and w.dossier_id is null))
)
select procedure_id, unit_id, age, days_left, late
from stood
where days_left >= 0
"""


@dataclass(frozen=True)
class Calibration:
    """How good the warnings of past months were. `bins`: one row a tenth of probability with predicted, observed, dossiers."""

    dossiers: int
    brier: float | None  # mean squared error of the probabilities
    base_brier: float | None  # the same for always saying the share of late dossiers
    bins: pd.DataFrame

    @property
    def beats_base_rate(self) -> bool:
        """Whether the warnings say more than the plain share of late dossiers would; False with too few cases to tell."""
        enough = self.dossiers >= ENOUGH and self.brier is not None and self.base_brier is not None
        return enough and self.brier < self.base_brier  # type: ignore[operator]


def early_warning(db: Database, scope: Scope) -> pd.DataFrame:
    """The rows of `worklist` that are not overdue and have a due date, with `probability` of finishing late, most likely first.

    days_left counts on while the clock stands. A null probability: too few dossiers have ever lasted so long to say.
    """
    rows = worklist(db, scope)
    rows["days_left"] = rows["days_left"] + rows["waiting_days"].fillna(0)
    rows = rows[~rows["overdue"] & (rows["days_left"] >= 0)].reset_index(drop=True)
    rows["probability"] = late_probability(lasted(db, scope.at(db), scope), rows.assign(age=rows["worked_days"]))
    return rows.sort_values(["probability", "days_left"], ascending=[False, True], na_position="last").reset_index(drop=True)


def calibration(db: Database, scope: Scope) -> Calibration:
    """The warnings that the last months' ends would have given, each from what was known then, against what came of them.

    Dossiers that the as-of date does not yet know the end of are left out, as are those withdrawn or stopped.
    """
    now = scope.at(db)
    days = [month.end for month in last_months(month_of(now), HELD_BACK_MONTHS + 1)[:-1]]
    cases = pd.concat([_cases(db, day, now, scope) for day in days], ignore_index=True)
    cases = cases[cases["probability"].notna()]
    if cases.empty:
        return Calibration(0, None, None, pd.DataFrame(columns=["predicted", "observed", "dossiers"]))
    late, said = cases["late"].astype(float), cases["probability"].astype(float)
    share = float(late.mean())
    tenth = (said * 10).clip(upper=9).astype(int)
    bins = pd.DataFrame({"tenth": tenth, "predicted": said, "observed": late}).groupby("tenth")
    table = bins.mean().assign(dossiers=bins.size()).reset_index(drop=True)
    return Calibration(len(cases), float(((said - late) ** 2).mean()), share * (1 - share), table)


def _cases(db: Database, day: date, now: date, scope: Scope) -> pd.DataFrame:
    condition, parameters = scope.condition("d")
    rows = db.frame(HELD_BACK.format(scope=condition), {"at": day, "now": now, **parameters})
    rows["probability"] = late_probability(lasted(db, day, scope), rows)
    return rows


def lasted(db: Database, day: date, scope: Scope) -> pd.DataFrame:
    """How long dossiers have lasted, as known at the end of `day`: procedure_id, unit_id, days, tenths,
    finished, censored.

    Limited to what the user may see, not to the filter: a dossier is compared with all of its kind.
    """
    condition, parameters = Scope(whole_sector=True, allowed_units=scope.allowed_units).condition("d")
    values = {"at": day, "oldest": day - timedelta(days=HISTORY_DAYS)}
    return db.frame(LASTED.format(scope=condition), {**values, **parameters})


def late_probability(history: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """P(late) of each row (procedure_id, unit_id, age, days_left), from the finest level with enough dossiers; null without."""
    term = (rows["age"] + rows["days_left"]).clip(lower=1)
    clocks = {
        "days": rows.assign(used=rows["age"], end=rows["age"] + rows["days_left"]),
        "tenths": rows.assign(used=rows["age"] * TENTHS / term, end=TENTHS),
    }
    found = pd.Series(float("nan"), index=rows.index)
    for level, clock in LEVELS:
        curve = survival(history, list(level), clock)
        found = found.fillna(_conditional(curve, clocks[clock], list(level)))
    return found


def survival(history: pd.DataFrame, level: list[str], clock: str = "days") -> pd.DataFrame:
    """Kaplan–Meier: one row a group of `level` and `time` on the clock: at_risk (lasted at least so long), survival P(T > time)."""
    keys = ["every", *level]
    timed = history.assign(every=0, time=history[clock]).dropna(subset=["time"])
    counts = timed.groupby([*keys, "time"], as_index=False)[["finished", "censored"]].sum()
    counts["ended"] = counts["finished"] + counts["censored"]
    grouped = counts.groupby(keys)["ended"]
    counts["at_risk"] = grouped.transform("sum") - grouped.cumsum() + counts["ended"]
    counts["passed"] = 1 - counts["finished"] / counts["at_risk"]
    counts["survival"] = counts.groupby(keys)["passed"].cumprod()
    return counts[[*keys, "time", "at_risk", "survival"]]


def _conditional(curve: pd.DataFrame, rows: pd.DataFrame, level: list[str]) -> pd.Series:
    keys = ["every", *level]
    asked = rows.assign(every=0, row=rows.index, beyond=rows["used"] + 1e-9)
    at_age, at_end = (_looked_up(curve, asked, keys, moment, "survival", "backward") for moment in ("used", "end"))
    still_there = _looked_up(curve, asked, keys, "beyond", "at_risk", "forward").fillna(0)
    # before its first event a curve stands at 1
    said = at_end.fillna(1.0) / at_age.fillna(1.0)
    return said.where((still_there >= ENOUGH) & (at_age.fillna(1.0) > 0)).clip(0, 1)


def _looked_up(curve: pd.DataFrame, asked: pd.DataFrame, keys: list[str], moment: str, value: str, direction: str) -> pd.Series:
    """The curve's `value` at the last (first, when forward) of its times not after (before) each row's `moment`."""
    whole = dict.fromkeys(keys, "int64")
    left = asked[[*keys, "row", moment]].astype({moment: float, **whole}).sort_values(moment)
    right = curve[[*keys, "time", value]].astype({"time": float, **whole}).sort_values("time")
    found = pd.merge_asof(left, right, left_on=moment, right_on="time", by=keys, direction=direction)
    return found.set_index("row")[value].reindex(asked["row"])


def verdict(found: Calibration) -> str:
    """In Vietnamese: whether the warnings have been worth reading."""
    if found.brier is None or found.base_brier is None or found.dossiers < ENOUGH:
        return "Chưa đủ hồ sơ đã biết kết quả để kiểm nghiệm cảnh báo sớm, nên chưa hiển thị."
    scores = f"sai số Brier {wording.number(found.brier, 3)} so với {wording.number(found.base_brier, 3)} của tỷ lệ trễ chung"
    tested = f"Kiểm nghiệm trên {wording.number(found.dossiers)} lượt hồ sơ của {HELD_BACK_MONTHS} tháng gần đây: {scores}"
    if found.beats_base_rate:
        return f"{tested}; cảnh báo có giá trị tham khảo."
    return f"{tested}; cảnh báo không tốt hơn tỷ lệ chung nên không hiển thị."
