"""CSV exports: any separator, titles above and totals below. Clean files go through Arrow, ragged ones line by line."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import csv as arrow_csv

import settings
from warehouse.read.encoding import as_utf8
from warehouse.read.header import Header, find_header, rows_before_footer
from warehouse.read.source import SourceTable, UnreadableFile, string_table, trimmed, without_personal
from warehouse.read.words import Vocabulary, read_vocabulary

_HEAD_BYTES, _TAIL_BYTES = 1_000_000, 200_000
_SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class _Body:
    """The data lines of a CSV: `content[start:end]`, whose first record is row `first_row` of the file."""

    content: bytes
    start: int
    end: int
    separator: str
    width: int
    first_row: int
    name: str


def read_csv(content: bytes, name: str) -> list[SourceTable]:
    """The one table of a CSV file ([] when it has no lines). Raises UnreadableFile."""
    limits, vocabulary = settings.read("reading"), read_vocabulary()
    content = as_utf8(content, name)
    if b"\r" in content[:_HEAD_BYTES] and b"\n" not in content[:_HEAD_BYTES]:
        content = content.replace(b"\r", b"\n")
    head = _whole_lines(content, _HEAD_BYTES)
    offset = 0
    declared = re.match(rb'"?sep=(.)"?\r?\n', head)  # Excel's own way to say it
    if declared:
        offset = declared.end()
        head = head[offset:]
    separator, header, lines = _table_start(head, declared and declared.group(1).decode(), limits["header_rows"], vocabulary, name)
    if header is None:
        return []
    if len(header.headers) > limits["columns"]:
        raise UnreadableFile(f"Tệp {name}: bảng có {len(header.headers)} cột, nhiều hơn mức cho phép ({limits['columns']} cột).")
    start = offset + sum(map(len, head.splitlines(keepends=True)[:lines])) if lines else offset
    end = _footer_offset(content, start, separator, header, limits["footer_rows"], vocabulary)
    body = _Body(content, start, end, separator, len(header.headers), header.first_row + 1 + bool(declared), name)
    sample = without_personal(_first_rows(body, limits["sample_rows"]), header.headers, vocabulary)
    return [SourceTable(name, None, header.headers, sample, _loader(body))]


def _whole_lines(content: bytes, size: int) -> bytes:
    return content if len(content) <= size else content[: content.rfind(b"\n", 0, size) + 1 or size]


def _table_start(head: bytes, declared: str | None, header_rows: int, vocabulary: Vocabulary, name: str) -> tuple[str, Header | None, int]:
    """Separator, header, and how many physical lines stand before the first data row: the separator that gives the best header."""
    best: tuple[tuple[int, int], str, Header | None, int] = ((-1, -1), ",", None, 0)
    for separator in [declared] if declared else _SEPARATORS:
        rows, ends = [], []
        for row, line in _records(head, separator, name, strict=False):
            rows.append(row)
            ends.append(line)
            if len(rows) >= header_rows:
                break
        header = find_header(rows, vocabulary)
        if header and (header.known, len(header.headers)) > best[0]:
            best = (header.known, len(header.headers)), separator, header, ends[header.first_row - 1]
    return best[1], best[2], best[3]


def _records(content: bytes, separator: str, name: str, first_line: int = 1, strict: bool = True) -> Iterator[tuple[list[str], int]]:
    """Each record's cells and its last physical line. A quote that swallows the lines after it is an error when `strict`."""
    lines = content.decode("utf-8").split("\n")
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator)
    before = 0
    width = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if not strict:
                return
            raise UnreadableFile(
                f"Tệp {name}, dòng {first_line + before}: ô quá dài hoặc dòng sai định dạng CSV. Hãy xuất lại tệp."
            ) from error
        width = max(width, len(row))
        if strict and reader.line_num - before > 1 and _swallows(row, separator, width):
            message = f"Tệp {name}, dòng {first_line + before}: dấu ngoặc kép mở ra mà không đóng lại. Hãy sửa dòng này rồi nhập lại."
            raise UnreadableFile(message)
        before = reader.line_num
        yield row, before


def _swallows(row: list[str], separator: str, width: int) -> bool:
    """A cell over several lines, one of which alone has a whole record's separators."""
    return any(line.count(separator) >= max(2, width - 1) for cell in row if "\n" in cell for line in cell.split("\n"))


