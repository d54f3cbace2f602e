"""The national scorecard (Decision 766/QĐ-TTg of 2022): items, points, what is missing, where the next point is cheapest."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from typing import Any

import pandas as pd

import settings
from metrics import wording
from metrics.period import Period, last_months
from metrics.scope import Scope
from metrics.scorecard_counts import complaint_counts, dossier_counts, procedure_counts, sources
from warehouse.database import Database

MEASURED, ENTERED, NO_DATA, NOTHING_ARISEN = "measured", "entered", "no_data", "nothing_arisen"
STATES = {MEASURED: "Tính từ dữ liệu", ENTERED: "Nhập tay", NO_DATA: "Chưa có dữ liệu", NOTHING_ARISEN: "Không phát sinh"}

# the entry that holds on the period's last day it covers, newest first
ENTRIES = """
with held as (
    select
        item, coalesce(unit_name, '') as unit_name, ratio, entered_by, entered_at, valid_from,
        row_number() over (
            partition by item, coalesce(unit_name, '') order by valid_from desc, entered_at desc nulls last, ratio
        ) as newest
    from scorecard_entry
    where valid_from <= $to and valid_to >= $from and ratio is not null and (entered_at is null or entered_at <= $known_by)
)
select item, unit_name, ratio, entered_by, entered_at
from held
where newest = 1
"""


def scorecard(db: Database, period: Period, scope: Scope, by: str | None = None) -> pd.DataFrame:
    """One row a scorecard item (of each unit, named in `group`, when `by` is "unit").

    Columns: scorecard_group, item, name, max, threshold, provisional, numerator, denominator, factor (synchronisation, else 1),
    ratio (numerator / denominator × factor, 0–1, null without data), points (null without data or when the item is not scored),
    state (a key of STATES), counted, dates, entered_by, entered_at.
    Source: settings/scorecard.toml; entries by hand come from scorecard_entry.
    """
    card = settings.read("scorecard")
    present, entries = sources(db), _entries(db, period, scope)
    counts = [one(db, period, scope, by) for one in (dossier_counts, complaint_counts, procedure_counts)]
    if by is None:
        merged = {name: value for frame in counts for name, value in frame.iloc[0].items()}
        return pd.DataFrame(_items(card, merged, present, entries, scope.units[0] if len(scope.units) == 1 else ""))
    joined = counts[0]
    for frame in counts[1:]:
        joined = joined.merge(frame, on="group", how="outer")
    rows = [
        {"group": row["group"], **item}
        for row in joined.fillna(0).to_dict("records")
        for item in _items(card, row, present, entries, row["group"])
    ]
    return pd.DataFrame(rows)


def _items(
    card: dict[str, Any], counts: dict[str, Any], present: set[str], entries: dict[tuple[str, str], dict[str, Any]], unit: str
) -> list[dict[str, Any]]:
    factor = float(card["synchronisation_factor"])
    return [_item(item, factor, counts, present, entries.get((item["code"], unit))) for item in card["item"]]


def _item(item: dict[str, Any], factor: float, counts: dict[str, Any], present: set[str], entry: dict[str, Any] | None) -> dict[str, Any]:
    state, numerator, denominator, ratio = _measured(item, counts, present)
    factor = factor if item.get("synchronised") else 1.0
    if ratio is not None:
        ratio *= factor
    if state == NO_DATA and entry is not None:
        state, ratio = ENTERED, float(entry["ratio"])
    threshold = float(item.get("threshold", 1.0))
    scored = ratio is not None and item["max"] > 0
    return {
        "scorecard_group": item["group"],
        "item": item["code"],
        "name": item["name"],
        "max": item["max"],
        "threshold": threshold,
        "provisional": bool(item.get("provisional")),
        "numerator": numerator,
        "denominator": denominator,
        "factor": factor,
        "ratio": ratio,
        "points": item["max"] * min(1.0, max(0.0, float(ratio or 0)) / threshold) if scored else None,
        "state": state,
        "counted": item.get("counted", ""),
        "dates": item.get("dates", ""),
        "entered_by": entry["entered_by"] if state == ENTERED and entry else None,
        "entered_at": entry["entered_at"] if state == ENTERED and entry else None,
    }


def _measured(item: dict[str, Any], counts: dict[str, Any], present: set[str]) -> tuple[str, int | None, int | None, float | None]:
    """State, numerator, denominator and ratio of an item as far as the logs know it."""
    if "numerator" not in item or "dossiers" not in present or item.get("needs", "dossiers") not in present:
        return NO_DATA, None, None, None
    if not counts[item["base"]]:
        return NOTHING_ARISEN, None, 0, None
    numerator, denominator = int(counts[item["numerator"]]), int(counts[item["denominator"]])
    if not denominator:
        return NO_DATA, None, None, None
    return MEASURED, numerator, denominator, numerator / denominator


def _entries(db: Database, period: Period, scope: Scope) -> dict[tuple[str, str], dict[str, Any]]:
    known_by = datetime.combine(scope.as_of, time.max) if scope.as_of else datetime(9999, 12, 31)
    found = db.frame(ENTRIES, {"from": period.start, "to": period.end, "known_by": known_by})
    if scope.allowed_units is not None:
        found = found[found["unit_name"].isin(["", *scope.allowed_units])]
    return {(row["item"], row["unit_name"]): row for row in found.astype(object).to_dict("records")}


def total(items: pd.DataFrame) -> dict[str, float | int | None]:
    """Points reached, `rests_on` (the points of items that have data), their share, and the card's full points.

    `share` is null when no scored item has data. Takes one scorecard, not several units' rows.
    """
    known = items[items["points"].notna()]
    rests_on = float(known["max"].sum())
    points = float(known["points"].sum())
    share = points / rests_on if rests_on else None
    return {"points": points, "rests_on": rests_on, "share": share, "of": float(items["max"].sum()), "missing": _missing(items)}


def _missing(items: pd.DataFrame) -> int:
    return int((items["points"].isna() & (items["max"] > 0)).sum())


def groups(items: pd.DataFrame) -> pd.DataFrame:
    """One row a group: scorecard_group, name, max, rests_on, points (null when none of its items has data), provisional."""
    rows = []
    for group in settings.read("scorecard")["group"]:
        found = total(items[items["scorecard_group"] == group["code"]])
        rows.append(
            {
                "scorecard_group": group["code"],
                "name": group["name"],
                "max": group["max"],
                "rests_on": found["rests_on"],
                "points": found["points"] if found["rests_on"] else None,
                "provisional": bool(group.get("provisional")),
            }
        )
    return pd.DataFrame(rows)


def scorecard_by_unit(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """One row a unit, best first: rank, group (its name), points, rests_on, share (points / rests_on), missing items.

    Units are ranked by share, since not every item has data in every unit; a unit without any is left out.
    """
    items = scorecard(db, period, scope, by="unit")
    if items.empty:
        return pd.DataFrame(columns=["rank", "group", "points", "rests_on", "share", "missing"])
    rows = pd.DataFrame([{"group": name, **total(found)} for name, found in items.groupby("group")])
    rows = rows[rows["share"].notna()].sort_values(["share", "group"], ascending=[False, True]).reset_index(drop=True)
    rows.insert(0, "rank", rows["share"].rank(method="min", ascending=False).astype(int))
    return rows[["rank", "group", "points", "rests_on", "share", "missing"]]


def scorecard_trend(db: Database, period: Period, scope: Scope, style: str = "calendar", count: int = 13) -> pd.DataFrame:
    """One row a month, the `count` months up to the period's end: start, label ("03/2020"), points, rests_on, share. Months after
    the as-of date are left out."""
    months = [month for month in last_months(period, count, style) if month.start <= scope.at(db)]
    rows = [{"start": month.start, "label": f"{month.end:%m/%Y}", **total(scorecard(db, month, scope))} for month in months]
    columns = ["start", "label", "points", "rests_on", "share"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[2:], "float64"))


def next_points(items: pd.DataFrame) -> pd.DataFrame:
    """Where the next point is cheapest: one row a scored item below its threshold, fewest cases first.

    Columns: item, name, ratio, threshold, points, left (points still to be had), needed (how many more `counted` make the next
    point, or the rest of it), needed_for_all. Only items that are counted in the logs: what is entered by hand has no count.
    """
    open_items = items[(items["state"] == MEASURED) & (items["max"] > 0) & (items["points"] < items["max"] - 1e-9)].copy()
    open_items["left"] = open_items["max"] - open_items["points"]
    # cases that make one whole point
    price = open_items["threshold"] * open_items["denominator"].astype(float) / open_items["max"] / open_items["factor"]
    open_items["price"] = price
    open_items["needed"] = _cases(price * open_items["left"].clip(upper=1.0))
    open_items["needed_for_all"] = _cases(price * open_items["left"])
    columns = ["item", "name", "ratio", "threshold", "points", "left", "needed", "needed_for_all", "counted", "provisional"]
    return open_items.sort_values(["price", "item"]).reset_index(drop=True)[columns]


def headline(items: pd.DataFrame) -> str:
    """The total, and on how many points it rests, in Vietnamese."""
    found = total(items)
    if found["share"] is None:
        return "Chưa có dữ liệu để chấm điểm."
    reached, known, full = (wording.number(found[name]) for name in ("points", "rests_on", "of"))
    return f"Đạt {reached} điểm trên {known} điểm có dữ liệu (bộ chỉ số có {full} điểm): {wording.percent(found['share'])}."


def groups_sentence(items: pd.DataFrame) -> str:
    """The group with the most points still to be had, in Vietnamese."""
    known = groups(items)
    known = known[known["points"].notna()].assign(left=lambda rows: rows["rests_on"] - rows["points"].astype(float))
    if known.empty:
        return "Chưa có nhóm nào có dữ liệu."
    most = known.sort_values("left", ascending=False).iloc[0]
    left, known_points = wording.number(most["left"], 1), wording.number(most["rests_on"])
    return f"Còn thiếu nhiều điểm nhất ở nhóm “{most['name']}”: {left} trên {known_points} điểm."


def next_sentence(rows: pd.DataFrame) -> str:
    """Where the next point is cheapest, from `next_points`, in Vietnamese."""
    if rows.empty:
        return "Mọi mục tính được từ dữ liệu đều đã đạt điểm tối đa."
    first = rows.iloc[0]
    return (
        f"Điểm kế tiếp dễ đạt nhất ở mục {first['item']} “{first['name']}”: thêm {wording.number(first['needed'])} {first['counted']} "
        f"đạt yêu cầu; mục này còn {wording.number(first['left'], 1)} điểm."
    )


def _cases(exact: pd.Series) -> pd.Series:
    return exact.map(lambda cases: math.ceil(cases - 1e-9)).astype(int)


def reference_only(period: Period) -> bool:
    """True for a period before the scorecard was in force: shown for reference."""
    in_force: date = settings.read("scorecard")["in_force_from"]
    return period.end < in_force
