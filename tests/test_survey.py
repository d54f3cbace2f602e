"""The satisfaction index: which answers count, when it is kept back, and its interval."""

from datetime import date

import pytest

from metrics.period import Period
from metrics.scope import Scope
from metrics.survey import factor_sentence, official_index, proxy_sentence, survey_index, survey_trend, wilson
from tests.small_snapshot import small_snapshot

JANUARY = Period(date(2020, 1, 1), date(2020, 1, 31))


def responses(*answers, unit="Văn phòng Sở", day=date(2020, 1, 6), start=0):
    """One response for each tuple of (factor, score) pairs."""
    codes = [f"P{number:03d}" for number in range(start, start + len(answers))]
    return dict(
        survey_response=[dict(response_code=code, responded_on=day, unit=unit) for code in codes],
        survey_answer=[
            dict(response_code=code, question=factor or "câu lạ", factor=factor, score=score)
            for code, pairs in zip(codes, answers, strict=True)
            for factor, score in pairs
        ],
    )


def joined(*parts):
    return {table: [row for part in parts for row in part[table]] for table in parts[0]}


def overall(db, scope=None):
    return survey_index(db, JANUARY, scope or Scope()).set_index("factor").loc["overall"]


def test_wilson_interval_of_a_known_case():
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)  # Newcombe 1998, table I
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson(20, 20)[1] == 1


def test_fours_and_fives_are_satisfied_and_each_factor_has_its_own_index():
    answers = [(("access", 4), ("official", 5))] * 6 + [(("access", 3), ("official", 2))] * 4
    found = survey_index(small_snapshot(**responses(*answers)), JANUARY, Scope()).set_index("factor")
    assert tuple(found.loc["access", ["responses", "answers", "satisfied", "index"]]) == (10, 10, 6, 0.6)
    assert found.loc["overall", "index"] == 0.6  # no overall question: all twenty answers
    assert found.loc["overall", "answers"] == 20
    assert found.loc["feedback", "responses"] == 0
    assert found.loc["feedback", ["index", "lower"]].isna().all()


def test_the_overall_question_alone_makes_the_overall_index_where_it_is_asked():
    answers = [(("access", 1), ("overall", 5))] * 10
    assert overall(small_snapshot(**responses(*answers)))["index"] == 1


def test_nine_responses_are_kept_back_and_ten_are_shown():
    nine = overall(small_snapshot(**responses(*[(("overall", 5), ("access", 5))] * 9)))
    assert nine["suppressed"]
    assert nine[["index", "lower", "upper", "satisfied"]].isna().all()
    assert nine["responses"] == 9
    ten = overall(small_snapshot(**responses(*[(("overall", 5),)] * 10)))
    assert ten["index"] == 1
    assert not ten["suppressed"]


def test_an_answer_to_an_unknown_question_counts_in_the_whole_only():
    db = small_snapshot(**responses(*[((None, 5), ("access", 2))] * 10))
    assert overall(db)["index"] == 0.5
    assert survey_index(db, JANUARY, Scope())["answers"].tolist() == [10, 0, 0, 0, 0, 20]


def test_by_unit_and_the_scope_of_a_unit():
    db = small_snapshot(
        **joined(
            responses(*[(("overall", 5),)] * 12, unit="Chi cục A"),
            responses(*[(("overall", 1),)] * 5, unit="Chi cục B", start=100),
        )
    )
    found = survey_index(db, JANUARY, Scope(), by="unit")
    by_unit = found[found["factor"] == "overall"].set_index("group")
    assert by_unit.loc["Chi cục A", "index"] == 1
    assert by_unit.loc["Chi cục B", "suppressed"]
    assert overall(db, Scope(units=("Chi cục A",)))["responses"] == 12
    assert overall(db)["index"] == pytest.approx(12 / 17)


def test_trend_has_a_row_a_month_and_knows_nothing_after_the_as_of_date():
    db = small_snapshot(**responses(*[(("overall", 5),)] * 10))
    trend = survey_trend(db, Period(date(2020, 2, 1), date(2020, 2, 29)), Scope(), count=2)
    assert trend["start"].tolist() == [date(2020, 1, 1), date(2020, 2, 1)]
    assert trend["label"].tolist() == ["01/2020", "02/2020"]
    assert trend["responses"].tolist() == [10, 0]
    assert overall(db, Scope(as_of=date(2020, 1, 5)))["responses"] == 0


def test_the_scorecards_proxy_stands_beside_the_survey():
    db = small_snapshot(
        dossier=[dict(received="2020-01-06", due="2020-01-10", closed="2020-01-09")],
        complaint=[dict(sent="2019-06-03", answered="2019-06-05")],
        **responses(*[(("overall", 5),)] * 10, *[(("overall", 1),)] * 10),
    )
    trend = survey_trend(db, JANUARY, Scope(), count=1)
    assert (trend["index"].iloc[0], trend["proxy"].iloc[0]) == (0.5, 1)
    assert "cao hơn 50,0 điểm %" in proxy_sentence(trend)
    assert "chưa" in proxy_sentence(survey_trend(small_snapshot(), JANUARY, Scope(), count=1)).lower()


def test_weakest_and_strongest_factor_in_words():
    answers = [(("access", 4), ("official", 5))] * 6 + [(("access", 3), ("official", 4))] * 4
    said = factor_sentence(survey_index(small_snapshot(**responses(*answers)), JANUARY, Scope()))
    assert "Thấp nhất là “Tiếp cận dịch vụ” (60,0%)" in said
    assert "Chưa đủ 10 phiếu" in factor_sentence(survey_index(small_snapshot(), JANUARY, Scope()))


def test_official_figures_stand_beside_last_years():
    db = small_snapshot(
        official_index=[
            dict(year=2019, source="UBND tỉnh", factor=None, value=0.81, rank=7),
            dict(year=2020, source="UBND tỉnh", factor=None, value=0.845, rank=5),
            dict(year=2020, source="UBND tỉnh", factor="official", value=0.9),
        ]
    )
    found = official_index(db)
    assert found["factor"].tolist() == ["overall", "official", "overall"]
    assert found["last_year"].iloc[0] == 0.81
    assert found["last_year"].iloc[1:].isna().all()
