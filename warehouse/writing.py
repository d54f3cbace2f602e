"""The one writer of a warehouse: it waits for another one, and first clears what a killed one left."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from warehouse import archive, snapshots
from warehouse.disk import disk_problems_in_words
from warehouse.location import lock_file, snapshots_folder
from warehouse.restoring import clear_unfinished, finish_restore

Progress = Callable[[float, str], None]  # the share done, and what is being done, in Vietnamese
WAIT_NOTICE = "Đang có lượt nhập khác. Chờ lượt đó xong rồi nhập tiếp…"


def silent(share: float, text: str) -> None:
    """Progress that nobody watches."""


@contextmanager
def writing(root: Path, progress: Progress = silent) -> Iterator[None]:
    """Be the one writer of this warehouse: wait for another one (and say so), then clear what a killed one left."""
    with disk_problems_in_words(root):
        root.mkdir(parents=True, exist_ok=True)
        snapshots_folder(root).mkdir(exist_ok=True)
        lock = FileLock(lock_file(root))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            progress(0.0, WAIT_NOTICE)
            lock.acquire()
        try:
            _clear_what_a_killed_writer_left(root)
            yield
        except BaseException:
            with suppress(OSError):  # the next writer clears it
                _clear_what_a_killed_writer_left(root)
            raise
        finally:
            lock.release()


def _clear_what_a_killed_writer_left(root: Path) -> None:
    """Half-done restores, half-built files, snapshots that were never published with a batch that never counted, and such batches."""
    finish_restore(root)
    clear_unfinished(root)
    for leftover in snapshots_folder(root).glob(".building-*"):
        remove(leftover)
    published = snapshots.published_name(root)
    unmarked = archive.unpublished(root)
    for name in snapshots.snapshot_names(root):
        if published and name > published and unmarked & snapshots.batches_of(root, name):
            remove(snapshots.snapshot_file(root, name))
    archive.clear_unpublished(root, _batches_published(root))


def _batches_published(root: Path) -> set[str]:
    """The numbers of the batches the published snapshot was made with, undos included."""
    try:
        return snapshots.batches_of(root, snapshots.open_published(root).snapshot)
    except snapshots.NoSnapshot:
        return set()


def remove(path: Path) -> None:
    """A folder, or a half-built file with its write-ahead log; nothing where there is none."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        for file in (path, path.with_name(path.name + ".wal")):
            file.unlink(missing_ok=True)
