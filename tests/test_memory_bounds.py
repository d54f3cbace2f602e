"""Memory: importing and serving stay under bounds that follow the rows, so that a million rows fit the office's machine.

The bounds are those measured for a million rows to import (1.5 GB) and ten million dossiers to serve (800 MB), taken in a straight line
from what a process needs for nothing at all; docs/benchmarks.md has the full sizes.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.exports import write_csv
from benchmarks.imports import IMPORT
from benchmarks.serving import PROGRAM
from benchmarks.simulated import simulate

DOSSIERS = 100_000
IMPORT_MB = 700  # 1,536 at a million rows
SERVING_MB = 500  # 800 at ten million dossiers


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("simulated")
    simulate(place, DOSSIERS)
    return place


def peak_megabytes(program: str, *arguments: object) -> int:
    """The largest resident memory of a process of its own (or of one it started)."""
    done = subprocess.run([sys.executable, "-c", program, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])  # DuckDB may have drawn its progress before


def test_serving(root: Path) -> None:
    assert peak_megabytes(PROGRAM, root) <= SERVING_MB


def test_importing(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "ho-so.csv"
    write_csv(root, DOSSIERS, file)
    assert peak_megabytes(IMPORT, file, tmp_path / "warehouse") <= IMPORT_MB
