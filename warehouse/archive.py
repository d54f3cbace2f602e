"""The archive is the truth: one folder a batch, written once, holding the mapped rows in the source's own words.

`batch.json` says who imported what, with which mapping; `<kind>-<n>.parquet` are the rows; `refused-<kind>.csv` what was refused.
A folder counts once its `PUBLISHED` mark is there, which holds the SHA-256 of every file beside it; a folder without it was left by a
killed import and is cleared by the next writer.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.location import archive_folder
from warehouse.mapping import Mapping

MARK = "PUBLISHED"


class DamagedArchive(ValueError):
    """A batch's folder is not as it was published; str() is a Vietnamese sentence that says what to do."""

    def __init__(self, number: str) -> None:
        super().__init__(f"Lượt nhập {number} trong kho lưu bị hỏng hoặc thiếu tệp. Hãy khôi phục từ bản sao lưu: manage.py restore TỆP")


@dataclass(frozen=True)
class Part:
    """The rows of one sheet read as one kind: where they lie in the batch's folder, and how they were mapped."""

    kind: str
    rows_file: str
    mapping: Mapping
    headers: dict[str, str]  # canonical column → the file's own header


@dataclass(frozen=True)
class Batch:
    """One imported file (or one edit, or one undo); `number` is its folder's name and its place in the order."""

    number: str
    file: str
    imported_at: str  # ISO
    imported_by: str
    parts: tuple[Part, ...] = ()
    undoes: str | None = None
    simulated: bool = False
    summary: list[dict[str, Any]] = field(default_factory=list)

    @property
    def imported_on(self) -> str:
        """ISO date."""
        return self.imported_at[:10]


def batches(root: Path) -> list[Batch]:
    """Every published batch, oldest first, undone ones and undos included."""
    return [read_batch(root, number) for number in sorted(marked_numbers(root))]


def marked_numbers(root: Path) -> set[str]:
    """The numbers of the batches that count."""
    return {folder.name for folder in archive_folder(root).glob("[0-9]*") if (folder / MARK).exists()}


def standing(all_batches: list[Batch]) -> list[Batch]:
    """The batches that count: not undone, and not undos themselves."""
    undone = {batch.undoes for batch in all_batches if batch.undoes}
    return [batch for batch in all_batches if batch.number not in undone and not batch.undoes]


def next_number(root: Path) -> str:
    """The next batch's number; never one that a folder already has."""
    taken = [int(folder.name) for folder in archive_folder(root).glob("[0-9]*") if folder.name.isdecimal()]
    return f"{max(taken, default=0) + 1:06d}"


def rows_of(root: Path, batch: Batch, part: Part) -> pa.Table:
    """The part's mapped rows: sheet, row_number and the canonical columns as text. Raises DamagedArchive unless they are as published."""
    file = archive_folder(root) / batch.number / part.rows_file
    try:
        whole = marked_hashes(root, batch.number).get(part.rows_file) == sha256(file)
    except (OSError, ValueError):
        whole = False
    if not whole:
        raise DamagedArchive(batch.number)
    return pq.read_table(file, memory_map=False)


def write_rows(root: Path, number: str, part: Part, rows: pa.Table) -> None:
    """Put a part's rows into its batch's folder."""
    folder = archive_folder(root) / number
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(rows, folder / part.rows_file, compression="zstd", compression_level=1)


def write_batch(root: Path, batch: Batch) -> None:
    """Describe the batch in its folder (not yet published)."""
    folder = archive_folder(root) / batch.number
    folder.mkdir(parents=True, exist_ok=True)
    described = {**asdict(batch), "parts": [asdict(part) for part in batch.parts]}
    (folder / "batch.json").write_text(json.dumps(described, ensure_ascii=False, indent=1), encoding="utf-8")


def settle(root: Path, number: str) -> None:
    """See the batch's files onto the disk, so that a power cut after publishing finds them whole."""
    for file in (archive_folder(root) / number).iterdir():
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())


def mark_published(root: Path, number: str) -> None:
    """The batch is in the published snapshot: from now on it counts, and its files never change."""
    mark = archive_folder(root) / number / MARK
    whole = mark.with_suffix(".next")
    whole.write_text(mark_text(mark.parent), encoding="utf-8")
    whole.replace(mark)


def mark_text(folder: Path) -> str:
    """What the mark of a batch's folder says: when, and the SHA-256 of each file."""
    hashes = {file.name: sha256(file) for file in sorted(folder.iterdir()) if file.stem != MARK}
    return json.dumps({"published_at": datetime.now().isoformat(timespec="seconds"), "files": hashes}, indent=1)


def marked_hashes(root: Path, number: str) -> dict[str, str]:
    """File name → SHA-256, as they were when the batch was published. Raises ValueError when the mark is damaged."""
    mark = json.loads((archive_folder(root) / number / MARK).read_text(encoding="utf-8"))
    if not isinstance(mark, dict) or not isinstance(mark.get("files"), dict):
        raise ValueError(MARK)
    return mark["files"]


def sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def unpublished(root: Path) -> set[str]:
    """The numbers of the batches that do not count (yet)."""
    return {folder.name for folder in archive_folder(root).glob("[0-9]*") if not (folder / MARK).exists()}


def clear_unpublished(root: Path, known: set[str]) -> None:
    """Finish what a killed writer left: mark the batches the published snapshot knows, clear the others."""
    for folder in archive_folder(root).glob("[0-9]*"):
        if not (folder / MARK).exists():
            if folder.name in known:
                mark_published(root, folder.name)
            else:
                shutil.rmtree(folder)


def read_batch(root: Path, number: str) -> Batch:
    """The description of batch `number`. Raises DamagedArchive."""
    try:
        described = json.loads((archive_folder(root) / number / "batch.json").read_text(encoding="utf-8"))
        parts = tuple(Part(**{**part, "mapping": _mapping(part["mapping"])}) for part in described.pop("parts"))
        return Batch(**described, parts=parts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedArchive(number) from error


def _mapping(described: dict[str, Any]) -> Mapping:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in described.items()}
    return Mapping(**values)
