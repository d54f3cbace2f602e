"""The simulated data: generated, imported into a warehouse of its own, never mixed with the office's."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from warehouse import snapshots
from warehouse.import_plan import plan
from warehouse.importing import Summary, run
from warehouse.location import sample_root
from warehouse.writing import Progress, silent


def make_sample(progress: Progress = silent, *, dossiers: int | None = None) -> list[Summary]:
    """Replace the sample warehouse by a freshly generated one; its export files are left beside it for trying the import page."""
    from sample_data.generate import generate  # numpy and the generator's tables are needed only here

    root = sample_root()
    root.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root.parent, prefix=".sample-") as folder:
        progress(0.0, "Tạo dữ liệu mô phỏng")
        fresh = Path(folder) / "sample"
        files = generate(fresh / "exports", **({"dossiers": dossiers} if dossiers else {}))
        summaries = run(fresh, plan([(file.name, file) for file in files]), "dữ liệu mẫu", progress, simulated=True)
        if root.exists():
            shutil.rmtree(root)
        fresh.rename(root)
    return [replace(s, refused_file=s.refused_file and s.refused_file.replace(str(fresh), str(root))) for s in summaries]


def ensure_sample(progress: Progress = silent) -> None:
    """Make the sample warehouse unless it is there already."""
    if not snapshots.published_name(sample_root()):
        make_sample(progress)


def remove_sample() -> None:
    """Leave no trace of the simulated data."""
    if sample_root().exists():
        shutil.rmtree(sample_root())
