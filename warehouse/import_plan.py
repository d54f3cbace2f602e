"""What an import would do, before anything is stored: kinds, mappings, a preview, and which rows would be refused and why."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from warehouse import snapshots
from warehouse.build.calendar import calendar_table
from warehouse.build.fold import Folded, create_records, fold
from warehouse.kinds import kinds
from warehouse.mapping import Mapping, Profile, mapped_rows, propose, suggest
from warehouse.read import SourceTable, UnreadableFile, read_file, words

if TYPE_CHECKING:  # an import has no other use for it, and it takes a third of a second to load
    import pandas as pd

PREVIEW_ROWS = 50


@dataclass(frozen=True)
class TablePlan:
    """One table of a file, to be read as one kind."""

    source: SourceTable
    mapping: Mapping
    rows: pa.Table | None = None  # all mapped rows, once loaded

    @property
    def kind(self) -> str:
        return self.mapping.kind

    def preview(self) -> pd.DataFrame:
        """The first rows of the mapped columns, under the file's own headers; never another column."""
        sample = self.source.sample.slice(0, PREVIEW_ROWS)
        return pa.table({self.source.headers[i]: sample[str(i)] for i in self.mapping.columns.values()}).to_pandas()


@dataclass(frozen=True)
class FilePlan:
    """One file: what is in it, or the problem (a Vietnamese sentence) that keeps it out. `unread`: sheets of no known kind."""

    file: str
    tables: tuple[TablePlan, ...] = ()
    problem: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """What would become of one kind of a file; `refused` and `flagged`: sheet, row_number, record_code, reason."""

    kind: str
    folded: Folded
    refused: pd.DataFrame
    flagged: pd.DataFrame


def plan(files: Sequence[tuple[str, bytes | Path]], kind: str | None = None, profile: Profile | None = None) -> list[FilePlan]:
    """One plan a file; unreadable files get a `problem`, the others are not touched by it."""
    calendar = threading.Thread(target=calendar_table)  # the first build needs it, and a library for it: loaded while the files are read
    calendar.start()
    try:
        return [_plan_file(name, content, kind, profile) for name, content in files]
    finally:
        calendar.join()  # a process that ended meanwhile would break its imports off


def _plan_file(name: str, content: bytes | Path, kind: str | None, profile: Profile | None) -> FilePlan:
    try:
        sources = read_file(content, name)
    except UnreadableFile as problem:
        return FilePlan(Path(name).name, problem=str(problem))
    tables, unread = [], []
    for source in sources:
        mappings = propose(source, kind, profile) or ([suggest(source, kind, profile)] if kind else [])
        tables += [TablePlan(source, mapping) for mapping in mappings]
        if not mappings:
            unread.append(source.sheet or source.file)
    if not tables:
        return FilePlan(Path(name).name, problem=_nothing_recognised(name, sources), unread=tuple(unread))
    return FilePlan(Path(name).name, tuple(tables), unread=tuple(unread))


def _nothing_recognised(name: str, sources: list[SourceTable]) -> str:
    aliases = words.read_vocabulary().all_aliases  # a file without a header has data there: only words of the settings are repeated
    headers = "; ".join(header for source in sources[:1] for header in source.headers if words.fold(header) in aliases)
    seen = f" Các cột nhận ra: {headers}." if headers else ""
    return (
        f"Tệp {Path(name).name}: không nhận ra loại dữ liệu.{seen}"
        " Hãy chọn loại dữ liệu, ghép cột bằng tay hoặc dùng mẫu tệp tải từ trang Nhập dữ liệu."
    )


def with_mapping(planned: FilePlan, position: int, mapping: Mapping) -> FilePlan:
    """The plan after the user corrected the mapping of its table at `position`."""
    tables = list(planned.tables)
    tables[position] = replace(tables[position], mapping=mapping, rows=None)
    return replace(planned, tables=tuple(tables))


