"""What a snapshot holds, in one short text: two snapshots with equal hashes hold equal rows, however their files' bytes differ.

Each table's part is the number of its rows and the sum of its rows' hashes: reading every value once costs little beside an import,
and needs no sort. Computing it again reads every block of the file, so that damage shows. It finds accidents; it is no signature.
"""

from __future__ import annotations

import hashlib

import duckdb

ENTRY = "content"  # the row of snapshot_info that keeps it


def content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """`<DuckDB version>:<hash>` over every table of the open snapshot except its own entry. Raises duckdb.Error on a damaged block."""
    sums = " union all ".join(_table_hash(*table) for table in _tables(connection))
    digest = hashlib.sha256()
    for line in sorted(connection.execute(sums).fetchall()):
        digest.update(repr(line).encode())
    return f"{duckdb.__version__}:{digest.hexdigest()[:32]}"


def comparable(stored: str) -> bool:
    """Was this hash made by the DuckDB that runs here? DuckDB's row hash may change from one version to the next."""
    return stored.startswith(f"{duckdb.__version__}:")


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, list[str]]]:
    """Schema, name and columns (in order) of each table in the file."""
    return connection.execute(
        """
        select schema_name, table_name, list(column_name order by column_index)
        from duckdb_columns() where database_name = current_database() and schema_name in ('main', 'record') and not internal
        group by schema_name, table_name
        """
    ).fetchall()


def _table_hash(schema: str, table: str, columns: list[str]) -> str:
    """SQL for one row: the table's name, its rows, and the sum of their hashes over the values in the order of the columns."""
    names = ", ".join(f'"{name}"' for name in columns)
    kept = f"where name <> '{ENTRY}'" if table == "snapshot_info" else ""
    return f'''select '{schema}.{table}', count(*), sum(hash({names})::hugeint) from "{schema}"."{table}" {kept}'''
