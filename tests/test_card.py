"""A card says value, verdict and comparisons in words and signs, and shows names as they are written."""

from charts.theme import Look
from ui.card import Card, card_html


def test_missed_target_has_a_sign_and_a_word():
    html = card_html(Card("Tỷ lệ đúng hạn", 0.933, "share", target=0.95, met=False, previous=0.947), Look())
    assert "93,3%" in html and "▲ Chưa đạt ≥ 95,0%" in html
    assert "<td>94,7%</td>" in html and ">−1,4</span>" in html


def test_less_is_better_turns_the_sign_of_the_target():
    html = card_html(Card("Hồ sơ quá hạn", 3.0, "hồ sơ", target=5.0, met=True, direction="down"), Look())
    assert "✓ Đạt ≤ 5 hồ sơ" in html


def test_no_data_is_said_and_never_a_zero():
    html = card_html(Card("Hài lòng", None, "share", target=0.85, empty="Không phát sinh"), Look())
    assert "Không phát sinh" in html and "Chỉ tiêu ≥ 85,0%" in html
    assert "0,0%" not in html and html.count("<td>–</td>") == 3


def test_a_name_from_data_is_text():
    html = card_html(Card("<b>Tên</b> & [x](y)", 1.0, ""), Look())
    assert "&lt;b&gt;Tên&lt;/b&gt; &amp; [x](y)" in html and "<b>" not in html


def test_the_last_months_are_a_picture_with_a_text():
    html = card_html(Card("A", 1.0, "", series=[1.0, None, 2.0]), Look())
    assert 'src="data:image/svg+xml;base64,' in html and 'alt="Diễn biến các tháng gần đây"' in html
    assert "<img" not in card_html(Card("A", 1.0, "", series=[1.0]), Look())
