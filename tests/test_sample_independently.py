"""The simulated data once more, row by row in plain Python from the archived words: no SQL, no pandas, none of the warehouse's code."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import holidays
import pyarrow.parquet as pq
import pytest

from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import table
from warehouse.database import Database

VIETNAM = holidays.country_holidays("VN", years=range(2017, 2023))
NEVER = date.max
STATUS = {
    "mới đăng ký": 1, "đã tiếp nhận": 2, "mới tiếp nhận": 2, "được tiếp nhận": 2, "không tiếp nhận": 3, "từ chối tiếp nhận": 3,
    "không được tiếp nhận": 3, "đang xử lý": 4, "đang giải quyết": 4, "đang thụ lý": 4, "chờ bổ sung": 5, "yêu cầu bổ sung": 5,
    "dừng tính": 5, "tạm dừng": 5, "yêu cầu bổ sung giấy tờ": 5, "chờ bổ sung hồ sơ": 5, "đã chuyển thông tin thuế": 6,
    "chờ thực hiện nghĩa vụ tài chính": 6, "yêu cầu thực hiện nghĩa vụ tài chính": 6, "rút hồ sơ": 7, "công dân yêu cầu rút hồ sơ": 7,
    "công dân rút hồ sơ": 7, "đã rút hồ sơ": 7, "đã rút": 7, "dừng xử lý": 8, "đã xử lý xong": 9, "đã có kết quả": 9, "đã giải quyết": 9,
    "đã trả kết quả": 10, "từ chối giải quyết": 11, "từ chối": 11,
    "đã trả": 10, "đã trả kết quả cho công dân": 10, "chờ trả kết quả": 9, "tiếp nhận": 2, "thực hiện nghĩa vụ tài chính": 6,
    "trả lại hồ sơ": 11, "không giải quyết": 11, "đã dừng xử lý": 8, "chờ tiếp nhận": 1, "mới nộp": 1,
}  # fmt: skip


def plain(word: str) -> str:
    return " ".join(unicodedata.normalize("NFC", word).lower().split())


def status_of(word: str | None) -> int | str | None:
    if not word:
        return None
    return int(word) if word.isdecimal() else STATUS.get(plain(word), "?")


def day_of(word: str | None) -> date | None:
    if not word:
        return None
    word = word.strip()
    for pattern, order in (
        (r"(\d{4})(\d\d)(\d\d)(\d{6})?$", "ymd"),
        (r"(\d{4})-(\d\d)-(\d\d)", "ymd"),
        (r"(\d\d?)[/-](\d\d?)[/-](\d{4})", "dmy"),
    ):
        if found := re.match(pattern, word):
            parts = dict(zip(order, found.groups(), strict=False))
            try:
                day = date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
            except ValueError:
                return None
            return day if 1990 <= day.year <= 2100 else None
    if re.match(r"\d{5}(\.\d+)?$", word):
        return date(1899, 12, 30) + timedelta(int(float(word)))
    return None


def moment_of(word: str | None) -> datetime | None:
    if not word or not day_of(word):
        return None
    clock = re.search(r"(\d\d):(\d\d)(?::(\d\d))?", word) or re.match(r"\d{8}(\d\d)(\d\d)(\d\d)$", word)
    hours, minutes, seconds = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    return datetime(*day_of(word).timetuple()[:3], hours, minutes, seconds)  # type: ignore[union-attr, misc]


def works(day: date) -> bool:
    return (day.weekday() < 5 and day not in VIETNAM) or day in VIETNAM.weekend_workdays


COUNT: dict[date, int] = {}
running = 0
for n in range((date(2022, 12, 31) - date(2017, 1, 1)).days + 1):
    day = date(2017, 1, 1) + timedelta(n)
    running += works(day)
    COUNT[day] = running


@dataclass
class Dossier:
    values: dict[str, str | None] = field(default_factory=dict)
    dues: list[date] = field(default_factory=list)


def archived(root: Path) -> tuple[dict[str, Dossier], dict[str, list[dict[str, Any]]]]:
    """Every dossier as its later rows left it, and its steps in order, from the archive's Parquet files."""
    dossiers: dict[str, Dossier] = {}
    steps: dict[str, list[dict[str, Any]]] = {}
    for folder in sorted((root / "archive").iterdir()):
        described = json.loads((folder / "batch.json").read_text(encoding="utf-8"))
        for part in sorted(described["parts"], key=lambda part: part["kind"] != "steps"):
            rows = pq.read_table(folder / part["rows_file"]).to_pylist() if part["kind"] in ("steps", "dossiers") else []
            for row in rows:
                if part["kind"] == "steps":
                    steps.setdefault(row["dossier_code"], []).append(row)
                elif accepted(row, steps):
                    known = dossiers.setdefault(row["dossier_code"], Dossier())
                    known.values.update({key: value for key, value in row.items() if key not in ("sheet", "row_number")})
                    for due in dues_of(row):
                        if not known.dues or known.dues[-1] != due:
                            known.dues.append(due)
    for listed in steps.values():
        listed.sort(key=lambda step: moment_of(step.get("started_at")) or moment_of(step.get("finished_at")) or datetime.min)
    return dossiers, steps


