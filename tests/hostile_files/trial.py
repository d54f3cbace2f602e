"""Try files as the import page would: plan, check, count the rows. What may come out is a plan, a problem, or UnreadableFile."""

from __future__ import annotations

import faulthandler
import resource
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from tests.hostile_files.bases import WABO
from tests.hostile_files.corpus import mutants
from tests.hostile_files.dangerous import DANGEROUS
from warehouse.import_plan import Check, FilePlan, TablePlan, check, plan
from warehouse.importing import run
from warehouse.mapping import Mapping, mapped_rows, read_profile
from warehouse.read import SourceTable, UnreadableFile

CHECKED_ALONE, FAR = 25, 10**8  # every 25th file is checked by itself, the others' rows together

Together = dict[tuple[str, ...], tuple[Mapping, list[pa.Table]]]  # kind and columns → how they are read, and the rows of each file


@dataclass
class Outcome:
    """What became of some files; `failures`: name and traceback; memory in bytes, of this process and of its largest child."""

    files: int = 0
    read: int = 0
    refused: int = 0
    rows: int = 0
    failures: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    memory: int = 0
    child_memory: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.files + other.files,
            self.read + other.read,
            self.refused + other.refused,
            self.rows + other.rows,
            self.failures + other.failures,
            max(self.slowest, other.slowest),
            max(self.memory, other.memory),
            max(self.child_memory, other.child_memory),
        )


def try_mutants(root: Path, name: str, base: bytes, count: int, seed: int, limit: float) -> Outcome:
    """Try `count` spoiled copies of one base against the warehouse `root`; a file that takes over `limit` seconds ends the process."""
    return _try(root, mutants(name, base, count, seed), limit, CHECKED_ALONE)


def try_dangerous(root: Path, name: str, limit: float) -> Outcome:
    """Try one of the files made to take the machine down."""
    return _try(root, iter([(name, DANGEROUS[name]())]), limit, 1)


def _try(root: Path, files: Iterator[tuple[str, bytes]], limit: float, checked_alone: int) -> Outcome:
    outcome, together = Outcome(), Together()
    for number, (name, content) in enumerate(files):
        outcome.files += 1
        began = time.monotonic()
        faulthandler.dump_traceback_later(limit, exit=True)
        try:
            planned, loaded = _planned(name, content)
            if planned.problem:
                outcome.refused += 1
                _refused(root, planned, importing=outcome.refused % checked_alone == 0)
            else:
                outcome.read += 1
                for position, (table, rows) in enumerate(zip(planned.tables, loaded, strict=True)):
                    _collect(together, number * 10 + position, table, rows)
                if outcome.read % checked_alone == 0:
                    _conserved(planned, check(root, planned))
        except Exception:
            outcome.failures.append(f"{name}\n{traceback.format_exc()}")
        outcome.slowest = max(outcome.slowest, (time.monotonic() - began, name))
    faulthandler.dump_traceback_later(limit * 10, exit=True)
    for mapping, tables in together.values():
        try:
            merged = _merged(mapping, tables)
            _conserved(merged, check(root, merged))
            outcome.rows += sum(table.num_rows for table in tables)
        except Exception:
            outcome.failures.append(f"{mapping.kind}, {len(tables)} tables together\n{traceback.format_exc()}")
    faulthandler.cancel_dump_traceback_later()
    outcome.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    outcome.child_memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    return outcome


def _planned(name: str, content: bytes) -> tuple[FilePlan, list[pa.Table]]:
    """The plan and its rows, loaded to the end; a file that only then turns out unreadable is refused whole too."""
    profile = read_profile("wabo") if name.endswith(WABO.name) else None
    (planned,) = plan([(name, content)], profile=profile)
    try:
        return planned, [mapped_rows(table.source, table.mapping) for table in planned.tables]
    except UnreadableFile as problem:
        return FilePlan(planned.file, problem=str(problem)), []


def _refused(root: Path, planned: FilePlan, *, importing: bool) -> None:
    problem = planned.problem or ""
    assert planned.file in problem and problem[-1] in ".)]", problem
    assert not any(word in problem for word in ("Error", "Traceback", "@example", "0999")), problem  # nor an applicant's data
    if importing:
        assert run(root, [planned], "test") == []


def _collect(together: Together, number: int, table: TablePlan, rows: pa.Table) -> None:
    """Put the rows with those of other files of the same columns; row numbers stay apart."""
    numbers = rows["row_number"].to_pylist()
    assert len(set(numbers)) == len(numbers) or table.kind in ("surveys", "steps")
    rows = rows.set_column(1, "row_number", pa.array([row + number * FAR for row in numbers], pa.int64()))
    names = rows.column_names[2:]
    mapping = replace(table.mapping, columns={name: n for n, name in enumerate(names)}, questions=(), personal=(), unmapped=(), ask=())
    together.setdefault((table.kind, *names), (mapping, []))[1].append(rows)


def _merged(mapping: Mapping, tables: list[pa.Table]) -> FilePlan:
    """The collected rows as one table of one file."""
    rows, names = pa.concat_tables(tables), tuple(mapping.columns)
    cells = pa.table({"row_number": rows["row_number"], **{str(n): rows[name].cast(pa.string()) for n, name in enumerate(names)}})

    def load(indexes: Sequence[int]) -> pa.Table:
        return cells.select(["row_number", *map(str, indexes)])

    return FilePlan("many", (TablePlan(SourceTable("many", None, names, cells.slice(0, 20), load), mapping),))


def _conserved(planned: FilePlan, checks: list[Check]) -> None:
    """Every row read has exactly one fate; a wide survey's rows count once, however many answers they hold."""
    assert len(checks) == len(planned.tables)
    for table, checked in zip(planned.tables, checks, strict=True):
        folded = checked.folded
        assert folded.rows_read == folded.added + folded.updated + folded.unchanged + folded.duplicate + folded.refused
        rows = mapped_rows(table.source, table.mapping)
        assert folded.rows_read == (len(set(rows["row_number"].to_pylist())) if table.kind == "surveys" else rows.num_rows)
        reasons = Counter(checked.refused["reason"])
        assert None not in reasons and (folded.refused == 0) == (not reasons)
