"""The usual range of a monthly figure, against an example computed by hand."""

from datetime import date

import pandas as pd
import pytest

from metrics.control_limits import meaning, usual_range


def monthly(*values):
    return pd.DataFrame({"start": [date(2019 + m // 12, m % 12 + 1, 1) for m in range(len(values))], "value": list(values)})


def test_limits_of_an_example_computed_by_hand():
    # mean 12, moving ranges 2 2 2 2 2 2 2 2 2 2 2: mean moving range 2, so 12 ± 5.32
    found = usual_range(monthly(11, 13, 11, 13, 11, 13, 11, 13, 11, 13, 11, 13))
    assert found["mean"].unique() == pytest.approx([12])
    assert found["lower"].unique() == pytest.approx([6.68])
    assert found["upper"].unique() == pytest.approx([17.32])
    assert not found["outside"].any()
    assert set(found["in_run"]) == {""}


def test_eleven_months_are_too_few_and_a_month_without_data_is_no_point():
    assert usual_range(monthly(*range(11))).empty
    assert usual_range(monthly(*range(11), None)).empty
    assert len(usual_range(monthly(1, None, *range(11)))) == 12
    assert "Chưa đủ 12 tháng" in meaning(usual_range(monthly(1, 2)), "up")


def test_a_point_outside_is_marked_and_said():
    found = usual_range(monthly(*[0.95, 0.96] * 6, 0.70), lowest=0, highest=1)
    assert list(found["outside"]) == [False] * 12 + [True]
    assert found["upper"].max() <= 1
    said = meaning(found, "up")
    assert "70,0%" in said
    assert "thấp hơn khoảng thông thường" in said
    assert "tín hiệu xấu" in said


def test_seven_on_one_side_are_a_run_and_six_are_not():
    seven = usual_range(monthly(*[10, 11] * 5, *[12] * 7))
    assert list(seven["in_run"])[-7:] == ["above"] * 7
    assert "7 tháng liền nằm trên" in meaning(seven, "down", share=False, unit="ngày")
    assert "tín hiệu xấu" in meaning(seven, "down", share=False)
    six = usual_range(monthly(*[10.0, 11.0] * 5, *[12.0] * 6))
    assert "above" not in set(six["in_run"])


def test_a_constant_series_has_nothing_to_report():
    found = usual_range(monthly(*[0.1] * 14))
    assert not found["outside"].any()
    assert set(found["in_run"]) == {""}
    assert "dao động bình thường" in meaning(found, "up")
