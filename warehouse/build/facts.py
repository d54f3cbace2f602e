"""Everything a reader may ask, made anew from the record tables: a pure function of the records and the settings."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.build.calendar import calendar_table
from warehouse.build.complaint_facts import build_complaints, build_surveys
from warehouse.build.dimensions import build_dimensions
from warehouse.build.dossier_facts import build_dossiers
from warehouse.build.register_facts import build_registers
from warehouse.build.step_facts import build_steps

SCHEMA = Path(__file__).parent.parent / "schema.sql"


def create_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """The empty tables of schema.sql."""
    connection.execute(SCHEMA.read_text(encoding="utf-8"))


def build_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill every fact table from the record tables."""
    connection.register("calendar_days", calendar_table())
    connection.execute("insert into calendar select * from calendar_days")
    connection.unregister("calendar_days")
    build_dimensions(connection)
    build_dossiers(connection)
    build_steps(connection)
    build_complaints(connection)
    build_surveys(connection)
    build_registers(connection)


def newest_event(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The ISO date of the newest event the facts know, the data's own as-of date; null when there is none."""
    return connection.execute(
        """
        with events as (
            select max(submitted_on) as day from dossier
            union all select max(received_on) from dossier
            union all select max(closed_on) from dossier where closed_on < date '9999-12-31'
            union all select max(finished_at)::date from step
            union all select max(started_at)::date from step
            union all select max(sent_on) from complaint
            union all select max(answered_on) from complaint where answered_on < date '9999-12-31'
            union all select max(responded_on) from survey_response
        )
        select max(day)::varchar from events
        """
    ).fetchall()[0][0]
