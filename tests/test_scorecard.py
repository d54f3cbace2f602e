"""The national scorecard: what counts, what has no data, and what the total rests on."""

from datetime import date, datetime

import pytest

import settings
from metrics.period import Period
from metrics.scope import Scope
from metrics.scorecard import (
    groups,
    headline,
    next_points,
    next_sentence,
    reference_only,
    scorecard,
    scorecard_by_unit,
    scorecard_trend,
    total,
)
from tests.small_snapshot import small_snapshot

JANUARY = Period(date(2020, 1, 1), date(2020, 1, 31))
OPEN = date(9999, 12, 31)


def card(db, scope=None, period=JANUARY):
    return scorecard(db, period, scope or Scope()).set_index("item")


def test_the_card_is_worth_one_hundred_points_in_its_six_groups():
    found = settings.read("scorecard")
    by_group = {group["code"]: sum(item["max"] for item in found["item"] if item["group"] == group["code"]) for group in found["group"]}
    assert by_group == {"1": 18, "2": 20, "3": 12, "4": 22, "5": 10, "6": 18}
    assert by_group == {group["code"]: group["max"] for group in found["group"]}


def test_progress_counts_early_on_time_and_open_within_term_pauses_taken_off():
    db = small_snapshot(
        as_of="2020-01-31",
        dossier=[
            dict(received="2020-01-06", due="2020-01-10", closed="2020-01-09"),
            dict(received="2020-01-06", due="2020-01-10", closed="2020-01-10"),
            dict(received="2020-01-06", due="2020-01-10", closed="2020-01-13"),
            dict(received="2020-01-06", due="2020-01-10"),  # overdue
            dict(received="2020-01-06", due="2020-01-10", waiting=[("2020-01-08", None)]),  # its clock stands
        ],
    )
    item = card(db).loc["2.1"]
    assert (item["numerator"], item["denominator"]) == (3, 5)
    assert item["points"] == pytest.approx(12)


def test_an_item_without_data_gives_no_points_and_the_total_says_on_how_many_it_rests():
    db = small_snapshot(dossier=[dict(received="2020-01-06", due="2020-01-10", closed="2020-01-09", channel=2)])
    items = scorecard(db, JANUARY, Scope())
    states = items.set_index("item")["state"]
    assert states["2.1"] == states["3.3"] == "measured"
    assert states["1.1"] == states["4.2"] == states["5.2"] == states["3.6"] == "no_data"
    found = total(items)
    assert (found["points"], found["rests_on"], found["of"], found["share"]) == (32, 32, 100, 1)
    assert headline(items) == "Đạt 32 điểm trên 32 điểm có dữ liệu (bộ chỉ số có 100 điểm): 100,0%."
    without = items["state"] == "no_data"
    assert items.loc[without, ["points", "ratio"]].isna().all(axis=None)
    by_group = groups(items).set_index("scorecard_group")
    assert by_group.loc["3", "points"] == 12
    assert by_group.loc["3", "provisional"]
    assert by_group["points"].isna().to_dict() == {"1": True, "2": False, "3": False, "4": True, "5": True, "6": True}


def test_nothing_arisen_is_neither_no_data_nor_zero():
    db = small_snapshot(
        procedure=[dict(procedure_name="Thủ tục A", has_fee=False, paper_result=False)],
        dossier=[dict(received="2020-01-06", closed="2020-01-09", due="2020-01-10")],
        complaint=[dict(sent="2019-06-03", answered="2019-06-05")],
    )
    items = scorecard(db, JANUARY, Scope())
    states = items.set_index("item")["state"]
    assert states["3.6"] == states["4.1"] == states["5.2"] == states["5.3"] == "nothing_arisen"
    assert items.loc[items["state"] == "nothing_arisen", ["points", "ratio"]].isna().all(axis=None)
    assert total(items)["rests_on"] == 20 + 12 + 6  # 2.1, 3.3 and 5.4


def test_a_source_that_does_not_say_is_left_out_of_the_ratio():
    db = small_snapshot(
        dossier=[
            dict(received="2020-01-06", reused=True),
            dict(received="2020-01-06", reused=False),
            dict(received="2020-01-06", reused=None),
        ]
    )
    item = card(db).loc["4.3"]
    assert (item["numerator"], item["denominator"]) == (1, 2)
    assert item["points"] == pytest.approx(2 * 0.5 / 0.8)


