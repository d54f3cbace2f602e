"""Bytes of a text export as UTF-8: byte order marks, UTF-16, Windows-1258, and lines that mix the two."""

from __future__ import annotations

import codecs
import re
import unicodedata

import numpy as np
import pyarrow as pa

from warehouse.read.source import UnreadableFile

_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
) | frozenset("đĐ\u00a0–—‘’“”…•·°²³±×½«»§©®₫€™")


def as_utf8(content: bytes, name: str) -> bytes:
    """The same text in UTF-8 without a byte order mark. Raises UnreadableFile naming the line that fits no encoding."""
    if content.startswith(codecs.BOM_UTF8):
        content = content[3:]
    wide = _utf16(content)
    if wide:
        try:
            return content.decode(wide).lstrip("\ufeff").encode("utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"Tệp {name}: nội dung UTF-16 bị hỏng hoặc bị cắt cụt. Hãy xuất lại tệp.") from error
    if is_utf8(content):
        return content
    return _with_windows_1258(content, name)


def is_utf8(content: bytes) -> bool:
    """Whether all of the bytes are UTF-8, without making text of them."""
    ends = pa.py_buffer(np.array([0, len(content)], np.int64))
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(content)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _utf16(content: bytes) -> str | None:
    if content.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if content.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    head = content[:4000]
    if head[1::2].count(0) > 0.4 * len(head[1::2]) and not head[0::2].count(0):
        return "utf-16-le"
    if head[0::2].count(0) > 0.4 * len(head[0::2]) and not head[1::2].count(0):
        return "utf-16-be"
    return None


def _with_windows_1258(content: bytes, name: str) -> bytes:
    """Decode lines that are not UTF-8 as Windows-1258, where they then read as Vietnamese and as nothing else."""
    lines = content.split(b"\n")
    foreign = [not _decodes(line) for line in lines]
    mixed = any(not bad and not line.isascii() for bad, line in zip(foreign, lines, strict=True))
    for i, line in enumerate(lines):
        if foreign[i] or (not mixed and not line.isascii()):
            lines[i] = _line_of_1258(line, name, i + 1, mixed).encode("utf-8")
    return b"\n".join(lines)


def _decodes(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line_of_1258(line: bytes, name: str, number: int, mixed: bool) -> str:
    message = f"Tệp {name}, dòng {number}: có ký tự sai bảng mã (không phải UTF-8 hay Windows-1258). Hãy xuất lại tệp với bảng mã UTF-8."
    if mixed and re.search(rb"[\xc3-\xc6\xe1\xe2][\x80-\xbf]", line):
        raise UnreadableFile(message)  # the line itself mixes both
    try:
        text = unicodedata.normalize("NFC", line.decode("cp1258"))
    except UnicodeDecodeError as error:
        raise UnreadableFile(message) from error
    if any(not sign.isascii() and sign not in _VIETNAMESE for sign in text):
        raise UnreadableFile(message)
    return text
