"""The catalogue of indicators: each one's edges on rows that can be checked by hand, and that none is missing anywhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import sqlglot

import settings
from metrics import glossary
from metrics.catalogue import BY_CODE, CATALOGUE, HEADLINES, indicators, monthly, read, sql_of
from metrics.complaints import COMPLAINT_SETS
from metrics.dossier_sets import SETS
from metrics.indicator import UNITS
from metrics.legal_bases import in_force, legal_bases
from metrics.overview import moved_most, ranked
from metrics.period import Period
from metrics.scope import Scope
from metrics.targets import target_of
from tests.small_snapshot import SmallSnapshot, small_snapshot
from ui.menu import GROUPS

MARCH = Period(date(2020, 3, 1), date(2020, 3, 31))
ALL = Scope()
PLAIN = dict(received="2020-03-02", due="2020-03-10", closed="2020-03-09")

# what the field names, and the code that measures it
NAMED_IN_THE_FIELD = {
    # time and progress
    "on time, done only": "on_time_share",
    "on time as the form prints it": "on_time_share_form",
    "early": "early_share",
    "late": "late_share",
    "on time by the first due date": "on_time_first_due_share",
    "rescheduled": "rescheduled_share",
    "rescheduled more than once": "rescheduled_more_than_once_share",
    "supplement asked": "supplement_share",
    "supplement asked more than once": "supplement_more_than_once_share",
    "paused": "paused_share",
    "refused": "refused_share",
    "withdrawn": "withdrawn_share",
    "stopped": "stopped_share",
    "notified on refusal": "refusal_notified_share",
    "notified on pause": "pause_notified_share",
    "notified on overdue": "overdue_notified_share",
    "notified on rescheduling": "rescheduling_notified_share",
    "apology letters": "apology_share",
    "acceptance lag against working hours": "acceptance_in_time_share",
    "acceptance lag": "acceptance_lag_median",
    "waiting for acceptance": "waiting_for_acceptance",
    "rejected": "rejected",
    "median processing time": "processing_time_median",
    "mean processing time (766 item 2.2)": "processing_time_mean",
    "90th percentile of processing time": "processing_time_p90",
    # form 06a
    **{
        name: name
        for name in (
            "received_total",
            "received_online",
            "received_direct_postal",
            "carried_over",
            "resolved_total",
            "early",
            "on_time",
            "late",
            "in_progress_total",
            "within_term",
            "overdue",
        )
    },
    # online services
    "share submitted online": "online_share",
    "share on the approved list": "listed_online_share",
    "procedures matching none": "not_in_catalogue",
    "procedures at level 3/4 with online dossiers": "online_procedures_used_share",
    "procedures at level 3/4": "online_procedures_share",
    "postal share": "postal_share",
    "online together with postal": "online_with_post_share",
    "online or postal": "online_postal_share",
    "results returned by post": "returned_by_post_share",
    "online payment": "online_payment_share",
    "level 3": "level_3_online_share",
    "level 4": "level_4_online_share",
    "levels 3 and 4": "level_3_4_online_share",
    # the scorecard
    **{
        f"item {item}": f"scorecard_{item.replace('.', '_')}"
        for item in (
            *("1.1", "1.2", "1.3", "1.4", "2.1", "3.1", "3.2", "3.3", "3.5", "3.5b", "3.6"),
            *("4.1", "4.2", "4.3", "4.4", "4.5a", "4.5b", "4.6", "5.1", "5.2", "5.3", "5.4"),
        )
    },
    "total": "scorecard_points",
    # complaints
    "complaints on time": "complaints_on_time_share",
    "complaints median": "complaints_median_days",
    "complaints 90th percentile": "complaints_p90_days",
    "backlog": "complaints_in_progress",
    "old backlog": "complaints_aged",
    "complaints overdue": "complaints_overdue",
    "published": "complaints_published_share",
    "published in time": "complaints_published_in_time_share",
    "satisfied": "complaints_satisfied_share",
    "reopened": "complaints_reopened_share",
    "refused in time": "complaints_refused_in_time_share",
    "supplement in time": "complaints_supplement_in_time_share",
    "conduct per 1,000 dossiers": "conduct_per_1000",
    "conduct": "complaints_conduct",
    "regulations": "complaints_regulation",
    # satisfaction
    **{f"survey {factor}": f"survey_{factor}" for factor in ["access", "procedure", "official", "result", "feedback", "overall"]},
    "responses": "survey_responses",
    "official index": "official_index",
    "official rank": "official_rank",
    # the six groups of solutions
    "postings": "measure_postings",
    "leaflets": "measure_leaflets",
    "SMS by hand": "measure_sms",
    "SMS notices": "notices_sms",
    "hotline": "complaints_hotline",
    "questions answered": "questions_answered",
    "facilities": "measure_facilities",
    "reviews": "measure_reviews",
    "decisions": "decisions_issued",
    "steps within norm": "steps_within_norm_share",
    "cases handled": "conduct_cases_handled",
    "attendance": "measure_attendance",
    "reminders": "reminders_noted",
    "actions done": "actions_done_share",
}


def value(db: SmallSnapshot, code: str, period: Period = MARCH, scope: Scope = ALL) -> float | None:
    return read(db, code, period, scope).value


def of_dossiers(code: str, *rows: dict, **tables: list[dict]) -> float | None:
    return value(small_snapshot(dossier=[{**PLAIN, **row} for row in rows], **tables), code)


@pytest.mark.parametrize("code", NAMED_IN_THE_FIELD.values(), ids=NAMED_IN_THE_FIELD.keys())
def test_every_indicator_the_field_names_is_in_the_catalogue(code: str) -> None:
    assert code in BY_CODE


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.code)
def test_every_indicator_is_written_down_whole(one) -> None:
    topics = settings.read("legal_bases")["topics"]
    assert one.name and one.formula and one.legal_basis and set(one.legal_basis) <= set(topics)
    assert one.unit in UNITS and one.better in ("higher", "lower", None)
    assert one.page in {entry.name for group in GROUPS.values() for entry in group}
    assert one.which is None or one.which in {"dossiers": SETS, "complaints": COMPLAINT_SETS}[one.family.lists]
    assert sqlglot.transpile(sql_of(one.code).split("\n;\n")[0], read="duckdb", write="spark")


def test_codes_and_names_are_distinct() -> None:
    assert len(BY_CODE) == len({one.name for one in CATALOGUE}) == len(CATALOGUE)


def test_the_glossary_page_is_current() -> None:
    page = Path(glossary.PAGE).read_text(encoding="utf-8")
    assert page == glossary.page(), "python -m metrics.glossary"
    assert set(re.findall(r"^- Mã: `(.+)`$", page, re.MULTILINE)) == set(BY_CODE)


def test_targets_name_known_indicators_and_follow_the_year() -> None:
    assert set(settings.read("targets")) <= set(BY_CODE)
    assert target_of("listed_online_share", MARCH) == 0.8
    assert target_of("received", MARCH) is None


def test_a_years_own_target_wins_and_december_after_the_14th_is_next_year(own_data_folder: Path) -> None:
    own = own_data_folder / "settings"
    own.mkdir(parents=True)
    (own / "targets.toml").write_text("[online_share]\n2021 = 0.7\n", encoding="utf-8")
    assert target_of("online_share", Period(date(2020, 12, 15), date(2021, 1, 14))) == 0.7
    assert target_of("online_share", MARCH) == 0.5


def test_empty_data_reads_nothing_and_never_zero() -> None:
    frame = indicators(small_snapshot(), MARCH, ALL)
    assert frame["code"].tolist() == list(BY_CODE)
    assert frame[["value", "previous", "year_to_date", "change"]].isna().all().all()
    assert frame["met"].isna().all()


def test_before_the_first_day_there_is_no_data() -> None:
    row = indicators(small_snapshot(dossier=[PLAIN]), MARCH, ALL, ["received"]).iloc[0]
    assert row["value"] == row["year_to_date"] == 1
    assert pd.isna(row["previous"]) and pd.isna(row["same_period_last_year"]) and pd.isna(row["change"])


def test_a_row_compares_with_its_target_and_its_neighbours() -> None:
    late = dict(due="2020-03-04")
    earlier = dict(received="2020-02-03", due="2020-02-10", closed="2020-02-07")
    db = small_snapshot(dossier=[{**PLAIN, **row} for row in ({}, late, earlier)])
    row = indicators(db, MARCH, ALL, ["on_time_share"]).iloc[0]
    assert (row["value"], row["numerator"], row["denominator"]) == (0.5, 1, 2)
    assert (row["target"], row["met"]) == (0.95, False)
    assert (row["previous"], row["change"], row["year_to_date"]) == (1.0, -0.5, pytest.approx(2 / 3))


def test_months_in_order_and_the_last_as_far_as_the_period() -> None:
    db = small_snapshot(dossier=[PLAIN, {**PLAIN, "closed": "2020-03-25"}, dict(received="2020-01-06", closed="2020-01-08")])
    series = monthly(db, ["on_time_share", "received"], Period(date(2020, 3, 1), date(2020, 3, 20)), ALL, months=4)
    share = series[series["code"] == "on_time_share"]
    assert share["month"].tolist() == ["2019-12", "2020-01", "2020-02", "2020-03"]
    assert share["denominator"].fillna(-1).tolist() == [-1, 1, 0, 1]
    assert share["value"].isna().tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    ("code", "rows", "expected"),
    [
        ("on_time_share", [{}, dict(status=7), dict(status=8), dict(status=11)], 1.0),  # done only
        ("on_time_share_form", [dict(closed="2020-03-20"), dict(closed="2020-03-20", status=8)], 0.5),
        ("on_time_share", [dict(due=None)], 1.0),
        ("on_time_share", [dict(closed=None)], None),
        ("on_time_first_due_share", [dict(due_first="2020-03-05", due_changes=1), {}], 0.5),
        ("rescheduled_share", [dict(due_changes=1), dict(due_changes=2), {}, {}], 0.5),
        ("rescheduled_more_than_once_share", [dict(due_changes=1), dict(due_changes=2), {}, {}], 0.25),
        ("supplement_share", [dict(supplement_count=1), dict(supplement_count=2), {}, {}], 0.5),
        ("supplement_more_than_once_share", [dict(supplement_count=1), dict(supplement_count=2), {}, {}], 0.25),
        ("paused_share", [dict(waiting=[("2020-03-03", "2020-03-05")]), {}], 0.5),
        ("paused_days_mean", [dict(waiting=[("2020-03-03", "2020-03-05")]), {}], 2.0),
        ("refused_share", [dict(status=11), {}], 0.5),
        ("withdrawn_share", [dict(status=7), {}], 0.5),
        ("stopped_share", [dict(status=8), {}], 0.5),
        ("waiting", [dict(closed=None, waiting=[("2020-03-03", None)]), dict(closed=None)], 1),
        ("overdue_share", [dict(closed=None), dict(closed=None, due="2020-04-10")], 0.5),
        ("without_due_date", [dict(due=None), {}], 1),
        ("waiting_for_acceptance", [dict(outcome="registered", closed=None, submitted="2020-03-05"), {}], 1),
        ("waiting_for_acceptance", [dict(received="2020-04-02", submitted="2020-03-30", closed=None)], 1),  # accepted later
        ("rejected", [dict(outcome="rejected", submitted="2020-03-02", closed="2020-03-04"), {}], 1),
        ("rejected_share", [dict(outcome="rejected", submitted="2020-03-02", closed="2020-03-04"), {}], 0.5),
        ("acceptance_in_time_share", [dict(channel=2, acceptance_minutes=480), dict(channel=2, acceptance_minutes=481)], 0.5),
        ("acceptance_in_time_share", [dict(channel=1, acceptance_minutes=10), dict(channel=2)], None),
        ("acceptance_lag_median", [dict(channel=2, acceptance_minutes=120), dict(channel=2, acceptance_minutes=360)], 4.0),
        ("listed_online_share", [dict(listed=True, channel=2), dict(listed=True), {}], 0.5),
        ("level_3_online_share", [dict(service_level=3, channel=2), dict(service_level=4)], 1.0),
        ("level_4_online_share", [dict(service_level=3, channel=2), dict(service_level=4)], 0.0),
        ("level_3_4_online_share", [dict(service_level=3, channel=2), dict(service_level=4), dict(service_level=2)], 0.5),
        ("postal_share", [dict(channel=3), {}], 0.5),
        ("online_postal_share", [dict(channel=3), dict(channel=2), {}, {}], 0.5),
        ("returned_by_post_share", [dict(returned_by_post=True), dict(returned_by_post=False), {}], 0.5),
        ("online_with_post_share", [dict(channel=2, returned_by_post=True), dict(returned_by_post=True)], 1.0),
        ("not_in_catalogue", [dict(in_catalogue=False), {}], 1),
    ],
)
def test_edges_of_dossier_indicators(code: str, rows: list[dict], expected: float | None) -> None:
    assert of_dossiers(code, *rows) == (expected if expected is None else pytest.approx(expected))


def test_paid_online_of_dossiers_with_a_fee() -> None:
    procedures = [dict(procedure_name="Có phí", has_fee=True), dict(procedure_name="Không phí", has_fee=False)]
    rows = [
        dict(procedure="Có phí", paid_online=1),
        dict(procedure="Có phí", paid_online=2, fee_amount=20000.0),
        dict(procedure="Có phí", paid_online=0, fee_amount=20000.0),
        dict(procedure="Có phí", paid_online=0, fee_amount=0.0),  # free of charge
        dict(procedure="Có phí"),  # nobody knows
        dict(procedure="Không phí", paid_online=1),
    ]
    assert of_dossiers("online_payment_share", *rows, procedure=procedures) == pytest.approx(2 / 3)


def test_procedures_at_level_3_4_with_an_online_dossier() -> None:
    procedures = [
        dict(procedure_name="Có", service_level=4),
        dict(procedure_name="Không", service_level=3),
        dict(procedure_name="Mức 2", service_level=2),
        dict(procedure_name="Bãi bỏ", service_level=4, in_charge=False),
    ]
    rows = [dict(procedure="Có", channel=2), dict(procedure="Không", channel=1), dict(procedure="Mức 2", channel=2)]
    assert of_dossiers("online_procedures_used_share", *rows, procedure=procedures) == 0.5
    assert of_dossiers("online_procedures_share", *rows, procedure=procedures) == pytest.approx(2 / 3)


def test_who_was_told() -> None:
    rows = [
        dict(code="refused", status=11),
        dict(code="late", closed="2020-03-20"),
        dict(code="overdue", closed=None),
        dict(code="paused", waiting=[("2020-03-03", "2020-03-05")]),
        dict(code="moved", due_changes=1),
    ]
    told = [
        dict(dossier_code="refused", reason="refused", sent_on=date(2020, 3, 9)),
        dict(dossier_code="late", reason="overdue", sent_on=date(2020, 3, 11), apology=True),
        dict(dossier_code="overdue", reason="overdue", sent_on=date(2020, 4, 1)),  # after the period
        dict(dossier_code="paused", reason="paused", sent_on=date(2020, 3, 3), channel="document"),
    ]
    db = small_snapshot(dossier=[{**PLAIN, **row} for row in rows], notice=told)
    assert value(db, "refusal_notified_share") == 1.0
    assert value(db, "pause_notified_share") == 1.0
    assert value(db, "overdue_notified_share") == 0.5
    assert value(db, "apology_share") == 0.5
    assert value(db, "rescheduling_notified_share") == 0.0
    assert value(db, "notices_sms") == 2
    without = small_snapshot(dossier=[{**PLAIN, **row} for row in rows])
    assert value(without, "overdue_notified_share") is None  # no notices on record is no data


@pytest.mark.parametrize(
    ("code", "rows", "expected"),
    [
        ("complaints_on_time_share", [dict(answered="2020-03-20"), dict(answered="2020-03-30")], 0.5),
        ("complaints_on_time_share", [dict(forwarded="2020-03-12", answered="2020-03-30")], 1.0),  # counted from forwarding
        ("complaints_received", [{}, dict(refused="2020-03-04")], 1),
        ("complaints_refused", [{}, dict(refused="2020-03-04")], 1),
        ("complaints_refused_in_time_share", [dict(refused="2020-03-04"), dict(refused="2020-03-05")], 0.5),
        ("complaints_supplement_in_time_share", [dict(supplement="2020-03-09"), dict(supplement="2020-03-10")], 0.5),
        ("complaints_published_share", [dict(answered="2020-03-10", published="2020-03-30"), dict(answered="2020-03-10")], 0.5),
        (
            "complaints_published_in_time_share",
            [dict(answered="2020-03-10", published="2020-03-12"), dict(answered="2020-03-10", published="2020-03-13")],
            0.5,
        ),
        (
            "complaints_satisfied_share",
            [
                dict(answered="2020-03-10", satisfied=True),
                dict(answered="2020-03-10", satisfied=False),
                dict(answered="2020-03-10"),
            ],
            0.5,
        ),
        ("complaints_reopened_share", [dict(answered="2020-03-10", reopened=True), dict(answered="2020-03-10")], 0.5),
        ("complaints_median_days", [dict(answered="2020-03-04"), dict(answered="2020-03-06")], 3.0),
        ("complaints_p90_days", [dict(answered="2020-03-04"), dict(answered="2020-03-06")], pytest.approx(3.8)),
        ("complaints_aged", [{}, dict(sent="2020-03-20")], 1),
        ("complaints_overdue", [dict(due="2020-03-30"), dict(due="2020-03-31")], 1),
        ("complaints_conduct", [{"class": "conduct"}, {}], 1),
        ("conduct_cases_confirmed", [{"class": "conduct", "answered": "2020-03-10", "conduct_confirmed": True}, {}], 1),
        ("questions_answered", [{"class": "question", "answered": "2020-03-10"}, {"class": "question"}], 1),
        ("complaints_hotline", [{}, dict(channel="email")], 1),
        ("complaints_satisfied_share", [dict(answered="2020-03-10")], None),
    ],
)
def test_edges_of_complaint_indicators(code: str, rows: list[dict], expected: float | None) -> None:
    assert value(small_snapshot(complaint=[{"sent": "2020-03-02", **row} for row in rows]), code) == expected


def test_conduct_complaints_per_thousand_dossiers() -> None:
    complaints = [{"sent": "2020-03-02", "class": "conduct"}]
    db = small_snapshot(dossier=[PLAIN] * 4, complaint=complaints)
    assert value(db, "conduct_per_1000") == 250.0
    assert value(small_snapshot(dossier=[PLAIN]), "conduct_per_1000") is None
    assert value(small_snapshot(complaint=complaints), "conduct_per_1000") is None


def test_measures_are_summed_over_the_period_or_the_newest() -> None:
    def noted(name: str, day: int, amount: float, month: int = 3) -> dict:
        return dict(solution_group=1, name=name, measured_on=date(2020, month, day), value=amount)

    db = small_snapshot(
        measure=[
            noted("Tờ rơi hướng dẫn đã phát", 3, 200),
            noted("Tờ rơi hướng dẫn đã phát", 20, 300),
            noted("Tờ rơi hướng dẫn đã phát", 20, 50, month=2),
            noted("Thủ tục niêm yết tại Bộ phận một cửa", 20, 80, month=2),
            noted("Thủ tục niêm yết tại Bộ phận một cửa", 3, 90),
            noted("Thủ tục niêm yết trên Cổng dịch vụ công tỉnh", 20, 70, month=2),
        ]
    )
    assert value(db, "measure_leaflets") == 500
    assert value(db, "measure_postings_desk") == 90
    assert value(db, "measure_postings") == 70  # the place with the fewest
    assert value(db, "measure_attendance") is None


def test_actions_due_and_done() -> None:
    def action(code: str, due: date | None, status: str) -> dict:
        return dict(action_code=code, solution_group=5, title="…", due_on=due, status=status)

    db = small_snapshot(
        action=[
            action("1", date(2020, 3, 10), "done"),
            action("2", date(2020, 3, 20), "in_progress"),
            action("3", date(2020, 3, 20), "cancelled"),
            action("4", date(2020, 6, 1), "planned"),
            action("5", None, "planned"),
        ]
    )
    assert value(db, "actions_done_share") == 0.5
    assert value(db, "actions_overdue") == 1


def test_official_index_of_the_reporting_year() -> None:
    db = small_snapshot(official_index=[dict(year=2020, source="Sở Nội vụ", factor=None, value=0.86, rank=4)])
    assert (value(db, "official_index"), value(db, "official_rank")) == (0.86, 4)
    assert value(db, "official_index", Period(date(2019, 1, 1), date(2019, 12, 31))) is None
    december = Period(date(2019, 12, 15), date(2020, 1, 14))  # belongs to 2020
    assert value(db, "official_index", december) == 0.86


def test_fewer_than_ten_responses_are_not_shown() -> None:
    def asked(count: int) -> SmallSnapshot:
        codes = [f"P{n}" for n in range(count)]
        return small_snapshot(
            survey_response=[dict(response_code=code, responded_on=date(2020, 3, 5)) for code in codes],
            survey_answer=[dict(response_code=code, question="Câu 1", factor="access", score=5) for code in codes],
        )

    assert value(asked(9), "survey_overall") is None
    assert value(asked(10), "survey_overall") == 1.0
    assert value(asked(9), "survey_responses") == 9


def test_units_that_moved_most_leave_small_ones_out() -> None:
    def rows(unit: str, month: int, late: int, count: int) -> list[dict]:
        day = f"2020-{month:02d}-"
        return [dict(unit=unit, received=f"{day}02", due=f"{day}{'05' if n < late else '20'}", closed=f"{day}10") for n in range(count)]

    db = small_snapshot(dossier=rows("A", 3, 6, 12) + rows("A", 2, 0, 12) + rows("B", 3, 0, 12) + rows("B", 2, 1, 12) + rows("C", 3, 3, 3))
    moved = moved_most(db, "on_time_share", MARCH, ALL)
    assert moved["group"].tolist() == ["A", "B"]
    assert moved["change"].tolist() == [pytest.approx(-0.5), pytest.approx(1 / 12)]
    assert moved["better"].tolist() == [False, True]
    assert ranked(db, "on_time_share", MARCH, ALL)["group"].tolist() == ["C", "A", "B"]


def test_legal_bases_are_those_in_force() -> None:
    in_2020 = [basis.title for basis in in_force(["one_stop"], Period(date(2020, 1, 1), date(2020, 12, 31)))]
    in_2026 = [basis.title for basis in in_force(["one_stop"], Period(date(2026, 1, 1), date(2026, 12, 31)))]
    assert any("61/2018" in title for title in in_2020) and not any("118/2025" in title for title in in_2020)
    assert any("118/2025" in title for title in in_2026) and not any("61/2018" in title for title in in_2026)
    assert all(basis.valid_from <= basis.valid_to for basis in legal_bases())


def test_headlines_are_few_enough_to_read() -> None:
    assert 6 <= len(HEADLINES) <= 12


def test_scope_limits_dossier_and_complaint_indicators() -> None:
    db = small_snapshot(
        dossier=[{**PLAIN, "unit": "A"}, {**PLAIN, "unit": "B", "due": "2020-03-04"}],
        complaint=[dict(sent="2020-03-02", unit="A"), dict(sent="2020-03-02", unit="B"), dict(sent="2020-03-02", unit="B")],
    )
    only_a = Scope(allowed_units=("A",))
    assert value(db, "on_time_share", scope=only_a) == 1.0
    assert value(db, "complaints_received", scope=only_a) == 1
    assert value(db, "complaints_received", scope=Scope(units=("B",), allowed_units=("A",))) == 0
