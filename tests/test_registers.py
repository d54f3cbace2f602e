"""The registers staff keep, and the measures beside each group of solutions."""

from datetime import date

import pandas as pd

from metrics.catalogue import BY_CODE
from metrics.registers import actions, conclusions, documents, groups, indicators_of, latest_measures, states
from metrics.scope import Scope
from tests.small_snapshot import small_snapshot


def action(code, group=1, status="in_progress", due=date(2020, 6, 30), unit=None):
    return dict(action_code=code, solution_group=group, title=f"Việc {code}", status=status, due_on=due, unit_name=unit)


def test_the_seeds_six_groups_are_there():
    assert list(groups()) == [1, 2, 3, 4, 5, 6]


def test_each_group_is_measured_by_indicators_of_the_catalogue():
    for number in groups():
        assert indicators_of(number)
        assert set(indicators_of(number)) <= set(BY_CODE)


def test_an_action_is_past_due_only_while_unfinished():
    db = small_snapshot(
        as_of="2020-07-01",
        action=[action("A"), action("B", status="done"), action("C", due=date(2020, 7, 1)), action("D", due=None)],
        document=[dict(number="1/TB", action_code="A"), dict(number="2/TB", action_code="A")],
    )
    found = actions(db, Scope()).set_index("action_code")
    assert found["past_due"].to_dict() == {"A": True, "B": False, "C": False, "D": False}
    assert found["documents"].to_dict() == {"A": 2, "B": 0, "C": 0, "D": 0}
    assert not actions(db, Scope(as_of=date(2020, 6, 30)))["past_due"].any()


def test_a_user_of_one_unit_sees_its_actions_and_those_of_nobody():
    db = small_snapshot(
        action=[action("A", unit="Chi cục A"), action("B", unit="Chi cục B"), action("C")],
        conclusion=[dict(conclusion_code="K", meeting_on=date(2020, 5, 1), text="Việc", unit_name="Chi cục B", status="planned")],
    )
    scope = Scope(allowed_units=("Chi cục A",))
    assert actions(db, scope)["action_code"].tolist() == ["A", "C"]
    assert conclusions(db, scope).empty
    assert conclusions(db, Scope())["conclusion_code"].tolist() == ["K"]


def test_a_document_takes_its_actions_group_and_the_newest_measure_stands_beside_the_one_before():
    db = small_snapshot(
        action=[action("A", group=3)],
        document=[
            dict(number="424/QĐ-UBND", issued_on=date(2020, 2, 25), action_code="A"),
            dict(number="1/QĐ", issued_on=date(2021, 2, 25), solution_group=1),
        ],
        measure=[
            dict(solution_group=1, name="Tờ rơi", measured_on=date(2020, 3, 1), value=100),
            dict(solution_group=1, name="Tờ rơi", measured_on=date(2020, 6, 1), value=250),
            dict(solution_group=2, name="Ghế", measured_on=date(2020, 6, 1), value=12),
        ],
    )
    assert documents(db, Scope())[["number", "solution_group"]].values.tolist() == [["424/QĐ-UBND", 3]]
    found = latest_measures(db, Scope()).set_index("name")
    assert (found.loc["Tờ rơi", "value"], found.loc["Tờ rơi", "before"]) == (250, 100)
    assert pd.isna(found.loc["Ghế", "before"])
    assert latest_measures(db, Scope(as_of=date(2020, 4, 1)))["value"].tolist() == [100]


def test_states_of_a_group_leave_cancelled_actions_out_of_the_share():
    rows = actions(
        small_snapshot(action=[action("A", status="done"), action("B"), action("C", status="cancelled"), action("D", 2, "cancelled")]),
        Scope(),
    )
    found = states(rows).set_index("solution_group")
    assert found.loc[1, ["total", "done", "cancelled"]].tolist() == [3, 1, 1]
    assert found.loc[1, "done_share"] == 0.5
    assert pd.isna(found.loc[2, "done_share"])
    assert states(actions(small_snapshot(), Scope())).empty
