"""Readers: an export file in, its tables out, whatever the format; the content says the format, not the file's extension."""

from __future__ import annotations

import re
from pathlib import Path

import settings
from warehouse.read.source import SourceTable, UnreadableFile

__all__ = ["SourceTable", "UnreadableFile", "read_file"]

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PAR1", b"MZ", b"\x7fELF", b"{\\rtf")


def read_file(source: Path | bytes, name: str) -> list[SourceTable]:
    """The tables of one export file (CSV, XLSX, XLS, JSON of the national portal); [] when it holds no table.

    `name` is what messages call the file; only its last part is used. Raises UnreadableFile.
    """
    name = re.split(r"[\\/]", name)[-1]
    content = _content(source, name)
    if not content[:100_000].strip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t "):
        raise UnreadableFile(f"Tệp {name} không có dữ liệu.")
    if content.startswith((_OLE, _ZIP)):
        from warehouse.read.workbook import read_workbook

        return read_workbook(content, name)
    _refuse_foreign(content, name)
    if _is_json(content):
        from warehouse.read.dvcqg import read_dvcqg

        return read_dvcqg(content, name)
    from warehouse.read.csv_file import read_csv

    return read_csv(content, name)


def _content(source: Path | bytes, name: str) -> bytes:
    limit = settings.read("reading")["file_bytes"]
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > limit:
            raise UnreadableFile(f"Tệp {name} lớn hơn mức cho phép ({limit // 1_000_000} MB). Hãy chia nhỏ tệp rồi nhập lại.")
        return source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"Không mở được tệp {name}. Hãy kiểm tra tệp có tồn tại và có quyền đọc.") from error


def _refuse_foreign(content: bytes, name: str) -> None:
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta", b"<head")):
        raise UnreadableFile(f"Tệp {name} là trang web hoặc XML chứ không phải bảng tính. Hãy mở bằng Excel và lưu lại dạng .xlsx.")
    if content.startswith(_BINARY):
        raise UnreadableFile(f"Tệp {name} không phải tệp dữ liệu. Hãy xuất lại dạng .xlsx, .xls, .csv hoặc .json.")


def _is_json(content: bytes) -> bool:
    start = content[:200].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")
    return re.match(rb"\s*(\[\s*[\[{\]]|\{\s*[\"}])", start) is not None
