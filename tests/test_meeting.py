"""The monthly meeting and the reports page in a real browser: agenda by arrow keys, conclusions, downloads, comparison, locking."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from metrics.meeting import conclusions_content, held, next_codes
from metrics.period import Period
from metrics.registers import actions
from metrics.scope import Scope
from reports import REPORTS
from reports.making import make_report
from tests.browser import exception_boxes, shown_text, visit, wait_for_page
from tests.running_app import RunningApp
from tests.small_snapshot import small_snapshot
from warehouse.database import Database
from warehouse.importing import history
from warehouse.period_locks import locks
from warehouse.report_log import reports_made
from warehouse.snapshots import open_published

YEAR = "ky=Năm 2020"
MADE_AT = datetime(2021, 1, 5, 8, 0)
PATIENCE = 120_000  # a machine that runs other tests at the same time is slow


def test_arrow_keys_move_through_the_agenda(app: RunningApp, watched: tuple[Page, list[str]]) -> None:
    page, complaints = watched
    visit(page, f"{app.url}/hop_giao_ban?{YEAR}&trinh_chieu=true")
    assert not page.get_by_test_id("stSidebar").is_visible()
    assert not page.locator(".st-key-filter_bar").is_visible()
    assert "Chuẩn bị báo cáo năm gửi Sở Nội vụ" in shown_text(page)
    last = 13
    for place in range(1, last + 1):
        page.keyboard.press("ArrowRight")
        expect(page.locator(f".st-key-agenda_{place}")).to_be_visible(timeout=PATIENCE)
        wait_for_page(page)
        assert exception_boxes(page) == 0
    expect(page.get_by_role("button", name="Mục sau")).to_be_disabled(timeout=PATIENCE)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f".st-key-agenda_{last - 1}")).to_be_visible(timeout=PATIENCE)
    wait_for_page(page)
    assert "Hồ sơ quá hạn, sắp đến hạn theo phòng ban" in shown_text(page)
    assert complaints == []


def test_a_conclusion_becomes_an_action_and_opens_the_next_meeting(app: RunningApp, watched: tuple[Page, list[str]]) -> None:
    page, complaints = watched
    visit(page, f"{app.url}/hop_giao_ban?{YEAR}")
    for place in range(1, 14):
        page.get_by_role("button", name="Mục sau").click()
        expect(page.locator(f".st-key-agenda_{place}")).to_be_visible(timeout=PATIENCE)
    wait_for_page(page)
    page.get_by_label("Kết luận", exact=True).fill("Kiểm tra hồ sơ quá hạn tại Nha Trang")
    page.get_by_role("button", name="Ghi kết luận").click()
    expect(page.get_by_text("Đã ghi kết luận")).to_be_visible(timeout=PATIENCE)
    wait_for_page(page)
    db = open_published(app.data / "sample")
    (row,) = held(db, Period(db.as_of, db.as_of), Scope()).to_dict("records")
    assert (row["text"], row["status"]) == ("Kiểm tra hồ sơ quá hạn tại Nha Trang", "planned")
    assert row["action_code"] in set(actions(db, Scope())["action_code"])
    assert [summary["kind"] for summary in history(app.data / "sample")[0]["summaries"]] == ["actions", "conclusions"]  # one undo
    visit(page, f"{app.url}/hop_giao_ban?{YEAR}")
    expect(page.get_by_text("Kiểm tra hồ sơ quá hạn tại Nha Trang").first).to_be_visible(timeout=PATIENCE)
    assert complaints == []


@pytest.mark.parametrize("name", REPORTS)
def test_each_report_is_made_and_downloaded(name: str, app: RunningApp, watched: tuple[Page, list[str]]) -> None:
    page, _ = watched
    visit(page, f"{app.url}/bao_cao?ky=Tháng 12/2020&bao_cao={REPORTS[name].title}")
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_text("Đã lập xong")).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as waited:
        page.get_by_role("button", name=f"Tải {REPORTS[name].title}").click()
    file = waited.value
    assert file.suggested_filename.startswith(REPORTS[name].title) and file.suggested_filename.endswith(REPORTS[name].ending)
    assert Path(file.path()).read_bytes()[:2] == b"PK"
    assert reports_made(app.data / "sample")[-1]["report"] == name
    assert exception_boxes(page) == 0


def test_the_printed_form_is_compared_cell_by_cell(app: RunningApp, watched: tuple[Page, list[str]], tmp_path: Path) -> None:
    page, complaints = watched
    db = open_published(app.data / "sample")
    november = Period(date(2020, 11, 1), date(2020, 11, 30))
    file = tmp_path / "bieu.xlsx"
    file.write_bytes(make_report("form_06a", db, november, Scope(), made_at=MADE_AT))
    complaints.clear()
    visit(page, f"{app.url}/doi_chieu?ky=Tháng 11/2020")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Hai biểu khớp nhau hoàn toàn")).to_be_visible(timeout=PATIENCE)
    visit(page, f"{app.url}/doi_chieu?ky=Tháng 12/2020")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Vì sao lệch")).to_be_visible(timeout=PATIENCE)
    wait_for_page(page)
    assert (exception_boxes(page), complaints) == (0, [])


def test_a_period_is_locked_and_released(app: RunningApp, watched: tuple[Page, list[str]]) -> None:
    page, complaints = watched
    visit(page, f"{app.url}/chot_ky?{YEAR}")
    page.get_by_role("button", name="Chốt kỳ 01/01/2020").click()
    expect(page.get_by_text("đã chốt trên bản dữ liệu").first).to_be_visible(timeout=PATIENCE)
    (lock,) = locks(app.data / "sample")
    assert (lock.start, lock.end) == ("2020-01-01", "2020-12-31")
    visit(page, f"{app.url}/bao_cao?{YEAR}")
    assert "Kỳ này đã chốt" in shown_text(page)
    visit(page, f"{app.url}/chot_ky?{YEAR}")
    page.get_by_role("button", name="Bỏ chốt kỳ này").click()
    expect(page.get_by_text("Chưa chốt kỳ nào")).to_be_visible(timeout=PATIENCE)
    assert locks(app.data / "sample") == []
    assert complaints == []


def test_codes_of_conclusions_never_repeat() -> None:
    db: Database = small_snapshot(
        conclusion=[dict(conclusion_code="KL-2020-06-04-1", meeting_on=date(2020, 6, 4), text="A", status="planned")]
    )
    rows = held(db, Period(date(2020, 6, 4), date(2020, 6, 4)), Scope())
    assert next_codes(rows, date(2020, 6, 4), 5) == ("KL-2020-06-04-2", "GP5-KL20200604-2")


def test_a_limited_user_sees_no_other_unit_s_conclusions() -> None:
    rows = [
        dict(conclusion_code=f"K{n}", meeting_on=date(2020, 6, 4), text=f"Việc {n}", unit_name=unit, status="planned")
        for n, unit in enumerate(["Chi cục A", "Chi cục B", None])
    ]
    db = small_snapshot(conclusion=rows)
    content = conclusions_content(db, Period(date(2020, 6, 1), date(2020, 6, 30)), Scope(allowed_units=("Chi cục A",)))
    assert content["rows"]["text"].tolist() == ["Việc 0", "Việc 2"]
