"""Read the form 06a that the one-stop-shop software prints (XLSX or XLS) back into cells, to be compared with our own."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

import settings
from warehouse.read.source import UnreadableFile
from warehouse.read.words import fold
from warehouse.read.workbook import _sheets as sheets_of

COLUMNS = (
    "received_total",
    "received_online",
    "received_direct_postal",
    "carried_over",
    "resolved_total",
    "early",
    "on_time",
    "late",
    "in_progress_total",
    "within_term",
    "overdue",
)
TOTAL = ""
NUMBERED = re.compile(r"^\(\s*\d{1,2}\s*\)(\s*=.*)?$")
WHOLE = re.compile(r"^-?\d+(\.0+)?$")
GROUPED = re.compile(r"^-?\d{1,3}([.,\s]\d{3})+$")


def printed_form(content: bytes, name: str) -> pd.DataFrame:
    """One row a printed cell: group (the field's name; "" for the form's total), column (see COLUMNS), printed.

    The first sheet with a row of column numbers (1) … (11) is read; a field printed under several tiers is added up. Raises
    UnreadableFile when no sheet has such a row.
    """
    for _, cells in sheets_of(content, name, settings.read("reading")):
        rows = [
            ["" if cell is None else str(cell).strip() for cell in row] for row in zip(*(c.to_pylist() for c in cells.columns), strict=True)
        ]
        numbered = next((place for place, row in enumerate(rows) if len(_numbers(row)) >= len(COLUMNS)), None)
        if numbered is not None:
            return _cells(rows[numbered + 1 :], _numbers(rows[numbered])[-len(COLUMNS) :])
    raise UnreadableFile(
        f"Tệp {name}: không tìm thấy dòng số cột (1) đến (11) của Biểu 06a. Hãy dùng biểu in từ phần mềm một cửa, dạng Excel."
    )


def _numbers(row: Sequence[str]) -> list[int]:
    return [place for place, cell in enumerate(row) if NUMBERED.match(cell)]


def _cells(rows: list[list[str]], places: list[int]) -> pd.DataFrame:
    found: list[dict[str, object]] = []
    for row in rows:
        before = [cell for cell in row[: places[0]] if cell]
        values = [_count(row[place]) for place in places]
        if not before or all(value is None for value in values):
            continue
        total = fold(before[-1]).startswith("tong")
        if total or (len(before) > 1 and before[0].rstrip(".").removesuffix(".0").isdigit()):
            group = TOTAL if total else before[-1]
            found += [{"group": group, "column": column, "printed": value} for column, value in zip(COLUMNS, values, strict=True)]
    frame = pd.DataFrame(found, columns=["group", "column", "printed"]).astype({"printed": "float64"})
    return frame.groupby(["group", "column"], sort=False, as_index=False)["printed"].sum(min_count=1)


def _count(cell: str) -> float | None:
    """A printed count: 1234, 1.234, 1,234 or 1 234; a dash or nothing is no figure."""
    if WHOLE.match(cell):
        return float(cell)
    return float(re.sub(r"[.,\s]", "", cell)) if GROUPED.match(cell) else None
