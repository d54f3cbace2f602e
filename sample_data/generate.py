"""Write the sample exports: `python -m sample_data.generate FOLDER [--seed N] [--dossiers N]`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sample_data.catalogue import settings, table
from sample_data.complaints import complaints
from sample_data.exports import write_dossiers, write_steps
from sample_data.registers import catalogue_table, late_reasons, measures, notices, step_norms, units_table
from sample_data.surveys import surveys
from sample_data.world import World, world
from sample_data.write_dvcqg import write_dvcqg
from sample_data.write_excel import write_xlsx
from sample_data.write_text import write_text

TEXT_CODES = ("Mã chỉ số thành phần",)  # look like numbers, are names
SIMULATED = "DỮ LIỆU MÔ PHỎNG"
REGISTERS = {  # table → file and title
    "actions": ("20-giai-phap.xlsx", "SỔ THEO DÕI GIẢI PHÁP"),
    "documents": ("21-van-ban.xlsx", "DANH MỤC VĂN BẢN BAN HÀNH"),
    "measures": ("22-so-lieu-nhap-tay.xlsx", "SỐ LIỆU NHẬP TAY"),
    "conclusions": ("23-ket-luan-giao-ban.xlsx", "KẾT LUẬN HỌP GIAO BAN NĂM 2020"),
    "official_index": ("24-chi-so-cong-bo.xlsx", "CHỈ SỐ HÀI LÒNG CÔNG BỐ"),
    "scorecard_entries": ("25-chi-tieu-nhap-tay.xlsx", "CHỈ TIÊU THÀNH PHẦN NHẬP TAY"),
}


def generate(folder: Path, seed: int = 2020, dossiers: int = 24000) -> list[Path]:
    """Write all files into `folder` (made if absent) and return them in the order they must be imported.

    The same seed and number give the same files, byte for byte.
    """
    folder.mkdir(parents=True, exist_ok=True)
    office = world(seed, dossiers)
    paths = write_references(folder) + write_exports(folder, office, seed)
    return paths + write_feedback(folder, office, seed) + write_registers(folder, office, seed)


def write_exports(folder: Path, office: World, seed: int) -> list[Path]:
    """The dossier exports by date, then the steps."""
    layouts, paths = settings("exports"), []
    for number, layout in enumerate(layouts["dossiers"]):
        path = folder / layout["file"]
        paths.append(path)
        if layout["writer"] == "dvcqg":
            write_dvcqg(path, office, layout)
        else:
            words = layouts["words"][layout["words"]]
            write_dossiers(np.random.default_rng([seed, 2, number]), path, office, layout, words)
    last = settings("behaviour")["until"]
    for layout in layouts["steps"]:
        path = folder / layout["file"]
        paths.append(path)
        write_steps(path, office, layout, layouts["words"][layout["words"]], last)
    return paths


def write_references(folder: Path) -> list[Path]:
    """Units, procedures and step norms: what dossiers are matched with."""
    units_file, catalogue_file, norms_file = (folder / name for name in ("01-don-vi.csv", "02-thu-tuc.xlsx", "03-thoi-han-buoc.csv"))
    write_text(units_file, units_table(), csv_layout("DANH MỤC ĐƠN VỊ"))
    write_xlsx(catalogue_file, {"Danh mục": catalogue_table()}, [f"DANH MỤC THỦ TỤC HÀNH CHÍNH - {SIMULATED}", "Năm 2020"])
    write_text(norms_file, step_norms().astype(str), csv_layout("THỜI HẠN BƯỚC THEO QUY TRÌNH NỘI BỘ"))
    return [units_file, catalogue_file, norms_file]


def write_feedback(folder: Path, office: World, seed: int) -> list[Path]:
    """Complaints under a two-line header, and the wide survey."""
    complaints_file, surveys_file = folder / "16-phan-anh-kien-nghi.xlsx", folder / "17-phieu-khao-sat.xlsx"
    told = complaints(np.random.default_rng([seed, 3]), office)
    write_xlsx(complaints_file, {"PAKN": told}, [f"SỔ THEO DÕI PHẢN ÁNH, KIẾN NGHỊ 2019-2020 ({SIMULATED})"])
    write_xlsx(surveys_file, surveys(np.random.default_rng([seed, 4]), office), [f"KẾT QUẢ KHẢO SÁT MỨC ĐỘ HÀI LÒNG ({SIMULATED})"])
    return [complaints_file, surveys_file]


def write_registers(folder: Path, office: World, seed: int) -> list[Path]:
    """What the staff keep themselves: notices, reasons, actions, documents, measures, conclusions, figures entered by hand."""
    random = np.random.default_rng([seed, 5])
    csv_file, book = folder / "18-thong-bao.csv", folder / "19-nguyen-nhan-tre-han.xlsx"
    write_text(csv_file, notices(random, office), csv_layout("SỔ THÔNG BÁO CHO NGƯỜI NỘP HỒ SƠ"))
    write_xlsx(book, {"Nguyên nhân": late_reasons(random, office)}, [f"NGUYÊN NHÂN TRỄ HẠN - {SIMULATED}"])
    paths = [csv_file, book]
    for name, (file, title) in REGISTERS.items():
        frame = measures(random) if name == "measures" else with_numbers(table(name))
        write_xlsx(folder / file, {"Dữ liệu": frame}, [f"{title} - {SIMULATED}"], number=False)
        paths.append(folder / file)
    return paths


def with_numbers(register: pd.DataFrame) -> pd.DataFrame:
    """The register with numbers in the columns that hold nothing else, so that the workbook has number cells."""
    numbers = {name: pd.to_numeric(cells, errors="coerce") for name, cells in register.items()}
    return register.assign(**{name: cells for name, cells in numbers.items() if cells.notna().any() and name not in TEXT_CODES})


def csv_layout(title: str) -> dict[str, Any]:
    """The layout of a plain register: UTF-8 with a byte-order mark and semicolons, as Excel in Việt Nam saves it."""
    return {"title": [f"{title} - {SIMULATED}"], "separator": ";", "encoding": "utf-8-sig"}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m sample_data.generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--dossiers", type=int, default=24000)
    options = parser.parse_args()
    for path in generate(options.folder, options.seed, options.dossiers):
        print(path)


if __name__ == "__main__":
    main()