def accepted(row: dict[str, Any], steps: dict[str, list[dict[str, Any]]]) -> bool:
    status, received = status_of(row.get("status")), day_of(row.get("received_at"))
    if not row["dossier_code"] or status == "?":
        return False
    if status in (1, 3) or (status == 11 and not received):
        return bool(received or day_of(row.get("submitted_at")) or day_of(row.get("refused_at")))
    ended = day_of(row.get("finished_at")) or day_of(row.get("returned_at"))
    return bool(received) and not (ended and received and ended < received)


def dues_of(row: dict[str, Any]) -> list[date]:
    told = json.loads(row.get("supplements") or "[]")
    moved = [day for s in told for day in (day_of(s.get("NgayHenTraTruoc")), day_of(s.get("NgayHenTraMoi")))]
    due = day_of(row.get("due_at"))
    first = [] if due in [day_of(s.get("NgayHenTraMoi")) for s in told] else [due]
    return [day for day in [*first, *moved, day_of(row.get("rescheduled_due_at"))] if day]


@dataclass
class Fact:
    unit: str
    online: bool
    received: date | None
    due: date | None
    closed: date
    outcome: str
    waiting: list[tuple[date, date]]
    days: int | None


def fact(dossier: Dossier, steps: list[dict[str, Any]]) -> Fact:
    value = dossier.values.get
    status, received = status_of(value("status")), day_of(value("received_at"))
    finished, returned, refused = (day_of(value(f"{name}_at")) for name in ("finished", "returned", "refused"))
    outcome, closed = "open", NEVER
    processed = [moment_of(s.get("finished_at") or s.get("started_at")) for s in steps if status_of(s.get("status")) == 9]
    handed = [moment_of(s.get("finished_at") or s.get("started_at")) for s in steps if status_of(s.get("status")) == 10]
    if status in (1, 3) or (status == 11 and not received):
        outcome, received = "not received", None
    elif status == 11 or (status in (8, 9, 10, None) and refused and received and refused >= received):
        outcome, closed = "refused", refused or finished or returned or NEVER
    elif status == 7:
        outcome, closed = "withdrawn", finished or day_of(value("withdrawn_at")) or returned or NEVER
    elif status == 8 and (finished or day_of(value("stopped_at")) or returned):
        outcome, closed = "stopped", finished or day_of(value("stopped_at")) or returned or NEVER
    elif status in (9, 10) or (status is None and (finished or returned)):
        both = max(processed).date() if processed and handed else None  # type: ignore[type-var, union-attr]
        closed = finished or both or returned or (max(processed or handed).date() if processed or handed else NEVER)  # type: ignore[type-var, union-attr]
        outcome = "done"
    waits = waiting(dossier, steps, received, closed, status) if received else []
    paused = sum(COUNT[b] - COUNT[a] for a, b in waits if b != NEVER)
    days = max(COUNT[closed] - COUNT[received] - paused, 0) if received and closed != NEVER else None
    online = plain(value("channel") or "") in ("2", "trực tuyến", "nộp trực tuyến", "qua mạng")
    due = dossier.dues[-1] if dossier.dues else None
    return Fact(plain(value("unit_name") or ""), online, received, due, closed, outcome, waits, days)


