"""The data folders the screens are looked at with, apart from the sample: one unit, nothing left, very long names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from tests.small_import import import_rows
from warehouse.importing import undo

PROCEDURES, NAME_LENGTH = 200, 120


def one_unit(root: Path) -> None:
    """An office of one unit, with a year of dossiers of three procedures."""
    import_rows(root, *(_row(n, f"Thủ tục {n % 3 + 1}", "Chi cục Bảo vệ môi trường") for n in range(150)))


def nothing(root: Path) -> None:
    """An office that has taken back its only import."""
    batch = import_rows(root, _row(0, "Thủ tục 1", "Chi cục Bảo vệ môi trường"))[0].batch
    undo(root, batch, "test")


def long_names(root: Path) -> None:
    """200 procedures and 12 units whose names have 120 letters, half of them in words too long to break anywhere good."""
    import_rows(
        root,
        *(
            _row(
                n, _long(f"Thủ tục số {n % PROCEDURES}", n % 2 == 0), _long(f"Chi nhánh Văn phòng Đăng ký đất đai số {n % 12}", n % 3 == 0)
            )
            for n in range(2 * PROCEDURES)
        ),
    )


DATA_SETS: dict[str, Callable[[Path], None]] = {"one_unit": one_unit, "nothing": nothing, "long_names": long_names}


def _row(number: int, procedure: str, unit: str) -> dict[str, str]:
    received = date(2020, 1, 2) + timedelta(days=number * 3 % 360)
    late, still_open = number % 7 == 0, number % 11 == 0
    finished = received + timedelta(days=16 if late else 5)
    return {
        "code": f"H{number:04}",
        "procedure": procedure,
        "field": f"Lĩnh vực {number % 4 + 1}",
        "unit": unit,
        "channel": ("Trực tuyến", "Trực tiếp", "Bưu chính")[number % 3],
        "level": str(number % 3 + 2),
        "status": "Đang xử lý" if still_open else "Đã trả kết quả",
        "received": f"{received:%d/%m/%Y}",
        "due": f"{received + timedelta(days=10):%d/%m/%Y}",
        "finished": "" if still_open else f"{finished:%d/%m/%Y}",
    }


def _long(name: str, unbroken: bool) -> str:
    filling = "thẩmđịnhphêduyệt" * 10 if unbroken else "cấp, gia hạn, điều chỉnh giấy phép khai thác, sử dụng nước dưới đất " * 3
    return f"{name} {filling}"[: NAME_LENGTH + 6].rpartition(" ")[0] if not unbroken else f"{name} {filling}"[:NAME_LENGTH]
