"""Small files in, plain rows out: what the tests of the readers share."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from warehouse.mapping import Profile, mapped_rows, propose
from warehouse.read import read_file


def rows_of(content: bytes, name: str, kind: str | None = None, profile: Profile | None = None) -> list[dict[str, Any]]:
    """The mapped rows of the file's only table, without sheet and empty cells."""
    [table] = [table for table in read_file(content, name) if propose(table, kind, profile)]
    [mapping] = propose(table, kind, profile)
    rows = mapped_rows(table, mapping).drop_columns(["sheet"]).to_pylist()
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def csv_rows(text: str, encoding: str = "utf-8", **options: Any) -> list[dict[str, Any]]:
    return rows_of(text.encode(encoding), "hồ sơ.csv", **options)


def workbook(sheets: dict[str, list[list[Any]]], merged: dict[str, list[tuple[int, int, int, int]]] | None = None) -> bytes:
    """An .xlsx with these cells (None = empty); `merged` are (first row, first column, last row, last column) of each sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if value is not None:
                        sheet.write(r, c, value)
            for first_row, first_column, last_row, last_column in (merged or {}).get(name, []):
                sheet.merge_range(first_row, first_column, last_row, last_column, rows[first_row][first_column])
    return file.getvalue()
