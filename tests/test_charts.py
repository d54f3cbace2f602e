"""Charts hold the numbers they were given, name things safely and say more than colour does."""

import pandas as pd

from charts.distribution import distribution
from charts.ranking import ranking, worst_and_best
from charts.sparkline import sparkline
from charts.stacked import stacked
from charts.theme import Look, axis_name, hover_name, look_of, template
from charts.trend import trend, trends
from metrics.control_limits import usual_range

LOOK = Look()
UNITS = pd.DataFrame({"group": ["Chi cục A", "Chi cục B", "Chi cục C"], "share": [0.97, 0.8, None], "closed": [120, 30, 0]})
LONG_NAME = "Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất lần đầu"


def test_trend_draws_each_month_leaves_a_gap_for_no_data_and_names_the_target():
    rows = pd.DataFrame({"label": ["01/2020", "02/2020", "03/2020"], "share": [0.9, None, 0.95]})
    figure = trend(rows, "share", LOOK, name="Đúng hạn", target=0.95)
    line = figure.data[0]
    assert list(line.x) == ["01/2020", "02/2020", "03/2020"]
    assert line.y[0] == 0.9 and pd.isna(line.y[1]) and not line.connectgaps
    assert line.hovertext == ("01/2020: 90,0%", "02/2020: chưa có số liệu", "03/2020: 95,0%")
    assert figure.layout.annotations[0].text == "Chỉ tiêu<br>95,0%"


def test_point_outside_its_usual_range_has_another_shape():
    months = pd.date_range("2020-01-01", periods=13, freq="MS").date
    rows = pd.DataFrame({"start": months, "label": [f"{month:%m/%Y}" for month in months], "share": [0.9] * 12 + [0.5]})
    figure = trend(rows, "share", LOOK, name="Đúng hạn", limits=usual_range(rows.assign(value=rows["share"])))
    assert [trace.name for trace in figure.data] == ["Khoảng thông thường", "Khoảng thông thường", "Đúng hạn"]
    assert figure.data[2].marker.symbol[-1] == "diamond"
    assert "khác mức thông thường" in figure.data[2].hovertext[-1]


def test_several_lines_differ_by_dash_and_symbol():
    figure = trends(pd.DataFrame({"label": ["1"], "a": [0.1], "b": [0.2]}), {"a": "Danh mục", "b": "Tất cả"}, LOOK)
    assert [trace.name for trace in figure.data] == ["Danh mục", "Tất cả"]
    assert figure.data[0].line.dash != figure.data[1].line.dash
    assert figure.data[0].marker.symbol != figure.data[1].marker.symbol


def test_ranking_marks_a_missed_target_with_a_sign():
    rows, left_out = worst_and_best(UNITS, "share")
    figure = ranking(rows, "share", LOOK, name="Đúng hạn", target=0.95, count="closed")
    assert left_out == 0
    assert list(figure.data[0].customdata) == ["Chi cục B", "Chi cục A"]
    assert figure.data[0].text == ("▲ 80,0%", "97,0%")
    assert "trên 30 trường hợp" in figure.data[0].hovertext[0]


def test_when_lower_is_better_the_longest_is_the_worst():
    rows = pd.DataFrame({"group": ["A", "B"], "median": [3.0, 12.5]})
    worst, _ = worst_and_best(rows, "median", higher_is_better=False)
    figure = ranking(worst, "median", LOOK, name="Trung vị", share=False, target=10, higher_is_better=False, unit=" ngày")
    assert figure.data[0].text == ("▲ 12,5 ngày", "3 ngày")


def test_many_bars_show_the_worst_and_the_best():
    many = pd.DataFrame({"group": [f"TTHC {i:03d}" for i in range(200)], "share": [i / 200 for i in range(200)]})
    rows, left_out = worst_and_best(many, "share", each=5)
    assert rows["group"].tolist()[:2] == ["TTHC 000", "TTHC 001"] and rows["group"].tolist()[-1] == "TTHC 199"
    assert left_out == 190


