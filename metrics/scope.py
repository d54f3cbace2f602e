"""Which dossiers a question is about: the filter bar, the signed-in user's limit and the as-of date, in one hashable value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.database import Database

CHANNELS = {1: "direct", 2: "online", 3: "postal"}


@dataclass(frozen=True)
class Scope:
    """Empty tuples mean no limit. Units, fields and procedures are names as the snapshot shows them (a procedure also by code)."""

    units: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    channels: tuple[int, ...] = ()
    whole_sector: bool = False  # "toàn ngành": units that are not the department's own are counted too
    allowed_units: tuple[str, ...] | None = None  # the signed-in user's limit; None = all units
    as_of: date | None = None  # events after this day do not exist; None = the data's own

    def at(self, db: Database) -> date:
        """The as-of date this question is answered at."""
        return self.as_of or db.as_of

    def condition(self, row: str, *, channel: bool = True) -> tuple[str, dict[str, Any]]:
        """SQL that holds for the rows of alias `row` in this scope, and its parameters (all prefixed `scope_`).

        `row` needs unit_id, field_id, procedure_id and (unless `channel` is False) channel. "true" when nothing is limited.
        """
        tests: list[str] = []
        parameters: dict[str, Any] = {}

        def chosen(column: str, table: str, names: str, values: tuple[str, ...], by: str = "") -> None:
            tests.append(f"{row}.{column} in (select {column} from {table} where list_contains(${names}, {table}_name){by})")
            parameters[names] = list(values)

        if self.units:
            chosen("unit_id", "unit", "scope_units", self.units)
        elif not self.whole_sector:
            tests.append(f"{row}.unit_id in (select unit_id from unit where own)")
        if self.allowed_units is not None:
            chosen("unit_id", "unit", "scope_allowed_units", self.allowed_units)
        if self.fields:
            chosen("field_id", "field", "scope_fields", self.fields)
        if self.procedures:
            by_code = " or list_contains($scope_procedures, procedure_code)"
            chosen("procedure_id", "procedure", "scope_procedures", self.procedures, by_code)
        if channel and self.channels:
            tests.append(f"list_contains($scope_channels, {row}.channel)")
            parameters["scope_channels"] = list(self.channels)
        return " and ".join(tests) or "true", parameters
