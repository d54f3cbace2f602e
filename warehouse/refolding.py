"""The archive folded anew: into the next snapshot, or beside it, to see that the published one holds what the archive gives."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse import archive, snapshots
from warehouse.archive import Batch
from warehouse.build import snapshot as build
from warehouse.content_hash import ENTRY, comparable
from warehouse.integrity import REBUILD
from warehouse.writing import Progress


def fold_archive(building: build.Building, root: Path, batches: Sequence[Batch], progress: Progress) -> None:
    """Fold these batches' archived rows into the building, oldest first. Raises DamagedArchive."""
    for n, batch in enumerate(batches):
        progress(0.5 * n / len(batches), f"Dựng lại từ kho lưu: {batch.file}")
        build.fold_batch(building, batch, [(part, archive.rows_of(root, batch, part)) for part in batch.parts])


def check_against_archive(root: Path, progress: Progress) -> list[str]:
    """Build the published snapshot's batches once more in a temporary folder; one Vietnamese sentence when the content differs, else [].

    Takes as long as a rebuild, holds nobody up and changes nothing. Raises NoSnapshot, and DamagedArchive for a batch that is not as it
    was published.
    """
    published = snapshots.open_published(root)
    name = published.snapshot
    info = published.frame("select name, value from snapshot_info").set_index("name")["value"]
    numbers = snapshots.batches_of(root, name)
    if info["settings"] != build.settings_fingerprint() or not comparable(info[ENTRY]):
        return [f"Cài đặt hoặc chương trình đã thay đổi từ khi lập bản dữ liệu {name} nên chưa so sánh được. {REBUILD} rồi kiểm tra lại."]
    if unmarked := sorted(numbers - archive.marked_numbers(root)):
        return [f"Lượt nhập {', '.join(unmarked)} vừa công bố, chưa ghi xong. Hãy kiểm tra lại sau lần nhập tới."]
    if _folded_anew(root, numbers, progress) != info[ENTRY]:
        return [f"Nội dung bản dữ liệu {name} khác với kết quả dựng lại từ kho lưu. {REBUILD}"]
    return []


def _folded_anew(root: Path, numbers: set[str], progress: Progress) -> str:
    """The content hash of a snapshot made of these batches and today's settings."""
    with tempfile.TemporaryDirectory(prefix="mcdt-check-") as folder:
        file = Path(folder) / "anew.duckdb"
        building = build.start(file, Path(folder) / "spill")
        try:
            batches = [archive.read_batch(root, number) for number in sorted(numbers)]
            fold_archive(building, root, archive.standing(batches), progress)
            building.considered = numbers
            progress(0.8, "Tính toán và sắp xếp số liệu")
            build.finish(building)
        finally:
            building.connection.close()
        with duckdb.connect(str(file), read_only=True) as anew:
            (found,) = anew.execute("select value from snapshot_info where name = ?", [ENTRY]).fetchall()
    progress(1.0, "Xong")
    return str(found[0])
