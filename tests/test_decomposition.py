"""Where a change comes from: the parts of every change add up to it exactly."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.decomposition import change_of_median, change_of_share, decomposition, sentence
from metrics.period import Period
from metrics.scope import Scope
from tests.small_snapshot import small_snapshot

JANUARY, FEBRUARY = Period(date(2020, 1, 1), date(2020, 1, 31)), Period(date(2020, 2, 1), date(2020, 2, 29))


def shares(**groups):
    rows = [dict(unit_name=name, procedure_name="Cấp phép", whole=whole, part=part) for name, (whole, part) in groups.items()]
    return pd.DataFrame(rows, columns=["unit_name", "procedure_name", "whole", "part"])


def days(**groups):
    rows = [dict(unit_name=name, procedure_name="Cấp phép", days=value, whole=1) for name, values in groups.items() for value in values]
    return pd.DataFrame(rows, columns=["unit_name", "procedure_name", "days", "whole"])


def effects(change):
    return {row.unit_name: (row.mix, row.rate) for row in change.parts.itertuples()}


def test_only_the_rate_changed():
    change = change_of_share(shares(A=(50, 40), B=(50, 50)), shares(A=(50, 30), B=(50, 50)))
    assert (change.before, change.after) == pytest.approx((0.9, 0.8))
    assert effects(change)["A"] == pytest.approx((0, -0.1))
    assert effects(change)["B"] == pytest.approx((0, 0))


def test_only_the_mix_changed():
    change = change_of_share(shares(A=(50, 25), B=(50, 50)), shares(A=(80, 40), B=(20, 20)))
    assert change.size == pytest.approx(-0.15)
    assert [rate for _, rate in effects(change).values()] == pytest.approx([0, 0])
    assert sum(mix for mix, _ in effects(change).values()) == pytest.approx(-0.15)


def test_a_group_that_is_new_has_all_its_effect_in_the_mix():
    change = change_of_share(shares(A=(10, 9)), shares(A=(10, 9), B=(10, 1)))
    assert effects(change)["B"][1] == 0
    assert change.parts["effect"].sum() == pytest.approx(change.size)


def test_a_median_that_rose_is_laid_to_the_unit_that_slowed_down():
    change = change_of_median(days(A=[5] * 10, B=[5] * 10), days(A=[9] * 11, B=[5] * 10))
    assert (change.before, change.after) == (5, 9)
    assert change.parts.iloc[0]["unit_name"] == "A"
    assert change.parts["effect"].sum() == pytest.approx(4)
    assert change.parts.set_index("unit_name").loc["B", "rate"] == 0


def test_a_median_that_moved_through_a_gap_is_said_to_be_inseparable():
    change = change_of_median(days(A=[1, 5]), days(A=[1, 7]))
    assert change.size == 1
    assert "không tách được" in sentence(change, "median_days")


def test_no_data_in_a_period_is_said():
    change = change_of_share(shares(), shares(A=(10, 5)))
    assert change.before is None
    assert change.size is None
    assert change.parts.empty
    assert "chưa có số liệu" in sentence(change, "on_time_share")


groups = st.dictionaries(st.sampled_from("ABCDEF"), st.tuples(st.integers(1, 500), st.floats(0, 1)), min_size=1)


@settings(deadline=None)
@given(groups, groups)
def test_the_parts_of_a_share_sum_to_its_change(before, after):
    def counted(drawn):
        return shares(**{name: (whole, round(whole * part)) for name, (whole, part) in drawn.items()})

    change = change_of_share(counted(before), counted(after))
    assert change.parts["effect"].sum() == pytest.approx(change.size, abs=1e-12)
    assert (change.parts["mix"] + change.parts["rate"]).sum() == pytest.approx(change.size, abs=1e-12)


times = st.dictionaries(st.sampled_from("ABCD"), st.lists(st.integers(0, 40), min_size=1, max_size=15), min_size=1)


@settings(deadline=None)
@given(times, times)
def test_the_parts_of_a_median_sum_to_its_change(before, after):
    change = change_of_median(days(**before), days(**after))
    every = [sorted(value for values in drawn.values() for value in values) for drawn in (before, after)]
    assert (change.before, change.after) == tuple(pd.Series(values).median() for values in every)
    assert change.parts["effect"].sum() == pytest.approx(change.size, abs=1e-9)


def test_on_time_online_and_median_from_dossiers():
    db = small_snapshot(
        dossier=[
            dict(unit="A", received="2020-01-06", due="2020-01-10", closed="2020-01-09"),
            dict(unit="A", received="2020-02-03", due="2020-02-07", closed="2020-02-12"),
            dict(unit="B", received="2020-01-06", due=None, closed="2020-01-08", channel=2),
            dict(unit="B", received="2020-02-03", due="2020-02-07", closed="2020-02-05"),
            dict(unit="B", received="2020-02-03", due="2020-02-07", closed="2020-02-12", status=7),
        ]
    )
    on_time = decomposition(db, FEBRUARY, Scope(), JANUARY, "on_time_share")
    assert (on_time.before, on_time.after) == (1, 0.5)
    assert effects(on_time)["A"] == (0, -0.5)
    assert "giảm từ 100,0% xuống 50,0% (−50,0 điểm %)" in sentence(on_time, "on_time_share")
    assert "Thủ tục A – A (−50,0 điểm %, chủ yếu do cách giải quyết)" in sentence(on_time, "on_time_share")

    online = decomposition(db, FEBRUARY, Scope(channels=(2,)), JANUARY, "online_share")
    assert (online.before, online.after) == (0.5, 0)

    median = decomposition(db, FEBRUARY, Scope(), JANUARY, "median_days")
    assert (median.before, median.after) == (2.5, 4.5)
    assert median.parts["effect"].sum() == pytest.approx(2)
