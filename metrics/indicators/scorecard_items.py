"""The items of the national scorecard as indicators: each item's ratio, and the total points."""

from __future__ import annotations

import pandas as pd

import settings
from metrics.families import FunctionFamily
from metrics.indicator import Indicator
from metrics.period import Period
from metrics.reading import Reading
from metrics.scope import Scope
from metrics.scorecard import scorecard, total
from metrics.scorecard_counts import DOSSIERS
from warehouse.database import Database


def code_of(item: str) -> str:
    """ "3.5b" → "scorecard_3_5b"."""
    return f"scorecard_{item.replace('.', '_')}"


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type]


def _answer(db: Database, period: Period, scope: Scope) -> dict[str, Reading]:
    items = scorecard(db, period, scope)
    found = {
        code_of(row["item"]): Reading(_number(row["numerator"]), _number(row["denominator"]), _number(row["ratio"]))
        for row in items.astype(object).to_dict("records")
    }
    whole = total(items)
    points = whole["points"] if whole["rests_on"] else None
    return found | {"scorecard_points": Reading(_number(points), _number(whole["rests_on"]), _number(points))}


SCORECARD_FAMILY = FunctionFamily(_answer, text=lambda code: DOSSIERS.sql(None, "true"))


def _indicator(item: dict) -> Indicator:
    measured = "numerator" in item
    threshold = float(item.get("threshold", 1.0))
    notes = [f"Ngưỡng {threshold:.0%}, tối đa {item['max']:g} điểm." if item["max"] else "Theo dõi, không chấm điểm."]
    if not measured:
        notes.append("Nhập tay hoặc nhập từ tệp; không tính được từ dữ liệu một cửa.")
    if item.get("provisional"):
        notes.append("Tạm tính: cách chia điểm của nhóm chưa được công bố.")
    return Indicator(
        code=code_of(item["code"]),
        name=f"{item['code']}. {item['name']}",
        formula=f"Tỷ lệ {item.get('counted', 'theo quy định')} đạt yêu cầu"
        + (f" ({item['dates']})" if item.get("dates") else "")
        + "; điểm = điểm tối đa × min(1, tỷ lệ / ngưỡng)",
        family=SCORECARD_FAMILY,
        better="lower" if item["code"] == "5.1" else "higher",
        legal_basis=("scorecard",),
        note=" ".join(notes),
        page="bo_chi_so_766",
    )


SCORECARD = (
    Indicator(
        code="scorecard_points",
        name="Tổng điểm Bộ chỉ số 766",
        formula="Tổng điểm của các mục có dữ liệu; mẫu số là số điểm tối đa của các mục đó",
        family=SCORECARD_FAMILY,
        unit="points",
        better="higher",
        legal_basis=("scorecard",),
        note="Mục chưa có dữ liệu không tính là 0 cũng không tính là đạt. Trước năm 2022 chỉ để tham khảo.",
        page="bo_chi_so_766",
        headline=True,
    ),
    *(_indicator(item) for item in settings.read("scorecard")["item"]),
)
