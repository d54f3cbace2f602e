"""Bộ số liệu: every table behind the pages, for one period and scope, each with a title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from metrics import registers
from metrics.ageing import complaint_ageing, dossier_ageing
from metrics.catalogue import BY_CODE, HEADLINES, indicators, monthly
from metrics.dossiers import dossiers
from metrics.monthly import monthly_table
from metrics.period import Period
from metrics.report_content import head
from metrics.scope import Scope
from metrics.scorecard import scorecard
from metrics.steps import step_times
from metrics.survey import official_index, survey_index
from metrics.tables import table
from metrics.worklist import late_causes
from warehouse.database import Database

MOST_DOSSIERS = 100_000
BY = {"field": "lĩnh vực", "unit": "đơn vị", "procedure": "thủ tục"}
TABLE_TITLES = {
    "form_06a": "Biểu 06a",
    "processing_time": "Thời gian",
    "online_share": "Trực tuyến",
    "complaints": "Phản ánh",
}


@dataclass(frozen=True)
class Part:
    """One sheet of the pack: what it is called, what one row is, and the rows."""

    name: str
    about: str
    rows: pd.DataFrame


def data_pack_content(db: Database, period: Period, scope: Scope) -> dict[str, Any]:
    """head and parts (see Part), in the order of the pages."""
    parts = [Part("Chỉ số", "Một dòng một chỉ số của danh mục.", _indicators(db, period, scope))]
    for name, title in TABLE_TITLES.items():
        parts.append(Part(f"{title} theo tháng", "Một dòng một tháng.", monthly_table(db, name, period, scope)))
        for by, word in BY.items():
            parts.append(Part(f"{title} theo {word}", f"Một dòng một {word}.", table(db, name, period, scope, by=by)[0]))
    months = monthly(db, HEADLINES, period, scope)
    months["name"] = months["code"].map(lambda code: BY_CODE[code].name)
    causes = late_causes(db, period, scope)
    rest = [
        Part("Chỉ số chính theo tháng", "Một dòng một chỉ số và một tháng.", months),
        Part("Tuổi hồ sơ đang xử lý", "Một dòng một khoảng ngày làm việc.", dossier_ageing(db, period, scope)),
        Part("Tuổi phản ánh chưa trả lời", "Một dòng một khoảng ngày làm việc.", complaint_ageing(db, period, scope)),
        Part("Nguyên nhân trễ hạn", "Một dòng một nguyên nhân.", causes),
        Part("Bước xử lý", "Một dòng một bước và phòng ban.", step_times(db, period, scope)),
        Part("Bộ chỉ số 766", "Một dòng một mục của Bộ chỉ số.", scorecard(db, period, scope)),
        Part("Khảo sát", "Một dòng một yếu tố.", survey_index(db, period, scope)),
        Part("Chỉ số công bố", "Một dòng một số liệu công bố.", official_index(db)),
        Part("Hồ sơ quá hạn", "Một dòng một hồ sơ đang giải quyết đã quá hạn.", dossiers(db, period, scope, "overdue", MOST_DOSSIERS)),
        Part("Hồ sơ trễ hạn", "Một dòng một hồ sơ giải quyết trễ hạn trong kỳ.", dossiers(db, period, scope, "late", MOST_DOSSIERS)),
        Part("Giải pháp", "Một dòng một giải pháp.", registers.actions(db, scope)),
        Part("Văn bản", "Một dòng một văn bản ban hành.", registers.documents(db, scope)),
        Part("Số liệu nhập tay", "Một dòng một lần ghi nhận.", registers.measures(db, scope)),
        Part("Kết luận", "Một dòng một kết luận cuộc họp.", registers.conclusions(db, scope)),
    ]
    return {"head": head(db, period, scope), "parts": [*parts, *rest]}


def _indicators(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    rows = indicators(db, period, scope)
    rows["formula"] = rows["code"].map(lambda code: BY_CODE[code].formula)
    return rows
