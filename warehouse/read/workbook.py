"""Excel workbooks (.xlsx, .xls): looked over here, parsed in a child process, cut into tables here."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute
from pyarrow import ipc

import settings
from warehouse.read.header import find_header, rows_before_footer
from warehouse.read.source import SourceTable, UnreadableFile, trimmed, without_personal
from warehouse.read.words import Vocabulary, read_vocabulary
from warehouse.read.zip_guard import check_workbook

_CHILD = Path(__file__).with_name("excel_child.py")
_TOO_LARGE = (
    "Tệp {name} quá lớn hoặc bị hỏng nên không đọc được trong giới hạn cho phép. Hãy mở bằng Excel, xóa ô thừa, lưu lại dạng .xlsx."
)


def read_workbook(content: bytes, name: str) -> list[SourceTable]:
    """The tables of all visible sheets, at most one a sheet. Raises UnreadableFile."""
    limits, vocabulary = settings.read("reading"), read_vocabulary()
    tables = []
    for sheet, cells in sheets_of(content, name, limits):
        table = _table(cells, name, sheet, limits, vocabulary)
        if table is not None:
            tables.append(table)
    return tables


def sheets_of(content: bytes, name: str, limits: dict[str, Any]) -> list[tuple[str, pa.Table]]:
    """Name and text cells of each visible sheet, within the limits of settings/reading.toml. Raises UnreadableFile.

    Parsed in the child while the zip is looked over here: the look takes a third of the time, and a bad one ends the child.
    """
    child = _start_child(limits)
    timer = threading.Timer(limits["sheet_seconds"], child.kill)
    sender = threading.Thread(target=_send, args=(child, content))
    try:
        timer.start()
        sender.start()
        if content.startswith(b"PK"):
            check_workbook(content, name, limits)
        else:
            _check_ole(content, name)
        return _received(child, name)
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        sender.join()
        assert child.stdout
        child.stdout.close()


def _send(child: subprocess.Popen[bytes], content: bytes) -> None:
    assert child.stdin
    # A child that ended early has closed its end: what it said on stdout, or its exit code, tells why.
    with suppress(OSError), child.stdin:
        child.stdin.write(content)


def _start_child(limits: dict[str, Any]) -> subprocess.Popen[bytes]:
    # As a file, not as a module: the child then loads nothing of ours, and starts in half the time. -P keeps this folder off its path.
    command = [sys.executable, "-P", str(_CHILD), str(limits["sheet_memory_bytes"]), str(limits["columns"])]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _received(child: subprocess.Popen[bytes], name: str) -> list[tuple[str, pa.Table]]:
    assert child.stdout
    sheets = []
    try:
        while child.stdout.peek(1):  # type: ignore[attr-defined]
            table = ipc.open_stream(child.stdout).read_all()
            metadata = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
            if "error" in metadata:
                raise UnreadableFile(_message(metadata, name))
            sheets.append((metadata["sheet"], table))
    except (OSError, pa.ArrowInvalid) as error:
        raise UnreadableFile(_TOO_LARGE.format(name=name)) from error
    if child.wait():
        raise UnreadableFile(_TOO_LARGE.format(name=name))
    return sheets


def _message(metadata: dict[str, str], name: str) -> str:
    if metadata["error"] == "password":
        return f"Tệp {name} có mật khẩu. Hãy bỏ mật khẩu rồi nhập lại."
    if metadata["error"] == "columns":
        return f"Tệp {name}, trang {metadata['sheet']}: bảng có quá nhiều cột. Hãy xóa các cột thừa rồi nhập lại."
    return f"Tệp {name} bị hỏng hoặc bị cắt cụt. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại."


def _check_ole(content: bytes, name: str) -> None:
    """An OLE container may hold an old workbook, an encrypted new one, or something else altogether."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(f"Tệp {name} có mật khẩu. Hãy bỏ mật khẩu rồi nhập lại.")
    if not any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        raise UnreadableFile(f"Tệp {name} không phải bảng tính Excel. Hãy xuất lại dạng .xlsx, .xls, .csv hoặc .json.")


def _table(cells: pa.Table, name: str, sheet: str, limits: dict[str, Any], vocabulary: Vocabulary) -> SourceTable | None:
    header = find_header(_rows(cells.slice(0, limits["header_rows"])), vocabulary)
    if header is None:
        return None
    cells = without_personal(cells.rename_columns([str(i) for i in range(cells.num_columns)]), header.headers, vocabulary)
    data = cells.append_column("row_number", pa.arange(1, cells.num_rows + 1, 1)).slice(header.first_row)
    tail = max(0, data.num_rows - limits["footer_rows"])
    kept = rows_before_footer(_rows(data.drop_columns(["row_number"]).slice(tail)), header.headers, vocabulary)
    data = _without_blank_rows(data.slice(0, tail + kept), cells.column_names)

    def load(columns: Sequence[int]) -> pa.Table:
        return pa.table({"row_number": data["row_number"], **{str(i): trimmed(data[str(i)]) for i in columns}})

    sample = data.slice(0, limits["sample_rows"])
    return SourceTable(name, sheet, header.headers, pa.table({i: trimmed(sample[i]) for i in cells.column_names}), load)


def _rows(cells: pa.Table) -> list[list[str | None]]:
    return [list(row) for row in zip(*(column.to_pylist() for column in cells.columns), strict=True)]


def _without_blank_rows(data: pa.Table, columns: list[str]) -> pa.Table:
    filled = np.zeros(data.num_rows, dtype=bool)
    for column in columns:
        if filled.all():
            return data
        text = compute.utf8_trim_whitespace(data[column])
        filled |= compute.fill_null(compute.greater(compute.binary_length(text), 0), False).to_numpy()
    return data.filter(pa.array(filled))
