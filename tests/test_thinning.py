"""Old snapshots are removed by the rule in settings/retention.toml, never one that somebody is pinned to."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from warehouse import report_log
from warehouse.location import snapshots_folder
from warehouse.period_locks import lock_period, pinned_snapshots, release_period
from warehouse.snapshots import publish, snapshot_names, thin

START, END = date(2020, 3, 1), date(2020, 3, 31)


@pytest.fixture
def root(tmp_path: Path, own_data_folder: Path) -> Path:
    """Three snapshots a month through 2020, the last one published; the rule keeps the 2 newest and 3 month ends."""
    (own_data_folder / "settings").mkdir(parents=True)
    (own_data_folder / "settings" / "retention.toml").write_text("newest = 2\nmonth_ends = 3\n")
    folder = snapshots_folder(tmp_path)
    folder.mkdir()
    for n in range(36):
        (folder / f"{n + 1:06d}-2020{n // 3 + 1:02d}{n % 3 * 10 + 1:02d}T080000.duckdb").touch()
    publish(tmp_path, "000036-20201221T080000")
    return tmp_path


def test_the_newest_and_the_month_ends_stay(root: Path) -> None:
    removed = thin(root, set())
    assert snapshot_names(root) == [
        "000030-20201021T080000",  # the last of October
        "000033-20201121T080000",  # the last of November
        "000035-20201211T080000",
        "000036-20201221T080000",
    ]
    assert len(removed) == 32
    assert thin(root, set()) == []


def test_a_pinned_snapshot_stays(root: Path) -> None:
    lock_period(root, START, END, "000005-20200211T080000", "test")
    made_at = datetime(2020, 5, 2, 8)
    report_log.record(
        root, name="form_06a", start=START, end=END, snapshot="000010-20200401T080000", who="test", made_at=made_at, content=b"report"
    )
    thin(root, pinned_snapshots(root))
    assert {"000005-20200211T080000", "000010-20200401T080000"} < set(snapshot_names(root))
    release_period(root, START, END, "test")
    assert thin(root, pinned_snapshots(root)) == ["000005-20200211T080000"]


def test_the_published_snapshot_stays_however_old(root: Path) -> None:
    publish(root, "000001-20200101T080000")
    thin(root, set())
    assert "000001-20200101T080000" in snapshot_names(root)
