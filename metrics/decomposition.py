"""Where a change between two periods comes from: unit × procedure, split into mix (what came in) and rate (how it was handled).

A share is a weighted mean of the groups' shares, S = Σ wᵍ rᵍ. With S̄, w̄ and r̄ the means of both periods,

    mix  = (w₂ − w₁) × (r̄ − S̄)        the group became a larger or smaller part of the whole
    rate = w̄ × (r₂ − r₁)              the group itself became better or worse

and mix + rate over all groups is S₂ − S₁ exactly, since the weights' changes add up to nothing. A group that one period lacks
has no rate of its own there: the other period's stands in, and all of its effect is mix.

A median is no weighted mean. But at any number of days x, the share of dossiers that took at most x days is one. Between the
two medians the mean over x of that share falls by D when the median rises, and D splits into the groups' mix and rate as above;
each part of D, scaled by (median₂ − median₁) / D, is the group's part of the median's change. The parts sum to it exactly.
Where D is 0 (the medians lie in a gap that no dossier falls in), one row "Không tách được" carries the whole change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from metrics import wording
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

KEYS = ["unit_name", "procedure_name"]
INSEPARABLE = "Không tách được"


@dataclass(frozen=True)
class Change:
    """A figure in two periods and where its change comes from.

    `parts`: one row a unit and procedure, largest effect first: unit_name, procedure_name, weight_before, weight_after,
    value_before, value_after (the group's own figure, null where it had none), mix, rate, effect = mix + rate.
    """

    before: float | None
    after: float | None
    parts: pd.DataFrame

    @property
    def size(self) -> float | None:
        """After less before; None when one of the periods has no data."""
        return None if self.before is None or self.after is None else self.after - self.before


class Measure(NamedTuple):
    """A figure that can be split: how sentences name it and write it, whether it is a share, and the query of its counts."""

    name: str
    share: bool
    counts: str
    by_channel: bool = True  # False: the channel filter would decide the figure itself, so it is left out


# one row a unit and procedure: dossiers done in the period, and those of them closed by the due date (none given: on time)
ON_TIME = """
with done as (
    select d.unit_id, d.procedure_id, d.due_on is null or d.closed_on <= d.due_on as good
    from dossier d
    where d.closed_on between $from_day and $to_day and d.outcome = 'done' and {scope}
)
select u.unit_name, p.procedure_name, count(*) as whole, sum(case when done.good then 1 else 0 end) as part
from done join unit u on u.unit_id = done.unit_id join procedure p on p.procedure_id = done.procedure_id
group by u.unit_name, p.procedure_name
"""

# one row a unit and procedure: dossiers received in the period, and those of them submitted online
ONLINE = """
with received as (
    select d.unit_id, d.procedure_id, d.channel = 2 as good
    from dossier d
    where d.received_on between $from_day and $to_day and {scope}
)
select u.unit_name, p.procedure_name, count(*) as whole, sum(case when received.good then 1 else 0 end) as part
from received join unit u on u.unit_id = received.unit_id join procedure p on p.procedure_id = received.procedure_id
group by u.unit_name, p.procedure_name
"""

# one row a unit, procedure and number of working days: dossiers done in the period that took so long
DAYS = """
with done as (
    select d.unit_id, d.procedure_id, d.processing_days as days, count(*) as whole
    from dossier d
    where d.closed_on between $from_day and $to_day and d.outcome = 'done' and d.processing_days is not null and {scope}
    group by d.unit_id, d.procedure_id, d.processing_days
)
select u.unit_name, p.procedure_name, done.days, sum(done.whole) as whole
from done join unit u on u.unit_id = done.unit_id join procedure p on p.procedure_id = done.procedure_id
group by u.unit_name, p.procedure_name, done.days
"""

MEASURES = {
    "on_time_share": Measure("Tỷ lệ giải quyết đúng hạn", True, ON_TIME),
    "online_share": Measure("Tỷ lệ nộp trực tuyến", True, ONLINE, by_channel=False),
    "median_days": Measure("Thời gian giải quyết trung vị", False, DAYS),
}


def decomposition(db: Database, period: Period, scope: Scope, before: Period, measure: str) -> Change:
    """How `measure` (a key of MEASURES) changed from `before` to `period`, by unit and procedure.

    Raises KeyError for a measure that is not there.
    """
    asked = MEASURES[measure]
    condition, parameters = scope.condition("d", channel=asked.by_channel)

    def counts(span: Period) -> pd.DataFrame:
        days = {"from_day": span.start, "to_day": min(span.end, scope.at(db))}
        return db.frame(asked.counts.format(scope=condition), parameters | days)

    return change_of_share(counts(before), counts(period)) if asked.share else change_of_median(counts(before), counts(period))


def change_of_share(before: pd.DataFrame, after: pd.DataFrame) -> Change:
    """Split a share's change. Both frames: one row a group with KEYS, `whole` (dossiers) and `part` (those that count)."""
    if before["whole"].sum() == 0 or after["whole"].sum() == 0:
        return Change(_share(before), _share(after), _parts_of(pd.DataFrame(columns=KEYS)))
    both = before.merge(after, on=KEYS, how="outer", suffixes=("_before", "_after"))
    numbers = [f"{name}_{side}" for name in ("whole", "part") for side in ("before", "after")]
    both[numbers] = both[numbers].fillna(0).astype(float)
    for side in ("before", "after"):
        both[f"weight_{side}"] = both[f"whole_{side}"] / both[f"whole_{side}"].sum()
        both[f"value_{side}"] = both[f"part_{side}"] / both[f"whole_{side}"].where(both[f"whole_{side}"] > 0)
    first, last = both["value_before"].fillna(both["value_after"]), both["value_after"].fillna(both["value_before"])
    both["mix"], both["rate"] = _mix_and_rate(both["weight_before"], both["weight_after"], first, last)
    return Change(_share(before), _share(after), _parts_of(both))


def change_of_median(before: pd.DataFrame, after: pd.DataFrame) -> Change:
    """Split a median's change. Both frames: one row a group and number of `days`, with KEYS and `whole` (dossiers)."""
    start, end = _median(before), _median(after)
    if start is None or end is None:
        return Change(start, end, _parts_of(pd.DataFrame(columns=KEYS)))
    low, high = min(start, end), max(start, end)
    sides = [_group_shares(frame, low, high) for frame in (before, after)]
    both = sides[0].join(sides[1], how="outer", suffixes=("_before", "_after")).reset_index()
    for side in ("before", "after"):
        both[f"weight_{side}"] = both[f"weight_{side}"].fillna(0.0)
    first, last = both["at_most_before"].fillna(both["at_most_after"]), both["at_most_after"].fillna(both["at_most_before"])
    mix, rate = _mix_and_rate(both["weight_before"], both["weight_after"], first, last)
    fall = float((mix + rate).sum())
    if start == end or abs(fall) < 1e-12:
        both["mix"] = both["rate"] = 0.0
        if start != end:
            both.loc[len(both), [*KEYS, "mix", "rate"]] = [INSEPARABLE, INSEPARABLE, 0.0, end - start]
    else:
        both["mix"], both["rate"] = mix * (end - start) / fall, rate * (end - start) / fall
    return Change(start, end, _parts_of(both))


def _mix_and_rate(w1: pd.Series, w2: pd.Series, r1: pd.Series, r2: pd.Series) -> tuple[pd.Series, pd.Series]:
    whole = ((w1 * r1).sum() + (w2 * r2).sum()) / 2
    return (w2 - w1) * ((r1 + r2) / 2 - whole), (w1 + w2) / 2 * (r2 - r1)


def _group_shares(counts: pd.DataFrame, low: float, high: float) -> pd.DataFrame:
    """One row a group: weight, own median (value), and the mean over low ≤ x < high of its share that took at most x days."""
    days = counts["days"].astype(float)
    # a dossier of `days` is "at most x" on the part of the span that lies above it
    covered = ((high - days.clip(lower=low)) / (high - low)).clip(lower=0.0) if high > low else days * 0.0
    rows = counts.assign(days=days, whole=counts["whole"].astype(float), covered=covered * counts["whole"].astype(float))
    groups = rows.groupby(KEYS)[["whole", "covered"]].sum()
    return pd.DataFrame(
        {
            "weight": groups["whole"] / groups["whole"].sum(),
            "at_most": groups["covered"] / groups["whole"],
            "value": _group_medians(rows),
        }
    )


def _group_medians(rows: pd.DataFrame) -> pd.Series:
    """`_median` of every group at once: thousands of groups, one at a time, took seconds."""
    ordered = rows.sort_values("days")
    whole = ordered.groupby(KEYS)["whole"]
    passed, last = whole.cumsum(), whole.transform("sum") - 1
    middle = [ordered[passed > place].groupby(KEYS)["days"].first() for place in (np.floor(last / 2), np.ceil(last / 2))]
    return (middle[0] + middle[1]) / 2


def _median(counts: pd.DataFrame) -> float | None:
    """The median of `days` counted `whole` times each, between two middle ones their mean."""
    ordered = counts.sort_values("days")
    passed, total = ordered["whole"].astype(float).cumsum().to_numpy(), float(ordered["whole"].sum())
    if total == 0:
        return None
    places = np.searchsorted(passed, [np.floor((total - 1) / 2), np.ceil((total - 1) / 2)], side="right")
    return float(ordered["days"].astype(float).to_numpy()[places].mean())


def _share(counts: pd.DataFrame) -> float | None:
    whole = float(counts["whole"].sum())
    return float(counts["part"].sum()) / whole if whole else None


def _parts_of(rows: pd.DataFrame) -> pd.DataFrame:
    columns = ["weight_before", "weight_after", "value_before", "value_after", "mix", "rate"]
    parts = rows.reindex(columns=[*KEYS, *columns])
    parts[columns] = parts[columns].astype(float)
    parts["effect"] = parts["mix"] + parts["rate"]
    order = parts["effect"].abs().sort_values(ascending=False, kind="stable").index
    return parts.loc[order].reset_index(drop=True)


def parts_of(change: Change, measure: str) -> pd.DataFrame:
    """The parts under column names that say what they count: shares and percentage points, or days (…_days)."""
    figures = ["value_before", "value_after", "mix", "rate", "effect"]
    return change.parts if MEASURES[measure].share else change.parts.rename(columns={name: f"{name}_days" for name in figures})


def sentence(change: Change, measure: str) -> str:
    """What changed and the three unit × procedure groups that moved it most, in Vietnamese."""
    asked = MEASURES[measure]
    if change.before is None or change.after is None or change.size is None:
        return f"{asked.name}: một trong hai kỳ chưa có số liệu nên chưa so sánh được."

    def value(figure: float) -> str:
        return wording.percent(figure) if asked.share else f"{wording.number(figure, 1)} ngày làm việc"

    def step(figure: float) -> str:
        return wording.points(figure) if asked.share else f"{wording.signed(figure, 1)} ngày"

    if abs(change.size) < 1e-9:
        return f"{asked.name} không đổi giữa hai kỳ ({value(change.after)})."
    direction = "tăng từ {} lên {}" if change.size > 0 else "giảm từ {} xuống {}"
    moved = f"{asked.name} {direction.format(value(change.before), value(change.after))} ({step(change.size)})"
    largest = [_named(row, step) for row in change.parts.head(3).to_dict("records") if abs(row["effect"]) > 1e-9]
    return f"{moved}; đóng góp lớn nhất: {'; '.join(largest)}."


def _named(row: dict[str, Any], step: Callable[[float], str]) -> str:
    if row["unit_name"] == INSEPARABLE:
        return f"không tách được theo đơn vị ({step(row['effect'])})"
    cause = "do cơ cấu hồ sơ" if abs(row["mix"]) > abs(row["rate"]) else "do cách giải quyết"
    name = f"{wording.shortened_inside(row['procedure_name'], 56)} – {wording.shortened(row['unit_name'], 48)}"
    return f"{name} ({step(row['effect'])}, chủ yếu {cause})"
