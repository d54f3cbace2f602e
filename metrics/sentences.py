"""One Vietnamese sentence a chart, made from the numbers it draws."""

from __future__ import annotations

from typing import Any

import pandas as pd

from metrics.wording import listed, missing, number, percent, points, shortened, signed

NAME_WIDTH = 80
NAMED = 4  # so many missed targets are named in one sentence
NOTHING = "Không có số liệu trong phạm vi đang chọn."


def of_trend(
    rows: pd.DataFrame,
    value: str,
    name: str,
    *,
    share: bool = True,
    target: float | None = None,
    higher_is_better: bool = True,
    unit: str = "",
) -> str:
    """Where the newest period stands, against the one before it and the target. `rows` has label and `value`, oldest first."""
    known = rows[rows[value].notna()]
    if known.empty:
        return NOTHING
    last = known.iloc[-1]
    text = f"{name} kỳ {last['label']} là {_written(last[value], share, unit)}"
    if len(known) > 1:
        before = known.iloc[-2]
        text += f", {_moved(last[value] - before[value], share, unit)} so với kỳ {before['label']}"
    if target is None:
        return f"{text}."
    reached = int((known[value] >= target).sum() if higher_is_better else (known[value] <= target).sum())
    return f"{text}; {number(reached)} trên {number(len(known))} kỳ có số liệu đạt chỉ tiêu {_written(target, share, unit)}."


def of_ranking(
    rows: pd.DataFrame,
    value: str,
    noun: str,
    *,
    share: bool = True,
    target: float | None = None,
    higher_is_better: bool = True,
    unit: str = "",
) -> str:
    """The worst, the best, and how many miss the target; `rows` is ordered worst first, `noun` is what a row stands for."""
    known = rows[rows[value].notna()]
    if known.empty:
        return NOTHING
    worst, best = known.iloc[0], known.iloc[-1]
    if len(known) == 1:
        text = f"Chỉ có một {noun}: {_name(worst)} ({_written(worst[value], share, unit)})"
    else:
        low, high = ("Thấp nhất", "cao nhất") if higher_is_better else ("Cao nhất", "thấp nhất")
        text = (
            f"{low} là {_name(worst)} ({_written(worst[value], share, unit)}), "
            f"{high} là {_name(best)} ({_written(best[value], share, unit)})"
        )
    if target is None:
        return f"{text}."
    misses = int((known[value] < target).sum() if higher_is_better else (known[value] > target).sum())
    verdict = f"{number(misses)} trên {number(len(known))} {noun} chưa đạt" if misses else f"tất cả {number(len(known))} {noun} đều đạt"
    return f"{text}; {verdict} chỉ tiêu {_written(target, share, unit)}."


def of_distribution(total: dict[str, Any]) -> str:
    """`total` is the row of the processing-time table for the whole scope."""
    if missing(total["median"]):
        return "Không có hồ sơ nào giải quyết xong trong kỳ."
    return (
        f"Trong {number(total['closed'])} hồ sơ giải quyết xong, một nửa xong trong {number(total['median'])} ngày làm việc "
        f"và 90% xong trong {number(total['p90'])} ngày."
    )


def of_ageing(rows: pd.DataFrame, noun: str = "hồ sơ đang giải quyết") -> str:
    """`rows` has within_term, waiting (optional) and overdue by age band, oldest band last."""
    overdue = int(rows["overdue"].sum())
    waiting = int(rows["waiting"].sum()) if "waiting" in rows else 0
    total = int(rows["within_term"].sum()) + overdue + waiting
    if not total:
        return f"Không có {noun}."
    parts = [f"{number(overdue)} quá hạn ({percent(overdue / total)})"]
    if waiting:
        parts.append(f"{number(waiting)} đang chờ người nộp")
    return f"Có {number(total)} {noun}, trong đó {listed(parts)}."


def of_channels(total: dict[str, Any]) -> str:
    """`total` is the row of the online-share table for the whole scope."""
    if not total["received"]:
        return "Không có hồ sơ nào được tiếp nhận trong kỳ."
    parts = [
        f"{percent(total[column] / total['received'])} {word}"
        for column, word in (("online", "nộp trực tuyến"), ("direct", "nộp trực tiếp"), ("postal", "qua bưu chính"))
    ]
    return f"Trong {number(total['received'])} hồ sơ tiếp nhận có {listed(parts)}."


def of_parts(rows: pd.DataFrame, value: str, noun: str) -> str:
    """Which group is the largest part. `rows` has group and `value` (a count)."""
    total = float(rows[value].sum()) if len(rows) else 0.0
    if not total:
        return NOTHING
    largest = rows.loc[rows[value].idxmax()]
    return f"Nhiều nhất là {_name(largest)}: {number(largest[value])} {noun}, chiếm {percent(largest[value] / total)}."


def of_change(name: str, before: float | None, after: float | None, *, share: bool = True) -> str:
    """How a figure moved from the period before."""
    if before is None or after is None:
        return f"{name}: một trong hai kỳ chưa có số liệu nên chưa so sánh được."
    unit = "" if share else "ngày"
    moved = _moved(after - before, share, unit)
    if moved == "không đổi":
        return f"{name} không đổi ({_written(after, share, unit)})."
    return f"{name} {moved}: từ {_written(before, share, unit)} thành {_written(after, share, unit)}."


def of_targets(names_met: list[str], names_missed: list[str]) -> str:
    """The overview's headline: how many targets are met and which are not."""
    judged = len(names_met) + len(names_missed)
    if not judged:
        return "Chưa có chỉ tiêu nào đánh giá được trong kỳ này."
    if not names_missed:
        return f"Cả {number(judged)} chỉ tiêu đều đạt."
    named = [_lower(name) for name in names_missed[:NAMED]]
    if len(names_missed) > NAMED:
        named.append(f"{number(len(names_missed) - NAMED)} chỉ tiêu khác")
    return f"{number(len(names_met))} trên {number(judged)} chỉ tiêu đạt; chưa đạt: {listed(named)}."


def of_overdue(count: float | None) -> str:
    """What needs a call today: how many open dossiers are past their due date."""
    if missing(count):
        return ""
    return f"{number(count)} hồ sơ đang quá hạn." if count else "Không có hồ sơ nào quá hạn."


def _written(value: float, share: bool, unit: str) -> str:
    return percent(value) if share else f"{number(value)}{' ' + unit if unit else ''}"


def _moved(change: float, share: bool, unit: str) -> str:
    if abs(change) < (0.0005 if share else 0.05):
        return "không đổi"
    size = points(change) if share else f"{signed(change)}{' ' + unit if unit else ''}"
    return f"{'tăng' if change > 0 else 'giảm'} {size.lstrip('+−')}"


def _name(row: pd.Series) -> str:
    return shortened(str(row["group"]), NAME_WIDTH)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
