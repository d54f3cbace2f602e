"""Tables as files: CSV and XLSX that a Vietnamese Excel opens right, with no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd

from metrics.wording import missing

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(rows: pd.DataFrame) -> bytes:
    """UTF-8 with BOM, `;` between cells, decimal comma: what Excel with Vietnamese settings opens by a double click."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(str(column)) for column in rows.columns])
    for row in rows.itertuples(index=False):
        writer.writerow([_csv_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(rows: pd.DataFrame, title: str) -> bytes:
    """One sheet: a bold heading row that stays in sight, numbers as numbers, dates as dates, all text as text."""
    import xlsxwriter  # loaded only when somebody downloads

    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet("".join(sign for sign in title if sign not in r"[]:*?/\'")[:31] or "Bảng")
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for column, name in enumerate(rows.columns):
            sheet.write_string(0, column, str(name), heading)
            widest = max([len(str(name)), *(len(str(value)) for value in rows[name].head(200))])
            sheet.set_column(column, column, min(60, max(10, widest + 2)))
        for number, row in enumerate(rows.itertuples(index=False), start=1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, day)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if missing(value):
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "có" if value else "không")
    elif hasattr(value, "year"):
        sheet.write_datetime(row, column, pd.Timestamp(value).to_pydatetime(), day)
    elif isinstance(value, int | float) or hasattr(value, "item"):
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, str(value))


def _csv_cell(value: Any) -> str:
    if missing(value):
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if hasattr(value, "year"):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float) or hasattr(value, "item"):
        return str(value).replace(".", ",")
    return _safe(str(value))


def _safe(text: str) -> str:
    """A leading apostrophe makes spreadsheet programs read the cell as text."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
