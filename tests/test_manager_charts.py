"""The managers' charts hold the numbers they were given, and names stay text."""

import pandas as pd
import pytest

from charts.calibration import calibration_plot
from charts.intervals import intervals
from charts.scorecard_bars import scorecard_bars
from charts.step_bars import step_bars
from charts.theme import Look
from charts.waterfall import waterfall

LOOK = Look()
BOLD = "<b>Phòng</b>"


def test_what_has_no_data_is_neither_reached_nor_lost():
    rows = pd.DataFrame(dict(name=["Tiến độ", BOLD], max=[20, 18], rests_on=[20.0, 6.0], points=[15.0, None], provisional=[False, True]))
    figure = scorecard_bars(rows.assign(rests_on=[20.0, 0.0]), LOOK)
    reached, lost, unknown = (list(trace.x) for trace in figure.data)
    assert (reached, lost, unknown) == ([15, 0], [5, 0], [0, 18])
    assert [note.text for note in figure.layout.annotations] == ["15,0 / 20", "– / 18"]
    assert figure.layout.yaxis.ticktext[1] == "&lt;b&gt;Phòng&lt;/b&gt; *"


def test_the_interval_reaches_from_its_lower_to_its_upper_end():
    rows = pd.DataFrame(dict(group=["A", "B"], index=[0.8, None], lower=[0.7, None], upper=[0.88, None], responses=[40, 5]))
    point = intervals(rows, LOOK, label="group", target=0.85).data[0]
    assert list(point.x) == [0.8]
    assert (point.error_x.array[0], point.error_x.arrayminus[0]) == pytest.approx((0.08, 0.1))
    assert "70,0% – 88,0%" in point.hovertext[0]


def test_the_waterfalls_steps_lead_from_one_period_to_the_other():
    parts = pd.DataFrame(
        dict(
            unit_name=[BOLD, *[f"Đơn vị {n}" for n in range(9)]],
            procedure_name=["Cấp phép"] * 10,
            mix=[0.0] * 10,
            rate=[-0.05] + [0.001] * 9,
            effect=[-0.05] + [0.001] * 9,
        )
    )
    bars = waterfall(parts, 0.95, 0.909, LOOK, share=True, higher_is_better=True, shown=4).data[0]
    assert list(bars.measure) == ["absolute", *["relative"] * 5, "total"]
    assert sum(bars.x[:-1]) == pytest.approx(0.909)
    assert bars.text[1] == "−5,0"
    assert "<b>" not in bars.hovertext[1]
    assert bars.hovertext[5].startswith("6 nhóm còn lại")


def test_calibration_draws_what_came_against_what_was_said():
    bins = pd.DataFrame(dict(predicted=[0.1, 0.6], observed=[0.12, 0.5], dossiers=[400, 20]))
    said = calibration_plot(bins, LOOK).data[1]
    assert (list(said.x), list(said.y)) == ([0.1, 0.6], [0.12, 0.5])
    assert "400 lượt hồ sơ" in said.hovertext[0]


def test_a_steps_wait_stands_before_its_work():
    rows = pd.DataFrame(
        dict(
            step_name=["Thẩm định", "Phòng A – trình ký"],
            section=["Phòng A"] * 2,
            steps=[5, 3],
            median_wait_hours=[2.0, None],
            median_hours=[8.0, 1.5],
        )
    )
    wait, work = step_bars(rows, LOOK).data
    assert (list(wait.x), list(work.x)) == ([2, 0], [8, 1.5])
    assert "chưa có số liệu" in wait.hovertext[1]
    assert step_bars(rows, LOOK).layout.yaxis.ticktext == ("Thẩm định<br>Phòng A", "Phòng A – trình ký")
