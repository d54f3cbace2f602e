"""Locked periods (chốt kỳ): which snapshot a period's reports are made from, who locked it and when. One JSON line an event."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from warehouse import ledger


@dataclass(frozen=True)
class PeriodLock:
    """One lock (or, with `released`, its end) of the period start-end on a snapshot; dates ISO."""

    start: str
    end: str
    snapshot: str
    who: str
    when: str
    released: bool = False


def locks(root: Path) -> list[PeriodLock]:
    """The locks in force, oldest first; a later lock of the same period takes the place of an earlier one."""
    in_force: dict[tuple[str, str], PeriodLock] = {}
    for event in _events(root):
        in_force.pop((event.start, event.end), None)
        if not event.released:
            in_force[(event.start, event.end)] = event
    return list(in_force.values())


def locked_snapshot(root: Path, start: date, end: date) -> str | None:
    """The snapshot the period start-end is locked on, if it is."""
    wanted = (start.isoformat(), end.isoformat())
    return next((lock.snapshot for lock in locks(root) if (lock.start, lock.end) == wanted), None)


def lock_period(root: Path, start: date, end: date, snapshot: str, who: str) -> PeriodLock:
    """Lock a period on a snapshot from now on."""
    return _append(root, start, end, snapshot, who, released=False)


def release_period(root: Path, start: date, end: date, who: str) -> PeriodLock:
    """Let a period follow the newest snapshot again. Raises ValueError when it is not locked."""
    snapshot = locked_snapshot(root, start, end)
    if snapshot is None:
        raise ValueError("Kỳ này chưa được chốt.")
    return _append(root, start, end, snapshot, who, released=True)


def pinned_snapshots(root: Path) -> set[str]:
    """The snapshots that thinning must keep: those of locks in force and those a report was made from."""
    from warehouse.report_log import reports_made

    return {lock.snapshot for lock in locks(root)} | {report["snapshot"] for report in reports_made(root)}


def _append(root: Path, start: date, end: date, snapshot: str, who: str, *, released: bool) -> PeriodLock:
    now = datetime.now().isoformat(timespec="seconds")
    event = PeriodLock(start.isoformat(), end.isoformat(), snapshot, who, now, released)
    ledger.append(_file(root), asdict(event))
    return event


def _events(root: Path) -> list[PeriodLock]:
    return [PeriodLock(**line) for line in ledger.read(_file(root))]


def _file(root: Path) -> Path:
    return root / "period_locks.jsonl"
