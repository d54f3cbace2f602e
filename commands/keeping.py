"""The data are kept: snapshots, rebuild, check, backup, restore, and Parquet for a server."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from commands.printing import AT_THE_TERMINAL, account, listing, show_progress


def add(command: Callable[..., ArgumentParser]) -> None:
    """snapshots, rebuild, check, backup, restore, publish."""
    command("snapshots", list_snapshots).add_argument("--json", action="store_true")
    command("rebuild", rebuild_all)
    check = command("check", check_all)
    check.add_argument("--against-archive", action="store_true", help="fold the archive anew too and compare; takes as long as a rebuild")
    command("backup", back_up, "file")
    command("restore", restore_backup, "file")
    command("publish", publish_parquet).add_argument("--parquet", required=True, metavar="DIR")


def list_snapshots(options: Namespace) -> int:
    """The snapshots kept."""
    from warehouse.location import served_root
    from warehouse.snapshots import snapshot_rows

    return listing(options, snapshot_rows(served_root()))


def rebuild_all(options: Namespace) -> int:
    """Make the snapshot anew from the archive."""
    from warehouse.importing import rebuild
    from warehouse.location import served_root

    print(rebuild(served_root(), show_progress))
    return 0


def check_all(options: Namespace) -> int:
    """Read every block, verify content and invariants."""
    from warehouse.integrity import check_warehouse
    from warehouse.location import served_root
    from warehouse.refolding import check_against_archive

    problems = check_warehouse(served_root())
    if options.against_archive and not problems:
        problems = check_against_archive(served_root(), show_progress)
    print(*(problems or ["Không có lỗi."]), sep="\n")
    return 1 if problems else 0


def back_up(options: Namespace) -> int:
    """Everything of the warehouse in one file."""
    from warehouse.backup import backup
    from warehouse.location import own_root

    backup(own_root(), Path(options.file))
    print(options.file)
    return 0


def restore_backup(options: Namespace) -> int:
    """Bring a backup back, beside running readers."""
    from warehouse import audit
    from warehouse.backup import restore
    from warehouse.location import own_root

    name = restore(own_root(), Path(options.file), show_progress)
    audit.record(own_root(), "restore", account(), f"{Path(options.file).name}, bản dữ liệu {name}", AT_THE_TERMINAL)
    print(name)
    return 0


def publish_parquet(options: Namespace) -> int:
    """Write the published snapshot as Parquet for a Spark Connect server."""
    from warehouse.location import served_root
    from warehouse.parquet import write_parquet
    from warehouse.snapshots import open_published

    print(write_parquet(open_published(served_root()), Path(options.parquet)))
    return 0
