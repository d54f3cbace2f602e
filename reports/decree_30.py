"""The layout of an administrative document (Decree 30/2020/NĐ-CP) with python-docx: page, national head, recipients, page number."""

from __future__ import annotations

from collections.abc import Sequence

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY, SMALL = 14, 11
SAMPLE_MARK = "{% if simulated %}DỮ LIỆU MẪU – không phải số liệu chính thức{% endif %}"


def new_document() -> DocumentType:
    """An empty A4 document: Times New Roman 14, margins 20/20/30/20 mm, page number at the top from page 2 on."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.space_before = Pt(0)
    _page(document.sections[0])
    return document


def _page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    _field(number, "PAGE")
    for header in (section.header, section.first_page_header):
        mark = header.add_paragraph() if header is section.header else header.paragraphs[0]
        mark.alignment = ALIGN.CENTER
        text(mark, SAMPLE_MARK, size=10, bold=True)


def annex_section(document: DocumentType) -> Section:
    """A landscape section for wide tables, numbered on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(25), Mm(20)
    section.left_margin = section.right_margin = Mm(20)
    section.different_first_page_header_footer = False
    return section


def text(paragraph: Paragraph, words: str, *, size: float = BODY, bold: bool = False, italic: bool = False) -> Paragraph:
    """Add words to a paragraph."""
    run = paragraph.add_run(words)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def body(document: DocumentType, words: str, *, bold: bool = False, italic: bool = False, indent: bool = True) -> Paragraph:
    """One justified paragraph of the body; a lone block tag ({%p … %}) vanishes when rendered."""
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1.27) if indent else None
    return text(paragraph, words, bold=bold, italic=italic)


def centred(document: DocumentType, words: str, *, size: float = BODY, bold: bool = False, italic: bool = False) -> Paragraph:
    """One centred paragraph."""
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    return text(paragraph, words, size=size, bold=bold, italic=italic)


def national_head(document: DocumentType, symbol: str, about: str = "") -> None:
    """The two heads, the number and symbol, the place and date; `about` (V/v …) stands under the number of a công văn."""
    table = document.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _widths(table, [7.0, 9.8])
    left, right = table.rows[0].cells
    _stack(left, [("{{ department.parent_body }}", 12, False, False), ("{{ department.name_upper }}", 12, True, False)], rule=2.4)
    motto = [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False), ("Độc lập - Tự do - Hạnh phúc", 13, True, False)]
    _stack(right, motto, rule=2.2)
    left, right = table.rows[1].cells
    lines = [(f"Số:          /{symbol}", 13, False, False)]
    _stack(left, [*lines, (about, 12, False, False)] if about else lines)
    _stack(right, [("{{ department.place }}, ngày       tháng {{ month }} năm {{ year }}", 13.5, False, True)])


def recipients_and_signature(document: DocumentType, names: str = "department.recipients") -> None:
    """Nơi nhận (the list of that name) on the left, the signature block on the right."""
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    _widths(table, [8, 8])
    left, right = table.rows[0].cells
    text(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
    for words in (f"{{%p for name in {names} %}}", "- {{ name }}{{ ';' if not loop.last else '.' }}", "{%p endfor %}"):
        text(_tight(left.add_paragraph()), words, size=SMALL)
    signature = right.paragraphs[0]
    for number, words in enumerate(("{%p for line in department.signature %}", "{{ line }}", "{%p endfor %}")):
        paragraph = signature if number == 0 else right.add_paragraph()
        _tight(paragraph).alignment = ALIGN.CENTER
        text(paragraph, words, bold=True)
    for words in ("", "", "", "{{ department.signer }}"):
        paragraph = right.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        text(paragraph, words, bold=True)


def grid(document: DocumentType, heads: list[list[str]], widths: list[float], row: list[str], loop: str, *, size: float = 10) -> None:
    """A ruled table: head lines ("" continues the cell to the left, "^" the one above), then one template row in `loop`."""
    table = document.add_table(rows=len(heads) + 3, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for line, labels in enumerate(heads):
        _repeat(table.rows[line])
        for column, label in enumerate(labels):
            if label not in ("", "^"):
                _cell(table.cell(line, column), label, size, ALIGN.CENTER, bold=True)
    for column in range(len(widths)):
        for line in range(len(heads)):
            _merge_head(table, heads, line, column)
    for offset, words in ((0, f"{{%tr {loop} %}}"), (2, "{%tr endfor %}")):
        _cell(table.cell(len(heads) + offset, 0), words, size, ALIGN.LEFT)
    for column, words in enumerate(row):
        by_number = words.startswith(">")
        centre = words.startswith("|")
        align = ALIGN.RIGHT if by_number else ALIGN.CENTER if centre else ALIGN.LEFT
        _cell(table.cell(len(heads) + 1, column), words.lstrip(">|"), size, align)
    _widths(table, widths)


def _merge_head(table: Table, heads: list[list[str]], line: int, column: int) -> None:
    label = heads[line][column]
    if label in ("", "^"):
        return
    last = column
    while last + 1 < len(heads[line]) and heads[line][last + 1] == "":
        last += 1
    low = line
    while low + 1 < len(heads) and heads[low + 1][column] == "^":
        low += 1
    if (last, low) != (column, line):
        table.cell(line, column).merge(table.cell(low, last))


def _cell(cell: _Cell, words: str, size: float, align: ALIGN, *, bold: bool = False) -> None:
    paragraph = _tight(cell.paragraphs[0])
    paragraph.alignment = align
    text(paragraph, words, size=size, bold=bold)


def _stack(cell: _Cell, lines: Sequence[tuple[str, float, bool, bool]], rule: float = 0) -> None:
    """Centred lines in a cell; `rule` draws the short line under the last one, indented by that many centimetres."""
    for number, (words, size, bold, italic) in enumerate(lines):
        paragraph = _tight(cell.paragraphs[0] if number == 0 else cell.add_paragraph())
        paragraph.alignment = ALIGN.CENTER
        text(paragraph, words, size=size, bold=bold, italic=italic)
    if rule:
        paragraph = _tight(cell.add_paragraph())
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(rule)
        paragraph.paragraph_format.line_spacing = Pt(3)
        paragraph.paragraph_format.space_after = Pt(8)
        edge = OxmlElement("w:pBdr")
        top = OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{name}"), value)
        edge.append(top)
        paragraph._p.get_or_add_pPr().insert_element_before(edge, "w:spacing", "w:ind", "w:jc")


def _widths(table: Table, centimetres: list[float]) -> None:
    """Fixed column widths: Word reads the cells', LibreOffice the columns'."""
    table.autofit = False
    for column, width in zip(table.columns, centimetres, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, centimetres, strict=True):
            cell.width = Cm(width)


def _tight(paragraph: Paragraph) -> Paragraph:
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(0)
    return paragraph


def _repeat(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _field(paragraph: Paragraph, code: str) -> None:
    run = paragraph.add_run()
    for kind, words in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)
