"""Where things lie on disk: one warehouse folder (archive, snapshots, CURRENT) and which one the screens serve."""

from __future__ import annotations

from pathlib import Path

from settings import data_dir


def own_root() -> Path:
    """The office's own warehouse."""
    return data_dir()


def sample_root() -> Path:
    """The warehouse of the simulated data, apart from the office's own so that the two never mix."""
    return data_dir() / "sample"


def served_root() -> Path:
    """The warehouse the screens show: the office's own once it has a snapshot, else the sample."""
    own = own_root()
    return own if current_file(own).exists() or any(snapshots_folder(own).glob("*.duckdb")) else sample_root()


def archive_folder(root: Path) -> Path:
    """One folder a batch: the mapped rows as the source wrote them, the mapping, the summary."""
    return root / "archive"


def snapshots_folder(root: Path) -> Path:
    """One DuckDB file a snapshot, never written again once published."""
    return root / "snapshots"


def current_file(root: Path) -> Path:
    """The small file that names the published snapshot; replaced in one atomic step."""
    return root / "CURRENT"


def lock_file(root: Path) -> Path:
    """Held by the one process that may write."""
    return root / "WRITING.lock"
