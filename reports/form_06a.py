"""Form II.06a/VPCP/KSTT (Circular 01/2020/TT-VPCP) as an XLSX: fields grouped by tier with live totals, then by unit and by procedure."""

from __future__ import annotations

from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell as cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

import settings
from metrics import wording
from reports import sheet as sheets
from reports.stamp import Stamp, stamped

NAME_WIDTH = 44
FIRST_ROW = 12  # of the body, counted from 0
HEAD: dict[str, Any] = {"bold": True, "align": "center", "text_wrap": True, "border": 1, "font_size": 11}
NOTES = (
    "Cột (1) luôn bằng cột (5) cộng cột (9).",
    "Cột (7) gồm cả hồ sơ công dân rút và hồ sơ dừng xử lý, như biểu in từ phần mềm một cửa điện tử.",
    "Hồ sơ đang chờ người nộp bổ sung hoặc thực hiện nghĩa vụ tài chính được tính là trong hạn (cột 10).",
)


def build(content: dict[str, Any], stamp: Stamp) -> bytes:
    """`content` of metrics.report_content.form_06a_content: head, tiers, by_unit, by_procedure."""

    def fill(book: Workbook) -> None:
        _form(book, "Biểu 06a", content, content["tiers"], "Lĩnh vực giải quyết", stamp)
        for name, heading, rows in (
            ("Theo đơn vị", "Đơn vị giải quyết", content["by_unit"]),
            ("Theo thủ tục", "Thủ tục hành chính", content["by_procedure"]),
        ):
            _form(book, name, content, [{"tier": "", "rows": rows}], heading, stamp)

    return stamped(sheets.workbook(fill), stamp)


def _form(book: Workbook, name: str, content: dict[str, Any], tiers: list[dict[str, Any]], heading: str, stamp: Stamp) -> None:
    sheet = sheets.add_sheet(book, name)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, NAME_WIDTH)
    sheet.set_column(2, 12, 11.5)
    _title(book, sheet, content["head"])
    _head(book, sheet, heading)
    last = _body(book, sheet, tiers)
    for number, note in enumerate((f"Ghi chú: {NOTES[0]}", *NOTES[1:], stamp.line()), start=last + 2):
        sheets.write(book, sheet, number, 0, note, italic=True, font_size=10)
    sheets.foot(sheet, stamp.line())
    sheet.repeat_rows(FIRST_ROW - 4, FIRST_ROW - 1)
    sheet.freeze_panes(FIRST_ROW, 2)


def _title(book: Workbook, sheet: Worksheet, head: dict[str, Any]) -> None:
    department, days = head["department"], head["period"]
    centre: dict[str, Any] = {"align": "center", "text_wrap": True}
    sheet.merge_range(0, 0, 0, 3, "Biểu số II.06a/VPCP/KSTT", sheets.style(book, bold=True))
    sheet.merge_range(1, 0, 1, 3, "Ban hành theo Thông tư số 01/2020/TT-VPCP", sheets.style(book, italic=True, font_size=11))
    sheet.merge_range(0, 8, 0, 12, f"Đơn vị báo cáo: {department['name']} tỉnh {department['province']}", sheets.style(book, **centre))
    sheet.merge_range(1, 8, 1, 12, f"Đơn vị nhận báo cáo: {department['report_to']}", sheets.style(book, **centre))
    title = "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT TTHC"
    sheet.set_row(3, 22)
    sheet.merge_range(3, 0, 3, 12, title, sheets.style(book, bold=True, font_size=14, **centre))
    period = f"Kỳ báo cáo: {head['title']} (từ ngày {wording.day(days.start)} đến ngày {wording.day(days.end)})"
    sheet.merge_range(4, 0, 4, 12, period, sheets.style(book, **centre))
    if head["limits"]:
        sheet.merge_range(5, 0, 5, 12, f"Phạm vi: {head['limits']}", sheets.style(book, **centre))
    if head["simulated"]:
        warning = "DỮ LIỆU MẪU – không phải số liệu chính thức"
        sheet.merge_range(6, 0, 6, 12, warning, sheets.style(book, bold=True, font_color="#B00020", **centre))
    sheet.merge_range(7, 8, 7, 12, "Đơn vị tính: Số hồ sơ TTHC", sheets.style(book, italic=True, align="right"))


