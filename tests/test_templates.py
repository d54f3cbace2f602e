"""Import templates map back to every column of their kind."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

import settings
from warehouse.mapping import propose
from warehouse.read import read_file
from warehouse.templates import template_columns, write_template

KINDS = sorted(file.stem for file in (settings.SHIPPED / "kinds").glob("*.toml"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_read_back_maps_every_column(kind: str):
    file = io.BytesIO()
    write_template(kind, file)
    tables = read_file(file.getvalue(), f"{kind}.xlsx")
    [mapping] = [mapping for table in tables for mapping in propose(table)]
    assert mapping.kind == kind
    assert mapping.columns == {name: place for place, name in enumerate(template_columns(kind))}
    assert (mapping.personal, mapping.unmapped, mapping.ask) == ((), (), ())


def test_a_template_lists_the_words_it_understands(tmp_path: Path):
    write_template("dossiers", tmp_path / "mau.xlsx")
    book = openpyxl.load_workbook(tmp_path / "mau.xlsx")
    guide = {row[0].value: row for row in book["Hướng dẫn"].iter_rows()}
    assert guide["Hình thức nộp"][3].value == "trực tiếp; trực tuyến; bưu chính"
    assert guide["Mã hồ sơ"][1].value == "Có"
    assert book.worksheets[0].column_dimensions["A"].width > 10
