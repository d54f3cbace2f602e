"""Bộ số liệu (XLSX): every table behind the pages on a sheet of its own, typed and filtered, and a sheet that explains each column."""

from __future__ import annotations

from typing import Any

import pandas as pd
from xlsxwriter.workbook import Workbook

import settings
from reports import sheet as sheets
from reports.stamp import Stamp, stamped

GUIDE = {
    "sheet": ("Trang tính", "text"),
    "about": ("Mỗi dòng là", "text"),
    "heading": ("Cột", "text"),
    "kind": ("Kiểu", "text"),
    "means": ("Ý nghĩa", "text"),
}
KINDS = {
    "text": "chữ",
    "integer": "số nguyên",
    "number": "số",
    "share": "tỷ lệ",
    "date": "ngày",
    "moment": "thời điểm",
    "boolean": "có/không",
}


def build(content: dict[str, Any], stamp: Stamp) -> bytes:
    """`content` of metrics.data_pack.data_pack_content: head and parts."""
    known: dict[str, tuple[str, str, str]] = settings.read("report_columns")
    colour = content["head"]["department"]["colour"]

    def fill(book: Workbook) -> None:
        guide = sheets.add_sheet(book, "Giải thích")
        lines = []
        for part in content["parts"]:
            columns = _typed(part.rows, known)
            sheet = sheets.add_sheet(book, part.name)
            sheets.table(book, sheet, part.rows, columns, title=part.name, note=stamp.line(), colour=colour)
            sheets.foot(sheet, stamp.line())
            lines += [
                {"sheet": sheet.name, "about": part.about, "heading": heading, "kind": KINDS[kind], "means": known[name][2]}
                for name, (heading, kind) in columns.items()
            ]
        title = f"Bộ số liệu – {content['head']['title']}"
        sheets.table(book, guide, pd.DataFrame(lines), GUIDE, title=title, note=stamp.line(), colour=colour)
        sheets.foot(guide, stamp.line())

    return stamped(sheets.workbook(fill), stamp)


def _typed(rows: pd.DataFrame, known: dict[str, tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    """Heading and kind of the columns that are explained; a column holding words is text whatever the settings say."""
    columns = {}
    for name in rows.columns:
        if name in known:
            heading, kind, _ = known[name]
            words = any(isinstance(value, str) for value in rows[name])
            columns[name] = (heading, "text" if words else kind)
    return columns
