"""What a reader hands over: a table of an export file, as its own words, before any mapping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as compute

from warehouse.read.words import Vocabulary


class UnreadableFile(Exception):
    """A file, sheet or line that cannot be read. `str()` is one clear Vietnamese message without any cell's content."""


@dataclass(frozen=True)
class SourceTable:
    """One table found in a file: one row is one data line below the header.

    `sample` holds the first data rows, `load(columns)` all of them; both name string columns by the column's index ("0", "1", …)
    and use null for an empty cell. `load` adds `row_number`, the line as a spreadsheet shows it (from 1; for JSON the object's
    place). Empty lines and the totals and signatures below a table are not data rows.
    """

    file: str
    sheet: str | None
    headers: tuple[str, ...]
    sample: pa.Table
    load: Callable[[Sequence[int]], pa.Table]
    kind: str | None = None


def trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column without white space around its values; what is then empty is null."""
    text = compute.utf8_trim_whitespace(column)
    lengths = compute.binary_length(text)
    if compute.min(lengths).as_py() == 0:
        return compute.if_else(compute.equal(lengths, 0), pa.scalar(None, text.type), text)
    unchanged = compute.sum(lengths).as_py() == compute.sum(compute.binary_length(column)).as_py()
    return column if unchanged else text  # the old one: a second copy of a large file's cells would double the memory


def without_personal(cells: pa.Table, headers: Sequence[str], vocabulary: Vocabulary) -> pa.Table:
    """Cells named "0", "1", … with the columns of applicants' personal data emptied."""
    nothing = pa.nulls(cells.num_rows, pa.string())
    for index, header in enumerate(headers):
        if vocabulary.is_personal(header):
            cells = cells.set_column(cells.column_names.index(str(index)), str(index), nothing)
    return cells


def string_table(rows: Sequence[Sequence[str | None]], width: int) -> pa.Table:
    """Rows of cells (short ones padded, long ones cut) as string columns named "0", "1", …"""
    columns = {
        str(index): trimmed(pa.chunked_array([pa.array([row[index] if index < len(row) else None for row in rows], pa.string())]))
        for index in range(width)
    }
    return pa.table(columns)
