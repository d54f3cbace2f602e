"""How a dossier's status, dates and steps become an outcome, a closing date and working days: a row in, what an official expects out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_import import dossier, import_json, import_rows, intervals, reasons

RECEIVED = "02/03/2020"  # a Monday


def closing(root: Path, **row: str) -> tuple[str, str | None]:
    import_rows(root, {"code": "A", "received": RECEIVED, **row})
    stored = dossier(root)
    return stored["outcome"], stored["closed_on"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"status": "Đã trả kết quả", "finished": "05/03/2020", "returned": "09/03/2020"}, ("done", "2020-03-05")),
        ({"status": "Đã có kết quả", "finished": "", "returned": "09/03/2020"}, ("done", "2020-03-09")),
        ({"status": "Từ chối giải quyết", "refused": "06/03/2020"}, ("refused", "2020-03-06")),
        ({"status": "Đã trả kết quả", "refused": "06/03/2020", "finished": "07/03/2020"}, ("refused", "2020-03-06")),
        ({"status": "Đã trả kết quả", "refused": "27/02/2020", "finished": "06/03/2020"}, ("done", "2020-03-06")),
        ({"status": "Rút hồ sơ", "finished": "06/03/2020"}, ("withdrawn", "2020-03-06")),
        ({"status": "Dừng xử lý", "finished": "06/03/2020"}, ("stopped", "2020-03-06")),
        ({"status": "Dừng xử lý", "finished": ""}, ("open", None)),
        ({"status": "Đang xử lý", "finished": "06/03/2020"}, ("open", None)),
        ({"status": "Dừng tính", "finished": ""}, ("open", None)),
        ({"finished": "06/03/2020"}, ("done", "2020-03-06")),
        ({"finished": "", "returned": "06/03/2020"}, ("done", "2020-03-06")),
        ({"finished": ""}, ("open", None)),
        ({"status": "Từ chối tiếp nhận", "refused": "03/03/2020"}, ("rejected", "2020-03-03")),
        ({"status": "Mới đăng ký", "submitted": "01/03/2020"}, ("registered", None)),
    ],
)
def test_how_a_dossier_ends(tmp_path: Path, row: dict[str, str], expected: tuple[str, str | None]) -> None:
    assert closing(tmp_path, **row) == expected


def test_what_is_rejected_or_registered_is_not_received(tmp_path: Path) -> None:
    import_rows(
        tmp_path,
        {"code": "A", "received": RECEIVED, "submitted": "", "status": "Không tiếp nhận", "refused": "03/03/2020"},
        {"code": "B", "received": "", "submitted": "02/03/2020", "status": "Mới đăng ký", "refused": ""},
        {"code": "C", "received": "", "submitted": "02/03/2020", "status": "Từ chối", "refused": "04/03/2020"},
    )
    assert [dossier(tmp_path, code)["received_on"] for code in "ABC"] == [None, None, None]
    assert [dossier(tmp_path, code)["outcome"] for code in "ABC"] == ["rejected", "registered", "rejected"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"code": "", "received": RECEIVED, "status": "4"}, "Thiếu Mã hồ sơ"),
        ({"received": "31/02/2020", "status": "4"}, "Thiếu hoặc không đọc được ngày tiếp nhận"),
        ({"received": "01/01/1989", "status": "4"}, "Thiếu hoặc không đọc được ngày tiếp nhận"),
        ({"received": "", "status": "4"}, "Thiếu hoặc không đọc được ngày tiếp nhận"),
        ({"received": RECEIVED, "status": "đang bay"}, "Trạng thái không có trong bảng từ của phần cài đặt"),
        ({"received": RECEIVED, "status": "9", "finished": "01/03/2020"}, "Ngày kết thúc trước ngày tiếp nhận"),
        (
            {"received": RECEIVED, "status": "10", "finished": ""},
            "Trạng thái đã kết thúc nhưng không có ngày kết thúc ở hồ sơ hoặc các bước",
        ),
    ],
)
def test_a_row_that_would_break_the_numbers_is_refused(tmp_path: Path, row: dict[str, str], reason: str) -> None:
    good = {"code": "Z", "received": RECEIVED, "status": "4", "finished": ""}
    summary = import_rows(tmp_path, good, {"code": "A", **row})[0]
    assert (summary.rows_read, summary.added, summary.refused) == (2, 1, 1)
    assert reasons(tmp_path) == [reason]


@pytest.mark.parametrize(
    "row",
    [
        {"channel": "bồ câu"},
        {"level": "mức độ 9"},
        {"status": "Đang xử lý", "finished": "06/03/2020"},
        {"due": "32/13/2020"},
        {"due": "01/03/2020"},
    ],
)
def test_a_doubtful_row_is_kept_and_counted_as_a_warning(tmp_path: Path, row: dict[str, str]) -> None:
    summary = import_rows(tmp_path, {"code": "A", "received": RECEIVED, **row})[0]
    assert (summary.added, summary.refused, summary.warnings) == (1, 0, 1)
    assert dossier(tmp_path)["channel"] == 1  # missing or unknown counts as direct


def test_processing_time_leaves_out_waiting_for_the_applicant(tmp_path: Path) -> None:
    # received Mon 02/03, asked Wed 04/03, answered Tue 10/03 (4 working days), done Fri 13/03: 9 - 4 = 5
    import_rows(
        tmp_path,
        {"code": "A", "received": RECEIVED, "status": "9", "finished": "13/03/2020", "asked": "04/03/2020", "answered": "10/03/2020"},
    )
    assert (dossier(tmp_path)["paused_days"], dossier(tmp_path)["processing_days"]) == (4, 5)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"status": "9", "finished": "13/03/2020", "answered": "20/03/2020"}, [("2020-03-04", "2020-03-13", 7)]),  # ends with the closing
        ({"status": "9", "finished": "13/03/2020", "answered": ""}, []),  # no answer, not waiting now: nothing is proved
        ({"status": "5", "finished": "", "answered": ""}, [("2020-03-04", "", None)]),
        ({"status": "4", "finished": "", "answered": ""}, []),
        ({"status": "Dừng xử lý", "finished": "", "answered": ""}, [("2020-03-04", "", None)]),
    ],
)
def test_when_an_interval_of_waiting_ends(tmp_path: Path, row: dict[str, str], expected: list[tuple[str, str, int | None]]) -> None:
    import_rows(tmp_path, {"code": "A", "received": RECEIVED, "asked": "04/03/2020", **row})
    assert intervals(tmp_path) == expected


def test_waiting_without_a_known_request_counts_from_acceptance(tmp_path: Path) -> None:
    import_rows(tmp_path, {"code": "A", "received": RECEIVED, "status": "Chờ bổ sung"})
    assert intervals(tmp_path) == [("2020-03-02", "", None)]


def message(code: str, steps: list[dict[str, str]] | None = None, **record: object) -> dict[str, object]:
    return {"hoSo": {"MaHoSo": code, "NgayTiepNhan": "20200302080000", **record}, "tienTrinhDongBo": steps or []}


def step(status: str, moment: str) -> dict[str, str]:
    return {"MaHoSo": "A", "PhongBanXuLy": "Phòng Đo đạc", "TrangThai": status, "ThoiDiemXuLy": moment}


def test_overlapping_requests_of_record_and_steps_are_one_interval(tmp_path: Path) -> None:
    supplements = [{"NgayBoSung": "20200304090000", "NgayTiepNhanBoSung": "20200310090000"}]
    steps = [step("4", "20200302090000"), step("5", "20200305090000"), step("4", "20200312090000")]
    import_json(tmp_path, message("A", steps, TrangThaiHoSo="9", NgayKetThucXuLy="20200316080000", DanhSachHoSoBoSung=supplements))
    assert intervals(tmp_path) == [("2020-03-04", "2020-03-12", 6)]


def test_processed_closes_a_dossier_not_handing_over(tmp_path: Path) -> None:
    steps = [step("4", "20200302090000"), step("9", "20200306090000"), step("10", "20200312090000")]
    import_json(tmp_path, message("A", steps, TrangThaiHoSo="10"))
    assert dossier(tmp_path)["closed_on"] == "2020-03-06"


def test_the_newest_due_date_is_in_force_and_the_first_is_kept(tmp_path: Path) -> None:
    import_rows(tmp_path, {"code": "A", "received": RECEIVED, "due": "10/03/2020"})
    import_rows(tmp_path, {"code": "A", "received": RECEIVED, "due": "10/03/2020", "new_due": "17/03/2020"})
    import_rows(tmp_path, {"code": "A", "received": RECEIVED, "due": "24/03/2020"})
    stored = dossier(tmp_path)
    assert (stored["due_first_on"], stored["due_on"], stored["due_changes"]) == ("2020-03-10", "2020-03-24", 2)


def test_due_dates_told_inside_a_message(tmp_path: Path) -> None:
    moved = {"NgayBoSung": "20200304", "NgayTiepNhanBoSung": "20200306", "NgayHenTraTruoc": "20200310", "NgayHenTraMoi": "20200312"}
    import_json(tmp_path, message("A", TrangThaiHoSo="4", NgayHenTra="20200312", DanhSachHoSoBoSung=[moved]))
    stored = dossier(tmp_path)
    assert (stored["due_first_on"], stored["due_on"], stored["due_changes"]) == ("2020-03-10", "2020-03-12", 1)


def test_without_a_due_date_the_norm_plus_the_paused_time_gives_one(tmp_path: Path) -> None:
    import_rows(tmp_path, {"Tên TTHC": "Cấp phép", "Mã TTHC": "1.001", "Thời hạn giải quyết": "5", "Đơn vị tính": "ngày làm việc"})
    import_rows(
        tmp_path,
        {"code": "A", "received": RECEIVED, "procedure": "cấp  PHÉP", "status": "4", "asked": "04/03/2020", "answered": "06/03/2020"},
    )
    stored = dossier(tmp_path)  # 5 working days after Mon 02/03 is Mon 09/03, and 2 paused days more
    assert (stored["due_on"], stored["due_from_norm"]) == ("2020-03-11", True)


def test_settings_may_move_a_due_date(tmp_path: Path, own_data_folder: Path) -> None:
    (own_data_folder / "settings").mkdir(parents=True)
    (own_data_folder / "settings" / "rules.toml").write_text("pause_extends_due = true\ndue_rolls = true\n", encoding="utf-8")
    import_rows(
        tmp_path,
        {"code": "A", "received": RECEIVED, "due": "10/03/2020", "status": "4", "asked": "04/03/2020", "answered": "06/03/2020"},
        {"code": "B", "received": RECEIVED, "due": "14/03/2020", "status": "4", "asked": "", "answered": ""},  # a Saturday
    )
    assert (dossier(tmp_path, "A")["due_on"], dossier(tmp_path, "B")["due_on"]) == ("2020-03-12", "2020-03-16")
