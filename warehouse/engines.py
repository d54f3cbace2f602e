"""Which engine answers: settings/engine.toml says; the metrics do not know."""

from __future__ import annotations

from pathlib import Path

from settings import read
from warehouse.database import Database
from warehouse.snapshots import open_published


def open_served(root: Path) -> Database:
    """The published snapshot of `root`, or the Parquet copy on the Spark Connect server that the settings name."""
    if read("engine")["kind"] == "spark":
        from warehouse.spark_engine import open_spark  # needs requirements-spark.txt

        return open_spark(read("engine")["spark"])
    return open_published(root)
