"""The satisfaction survey (SIPAS method of the Ministry of Home Affairs): index by factor, its interval, the official index."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

import settings
from metrics import wording
from metrics.dossier_sets import bounds
from metrics.grouping import NAMES, UNKNOWN
from metrics.period import Period, last_months
from metrics.scope import Scope
from metrics.scorecard import scorecard
from warehouse.database import Database

FACTORS = ("access", "procedure", "official", "result", "feedback")
OVERALL = "overall"
PROXY = "5.4"
Z_95 = 1.959963984540054

# one row a group and factor, and one ("every") for all of its answers: responses, valid answers, those satisfied
ANSWERS = """
with answered as (
    select {group} as group_name, r.response_code, coalesce(a.factor, 'other') as factor, a.score >= $satisfied_from as satisfied
    from survey_response r
    join survey_answer a on a.response_code = r.response_code
    {named}
    where r.responded_on between $from and $to and {scope}
),
by_factor as (
    select group_name, factor, count(distinct response_code) as responses, count(*) as answers,
        sum(case when satisfied then 1 else 0 end) as satisfied
    from answered
    group by group_name, factor
),
all_factors as (
    select group_name, count(distinct response_code) as responses, count(*) as answers,
        sum(case when satisfied then 1 else 0 end) as satisfied
    from answered
    group by group_name
)
select group_name, factor, responses, answers, satisfied from by_factor
union all
select group_name, 'every' as factor, responses, answers, satisfied from all_factors
"""


def wilson(satisfied: float, answers: float) -> tuple[float, float]:
    """The 95% Wilson score interval of a share. Raises ZeroDivisionError without answers."""
    share, spread = satisfied / answers, Z_95**2 / answers
    middle = share + spread / 2
    reach = math.sqrt(share * (1 - share) * spread + (spread / 2) ** 2)
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


def factor_labels() -> dict[str, str]:
    """Factor code → its Vietnamese name, overall last."""
    return {code: factor["label"] for code, factor in settings.read("survey")["factors"].items()}


def survey_index(db: Database, period: Period, scope: Scope, by: str | None = None) -> pd.DataFrame:
    """One row a factor and "overall" (of each unit or procedure, in `group`, when `by` is "unit" or "procedure").

    Columns: factor, responses, answers, satisfied, index (satisfied / answers, 0–1), lower, upper (95% Wilson), suppressed: with
    fewer responses than minimum_responses of the rules, index, interval and satisfied are null. The overall index rests on the
    overall question where it was asked, else on all questions. A factor nobody answered has a row with 0 responses and no index.
    """
    found = _answers(db, period, scope, by)
    groups = list(dict.fromkeys(found["group_name"])) if by else [""]
    rows = []
    for group in groups:
        of_group = found[found["group_name"] == group].set_index("factor")
        asked = OVERALL if OVERALL in of_group.index else "every"
        for factor in (*FACTORS, OVERALL):
            source = asked if factor == OVERALL else factor
            counts = of_group.loc[source] if source in of_group.index else {"responses": 0, "answers": 0, "satisfied": 0}
            rows.append({"group": group, "factor": factor, **_indexed(counts)})
    columns = ["group", "factor", "responses", "answers", "satisfied", "index", "lower", "upper", "suppressed"]
    return pd.DataFrame(rows, columns=columns if by else columns[1:])


def _answers(db: Database, period: Period, scope: Scope, by: str | None) -> pd.DataFrame:
    condition, scope_parameters = scope.condition("r", channel=False)
    if by not in (None, "unit", "procedure"):
        raise ValueError(by)
    parts = {
        "group": f"coalesce(n.group_name, '{UNKNOWN}')" if by else "''",
        "named": f"left join ({NAMES[by]}) n on n.group_id = r.{by}_id" if by else "",
    }
    parameters = {**bounds(period, scope.at(db)), **scope_parameters, "satisfied_from": settings.read("survey")["satisfied_from"]}
    found = db.frame(ANSWERS.format(scope=condition, **parts), parameters)
    return found.sort_values(["group_name", "factor"], kind="stable").reset_index(drop=True)


def _indexed(counts: Any) -> dict[str, Any]:
    responses, answers, satisfied = int(counts["responses"]), int(counts["answers"]), int(counts["satisfied"])
    found: dict[str, Any] = {"responses": responses, "answers": answers, "suppressed": False}
    hidden = {"satisfied": None, "index": None, "lower": None, "upper": None}
    if not answers:
        return {**found, **hidden}
    if responses < settings.read("rules")["minimum_responses"]:
        return {**found, **hidden, "suppressed": True}
    lower, upper = wilson(satisfied, answers)
    return {**found, "satisfied": satisfied, "index": satisfied / answers, "lower": lower, "upper": upper}


def survey_trend(db: Database, period: Period, scope: Scope, style: str = "calendar", count: int = 13) -> pd.DataFrame:
    """One row a month, the `count` months up to the period's end: start, label ("03/2020"), the overall row of `survey_index`, and
    `proxy`: item 5.4 of the national scorecard, which reads satisfaction off delays and complaints. Months after the as-of date are
    left out."""
    months = [month for month in last_months(period, count, style) if month.start <= scope.at(db)]
    rows = []
    for month in months:
        overall = survey_index(db, month, scope).iloc[-1].drop("factor").to_dict()
        proxy = scorecard(db, month, scope).set_index("item").loc[PROXY, "ratio"]
        rows.append({"start": month.start, "label": f"{month.end:%m/%Y}", **overall, "proxy": proxy})
    numbers = ["index", "lower", "upper", "proxy"]
    return pd.DataFrame(rows).astype(dict.fromkeys(numbers, "float64"))


def proxy_sentence(rows: pd.DataFrame) -> str:
    """How far the scorecard's proxy and the survey lie apart in the newest month that has both, in Vietnamese."""
    both = rows[rows["index"].notna() & rows["proxy"].notna()]
    if both.empty:
        return "Chưa có tháng nào có cả hai số liệu để so sánh."
    last = both.iloc[-1]
    gap = last["proxy"] - last["index"]
    side = "cao hơn" if gap > 0 else "thấp hơn"
    text = f"Kỳ {last['label']}: Bộ chỉ số 766 suy ra {wording.percent(last['proxy'])}, khảo sát cho {wording.percent(last['index'])}"
    if last["lower"] <= last["proxy"] <= last["upper"]:
        return f"{text}; chênh lệch nằm trong khoảng tin cậy của khảo sát."
    return f"{text}; số suy ra {side} {wording.points(abs(gap)).lstrip('+')}, ngoài khoảng tin cậy của khảo sát."


