"""Make any report: ask the metrics for its content, then lay it out. The same snapshot, arguments and time give the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Any

from metrics import data_pack, meeting, reminders, report_content
from metrics.period import Period
from metrics.scope import Scope
from reports import REPORTS
from reports.stamp import Stamp
from warehouse.database import Database

Progress = Callable[[float, str], None]
Collect = Callable[[Database, Period, Scope], dict[str, Any]]

CONTENT: dict[str, Collect] = {
    "home_affairs": report_content.home_affairs_content,
    "form_06a": report_content.form_06a_content,
    "data_pack": data_pack.data_pack_content,
    "review_deck": meeting.review_content,
    "conclusions": meeting.conclusions_content,
}


class CannotMake(ValueError):
    """A report that cannot be made as asked; str() is one Vietnamese sentence."""


def make_report(
    name: str,
    db: Database,
    period: Period,
    scope: Scope,
    *,
    made_at: datetime,
    unit: str | None = None,
    progress: Progress | None = None,
) -> bytes:
    """The bytes of report `name` (a key of REPORTS) on one snapshot; `unit` is the section or unit that a reminder is addressed to.

    Raises KeyError for an unknown report and CannotMake when a reminder has no addressee or the snapshot does not know it.
    """
    report = REPORTS[name]
    tell = progress or (lambda share, text: None)
    tell(0.05, f"Đang tính số liệu cho {report.title}…")
    content = _for_unit(db, period, scope, unit) if report.needs_unit else CONTENT[name](db, period, scope)
    tell(0.6, f"Đang lập {report.title}…")
    department = content["head"]["department"]
    stamp = Stamp(
        title=f"{report.title} – {content['head']['title']}",
        office=str(department["name"]),
        snapshot=db.snapshot,
        start=period.start,
        end=period.end,
        as_of=scope.at(db),
        made_at=made_at,
        simulated=db.simulated,
    )
    built: bytes = import_module(report.module).build(content, stamp)
    tell(1.0, "Xong.")
    return built


def file_name(name: str, period: Period, unit: str | None = None) -> str:
    """What a downloaded report is called: no sign that a file system refuses."""
    parts = [REPORTS[name].title, unit or "", f"{period.start:%Y%m%d}-{period.end:%Y%m%d}"]
    clean = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in " ".join(part for part in parts if part))
    return f"{' '.join(clean.split())}.{REPORTS[name].ending}"


def _for_unit(db: Database, period: Period, scope: Scope, unit: str | None) -> dict[str, Any]:
    if not unit:
        raise CannotMake("Công văn đôn đốc cần tên phòng ban hoặc đơn vị nhận.")
    try:
        return reminders.reminder_content(db, period, scope, unit)
    except LookupError as unknown:
        raise CannotMake(f"Không có phòng ban hoặc đơn vị tên «{unit}» trong bản dữ liệu này.") from unknown