def _head(book: Workbook, sheet: Worksheet, heading: str) -> None:
    head, top = sheets.style(book, **HEAD), FIRST_ROW - 4
    sheet.merge_range(top, 0, top + 2, 0, "STT", head)
    sheet.merge_range(top, 1, top + 2, 1, heading, head)
    sheet.merge_range(top, 2, top, 5, "Số lượng hồ sơ tiếp nhận", head)
    sheet.merge_range(top, 6, top, 9, "Số lượng hồ sơ đã giải quyết", head)
    sheet.merge_range(top, 10, top, 12, "Số lượng hồ sơ đang giải quyết", head)
    sheet.merge_range(top + 1, 3, top + 1, 4, "Trong kỳ", head)
    columns = settings.read("form_06a").values()
    for place, column in enumerate(columns, start=2):
        if place in (3, 4):  # below "Trong kỳ"
            sheet.write(top + 2, place, column["head"], head)
        else:
            sheet.merge_range(top + 1, place, top + 2, place, column["head"], head)
    sheet.set_row(top + 2, 48)
    small = sheets.style(book, **{**HEAD, "bold": False, "italic": True, "font_size": 9})
    for place, number in enumerate(["A", "B", *(column["number"] for column in columns)]):
        sheet.write_string(top + 3, place, number, small)
    sheet.set_row(top + 3, 26)


def _body(book: Workbook, sheet: Worksheet, tiers: list[dict[str, Any]]) -> int:
    """Write every tier's rows and the total row; gives the total row's index."""
    row, counted = FIRST_ROW, []
    for place, tier in enumerate(tiers):
        records = tier["rows"].to_dict("records")
        if tier["tier"]:
            heading_row, row = row, row + 1
            counted.append(heading_row)
        for number, record in enumerate(records, start=1):
            _line(book, sheet, row, number, record)
            if not tier["tier"]:
                counted.append(row)
            row += 1
        if tier["tier"]:
            spans = [f"SUM({cell(heading_row + 1, c)}:{cell(row - 1, c)})" for c in range(2, 13)] if records else ["0"] * 11
            _sums(book, sheet, heading_row, chr(ord("A") + place), f"TTHC cấp: {tier['tier']}", spans, _added([tier]))
    if len(tiers) == 1 and not tiers[0]["tier"] and counted:
        formulas = [f"SUM({cell(counted[0], c)}:{cell(counted[-1], c)})" for c in range(2, 13)]
    else:
        formulas = ["+".join(cell(at, c) for at in counted) or "0" for c in range(2, 13)]
    _sums(book, sheet, row, "", "TỔNG SỐ", formulas, _added(tiers))
    law = f'IF({cell(row, 2)}={cell(row, 6)}+{cell(row, 10)},"Khớp: (1) = (5) + (9)","LỆCH: (1) khác (5) + (9)")'
    sheet.write_formula(row + 1, 1, f"={law}", sheets.style(book, italic=True, font_size=10), "Khớp: (1) = (5) + (9)")
    return row + 1


def _line(book: Workbook, sheet: Worksheet, row: int, number: int, record: dict[str, Any]) -> None:
    sheets.write(book, sheet, row, 0, number, "integer", border=1, align="center")
    sheets.write(book, sheet, row, 1, record["group"], border=1, text_wrap=True)
    sheet.set_row(row, sheets.height((record["group"], NAME_WIDTH)))
    form = sheets.style(book, border=1, num_format=sheets.NUMBER_FORMS["integer"])
    for place, (name, column) in enumerate(settings.read("form_06a").items(), start=2):
        if "adds" in column:
            parts = f"SUM({cell(row, place + 1)}:{cell(row, place + column['adds'])})"
            sheet.write_formula(row, place, f"={parts}", form, int(record[name]))
        else:
            sheets.write(book, sheet, row, place, record[name], "integer", border=1)


def _sums(book: Workbook, sheet: Worksheet, row: int, number: str, label: str, formulas: list[str], values: list[int]) -> None:
    strong: dict[str, Any] = {"bold": True, "border": 1, "bg_color": "#EEF3F7"}
    sheets.write(book, sheet, row, 0, number, align="center", **strong)
    sheets.write(book, sheet, row, 1, label, text_wrap=True, **strong)
    sheet.set_row(row, sheets.height((label, NAME_WIDTH - 4)))
    form = sheets.style(book, num_format=sheets.NUMBER_FORMS["integer"], **strong)
    for place, (formula, value) in enumerate(zip(formulas, values, strict=True)):
        sheet.write_formula(row, place + 2, f"={formula}", form, value)


def _added(tiers: list[dict[str, Any]]) -> list[int]:
    columns = list(settings.read("form_06a"))
    frames = [tier["rows"] for tier in tiers if len(tier["rows"])]
    return [int(total) for total in pd.concat(frames)[columns].sum()] if frames else [0] * len(columns)
