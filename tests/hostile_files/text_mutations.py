"""Ways to spoil a CSV or JSON export: each takes a seeded random source and good bytes, and returns bad ones."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes], bytes]

# what people, spreadsheets and attackers put into cells
CELLS = (
    "=1+1", '=cmd|"/c calc"!A1', "@SUM(A1:A9)", "+1", "-1", "\t=1", "=HYPERLINK(\"http://x\",\"y\")",
    "31/02/2020", "00/00/0000", "99/99/9999", "29/02/2019", "2020-13-45T99:99:99", "1e308", "-1e400", "NaN", "inf", "٣٠/٠٦/٢٠٢٠",
    "43891", "43891.5", "999999999999999999999999", "0", "", " ", "\u00a0", "null", "None", "#REF!", "#N/A", "true",
    "<script>alert(1)</script>", "'; drop table dossier; --", "$x", "{0}", "%s", "../../etc/passwd", "C:\\x\\y", "\\", "\"", "''",
    "a\u0000b", "\u202egnuờrt", "\ufeff", "\u200b", "\U0001f600", "e\u0301" * 50, "Ѐ" * 300, "x" * 20_000, "\x1b[31m", "\r", "a\nb",
)  # fmt: skip


def truncate(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def behead(chance: random.Random, content: bytes) -> bytes:
    return content[chance.randrange(len(content)) :]


def flip_bytes(chance: random.Random, content: bytes) -> bytes:
    spoiled = bytearray(content)
    for _ in range(chance.choice((1, 2, 5, 50, 500))):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def insert_noise(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    noise = chance.choice((chance.randbytes(20), b"\x00" * 9, b'"', b"\xff\xfe", b"\xc3", b"\r", b"\x1a", b"\xe2\x80\xa8"))
    return content[:place] + noise + content[place:]


def cut_out(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 400) :]


def repeat_piece(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    end = start + chance.randrange(1, 400)
    return content[:end] + content[start:end] * chance.choice((1, 3, 40)) + content[end:]


def shuffle_lines(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def drop_lines(chance: random.Random, content: bytes) -> bytes:
    return b"".join(line for line in content.splitlines(keepends=True) if chance.random() < 0.7)


def other_line_ends(chance: random.Random, content: bytes) -> bytes:
    ends = [chance.choice((b"\n", b"\r\n", b"\r", b"\n\n", b"\x0b", b"\x0c", b"\n;;;;\n", b"")) for _ in range(3)]
    return b"".join(line + chance.choice(ends) for line in content.splitlines())


def other_encoding(chance: random.Random, content: bytes) -> bytes:
    """The whole text in an encoding that its header, if any, does not name."""
    text = decoded(content)
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1258", "cp1252", "latin-1", "utf-7", "cp1251", "big5"))
    spoiled = text.encode(encoding, chance.choice(("replace", "ignore", "xmlcharrefreplace")))
    return chance.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe")) + spoiled


def mixed_encodings(chance: random.Random, content: bytes) -> bytes:
    """Windows-1258 lines among UTF-8 ones, as files glued together by hand have."""
    others = ("cp1258", "utf-8", chance.choice(("utf-16-le", "latin-1", "cp1252", "cp1258")))
    return b"".join(line.encode(chance.choice(others), "replace") for line in decoded(content).splitlines(keepends=True))


def encoded_twice(chance: random.Random, content: bytes) -> bytes:
    return content.decode("latin-1").encode("utf-8")


def decomposed(chance: random.Random, content: bytes) -> bytes:
    form = chance.choice(("NFD", "NFKD", "NFKC"))
    return unicodedata.normalize(form, decoded(content)).encode()  # type: ignore[arg-type]


def swap_columns(chance: random.Random, content: bytes) -> bytes:
    """Cells under the wrong headers, in all lines or in some."""
    share = chance.choice((1.0, 0.5))

    def swap(row: list[str]) -> list[str]:
        if len(row) > 1 and chance.random() < share:
            a, b = chance.randrange(len(row)), chance.randrange(len(row))
            row[a], row[b] = row[b], row[a]
        return row

    return with_rows(content, lambda rows: [swap(row) for row in rows])


def hostile_cells(chance: random.Random, content: bytes) -> bytes:
    def spoil(rows: list[list[str]]) -> list[list[str]]:
        for _ in range(chance.choice((1, 5, 30))):
            row = chance.choice(rows)
            if row:
                row[chance.randrange(len(row))] = chance.choice(CELLS)
        return rows

    return with_rows(content, spoil)


def ragged(chance: random.Random, content: bytes) -> bytes:
    """Cells added and lost, lines nested into cells."""

    def spoil(rows: list[list[str]]) -> list[list[str]]:
        for row in rows:
            change = chance.random()
            if change < 0.2:
                row[chance.randrange(len(row) + 1) :] = []
            elif change < 0.4:
                row += [""] * chance.choice((1, 5, 300))
            elif change < 0.5 and row:
                row[0] = ",".join(row) + "\n" + row[0]
        return rows

    return with_rows(content, spoil)


def spoil_headers(chance: random.Random, content: bytes) -> bytes:
    """Headers repeated, renamed, emptied, or swallowed by their neighbours."""

    def spoil(rows: list[list[str]]) -> list[list[str]]:
        widest = max(rows, key=len)
        for _ in range(chance.choice((1, 3))):
            n = chance.randrange(len(widest) or 1)
            widest[n : n + 1] = [
                chance.choice((widest[n - 1], "", widest[n].upper(), widest[n][:3], *CELLS[:3], "Mã hồ sơ", "Ngày tiếp nhận"))
            ]
        return rows

    return with_rows(content, spoil)


def stray_quotes(chance: random.Random, content: bytes) -> bytes:
    spoiled = bytearray(content)
    for _ in range(chance.choice((1, 2, 7))):
        spoiled.insert(chance.randrange(len(spoiled)), ord('"'))
    return bytes(spoiled)


def other_separator(chance: random.Random, content: bytes) -> bytes:
    old, new = chance.choice((b",", b";", b"\t")), chance.choice((b",", b";", b"\t", b"|", b" ", b"\x00"))
    return b"".join(line.replace(old, new) if chance.random() < 0.7 else line for line in content.splitlines(keepends=True))


def decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1258", "replace")


def with_rows(content: bytes, spoil: Callable[[list[list[str]]], list[list[str]]]) -> bytes:
    """The CSV after its rows went through `spoil`."""
    text = decoded(content)
    separator = max(",;\t|", key=text.count)
    out = io.StringIO()
    rows = spoil(list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)))
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


BYTES: tuple[Mutation, ...] = (
    truncate, behead, flip_bytes, insert_noise, cut_out, repeat_piece, shuffle_lines, drop_lines, other_line_ends,
    other_encoding, mixed_encodings, encoded_twice, decomposed, stray_quotes,
)  # fmt: skip
CSV: tuple[Mutation, ...] = (*BYTES, swap_columns, hostile_cells, ragged, spoil_headers, other_separator)
