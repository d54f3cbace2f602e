"""`manage.py check`: is everything still there and whole? Reads every block of every snapshot and every file of the archive."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse import archive, snapshots
from warehouse.content_hash import ENTRY, comparable, content_hash
from warehouse.invariants import broken_laws
from warehouse.location import archive_folder, current_file, snapshots_folder
from warehouse.period_locks import pinned_snapshots

REBUILD = "Hãy chạy: python manage.py rebuild"


def check_warehouse(root: Path) -> list[str]:
    """One Vietnamese sentence a problem, [] when all is well. Works beside readers and a running import, and writes nothing."""
    problems = check_published(root)
    published, kept = snapshots.published_name(root), snapshots.snapshot_names(root)
    for name in kept:
        if name != published:
            problems += _check_snapshot(root, name, published=False)
    return problems + [
        f"Bản dữ liệu {name} không còn, mà có báo cáo hoặc kỳ đã chốt dùng nó. Hãy khôi phục từ bản sao lưu."
        for name in sorted(pinned_snapshots(root) - set(kept))
    ]


def check_published(root: Path) -> list[str]:
    """The problems of what is served now: CURRENT, its snapshot, and the batches it was made with."""
    marked = archive.marked_numbers(root)  # before the snapshot is chosen: a batch that counts is in every later snapshot
    problems = _check_current(root)
    published = snapshots.published_name(root)
    if published:
        problems += _check_snapshot(root, published, published=True)
    for number in sorted(marked):
        problems += _check_batch(root, number)
    if published:
        problems += _check_batches_known(root, published, marked)
    return problems


def _check_current(root: Path) -> list[str]:
    if snapshots.published_name(root):
        return []
    if not current_file(root).exists() and not snapshots_folder(root).exists():
        return ["Chưa có dữ liệu nào được nhập."]
    return [f"Tệp CURRENT bị mất, bị hỏng hoặc chỉ đến một bản dữ liệu không còn. {_serving(root)} {REBUILD}"]


def _serving(root: Path) -> str:
    try:
        return f"Đang dùng bản đọc được mới nhất: {snapshots.open_published(root).snapshot}."
    except snapshots.NoSnapshot:
        return "Không có bản dữ liệu nào đọc được."


def _check_snapshot(root: Path, name: str, *, published: bool) -> list[str]:
    """Reads all of it: opens, hash equal to the one stored when it was built; for the published one the laws too."""
    try:
        connection = snapshots.open_snapshot(root, name).connection.cursor()
        stored = connection.execute("select value from snapshot_info where name = ?", [ENTRY]).fetchone()
        if stored and comparable(stored[0]) and stored != (content_hash(connection),):
            return [f"Nội dung bản dữ liệu {name} khác lúc lập. {_advice(root, published)}"]
        return [f"Bản dữ liệu {name}: {sentence}. {REBUILD}" for sentence in broken_laws(connection)] if published else []
    except snapshots.NoSnapshot:
        return []  # thinned by an import since the names were read
    except duckdb.Error:
        return [f"Bản dữ liệu {name} bị hỏng hoặc bị cắt cụt, không đọc hết được. {_advice(root, published)}"]


def _advice(root: Path, published: bool) -> str:
    return f"{_serving(root)} {REBUILD}" if published else "Bản này không phải bản đang công bố; có thể khôi phục từ bản sao lưu."


def _check_batch(root: Path, number: str) -> list[str]:
    """A batch's folder is complete, and each of its files is as it was when the batch was published."""
    folder = archive_folder(root) / number
    try:
        hashes = archive.marked_hashes(root, number)
    except (OSError, ValueError):
        return [f"Lượt nhập {number}: dấu công bố (PUBLISHED) bị hỏng. Hãy khôi phục từ bản sao lưu."]
    problems = []
    for name, expected in hashes.items():
        file = folder / name
        if not file.exists():
            problems.append(f"Lượt nhập {number}: thiếu tệp {name}. Hãy khôi phục từ bản sao lưu.")
        elif archive.sha256(file) != expected:
            problems.append(f"Lượt nhập {number}: tệp {name} khác lúc nhập. Hãy khôi phục từ bản sao lưu.")
    return problems or _check_rows(root, number)


def _check_rows(root: Path, number: str) -> list[str]:
    """The archived rows are those the summary counted (a wide survey's rows are its answers, so they are left out)."""
    try:
        batch = archive.read_batch(root, number)
        told = {summary["kind"]: summary["rows_read"] for summary in batch.summary}
        kept = dict.fromkeys(told, 0)
        for part in batch.parts:
            kept[part.kind] = kept.get(part.kind, 0) + pq.read_metadata(archive_folder(root) / number / part.rows_file).num_rows
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return [f"Lượt nhập {number}: không đọc được mô tả hoặc dữ liệu. Hãy khôi phục từ bản sao lưu."]
    return [
        f"Lượt nhập {number}: kho lưu có {kept[kind]} dòng, nhật ký ghi {told.get(kind)} dòng."
        for kind in kept
        if kind != "surveys" and kept[kind] != told.get(kind)
    ]


def _check_batches_known(root: Path, published: str, marked: set[str]) -> list[str]:
    """The published snapshot was made with exactly the batches of the archive."""
    known = snapshots.batches_of(root, published)
    if not known:
        return []  # unreadable: said already, or an empty warehouse
    gone = sorted(number for number in known if not (archive_folder(root) / number).is_dir())
    left_out = sorted(marked - known)
    problems = [f"Kho lưu thiếu lượt nhập {', '.join(gone)}. Hãy khôi phục từ bản sao lưu."] if gone else []
    return problems + ([f"Bản dữ liệu {published} chưa có lượt nhập {', '.join(left_out)}. {REBUILD}"] if left_out else [])
