"""The four tables of the terminal, on rows that can be checked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.dossiers import count_dossiers, dossiers
from metrics.form_06a import FORM_06A
from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import TABLES, records, table
from tests.small_snapshot import SmallSnapshot, small_snapshot

MARCH = Period(date(2020, 3, 1), date(2020, 3, 31))
ALL = Scope()


def total(db: SmallSnapshot, name: str, period: Period = MARCH, scope: Scope = ALL) -> dict:
    return table(db, name, period, scope)[1]


def test_form_06a_puts_each_dossier_in_its_columns() -> None:
    db = small_snapshot(
        dossier=[
            dict(received="2020-02-20", due="2020-03-10", closed="2020-03-05"),  # carried over, early
            dict(received="2020-03-02", due="2020-03-10", closed="2020-03-10", channel=2),  # online, on time
            dict(received="2020-03-02", due="2020-03-10", closed="2020-03-11", channel=3),  # postal, late
            dict(received="2020-03-02", due="2020-03-10", closed="2020-04-02"),  # overdue at the end of March
            dict(received="2020-03-30", due="2020-04-10"),  # within term
            dict(received="2020-02-20", due="2020-02-25", closed="2020-02-28"),  # closed before: not in the form
            dict(received="2020-04-01", due="2020-04-10"),  # not yet received
            dict(outcome="rejected", submitted="2020-03-02", closed="2020-03-03"),
            dict(outcome="registered", submitted="2020-03-02"),
        ]
    )
    assert total(db, "form_06a") == {
        "received_total": 5,
        "received_online": 1,
        "received_direct_postal": 3,
        "carried_over": 1,
        "resolved_total": 3,
        "early": 1,
        "on_time": 1,
        "late": 1,
        "in_progress_total": 2,
        "within_term": 1,
        "overdue": 1,
    }


@pytest.mark.parametrize("status", [7, 8])
def test_withdrawn_and_stopped_stand_in_the_on_time_column_but_not_in_processing_time(status: int) -> None:
    db = small_snapshot(dossier=[dict(received="2020-03-02", due="2020-03-10", closed="2020-03-20", status=status)])
    assert total(db, "form_06a")["on_time"] == 1
    assert total(db, "processing_time")["closed"] == 0


def test_stopped_without_a_date_is_open_and_waits() -> None:
    db = small_snapshot(dossier=[dict(received="2020-03-02", due="2020-03-10", status=8, waiting=[("2020-03-05", None)])])
    form = total(db, "form_06a")
    assert (form["in_progress_total"], form["within_term"], form["overdue"]) == (1, 1, 0)


def test_refused_after_acceptance_is_compared_with_its_due_date() -> None:
    db = small_snapshot(dossier=[dict(received="2020-03-02", due="2020-03-10", closed="2020-03-20", status=11)])
    assert total(db, "form_06a")["late"] == 1
    assert total(db, "processing_time")["closed"] == 0


def test_without_a_due_date_on_time_when_closed_and_within_term_while_open() -> None:
    db = small_snapshot(dossier=[dict(received="2020-03-02", closed="2020-03-20"), dict(received="2020-03-02")])
    form = total(db, "form_06a")
    assert (form["on_time"], form["within_term"]) == (1, 1)
    assert total(db, "processing_time")["on_time_share"] == 1.0


@pytest.mark.parametrize(
    ("requested", "answered", "waiting"),
    [
        ("2020-03-31", None, True),  # asked on the last day
        ("2020-03-20", "2020-04-01", True),  # answered the day after
        ("2020-03-20", "2020-03-31", False),  # answered on the last day
        ("2020-04-01", None, False),  # asked the day after
    ],
)
def test_waiting_at_the_end_of_the_period(requested: str, answered: str | None, waiting: bool) -> None:
    db = small_snapshot(dossier=[dict(received="2020-03-02", due="2020-03-10", status=5, waiting=[(requested, answered)])])
    form = total(db, "form_06a")
    assert (form["within_term"], form["overdue"]) == ((1, 0) if waiting else (0, 1))
    assert count_dossiers(db, MARCH, ALL, "waiting") == int(waiting)


def test_due_on_the_last_day_is_within_term() -> None:
    db = small_snapshot(dossier=[dict(received="2020-03-02", due="2020-03-31"), dict(received="2020-03-02", due="2020-03-30")])
    form = total(db, "form_06a")
    assert (form["within_term"], form["overdue"]) == (1, 1)


def test_events_after_the_as_of_date_do_not_exist() -> None:
    db = small_snapshot(
        dossier=[
            dict(received="2020-03-02", due="2020-03-10", closed="2020-03-20"),  # still open on the 15th, overdue
            dict(received="2020-03-16", due="2020-03-20"),  # not yet received on the 15th
        ]
    )
    on_the_15th = total(db, "form_06a", scope=Scope(as_of=date(2020, 3, 15)))
    assert (on_the_15th["received_total"], on_the_15th["resolved_total"], on_the_15th["overdue"]) == (1, 0, 1)
    before_the_period = total(db, "form_06a", Period(date(2020, 4, 1), date(2020, 4, 30)), Scope(as_of=date(2020, 3, 15)))
    assert (before_the_period["carried_over"], before_the_period["in_progress_total"]) == (1, 1)


def test_processing_time_takes_pauses_off_and_interpolates() -> None:
    db = small_snapshot(
        dossier=[
            dict(received="2020-03-02", due="2020-03-20", closed="2020-03-06"),  # 4 working days
            dict(received="2020-03-02", due="2020-03-20", closed="2020-03-23", waiting=[("2020-03-03", "2020-03-17")]),  # 15 - 10
            dict(received="2020-03-02", due="2020-03-20", closed="2020-03-30"),  # 20
        ]
    )
    answer = total(db, "processing_time")
    assert answer == {
        "closed": 3,
        "mean": pytest.approx(29 / 3),
        "median": 5.0,
        "p90": pytest.approx(17.0),
        "on_time_share": pytest.approx(1 / 3),
    }


def test_nothing_closed_is_null_not_zero() -> None:
    answer = total(small_snapshot(), "processing_time")
    assert answer == {"closed": 0, "mean": None, "median": None, "p90": None, "on_time_share": None}
    assert total(small_snapshot(), "online_share")["online_share"] is None
    assert total(small_snapshot(), "complaints")["on_time_share"] is None


def test_online_share_and_the_approved_list() -> None:
    db = small_snapshot(
        dossier=[
            dict(received="2020-03-02", channel=2, listed=True),
            dict(received="2020-03-02", channel=1, listed=True),
            dict(received="2020-03-02", channel=3),
            dict(received="2020-03-02", channel=1),
            dict(received="2020-04-02", channel=2, listed=True),
        ]
    )
    assert total(db, "online_share") == {
        "received": 4,
        "online": 1,
        "direct": 2,
        "postal": 1,
        "online_share": 0.25,
        "listed_received": 2,
        "listed_online": 1,
        "listed_online_share": 0.5,
    }


def test_complaints() -> None:
    db = small_snapshot(
        complaint=[
            dict(sent="2020-03-02", answered="2020-03-16", published="2020-03-18", satisfied=True),
            dict(sent="2020-02-03", forwarded="2020-03-02", answered="2020-03-06", satisfied=False),  # counted from forwarding
            dict(sent="2020-02-03", due="2020-02-24", answered="2020-03-09"),  # late
            dict(sent="2020-03-02", due="2020-03-20"),  # overdue at the end
            dict(sent="2020-03-30", due="2020-04-20"),
            dict(sent="2020-03-02", refused="2020-03-04"),  # apart
        ]
    )
    assert total(db, "complaints") == {
        "received": 3,
        "resolved": 3,
        "on_time": 2,
        "late": 1,
        "in_progress": 2,
        "overdue": 1,
        "on_time_share": pytest.approx(2 / 3),
        "median_days": 10.0,
        "published": 1,
        "satisfied_share": 0.5,
    }


def test_complaints_by_their_own_channel_whatever_the_dossier_channels() -> None:
    db = small_snapshot(complaint=[dict(sent="2020-03-02"), dict(sent="2020-03-02", channel="email")])
    rows, _ = table(db, "complaints", MARCH, Scope(channels=(2,)), by="channel")
    assert rows[["group", "received"]].values.tolist() == [["email", 1], ["hotline", 1]]


def test_groups_are_named_ordered_and_never_empty() -> None:
    db = small_snapshot(
        procedure=[
            dict(procedure_name="Cấp đổi", procedure_code="1.002"),
            dict(procedure_name="Cấp đổi", procedure_code="1.001"),
            dict(procedure_name="Không có hồ sơ"),
        ],
        dossier=[
            dict(received="2020-03-02", procedure="1.002", unit="B"),
            dict(received="2020-03-02", procedure="1.001", unit="A", channel=2),
            dict(received="2020-03-02", procedure=None, unit=None, channel=3),
        ],
    )

    def groups(by: str) -> list[str]:
        return table(db, "form_06a", MARCH, ALL, by)[0]["group"].tolist()

    assert groups("procedure") == ["Chưa xác định", "Cấp đổi (1.001)", "Cấp đổi (1.002)"]
    assert groups("unit") == ["A", "B", "Chưa xác định"]
    assert groups("channel") == ["direct", "online", "postal"]


def test_by_month_each_form_stands_alone_and_the_total_is_the_span() -> None:
    db = small_snapshot(dossier=[dict(received="2020-01-20", closed="2020-03-03"), dict(received="2020-02-20")])
    span = Period(date(2020, 1, 1), date(2020, 3, 31))
    rows, whole = table(db, "form_06a", span, ALL, by="month")
    shown = rows[["group", "received_total", "carried_over", "resolved_total", "in_progress_total"]].values.tolist()
    assert shown == [["2020-01", 1, 0, 0, 1], ["2020-02", 2, 1, 0, 2], ["2020-03", 2, 2, 1, 1]]
    assert (whole["received_total"], whole["carried_over"]) == (2, 0)
    by_decree = table(db, "form_06a", span, ALL, by="month", months="decree09")[0]
    assert by_decree["group"].tolist() == ["2020-02", "2020-03", "2020-04"]


def test_without_grouping_there_are_no_rows() -> None:
    rows, whole = table(small_snapshot(dossier=[dict(received="2020-03-02")]), "form_06a", MARCH, ALL)
    assert records(rows) == [] and whole["received_total"] == 1


def test_dossiers_behind_a_number_hide_officers_unless_asked() -> None:
    db = small_snapshot(dossier=[dict(code="H1", received="2020-03-02", due="2020-03-10", officer="Người Xử Lý")])
    row = dossiers(db, MARCH, ALL, "overdue").iloc[0]
    assert (row["dossier_code"], row["overdue_days"], row["days"]) == ("H1", 15, 21)
    assert "officer" not in row.index
    assert dossiers(db, MARCH, ALL, "overdue", include_officers=True)["officer"].tolist() == ["Người Xử Lý"]


def test_dossiers_are_paged_in_a_fixed_order() -> None:
    db = small_snapshot(dossier=[dict(code=f"H{n}", received="2020-03-02") for n in range(5)])
    pages = [dossiers(db, MARCH, ALL, "received", limit=2, offset=start)["dossier_code"].tolist() for start in (0, 2, 4)]
    assert pages == [["H0", "H1"], ["H2", "H3"], ["H4"]]


def test_a_closing_after_the_as_of_date_is_not_shown() -> None:
    db = small_snapshot(dossier=[dict(received="2020-03-02", due="2020-03-10", closed="2020-04-20")])
    row = dossiers(db, MARCH, Scope(as_of=date(2020, 3, 31)), "overdue").iloc[0]
    assert pd.isna(row["closed_on"])


days = st.dates(date(2020, 1, 1), date(2020, 6, 30))
some = st.none() | days


@st.composite
def random_dossiers(draw: st.DrawFn) -> list[dict]:
    rows = []
    for _ in range(draw(st.integers(0, 12))):
        received = draw(days)
        closed = draw(st.none() | st.integers(0, 60).map(lambda n, start=received: start + timedelta(days=n)))
        waiting = draw(st.none() | st.integers(0, 30))
        row = dict(
            received=received,
            due=draw(some),
            closed=closed,
            channel=draw(st.sampled_from([1, 2, 3])),
            unit=draw(st.sampled_from(["A", "B", None])),
            field=draw(st.sampled_from(["Đất đai", "Môi trường"])),
            procedure=draw(st.sampled_from(["T1", "T2", None])),
        )
        if closed:
            row["status"] = draw(st.sampled_from([7, 8, 9, 10, 11]))
        if waiting is not None:
            row["waiting"] = [(received + timedelta(days=waiting), closed)]
        rows.append(row)
    return rows


@settings(max_examples=40, deadline=None)
@given(random_dossiers(), days, days, days)
def test_received_equals_resolved_plus_in_progress_for_every_grouping(rows, one, other, as_of) -> None:
    db = small_snapshot(dossier=rows)
    period, scope = Period(min(one, other), max(one, other)), Scope(as_of=as_of)
    _, whole = table(db, "form_06a", period, scope)
    for by in ("field", "unit", "procedure", "channel", "month"):
        form = FORM_06A.rows(db, period, scope, by)
        assert (form["received_total"] == form["resolved_total"] + form["in_progress_total"]).all()
        if by != "month":
            assert form["received_total"].sum() == whole["received_total"]
    for column in TABLES["form_06a"].rows(db, period, scope).columns:
        names = {"resolved_total": "resolved", "in_progress_total": "in_progress"}
        assert count_dossiers(db, period, scope, names.get(column, column)) == whole[column]