def test_online_dossiers_need_an_electronic_result_where_paper_is_required():
    paper = [dict(procedure_name="Giấy", paper_result=True), dict(procedure_name="Không giấy", paper_result=False)]
    db = small_snapshot(
        procedure=paper,
        dossier=[
            dict(procedure="Giấy", received="2020-01-06", channel=2, electronic_result=True),
            dict(procedure="Giấy", received="2020-01-06", channel=2, electronic_result=False),
            dict(procedure="Không giấy", received="2020-01-06", channel=2),
            dict(procedure="Giấy", received="2020-01-06", channel=1),
            dict(procedure="Giấy", received="2020-01-06", channel=3),
        ],
    )
    item = card(db).loc["3.3"]
    assert (item["numerator"], item["denominator"]) == (2, 5)
    assert item["points"] == pytest.approx(12 * 0.4 / 0.5)
    silent = small_snapshot(procedure=paper, dossier=[dict(procedure="Giấy", received="2020-01-06", channel=2)])
    assert card(silent).loc["3.3", "state"] == "no_data"


def test_fees_results_and_procedures():
    db = small_snapshot(
        procedure=[
            dict(procedure_name="Có phí", has_fee=True, online_payment=True, paper_result=True, service_level=4),
            dict(procedure_name="Có phí 2", has_fee=True, online_payment=False, service_level=2),
            dict(procedure_name="Đã bãi bỏ", has_fee=True, online_payment=True, service_level=4, in_charge=False),
        ],
        dossier=[
            dict(procedure="Có phí", received="2020-01-06", closed="2020-01-08", paid_online=2, channel=2, electronic_result=True),
            dict(procedure="Có phí", received="2020-01-06", closed="2020-01-08", paid_online=0, electronic_result=False),
            dict(
                procedure="Có phí",
                received="2020-01-06",
                closed="2020-01-08",
                paid_online=0,
                fee_amount=0,
                electronic_result=False,
            ),
            dict(procedure="Có phí", received="2020-01-06", closed="2020-02-05", paid_online=1, electronic_result=True),
        ],
    )
    ratios = card(db)[["numerator", "denominator"]].astype(object).apply(tuple, axis=1)
    assert ratios["3.1"] == (1, 2)
    assert ratios["3.2"] == (1, 1)
    assert ratios["3.5"] == (1, 2)
    assert ratios["3.5b"] == (1, 1)  # the second procedure's payments are not known
    assert ratios["3.6"] == (1, 2)  # a fee of 0 is left out
    assert ratios["4.1"] == (1, 3)


def test_a_complaint_dissatisfied_reopened_and_overdue_counts_once():
    db = small_snapshot(
        as_of="2020-03-31",
        dossier=[dict(received="2020-01-06", due="2020-01-10", closed="2020-01-09")],
        complaint=[
            dict(sent="2020-01-06", answered="2020-01-31", due="2020-01-20", satisfied=False, reopened=True),
            dict(sent="2020-01-06", answered="2020-01-10", satisfied=False),
            dict(sent="2020-01-06", answered="2020-01-10", satisfied=True),
            dict(sent="2020-01-06", answered="2020-01-10"),
            dict(sent="2020-01-30"),  # in hand within its term
            dict(sent="2020-01-06", refused="2020-01-07"),
            dict(sent="2019-12-30", answered="2020-01-10"),  # handled in the period, received before it
        ],
    )
    found = card(db)
    assert tuple(found.loc["5.3", ["numerator", "denominator"]]) == (3, 5)
    assert tuple(found.loc["5.2", ["numerator", "denominator"]]) == (5, 6)


def test_a_dossier_with_a_complaint_and_a_dislike_counts_once_in_satisfaction():
    on_time = dict(received="2020-01-06", due="2020-01-10", closed="2020-01-09")
    db = small_snapshot(
        dossier=[dict(on_time, code=f"H{n}") for n in range(9)] + [dict(on_time, code="H9", closed="2020-01-20")],
        complaint=[
            dict(sent="2020-01-06", answered="2020-01-10", dossier_code="H0", satisfied=False),
            dict(sent="2020-01-07", answered="2020-01-10", dossier_code="H0"),
            dict(sent="2020-01-07", answered="2020-01-10", dossier_code="H1", **{"class": "question"}),
            dict(sent="2020-01-07", answered="2020-01-10", dossier_code="H2", satisfied=False, **{"class": "question"}),
        ],
    )
    item = card(db).loc["5.4"]
    assert (item["numerator"], item["denominator"]) == (7, 10)  # one late, one complained of, one disliked
    assert item["points"] == pytest.approx(6 * 0.7 / 0.9)


