"""Locked periods and the list of reports made."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest

from warehouse import report_log
from warehouse.period_locks import lock_period, locked_snapshot, locks, pinned_snapshots, release_period

START, END = date(2020, 1, 1), date(2020, 3, 31)


def test_a_lock_holds_until_it_is_released(tmp_path: Path) -> None:
    lock_period(tmp_path, START, END, "000001-20200401T000000", "an")
    assert locked_snapshot(tmp_path, START, END) == "000001-20200401T000000"
    assert locked_snapshot(tmp_path, START, date(2020, 3, 30)) is None
    release_period(tmp_path, START, END, "an")
    assert locks(tmp_path) == []
    with pytest.raises(ValueError):
        release_period(tmp_path, START, END, "an")


def test_the_later_lock_of_a_period_counts(tmp_path: Path) -> None:
    for name in ("000001-20200401T000000", "000002-20200402T000000"):
        lock_period(tmp_path, START, END, name, "an")
    assert [lock.snapshot for lock in locks(tmp_path)] == ["000002-20200402T000000"]


def test_locks_and_reports_pin_their_snapshots(tmp_path: Path) -> None:
    lock_period(tmp_path, START, END, "000001-20200401T000000", "an")
    made = {"name": "form_06a", "start": START, "end": END, "who": "an", "made_at": datetime(2020, 4, 2, 8, 0)}
    report_log.record(tmp_path, snapshot="000002-20200402T000000", content=b"file", **made)
    assert pinned_snapshots(tmp_path) == {"000001-20200401T000000", "000002-20200402T000000"}
    (row,) = report_log.reports_made(tmp_path)
    assert row["sha256"] == hashlib.sha256(b"file").hexdigest() and row["who"] == "an"
