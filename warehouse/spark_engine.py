"""A Spark Connect server as the engine: Apache Spark or Sail over the Parquet files that `manage.py publish --parquet` wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pandas as pd
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from warehouse.parquet import CURRENT, PARTITIONS, SCHEMA
from warehouse.spark_sql import columns_of, to_spark

_KEPT_ANSWERS = 1_000
_KEPT_ROWS = 200  # a longer answer is asked for again


@dataclass
class SparkDatabase:
    """One snapshot on a Spark Connect server; implements warehouse.database.Database.

    A snapshot never changes, and a question takes the server a large part of a second however small its answer is: a small
    answer is kept and given again when the same SQL comes with the same values.
    """

    session: SparkSession
    remote: str
    place: str  # the snapshot's folder, as the server sees it
    snapshot: str
    as_of: date
    simulated: bool
    engine: str
    answers: dict[tuple[str, str], pd.DataFrame] = field(default_factory=dict, repr=False)

    def frame(self, sql: str, parameters: dict[str, Any] | None = None) -> pd.DataFrame:
        """Run one SELECT written in DuckDB's dialect with bound `$name` parameters; the frame is the caller's own."""
        question = (sql, repr(parameters))
        answer = self.answers.get(question)
        if answer is None:
            answer = self._asked(sql, parameters)
            if len(self.answers) >= _KEPT_ANSWERS:
                self.answers.clear()
            if len(answer) <= _KEPT_ROWS:
                self.answers[question] = answer
        return answer.copy()

    def _asked(self, sql: str, parameters: dict[str, Any] | None) -> pd.DataFrame:
        """The server's answer.

        A server that was restarted has forgotten the session's tables: they are named again, once.
        """
        try:
            return _frame(self.session, sql, parameters)
        except PySparkException:
            if _knows_the_tables(self.session):
                raise
            self.session = _session(self.remote)
            _name_tables(self.session, self.place)
            return _frame(self.session, sql, parameters)


def open_spark(settings: dict[str, Any]) -> SparkDatabase:
    """The snapshot served from settings["parquet"] by the server at settings["remote"] (sc://host:port).

    Raises PySparkException when the server cannot be reached or the folder holds no published snapshot.
    """
    remote = str(settings["remote"])
    session = _session(remote)
    snapshot = _current(session, settings)
    place = f"{_folder(settings)}/{snapshot}"
    _name_tables(session, place)
    facts = dict(_frame(session, "select name, value from snapshot_info").itertuples(index=False))
    as_of = date.fromisoformat(facts.get("as_of") or facts["built_on"])
    return SparkDatabase(session, remote, place, snapshot, as_of, facts.get("simulated") == "true", f"Spark Connect tại {remote}")


def current_snapshot(settings: dict[str, Any]) -> str:
    """The name of the snapshot that `publish --parquet` made current, asked in a session of its own.

    Raises PySparkException when the server cannot be reached or the folder holds no published snapshot.
    """
    session = _session(str(settings["remote"]))
    try:
        return _current(session, settings)
    finally:
        session.stop()


def _session(remote: str) -> SparkSession:
    session = SparkSession.builder.remote(remote).create()
    session.conf.set("spark.sql.session.timeZone", "UTC")
    return session


def _current(session: SparkSession, settings: dict[str, Any]) -> str:
    return str(session.read.parquet(f"{_folder(settings)}/{CURRENT}").toArrow()["snapshot"][0])


def _folder(settings: dict[str, Any]) -> str:
    return str(settings["parquet"]).rstrip("/")


def _name_tables(session: SparkSession, place: str) -> None:
    for table, columns in columns_of(SCHEMA.read_text(encoding="utf-8")).items():
        rows = session.read.schema(columns).parquet(f"{place}/{table}")
        rows.drop(*PARTITIONS).createOrReplaceTempView(table)


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
