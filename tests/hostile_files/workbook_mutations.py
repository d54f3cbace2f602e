"""Ways to spoil a workbook: as a zip, as XML, and as a sheet whose cells, merges and formulas make no sense."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from tests.hostile_files.text_mutations import Mutation, behead, cut_out, flip_bytes, insert_noise, truncate

Parts = dict[str, bytes]
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")


def parts_of(base: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(base)) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def on_sheets(spoil: Callable[[random.Random, str], str]) -> Mutation:
    """A mutation of the XML of every sheet."""

    def mutate(chance: random.Random, base: bytes) -> bytes:
        parts = parts_of(base)
        for name in filter(SHEET.fullmatch, parts):
            parts[name] = spoil(chance, parts[name].decode("utf-8")).encode("utf-8", "replace")
        return packed(parts)

    mutate.__name__ = spoil.__name__
    return mutate


def lost_part(chance: random.Random, base: bytes) -> bytes:
    parts = parts_of(base)
    del parts[chance.choice(list(parts))]
    return packed(parts)


def spoiled_part(chance: random.Random, base: bytes) -> bytes:
    """Flipped, cut or emptied XML in an otherwise good zip."""
    parts = parts_of(base)
    name = chance.choice(list(parts))
    parts[name] = chance.choice((flip_bytes, truncate, behead, cut_out, insert_noise))(chance, parts[name] or b"<x/>")
    return packed(parts)


def repeated_part(chance: random.Random, base: bytes) -> bytes:
    parts = parts_of(base)
    out = io.BytesIO(packed(parts))
    with zipfile.ZipFile(out, "a") as book:
        name = chance.choice(list(parts))
        book.writestr(f"./{name}", parts[name])
        book.writestr("../../../tmp/evil.xml", b"<x/>")
    return out.getvalue()


def macros(chance: random.Random, base: bytes) -> bytes:
    """A workbook with a macro project, its type declared or not."""
    parts = parts_of(base)
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + chance.randbytes(2_000)
    if chance.random() < 0.5:
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
    return packed(parts)


def odd_cells(chance: random.Random, xml: str) -> str:
    """Cells that lie elsewhere, twice, nowhere, or have a type, style or text that is not theirs."""
    swaps = (
        (r'r="[A-Z]+(\d+)"', r'r="A\1"'),
        (r'r="([A-Z]+)\d+"', r'r="\g<1>0"'),
        (r'r="([A-Z]+)\d+"', r'r="\g<1>99999"'),
        (r' r="[A-Z]+\d+"', ""),
        (r't="s"', chance.choice(('t="n"', 't="b"', 't="e"', 't="d"', 't="str"', 't="inlineStr"', 't="zzz"', ""))),
        (r"<v>\d+</v>", chance.choice(("<v>-1</v>", "<v>99999999</v>", "<v></v>", "<v>1e400</v>", "<v>x</v>", "<v>2958466</v>", "<v/>"))),
        (r's="\d+"', 's="9999"'),
        (r"<dimension[^>]*>", '<dimension ref="A1:XFD1048576"/>'),
        (r"<row r=\"(\d+)\"", r'<row r="1"'),
    )
    old, new = chance.choice(swaps)
    return re.sub(old, new, xml, count=chance.choice((0, 1, 9)))


def formulas(chance: random.Random, xml: str) -> str:
    formula = chance.choice(("1+1", 'WEBSERVICE("http://127.0.0.1:1/")', "A1", "[1]Sheet1!A1", "cmd|'/c calc'!A0", "x" * 9_000, "\u0000"))
    kept = chance.choice(("<v>7</v>", "", "<v>#REF!</v>"))
    return re.sub(r"<v>\d+</v>", f"<f>{formula.replace('<', '')}</f>{kept}", xml, count=chance.choice((0, 5)))


def merged_chaos(chance: random.Random, xml: str) -> str:
    """Merged ranges that overlap, run backwards, cover the whole sheet or are no ranges."""
    ranges = ["A1:XFD1048576", "B2:A1", "A1:C9", "B3:D4", "A1", "1:9", "ZZZZ9:A1", "A0:A0", "", "A1:B2:C3", "A1048576:A1048577"]
    cells = "".join(f'<mergeCell ref="{chance.choice(ranges)}"/>' for _ in range(chance.choice((1, 9, 3_000))))
    return re.sub(r"<mergeCells.*?</mergeCells>", "", xml).replace(
        "</sheetData>", f'</sheetData><mergeCells count="1">{cells}</mergeCells>'
    )


def spoiled_xml(chance: random.Random, xml: str) -> str:
    old, new = chance.choice((
        ("</sheetData>", ""), ("<row", "<ROW"), ("</c>", ""), ("<v>", "<v>&bogus;"), ("<v>", "<v>&#0;"), ("<v>", "<v>&#xD800;"),
        ('<?xml version="1.0"', '<?xml version="9.9"'), ('encoding="UTF-8"', 'encoding="UTF-16"'), ("<c ", "<c a=1 "),
        ("<sheetData>", "<sheetData>" + "<x>" * 20_000), ("<v>", "<v><![CDATA["), ("<sheetData>", "<!--"),
    ))  # fmt: skip
    return xml.replace(old, new, chance.choice((1, -1)))


XLSX: tuple[Mutation, ...] = (
    truncate, flip_bytes, cut_out, insert_noise, lost_part, spoiled_part, repeated_part, macros,
    on_sheets(odd_cells), on_sheets(formulas), on_sheets(merged_chaos), on_sheets(spoiled_xml),
)  # fmt: skip
XLS: tuple[Mutation, ...] = (truncate, flip_bytes, cut_out, insert_noise, behead)
