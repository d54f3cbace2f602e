"""Which engine answers: settings/engine.toml says; the metrics do not know."""

from __future__ import annotations

from pathlib import Path

from settings import read
from warehouse.database import Database
from warehouse.snapshots import open_published, published_name


def on_a_server() -> bool:
    """Whether a Spark Connect server answers instead of the published snapshot on this machine."""
    return bool(read("engine")["kind"] == "spark")


def open_served(root: Path) -> Database:
    """The published snapshot of `root`, or the Parquet copy on the Spark Connect server that the settings name."""
    if on_a_server():
        from warehouse.spark_engine import open_spark  # needs requirements-spark.txt

        return open_spark(read("engine")["spark"])
    return open_published(root)


def served_name(root: Path) -> str | None:
    """The name of the snapshot that `open_served` would open now."""
    if on_a_server():
        from warehouse.spark_engine import current_snapshot

        return current_snapshot(read("engine")["spark"])
    return published_name(root)
