"""The process that parses a workbook: bytes in through stdin, one Arrow stream a sheet out through stdout.

A workbook can make the parser run out of memory and abort, which no `try` survives; so it runs alone, under limits.
Called as `python excel_child.py MEMORY_BYTES COLUMNS`. A failure is an empty stream with the metadata key "error".
"""

from __future__ import annotations

import sys
from typing import BinaryIO

import fastexcel
import pyarrow as pa
from pyarrow import ipc


def main(memory_bytes: int, columns: int) -> None:
    """Write each visible sheet with all cells as text, leading blank rows kept, so that row i is spreadsheet row i + 1."""
    _limit_memory(memory_bytes)
    content, out = sys.stdin.buffer.read(), sys.stdout.buffer
    try:
        workbook = fastexcel.read_excel(content)
        del content
        for sheet in workbook.sheet_names:
            _write_sheet(workbook, sheet, columns, out)
    except fastexcel.FastExcelError as error:
        _write(pa.table({}), {"error": "password" if "password" in str(error).lower() else "damaged"}, out)


def _write_sheet(workbook: fastexcel.ExcelReader, name: str, columns: int, out: BinaryIO) -> None:
    sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    if sheet.visible != "visible" or not sheet.width:
        return
    if sheet.width > columns:
        _write(pa.table({}), {"error": "columns", "sheet": name}, out)
        return
    _write(pa.Table.from_batches([sheet.to_arrow()]), {"sheet": name}, out)


def _write(table: pa.Table, metadata: dict[str, str], out: BinaryIO) -> None:
    table = table.replace_schema_metadata(metadata)
    with ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the look-over before and the time limit remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
