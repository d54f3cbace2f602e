"""Everything of a warehouse in one file, taken while people read and an import may run; and the way back.

The file is a ZIP: the published snapshot with exactly the batches it was made with, the snapshots that reports are pinned to, the
logs, the office's settings, and manifest.json with the SHA-256 of every member.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import duckdb

from warehouse import archive, snapshots
from warehouse.disk import disk_problems_in_words
from warehouse.integrity import check_published
from warehouse.location import archive_folder, current_file, snapshots_folder
from warehouse.period_locks import pinned_snapshots
from warehouse.restoring import LEDGERS, MANIFEST, finish_restore, safe_member, start_restore
from warehouse.writing import Progress, silent, writing

_CHUNK = 1 << 20


def backup(root: Path, file: Path, *, tries: int = 5) -> None:
    """Write the backup, or leave no file. Raises NoSnapshot, or ValueError when the published snapshot is damaged."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with disk_problems_in_words(file.parent):
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                _write(root, stream, tries)
                stream.flush()
                os.fsync(stream.fileno())
            snapshots.replace(unfinished, file)
        finally:
            unfinished.unlink(missing_ok=True)


def _write(root: Path, stream: BinaryIO, tries: int) -> None:
    """Start again when an import thins the snapshot away between choosing and opening it."""
    for left in reversed(range(tries)):
        published = snapshots.published_name(root)
        if not published:
            raise snapshots.NoSnapshot("Chưa có bản dữ liệu đang công bố (hoặc tệp CURRENT bị hỏng). Hãy chạy: python manage.py rebuild")
        try:
            with snapshots.snapshot_file(root, published).open("rb") as held:
                _write_zip(root, published, held, stream)
            return
        except FileNotFoundError:
            if not left:
                raise
            stream.seek(0)
            stream.truncate()


def _write_zip(root: Path, published: str, held: BinaryIO, stream: BinaryIO) -> None:
    batches = _batches_of(root, published)
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        hashes[f"snapshots/{published}.duckdb"] = _add(made, f"snapshots/{published}.duckdb", held)
        for name, file in _other_files(root, published, batches):
            with file.open("rb") as source:
                hashes[name] = _add(made, name, source)
        for number in sorted(batches):
            if f"archive/{number}/{archive.MARK}" not in hashes:  # published a moment ago: the mark was being written
                text = archive.mark_text(archive_folder(root) / number).encode()
                made.writestr(f"archive/{number}/{archive.MARK}", text)
                hashes[f"archive/{number}/{archive.MARK}"] = hashlib.sha256(text).hexdigest()
            _refuse_damaged(root, number, hashes)
        manifest = {"snapshot": published, "made_at": datetime.now().isoformat(timespec="seconds"), "files": hashes}
        made.writestr(MANIFEST, json.dumps(manifest, indent=1))


def _refuse_damaged(root: Path, number: str, hashes: dict[str, str]) -> None:
    """A backup of a damaged archive would take the place of an older, whole one."""
    if (archive_folder(root) / number / archive.MARK).exists():
        try:
            marked = archive.marked_hashes(root, number)
        except ValueError as error:
            raise archive.DamagedArchive(number) from error
        if any(hashes.get(f"archive/{number}/{name}") != expected for name, expected in marked.items()):
            raise archive.DamagedArchive(number)


def _batches_of(root: Path, published: str) -> set[str]:
    try:
        snapshots.open_snapshot(root, published)
    except duckdb.Error as error:
        raise ValueError(f"Bản dữ liệu đang công bố {published} bị hỏng. Hãy chạy: python manage.py rebuild rồi sao lưu lại.") from error
    return snapshots.batches_of(root, published)


def _other_files(root: Path, published: str, batches: set[str]) -> Iterator[tuple[str, Path]]:
    """Member name and file: pinned snapshots, the batches' folders, the logs, the office's own settings."""
    for pinned in sorted(pinned_snapshots(root) - {published}):
        if snapshots.snapshot_file(root, pinned).exists():
            yield f"snapshots/{pinned}.duckdb", snapshots.snapshot_file(root, pinned)
    for number in sorted(batches):
        for file in sorted((archive_folder(root) / number).iterdir()):
            if file.suffix != ".next":
                yield f"archive/{number}/{file.name}", file
    for pattern in (*LEDGERS, "settings/**/*.toml"):
        for file in sorted(root.glob(pattern)):
            yield file.relative_to(root).as_posix(), file


def _add(made: zipfile.ZipFile, name: str, source: BinaryIO) -> str:
    """Copy one open file in; returns the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    member = zipfile.ZipInfo(name, datetime.now().timetuple()[:6])
    member.compress_type = zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED
    with made.open(member, "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def restore(root: Path, file: Path, progress: Progress = silent) -> str:
    """Bring the backup back and publish it under a new name, which is returned; readers keep working meanwhile.

    The backup is unpacked beside the warehouse and checked whole before anything is replaced. What it replaces is kept in a folder
    `replaced-…` under `root`. Raises ValueError (a Vietnamese sentence) for a file that is no whole backup.
    """
    with writing(root, progress):
        folder = Path(tempfile.mkdtemp(dir=root, prefix=".restoring-"))
        progress(0.1, "Giải nén và kiểm tra bản sao lưu")
        published = _unpacked(file, folder)
        current_file(folder).write_text(json.dumps({"snapshot": published}), encoding="utf-8")
        problems = check_published(folder)
        if problems:
            raise ValueError(f"Bản sao lưu không nguyên vẹn nên không khôi phục. {problems[0]}")
        progress(0.8, "Thay dữ liệu")
        name = snapshots.new_name(root, datetime.now())
        start_restore(root, folder, published, name)
        finish_restore(root)
        progress(1.0, "Xong")
        return name


def _unpacked(file: Path, folder: Path) -> str:
    """Unpack into `folder`, each member's hash verified; returns the name of the snapshot that was published."""
    snapshots_folder(folder).mkdir()
    damaged = f"Tệp {file.name} không phải bản sao lưu hoặc đã bị hỏng. Dữ liệu đang dùng không thay đổi."
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = json.loads(packed.read(MANIFEST))
            for name, expected in manifest["files"].items():
                target = folder / safe_member(name)
                target.parent.mkdir(parents=True, exist_ok=True)
                if _unpack(packed, name, target) != expected:
                    raise ValueError(damaged)
            if f"snapshots/{manifest['snapshot']}.duckdb" not in manifest["files"]:
                raise ValueError(damaged)
            return str(manifest["snapshot"])
    except FileNotFoundError as error:
        raise ValueError(f"Không có tệp {file}.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(damaged) from error


def _unpack(packed: zipfile.ZipFile, name: str, target: Path) -> str:
    digest = hashlib.sha256()
    with packed.open(name) as source, target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()
