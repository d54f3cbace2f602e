"""A worksheet in the department's style: typed columns, a filter, Vietnamese dates, and text that never becomes a formula."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from metrics import wording

FONT = {"font_name": "Times New Roman", "font_size": 12}
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
# [$-42A]: Vietnamese, so that LibreOffice writes 1.234,5 whatever its own language; Excel follows the user's regional settings
NUMBER_FORMS = {
    "integer": "[$-42A]#,##0",
    "number": "[$-42A]#,##0.0",
    "share": "[$-42A]0.0%",
    "date": "dd/mm/yyyy",
    "moment": "hh:mm dd/mm/yyyy",
}
NARROWEST, WIDEST = 9, 60
SHEET_NAME_LIMIT = 31
LINE_HEIGHT = 16.5  # points of one line of text


def height(*texts: tuple[object, float]) -> float:
    """The height of a row that shows each text whole in a column of the given width (in characters): nobody else sets it."""
    return LINE_HEIGHT * max(max(1, math.ceil(len(str(text)) / width)) for text, width in texts)


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    """The bytes of a workbook that `fill` writes into."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    fill(book)
    book.close()
    return out.getvalue()


def style(book: Workbook, **properties: Any) -> Format:
    """A cell format in the sheet's type; the same properties give the same format."""
    formats: dict[str, Format] = book.__dict__.setdefault("styles_in_use", {})
    key = repr(sorted(properties.items()))
    if key not in formats:
        formats[key] = book.add_format({**FONT, "valign": "vcenter", **properties})
    return formats[key]


def write(book: Workbook, sheet: Worksheet, row: int, column: int, value: Any, kind: str = "text", **properties: Any) -> None:
    """One cell by its kind (text, integer, number, share, date, moment, boolean); a missing value is an empty cell."""
    if kind in NUMBER_FORMS:
        properties = {"num_format": NUMBER_FORMS[kind], **properties}
    if wording.missing(value) or value == wording.OPEN_END:
        sheet.write_blank(row, column, None, style(book, **properties))
    elif kind in ("date", "moment") and isinstance(value, date | datetime):
        plain = value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
        sheet.write_datetime(row, column, plain, style(book, **properties))
    elif kind in ("integer", "number", "share"):
        sheet.write_number(row, column, float(value), style(book, **properties))
    elif kind == "boolean":
        sheet.write_string(row, column, "có" if value else "không", style(book, **properties))
    else:
        text = str(value)
        if text.startswith(FORMULA_STARTS):
            properties = {**properties, "quote_prefix": True}
        sheet.write_string(row, column, text, style(book, **properties))


def add_sheet(book: Workbook, name: str) -> Worksheet:
    """A new worksheet whose name Excel accepts: 31 signs, no []:*?/\\, not used before."""
    clean = "".join(" " if sign in "[]:*?/\\" else sign for sign in name).strip("' ")[:SHEET_NAME_LIMIT] or "Bảng"
    taken, number, unique = {sheet.name.lower() for sheet in book.worksheets()}, 2, clean
    while unique.lower() in taken:
        ending = f" {number}"
        unique, number = clean[: SHEET_NAME_LIMIT - len(ending)] + ending, number + 1
    sheet = book.add_worksheet(unique)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    return sheet


def foot(sheet: Worksheet, line: str) -> None:
    """The source line and page number at the foot of each printed page."""
    sheet.set_footer(f"&L&8{line.replace('&', '&&')}&R&8Trang &P/&N"[:255])


def table(
    book: Workbook, sheet: Worksheet, frame: pd.DataFrame, columns: dict[str, tuple[str, str]], *, title: str, note: str, colour: str
) -> None:
    """A title, a note, then `frame` with a filter; `columns` gives each column's heading and kind. No rows: says so."""
    write(book, sheet, 0, 0, title, bold=True, font_size=14)
    write(book, sheet, 1, 0, note, italic=True, font_size=10)
    head: dict[str, Any] = {"bold": True, "font_color": "#FFFFFF", "bg_color": colour, "text_wrap": True, "align": "center", "border": 1}
    shown = [name for name in frame.columns if name in columns]
    widths: dict[str, float] = {}
    for place, name in enumerate(shown):
        heading, kind = columns[name]
        write(book, sheet, 3, place, heading, **head)
        values = frame[name].tolist()
        for row, value in enumerate(values, start=4):
            write(book, sheet, row, place, value, kind, border=1, text_wrap=kind == "text")
        longest = max([len(str(value)) for value in values] + [0]) if kind == "text" else 10
        widths[name] = min(WIDEST, max(NARROWEST, longest + 2, min(18, len(heading) + 2)))
        sheet.set_column(place, place, widths[name])
    texts = [name for name in shown if columns[name][1] == "text"]
    for row, record in enumerate(frame[texts].to_dict("records"), start=4):
        sheet.set_row(row, height(*((value, widths[str(name)]) for name, value in record.items())) if record else None)
    sheet.set_row(3, height(*((columns[name][0], widths[name] - 2) for name in shown)) if shown else None)
    if frame.empty:
        write(book, sheet, 4, 0, "Không có dòng nào trong kỳ.", italic=True)
    elif shown:
        sheet.autofilter(3, 0, 3 + len(frame), len(shown) - 1)
    sheet.freeze_panes(4, 1)
    sheet.repeat_rows(3)
