"""The managers' pages over the simulated data: they open, say what the metrics say, and an edit is a batch that can be undone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics import early_warning, paths, registers, scorecard, steps, survey, worklist
from metrics.decomposition import decomposition, sentence
from metrics.period import Period
from metrics.scope import Scope
from tests.browser import exception_boxes, new_page, open_browser, shown_text, visit, wait_for_page
from tests.running_app import running_app
from tests.test_pages import said
from ui.register import NEW
from warehouse import importing
from warehouse.snapshots import open_published

DOOR = Path(__file__).parent.parent / "ui" / "door.py"
QUARTER = Period(date(2020, 10, 1), date(2020, 12, 31))
ADDRESS = {"ky": "Quý IV/2020"}
PAGES = ("bo_chi_so_766", "muc_do_hai_long", "quy_trinh_noi_bo", "theo_doi_don_doc", "bien_dong", "giai_phap")


@pytest.fixture
def opened(sample_folder, monkeypatch):
    """Opens a page over the simulated data, in the last quarter of 2020."""
    monkeypatch.setattr("ui.access.where", lambda: "máy này")  # the test's browser has no network address

    def open_page(page: str, folder: Path = sample_folder, **address: str) -> AppTest:
        monkeypatch.setenv("MCDT_DATA", str(folder))
        app = AppTest.from_file(str(DOOR), default_timeout=120)
        app.query_params.update(ADDRESS | address)
        app.run()
        app.switch_page(f"../pages/{page}.py")
        app.query_params.update(ADDRESS | address)
        return app.run()

    return open_page


@pytest.fixture
def own_copy(sample_folder, tmp_path):
    """A sample that this test alone may edit."""
    shutil.copytree(sample_folder, tmp_path / "copy")
    return tmp_path / "copy"


def copied_db(folder: Path):
    return open_published(folder / "sample")


def test_scorecard(opened, sample_db):
    app = opened("bo_chi_so_766")
    text = said(app)
    items = scorecard.scorecard(sample_db, QUARTER, Scope())
    assert scorecard.headline(items) in text
    assert scorecard.next_sentence(scorecard.next_points(items)) in text
    assert "điểm chỉ để tham khảo" in text
    table = next(frame.value for frame in app.dataframe if "Ngưỡng" in frame.value)
    assert len(table) == len(items)


def test_satisfaction(opened, sample_db):
    text = said(opened("muc_do_hai_long"))
    assert survey.factor_sentence(survey.survey_index(sample_db, QUARTER, Scope())) in text
    assert "Năm 2020: " in text
    assert text.index("Chỉ số hài lòng được công bố") < text.index("Chỉ số theo yếu tố")


def test_internal_processes(opened, sample_db):
    text = said(opened("quy_trinh_noi_bo"))
    assert steps.lateness_sentence(steps.lateness_by_step(sample_db, QUARTER, Scope())) in text
    assert paths.frequent_paths(sample_db, QUARTER, Scope())["path"].iloc[0] in text


def test_worklist_and_its_reasons(opened, sample_db):
    app = opened("theo_doi_don_doc")
    rows = worklist.worklist(sample_db, Scope())
    text = said(app)
    assert worklist.headline(rows) in text
    assert f"Hồ sơ cần theo dõi: {int(rows['overdue'].sum())} hồ sơ" in text
    assert early_warning.verdict(early_warning.calibration(sample_db, Scope())) in text
    app.pills("ly_do").set_value("due_soon").run()
    assert f"Hồ sơ cần theo dõi: {int(rows['due_soon'].sum())} hồ sơ" in said(app)


def test_change_between_two_periods(opened, sample_db):
    app = opened("bien_dong")
    text = said(app)
    assert sentence(decomposition(sample_db, QUARTER, Scope(), QUARTER.previous(), "on_time_share"), "on_time_share") in text
    app.selectbox("chi_so").set_value("median_days").run()
    assert sentence(decomposition(sample_db, QUARTER, Scope(), QUARTER.previous(), "median_days"), "median_days") in said(app)


def test_solutions(opened, sample_db):
    text = said(opened("giai_phap"))
    assert registers.actions_sentence(registers.actions(sample_db, Scope())) in text
    assert all(f"{number}. {name}" in text for number, name in registers.groups().items())


@pytest.mark.parametrize("page", PAGES)
def test_a_period_without_data_is_no_error(opened, page):
    said(opened(page, ky="Tự chọn khoảng ngày", ngay=["1995-01-01", "1995-01-31"]))


def test_a_reminder_shows_up_next_time_and_can_be_undone(opened, own_copy):
    app = opened("theo_doi_don_doc", own_copy)
    code = worklist.worklist(copied_db(own_copy), Scope())["dossier_code"].iloc[0]
    app.selectbox("ho_so_don_doc").set_value(code).run()
    app.text_area[0].set_value("Đã gọi phòng chuyên môn")
    next(button for button in app.button if button.label == "Lưu ghi chú").click().run()
    assert f"Đã ghi chú đôn đốc hồ sơ {code}" in said_plainly(app)
    row = worklist.worklist(copied_db(own_copy), Scope()).set_index("dossier_code").loc[code]
    assert (row["last_note"], row["noted_by"]) == ("Đã gọi phòng chuyên môn", "Người dùng tại máy")
    batch = importing.history(own_copy / "sample")[0]
    assert (batch["imported_by"], batch["summaries"][0]["added"]) == ("may-nay", 1)
    importing.undo(own_copy / "sample", batch["batch"], "test")
    assert worklist.worklist(copied_db(own_copy), Scope()).set_index("dossier_code").loc[code, "last_note"] != "Đã gọi phòng chuyên môn"


def test_a_reason_for_lateness_is_set_changed_and_taken_back(opened, own_copy):
    def known(code: str) -> str | None:
        return worklist.worklist(copied_db(own_copy), Scope()).set_index("dossier_code").loc[code, "late_reason"]

    rows = worklist.worklist(copied_db(own_copy), Scope())
    code = rows.loc[rows["overdue"] & rows["late_reason"].isna(), "dossier_code"].iloc[0]
    words = {reason: text for reason, text in worklist.late_reason_words().items() if reason != "none"}
    first, second, *_ = words
    for reason in (first, second):
        app = opened("theo_doi_don_doc", own_copy)
        app.selectbox("ho_so_don_doc").set_value(code).run()
        choice = next(box for box in app.selectbox if box.label == "Nguyên nhân trễ hạn")
        assert choice.options == list(words.values())
        choice.set_value(reason)
        next(button for button in app.button if button.label == "Lưu nguyên nhân").click().run()
        assert f"Đã ghi nguyên nhân trễ của hồ sơ {code}" in said_plainly(app)
        assert known(code) == reason
        batch = importing.history(own_copy / "sample")[0]
        assert (batch["imported_by"], batch["summaries"][0]["kind"]) == ("may-nay", "late_reasons")
    importing.undo(own_copy / "sample", batch["batch"], "test")
    assert known(code) == first


def test_an_action_is_added_changed_and_deleted(opened, own_copy):
    app = opened("giai_phap", own_copy)
    app.selectbox(f"actions_solution_group_{NEW}").set_value(2)
    app.text_area(f"actions_title_{NEW}").set_value("Lắp thêm màn hình tra cứu")
    app.selectbox(f"actions_status_{NEW}").set_value("planned")
    next(button for button in app.button if button.label == "Lưu").click().run()
    assert "Đã lưu giải pháp" in said_plainly(app)
    rows = registers.actions(copied_db(own_copy), Scope())
    added = rows[rows["title"] == "Lắp thêm màn hình tra cứu"].iloc[0]
    assert (added["solution_group"], added["status"]) == (2, "planned")

    app = opened("giai_phap", own_copy)
    chosen = str(rows.index[rows["action_code"] == added["action_code"]][0])
    app.selectbox("actions_chosen").set_value(chosen).run()
    app.selectbox(f"actions_status_{chosen}").set_value("done")
    next(button for button in app.button if button.label == "Lưu").click().run()
    rows = registers.actions(copied_db(own_copy), Scope())
    assert rows.set_index("action_code").loc[added["action_code"], "status"] == "done"

    app = opened("giai_phap", own_copy)
    app.selectbox("actions_chosen").set_value(str(rows.index[rows["action_code"] == added["action_code"]][0])).run()
    next(button for button in app.button if button.label == "Xóa khỏi sổ").click().run()
    assert added["action_code"] not in set(registers.actions(copied_db(own_copy), Scope())["action_code"])


def test_a_scorecard_item_is_entered_by_hand(opened, own_copy):
    app = opened("bo_chi_so_766", own_copy)
    next(box for box in app.selectbox if box.label == "Mục").set_value("4.6")
    app.number_input[0].set_value(62.5)
    next(button for button in app.button if button.label == "Lưu").click().run()
    assert "Đã lưu tỷ lệ của mục 4.6" in said_plainly(app)
    item = scorecard.scorecard(copied_db(own_copy), QUARTER, Scope()).set_index("item").loc["4.6"]
    assert (item["ratio"], item["points"], item["state"], item["entered_by"]) == (0.625, 1.25, "entered", "Người dùng tại máy")


def said_plainly(app: AppTest) -> str:
    """The page's text and what it says was done, without the marks that keep Markdown quiet."""
    return (said(app) + "\n".join(found.value for found in app.success)).replace("\\", "")


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_in_a_browser_each_page_opens_without_a_complaint_and_fits_its_width(sample_folder, size):
    with running_app(sample_folder) as app, open_browser() as browser:
        page, complaints = new_page(browser, viewport=dict(zip(("width", "height"), size, strict=True)))
        for name in PAGES:
            visit(page, f"{app.url}/{name}?ky=Qu%C3%BD+IV%2F2020")
            wait_for_page(page)
            assert exception_boxes(page) == 0, name
            assert "DỮ LIỆU MẪU" in shown_text(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert complaints == []
