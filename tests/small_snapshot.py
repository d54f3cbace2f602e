"""A snapshot made of a few readable rows, so that a test can show what goes in and what comes out.

    db = small_snapshot(
        dossier=[
            dict(received="2020-01-06", due="2020-01-10", closed="2020-01-09", unit="Chi cục A"),
            dict(received="2020-01-06", status=5, waiting=[("2020-01-08", None)]),
        ],
        complaint=[dict(sent="2020-01-06", answered="2020-01-20")],
    )

A row names columns of warehouse/schema.sql without their `_on`; unit, field, procedure, section and officer are given by name and
become rows of their tables. What a row leaves out gets a plain value. Dates are ISO text or dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import holidays
import pandas as pd

SCHEMA = (Path(__file__).parent.parent / "warehouse" / "schema.sql").read_text(encoding="utf-8")
OPEN = date(9999, 12, 31)
NAMED = ("field", "unit", "procedure", "section", "officer")
DEFAULT_NAMES = {
    "field": "Đất đai",
    "unit": "Văn phòng Sở",
    "procedure": "Thủ tục A",
    "section": "Phòng A",
    "officer": "Cán bộ A",
}
STATUS_OF = {"open": 4, "done": 10, "refused": 11, "withdrawn": 7, "stopped": 8, "rejected": 3, "registered": 1}
OUTCOME_OF = {3: "rejected", 1: "registered", 7: "withdrawn", 8: "stopped", 9: "done", 10: "done", 11: "refused"}


class SmallSnapshot:
    """warehouse.database.Database over an in-memory DuckDB; `connection` is there for a test that wants to look inside."""

    snapshot, simulated, engine = "small", False, "DuckDB"

    def __init__(self, connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
        self.connection, self.as_of = connection, as_of

    def frame(self, sql: str, parameters: dict[str, Any] | None = None) -> pd.DataFrame:
        return self.connection.cursor().execute(sql, parameters or {}).df()


def small_snapshot(as_of: str | date = "2020-12-31", **tables: Iterable[dict[str, Any]]) -> SmallSnapshot:
    """Any table of the schema as lists of rows; `as_of` is the data's own as-of date."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(SCHEMA)
    connection.register("vietnamese_calendar", calendar())
    connection.execute("insert into calendar select * from vietnamese_calendar")
    names = Names({table: list(tables.get(table, [])) for table in NAMED})
    given = {table: [dict(row) for row in rows] for table, rows in tables.items() if table not in NAMED}
    waiting = given.pop("waiting_interval", [])
    dossiers = sorted(
        (_dossier(row, number, names, waiting) for number, row in enumerate(given.pop("dossier", []), 1)),
        key=lambda row: (row["closed_on"], row["received_on"] or OPEN, row["dossier_code"]),
    )
    ids = {row["dossier_code"]: number for number, row in enumerate(dossiers, 1)}
    dossiers = [{"dossier_id": ids[row["dossier_code"]], **row} for row in dossiers]
    _insert(connection, "dossier", pd.DataFrame(dossiers))
    rows = {
        "waiting_interval": [_waiting(row) for row in waiting],
        "complaint": [_complaint(row, number, names, dossiers) for number, row in enumerate(given.pop("complaint", []), 1)],
        "survey_response": [_with_ids(row, names, ("unit", "procedure", "field")) for row in given.pop("survey_response", [])],
        "notice": [{"reason": "overdue", "channel": "sms", "apology": False, **row} for row in given.pop("notice", [])],
        "step": _steps([_with_ids(row, names, ("section", "officer")) for row in given.pop("step", [])], dossiers),
        "procedure_listing": [_listing(row, names) for row in given.pop("procedure_listing", [])],
        **given,
    }
    for table, found in rows.items():
        for row in found:
            if table in ("waiting_interval", "notice", "due_history", "step"):
                row.setdefault("dossier_id", ids.get(row.get("dossier_code", "")))
        _insert(connection, table, pd.DataFrame(found))
    for table in NAMED:
        _insert(connection, table, pd.DataFrame(names.rows(table)))
    return SmallSnapshot(connection, _day(as_of))


