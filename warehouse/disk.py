"""What a full or read-only disk means to the person at the screen: one Vietnamese sentence instead of the system's own words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

KEPT = "Số liệu đang công bố vẫn nguyên vẹn."
FULL = f"Ổ đĩa chứa dữ liệu đã đầy nên không ghi được. {KEPT} Hãy giải phóng chỗ trống rồi làm lại."
READ_ONLY = f"Không ghi được vào thư mục dữ liệu (chỉ đọc hoặc thiếu quyền ghi). {KEPT} Thư mục: {{root}}"
MEMORY = f"Không đủ bộ nhớ hoặc chỗ trống trên ổ đĩa. {KEPT} Hãy giải phóng chỗ trống rồi làm lại."

_FULL_CODES = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_READ_ONLY_CODES = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL_WORDS = ("no space left", "file too large", "disk quota", "not enough space", "could not write")
_READ_ONLY_WORDS = ("permission denied", "read-only", "access is denied")


class DiskProblem(OSError):
    """The disk refused; str() is a Vietnamese sentence that says what to do."""


@contextmanager
def disk_problems_in_words(root: Path) -> Iterator[None]:
    """Turn the refusals of the disk that holds `root` into DiskProblem; every other failure passes as it is."""
    try:
        yield
    except DiskProblem:
        raise
    except OSError as error:
        if error.errno in _FULL_CODES or _speaks_of(error, _FULL_WORDS):
            raise DiskProblem(FULL) from error
        if error.errno in _READ_ONLY_CODES:
            raise DiskProblem(READ_ONLY.format(root=root)) from error
        raise
    except duckdb.OutOfMemoryException as error:
        raise DiskProblem(MEMORY) from error
    except duckdb.Error as error:
        if _speaks_of(error, _FULL_WORDS):
            raise DiskProblem(FULL) from error
        if _speaks_of(error, _READ_ONLY_WORDS):
            raise DiskProblem(READ_ONLY.format(root=root)) from error
        raise


def _speaks_of(error: Exception, words: tuple[str, ...]) -> bool:
    text = str(error).lower()
    return any(word in text for word in words)
