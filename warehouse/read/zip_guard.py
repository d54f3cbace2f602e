"""Look over an .xlsx before a parser sees it: size when unzipped, external entities, and the used range of its sheets."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from warehouse.read.source import UnreadableFile

_CHUNK, _OVERLAP = 1 << 20, 64
# Cells and rows worth a look: two or more column letters, or a row from 100000 on; all others lie within Z99999.
_FAR = re.compile(rb"r\s*=\s*[\"'](?:([A-Za-z]{2,3})(\d+)|[A-Za-z]?(\d{6,}))")
_NEAR_COLUMNS, _NEAR_ROWS = 26, 99_999
_WIDEST = 16_384  # cells of one row: Excel's own limit, which cells without a name could pass unseen
_TOO_LARGE = "Tệp {name}: dữ liệu sau khi giải nén lớn hơn mức cho phép. Hãy chia nhỏ tệp rồi nhập lại."


def check_workbook(content: bytes, name: str, limits: dict[str, Any]) -> None:
    """Raises UnreadableFile for a zip that is no workbook, is damaged or locked, or would need too much memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_kind(archive, name, limits["sheets"])
            left = limits["unzipped_bytes"]
            if sum(part.file_size for part in archive.infolist()) > left:  # what the zip says; what it holds is counted below
                raise UnreadableFile(_TOO_LARGE.format(name=name))
            for part in archive.infolist():
                left -= _check_part(archive, part, name, left, limits["sheet_cells"])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFile(f"Tệp {name} bị hỏng hoặc bị cắt cụt. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại.") from error
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise UnreadableFile(f"Tệp {name} có mật khẩu. Hãy bỏ mật khẩu rồi nhập lại.") from error


def _check_kind(archive: zipfile.ZipFile, name: str, sheets: int) -> None:
    parts = set(archive.namelist())
    if sum(part.startswith("xl/worksheets/sheet") for part in parts) > sheets:
        raise UnreadableFile(f"Tệp {name} có nhiều trang tính hơn mức cho phép ({sheets} trang). Hãy chia nhỏ tệp rồi nhập lại.")
    if "xl/workbook.bin" in parts or "content.xml" in parts:
        raise UnreadableFile(f"Tệp {name} là dạng bảng tính chưa hỗ trợ (.xlsb, .ods). Hãy mở bằng Excel và lưu lại dạng .xlsx.")
    if not any(re.fullmatch(r"xl/workbook\d*\.xml", part) for part in parts):
        raise UnreadableFile(f"Tệp {name} không phải bảng tính Excel. Hãy xuất lại dạng .xlsx, .xls, .csv hoặc .json.")


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, left: int, cell_limit: int) -> int:
    """Reads one part as a stream; returns its real size in bytes."""
    size, rest, rows, columns, in_row = 0, b"", 0, 0, 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise UnreadableFile(_TOO_LARGE.format(name=name))
            text = rest + chunk
            if b"<!DOCTYPE" in text:  # entities can be declared nowhere else
                raise UnreadableFile(f"Tệp {name} có khai báo thực thể XML, không an toàn để đọc. Hãy xuất lại tệp từ phần mềm một cửa.")
            for letters, row, lone_row in _FAR.findall(text):
                columns = max(columns, _column_number(letters))
                rows = max(rows, int((row or lone_row)[:10]))
            if max(rows, _NEAR_ROWS) * max(columns, _NEAR_COLUMNS) > cell_limit and rows * max(columns, 1) > cell_limit:
                raise UnreadableFile(
                    f"Tệp {name}: có ô nằm quá xa (dòng {rows}, cột {columns}) nên bảng quá lớn. Hãy xóa các ô thừa rồi nhập lại."
                )
            in_row, widest = _cells_in_rows(chunk, in_row)
            if widest > _WIDEST:
                raise UnreadableFile(f"Tệp {name}: có dòng quá nhiều ô. Hãy xóa các ô thừa rồi nhập lại.")
            rest = text[-_OVERLAP:]
    return size


def _cells_in_rows(chunk: bytes, before: int) -> tuple[int, int]:
    """Cells of the last row so far, and of the row with the most of them; `before`: those of the row that the chunk goes on with.

    Counted only where cells have no name: the others are seen by their names.
    """
    if chunk.count(b"<c ") == chunk.count(b"<c r=") and b"<c>" not in chunk:
        return 0, 0
    counts = [piece.count(b"<c ") + piece.count(b"<c>") for piece in chunk.split(b"<row")]
    counts[0] += before
    return counts[-1], max(counts)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
