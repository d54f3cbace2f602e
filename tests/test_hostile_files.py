"""At least 10,000 broken and hostile files: no traceback, no hang, bounded memory, rows conserved, published data unchanged."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from functools import reduce
from pathlib import Path

import pytest

from tests.hostile_files.bases import text_bases, workbook_bases
from tests.hostile_files.dangerous import DANGEROUS
from tests.hostile_files.trial import Outcome, try_dangerous, try_mutants
from warehouse.import_plan import plan
from warehouse.importing import run
from warehouse.integrity import check_warehouse

SEED = 20
TEXT_FILES, WORKBOOKS = 9_800, 312
SECONDS, DANGEROUS_SECONDS = 60.0, 200.0  # a file may take so long on a busy machine; the page's user sees progress meanwhile
MEMORY, DANGEROUS_MEMORY, CHILD_MEMORY = 700 << 20, 2_500 << 20, 3_000_000_000

WORKERS = os.cpu_count() or 2


@pytest.fixture
def bases(tmp_path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    return text_bases(tmp_path / "exports"), workbook_bases(tmp_path / "exports")


@pytest.fixture
def root(tmp_path: Path, bases: tuple[dict[str, bytes], dict[str, bytes]]) -> Path:
    """A warehouse that holds the good files, so that spoiled copies meet known records."""
    root = tmp_path / "root"
    run(root, plan([*bases[0].items(), *bases[1].items()]), "test")
    return root


def everything(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def gathered(told: list[Future[Outcome]]) -> Outcome:
    return reduce(Outcome.__add__, (one.result() for one in told))


def report(title: str, outcome: Outcome, record_property: Callable[[str, object], None]) -> None:
    record_property(
        "counted",
        f"{title}: {outcome.files} files, {outcome.read} read ({outcome.rows} rows), {outcome.refused} refused whole;"
        f" slowest {outcome.slowest[0]:.1f} s ({outcome.slowest[1]}); memory {outcome.memory >> 20} MB,"
        f" of the parsing process {outcome.child_memory >> 20} MB",
    )


def test_ten_thousand_spoiled_files(
    root: Path, bases: tuple[dict[str, bytes], dict[str, bytes]], record_property: Callable[[str, object], None]
) -> None:
    texts, workbooks = bases
    before = everything(root)
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("forkserver")) as pool:
        told = [
            pool.submit(try_mutants, root, name, base, -(-count // (len(group) * 2)), SEED + half, SECONDS)
            for group, count in ((workbooks, WORKBOOKS), (texts, TEXT_FILES))
            for name, base in group.items()
            for half in (0, 1)
        ]
        outcome = gathered(told)
    report("Spoiled files", outcome, record_property)
    assert outcome.failures == [], "\n".join([f"{len(outcome.failures)} failures", *outcome.failures[:5]])
    assert outcome.files >= 10_000
    assert outcome.read > 2_000 and outcome.refused > 2_000
    assert outcome.memory < MEMORY
    assert outcome.child_memory < CHILD_MEMORY
    assert everything(root) == before
    assert check_warehouse(root) == []


def test_files_made_to_take_the_machine_down(root: Path, record_property: Callable[[str, object], None]) -> None:
    before = everything(root)
    with ProcessPoolExecutor(1, multiprocessing.get_context("forkserver"), max_tasks_per_child=1) as pool:
        outcome = gathered([pool.submit(try_dangerous, root, name, DANGEROUS_SECONDS) for name in DANGEROUS])
    report("Dangerous files", outcome, record_property)
    assert outcome.failures == [], "\n".join(outcome.failures)
    assert outcome.memory < DANGEROUS_MEMORY
    assert outcome.child_memory < CHILD_MEMORY
    assert everything(root) == before
