"""Every report opens in LibreOffice, carries its source, and is the same file when made again."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from metrics.period import Period
from metrics.scope import Scope
from reports import REPORTS
from reports.making import CannotMake, file_name, make_report
from tests.office_files import pages_in_libreoffice, part
from tests.small_snapshot import small_snapshot
from warehouse.database import Database

YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))
JUNE = Period(date(2020, 6, 1), date(2020, 6, 30))
EMPTY = Period(date(2016, 1, 1), date(2016, 3, 31))
MADE_AT = datetime(2021, 1, 5, 8, 0)
SECTION = "Tổ Đăng ký và cấp giấy chứng nhận Nha Trang"


def made(name: str, db: Database, period: Period = YEAR, scope: Scope | None = None, unit: str | None = SECTION) -> bytes:
    return make_report(name, db, period, scope or Scope(), made_at=MADE_AT, unit=unit)


def test_every_report_opens_in_libreoffice(sample_db: Database, tmp_path: Path) -> None:
    files = {f"{name}.{report.ending}": made(name, sample_db, JUNE if name == "data_pack" else YEAR) for name, report in REPORTS.items()}
    files |= {f"empty_{name}.{report.ending}": made(name, sample_db, EMPTY) for name, report in REPORTS.items()}
    one = Scope(units=("Chi cục Bảo vệ môi trường",))
    files |= {
        f"unit_{name}.{REPORTS[name].ending}": made(name, sample_db, scope=one) for name in ("home_affairs", "form_06a", "review_deck")
    }
    pages = pages_in_libreoffice(files, tmp_path)
    assert [name for name, count in pages.items() if count == 0] == []
    assert pages["review_deck.pptx"] >= 14


@pytest.mark.parametrize("name", REPORTS)
def test_the_same_question_gives_the_same_bytes(name: str, sample_db: Database) -> None:
    assert made(name, sample_db, JUNE) == made(name, sample_db, JUNE)


@pytest.mark.parametrize("name", ["home_affairs", "form_06a", "review_deck"])
def test_a_report_says_what_it_was_made_from(name: str, sample_db: Database) -> None:
    properties = part(made(name, sample_db), "docProps/custom.xml")
    for said in (sample_db.snapshot, "2020-01-01", "2020-12-31", "2021-01-05T08:00:00", "Dữ liệu mẫu"):
        assert said in properties


def test_200_procedures_and_a_long_unit_name(tmp_path: Path) -> None:
    unit = "Chi nhánh Văn phòng đăng ký đất đai số 12"
    assert len(unit) >= 40
    rows = [
        dict(received="2020-01-06", closed="2020-01-20", due="2020-01-22", unit=unit, procedure=f"=Thủ tục số {n:03d} {'về đất đai ' * 8}")
        for n in range(200)
    ]
    db = small_snapshot(dossier=[*rows, dict(received="2020-12-01", due="2020-12-07", unit=unit, section="Phòng một cửa")])
    names = ("home_affairs", "form_06a", "review_deck", "reminder", "reminder_list", "data_pack")
    files = {f"{name}.{REPORTS[name].ending}": made(name, db, unit=unit) for name in names}
    assert all(pages_in_libreoffice(files, tmp_path).values())


def test_a_reminder_needs_a_known_addressee(sample_db: Database) -> None:
    with pytest.raises(CannotMake):
        made("reminder", sample_db, unit=None)
    with pytest.raises(CannotMake, match="Phòng không có"):
        made("reminder", sample_db, unit="Phòng không có")


def test_file_names_hold_no_sign_of_a_path() -> None:
    name = file_name("reminder", YEAR, "../Phòng A\\B: C")
    assert name == "Công văn đôn đốc Phòng A B C 20200101-20201231.docx"
