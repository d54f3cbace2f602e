"""The published snapshot as Parquet, for a Spark Connect server: one folder a snapshot, and a small file that names the newest.

    DIR/current.parquet                                                 one row: snapshot
    DIR/000007-20201231T060000/calendar/rows.parquet                    one folder a table, columns as in schema.sql
    DIR/000007-20201231T060000/dossier/received_year=2020/received_month=3/rows.parquet

Dossiers lie by the month they were received, in the snapshot's order (by closing date); those without a received date
(registered, rejected) under received_year=0. A snapshot's folder is written under another name and renamed once it is whole;
current.parquet is replaced last, in one step.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.duckdb_engine import DuckdbDatabase
from warehouse.snapshots import NAME, replace

CURRENT = "current.parquet"
PARTITIONS = ("received_year", "received_month")
KEPT = 2  # readers of the one before may still be at work
ROW_GROUP = 65_536  # rows; small enough that a period's closing dates can be told from the others'
SCHEMA = Path(__file__).parent / "schema.sql"
_MONTHS = """select distinct
    cast(coalesce(year(received_on), 0) as integer) as received_year,
    cast(coalesce(month(received_on), 0) as integer) as received_month
from dossier
order by received_year, received_month"""
_OF_MONTH = """select * from dossier
where received_on >= make_date($year, $month, 1) and received_on < make_date($year, $month, 1) + interval 1 month
order by dossier_id"""


def write_parquet(db: DuckdbDatabase, folder: Path) -> str:
    """Write snapshot `db` into `folder` and make it the one that is served from there; returns the snapshot's name."""
    target, part = folder / db.snapshot, folder / f"writing-{db.snapshot}"
    if not target.exists():
        shutil.rmtree(part, ignore_errors=True)  # left by a run that was killed
        for table in db.frame("select table_name from duckdb_tables() where schema_name = 'main'")["table_name"]:
            if table == "dossier":
                _write_dossiers(db, part / table)
            else:
                _write(db, f"select * from {table}", {}, part / table)
        part.rename(target)
    _serve(folder, db.snapshot)
    return db.snapshot


def _write_dossiers(db: DuckdbDatabase, folder: Path) -> None:
    for year, month in db.frame(_MONTHS).itertuples(index=False):
        place = folder / f"received_year={year}" / f"received_month={month}"
        if year:
            _write(db, _OF_MONTH, {"year": year, "month": month}, place)
        else:
            _write(db, "select * from dossier where received_on is null order by dossier_id", {}, place)


def _write(db: DuckdbDatabase, sql: str, parameters: dict[str, Any], folder: Path) -> None:
    """One Parquet file with the rows of `sql`; an empty table keeps its columns."""
    folder.mkdir(parents=True)
    with db.connection.cursor() as cursor:
        rows = cursor.sql(sql, params=parameters).to_arrow_reader(ROW_GROUP)
        with pq.ParquetWriter(folder / "rows.parquet", rows.schema, compression="zstd") as writer:
            for batch in rows:
                writer.write_batch(batch, row_group_size=ROW_GROUP)


def _serve(folder: Path, snapshot: str) -> None:
    """Name the snapshot in current.parquet, then remove those that nobody reads any more."""
    following = folder / f"{CURRENT}.next"
    pq.write_table(pa.table({"snapshot": [snapshot]}), following)
    replace(following, folder / CURRENT)
    kept = sorted(place for place in folder.iterdir() if NAME.match(place.name) and place.name != snapshot)
    for old in kept[: -(KEPT - 1)]:
        shutil.rmtree(old, ignore_errors=True)
