"""What is in hand by age, how long the finished took, and the complaints behind a number."""

from datetime import date

from metrics.ageing import complaint_ageing, dossier_ageing
from metrics.complaint_list import complaint_list, complaints_by_class, count_complaints
from metrics.distribution import common_norm, days_taken
from metrics.period import Period
from metrics.scope import Scope
from tests.small_snapshot import small_snapshot

JUNE = Period(date(2020, 6, 1), date(2020, 6, 30))


def rows_with_cases(rows):
    found = rows.set_index("label")
    return {label: counts.to_dict() for label, counts in found.iterrows() if counts.sum()}


def test_open_dossiers_by_age_waiting_apart_from_overdue():
    db = small_snapshot(
        dossier=[
            {"received": "2020-06-29", "due": "2020-07-10"},
            {"received": "2020-06-01", "due": "2020-06-15"},
            {"received": "2020-06-01", "due": "2020-06-15", "status": 5, "waiting": [("2020-06-10", None)]},
            {"received": "2020-06-01", "due": "2020-06-15", "closed": "2020-06-12"},
        ]
    )
    assert rows_with_cases(dossier_ageing(db, JUNE, Scope())) == {
        "0–5": {"within_term": 1, "waiting": 0, "overdue": 0},
        "21–30": {"within_term": 0, "waiting": 1, "overdue": 1},
    }


def test_nothing_open_is_all_bands_empty():
    assert dossier_ageing(small_snapshot(), JUNE, Scope())[["within_term", "waiting", "overdue"]].sum().tolist() == [0, 0, 0]


def test_complaints_age_from_the_last_forwarding():
    db = small_snapshot(
        complaint=[
            {"sent": "2020-05-04", "forwarded": "2020-06-29"},
            {"sent": "2020-06-01", "due": "2020-06-22"},
            {"sent": "2020-06-01", "answered": "2020-06-05"},
        ]
    )
    assert rows_with_cases(complaint_ageing(db, JUNE, Scope())) == {
        "0–5": {"within_term": 1, "overdue": 0},
        "21–30": {"within_term": 0, "overdue": 1},
    }


def test_days_taken_counts_dossiers_done_only():
    db = small_snapshot(
        dossier=[
            {"received": "2020-06-01", "closed": "2020-06-03"},
            {"received": "2020-06-02", "closed": "2020-06-04"},
            {"received": "2020-06-01", "closed": "2020-06-08"},
            {"received": "2020-06-01", "closed": "2020-06-08", "status": 7},
        ]
    )
    assert days_taken(db, JUNE, Scope()).to_dict("list") == {"days": [2, 5], "dossiers": [2, 1]}


def test_a_norm_is_drawn_only_when_it_holds_for_all():
    norm = {"norm_unit": "working_day"}
    db = small_snapshot(
        procedure=[{"procedure_name": "P1", "norm_value": 10.0, **norm}, {"procedure_name": "P2", "norm_value": 20.0, **norm}],
        dossier=[
            {"received": "2020-06-01", "closed": "2020-06-03", "procedure": "P1"},
            {"received": "2020-06-01", "closed": "2020-06-03", "procedure": "P2"},
        ],
    )
    assert common_norm(db, JUNE, Scope()) is None
    assert common_norm(db, JUNE, Scope(procedures=("P1",))) == 10.0


def test_complaints_behind_a_number_and_by_class():
    db = small_snapshot(
        complaint=[
            {"code": "P1", "sent": "2020-06-01", "answered": "2020-06-05", "class": "conduct"},
            {"code": "P2", "sent": "2020-06-02", "due": "2020-06-10"},
        ]
    )
    assert complaint_list(db, JUNE, Scope(), "overdue")["complaint_code"].tolist() == ["P2"]
    assert count_complaints(db, JUNE, Scope(), "received") == 2
    assert complaint_list(db, JUNE, Scope(), "received", limit=1, offset=1)["complaint_code"].tolist() == ["P1"]
    by_class = complaints_by_class(db, JUNE, Scope()).set_index("group")["received"]
    assert by_class.to_dict() == {"conduct": 1, "regulation": 1}