def waiting(dossier: Dossier, steps: list[dict[str, Any]], received: date, closed: date, status: Any) -> list[tuple[date, date]]:
    runs = closed == NEVER and status in (5, 6, 8)
    asked: list[tuple[date | None, date | None]] = [
        (day_of(s.get("NgayBoSung")), day_of(s.get("NgayTiepNhanBoSung"))) for s in json.loads(dossier.values.get("supplements") or "[]")
    ]
    asked.append((day_of(dossier.values.get("supplement_requested_at")), day_of(dossier.values.get("supplement_answered_at"))))
    worded = [s for s in steps if status_of(s.get("status")) is not None]
    for position, step in enumerate(worded):
        if status_of(step.get("status")) in (5, 6):
            later = next((s for s in worded[position:] if status_of(s.get("status")) != status_of(step.get("status"))), None)
            asked.append(
                (
                    day_of(step.get("started_at") or step.get("finished_at")),
                    day_of(later.get("started_at") or later.get("finished_at")) if later else None,
                )
            )
    known = [(a, b) for a, b in asked if a]
    if runs and (not known or (status == 8 and all(b for _, b in known))):
        known.append((max([received, *(b for _, b in known if b)]), None))
    clipped = [(max(a, received), min(b or NEVER, closed)) for a, b in known if b or runs]
    merged: list[tuple[date, date]] = []
    for a, b in sorted((a, b) for a, b in clipped if a < b):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged


def form(facts: list[Fact], a: date, b: date) -> dict[str, int]:
    rows = [f for f in facts if f.received]
    resolved = [f for f in rows if a <= f.closed <= b]
    judged = ("done", "refused")
    progress = [f for f in rows if f.received <= b < f.closed]  # type: ignore[operator]
    overdue = [f for f in progress if f.due and f.due < b and not any(s <= b < e for s, e in f.waiting)]
    early = sum(1 for f in resolved if f.outcome in judged and f.due and f.closed < f.due)
    late = sum(1 for f in resolved if f.outcome in judged and f.due and f.closed > f.due)
    new, carried = [f for f in rows if a <= f.received <= b], [f for f in rows if f.received < a <= f.closed]  # type: ignore[operator]
    online = sum(1 for f in new if f.online)
    return {
        "received_total": len(new) + len(carried), "received_online": online, "received_direct_postal": len(new) - online,
        "carried_over": len(carried), "resolved_total": len(resolved),
        "early": early, "on_time": len(resolved) - early - late, "late": late,
        "in_progress_total": len(progress), "within_term": len(progress) - len(overdue), "overdue": len(overdue),
    }  # fmt: skip


@pytest.fixture(scope="module")
def facts(sample_folder: Path) -> list[Fact]:
    dossiers, steps = archived(sample_folder / "sample")
    return [fact(dossier, steps.get(code, [])) for code, dossier in dossiers.items()]


SPANS = [(date(2020, 1, 1), date(2020, 12, 31)), (date(2019, 12, 15), date(2020, 3, 14)), (date(2020, 4, 1), date(2020, 4, 30))]


@pytest.mark.parametrize(("a", "b"), SPANS)
def test_form_06a(sample_db: Database, facts: list[Fact], a: date, b: date) -> None:
    rows, total = table(sample_db, "form_06a", Period(a, b), Scope(whole_sector=True, as_of=b), by="unit")
    assert total == form(facts, a, b)
    for row in rows.to_dict("records"):
        group = row.pop("group")
        assert row == form([f for f in facts if f.unit == plain(group)], a, b), group


@pytest.mark.parametrize(("a", "b"), SPANS)
def test_processing_time(sample_db: Database, facts: list[Fact], a: date, b: date) -> None:
    _, total = table(sample_db, "processing_time", Period(a, b), Scope(whole_sector=True))
    days = sorted(f.days for f in facts if f.outcome == "done" and a <= f.closed <= b and f.days is not None)
    assert total["closed"] == len(days)
    assert total["mean"] == pytest.approx(sum(days) / len(days))
    position = 0.9 * (len(days) - 1)
    low = int(position)
    assert total["p90"] == pytest.approx(days[low] + (position - low) * (days[min(low + 1, len(days) - 1)] - days[low]))
