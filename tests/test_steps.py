"""Steps: time per step, norms, waiting between steps, paths and loops, and what explains lateness."""

from datetime import date, datetime, timedelta

import pytest

from metrics.paths import frequent_paths, rework_loops
from metrics.period import Period
from metrics.scope import Scope
from metrics.steps import lateness_by_step, lateness_sentence, reading_within_norm, step_times, waits_between
from tests.small_snapshot import small_snapshot

JANUARY = Period(date(2020, 1, 1), date(2020, 1, 31))


def walk(code, *names, minutes=None, norms=None, waits=None, statuses=None, section="Phòng A"):
    """The steps of one dossier, a day apart from 6 January 2020."""
    start = datetime(2020, 1, 6, 8)
    return [
        dict(
            dossier_code=code,
            position=place + 1,
            step_name=name,
            section=section,
            status=(statuses or {}).get(name, 4),
            started_at=start + timedelta(days=place),
            finished_at=start + timedelta(days=place, hours=3),
            working_minutes=(minutes or {}).get(name, 180),
            norm_minutes=(norms or {}).get(name),
            wait_minutes=None if place == 0 else (waits or {}).get(name, 0),
        )
        for place, name in enumerate(names)
    ]


def done(code, closed="2020-01-15", due="2020-01-20", **more):
    return dict(code=code, received="2020-01-06", closed=closed, due=due, **more)


def test_time_per_step_and_section_in_working_hours():
    db = small_snapshot(
        dossier=[done("H1"), done("H2"), done("H3")],
        step=[
            *walk("H1", "Thẩm định", minutes={"Thẩm định": 480}),
            *walk("H2", "Thẩm định", minutes={"Thẩm định": 960}),
            *walk("H3", "Thẩm định", minutes={"Thẩm định": 60}, section="Phòng B"),
        ],
    )
    found = step_times(db, JANUARY, Scope())
    assert found[["section", "steps", "median_hours", "mean_hours"]].values.tolist() == [
        ["Phòng A", 2, 12, 12],
        ["Phòng B", 1, 1, 1],
    ]
    assert step_times(db, Period(date(2020, 2, 1), date(2020, 2, 29)), Scope()).empty
    assert step_times(db, JANUARY, Scope(as_of=date(2020, 1, 5))).empty


def test_only_steps_with_a_norm_are_judged_and_the_applicants_time_is_not_ours():
    norms = {"Thẩm định": 240, "Chờ bổ sung": 10}
    db = small_snapshot(
        dossier=[done("H1"), done("H2")],
        step=[
            *walk("H1", "Thẩm định", "Trình ký", "Chờ bổ sung", norms=norms, statuses={"Chờ bổ sung": 5}),
            *walk("H2", "Thẩm định", norms=norms, minutes={"Thẩm định": 241}),
        ],
    )
    reading = reading_within_norm(db, JANUARY, Scope())
    assert (reading.numerator, reading.denominator, reading.value) == (1, 2, 0.5)
    found = step_times(db, JANUARY, Scope()).set_index("step_name")
    assert found.loc["Thẩm định", "within_norm_share"] == 0.5
    assert found["within_norm_share"].isna().to_dict() == {"Thẩm định": False, "Trình ký": True, "Chờ bổ sung": True}


def test_waiting_between_two_steps():
    db = small_snapshot(
        dossier=[done("H1"), done("H2")],
        step=[
            *walk("H1", "Thẩm định", "Trình ký", waits={"Trình ký": 120}),
            *walk("H2", "Thẩm định", "Trình ký", waits={"Trình ký": 240}),
        ],
    )
    found = waits_between(db, JANUARY, Scope()).iloc[0]
    assert (found["from_step"], found["to_step"], found["times"]) == ("Thẩm định", "Trình ký", 2)
    assert (found["median_wait_hours"], found["total_wait_hours"]) == (3, 6)


def test_frequent_paths_with_their_time_and_punctuality():
    db = small_snapshot(
        dossier=[done("H1", "2020-01-08"), done("H2", "2020-01-10"), done("H3", "2020-01-22"), done("H4")],
        step=[
            *walk("H1", "A", "B", "C"),
            *walk("H2", "A", "B", "C"),
            *walk("H3", "A", "C", "B"),
        ],
    )
    found = frequent_paths(db, JANUARY, Scope())
    assert found["path"].tolist() == ["A → B → C", "A → C → B"]
    assert found["dossiers"].tolist() == [2, 1]
    assert found["share"].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert found["median_days"].iloc[0] == 3
    assert found["on_time_share"].tolist() == [1, 0]
    assert len(frequent_paths(db, JANUARY, Scope(), limit=1)) == 1
    assert frequent_paths(db, JANUARY, Scope(units=("Không có",))).empty


def test_a_way_back_is_a_loop_and_a_step_logged_twice_in_a_row_is_not():
    db = small_snapshot(
        dossier=[done("H1"), done("H2"), done("H3"), done("H4")],
        step=[
            *walk("H1", "A", "B", "A", "B", "C"),
            *walk("H2", "A", "A", "B"),
            *walk("H3", "A", "B", "C", "B"),
            *walk("H4", "A", "B", "C", "B"),
        ],
    )
    found = rework_loops(db, JANUARY, Scope()).set_index("step_name")
    assert found["dossiers"].to_dict() == {"B": 3, "A": 1}
    assert found["returns"].to_dict() == {"B": 3, "A": 1}
    assert found.loc["B", "share"] == 0.75
    assert set(found["looping_share"]) == {0.75}
    assert rework_loops(small_snapshot(), JANUARY, Scope()).empty


def test_the_step_that_explains_most_lateness():
    usual = {"Thẩm định": 300, "Trình ký": 60}
    late = dict(closed="2020-01-22", due="2020-01-10")
    db = small_snapshot(
        dossier=[done("H1"), done("H2"), done("H3", **late), done("H4", **late)],
        step=[
            *walk("H1", "Thẩm định", "Trình ký", minutes=usual),
            *walk("H2", "Thẩm định", "Trình ký", minutes=usual),
            *walk("H3", "Thẩm định", "Trình ký", minutes={"Thẩm định": 1200, "Trình ký": 60}),
            *walk("H4", "Thẩm định", "Trình ký", minutes={"Thẩm định": 100, "Trình ký": 400}, norms={"Trình ký": 100}),
        ],
    )
    found = lateness_by_step(db, JANUARY, Scope())
    assert found["step_name"].tolist() == ["Thẩm định", "Trình ký"]
    assert found["excess_hours"].tolist() == [15, 5]
    assert found["share"].tolist() == [0.75, 0.25]
    assert "“Thẩm định” giải thích 75,0%" in lateness_sentence(found)
    assert "Không có bước nào" in lateness_sentence(lateness_by_step(small_snapshot(), JANUARY, Scope()))
