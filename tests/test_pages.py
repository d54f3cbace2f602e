"""The core pages over the simulated data: they open, say what the catalogue says, keep the filter and lead to the dossiers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from metrics import wording
from metrics.catalogue import CATALOGUE, read
from metrics.complaint_list import count_complaints
from metrics.dossiers import count_dossiers
from metrics.period import Period, month_of
from metrics.scope import Scope
from metrics.tables import table
from ui.import_mapping import NOT_READ
from warehouse.import_plan import check
from warehouse.location import own_root, sample_root
from warehouse.snapshots import published_name

DOOR = Path(__file__).parent.parent / "ui" / "door.py"
FIGURES = {
    "tong_quan": "Hồ sơ cần xử lý hôm nay",
    "thoi_gian_giai_quyet": "Tỷ lệ giải quyết đúng hạn theo tháng",
    "dich_vu_cong_truc_tuyen": "Hình thức nộp theo tháng",
    "phan_anh_kien_nghi": "Theo kênh tiếp nhận",
}


@pytest.fixture
def opened(sample_folder, monkeypatch):
    """Opens a page of the application that serves the simulated data, with these values in its address."""
    monkeypatch.setenv("MCDT_DATA", str(sample_folder))

    def open_page(page: str, **address: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(DOOR), default_timeout=120)
        app.query_params.update(address)
        app.run()
        app.switch_page(f"../pages/{page}.py")
        app.query_params.update(address)
        return app.run()

    return open_page


def said(app: AppTest) -> str:
    """All text of the page."""
    assert not app.exception, [found.message for found in app.exception]
    parts = [*app.title, *app.subheader, *app.text, *app.markdown, *app.error, *app.info]
    return "\n".join([*(part.value for part in parts), *(found.proto.body for found in app.get("html"))])


def newest_month(db) -> Period:
    return month_of(db.as_of)


@pytest.mark.parametrize(("page", "heading"), FIGURES.items())
def test_page_says_what_it_rests_on(opened, sample_db, page, heading):
    text = said(opened(page))
    assert heading in text
    assert "DỮ LIỆU MẪU" in text
    assert wording.span(newest_month(sample_db).start, newest_month(sample_db).end) in text
    assert f"Số liệu chốt đến {wording.day(sample_db.as_of)}" in text
    assert f"Bản dữ liệu {sample_db.snapshot}" in text


def test_overview_shows_the_catalogues_figures(opened, sample_db):
    text = said(opened("tong_quan"))
    for code in ("on_time_share", "listed_online_share", "complaints_on_time_share"):
        assert wording.percent(read(sample_db, code, newest_month(sample_db), Scope()).value) in text
    assert "chỉ tiêu đạt" in text or "chỉ tiêu đều đạt" in text


def test_the_address_is_the_filter(opened, sample_db):
    rows, _ = table(sample_db, "processing_time", Period(sample_db.as_of.replace(month=1, day=1), sample_db.as_of), Scope(), "unit")
    unit = rows["group"].iloc[0]
    app = opened("thoi_gian_giai_quyet", ky=f"Năm {sample_db.as_of.year}", don_vi=[unit])
    text = said(app)
    year = Period(sample_db.as_of.replace(month=1, day=1), sample_db.as_of.replace(month=12, day=31))
    assert wording.span(year.start, year.end) in text and unit in text
    assert wording.percent(read(sample_db, "on_time_share", year, Scope(units=(unit,))).value) in text


def test_a_bar_leads_to_its_dossiers(opened, sample_db):
    month = newest_month(sample_db)
    rows, _ = table(sample_db, "processing_time", month, Scope(), "unit")
    late = {unit: count_dossiers(sample_db, month, Scope(units=(unit,)), "done_late") for unit in rows["group"]}
    unit = max(late, key=lambda name: late[name])
    app = opened("thoi_gian_giai_quyet")
    app.selectbox("on_time_units_chosen").set_value(unit).run()
    assert f"{unit}: {wording.number(late[unit])} hồ sơ" in said(app)
    listed = next(frame.value for frame in app.dataframe if "Mã hồ sơ" in frame.value and set(frame.value["Đơn vị"]) == {unit})
    assert len(listed) == min(50, late[unit])


@pytest.mark.parametrize(
    ("page", "key", "which", "title"),
    [
        ("thoi_gian_giai_quyet", "on_time_months", "done_late", "Trễ hạn"),
        ("dich_vu_cong_truc_tuyen", "online_months", "listed", "Trong danh mục được phê duyệt"),
        ("bien_dong", "months", "done_late", "Trễ hạn"),
    ],
)
def test_a_point_of_a_trend_leads_to_its_dossiers(opened, sample_db, page, key, which, title):
    before = newest_month(sample_db).previous()
    label = f"{before.end:%m/%Y}"
    app = opened(page)
    app.selectbox(f"{key}_chosen").set_value(label).run()
    count = count_dossiers(sample_db, before, Scope(), which)
    assert count and f"{title}, tháng {label}: {wording.number(count)} hồ sơ" in said(app)


def test_a_point_of_the_complaints_trend_leads_to_its_complaints(opened, sample_db):
    before = newest_month(sample_db).previous()
    label = f"{before.end:%m/%Y}"
    app = opened("phan_anh_kien_nghi")
    app.selectbox("complaint_months_chosen").set_value(label).run()
    count = count_complaints(sample_db, before, Scope(), "late")
    assert count and f"Trả lời trễ hạn, tháng {label}: {wording.number(count)} phản ánh" in said(app)


def test_a_period_without_cases_says_what_to_do_next(opened):
    app = opened("dich_vu_cong_truc_tuyen", ky="Tự chọn khoảng ngày", ngay=["1995-01-01", "1995-01-31"])
    assert "Không có hồ sơ nào được tiếp nhận trong kỳ" in said(app)
    assert "Chọn kỳ khác" in said(app)


def test_how_a_number_is_computed(opened, sample_db):
    app = opened("thoi_gian_giai_quyet")
    app.button("explain_on_time_share").click().run()
    text = said(app)
    assert "Công thức" in text and "Căn cứ" in text
    assert any("from dossier d" in code.value for code in app.code)


def test_the_glossary_has_every_indicator(opened):
    app = opened("tu_dien_chi_so")
    assert not app.exception
    shown = " ".join(part.value for part in app.markdown).replace("\\", "")
    missing = [one.code for one in CATALOGUE if f"**Mã:** {one.code}" not in shown.replace("Mã:** ", "Mã:** ")]
    assert missing == []


def test_the_glossary_finds_by_words_without_marks(opened):
    app = opened("tu_dien_chi_so", tim="dung han phan anh")
    names = [found.label.replace("\\", "") for found in app.expander]
    assert "Tỷ lệ phản ánh, kiến nghị trả lời đúng hạn" in names
    assert len(names) < len(CATALOGUE) / 4


EXPORT = """SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG
STT;Mã hồ sơ;Thủ tục;Lĩnh vực;Đơn vị;Chủ hồ sơ;Hình thức;Ngày nhận;Hẹn trả;Ngày kết thúc;Tình trạng
1;H01;Cấp giấy phép;Đất đai;Chi cục A;Nguyễn Văn A;Trực tuyến;02/03/2020;10/03/2020;09/03/2020;Đã trả kết quả
2;H02;Cấp giấy phép;Đất đai;Chi cục A;Nguyễn Văn B;Trực tiếp;02/03/2020;10/03/2020;;Đang xử lý
3;H03;Cấp giấy phép;Đất đai;Chi cục B;Nguyễn Văn C;Trực tiếp;;10/03/2020;;Đang xử lý
"""


@pytest.fixture
def import_page(sample_folder, own_data_folder, monkeypatch):
    """The import page of an office that has nothing but the sample yet."""
    monkeypatch.setattr("ui.access.where", lambda: "máy này")  # the test's browser has no network address
    shutil.copytree(sample_folder / "sample" / "snapshots", own_data_folder / "sample" / "snapshots", copy_function=os.link)
    shutil.copy(sample_folder / "sample" / "CURRENT", own_data_folder / "sample")
    app = AppTest.from_file(str(DOOR), default_timeout=120)
    app.run()
    return app.switch_page("../pages/nhap_du_lieu.py").run()


def upload(app: AppTest) -> AppTest:
    return app.file_uploader("tep_0").set_value([("ho-so.csv", EXPORT.encode(), "text/csv")]).run()


def test_before_the_import_the_page_shows_mapping_preview_and_refusals(import_page):
    app = upload(import_page)
    text = said(app)
    assert "sẽ nhận 2" in text and "từ chối 1" in text
    assert "Không đọc (dữ liệu cá nhân, nội dung tự do): Chủ hồ sơ" in text
    assert [box.label for box in app.selectbox if "Cần chọn" in box.label] == [":material/help: Cần chọn: Hình thức"]
    assert "Nguyễn Văn" not in text + "".join(frame.value.to_string() for frame in app.dataframe)
    assert published_name(own_root()) is None


def test_the_trial_runs_again_only_when_the_mapping_changes_and_goes_with_the_upload(import_page, monkeypatch):
    tried = []
    monkeypatch.setattr("ui.import_trial.check", lambda root, planned: tried.append(planned.file) or check(root, planned))
    app = upload(import_page)
    app.run()
    assert tried == ["ho-so.csv"]
    field = next(box for box in app.selectbox if box.label == "Lĩnh vực")
    field.set_value(NOT_READ).run()
    assert len(tried) == 2 and "sẽ nhận 2" in said(app)
    next(button for button in app.button if "vào kho dữ liệu" in button.label).click().run()
    assert published_name(own_root()) and app.session_state["import_trials"] == {}


def test_import_then_undo(import_page):
    app = upload(import_page)
    next(button for button in app.button if "vào kho dữ liệu" in button.label).click().run()
    assert not app.exception
    summary = next(frame.value for frame in app.dataframe if "Dòng đã đọc" in frame.value)
    assert summary.iloc[0][["Dòng đã đọc", "Thêm mới", "Từ chối"]].tolist() == [3, 2, 1]
    assert published_name(own_root()) and not sample_root().exists()
    app.selectbox("undo_batch").set_value(app.selectbox("undo_batch").options[0])
    app.checkbox("undo_sure").check().run()
    next(button for button in app.button if button.label == "Hoàn tác").click().run()
    assert not app.exception
    history = app.run().dataframe
    states = pd.concat([frame.value["Tình trạng"] for frame in history if "Tình trạng" in frame.value])
    assert "Đã hoàn tác" in states.tolist()
