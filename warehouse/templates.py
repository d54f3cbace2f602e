"""Empty import templates: one XLSX a kind, headed in Vietnamese, with the words each column understands on a second sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

import settings

_FORMATS = {"date": "dd/mm/yyyy", "time": "dd/mm/yyyy hh:mm", "number": "#,##0.##", "integer": "0", "share": "0.0###"}
_HINTS = {
    "text": "Chữ",
    "name": "Tên, viết như nhau ở mọi dòng",
    "date": "Ngày, dạng dd/MM/yyyy",
    "time": "Ngày hoặc ngày giờ, dạng dd/MM/yyyy HH:mm",
    "number": "Số",
    "integer": "Số nguyên",
    "share": "Tỷ lệ từ 0 đến 1, ví dụ 0,853",
    "code": "Một trong các từ ở cột bên",
}
_JSON_ONLY = {"json", "phrase"}  # columns that only the national portal's JSON carries
_ROWS = 5_000  # rows that get drop-down lists


def template_columns(kind: str) -> dict[str, dict[str, Any]]:
    """The canonical columns of a kind that a spreadsheet can carry. Raises FileNotFoundError for a kind that does not exist."""
    columns = settings.read(f"kinds/{kind}")["columns"]
    return {name: column for name, column in columns.items() if column["type"] not in _JSON_ONLY}


def write_template(kind: str, file: Path | BinaryIO) -> None:
    """Write the empty template of a kind: headers, column formats, drop-down lists of allowed words, a sheet of instructions."""
    rules, columns = settings.read(f"kinds/{kind}"), template_columns(kind)
    needed = {*rules["detect_all"], *rules["key"]}
    with xlsxwriter.Workbook(file if not isinstance(file, Path) else str(file)) as book:
        sheet = book.add_worksheet(_sheet_name(rules["label"]))
        guide = book.add_worksheet("Hướng dẫn")
        head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "bg_color": "#DCE6F1"})
        for place, column in enumerate(columns.values()):
            width = max(14, len(column["header"]) + 2)
            sheet.set_column(place, place, width, book.add_format({"num_format": _FORMATS.get(column["type"], "@")}))
            sheet.write_string(0, place, column["header"], head)
            words = _words(column)
            if words and sum(map(len, words)) + len(words) <= 255:  # Excel's limit for a list
                choice = {"validate": "list", "source": words, "error_type": "warning"}
                sheet.data_validation(1, place, _ROWS, place, choice)
        sheet.freeze_panes(1, 0)
        _write_guide(guide, columns, needed, head)


def _write_guide(guide: Any, columns: dict[str, dict[str, Any]], needed: set[str], head: Any) -> None:
    guide.write_row(0, 0, ["Tên cột trong mẫu", "Bắt buộc nhập", "Cách ghi", "Các từ được hiểu"], head)
    guide.set_column(0, 2, 34)
    guide.set_column(3, 3, 90)
    for line, (name, column) in enumerate(columns.items(), 1):
        required = "Có" if name in needed else ""
        guide.write_row(line, 0, [column["header"], required, _HINTS[column["type"]], "; ".join(_words(column))])


def _words(column: dict[str, Any]) -> list[str]:
    """One word a code, the way staff write it (a bare code number only where it has no word)."""
    if column["type"] != "code":
        return []
    codes = settings.read("code_words")[column["words"]]
    return [next((word for word in words if not word.isascii() or not word.isdigit()), words[0]) for words in codes.values()]


def _sheet_name(label: str) -> str:
    return "".join(sign for sign in label if sign not in "[]:*?/\\")[:31]
