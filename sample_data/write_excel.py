"""Workbooks as different systems write them: merged titles, one or two header lines, STT, totals, real dates beside text dates."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
import xlwt

MADE = datetime(2021, 1, 4, 8, 0)  # a fixed day, so that equal content gives equal bytes
GROUP = "|"  # "Quá trình xử lý|Ngày gửi" is a column under a merged head


def write_xlsx(path: Path, sheets: dict[str, pd.DataFrame], title: list[str], number: bool = True) -> None:
    """One sheet an entry; dates become real dates, texts stay texts; a column named `group|name` stands under a merged head."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy hh:mm", "in_memory": True}) as book:
        book.set_properties({"title": title[0], "created": MADE})
        bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True})
        for name, frame in sheets.items():
            sheet = book.add_worksheet(name)
            row = write_titles(sheet, title, len(frame.columns), bold)
            row = write_header(sheet, row, (["STT"] if number else []) + list(frame.columns), bold)
            for position, cells in enumerate(frame.itertuples(index=False), start=1):
                for column, cell in enumerate((position, *cells) if number else cells):
                    write_cell(sheet, row, column, cell)
                row += 1
            if number:
                sheet.write(row + 1, 1, f"Tổng cộng: {len(frame)}")
                sheet.write(row + 3, 1, "Người lập biểu", bold)
                sheet.write(row + 3, 5, "Thủ trưởng đơn vị", bold)


def write_titles(sheet: Any, title: list[str], width: int, bold: Any) -> int:
    """Merged title lines and an empty one; the row of the header."""
    for row, line in enumerate(title):
        sheet.merge_range(row, 0, row, max(width - 1, 1), line, bold)
    return len(title) + 1


def write_header(sheet: Any, row: int, names: list[str], bold: Any) -> int:
    """One header line, or two merged ones where a name has a group; the first row below."""
    if not any(GROUP in name for name in names):
        sheet.write_row(row, 0, names, bold)
        return row + 1
    groups = [name.split(GROUP)[0] for name in names]
    for column, name in enumerate(names):
        if GROUP not in name:
            sheet.merge_range(row, column, row + 1, column, name, bold)
            continue
        sheet.write(row + 1, column, name.split(GROUP)[1], bold)
        if column == 0 or groups[column - 1] != groups[column]:
            last = max(number for number, group in enumerate(groups) if group == groups[column])
            sheet.merge_range(row, column, row, last, groups[column], bold)
    return row + 2


def write_cell(sheet: Any, row: int, column: int, cell: Any) -> None:
    """Real dates as dates, numbers as numbers, everything else as text; nulls stay empty."""
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, cell)
    elif pd.isna(cell):
        return
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell)
    else:
        sheet.write_number(row, column, cell)


def write_xls(path: Path, sheets: dict[str, pd.DataFrame], title: list[str]) -> None:
    """The same in the old binary format."""
    book = xlwt.Workbook(encoding="utf-8")
    date, bold = xlwt.easyxf(num_format_str="dd/mm/yyyy hh:mm"), xlwt.easyxf("font: bold on; align: horiz center")
    for name, frame in sheets.items():
        sheet = book.add_sheet(name)
        for row, line in enumerate(title):
            sheet.write_merge(row, row, 0, 9, line, bold)
        row = len(title) + 1
        for column, header in enumerate(["STT", *frame.columns]):
            sheet.write(row, column, header, bold)
        for position, cells in enumerate(frame.itertuples(index=False), start=1):
            for column, cell in enumerate((position, *cells)):
                if not isinstance(cell, str) and pd.isna(cell):
                    continue
                if isinstance(cell, pd.Timestamp):
                    sheet.write(row + position, column, cell.to_pydatetime(), date)
                elif cell != "":
                    sheet.write(row + position, column, cell)
        sheet.write(row + len(frame) + 2, 1, f"Tổng cộng: {len(frame)}")
        sheet.write(row + len(frame) + 4, 1, "Người lập biểu", bold)
    book.save(str(path))
