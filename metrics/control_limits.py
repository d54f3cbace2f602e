"""The usual range of a monthly indicator (XmR chart: mean ± 2.66 × mean moving range), so that a meeting talks of real change."""

from __future__ import annotations

import pandas as pd

from metrics import wording

MINIMUM_POINTS = 12
RUN_LENGTH = 7  # this many points in a row on one side of the mean are no accident
SPREAD = 2.66  # turns a mean moving range of two points into three standard deviations


def usual_range(series: pd.DataFrame, *, lowest: float | None = None, highest: float | None = None) -> pd.DataFrame:
    """One row a month that has a value: `start`, `value`, `mean`, `lower`, `upper`, `outside`, `in_run` ("above", "below" or "").

    `series` has `start` and `value` in order of time; `lowest` and `highest` are what the value can reach (a share: 0 and 1).
    Empty when fewer than 12 months have a value: a range drawn from less would say nothing.
    Source: Wheeler's individuals chart, as in NHS England's "Making Data Count".
    """
    known = series.loc[series["value"].notna(), ["start", "value"]].reset_index(drop=True)
    known["value"] = known["value"].astype(float)
    columns = {"mean": float, "lower": float, "upper": float, "outside": bool, "in_run": str}
    if len(known) < MINIMUM_POINTS:
        return known.head(0).assign(**{name: pd.Series(dtype=kind) for name, kind in columns.items()})
    mean = known["value"].mean()
    reach = SPREAD * known["value"].diff().abs().mean()
    lower = mean - reach if lowest is None else max(mean - reach, lowest)
    upper = mean + reach if highest is None else min(mean + reach, highest)
    tolerance = 1e-9 * max(1.0, abs(mean))  # a constant series lies on its limits, not outside them
    known["mean"], known["lower"], known["upper"] = mean, lower, upper
    known["outside"] = (known["value"] < lower - tolerance) | (known["value"] > upper + tolerance)
    known["in_run"] = _runs(known["value"] - mean, tolerance)
    return known


def _runs(distance: pd.Series, tolerance: float) -> pd.Series:
    """Which side of the mean the points of each run of seven or more lie on; a point on the mean ends a run."""
    side = pd.Series("", index=distance.index, dtype=object)
    side[distance > tolerance], side[distance < -tolerance] = "above", "below"
    length = side.groupby((side != side.shift()).cumsum()).transform("size")
    return side.where(length >= RUN_LENGTH, "")


def meaning(limits: pd.DataFrame, direction: str, *, share: bool = True, unit: str = "") -> str:
    """One Vietnamese sentence on what the newest months show.

    `limits` is what `usual_range` gave; `direction` is "up" when more is better, "down" when less is, "" for neither; `unit`
    stands after a value that is not a share.
    """
    if limits.empty:
        return f"Chưa đủ {MINIMUM_POINTS} tháng có số liệu để tính khoảng dao động thông thường."

    def written(value: float) -> str:
        return wording.percent(value) if share else f"{wording.number(value, 1)}{' ' + unit if unit else ''}"

    last = limits.iloc[-1]
    usual = f"khoảng thông thường {written(last['lower'])} – {written(last['upper'])}"
    if last["outside"]:
        above = last["value"] > last["mean"]
        found = f"Tháng gần nhất ({written(last['value'])}) {'cao' if above else 'thấp'} hơn {usual}"
        return f"{found}: {_judged(above, direction)}, cần tìm nguyên nhân cụ thể."
    if last["in_run"]:
        above = last["in_run"] == "above"
        months = int((limits["in_run"].iloc[::-1] == last["in_run"]).cumprod().sum())
        found = f"{months} tháng liền nằm {'trên' if above else 'dưới'} mức trung bình {written(last['mean'])}"
        return f"{found}: mức chung đã dịch chuyển, {_judged(above, direction)}."
    earlier = int(limits["outside"].sum())
    note = f" Trước đó có {earlier} tháng vượt ra ngoài khoảng này." if earlier else ""
    return f"Tháng gần nhất nằm trong {usual}: tăng giảm ở mức này là dao động bình thường, chưa phải thay đổi thật.{note}"


def _judged(above: bool, direction: str) -> str:
    if direction not in ("up", "down"):
        return "là thay đổi thật"
    return "là tín hiệu tốt" if above == (direction == "up") else "là tín hiệu xấu"
