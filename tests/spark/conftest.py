"""The servers that answer, and each snapshot on them: Sail always, Apache Spark as well where $SPARK_HOME names one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.spark.servers import apache_spark, sail
from warehouse.database import Database
from warehouse.parquet import write_parquet
from warehouse.spark_engine import SparkDatabase, open_spark

# a worker of pytest-xdist has no main file, which pyspark takes for a doctest run that needs a Spark distribution
vars(sys.modules["__main__"]).setdefault("__file__", __file__)

SERVERS = ["sail", *(["apache"] if os.environ.get("SPARK_HOME") else [])]


@pytest.fixture(scope="module", params=SERVERS)
def remote(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Spark Connect server."""
    with sail() if request.param == "sail" else apache_spark(tmp_path_factory.mktemp("apache") / "server.log") as address:
        yield address


@pytest.fixture(scope="session")
def parquet(sample_db: Database, wabo_db: Database, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where each snapshot lies as Parquet."""
    folders = {"sample": tmp_path_factory.mktemp("sample-parquet"), "wabo": tmp_path_factory.mktemp("wabo-parquet")}
    write_parquet(sample_db, folders["sample"])
    write_parquet(wabo_db, folders["wabo"])
    return folders


@pytest.fixture(scope="module")
def on_spark(remote: str, parquet: dict[str, Path]) -> Iterator[Callable[[str], SparkDatabase]]:
    """A snapshot on the server, by name. The sessions are closed before the server is."""
    opened = {name: open_spark({"remote": remote, "parquet": str(folder)}) for name, folder in parquet.items()}
    yield lambda name: opened[name]
    for db in opened.values():
        db.session.stop()


@pytest.fixture(scope="session")
def on_duckdb(sample_db: Database, wabo_db: Database) -> Callable[[str], Database]:
    """The same snapshot as DuckDB has it."""
    return lambda name: {"sample": sample_db, "wabo": wabo_db}[name]