def test_of_equal_shares_the_one_resting_on_more_cases_is_named_first():
    rows = pd.DataFrame({"group": list("ABCDEF"), "share": [0.0, 0.0, 0.5, 0.6, 1.0, 1.0], "closed": [1, 9, 5, 5, 2, 8]})
    shown, _ = worst_and_best(rows, "share", count="closed", each=1)
    assert shown["group"].tolist() == ["B", "F"]


def test_a_short_bar_has_its_number_beside_it():
    figure = ranking(pd.DataFrame({"group": ["A", "B"], "v": [0.0, 1.0]}), "v", LOOK, name="n")
    assert figure.data[0].textposition == ("outside", "inside") and figure.data[0].text == ("0,0%", "100,0%")


def test_names_from_data_stay_text():
    assert hover_name("<b>đậm</b> & <a href='x'>x</a>") == "&lt;b&gt;đậm&lt;/b&gt; &amp; &lt;a href='x'&gt;x&lt;/a&gt;"
    figure = ranking(pd.DataFrame({"group": ["<b>A</b>"], "v": [1.0]}), "v", LOOK, name="n")
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;A&lt;/b&gt;",)


def test_long_names_take_two_lines_on_the_axis_and_are_whole_on_hover():
    assert axis_name(LONG_NAME).count("<br>") == 1 and len(axis_name(LONG_NAME)) <= 2 * 34 + 4
    assert hover_name(LONG_NAME).replace("<br>", " ") == LONG_NAME


def test_distribution_gathers_the_long_tail_and_says_so():
    rows = pd.DataFrame({"days": [0, 5, 70, 90], "dossiers": [2, 3, 4, 1]})
    figure = distribution(rows, LOOK, median=5.0, p90=72.5, norm=None)
    assert list(figure.data[0].x) == [0, 5, 60] and list(figure.data[0].y) == [2, 3, 5]
    assert figure.data[0].hovertext[2] == "từ 60 ngày làm việc trở lên: 5 hồ sơ"
    assert [line.name for line in figure.data[1:]] == ["Trung vị: 5 ngày", "90% hồ sơ xong trong: 72,5 ngày"]


def test_stack_as_share_sums_to_one_and_no_cases_are_no_share():
    rows = pd.DataFrame({"label": ["01/2020", "02/2020"], "direct": [1, 0], "online": [3, 0]})
    figure = stacked(rows, {"direct": "Trực tiếp", "online": "Trực tuyến"}, LOOK, as_share=True)
    assert [trace.y[0] for trace in figure.data] == [0.25, 0.75]
    assert all(pd.isna(trace.y[1]) for trace in figure.data)
    assert figure.data[0].marker.pattern.shape != figure.data[1].marker.pattern.shape


def test_sparkline_needs_two_values_and_ends_in_a_dot():
    assert sparkline([None, 0.5, float("nan")], LOOK) == ""
    svg = sparkline([0.2, None, 0.8], LOOK, target=0.9)
    assert svg.startswith("<svg") and svg.count("<circle") == 1 and "stroke-dasharray" in svg
    assert svg.count("M") == 2  # the gap lifts the pen


def test_the_office_gives_the_colour_and_dark_pages_a_lighter_tint():
    department = {"colour": "#123456", "accent": "#B45F06"}
    assert look_of(department).main == "#123456"
    assert look_of(department, dark=True).main != "#123456"
    assert template(look_of(department)).layout.separators == ",."


def test_an_axis_of_few_cases_counts_in_whole_numbers():
    days = pd.DataFrame({"days": [9, 11], "dossiers": [1, 2]})
    figure = distribution(days, LOOK, median=10, p90=11)
    assert (figure.layout.xaxis.dtick, figure.layout.xaxis.tickmode, figure.layout.yaxis.dtick) == (1, "linear", 1)
    ages = pd.DataFrame({"label": ["0–5", "6–10"], "overdue": [1, 400]})
    assert stacked(ages.head(1), {"overdue": "Quá hạn"}, LOOK).layout.yaxis.dtick == 1
    assert stacked(ages, {"overdue": "Quá hạn"}, LOOK).layout.yaxis.dtick is None