@cache
def calendar() -> pd.DataFrame:
    """2018–2022 with Vietnamese holidays, substitute days off and make-up Saturdays."""
    years = range(2018, 2023)
    off = holidays.country_holidays("VN", years=years)
    days = [date(2018, 1, 1) + timedelta(days=n) for n in range(5 * 365 + 1)]
    working = [(day.weekday() < 5 and day not in off) or day in off.weekend_workdays for day in days]
    numbers = pd.Series(working).cumsum()
    return pd.DataFrame({"day": days, "working": working, "working_day_number": numbers, "holiday_name": [off.get(d) for d in days]})


def working_days(start: date, end: date) -> int:
    """Working days d with start < d <= end, counted one by one."""
    return int(sum(w for d, w in zip(calendar()["day"], calendar()["working"], strict=True) if start < d <= end))


class Names:
    """Gives each name its id; 0 is "Chưa xác định"."""

    def __init__(self, given: dict[str, list[dict[str, Any]]]) -> None:
        self.known: dict[str, dict[str, dict[str, Any]]] = {table: {} for table in NAMED}
        for table in ("field", "unit", "section", "officer", "procedure"):
            for row in given[table]:
                self.id(table, row.get(f"{table}_code") or row[f"{table}_name"], **row)

    def id(self, table: str, name: str | None, **row: Any) -> int:
        """A name with several rows (procedures of one name) is told apart by giving the code instead."""
        if name is None:
            return 0
        if name not in self.known[table]:
            row.setdefault(f"{table}_name", name)
            if table == "procedure":
                row["field_id"] = self.id("field", row.pop("field", DEFAULT_NAMES["field"]))
            self.known[table][name] = {f"{table}_id": len(self.known[table]) + 1, **row}
        return self.known[table][name][f"{table}_id"]

    def rows(self, table: str) -> list[dict[str, Any]]:
        plain: dict[str, dict[str, Any]] = {"unit": {"own": True}, "procedure": {"in_catalogue": True, "in_charge": True}}
        none = {f"{table}_id": 0, f"{table}_name": "Chưa xác định", **plain.get(table, {})}
        if table == "procedure":
            none |= {"field_id": 0, "in_catalogue": False}
        return [none, *({**plain.get(table, {}), **row} for row in self.known[table].values())]


def _dossier(row: dict[str, Any], number: int, names: Names, waiting: list[dict[str, Any]]) -> dict[str, Any]:
    row = _with_ids(_dated(row), names, NAMED)
    code = row.setdefault("dossier_code", row.pop("code", f"H{number:03d}"))
    closed = row.get("closed_on") or OPEN
    outcome = row.get("outcome") or OUTCOME_OF.get(row.get("status") or 0) or ("open" if closed == OPEN else "done")
    if outcome == "stopped" and closed == OPEN:
        outcome = "open"
    received = None if outcome in ("rejected", "registered") else row.get("received_on") or date(2020, 1, 6)
    row.setdefault("submitted_on", received)
    intervals = [(_day(start), _day(end) if end else OPEN) for start, end in row.pop("waiting", [])]
    waiting.extend({"dossier_code": code, "requested_on": start, "answered_on": end} for start, end in intervals)
    paused = row.get("paused_days", sum(working_days(start, end) for start, end in intervals if end != OPEN))
    days = None if closed == OPEN or not received else max(0, working_days(received, closed) - paused)
    plain = {
        "channel": 1,
        "status": STATUS_OF[outcome],
        "due_first_on": row.get("due_on"),
        "due_changes": 0,
        "due_from_norm": False,
        "finished_on": None if closed == OPEN else closed,
        "judged": outcome in ("done", "refused"),
        "processing_days": days,
        "has_waiting": bool(intervals) or any(one.get("dossier_code") == code for one in waiting),
        "supplement_count": len(intervals),
        "listed": False,
        "in_catalogue": True,
    }
    known = {"received_on": received, "closed_on": closed, "outcome": outcome, "paused_days": paused}
    return {**plain, **row, **known}


