"""Read the form 06a that the one-stop-shop software prints (XLSX or XLS) back into cells, to be compared with our own."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

import settings
from warehouse.read.source import UnreadableFile
from warehouse.read.words import fold
from warehouse.read.workbook import sheets_of

TOTAL = ""
NUMBERED = re.compile(r"^\(\s*\d{1,2}\s*\)(\s*=.*)?$")
WHOLE = re.compile(r"^-?\d+(\.0+)?$")
GROUPED = re.compile(r"^-?\d{1,3}([.,\s]\d{3})+$")


def printed_form(content: bytes, name: str) -> pd.DataFrame:
    """One row a printed cell: group (the field's name; "" for the form's total), column (of settings/form_06a.toml), printed.

    The first sheet with a row of column numbers (1) … (11) is read; a field printed under several tiers is added up. Raises
    UnreadableFile when no sheet has such a row.
    """
    columns = list(settings.read("form_06a"))
    for _, cells in sheets_of(content, name, settings.read("reading")):
        rows = [
            ["" if cell is None else str(cell).strip() for cell in row] for row in zip(*(c.to_pylist() for c in cells.columns), strict=True)
        ]
        numbered = next((place for place, row in enumerate(rows) if len(_numbers(row)) >= len(columns)), None)
        if numbered is not None:
            return _cells(rows[numbered + 1 :], dict(zip(columns, _numbers(rows[numbered])[-len(columns) :], strict=True)))
    raise UnreadableFile(
        f"Tệp {name}: không tìm thấy dòng số cột (1) đến (11) của Biểu 06a. Hãy dùng biểu in từ phần mềm một cửa, dạng Excel."
    )


def _numbers(row: Sequence[str]) -> list[int]:
    return [place for place, cell in enumerate(row) if NUMBERED.match(cell)]


def _cells(rows: list[list[str]], places: dict[str, int]) -> pd.DataFrame:
    """`places`: column of the form → its place in a row."""
    first = min(places.values())
    found: list[dict[str, object]] = []
    for row in rows:
        before = [cell for cell in row[:first] if cell]
        counts = {column: _count(row[place]) for column, place in places.items()}
        if not before or all(count is None for count in counts.values()):
            continue
        total = fold(before[-1]).startswith("tong")
        if total or (len(before) > 1 and before[0].rstrip(".").removesuffix(".0").isdigit()):
            group = TOTAL if total else before[-1]
            found += [{"group": group, "column": column, "printed": count} for column, count in counts.items()]
    frame = pd.DataFrame(found, columns=["group", "column", "printed"]).astype({"printed": "float64"})
    return frame.groupby(["group", "column"], sort=False, as_index=False)["printed"].sum(min_count=1)


def _count(cell: str) -> float | None:
    """A printed count: 1234, 1.234, 1,234 or 1 234; a dash or nothing is no figure."""
    if WHOLE.match(cell):
        return float(cell)
    return float(re.sub(r"[.,\s]", "", cell)) if GROUPED.match(cell) else None
