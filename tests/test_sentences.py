"""The sentence under a chart says what the numbers say."""

import pandas as pd

from metrics import sentences


def test_trend_compares_the_newest_month_with_the_one_before_and_with_the_target():
    rows = pd.DataFrame({"label": ["10/2020", "11/2020", "12/2020"], "share": [0.97, 0.95, 0.962]})
    assert sentences.of_trend(rows, "share", "Tỷ lệ đúng hạn", target=0.96) == (
        "Tỷ lệ đúng hạn kỳ 12/2020 là 96,2%, tăng 1,2 điểm % so với kỳ 11/2020; 2 trên 3 kỳ có số liệu đạt chỉ tiêu 96,0%."
    )


def test_trend_skips_months_without_data():
    rows = pd.DataFrame({"label": ["10/2020", "11/2020", "12/2020"], "median": [4.0, 5.5, None]})
    assert sentences.of_trend(rows, "median", "Trung vị", share=False, unit="ngày") == (
        "Trung vị kỳ 11/2020 là 5,5 ngày, tăng 1,5 ngày so với kỳ 10/2020."
    )
    assert sentences.of_trend(rows.tail(1), "median", "Trung vị", share=False) == sentences.NOTHING


def test_ranking_names_the_worst_and_the_best():
    rows = pd.DataFrame({"group": ["B", "A"], "share": [0.8, 0.97]})
    assert sentences.of_ranking(rows, "share", "đơn vị", target=0.95) == (
        "Thấp nhất là B (80,0%), cao nhất là A (97,0%); 1 trên 2 đơn vị chưa đạt chỉ tiêu 95,0%."
    )
    assert "tất cả 1 đơn vị đều đạt" in sentences.of_ranking(rows.tail(1), "share", "đơn vị", target=0.95)


def test_when_less_is_better_the_highest_comes_first():
    rows = pd.DataFrame({"group": ["B", "A"], "median": [12.0, 3.0]})
    assert sentences.of_ranking(rows, "median", "đơn vị", share=False, higher_is_better=False, unit="ngày") == (
        "Cao nhất là B (12 ngày), thấp nhất là A (3 ngày)."
    )


def test_ageing_counts_overdue_and_waiting():
    rows = pd.DataFrame({"label": ["0–5"], "within_term": [6], "waiting": [1], "overdue": [3]})
    assert sentences.of_ageing(rows) == "Có 10 hồ sơ đang giải quyết, trong đó 3 quá hạn (30,0%) và 1 đang chờ người nộp."
    assert sentences.of_ageing(rows.head(0)) == "Không có hồ sơ đang giải quyết."


def test_channels_and_distribution_of_nothing_say_so():
    assert sentences.of_channels({"received": 0, "online": 0, "direct": 0, "postal": 0}).startswith("Không có hồ sơ")
    assert sentences.of_distribution({"closed": 0, "median": None, "p90": None}).startswith("Không có hồ sơ")
    assert sentences.of_channels({"received": 4, "online": 2, "direct": 1, "postal": 1}) == (
        "Trong 4 hồ sơ tiếp nhận có 50,0% nộp trực tuyến, 25,0% nộp trực tiếp và 25,0% qua bưu chính."
    )


def test_change_between_periods():
    assert sentences.of_change("Tỷ lệ đúng hạn", 0.95, 0.9) == "Tỷ lệ đúng hạn giảm 5,0 điểm %: từ 95,0% thành 90,0%."
    assert sentences.of_change("Trung vị", 5.0, 5.0, share=False) == "Trung vị không đổi (5 ngày)."
    assert "chưa so sánh được" in sentences.of_change("Trung vị", None, 5.0, share=False)


def test_headline_counts_targets_and_names_the_missed():
    assert sentences.of_targets(["A", "B"], ["Tỷ lệ đúng hạn"]) == "2 trên 3 chỉ tiêu đạt; chưa đạt: tỷ lệ đúng hạn."
    assert sentences.of_targets([], list("ABCDEFG")).endswith("chưa đạt: a, b, c, d và 3 chỉ tiêu khác.")
    assert sentences.of_overdue(29) == "29 hồ sơ đang quá hạn." and sentences.of_overdue(0).startswith("Không có")
    assert sentences.of_overdue(None) == ""
    assert sentences.of_targets(["A", "B"], []) == "Cả 2 chỉ tiêu đều đạt."
    assert sentences.of_targets([], []).startswith("Chưa có chỉ tiêu")
