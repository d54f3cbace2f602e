"""Build one snapshot file: records carried over (or folded anew from the archive), the new batches folded in, facts laid out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

import settings
from warehouse import content_hash
from warehouse.archive import Batch, Part
from warehouse.build.facts import SCHEMA, build_facts, create_facts, newest_event
from warehouse.build.fold import Folded, create_records, fold
from warehouse.kinds import kinds

CARRIED = ("import_log", "refused_row", "flagged_row")


@dataclass
class Building:
    """A snapshot in the making."""

    connection: duckdb.DuckDBPyConnection
    file: Path
    batches: list[Batch] = field(default_factory=list)  # those whose rows are in it
    considered: set[str] = field(default_factory=set)  # the numbers of all batches it was made with, undone ones and undos too


def start(file: Path, spill: Path) -> Building:
    """An empty snapshot with its tables; `spill` is where DuckDB may put what does not fit in memory."""
    limits = settings.read("engine")["duckdb"]
    connection = duckdb.connect(
        str(file),
        config={
            "memory_limit": limits["writer_memory"],
            "threads": limits["threads"],
            "temp_directory": str(spill),
            "preserve_insertion_order": "true",
        },
    )
    connection.execute("set timezone = 'UTC'")
    create_facts(connection)
    create_records(connection)
    return Building(connection, file)


def carry_over(building: Building, old: Path, batches: list[Batch]) -> None:
    """Take over the records and the bookkeeping of snapshot file `old`, which was built from `batches`."""
    connection = building.connection
    connection.execute("attach $file as old (read_only)", {"file": str(old)})
    for kind in kinds():
        connection.execute(f"insert into record.{kind} select * from old.record.{kind}")
    for table in CARRIED:
        connection.execute(f"insert into {table} select * from old.{table}")
    connection.execute("detach old")
    building.batches.extend(batches)


def fold_batch(building: Building, batch: Batch, parts: Iterable[tuple[Part, pa.Table]]) -> dict[str, list[tuple[Part, pa.Table, Folded]]]:
    """Fold a batch's parts, steps first; returns what became of them, by kind."""
    connection, folded_by_kind = building.connection, {}  # type: ignore[var-annotated]
    order = list(kinds())
    for part, rows in sorted(parts, key=lambda pair: order.index(pair[0].kind)):
        folded = fold(connection, kinds()[part.kind], rows, part.mapping, batch.number)
        folded_by_kind.setdefault(part.kind, []).append((part, rows, folded))
    for kind, done in folded_by_kind.items():
        counts = [sum(getattr(f, name) for _, _, f in done) for name in COUNTS]
        connection.execute(
            "insert into import_log values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [batch.number, batch.file, kind, batch.imported_at, batch.imported_by, *counts],
        )
        for table, of in (("refused_row", "refused_rows"), ("flagged_row", "flagged_rows")):
            for _, _, folded in done:
                connection.register("named_rows", getattr(folded, of))
                connection.execute(
                    f"insert into {table} select $batch, $kind, sheet, row_number, record_code, text from named_rows",
                    {"batch": batch.number, "kind": kind},
                )
                connection.unregister("named_rows")
    building.batches.append(batch)
    return folded_by_kind


COUNTS = ("rows_read", "added", "updated", "unchanged", "duplicate", "refused", "warnings")


def finish(building: Building) -> None:
    """Lay out the facts, note what the snapshot is, write everything to disk and close the file."""
    connection = building.connection
    build_facts(connection)
    last = max((batch.imported_on for batch in building.batches), default=None)
    newest = newest_event(connection)
    info = {
        "as_of": min(newest, last) if newest and last else newest,
        "built_on": last or "2000-01-01",
        "simulated": str(any(batch.simulated for batch in building.batches)).lower(),
        "settings": settings_fingerprint(),
        "batches": ",".join(sorted(building.considered)),
    }
    connection.executemany("insert into snapshot_info values (?, ?)", list(info.items()))
    connection.execute("insert into snapshot_info values (?, ?)", [content_hash.ENTRY, content_hash.content_hash(connection)])
    connection.execute("checkpoint")
    connection.close()


def settings_fingerprint() -> str:
    """What a snapshot depends on besides the archive: the settings that shape records and facts, and the build's own code."""
    digest = hashlib.sha256(SCHEMA.read_bytes())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    for name in ("code_words", "rules", "holidays", "survey", *(f"kinds/{kind}" for kind in kinds())):
        digest.update(repr(settings.read(name)).encode())
    return digest.hexdigest()[:16]


def fingerprint_of(file: Path) -> str | None:
    """The settings fingerprint a snapshot file was built with; null when it cannot be read."""
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            rows = connection.execute("select value from snapshot_info where name = 'settings'").fetchall()
    except duckdb.Error:
        return None
    return rows[0][0] if rows else None
