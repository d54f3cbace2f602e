"""The refused rows as a download: row number, reason and the mapped columns under the file's own headers, nothing else."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa

from warehouse.archive import Part
from warehouse.build.fold import Folded

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: str | None) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = value or ""
    return f"'{text}" if text.startswith(FORMULA) else text


def write_refused(file: Path, parts: list[tuple[Part, pa.Table, Folded]]) -> int:
    """Write the refused rows of one kind of one batch as CSV (UTF-8 with BOM, so that Excel shows it right); returns their number."""
    written = 0
    columns: dict[str, str] = {}
    for part, _, _ in parts:
        columns |= part.headers
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Trang tính", "Dòng", "Lý do", *columns.values()])
        for part, rows, folded in parts:
            mapped = [name for name in columns if name in rows.column_names]
            for refused in folded.refused_rows.to_pylist():
                row = {name: rows[name][refused["line"]].as_py() for name in mapped if name in part.headers}
                values = [cell(row.get(name)) for name in columns]
                writer.writerow([cell(refused["sheet"]), refused["row_number"], refused["text"], *values])
                written += 1
    return written
