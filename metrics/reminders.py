"""What a reminder to one section or unit says: its open dossiers that need a call, as of the date."""

from __future__ import annotations

from typing import Any

import settings
from metrics.period import Period
from metrics.report_content import head
from metrics.scope import Scope
from metrics.worklist import FLAGS, worklist
from warehouse.database import Database

REASONS = {
    "overdue": "quá hạn",
    "due_soon": "sắp đến hạn",
    "waiting_too_long": "chờ người nộp quá lâu",
    "supplement_again": "yêu cầu bổ sung hơn một lần",
    "overdue_unnoticed": "chưa thông báo quá hạn",
}


def addressees(db: Database, scope: Scope) -> list[str]:
    """The sections with dossiers to be reminded of, most overdue first, then the units."""
    rows = worklist(db, scope)
    flagged = rows[rows[list(FLAGS)].any(axis=1)]
    found = []
    for column in ("section", "unit"):
        counted = flagged.groupby(column)["overdue"].sum().sort_values(ascending=False, kind="stable")
        found += [str(name) for name in counted.index]
    return list(dict.fromkeys(found))


def reminder_content(db: Database, period: Period, scope: Scope, unit: str) -> dict[str, Any]:
    """head, addressee, cases (the flagged rows of metrics.worklist, with `state` in words), open and a count of each flag.

    Raises LookupError when no section or unit of the snapshot has that name.
    """
    rows = worklist(db, scope)
    of_section = rows[rows["section"] == unit]
    mine = of_section if len(of_section) else rows[rows["unit"] == unit]
    if mine.empty and not _known(db, unit):
        raise LookupError(unit)
    cases = mine[mine[list(FLAGS)].any(axis=1)].reset_index(drop=True)
    cases["state"] = [_state(row) for row in cases.to_dict("records")]
    rules = settings.read("rules")
    return {
        "head": head(db, period, scope),
        "addressee": unit,
        "cases": cases,
        "open": len(mine),
        **{flag: int(mine[flag].sum()) for flag in FLAGS},
        "near_due_days": rules["near_due_days"],
        "waiting_too_long_days": rules["waiting_too_long_days"],
    }


def _known(db: Database, unit: str) -> bool:
    sql = "select 1 as found from section where section_name = $name union all select 1 as found from unit where unit_name = $name"
    return len(db.frame(sql, {"name": unit})) > 0


def _state(row: dict[str, Any]) -> str:
    words = [REASONS[flag] for flag in FLAGS if row[flag]]
    if row["overdue"]:
        words[0] = f"quá hạn {-int(row['days_left'])} ngày làm việc"
    elif row["due_soon"]:
        words[0] = "đến hạn hôm nay" if row["days_left"] == 0 else f"còn {int(row['days_left'])} ngày làm việc"
    return ", ".join(words)
