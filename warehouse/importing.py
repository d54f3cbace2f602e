"""The one door: plan an import (nothing stored), run it, submit an edit, undo a batch, rebuild everything from the archive.

A run is all or nothing: the batch's rows go to the archive, the next snapshot is built beside the old one, and only when it is
whole does CURRENT name it. Killed at any moment, the old snapshot stays published and the next writer clears what was left.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse import archive, refused, snapshots
from warehouse.archive import Batch, Part
from warehouse.build import snapshot as build
from warehouse.import_plan import FilePlan, TablePlan, load
from warehouse.kinds import kinds
from warehouse.location import snapshots_folder
from warehouse.mapping import Mapping
from warehouse.read import UnreadableFile
from warehouse.refolding import fold_archive
from warehouse.writing import Progress, remove, silent, writing


@dataclass(frozen=True)
class Summary:
    """What became of the rows of one file and kind: rows_read = added + updated + unchanged + duplicate + refused."""

    file: str
    kind: str
    batch: str
    rows_read: int
    added: int
    updated: int
    unchanged: int
    duplicate: int
    refused: int
    refused_file: str | None
    warnings: int


EditRow = dict[str, str | None]  # canonical column → text


class RefusedEdit(ValueError):
    """An edit holds a value that cannot be stored, so nothing of it was; str() is a Vietnamese sentence."""

    def __init__(self) -> None:
        super().__init__("Không lưu được vì có giá trị không hợp lệ. Kiểm tra ngày, số và các ô bắt buộc.")


def run(root: Path, plans: Sequence[FilePlan], who: str, progress: Progress = silent, *, simulated: bool = False) -> list[Summary]:
    """Import the planned files (those without a problem) in one snapshot; one summary a file and kind.

    Raises UnreadableFile, with nothing stored, when a file not yet loaded (import_plan.load) cannot be read to its end.
    """
    with writing(root, progress):
        batches: list[tuple[Batch, list[tuple[Part, pa.Table]]]] = []
        number = int(archive.next_number(root))
        readable = [plan for plan in plans if not plan.problem]
        for n, plan in enumerate(readable):
            progress(0.5 * n / max(len(readable), 1), f"Đọc tệp {plan.file}")
            loaded = load(plan)
            if loaded.problem:
                raise UnreadableFile(loaded.problem)
            parts = [_part(position, table) for position, table in enumerate(loaded.tables)]
            batches.append((_batch(f"{number + n:06d}", plan.file, who, [part for part, _ in parts], simulated), parts))
        return _publish(root, batches, progress)


def submit(root: Path, tables: dict[str, Sequence[EditRow]], who: str, progress: Progress = silent) -> list[Summary]:
    """Store an edit made on a screen, kind → rows: one batch like any import, undoable and attributed; one summary a kind.

    Raises RefusedEdit, with nothing stored, when a row of any kind is refused.
    """
    parts = [_edited(kind, rows) for kind, rows in tables.items()]
    with writing(root, progress):
        batch = _batch(archive.next_number(root), "(nhập trên màn hình)", who, [part for part, _ in parts], False)
        return _publish(root, [(batch, parts)], progress, whole=True)


def _edited(kind: str, rows: Sequence[EditRow]) -> tuple[Part, pa.Table]:
    columns = [name for name in kinds()[kind].columns if any(name in row for row in rows)]
    table = pa.table(
        {
            "sheet": pa.nulls(len(rows), pa.string()),
            "row_number": pa.array(range(1, len(rows) + 1), pa.int64()),
            **{name: pa.array([row.get(name) or None for row in rows], pa.string()) for name in columns},
        }
    )
    headers = {name: kinds()[kind].columns[name].header for name in columns}
    mapping = Mapping(kind=kind, columns={name: n for n, name in enumerate(columns)})
    return Part(kind, f"{kind}-0.parquet", mapping, headers), table


def undo(root: Path, number: str, who: str, progress: Progress = silent) -> None:
    """Leave batch `number` out from now on. Raises ValueError (a Vietnamese sentence) when there is no such standing batch."""
    with writing(root, progress):
        if number not in {batch.number for batch in archive.standing(archive.batches(root))}:
            raise ValueError(f"Không có lượt nhập {number} (hoặc lượt này đã được hoàn tác).")
        batch = replace(_batch(archive.next_number(root), f"(hoàn tác {number})", who, [], False), undoes=number)
        archive.write_batch(root, batch)
        _build(root, [], progress, anew=True, also=[batch])
        archive.mark_published(root, batch.number)


def rebuild(root: Path, progress: Progress = silent) -> str:
    """Make the snapshot anew from the archive and the settings of today; returns its name."""
    with writing(root, progress):
        return _build(root, [], progress, anew=True)[0]


def history(root: Path) -> list[dict[str, Any]]:
    """One row a batch, newest first: batch, file, imported_at, imported_by, undone, summaries (a list, one a kind)."""
    all_batches = archive.batches(root)
    undone = {batch.undoes for batch in all_batches}
    return [
        {
            "batch": batch.number,
            "file": batch.file,
            "imported_at": batch.imported_at,
            "imported_by": batch.imported_by,
            "undone": batch.number in undone,
            "summaries": [_with_path(root, batch, summary) for summary in batch.summary],
        }
        for batch in reversed(all_batches)
    ]


def _with_path(root: Path, batch: Batch, summary: dict[str, Any]) -> dict[str, Any]:
    """The summary with its refused file's place today: a warehouse may have been moved or restored elsewhere."""
    name = summary["refused_file"]
    return {**summary, "refused_file": str(archive.archive_folder(root) / batch.number / name) if name else None}


