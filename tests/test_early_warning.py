"""Early warning on a process whose truth is known: each working day an open dossier finishes with the same probability."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from metrics.early_warning import calibration, early_warning, late_probability, survival, verdict
from metrics.scope import Scope
from tests.small_snapshot import calendar, small_snapshot

AS_OF = date(2020, 12, 31)
DUE_AFTER = 10


def simulated(hazards, dossiers=4000, seed=7, fixed_due=True):
    """Dossiers of procedures 1, 2, … with these daily hazards, received over 2019 and 2020 and due after ten working days."""
    chance = np.random.default_rng(seed)
    days = calendar()
    working = [day for day, works in zip(days["day"], days["working"], strict=True) if works]
    place = {day: number for number, day in enumerate(working)}
    first, last = place[date(2019, 1, 2)], place[date(2020, 12, 31)]
    start = chance.integers(first, last + 1, dossiers)
    procedure = chance.integers(1, len(hazards) + 1, dossiers)
    took = chance.geometric(np.array(hazards)[procedure - 1])
    due_after = DUE_AFTER if fixed_due else chance.integers(1, 20, dossiers)
    closed = [working[at] if working[at] <= AS_OF else date(9999, 12, 31) for at in np.minimum(start + took, len(working) - 1)]
    rows = pd.DataFrame(
        dict(
            dossier_id=range(dossiers),
            dossier_code=[f"H{number}" for number in range(dossiers)],
            procedure_id=procedure,
            unit_id=1,
            received_on=[working[at] for at in start],
            due_on=[working[at] for at in start + due_after],
            closed_on=closed,
            outcome=["open" if day.year == 9999 else "done" for day in closed],
            judged=[day.year != 9999 for day in closed],
        )
    )
    db = small_snapshot(as_of=AS_OF, unit=[dict(unit_name="Chi cục A")], procedure=[dict(procedure_name=f"Thủ tục {n}") for n in (1, 2)])
    filled = rows.assign(
        field_id=0, section_id=0, officer_id=0, channel=1, due_changes=0, due_from_norm=False, paused_days=0, has_waiting=False,
        supplement_count=0, listed=False, in_catalogue=True,
    )  # fmt: skip
    db.connection.register("simulated", filled)
    names = ", ".join(filled.columns)
    db.connection.execute(f"insert into dossier ({names}) select {names} from simulated")
    return db


def test_the_probability_is_the_one_of_the_process():
    db = simulated([0.1])
    found = early_warning(db, Scope())
    assert len(found) > 30
    truth = 0.9 ** found["days_left"]
    assert found["probability"].notna().all()
    assert (found["probability"] - truth).abs().max() < 0.05


def test_each_procedure_has_its_own_curve():
    found = early_warning(simulated([0.05, 0.3], dossiers=8000), Scope())
    for procedure, hazard in ((1, 0.05), (2, 0.3)):
        own = found[(found["procedure_id"] == procedure) & found["probability"].notna() & (found["age"] <= 5)]
        assert len(own) > 10
        assert (own["probability"] - (1 - hazard) ** own["days_left"]).abs().max() < 0.08


def test_past_warnings_are_calibrated_and_beat_the_base_rate():
    found = calibration(simulated([0.1], dossiers=12000, fixed_due=False), Scope())
    assert found.dossiers > 500
    assert found.beats_base_rate
    assert (found.bins["predicted"] - found.bins["observed"]).abs().max() < 0.12
    assert "giá trị tham khảo" in verdict(found)


def test_where_nothing_can_be_told_apart_the_warning_is_hidden():
    # every dossier has one day left and the same hazard: no probability can beat the plain share by much, and few cases say nothing
    few = calibration(simulated([0.1], dossiers=60), Scope())
    assert not few.beats_base_rate
    assert "chưa hiển thị" in verdict(few)


def test_warnings_that_are_no_better_than_the_base_rate_say_so():
    db = simulated([0.1], dossiers=6000)
    # in the held-back months everything finished on the day: what history teaches is wrong
    db.connection.execute(
        """update dossier set closed_on = due_on
        where closed_on > date '2020-06-30' and due_on between date '2020-07-01' and date '2020-12-31'"""
    )
    found = calibration(db, Scope())
    assert not found.beats_base_rate
    assert "không tốt hơn" in verdict(found)


def history(*rows):
    return pd.DataFrame(rows, columns=["procedure_id", "unit_id", "days", "finished", "censored"]).assign(tenths=lambda rows: rows["days"])


def test_survival_of_an_example_computed_by_hand():
    # 10 dossiers: 2 finish after a day, 1 is lost after a day, 4 of the 7 left finish after three
    found = survival(history((1, 1, 1, 2, 1), (1, 1, 3, 4, 3)), ["procedure_id"])
    assert found["at_risk"].tolist() == [10, 7]
    assert found["survival"].tolist() == pytest.approx([0.8, 0.8 * 3 / 7])


def test_too_few_of_a_kind_fall_back_to_the_procedure_then_to_all():
    known = history((1, 1, 10, 5, 0), (1, 2, 2, 30, 0), (1, 2, 10, 10, 0), (2, 9, 20, 60, 0))
    asked = pd.DataFrame(dict(procedure_id=[1, 2, 3, 1], unit_id=[1, 9, 9, 1], age=[1, 1, 1, 30], days_left=[5, 5, 5, 1]))
    found = late_probability(known, asked)
    assert found[0] == pytest.approx(15 / 45)  # of the procedure's 45 dossiers 15 need more than six days
    assert found[1] == 1
    assert found[2] == pytest.approx(60 / 105)  # of all 105 dossiers, whose term was ten days, 60 used more than the whole of it
    assert found[3] == pytest.approx(60 / 75)  # nobody of its procedure lasted thirty days, but 75 of all used most of their term
    assert late_probability(history((1, 1, 10, 5, 0)), asked).isna().all()


def test_a_warning_uses_nothing_known_later():
    db = simulated([0.1], dossiers=500)
    then = early_warning(db, Scope(as_of=date(2020, 6, 30)))
    db.connection.execute("update dossier set closed_on = closed_on + 60 where closed_on between date '2020-07-05' and date '2020-12-31'")
    again = early_warning(db, Scope(as_of=date(2020, 6, 30)))
    pd.testing.assert_series_equal(then["probability"], again["probability"])
    assert (then["received_on"].max() - pd.Timestamp(2020, 6, 30)) <= timedelta(0)
