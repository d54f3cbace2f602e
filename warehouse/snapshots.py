"""Published snapshots: DuckDB files that are never written again, and the small CURRENT file that names the one to read."""

from __future__ import annotations

import json
import os
import re
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from settings import read
from warehouse.duckdb_engine import DuckdbDatabase, open_snapshot_file
from warehouse.location import current_file, snapshots_folder

NAME = re.compile(r"^\d{6}-\d{8}T\d{6}$")
WINDOWS_TRIES = 50  # a file in use cannot be replaced there: wait for its reader to let go


class NoSnapshot(Exception):
    """There is no snapshot that can be read; str() is a Vietnamese sentence that says what to do."""


def snapshot_file(root: Path, name: str) -> Path:
    """The file of snapshot `name`."""
    return snapshots_folder(root) / f"{name}.duckdb"


def snapshot_names(root: Path) -> list[str]:
    """The names of all snapshots kept, oldest first."""
    return sorted(file.stem for file in snapshots_folder(root).glob("*.duckdb") if NAME.match(file.stem))


def published_name(root: Path) -> str | None:
    """The name in CURRENT, if that file can be read and its snapshot is there."""
    try:
        name = json.loads(current_file(root).read_text(encoding="utf-8"))["snapshot"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return name if isinstance(name, str) and NAME.match(name) and snapshot_file(root, name).exists() else None


def open_published(root: Path) -> DuckdbDatabase:
    """The published snapshot; where CURRENT or its file is damaged, the newest good one. Raises NoSnapshot."""
    named = published_name(root)
    candidates = [named] if named else []
    candidates += [name for name in reversed(snapshot_names(root)) if name != named]
    for name in candidates:
        try:
            return open_snapshot(root, name)
        except duckdb.Error:
            continue  # a damaged file: the next newest is served, `manage.py check` names it
    raise NoSnapshot("Chưa có bản dữ liệu nào đọc được. Hãy nhập dữ liệu, hoặc chạy: python manage.py rebuild")


def open_snapshot(root: Path, name: str) -> DuckdbDatabase:
    """Snapshot `name`, read-only. Raises NoSnapshot when there is none of that name and duckdb.Error when it is damaged."""
    if not NAME.match(name) or not snapshot_file(root, name).exists():
        raise NoSnapshot(f"Không có bản dữ liệu tên {name}.")
    file = snapshot_file(root, name)
    db = open_snapshot_file(file, name)
    size = db.connection.execute("select total_blocks * block_size + 3 * 4096 from pragma_database_size()").fetchone()
    if size is None or file.stat().st_size < size[0]:  # DuckDB opens a file that was cut short, and fails at the first missing block
        raise duckdb.IOException(f"snapshot {name} is cut short")
    return db


def batches_of(root: Path, name: str) -> set[str]:
    """The numbers of the batches (undos included) that snapshot `name` was made with; empty when it is damaged."""
    try:
        info = open_snapshot(root, name).frame("select value from snapshot_info where name = 'batches'")
    except duckdb.Error:
        return set()
    return {number for number in str(info["value"][0]).split(",") if number}


def new_name(root: Path, moment: datetime) -> str:
    """A name no snapshot of this warehouse has had."""
    last = max((int(name[:6]) for name in snapshot_names(root)), default=0)
    return f"{last + 1:06d}-{moment:%Y%m%dT%H%M%S}"


def publish(root: Path, name: str) -> None:
    """Make `name` the published snapshot, in one atomic step that survives a power cut."""
    next_file = current_file(root).with_suffix(".next")
    with next_file.open("w", encoding="utf-8") as file:
        json.dump({"snapshot": name}, file)
        file.flush()
        os.fsync(file.fileno())
    replace(next_file, current_file(root))


def replace(source: Path, target: Path) -> None:
    """os.replace that waits while a reader holds the target open (Windows)."""
    for tries_left in reversed(range(WINDOWS_TRIES)):
        try:
            source.replace(target)
            break
        except PermissionError:
            if not tries_left:
                raise
            time.sleep(0.1)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def thin(root: Path, pinned: set[str]) -> list[str]:
    """Remove old snapshots by the rule of settings/retention.toml, never the published one nor a pinned one; returns their names."""
    rule = read("retention")
    names = snapshot_names(root)
    keep = set(names[-int(rule["newest"]) :]) | pinned | {published_name(root) or ""}
    last_of_month = {name[7:13]: name for name in names}
    keep |= {name for month, name in sorted(last_of_month.items())[-int(rule["month_ends"]) :]}
    removed = []
    for name in names:
        if name not in keep:
            try:
                snapshot_file(root, name).unlink()
                removed.append(name)
            except PermissionError:
                continue  # still open on Windows: thinned after a later import
    return removed


def snapshot_rows(root: Path) -> list[dict[str, Any]]:
    """One row a snapshot kept: name, as_of, published, dossiers, bytes, readable."""
    published, rows = published_name(root), []
    for name in snapshot_names(root):
        row: dict[str, Any] = {
            "snapshot": name,
            "published": name == published,
            "bytes": snapshot_file(root, name).stat().st_size,
        }
        try:
            db = open_snapshot(root, name)
            count = db.frame("select count(*) as n from dossier")["n"][0]
            row |= {"as_of": db.as_of.isoformat(), "dossiers": int(count), "readable": True}
        except duckdb.Error:
            row |= {"as_of": None, "dossiers": None, "readable": False}
        rows.append(row)
    return rows
