"""Internal processes: how well the steps keep their norms."""

from __future__ import annotations

from metrics.families import FunctionFamily
from metrics.indicator import Indicator
from metrics.period import Period
from metrics.reading import Reading
from metrics.scope import Scope
from metrics.steps import WITHIN_NORM, reading_within_norm
from warehouse.database import Database


def _answer(db: Database, period: Period, scope: Scope) -> dict[str, Reading]:
    return {"steps_within_norm_share": reading_within_norm(db, period, scope)}


PROCESSES = (
    Indicator(
        code="steps_within_norm_share",
        name="Tỷ lệ bước xử lý trong định mức",
        formula="Bước kết thúc trong kỳ đúng định mức thời gian / bước kết thúc trong kỳ có định mức",
        note="Định mức của quy trình nội bộ; nếu không có thì hạn của chính bước đó. Bước chờ người nộp không tính.",
        family=FunctionFamily(_answer, text=lambda code: WITHIN_NORM.format(scope="true").strip()),
        better="higher",
        legal_basis=("one_stop", "improvement_plan"),
        page="quy_trinh_noi_bo",
    ),
)