def load(planned: FilePlan) -> FilePlan:
    """The plan with all mapped rows in memory and the file's own content let go.

    A file that cannot be read to its end, or lacks a column its kind cannot do without, gets a problem.
    """
    for table in planned.tables:
        missing = [c.header for c in kinds()[table.kind].columns.values() if c.required and c.name not in table.mapping.columns]
        if missing and not table.mapping.questions:
            problem = f"Tệp {planned.file}: chưa ghép được cột {', '.join(missing)}. Hãy ghép cột rồi nhập lại."
            return FilePlan(planned.file, problem=problem)
    try:
        return replace(planned, tables=tuple(_loaded(table) for table in planned.tables))
    except UnreadableFile as problem:
        return FilePlan(planned.file, problem=str(problem))


def _loaded(table: TablePlan) -> TablePlan:
    if table.rows is not None:
        return table
    rows = mapped_rows(table.source, table.mapping)
    return TablePlan(replace(table.source, load=_let_go), table.mapping, rows)


def _let_go(columns: Sequence[int]) -> pa.Table:
    raise RuntimeError("this table's rows were loaded and its file let go")


def check(root: Path, planned: FilePlan) -> list[Check]:
    """Try the import in memory against what is published now; stores nothing. One check a table, in the plan's order.

    Raises UnreadableFile when the file cannot be read to its end.
    """
    order = list(kinds())
    done: dict[int, Check] = {}
    rows_of = {n: mapped_rows(table.source, table.mapping) for n, table in enumerate(planned.tables)}
    with duckdb.connect(":memory:", config={"threads": 2}) as connection:
        connection.execute("set timezone = 'UTC'")
        create_records(connection)
        _bring_known_records(connection, root, planned, rows_of)
        for n in sorted(rows_of, key=lambda n: order.index(planned.tables[n].kind)):
            table = planned.tables[n]
            folded = fold(connection, kinds()[table.kind], rows_of[n], table.mapping, "check")
            done[n] = Check(table.kind, folded, _named(folded.refused_rows), _named(folded.flagged_rows))
    return [done[n] for n in sorted(done)]


def _bring_known_records(connection: duckdb.DuckDBPyConnection, root: Path, planned: FilePlan, rows_of: dict[int, pa.Table]) -> None:
    """Copy the published records that the file's rows speak of (and their steps) into the trial's tables."""
    try:
        known = snapshots.open_published(root)
    except snapshots.NoSnapshot:
        return
    wanted: dict[str, set[str] | None] = {}  # kind → codes, or None for all its records
    for n, table in enumerate(planned.tables):
        codes = _codes(table.kind, rows_of[n])
        for kind in {table.kind, "steps"} if table.kind == "dossiers" else {table.kind}:
            before = wanted.get(kind, set())
            wanted[kind] = None if codes is None or before is None else before | codes
    for kind, codes in wanted.items():
        _copy(connection, known, kind, codes)


def _codes(kind: str, rows: pa.Table) -> set[str] | None:
    """The codes the rows speak of, as records keep them; None where a record is not found by one code."""
    column = kinds()[kind].key[0]
    if column not in rows.column_names or kinds()[kind].columns[column].type != "text":
        return None
    return {unicodedata.normalize("NFC", code) for code in rows[column].unique().to_pylist() if code}


def _copy(connection: duckdb.DuckDBPyConnection, known: snapshots.DuckdbDatabase, kind: str, codes: set[str] | None) -> None:
    query, parameters = f"select * from record.{kind}", {}
    if codes is not None:
        query += f" where list_contains($codes::varchar[], {kinds()[kind].key[0]})"
        parameters = {"codes": sorted(codes)}
    cursor = known.connection.cursor()
    connection.register("known_rows", cursor.sql(query, params=parameters).to_arrow_table())
    connection.execute(f"insert into record.{kind} select * from known_rows")
    connection.unregister("known_rows")
    cursor.close()


def _named(rows: pa.Table) -> pd.DataFrame:
    return rows.select(["sheet", "row_number", "record_code", "text"]).rename_columns({"text": "reason"}).to_pandas()
