"""The pieces of a slide: title, text, table and a native line chart that PowerPoint can edit."""

from __future__ import annotations

from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as PresentationType
from pptx.slide import Slide
from pptx.util import Cm, Pt

FONT = "Arial"
WIDTH, HEIGHT = Cm(33.867), Cm(19.05)
LEFT, TOP, BODY_WIDTH = Cm(1.6), Cm(3.4), Cm(30.6)
INK, GREY, PALE = "262626", "6B6B6B", "EEF3F7"
BLANK = 6


def new_deck() -> PresentationType:
    """An empty 16:9 deck."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    return deck


def colour(hexadecimal: str) -> RGBColor:
    """ "#0B5C8A" → a colour."""
    return RGBColor.from_string(hexadecimal.lstrip("#").upper())


def new_slide(deck: PresentationType, title: str, foot: str, main: str) -> Slide:
    """A slide with a title over a rule in the department's colour, and the source line at its foot."""
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    write(slide, title, LEFT, Cm(0.9), BODY_WIDTH, Cm(1.9), size=28, bold=True, ink=main, anchor=MSO_ANCHOR.BOTTOM)
    rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, LEFT, Cm(2.95), BODY_WIDTH, Cm(0.08))
    rule.fill.solid()
    rule.fill.fore_color.rgb = colour(main)
    rule.line.fill.background()
    write(slide, foot, LEFT, Cm(18.2), BODY_WIDTH, Cm(0.6), size=10, ink=GREY)
    return slide


def write(
    slide: Slide,
    words: str | list[str],
    left: Any,
    top: Any,
    width: Any,
    height: Any,
    *,
    size: float = 18,
    bold: bool = False,
    ink: str = INK,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> None:
    """A text box; a list gives one paragraph each."""
    frame = slide.shapes.add_textbox(left, top, width, height).text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    for number, line in enumerate([words] if isinstance(words, str) else words):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = align, Pt(6)
        run = paragraph.add_run()
        run.text = line
        _type(run.font, size, bold, ink)


def table(
    slide: Slide, heads: list[str], rows: list[list[str]], widths: list[float], main: str, *, top: Any = TOP, size: float = 14
) -> None:
    """A table with a coloured head; widths in centimetres, the first column and those named text are left aligned."""
    shape = slide.shapes.add_table(len(rows) + 1, len(heads), LEFT, top, Cm(sum(widths)), Cm(0.95 * (len(rows) + 1)))
    grid = shape.table
    grid.horz_banding = False
    for column, width in enumerate(widths):
        grid.columns[column].width = Cm(width)
    for line, cells in enumerate([heads, *rows]):
        grid.rows[line].height = Cm(0.95)
        for column, words in enumerate(cells):
            cell = grid.cell(line, column)
            cell.margin_top = cell.margin_bottom = Cm(0.08)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = colour(main if line == 0 else "FFFFFF" if line % 2 else PALE)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.LEFT if column == 0 else PP_ALIGN.CENTER
            run = paragraph.add_run()
            run.text = words
            _type(run.font, size, line == 0, "FFFFFF" if line == 0 else INK)


def line_chart(slide: Slide, labels: list[str], series: dict[str, list[float | None]], number_format: str, colours: list[str]) -> None:
    """A native line chart: the first series strong with markers, the others thin; dashed where the name is a limit."""
    data = CategoryChartData(number_format=number_format)
    data.categories = labels
    for name, values in series.items():
        data.add_series(name, values)
    chart = _chart(slide, XL_CHART_TYPE.LINE_MARKERS, data, Cm(11.6))
    chart.font.size, chart.font.name = Pt(12), FONT
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = number_format, False
    chart.value_axis.major_gridlines.format.line.color.rgb = colour("DDDDDD")
    chart.value_axis.format.line.fill.background()
    for place, (line, ink) in enumerate(zip(chart.plots[0].series, colours, strict=False)):
        line.smooth = False
        line.format.line.color.rgb = colour(ink)
        line.format.line.width = Pt(3 if place == 0 else 1.5)
        if place:
            line.marker.style = XL_MARKER_STYLE.NONE
            line.format.line.dash_style = MSO_LINE.SOLID if line.name == "Trung bình" else MSO_LINE.DASH
        else:
            line.marker.style, line.marker.size = XL_MARKER_STYLE.CIRCLE, 7
            line.marker.format.fill.solid()
            line.marker.format.fill.fore_color.rgb = colour(ink)
            line.marker.format.line.color.rgb = colour(ink)


def bar_chart(slide: Slide, names: list[str], values: list[float], name: str, number_format: str, ink: str) -> None:
    """A native bar chart, the first name on top."""
    data = CategoryChartData(number_format=number_format)
    data.categories = names
    data.add_series(name, values)
    chart = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, Cm(14.2))
    chart.font.size, chart.font.name = Pt(12), FONT
    chart.has_legend, chart.has_title = False, False
    chart.category_axis.reverse_order = True
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 45, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = number_format, False
    plot.data_labels.font.size = Pt(12)
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = colour(ink)


def _chart(slide: Slide, kind: XL_CHART_TYPE, data: CategoryChartData, height: Any) -> Any:
    frame: Any = slide.shapes.add_chart(kind, LEFT, TOP, BODY_WIDTH, height, data)  # type: ignore[arg-type]  # its annotation is wrong
    return frame.chart


def _type(font: Any, size: float, bold: bool, ink: str) -> None:
    font.name, font.size, font.bold = FONT, Pt(size), bold
    font.color.rgb = colour(ink)
