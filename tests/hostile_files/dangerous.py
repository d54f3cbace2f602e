"""The few files made to take a machine down, each by name; every one of them must be refused or read within the limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import xlsxwriter

MEGABYTE = 1 << 20
Pieces = Sequence[tuple[bytes, int]]  # bytes and how often they come, written one by one: a bomb must not go off in the test itself

CSV_HEAD = "Mã hồ sơ,Lĩnh vực,Ngày tiếp nhận,Trạng thái\n".encode()
CSV_ROW = "H1,Đất đai,02/03/2020,4\n".encode()
ENTITIES = '<!DOCTYPE x [<!ENTITY a "{}">{}<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def far_cell(last: str = "XFD1048576") -> bytes:
    """About 1.5 kB: cells A1 and the last one a sheet can have."""
    return _workbook(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="{last}"><v>1</v></c></row>')


def zip_bomb(megabytes: int) -> bytes:
    return _workbook([(b" " * MEGABYTE, megabytes)])


def many_rows_bomb(rows: int) -> bytes:
    """Honest cells, too many of them."""
    return _workbook("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="ZZ{n}"><v>1</v></c></row>' for n in range(1, rows)))


def bomb_in_two_parts(megabytes: int) -> bytes:
    half = [(b" " * MEGABYTE, megabytes // 2)]
    return _workbook(half, shared=half)


def zip_in_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as outer:
        outer.writestr("xl/workbook.xml", zip_bomb(50))
    return out.getvalue()


def many_sheets(count: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for _ in range(count):
            book.add_worksheet().write(0, 0, "Mã hồ sơ")
    return out.getvalue()


def lying_sizes() -> bytes:
    """A zip whose directory says every part is one byte."""
    content = bytearray(zip_bomb(20))
    place = 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:
        content[place + 24 : place + 28] = (1).to_bytes(4, "little")
        place += 4
    return bytes(content)


def entities(kind: str) -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    declared = ENTITIES.format("x" * 1000, '<!ENTITY l0 "ha">' + laughs if kind == "laughs" else "")
    return _workbook(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"&l11;" if kind == "laughs" else "&e;"}</t></is></c></row>', declared)


def huge_cell_workbook(megabytes: int) -> bytes:
    return _workbook([(b'<row r="1"><c r="A1" t="inlineStr"><is><t>', 1), (b"x" * MEGABYTE, megabytes), (b"</t></is></c></row>", 1)])


def cells_without_names(count: int) -> bytes:
    return _workbook("<row>" + "<c><v>1</v></c>" * count + "</row>")


def _workbook(rows: str | Pieces, declared: str = "", shared: Pieces = ()) -> bytes:
    """A small workbook whose one sheet holds `rows` as they stand."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    head = f'<?xml version="1.0" encoding="UTF-8"?>{declared}'
    body = [(rows.encode(), 1)] if isinstance(rows, str) else rows
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts: dict[str, Pieces | str] = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relations}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook {main} xmlns:r="{relations}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": [(f"{head}<sst {main}>".encode(), 1), *shared, (b"</sst>", 1)],
        "xl/worksheets/sheet1.xml": [(f"{head}<worksheet {main}><sheetData>".encode(), 1), *body, (b"</sheetData></worksheet>", 1)],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in parts.items():
            with book.open(name, "w") as part:
                for piece, times in [(content.encode(), 1)] if isinstance(content, str) else content:
                    for _ in range(times):
                        part.write(piece)
    return out.getvalue()


DANGEROUS: dict[str, Callable[[], bytes]] = {
    "far-cell.xlsx": far_cell,
    "far-row.xlsx": lambda: far_cell("A1048576"),
    "far-column.xlsx": lambda: far_cell("XFD1"),
    "beyond.xlsx": lambda: far_cell("ZZZZZZ99999999999999"),
    "bomb-1100-mb.xlsx": lambda: zip_bomb(1_100),
    "bomb-200-mb.xlsx": lambda: zip_bomb(200),
    "many-rows.xlsx": lambda: many_rows_bomb(100_000),
    "bomb-in-two-parts.xlsx": lambda: bomb_in_two_parts(1_100),
    "zip-in-zip.xlsx": zip_in_zip,
    "lying-sizes.xlsx": lying_sizes,
    "many-sheets.xlsx": lambda: many_sheets(1_000),
    "external-entity.xlsx": lambda: entities("external"),
    "billion-laughs.xlsx": lambda: entities("laughs"),
    "huge-cell.xlsx": lambda: huge_cell_workbook(100),
    "unnamed-cells.xlsx": lambda: cells_without_names(1_000_000),
    "million-columns.csv": lambda: b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n" + b"," * 999_999 + b"\n",
    "million-columns-below.csv": lambda: CSV_HEAD + CSV_ROW + b"," * 1_000_000 + b"\n" + CSV_ROW,
    "million-empty-lines.csv": lambda: CSV_HEAD + b"\n" * 1_000_000 + CSV_ROW,
    "huge-cell.csv": lambda: CSV_HEAD + CSV_ROW + b'"' + b"x" * (100 << 20) + b'",a,b,c\n',
    "huge-open-quote.csv": lambda: CSV_HEAD + b'"' + (b"x" * 99 + b"\n") * (1 << 20),
    "huge-one-line.csv": lambda: b"x" * (100 << 20),
    "huge-nothing.csv": lambda: b"\x00" * (100 << 20),
    "huge-cell.json": lambda: b'[{"hoSo":{"MaHoSo":"H1","GhiChu":"' + b"x" * (100 << 20) + b'"}}]',
    "huge-number.json": lambda: b'[{"hoSo":{"MaHoSo":"H1","SoTien":' + b"9" * (20 << 20) + b"}}]",
    "million-keys.json": lambda: b'[{"hoSo":{"MaHoSo":"H1",' + b",".join(b'"k%d":1' % n for n in range(1_000_000)) + b"}}]",
    "million-brackets.json": lambda: b"[" * 1_000_000,
    "million-objects.json": lambda: b'{"a":' * 1_000_000,
    "million-empty-messages.json": lambda: b"[" + b"{}," * 1_000_000 + b'{"MaHoSo":"H1"}]',
}
