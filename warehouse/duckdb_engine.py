"""DuckDB as the engine: a snapshot opened read-only, with external access off and its configuration locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from settings import read

if TYPE_CHECKING:  # an import has no other use for it, and it takes a third of a second to load
    import pandas as pd


@dataclass(frozen=True)
class DuckdbDatabase:
    """One snapshot file; implements warehouse.database.Database. Every question takes a cursor of its own (thread safety)."""

    connection: duckdb.DuckDBPyConnection
    snapshot: str
    as_of: date
    simulated: bool
    engine: str = "DuckDB trên máy này"

    def frame(self, sql: str, parameters: dict[str, Any] | None = None) -> pd.DataFrame:
        """Run one SELECT with bound `$name` parameters."""
        cursor = self.connection.cursor()
        try:
            return cursor.execute(sql, parameters or {}).df()
        finally:
            cursor.close()


def open_snapshot_file(file: Path, name: str) -> DuckdbDatabase:
    """Open snapshot `file`. Raises duckdb.Error when the file is damaged."""
    limits = read("engine")["duckdb"]
    connection = duckdb.connect(
        str(file),
        read_only=True,
        config={
            "enable_external_access": "false",
            "memory_limit": limits["reader_memory"],
            "threads": limits["threads"],
            "lock_configuration": "true",
        },
    )
    info = dict(connection.execute("select name, value from snapshot_info").fetchall())
    as_of = date.fromisoformat(info["as_of"]) if info.get("as_of") else date.fromisoformat(info["built_on"])
    return DuckdbDatabase(connection, name, as_of, info.get("simulated") == "true")
