"""The named things dossiers point at: fields, units, sections, officers, procedures; each name gets a small id.

Ids are ranks in the order of names, so the same records always get the same ids. Spellings that differ only in case, spaces
or Unicode form are one thing. Id 0 is "Chưa xác định".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from warehouse.mapping import fold

UNKNOWN = "Chưa xác định"


def tidy(name: str) -> str:
    """A name as it is shown: composed Unicode, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def same(name: str) -> str:
    """What two spellings of one name have in common."""
    return tidy(name).casefold()


def shown(spellings: Iterable[str]) -> str:
    """The spelling to show of several: not the all-capitals one, then the first in order."""
    return min((tidy(spelling) for spelling in spellings), key=lambda name: (name.isupper(), name))


def build_dimensions(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill field, unit, section, officer, procedure, procedure_listing, step_norm; leave the temp tables *_of (raw name → id)."""
    _named(connection, "field", "select field_name from record.dossiers union select field_name from record.procedures", "smallint")
    _named(connection, "section", "select section_name from record.dossiers union select section_name from record.steps", "integer")
    _named(connection, "officer", "select officer_name from record.dossiers union select officer_name from record.steps", "integer")
    _named(connection, "step_name", "select step_name from record.steps union select step_name from record.step_norms", "integer")
    connection.execute(
        """
        insert into field select i.id, c.field_code, i.name from field_names as i left join
            (
                select o.id, min(d.field_code) as field_code
                from record.dossiers as d join field_of as o on o.raw = d.field_name group by o.id
            ) as c on c.id = i.id
        """
    )
    connection.execute("insert into section select id, name from section_names; insert into officer select id, name from officer_names")
    _units(connection)
    _procedures(connection)


def _named(connection: duckdb.DuckDBPyConnection, thing: str, names_sql: str, id_type: str) -> None:
    """Temp tables <thing>_of (raw, id) and <thing>_names (id, name) over every name the query gives."""
    raw_names = [row[0] for row in connection.sql(names_sql).fetchall() if row[0]]
    spellings: dict[str, list[str]] = {}
    for raw in raw_names:
        spellings.setdefault(same(raw), []).append(raw)
    names = {key: shown(group) for key, group in spellings.items() if key and key != same(UNKNOWN)}
    ids = {key: n for n, key in enumerate(sorted(names, key=lambda key: (names[key], key)), start=1)}
    pairs = [(raw, ids[same(raw)]) for raw in raw_names if same(raw) in ids]
    _table(connection, f"{thing}_of", {"raw": [p[0] for p in pairs], "id": [p[1] for p in pairs]}, id_type)
    _table(connection, f"{thing}_names", {"id": [0, *ids.values()], "name": [UNKNOWN, *(names[key] for key in ids)]}, id_type)


def _table(connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, list], id_type: str) -> None:
    types = {key: pa.int64() if key.endswith("id") else pa.string() for key in columns}
    connection.register("rows_of_table", pa.table({key: pa.array(values, types[key]) for key, values in columns.items()}))
    fields = ", ".join(f"{key}::{id_type} as {key}" if key.endswith("id") else key for key in columns)
    connection.execute(f"create or replace temp table {name} as select {fields} from rows_of_table")
    connection.unregister("rows_of_table")


def _units(connection: duckdb.DuckDBPyConnection) -> None:
    """Units: valid spans of one name are one unit, described by the latest span."""
    _named(
        connection,
        "unit",
        """
        select unit_name from record.dossiers union select unit_name from record.complaints union select unit_name from record.surveys
        union select unit_name from record.units union select parent_name from record.units union select successor_name from record.units
        """,
        "smallint",
    )
    connection.execute(
        """
        insert into unit
        with described as (
            select o.id, u.*, row_number() over (partition by o.id order by u.valid_from desc nulls last, u.line desc) as newest
            from record.units as u join unit_of as o on o.raw = u.unit_name
        ),
        tabled as (select count(*) > 0 as has_table from record.units)
        select i.id, d.unit_code, i.name, d.tier, p.name, case when tabled.has_table then coalesce(d.own, i.id = 0) else true end,
               d.valid_from, d.valid_to, s.name
        from unit_names as i cross join tabled
        left join described as d on d.id = i.id and d.newest = 1
        left join (select o.raw, n.name from unit_of as o join unit_names as n on n.id = o.id) as p on p.raw = d.parent_name
        left join (select o.raw, n.name from unit_of as o join unit_names as n on n.id = o.id) as s on s.raw = d.successor_name
        order by i.id
        """
    )


def _procedures(connection: duckdb.DuckDBPyConnection) -> None:
    """Procedures match by national code, else by folded name; the catalogue's description wins over the dossiers'."""
    listed = connection.sql("select distinct procedure_code, procedure_name from record.procedures").fetchall()
    seen = connection.sql(
        """
        select procedure_code, procedure_name from record.dossiers union select procedure_code, procedure_name from record.surveys
        union select procedure_code, procedure_name from record.step_norms
        """
    ).fetchall()
    identity = _ProcedureIdentity(listed)
    pairs = {(code, name, key) for code, name in [*listed, *seen] if (key := identity.of(code, name))}
    pairs_in_order = sorted(pairs, key=lambda pair: (pair[2], pair[0] or "", pair[1] or ""))
    described, catalogue = set(listed), {identity.of(code, name) for code, name in listed}
    names: dict[str, list[str]] = {}
    codes: dict[str, str] = {}
    for code, name, key in pairs_in_order:
        if name and (key not in catalogue or (code, name) in described):
            names.setdefault(key, []).append(name)
        if code:
            codes.setdefault(key, tidy(code))
    labels = {key: shown(names[key]) if key in names else codes[key] for key in {pair[2] for pair in pairs}}
    ids = {key: n for n, key in enumerate(sorted(labels, key=lambda key: (labels[key], key)), start=1)}
    _table(
        connection,
        "procedure_of",
        {"code": [p[0] for p in pairs_in_order], "name": [p[1] for p in pairs_in_order], "id": [ids[p[2]] for p in pairs_in_order]},
        "integer",
    )
    _table(
        connection,
        "procedure_names",
        {
            "id": [0, *ids.values()],
            "code": [None, *(codes.get(key) for key in ids)],
            "name": [UNKNOWN, *(labels[key] for key in ids)],
        },
        "integer",
    )
    connection.execute(PROCEDURES)
    connection.execute(LISTINGS)
    connection.execute(STEP_NORMS)


class _ProcedureIdentity:
    """Which procedure a code and a name mean, given the catalogue's pairs."""

    def __init__(self, catalogue: list[tuple[str | None, str | None]]) -> None:
        self.codes = {same(code) for code, _ in catalogue if code}
        self.by_name = {fold(name): f"code {same(code)}" if code else f"name {fold(name)}" for code, name in catalogue if name}

    def of(self, code: str | None, name: str | None) -> str | None:
        if code and same(code) in self.codes:
            return f"code {same(code)}"
        if name and fold(name) in self.by_name:
            return self.by_name[fold(name)]
        if code:
            return f"code {same(code)}"
        return f"name {fold(name)}" if name and fold(name) else None


PROCEDURES = """
    insert into procedure
    with described as (
        select o.id, p.*, f.id as field_id,
               row_number() over (partition by o.id order by p.listed_from desc nulls last, p.batch desc, p.line desc) as newest
        from record.procedures as p
        join procedure_of as o on o.code is not distinct from p.procedure_code and o.name is not distinct from p.procedure_name
        left join field_of as f on f.raw = p.field_name
    ),
    used as (
        select o.id, min(f.id) as field_id, max(d.service_level) as service_level
        from record.dossiers as d
        join procedure_of as o on o.code is not distinct from d.procedure_code and o.name is not distinct from d.procedure_name
        left join field_of as f on f.raw = d.field_name
        group by o.id
    )
    select i.id, i.code, i.name, coalesce(c.field_id, used.field_id, 0), coalesce(c.service_level, used.service_level), null,
           c.norm_value, case when c.norm_value is not null then coalesce(c.norm_unit, 'working_day') end,
           c.has_fee, c.online_payment, c.paper_result, c.uses_population_data, c.id is not null, coalesce(c.in_charge, true)
    from procedure_names as i
    left join described as c on c.id = i.id and c.newest = 1
    left join used on used.id = i.id
    order by i.id
"""

LISTINGS = """
    insert into procedure_listing
    select distinct o.id, p.listed_from, coalesce(p.listed_to, date '9999-12-31')
    from record.procedures as p
    join procedure_of as o on o.code is not distinct from p.procedure_code and o.name is not distinct from p.procedure_name
    where p.listed_from is not null
    order by 1, 2
"""

STEP_NORMS = """
    insert into step_norm
    select coalesce(o.id, 0), n.name, s.norm_value, coalesce(s.norm_unit, 'working_day')
    from record.step_norms as s
    join step_name_of as i on i.raw = s.step_name
    join step_name_names as n on n.id = i.id
    left join procedure_of as o on o.code is not distinct from s.procedure_code and o.name is not distinct from s.procedure_name
        and coalesce(s.procedure_code, s.procedure_name) is not null
    order by 1, 2
"""