def entry(item, ratio, **more):
    span = dict(valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31), unit_name=None)
    return dict(item=item, ratio=ratio, entered_by="Văn thư") | dict(entered_at=datetime(2020, 1, 2, 8)) | span | more


def test_an_entry_by_hand_stands_where_the_logs_have_no_data_and_names_who_and_when():
    db = small_snapshot(
        dossier=[dict(received="2020-01-06", due="2020-01-10", closed="2020-01-09")],
        scorecard_entry=[
            entry("1.1", 0.5),
            entry("1.1", 0.9, entered_at=datetime(2020, 1, 20, 8)),
            entry("1.2", 0.9, valid_from=date(2020, 5, 1)),
            entry("1.3", 1.0, unit_name="Văn phòng Sở"),
            entry("2.1", 0.1),
        ],
    )
    found = card(db)
    assert (found.loc["1.1", "state"], found.loc["1.1", "points"]) == ("entered", pytest.approx(5.4))
    assert (found.loc["1.1", "entered_by"], found.loc["1.1", "entered_at"].day) == ("Văn thư", 20)
    assert found.loc["1.2", "state"] == found.loc["1.3", "state"] == "no_data"
    assert found.loc["2.1", "points"] == 20  # what the logs measure is not overwritten
    earlier = card(db, Scope(as_of=date(2020, 1, 10)))
    assert earlier.loc["1.1", "ratio"] == 0.5
    assert card(db, Scope(units=("Văn phòng Sở",))).loc["1.3", "points"] == 2
    elsewhere = Scope(units=("Văn phòng Sở",), allowed_units=("Chi cục A",))
    assert card(db, elsewhere).loc["1.3", "state"] == "no_data"


def test_units_are_ranked_by_the_share_of_the_points_they_have_data_for():
    db = small_snapshot(
        dossier=[
            dict(unit="Chậm", received="2020-01-06", due="2020-01-10", closed="2020-01-20", channel=2),
            dict(unit="Nhanh", received="2020-01-06", due="2020-01-10", closed="2020-01-09", channel=2),
        ]
    )
    ranked = scorecard_by_unit(db, JANUARY, Scope())
    assert list(ranked["group"]) == ["Nhanh", "Chậm"]
    assert list(ranked["rank"]) == [1, 2]
    assert list(ranked["share"]) == pytest.approx([1, 12 / 32])


def test_trend_restates_each_month():
    db = small_snapshot(
        dossier=[
            dict(received="2020-01-06", due="2020-01-10", closed="2020-01-09", channel=2),
            dict(received="2020-02-03", due="2020-02-07", closed="2020-02-20", channel=2),
        ]
    )
    found = scorecard_trend(db, Period(date(2020, 2, 1), date(2020, 2, 29)), Scope(), count=3)
    assert found["label"].tolist() == ["12/2019", "01/2020", "02/2020"]
    assert list(found["share"].astype(object).where(found["share"].notna(), None)) == [None, 1, pytest.approx(12 / 32)]
    february = Period(date(2020, 2, 1), date(2020, 2, 29))
    assert scorecard_trend(db, february, Scope(as_of=date(2020, 1, 31)), count=3)["label"].tolist() == ["12/2019", "01/2020"]


def test_the_next_point_is_cheapest_where_fewest_cases_make_it():
    db = small_snapshot(
        dossier=[dict(received="2020-01-06", due="2020-01-10", closed="2020-01-20", channel=1 + n % 4 // 3) for n in range(40)]
    )
    found = next_points(scorecard(db, JANUARY, Scope())).set_index("item")
    assert list(found.index) == ["3.3", "2.1"]
    # 12 points for half of 40 dossiers: 5/3 dossiers a point; 10 are online, 10 more make all 12
    assert (found.loc["3.3", "needed"], found.loc["3.3", "needed_for_all"]) == (2, 10)
    assert "mục 3.3" in next_sentence(found.reset_index())
    assert (found.loc["2.1", "needed"], found.loc["2.1", "needed_for_all"]) == (2, 40)


def test_before_the_decision_the_card_is_for_reference():
    assert reference_only(JANUARY)
    assert not reference_only(Period(date(2022, 7, 1), date(2022, 7, 31)))


def test_an_empty_snapshot_has_no_points_at_all():
    found = total(scorecard(small_snapshot(), JANUARY, Scope()))
    assert (found["share"], found["rests_on"], found["of"]) == (None, 0, 100)
    assert scorecard_by_unit(small_snapshot(), JANUARY, Scope()).empty
