"""Satisfaction: the office's own survey by factor and the official index."""

from __future__ import annotations

import pandas as pd

from metrics.families import FunctionFamily
from metrics.indicator import Indicator, placed
from metrics.period import Period, reporting_year
from metrics.reading import Reading
from metrics.scope import Scope
from metrics.survey import ANSWERS, factor_labels, official_index, survey_index
from warehouse.database import Database


def _survey(db: Database, period: Period, scope: Scope) -> dict[str, Reading]:
    rows = survey_index(db, period, scope).astype(object).to_dict("records")
    answers = {}
    for row in rows:
        value = None if pd.isna(row["index"]) else float(row["index"])
        satisfied = None if pd.isna(row["satisfied"]) else float(row["satisfied"])
        total = float(row["answers"]) if row["answers"] else None
        answers[f"survey_{row['factor']}"] = Reading(satisfied, total, value)
    responses = next(row["responses"] for row in rows if row["factor"] == "overall")
    answers["survey_responses"] = Reading(float(responses), None, float(responses)) if responses else Reading(None, None, None)
    return answers


def _official(db: Database, period: Period, scope: Scope) -> dict[str, Reading]:
    style = ((name := period.name()) and name.style) or "calendar"
    year = reporting_year(period.end, style).end.year
    found = official_index(db)
    found = found[(found["factor"] == "overall") & (found["year"] == year)]
    if found.empty:
        return {}
    row = found.iloc[0]
    return {
        code: Reading(None, None, None if pd.isna(row[column]) else float(row[column]))
        for code, column in (("official_index", "value"), ("official_rank", "rank"))
    }


SURVEY_FAMILY = FunctionFamily(_survey, text=lambda code: ANSWERS.format(group="''", named="", scope="true").strip())
OFFICIAL_FAMILY = FunctionFamily(
    _official, text=lambda code: "select year, source, factor, value, rank from official_index order by year desc"
)

SATISFACTION = placed(
    [
        Indicator(
            code="official_index",
            name="Chỉ số hài lòng được công bố",
            formula="Chỉ số chung được cơ quan có thẩm quyền công bố cho năm báo cáo",
            note="Nhập từ kết quả công bố; là số của cả đơn vị, không theo phạm vi lọc.",
            family=OFFICIAL_FAMILY,
            better="higher",
            monthly=False,
            headline=True,
        ),
        Indicator(
            code="official_rank",
            name="Xếp hạng chỉ số hài lòng",
            formula="Thứ hạng được công bố cho năm báo cáo",
            family=OFFICIAL_FAMILY,
            unit="rank",
            better="lower",
            monthly=False,
        ),
        Indicator(
            code="survey_overall",
            name="Chỉ số hài lòng qua khảo sát",
            formula="Câu trả lời hài lòng, rất hài lòng / câu trả lời hợp lệ (câu hỏi chung nếu có, nếu không thì mọi câu)",
            note="Không hiển thị khi ít phiếu hơn thiết lập minimum_responses.",
            family=SURVEY_FAMILY,
            better="higher",
            headline=True,
        ),
        *(
            Indicator(
                code=f"survey_{factor}",
                name=f"Hài lòng về: {label}",
                formula="Câu trả lời hài lòng, rất hài lòng / câu trả lời hợp lệ của nhóm câu hỏi này",
                note="Không hiển thị khi ít phiếu hơn thiết lập minimum_responses.",
                family=SURVEY_FAMILY,
                better="higher",
            )
            for factor, label in factor_labels().items()
            if factor != "overall"
        ),
        Indicator(
            code="survey_responses",
            name="Số phiếu khảo sát",
            formula="Số phiếu có ít nhất một câu trả lời hợp lệ trong kỳ",
            family=SURVEY_FAMILY,
            unit="count",
        ),
    ],
    page="muc_do_hai_long",
    legal_basis=("survey",),
)
