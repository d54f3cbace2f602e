"""A small office of two units whose words say whose they are: "QQA…" belongs to unit A, "QQB…" to unit B, "QQO…" names an officer.

What a person must not see can then be looked for as bytes, wherever it might turn up.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from warehouse.import_plan import plan
from warehouse.importing import run

UNITS = {"A": "Phòng Đất đai", "B": "Phòng Môi trường"}
FIELDS = {"A": "Đất đai", "B": "Môi trường"}
_DOSSIER_HEADER = (
    "Mã hồ sơ;Mã TTHC;Tên thủ tục hành chính;Lĩnh vực;Đơn vị xử lý;Phòng ban xử lý;Cán bộ xử lý;Hình thức nộp;Mức độ;Trạng thái hồ sơ;"
    "Ngày nộp hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Ngày kết thúc xử lý;Ngày yêu cầu bổ sung;Ngày công dân bổ sung"
)
_COMPLAINT_HEADER = (
    "Mã phản ánh;Ngày gửi;Ngày tiếp nhận;Ngày trả lời;Hạn trả lời;Kênh tiếp nhận;Phân loại;Đơn vị xử lý;Mức độ hài lòng;Mã hồ sơ liên quan"
)
_STEP_HEADER = "Mã hồ sơ;Bước xử lý;Phòng ban xử lý;Người xử lý;Ngày bắt đầu;Ngày kết thúc;Hạn xử lý"
_SURVEY_HEADER = "Mã phiếu;Ngày;Đơn vị;Tên thủ tục;Câu hỏi;Điểm"
_FIRST, _LAST = date(2020, 1, 6), date(2020, 12, 20)


def fill(root: Path, letters: str = "AB") -> None:
    """Import the dossiers, steps, complaints and survey answers of 2020 of these units into the warehouse at `root`."""
    makers = {"ho-so.csv": _dossiers, "buoc.csv": _steps, "phan-anh.csv": _complaints, "khao-sat.csv": _answers}
    files = {name: make(letters) for name, make in makers.items()}
    summaries = run(root, plan([(name, text.encode()) for name, text in files.items()]), "test")
    assert [(summary.kind, summary.refused) for summary in summaries] == [
        (kind, 0) for kind in ("dossiers", "steps", "complaints", "surveys")
    ]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _received() -> list[date]:
    return [_FIRST + timedelta(days=9 * number) for number in range((_LAST - _FIRST).days // 9)]


def _dossiers(letters: str) -> str:
    lines = [_DOSSIER_HEADER]
    for letter in letters:
        for number, received in enumerate(_received()):
            is_open, late, online = number % 5 == 0, number % 3 == 0, number % 2 == 0
            due = received + timedelta(days=14)
            finished = None if is_open else due + timedelta(days=5 if late else -3)
            asked, answered = (received + timedelta(days=2), received + timedelta(days=4)) if number % 4 == 1 else (None, None)
            words = [
                *(
                    f"QQ{letter}HS{number:03d}",
                    f"T.{letter}{number % 3}",
                    f"QQ{letter} Thủ tục {number % 3}",
                    FIELDS[letter],
                    UNITS[letter],
                ),
                *(f"QQ{letter} Tổ {number % 2}", f"QQO{letter} Cán bộ {number % 2}"),
                *("Trực tuyến" if online else "Trực tiếp", "4" if online else "2", "Đang xử lý" if is_open else "Đã trả kết quả"),
                *(_day(day) for day in (received, received, due, finished, asked, answered)),
            ]
            lines.append(";".join(words))
    return "\n".join(lines)


def _steps(letters: str) -> str:
    lines = [_STEP_HEADER]
    for letter in letters:
        for number, received in enumerate(_received()):
            for step in range(3):
                start = received + timedelta(days=3 * step)
                end = None if number % 5 == 0 and step == 2 else start + timedelta(days=2)
                words = [
                    f"QQ{letter}HS{number:03d}",
                    f"QQ{letter} Bước {step}",
                    f"QQ{letter} Tổ {number % 2}",
                    f"QQO{letter} Cán bộ {step % 2}",
                ]
                lines.append(";".join([*words, _day(start), _day(end), _day(start + timedelta(days=2))]))
    return "\n".join(lines)


def _complaints(letters: str) -> str:
    lines = [_COMPLAINT_HEADER]
    for letter in letters:
        for number in range(20):
            sent = _FIRST + timedelta(days=16 * number)
            answered = None if number % 6 == 0 else sent + timedelta(days=12)
            days = [_day(day) for day in (sent, sent, answered, sent + timedelta(days=20))]
            words = ["Đường dây nóng", "Hành vi hành chính", UNITS[letter], "Hài lòng" if answered else "", f"QQ{letter}HS{number:03d}"]
            lines.append(";".join([f"QQ{letter}PA{number:03d}", *days, *words]))
    return "\n".join(lines)


def _answers(letters: str) -> str:
    lines = [_SURVEY_HEADER]
    for letter in letters:
        for number in range(15):
            day = _day(_FIRST + timedelta(days=20 * number))
            lines += [
                f"QQ{letter}KS{number:03d};{day};{UNITS[letter]};QQ{letter} Thủ tục 0;cau_{question};{3 + number % 3}"
                for question in range(1, 4)
            ]
    return "\n".join(lines)
