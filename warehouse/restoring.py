"""The last part of a restore: swap the checked, unpacked backup in. Killed half-way, the next writer finishes it.

The journal file RESTORING is written once everything is unpacked and checked; from then on the steps below are done in an order in
which each can be repeated, and CURRENT is replaced last, so that readers go from the old data to the new ones in one step.
"""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
from pathlib import Path

from warehouse import snapshots
from warehouse.location import archive_folder, current_file
from warehouse.period_locks import pinned_snapshots

MANIFEST = "manifest.json"
LEDGERS = ("*.jsonl", "audit/*.jsonl")  # append-only logs: what either side knows is kept
_JOURNAL = "RESTORING"
_MEMBER = re.compile(
    r"archive/\d+/[^/\\]+|snapshots/\d{6}-\d{8}T\d{6}\.duckdb|audit/[\w-]+\.jsonl|\w+\.jsonl|settings/([\w-]+/)?[\w-]+\.toml"
)


def safe_member(name: str) -> Path:
    """The member's place below the warehouse. Raises ValueError for a name that no backup of ours has."""
    if not _MEMBER.fullmatch(name) or ".." in name:
        raise ValueError(name)
    return Path(name)


def start_restore(root: Path, unpacked: Path, published: str, name: str) -> None:
    """Write the journal: the snapshot `published` of the folder `unpacked` is to become `name`."""
    next_file = root / f"{_JOURNAL}.next"
    with next_file.open("w", encoding="utf-8") as stream:
        json.dump({"unpacked": unpacked.name, "published": published, "name": name}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    snapshots.replace(next_file, root / _JOURNAL)


def finish_restore(root: Path) -> None:
    """Do what the journal says, from wherever it stopped; nothing without a journal."""
    journal = root / _JOURNAL
    if not journal.exists():
        return
    told = json.loads(journal.read_text(encoding="utf-8"))
    unpacked, name = root / told["unpacked"], told["name"]
    replaced = root / f"replaced-{name}"
    current_file(unpacked).unlink(missing_ok=True)
    for pattern in LEDGERS:
        for log in sorted(unpacked.glob(pattern)):
            _complete_log(root / log.relative_to(unpacked), log)
    _bring_snapshots(root, unpacked, told["published"], name)
    for folder in (archive_folder(root).name, "settings"):
        _swap(unpacked / folder, root / folder, replaced / folder)
    snapshots.publish(root, name)
    journal.unlink()
    shutil.rmtree(unpacked, ignore_errors=True)


def clear_unfinished(root: Path) -> None:
    """Folders of a restore that was killed before its journal was written."""
    if not (root / _JOURNAL).exists():
        for folder in root.glob(".restoring-*"):
            shutil.rmtree(folder, ignore_errors=True)


def _swap(new: Path, target: Path, old: Path) -> None:
    """Put `new` (when there is one) in the place of `target`, which is kept as `old`."""
    if new.exists():
        if target.exists() and not old.exists():
            old.parent.mkdir(exist_ok=True)
            target.rename(old)
        snapshots.replace(new, target)


def _bring_snapshots(root: Path, unpacked: Path, published: str, name: str) -> None:
    """Pinned snapshots keep their names; the published one gets a new name, so that no cache takes it for another."""
    pinned = pinned_snapshots(root)
    for snapshot in snapshots.snapshot_names(unpacked):
        source, target = snapshots.snapshot_file(unpacked, snapshot), snapshots.snapshot_file(root, snapshot)
        if snapshot in pinned and not (target.exists() and filecmp.cmp(source, target, shallow=False)):
            copied = target.with_name(f".building-{snapshot}.duckdb")
            shutil.copyfile(source, copied)
            snapshots.replace(copied, target)
        if snapshot == published:
            snapshots.replace(source, snapshots.snapshot_file(root, name))


def _complete_log(log: Path, backed_up: Path) -> None:
    """Append the lines that only the backup has: no line written meanwhile is lost, and doing it twice adds nothing."""
    log.parent.mkdir(parents=True, exist_ok=True)
    present = log.read_bytes() if log.exists() else b""
    known = set(present.splitlines())
    missing = b"".join(line + b"\n" for line in backed_up.read_bytes().splitlines() if line not in known)
    if missing and present and not present.endswith(b"\n"):  # the machine stopped in the middle of a line
        missing = b"\n" + missing
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, missing)
        os.fsync(handle)
    finally:
        os.close(handle)
