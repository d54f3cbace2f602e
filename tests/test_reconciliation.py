"""Our form 06a beside the printed one: cells read back, differences, rules and dossiers; and adjustments since a lock."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from metrics.adjustments import adjustments, form_changes
from metrics.period import Period
from metrics.reconciliation import RULES, differences, dossiers_behind, explanations, refused_rows
from metrics.scope import Scope
from tests.small_snapshot import small_snapshot
from warehouse.printed_form import TOTAL, printed_form
from warehouse.read.source import UnreadableFile

MARCH = Period(date(2020, 3, 1), date(2020, 3, 31))
DOSSIERS = [
    dict(code="SOM", received="2020-03-02", closed="2020-03-09", due="2020-03-10", channel=2),
    dict(code="DUNG8", received="2020-03-03", status=8, waiting=[("2020-03-10", None)], due="2020-03-12"),
    dict(code="RUT", received="2020-03-04", closed="2020-03-11", status=7, due="2020-03-06"),
    dict(code="HENLAI", received="2020-02-03", closed="2020-03-13", due="2020-03-16", due_first="2020-03-05", due_changes=1),
    dict(code="BIEN", received="2020-03-31", due="2020-04-10"),
    dict(code="TUCHOI", submitted="2020-03-05", closed="2020-03-06", status=3),
]


def printout(rows: list[list[object]]) -> bytes:
    """A printed form as vendors write it: title, merged head, column numbers, tiers, total, signature."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Biểu số II.06a/VPCP/KSTT"])
    sheet.append(["TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC"])
    sheet.append(["STT", "Lĩnh vực", "Số hồ sơ nhận giải quyết"])
    sheet.append(["(1)", "(2)", *(f"({n})" for n in range(3, 14))])
    sheet.append(["I", "TTHC cấp tỉnh"])
    for row in rows:
        sheet.append(row)
    sheet.append([None, "NGƯỜI LẬP BIỂU"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_printed_form_is_read_whatever_its_numbering() -> None:
    field = [1, "Đất đai", "1.234", 1000, 200, 34, 1100, 900, 150, 50, 134, 130, 4]
    cells = printed_form(printout([field, [None, "Tổng cộng", *field[2:]]]), "in.xlsx")
    assert cells["group"].unique().tolist() == ["Đất đai", TOTAL]
    assert dict(zip(cells["column"], cells["printed"], strict=False))["received_total"] == 1234
    assert len(cells) == 2 * 11


def test_a_field_under_two_tiers_is_added_up() -> None:
    rows = [[1, "Đất đai", *[2] * 11], [1, "Đất đai", *[3] * 11]]
    assert set(printed_form(printout(rows), "in.xlsx")["printed"]) == {5}


def test_a_file_that_is_no_form_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Mã hồ sơ", "Ngày tiếp nhận"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UnreadableFile, match="Biểu 06a"):
        printed_form(out.getvalue(), "khac.xlsx")


def test_only_the_cells_that_differ_differ() -> None:
    db = small_snapshot("2020-04-30", dossier=DOSSIERS)
    # ours: received 5, resolved 3 (early 2, on time 1), in progress 2; the software counted DUNG8 as resolved
    printed = printed_form(printout([[1, "đất  đai", 5, 1, 3, 1, 4, 2, 2, 0, 1, 1, 0]]), "in.xlsx")
    cells = differences(db, printed, MARCH, Scope())
    apart = cells[(cells["group"] == "Đất đai") & (cells["difference"] != 0)]
    assert dict(zip(apart["column"], apart["difference"], strict=True)) == {
        "resolved_total": -1,
        "on_time": -1,
        "in_progress_total": 1,
        "within_term": 1,
    }


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("stopped_waiting", "DUNG8"),
        ("withdrawn_or_stopped", "RUT"),
        ("rescheduled", "HENLAI"),
        ("received_on_boundary", "BIEN"),
        ("rejected", "TUCHOI"),
        ("waiting_past_due", "DUNG8"),
    ],
)
def test_a_rule_holds_for_its_dossiers(rule: str, code: str) -> None:
    db = small_snapshot("2020-04-30", dossier=DOSSIERS)
    assert dossiers_behind(db, MARCH, Scope(), rule)["dossier_code"].tolist() == [code]


def test_every_rule_can_be_asked() -> None:
    db = small_snapshot("2020-04-30", dossier=DOSSIERS)
    for rule in RULES:
        dossiers_behind(db, MARCH, Scope(), rule)


def test_rules_that_match_the_difference_come_first() -> None:
    db = small_snapshot("2020-04-30", dossier=DOSSIERS)
    rules = explanations(db, MARCH, Scope(), "on_time", difference=-1)
    assert rules["exact"].tolist()[0] and {"stopped_waiting", "withdrawn_or_stopped"} <= set(rules["rule"])
    assert "postal" not in set(rules["rule"])


def test_refused_rows_are_counted_by_reason_but_not_for_a_limited_user() -> None:
    row = dict(batch="1", kind="dossiers", row_number=2, reason="Thiếu mã hồ sơ")
    db = small_snapshot(refused_row=[row, {**row, "row_number": 3}])
    assert refused_rows(db, Scope()).to_dict("records") == [{"reason": "Thiếu mã hồ sơ", "dossiers": 2}]
    assert refused_rows(db, Scope(allowed_units=("Văn phòng Sở",))).empty


def test_adjustments_since_a_lock() -> None:
    same = dict(code="A", received="2020-03-02", closed="2020-03-09", due="2020-03-10")
    pinned = small_snapshot(
        "2020-03-31", dossier=[same, dict(code="B", received="2020-03-04", due="2020-04-10"), dict(code="C", received="2020-03-05")]
    )
    current = small_snapshot(
        "2020-05-31",
        dossier=[
            same,
            dict(code="B", received="2020-03-04", due="2020-04-10", closed="2020-03-30"),  # a closing that was not known then
            dict(code="C", received="2020-03-05", closed="2020-04-20"),  # closed after the period: no adjustment of it
            dict(code="D", received="2020-03-31", due="2020-04-10"),
        ],
    )
    found = adjustments(pinned, current, MARCH, Scope()).set_index("dossier_code")
    assert found["change"].to_dict() == {"B": "changed", "D": "added"}
    assert (found.loc["B", "result_cell_before"], found.loc["B", "result_cell_after"]) == ("within_term", "early")
    moved = form_changes(pinned, current, MARCH, Scope()).set_index("column")["difference"]
    assert (moved["received_total"], moved["early"], moved["within_term"]) == (1, 1, 0)