def _part(position: int, table: TablePlan) -> tuple[Part, pa.Table]:
    mapping = table.mapping
    assert table.rows is not None
    headers = {name: table.source.headers[index] for name, index in mapping.columns.items()}
    return Part(mapping.kind, f"{mapping.kind}-{position}.parquet", mapping, headers), table.rows


def _batch(number: str, file: str, who: str, parts: list[Part], simulated: bool) -> Batch:
    return Batch(number, file, datetime.now().isoformat(timespec="seconds"), who, tuple(parts), simulated=simulated)


def _publish(
    root: Path, batches: list[tuple[Batch, list[tuple[Part, pa.Table]]]], progress: Progress, *, whole: bool = False
) -> list[Summary]:
    """Archive the new batches, build the next snapshot with them, publish it, and only then let the batches count.

    `whole`: all rows or none (see submit).
    """
    if not batches:
        return []
    for batch, parts in batches:
        for part, rows in parts:
            archive.write_rows(root, batch.number, part, rows)
        archive.write_batch(root, batch)
    _, summaries = _build(root, batches, progress, whole=whole)
    for batch, _ in batches:
        archive.mark_published(root, batch.number)
    return summaries


def _build(
    root: Path,
    new: list[tuple[Batch, list[tuple[Part, pa.Table]]]],
    progress: Progress,
    *,
    anew: bool = False,
    whole: bool = False,
    also: Sequence[Batch] = (),
) -> tuple[str, list[Summary]]:
    """Build and publish the next snapshot: the published one (or, anew, the whole archive) plus the new batches."""
    name = snapshots.new_name(root, datetime.now())
    building_file = snapshots_folder(root) / f".building-{name}.duckdb"
    spill = snapshots_folder(root) / f".building-{name}.spill"
    building = build.start(building_file, spill)
    try:
        known = archive.standing([*archive.batches(root), *also])
        old = None if anew else _usable_snapshot(root)
        if old and not _carried_over(building, old, known):
            building.connection.close()
            remove(building_file)
            building, old = build.start(building_file, spill), None
        if not old:
            fold_archive(building, root, known, progress)
        building.considered = {batch.number for batch in [*archive.batches(root), *also, *(batch for batch, _ in new)]}
        summaries = []
        for n, (batch, parts) in enumerate(new):
            progress(0.5 + 0.3 * n / len(new), f"Kiểm tra và ghép {batch.file}")
            summaries += _fold_new(root, building, batch, parts)
        if whole and any(summary.refused for summary in summaries):
            raise RefusedEdit
        progress(0.8, "Tính toán và sắp xếp số liệu")
        build.finish(building)
    except BaseException:
        building.connection.close()
        remove(building_file)
        raise
    progress(0.95, "Công bố bản dữ liệu mới")
    _sync(building_file)
    for number in archive.unpublished(root):
        archive.settle(root, number)
    snapshots.replace(building_file, snapshots.snapshot_file(root, name))
    snapshots.publish(root, name)
    snapshots.thin(root, _pinned(root))
    progress(1.0, "Xong")
    return name, summaries


def _carried_over(building: build.Building, old: Path, known: list[Batch]) -> bool:
    """Take over the old snapshot's records; False when it turns out damaged (the archive has them all)."""
    try:
        build.carry_over(building, old, known)
    except duckdb.Error:
        return False
    return True


def _fold_new(root: Path, building: build.Building, batch: Batch, parts: list[tuple[Part, pa.Table]]) -> list[Summary]:
    summaries = []
    folded_by_kind = build.fold_batch(building, batch, parts)
    for kind in dict.fromkeys(part.kind for part, _ in parts):
        done = folded_by_kind[kind]
        counts = {name: sum(getattr(folded, name) for _, _, folded in done) for name in build.COUNTS}
        refused_file = None
        if counts["refused"]:
            file = archive.archive_folder(root) / batch.number / f"refused-{kind}.csv"
            refused.write_refused(file, done)
            refused_file = str(file)
        summaries.append(Summary(batch.file, kind, batch.number, **counts, refused_file=refused_file))
    kept = [{**asdict(s), "refused_file": Path(s.refused_file).name if s.refused_file else None} for s in summaries]
    archive.write_batch(root, replace(batch, summary=kept))
    return summaries


def _usable_snapshot(root: Path) -> Path | None:
    """The published snapshot's file, when it is what the archive and the settings of today would give."""
    name = snapshots.published_name(root)
    if not name:
        return None
    file = snapshots.snapshot_file(root, name)
    same_settings = build.fingerprint_of(file) == build.settings_fingerprint()
    return file if same_settings and snapshots.batches_of(root, name) == {batch.number for batch in archive.batches(root)} else None


def _pinned(root: Path) -> set[str]:
    from warehouse.period_locks import pinned_snapshots

    return pinned_snapshots(root)


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
