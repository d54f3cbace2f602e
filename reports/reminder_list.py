"""Danh sách đôn đốc (XLSX): the dossiers of one section or unit that need a call; no officers' names."""

from __future__ import annotations

from typing import Any

from xlsxwriter.workbook import Workbook

from reports import sheet as sheets
from reports.stamp import Stamp, stamped

COLUMNS = {
    "dossier_code": ("Mã hồ sơ", "text"),
    "procedure": ("Thủ tục hành chính", "text"),
    "unit": ("Đơn vị", "text"),
    "section": ("Phòng ban", "text"),
    "received_on": ("Ngày tiếp nhận", "date"),
    "due_on": ("Ngày hẹn trả", "date"),
    "days_left": ("Còn lại (ngày làm việc)", "integer"),
    "state": ("Tình trạng", "text"),
    "noticed_on": ("Đã thông báo ngày", "date"),
    "last_note": ("Ghi chú đôn đốc gần nhất", "text"),
}


def build(content: dict[str, Any], stamp: Stamp) -> bytes:
    """`content` of metrics.reminders.reminder_content as a workbook of one sheet."""

    def fill(book: Workbook) -> None:
        sheet = sheets.add_sheet(book, "Danh sách đôn đốc")
        title = f"Hồ sơ cần đôn đốc – {content['addressee']}"
        colour = content["head"]["department"]["colour"]
        shown = content["cases"].reindex(columns=list(COLUMNS))
        sheets.table(book, sheet, shown, COLUMNS, title=title, note=stamp.line(), colour=colour)
        sheets.foot(sheet, stamp.line())

    return stamped(sheets.workbook(fill), stamp)
