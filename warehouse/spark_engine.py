"""A Spark Connect server as the engine: Apache Spark or Sail over the Parquet files that `manage.py publish --parquet` wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import pandas as pd
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from warehouse.parquet import CURRENT, PARTITIONS, TABLES
from warehouse.spark_sql import to_spark


@dataclass
class SparkDatabase:
    """One snapshot on a Spark Connect server; implements warehouse.database.Database."""

    session: SparkSession
    remote: str
    place: str  # the snapshot's folder, as the server sees it
    snapshot: str
    as_of: date
    simulated: bool
    engine: str

    def frame(self, sql: str, parameters: dict[str, Any] | None = None) -> pd.DataFrame:
        """Run one SELECT written in DuckDB's dialect with bound `$name` parameters.

        A server that was restarted has forgotten the session: it is opened again, once.
        """
        try:
            return _frame(self.session, sql, parameters)
        except PySparkException:
            if _knows_the_tables(self.session):
                raise
            self.session = _session(self.remote, self.place)
            return _frame(self.session, sql, parameters)


def open_spark(settings: dict[str, Any]) -> SparkDatabase:
    """The snapshot served from settings["parquet"] by the server at settings["remote"] (sc://host:port).

    Raises PySparkException when the server cannot be reached or the folder holds no published snapshot.
    """
    remote, snapshot = str(settings["remote"]), current_snapshot(settings)
    place = f"{_folder(settings)}/{snapshot}"
    session = _session(remote, place)
    facts = dict(_frame(session, "select name, value from snapshot_info").itertuples(index=False))
    as_of = date.fromisoformat(facts.get("as_of") or facts["built_on"])
    return SparkDatabase(session, remote, place, snapshot, as_of, facts.get("simulated") == "true", f"Spark Connect tại {remote}")


def current_snapshot(settings: dict[str, Any]) -> str:
    """The name of the snapshot that `publish --parquet` made current. Raises PySparkException when it cannot be read."""
    remote, file = str(settings["remote"]), f"{_folder(settings)}/{CURRENT}"
    try:
        return _named(_asking(remote), file)
    except PySparkException:
        _asking.cache_clear()
        return _named(_asking(remote), file)


def _named(session: SparkSession, file: str) -> str:
    return str(session.read.parquet(file).toArrow()["snapshot"][0])


@lru_cache(maxsize=1)
def _asking(remote: str) -> SparkSession:
    """The session that only asks which snapshot is current: each snapshot has tables of its own in a session of its own."""
    return SparkSession.builder.remote(remote).create()


def _folder(settings: dict[str, Any]) -> str:
    return str(settings["parquet"]).rstrip("/")


def _session(remote: str, place: str) -> SparkSession:
    """A session in which the snapshot's tables are known by their names."""
    session = SparkSession.builder.remote(remote).create()
    session.conf.set("spark.sql.session.timeZone", "UTC")
    for table in TABLES:
        rows = session.read.parquet(f"{place}/{table}")
        rows.drop(*PARTITIONS).createOrReplaceTempView(table)
    return session


def _knows_the_tables(session: SparkSession) -> bool:
    try:
        _frame(session, "select count(*) as n from snapshot_info")
    except PySparkException:
        return False
    return True


def _frame(session: SparkSession, sql: str, parameters: dict[str, Any] | None = None) -> pd.DataFrame:
    """The answer comes as Arrow; DuckDB makes the frame of it, so that nulls, dates and numbers look the same on every engine."""
    answer = session.sql(to_spark(sql), args=parameters or {}).toArrow()
    with duckdb.connect() as connection:
        return connection.from_arrow(answer).df()