def _footer_offset(content: bytes, start: int, separator: str, header: Header, footer_rows: int, vocabulary: Vocabulary) -> int:
    """Where the data end: the byte at which totals, signatures and empty lines below the table begin."""
    tail_start = max(start, len(content) - _TAIL_BYTES)
    if tail_start > start:
        tail_start = content.find(b"\n", tail_start) + 1
        quotes = content.count(b'"', start, tail_start)
        while quotes % 2 and tail_start:  # inside a quoted cell
            before, tail_start = tail_start, content.find(b"\n", tail_start) + 1
            quotes += content.count(b'"', before, tail_start)
        if not tail_start:
            return len(content)
    tail = content[tail_start:]
    records = list(_records(tail, separator, "", strict=False))
    ends = [0, *(line for _, line in records)]
    skipped = max(0, len(records) - footer_rows)
    keep = skipped + rows_before_footer([row for row, _ in records[skipped:]], header.headers, vocabulary)
    if keep == len(records):
        return len(content)
    lines = tail.split(b"\n")
    return tail_start + sum(len(line) + 1 for line in lines[: ends[keep]])


def _first_rows(body: _Body, count: int) -> pa.Table:
    rows = []
    head = _whole_lines(body.content[body.start : min(body.end, body.start + 2 * _HEAD_BYTES)], _HEAD_BYTES)
    for row, _ in _records(head, body.separator, body.name, strict=False):
        if any(cell.strip() for cell in row):
            rows.append(row)
        if len(rows) == count:
            break
    return string_table(rows, body.width)


def _loader(body: _Body) -> Callable[[Sequence[int]], pa.Table]:
    def load(columns: Sequence[int]) -> pa.Table:
        table = _load_clean(body, columns)
        return table if table is not None else _load_ragged(body, columns)

    return load


def _load_clean(body: _Body, columns: Sequence[int]) -> pa.Table | None:
    """All rows by Arrow, or None when a line is ragged, empty or holds a line break: then row numbers need the slow way."""
    content, start, end = body.content, body.start, body.end
    if start >= end or not columns:
        return None
    quoted = content.find(b'"', start, end) >= 0
    names = [str(i) for i in range(body.width)]
    wanted = [str(i) for i in columns]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(content).slice(start, end - start)),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=1 << 22),
            parse_options=arrow_csv.ParseOptions(delimiter=body.separator, quote_char='"' if quoted else False, ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(
                check_utf8=False,
                include_columns=wanted,
                column_types=dict.fromkeys(wanted, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid:
        return None
    if quoted and table.num_rows != content.count(b"\n", start, end) + (not content.endswith(b"\n", start, end)):
        return None
    filled = any(not table[name].null_count for name in wanted)  # a column without a gap: then no line is empty
    if not filled and _has_empty_line(body):
        return None
    numbers = pa.arange(body.first_row, body.first_row + table.num_rows, 1)
    return pa.table({"row_number": numbers, **{name: trimmed(table[name]) for name in wanted}})


def _has_empty_line(body: _Body) -> bool:
    """A line of nothing at all, or of nothing but separators."""
    place = max(body.start - 1, 0)
    if any(body.content.find(empty, place, body.end) >= 0 for empty in (b"\n\n", b"\n\r\n")):
        return True
    blank = body.separator.encode() * (body.width - 1)
    if not blank:
        return False
    place = max(body.start - 1, 0)
    while (place := body.content.find(b"\n" + blank, place, body.end)) >= 0:
        place += len(blank) + 1
        if body.content[place : place + 1] in (b"\n", b"\r", b""):
            return True
    return body.content.startswith((blank + b"\n", blank + b"\r"), body.start)


def _load_ragged(body: _Body, columns: Sequence[int]) -> pa.Table:
    """All rows one by one: short lines are padded, cells past the header are left out, empty lines skipped."""
    numbers: list[int] = []
    cells: list[list[str | None]] = [[] for _ in columns]
    for number, (row, _) in enumerate(
        _records(body.content[body.start : body.end], body.separator, body.name, body.first_row), body.first_row
    ):
        if not any(cell and not cell.isspace() for cell in row):
            continue
        numbers.append(number)
        for values, index in zip(cells, columns, strict=True):
            values.append(row[index] if index < len(row) else None)
    strings = {str(i): trimmed(pa.chunked_array([pa.array(values, pa.string())])) for i, values in zip(columns, cells, strict=True)}
    return pa.table({"row_number": pa.array(numbers, pa.int64()), **strings})
