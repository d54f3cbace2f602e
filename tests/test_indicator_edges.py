"""Each indicator's edges, on rows that can be checked by hand: what is counted, what is not, and what is unknown."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.catalogue import read
from metrics.period import Period
from metrics.scope import Scope
from tests.small_snapshot import SmallSnapshot, small_snapshot

MARCH = Period(date(2020, 3, 1), date(2020, 3, 31))
ALL = Scope()
PLAIN = dict(received="2020-03-02", due="2020-03-10", closed="2020-03-09")


def value(db: SmallSnapshot, code: str, period: Period = MARCH, scope: Scope = ALL) -> float | None:
    return read(db, code, period, scope).value


def of_dossiers(code: str, *rows: dict, **tables: list[dict]) -> float | None:
    return value(small_snapshot(dossier=[{**PLAIN, **row} for row in rows], **tables), code)


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


def test_scope_limits_dossier_and_complaint_indicators() -> None:
    db = small_snapshot(
        dossier=[{**PLAIN, "unit": "A"}, {**PLAIN, "unit": "B", "due": "2020-03-04"}],
        complaint=[dict(sent="2020-03-02", unit="A"), dict(sent="2020-03-02", unit="B"), dict(sent="2020-03-02", unit="B")],
    )
    only_a = Scope(allowed_units=("A",))
    assert value(db, "on_time_share", scope=only_a) == 1.0
    assert value(db, "complaints_received", scope=only_a) == 1
    assert value(db, "complaints_received", scope=Scope(units=("B",), allowed_units=("A",))) == 0
