"""Where a table begins and ends: title lines, one- and two-line headers, column numbers, totals and signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.read.words import Vocabulary, fold

Row = Sequence[str | None]
_LONGEST = 1_000  # what lies beyond in a cell says nothing about headers and footers
_COLUMN_NUMBER = re.compile(r"\(?\s*(\d{1,2}|[A-Za-z])\s*\)?(\s*=.*)?")


@dataclass(frozen=True)
class Header:
    """`headers` of a table and `first_row`, the index of its first data row."""

    headers: tuple[str, ...]
    first_row: int
    known: int  # how many headers the settings know


def find_header(rows: Sequence[Row], vocabulary: Vocabulary) -> Header | None:
    """The header among a file's first rows, or None when all of them are empty.

    The line with the most known headers is it; where no line has two, the first line that is about as wide as the widest.
    """
    filled = [[_clean(cell) for cell in row] for row in rows]
    known = [sum(vocabulary.is_known_header(cell) for cell in _distinct(row)) for row in filled]
    if max(known, default=0) >= 2:
        line = known.index(max(known))
    else:
        widest = max((_count(row) for row in filled), default=0)
        if widest == 0:
            return None
        line = next(i for i, row in enumerate(filled) if _count(row) >= 0.8 * widest)
    top, bottom = _two_lines(filled, line)
    headers = _joined(filled[top], filled[bottom]) if top != bottom else tuple(filled[line])
    first = bottom + 1
    if first < len(filled) and _numbers_columns(filled[first]):
        first += 1
    return Header(headers, first, sum(vocabulary.is_known_header(lower_part(header)) for header in headers))


def lower_part(header: str) -> str:
    """The second line of a two-line header ("Thời gian – Ngày tiếp nhận" → "Ngày tiếp nhận"), else the header."""
    return header.rsplit(" – ", 1)[-1]


def _clean(cell: str | None) -> str:
    return " ".join((cell or "")[:_LONGEST].split())


def _count(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell)


def _distinct(row: Sequence[str]) -> set[str]:
    return {cell for cell in row if cell}


def _two_lines(rows: list[list[str]], line: int) -> tuple[int, int]:
    """First and last row of the header that has `line` in it."""
    if line + 1 < len(rows) and _stands_under(rows[line], rows[line + 1]):
        return line, line + 1
    if line > 0 and _stands_under(rows[line - 1], rows[line]):
        return line - 1, line
    return line, line


def _stands_under(top: list[str], bottom: list[str]) -> bool:
    """True when `bottom` fills exactly the merged groups of `top`: two or more cells a group, nothing under single cells."""
    width = max(len(top), len(bottom))
    top, bottom = top + [""] * (width - len(top)), bottom + [""] * (width - len(bottom))
    if _count(top) < 2 or not _count(bottom) or any(re.fullmatch(r"[\d\W]+", cell) for cell in bottom if cell):
        return False
    grouped = False
    for start, end in _groups(top):
        under = bottom[start:end]
        if end - start == 1:
            if under[0] and under[0] != top[start]:
                return False
        elif any(under):
            if top[start] and sum(map(bool, under)) < 2:
                return False
            grouped = True
    return grouped


def _groups(top: list[str]) -> list[tuple[int, int]]:
    """Spans of columns under one cell of the top line: blank or repeated cells belong to the cell at their left."""
    starts = [i for i, cell in enumerate(top) if i == 0 or (cell and cell != top[i - 1])]
    return list(zip(starts, [*starts[1:], len(top)], strict=True))


def _joined(top: list[str], bottom: list[str]) -> tuple[str, ...]:
    width = max(len(top), len(bottom))
    top, bottom = top + [""] * (width - len(top)), bottom + [""] * (width - len(bottom))
    headers = []
    for start, end in _groups(top):
        for i in range(start, end):
            above = top[start] if bottom[i] or i == start else ""
            headers.append(f"{above} – {bottom[i]}" if above and bottom[i] and above != bottom[i] else bottom[i] or above)
    return tuple(headers)


def _numbers_columns(row: list[str]) -> bool:
    """A line that only numbers the columns: (1), (2), (3) = (1) + (2) …"""
    cells = [cell for cell in row if cell]
    marks = [match and match.group(1) for match in map(_COLUMN_NUMBER.fullmatch, cells)]
    if len(cells) < 3 or not all(marks):
        return False
    numbers = [int(mark) for mark in marks if mark and mark.isdigit()]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 3


def rows_before_footer(rows: Sequence[Row], headers: Sequence[str], vocabulary: Vocabulary) -> int:
    """How many of a table's last rows are still data: what follows is a total, signatures and empty lines.

    Reads upwards and stops at the first line that can be a record (a code, or most of its cells filled), so no record is lost.
    """
    codes = [i for i, header in enumerate(headers) if fold(lower_part(header)) in vocabulary.code_headers]
    width = _count([*headers])
    keep = len(rows)
    for index in range(len(rows) - 1, -1, -1):
        cells = [_clean(cell) for cell in rows[index]]
        closing = any(vocabulary.is_total(cell) or vocabulary.is_signature(cell) for cell in cells if cell)
        if _may_be_record(cells, codes, width, closing):
            break
        if closing or not any(cells):
            keep = index
    return keep


def _may_be_record(cells: list[str], codes: list[int], width: int, closing: bool) -> bool:
    code = r"\S*\d\S*" if not closing else r"(?!\d+$)\S*\d\S*"  # beside "Cộng", a bare number is a count
    if any(re.fullmatch(code, cells[i]) for i in codes if i < len(cells)):
        return True
    filled = _count(cells)
    if closing:
        return filled > max(3, 0.7 * width)
    return filled >= max(2, 0.5 * width)
