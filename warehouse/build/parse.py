"""From the source's own words to typed values: dates by shape, codes by the word tables, numbers in Vietnamese form.

Everything is one SQL expression a column, so that a million rows are read as columns, never row by row in Python.
"""

from __future__ import annotations

from collections.abc import Mapping as Words

import duckdb
import pyarrow as pa

from settings import read
from warehouse.kinds import Column
from warehouse.mapping import Mapping, fold

OFFSET = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*([Zz]|[+-]\d\d(:?\d\d)?)$"
DAY_FIRST = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d/%m/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M %p",
    "%H:%M:%S %d/%m/%Y",
    "%H:%M %d/%m/%Y",
)
SAMPLE = 2000


def time_expression(connection: duckdb.DuckDBPyConnection, table: str, value: str, mapping: Mapping) -> str:
    """SQL that turns text column `value` of `table` into a local TIMESTAMP, null where it cannot be read.

    The shapes found in a sample are tried first, most frequent first. A profile's own date formats replace the day-first ones.
    Times with an offset become local in the mapping's time zone (a fixed setting, checked against DuckDB's list by the profile).
    """
    shapes = _shapes(mapping)
    hits = ", ".join(f"count({shape.replace('{}', 'v')})" for shape in shapes)
    counts = connection.execute(
        f"with sample as (select {value} as v from {table} where {value} is not null limit {SAMPLE}) select {hits} from sample"
    ).fetchall()[0]
    ordered = [shape for _, _, shape in sorted(zip([-n for n in counts], range(len(shapes)), shapes, strict=True))]
    return "coalesce(" + ", ".join(shape.replace("{}", value) for shape in ordered) + ")"


def within_years(value: str) -> str:
    """SQL that keeps a time of a plausible year (rules.toml: earliest_date, latest_date) and makes any other one null."""
    rules = read("rules")
    first, last = f"timestamp '{rules['earliest_date']}'", f"timestamp '{rules['latest_date']} 23:59:59.999999'"
    return f"case when {value} between {first} and {last} then {value} end"


def _shapes(mapping: Mapping) -> list[str]:
    zone = mapping.time_zone.replace("'", "''")
    serial_origin = "1904-01-01" if mapping.year_1904 else "1899-12-30"
    formats = [f.replace("'", "''") for f in mapping.date_formats] or list(DAY_FIRST)
    return [
        *(f"try_strptime({{}}, '{f}')" for f in formats),
        f"case when regexp_matches({{}}, '{OFFSET}') then timezone('{zone}', try_cast({{}} as timestamptz))"
        " else try_cast({} as timestamp) end",
        "case when length({}) = 14 then try_strptime({}, '%Y%m%d%H%M%S') end",
        "case when length({}) = 12 then try_strptime({}, '%Y%m%d%H%M') end",
        "case when length({}) = 8 then try_strptime({}, '%Y%m%d') end",
        f"case when regexp_matches({{}}, '^\\d{{5}}([.,]\\d+)?$') then timestamp '{serial_origin}'"
        " + to_seconds(round(replace({}, ',', '.')::double * 86400)) end",
    ]


def number_expression(value: str, *, grouped: bool = True) -> str:
    """SQL for a number: 1.234.567,5 (Vietnamese form), 1234567,5 or 1234567.5; 86,5% is 0.865; null where it cannot be read.

    With `grouped` off a single point is a decimal one: a share of 79.214 from a spreadsheet's number cell is not 79 thousand.
    """
    bare = f"replace(rtrim({value}, '% '), ' ', '')"
    thousands = f"regexp_matches({bare}, '^-?[1-9]\\d{{0,2}}(\\.\\d{{3}})+(,\\d+)?$')" if grouped else "false"
    plain = f"case when {thousands} then replace(replace({bare}, '.', ''), ',', '.') else replace({bare}, ',', '.') end"
    return f"try_cast({plain} as double) / (case when ends_with({value}, '%') then 100 else 1 end)"


def code_words(words: str, mapping: Mapping) -> dict[str, str]:
    """Folded word → code of one table: the settings', with the mapping's own words on top."""
    known = {fold(word): code for code, group in read("code_words").get(words, {}).items() for word in group}
    known.update({fold(word): code for word, code in mapping.words.get(words, {}).items()})
    return known


def words_seen(connection: duckdb.DuckDBPyConnection, table: str, column: Column, known: Words[str, str]) -> pa.Table:
    """One row a distinct word of `column` in `table` and its code (null when the word is not known)."""
    seen = [row[0] for row in connection.sql(f"select distinct {column.name} from {table} where {column.name} is not null").fetchall()]
    codes = [known.get(fold(word)) for word in seen]
    return pa.table({"word": pa.array(seen, pa.string()), "code": pa.array(codes, pa.string())})
