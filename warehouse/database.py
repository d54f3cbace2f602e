"""What a metric may ask: one snapshot, whichever engine answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # an import has no other use for it, and it takes a third of a second to load
    import pandas as pd


class Database(Protocol):
    """One published snapshot, open for reading from any thread."""

    @property
    def snapshot(self) -> str:
        """The snapshot's name."""
        ...

    @property
    def as_of(self) -> date:
        """The data's own as-of date: the newest event it knows."""
        ...

    @property
    def simulated(self) -> bool:
        """Made from the sample data."""
        ...

    @property
    def engine(self) -> str:
        """What answers, in words for the screen."""
        ...

    def frame(self, sql: str, parameters: dict[str, Any] | None = None) -> pd.DataFrame:
        """Run one SELECT written in DuckDB's dialect; `$name` parameters are bound, never formatted in."""
        ...
