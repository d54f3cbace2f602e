"""DanhSachHoSoBoSung: the supplement requests inside a national message, as typed lists."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from warehouse.build.parse import time_expression, within_years
from warehouse.mapping import Mapping

KEYS = {
    "requested_at": "NgayBoSung",
    "answered_at": "NgayTiepNhanBoSung",
    "due_before": "NgayHenTraTruoc",
    "due_after": "NgayHenTraMoi",
}


def read_supplements(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> pa.Table:
    """One row a line of raw_rows with supplements: line, supplements (list of the four times, in order of request)."""
    described = ", ".join(f'"{key}": "VARCHAR"' for key in KEYS.values())
    fields = ", ".join(f"s.{key} as {name}" for name, key in KEYS.items())
    connection.execute(
        f"""
        create or replace temp table supplement_words as
        with listed as (
            select line, unnest(from_json(supplements, '[{{{described}}}]')) as s
            from raw_rows where supplements is not null and json_valid(supplements)
        )
        select line, row_number() over () as position, {fields} from listed
        """
    )
    times = {name: time_expression(connection, "temp.supplement_words", name, mapping) for name in KEYS}
    typed = ", ".join(f"{times[name]} as {name}" for name in KEYS)
    bounded = ", ".join(f"{name} := {within_years(name)}" for name in KEYS)
    return connection.sql(
        f"""
        with typed as (select line, position, {typed} from temp.supplement_words)
        select line, list(struct_pack({bounded}) order by requested_at nulls last, position) as supplements
        from typed group by line
        """
    ).to_arrow_table()