def with_words(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a `survey_index` with the factor's Vietnamese name in `word`, the overall index last."""
    return rows.assign(word=rows["factor"].map(factor_labels()))


def survey_by(db: Database, period: Period, scope: Scope, by: str) -> pd.DataFrame:
    """The overall rows of `survey_index` by unit or procedure, lowest index first, those kept back last."""
    rows = survey_index(db, period, scope, by=by)
    rows = rows[rows["factor"] == OVERALL].drop(columns="factor")
    numbers = ["satisfied", "index", "lower", "upper"]
    return rows.astype(dict.fromkeys(numbers, "float64")).sort_values(["index", "group"], na_position="last").reset_index(drop=True)


def hidden_sentence(rows: pd.DataFrame, noun: str) -> str:
    """How many groups of `survey_by` (each a `noun`) are shown, and how many are kept back, in Vietnamese."""
    shown, hidden = int(rows["index"].notna().sum()), int(rows["suppressed"].sum())
    least = settings.read("rules")["minimum_responses"]
    text = f"{wording.number(shown)} {noun} có từ {least} phiếu trở lên"
    return f"{text}; {wording.number(hidden)} {noun} ít phiếu hơn nên không hiển thị." if hidden else f"{text}."


def official_sentence(rows: pd.DataFrame, target: float | None) -> str:
    """The newest official figure beside last year's and the target, in Vietnamese."""
    overall = rows[(rows["factor"] == OVERALL) & rows["value"].notna()]
    if overall.empty:
        return "Chưa nhập chỉ số hài lòng do cơ quan có thẩm quyền công bố."
    newest = overall.iloc[0]
    text = f"Năm {newest['year']}: {wording.percent(newest['value'])}"
    if not wording.missing(newest["rank"]):
        text += f", xếp hạng {wording.number(newest['rank'])}"
    if not wording.missing(newest["last_year"]):
        text += f"; năm trước {wording.percent(newest['last_year'])} ({wording.points(newest['value'] - newest['last_year'])})"
    if target is not None:
        reached = "đạt" if newest["value"] >= target else "chưa đạt"
        text += f"; {reached} chỉ tiêu {wording.percent(target)}"
    return f"{text}. Nguồn: {newest['source']}."


def factor_sentence(rows: pd.DataFrame) -> str:
    """The weakest and the strongest factor of a `survey_index`, in Vietnamese."""
    labels = factor_labels()
    known = rows[rows["index"].notna() & (rows["factor"] != OVERALL)].sort_values("index")
    if known.empty:
        return f"Chưa đủ {settings.read('rules')['minimum_responses']} phiếu để công bố chỉ số."
    worst, best = known.iloc[0], known.iloc[-1]
    return (
        f"Thấp nhất là “{labels[worst['factor']]}” ({wording.percent(worst['index'])}), "
        f"cao nhất là “{labels[best['factor']]}” ({wording.percent(best['index'])})."
    )


def official_index(db: Database) -> pd.DataFrame:
    """One row a published figure: year, source, factor ("overall" for the index itself), value (0–1), rank, last_year (the same
    source's and factor's value a year before, null without one). Newest year first."""
    found = db.frame("select year, source, coalesce(factor, 'overall') as factor, value, rank from official_index")
    before = found[["year", "source", "factor", "value"]].rename(columns={"value": "last_year"})
    before["year"] = before["year"] + 1
    rows = found.merge(before, on=["year", "source", "factor"], how="left")
    order = {factor: place for place, factor in enumerate((OVERALL, *FACTORS))}
    rows["place"] = rows["factor"].map(order)
    rows = rows.sort_values(["year", "source", "place"], ascending=[False, True, True])
    return rows.drop(columns="place").reset_index(drop=True)