def _complaint(row: dict[str, Any], number: int, names: Names, dossiers: list[dict[str, Any]]) -> dict[str, Any]:
    row = _dated(row)
    linked = next((d for d in dossiers if d["dossier_code"] == row.get("dossier_code")), None)
    ids = {key: linked[key] for key in ("field_id", "procedure_id")} if linked else {"field_id": 0, "procedure_id": 0}
    start = row.get("forwarded_on") or row["sent_on"]
    answered = row.get("answered_on") or OPEN
    plain = {
        "complaint_code": row.pop("code", f"P{number:03d}"),
        "received_on": row["sent_on"],
        "channel": "hotline",
        "class": "regulation",
        "due_on": next(d for d in calendar()["day"] if working_days(start, d) >= 15),
        "answer_days": None if answered == OPEN else working_days(start, answered),
        "reopened": False,
    }
    return {**plain, **ids, **_with_ids(row, names, ("unit",)), "answered_on": answered}


def _waiting(row: dict[str, Any]) -> dict[str, Any]:
    row = {"reason": "supplement", **_dated(row)}
    start, end = row["requested_on"], row.get("answered_on") or OPEN
    return {**row, "answered_on": end, "working_days": None if end == OPEN else working_days(start, end)}


def _steps(rows: list[dict[str, Any]], dossiers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each with the name of the step before it and with its dossier's unit, field, procedure and channel."""
    known = {row["dossier_code"]: {key: row[key] for key in ("unit_id", "field_id", "procedure_id", "channel")} for row in dossiers}
    name = {(row["dossier_code"], row["position"]): row["step_name"] for row in rows}
    before = [name.get((row["dossier_code"], row["position"] - 1)) for row in rows]
    return [{**known.get(row["dossier_code"], {}), "previous_step": one, **row} for row, one in zip(rows, before, strict=True)]


def _listing(row: dict[str, Any], names: Names) -> dict[str, Any]:
    row = {"listed_from": date(2018, 1, 1), "listed_to": OPEN, **row}
    return {"procedure_id": names.id("procedure", row.pop("procedure")), **row}


def _with_ids(row: dict[str, Any], names: Names, tables: Iterable[str]) -> dict[str, Any]:
    row = dict(row)
    for table in tables:
        more = {"field": row["field"]} if table == "procedure" and row.get("field") else {}
        name = row.get(table, DEFAULT_NAMES[table])
        row.setdefault(f"{table}_id", names.id(table, name, **more))
    return {key: value for key, value in row.items() if key not in tables}


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """received → received_on …, and ISO text → dates."""
    short = ("submitted", "received", "due", "due_first", "closed", "finished", "returned", "refused")
    more = ("sent", "forwarded", "supplement", "answered", "published", "requested")
    row = {f"{key}_on" if key in short + more else key: value for key, value in row.items()}
    return {key: _day(value) if key.endswith("_on") and value is not None else value for key, value in row.items()}


def _day(value: str | date) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    if rows.empty:
        return
    columns = set(connection.execute(f"select * from {table} limit 0").df().columns)
    kept = [column for column in rows.columns if column in columns]
    unknown = set(rows.columns) - columns - {"dossier_code"}
    if unknown:
        raise KeyError(f"{table}: {sorted(unknown)}")
    rows = rows[kept].astype(object).where(rows[kept].notna(), None)
    listed = ", ".join(kept)
    marks = ", ".join("?" * len(kept))
    connection.executemany(f"insert into {table} ({listed}) values ({marks})", rows.values.tolist())
