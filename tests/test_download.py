"""Tables as files: Vietnamese numbers and dates, and no cell that runs as a formula."""

import io
from datetime import date

import openpyxl
import pandas as pd

from ui.download import csv_bytes, xlsx_bytes

ROWS = pd.DataFrame(
    {"Tên": ["=1+1", "-A", "Chi cục"], "Tỷ lệ": [0.5, None, 1.25], "Ngày": [date(2020, 3, 9), None, date(2020, 12, 31)], "Số": [1, 2, 3]}
)


def test_csv_opens_in_a_vietnamese_excel_and_holds_no_formula():
    text = csv_bytes(ROWS).decode("utf-8-sig")
    assert text.splitlines() == [
        "Tên;Tỷ lệ;Ngày;Số",
        "'=1+1;0,5;09/03/2020;1",
        "'-A;;;2",
        "Chi cục;1,25;31/12/2020;3",
    ]
    assert csv_bytes(ROWS).startswith(b"\xef\xbb\xbf")


def test_xlsx_keeps_numbers_and_dates_and_writes_formulas_as_text():
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(ROWS, "Bảng: [thử]"))).active
    assert sheet.title == "Bảng thử"
    assert [cell.value for cell in sheet[1]] == ["Tên", "Tỷ lệ", "Ngày", "Số"]
    assert sheet["A2"].value == "=1+1" and sheet["A2"].data_type == "s"
    assert sheet["B4"].value == 1.25 and sheet["B3"].value is None
    assert sheet["C2"].value.date() == date(2020, 3, 9)
