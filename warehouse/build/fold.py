"""Fold one batch of rows of one kind into its record table: parse, check, compare with what is known, then insert or replace.

A record table (schema `record`) holds what the archive says today, one row a key: the later import wins field by field, a
column its file does not have keeps its value. Rows read = added + updated + unchanged + duplicate + refused, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from warehouse.build import checks
from warehouse.build.closing import STEP_CLOSINGS
from warehouse.build.due_dates import due_sequence, keep_due_dates
from warehouse.build.parse import code_words, number_expression, time_expression, within_years, words_seen
from warehouse.build.supplements import read_supplements
from warehouse.kinds import SUPPLEMENTS, Column, Kind, kinds
from warehouse.mapping import Mapping

COUNTED = ("added", "updated", "unchanged", "duplicate", "refused")


@dataclass(frozen=True)
class Folded:
    """What became of the rows of one kind of one batch; `refused_rows` and `flagged_rows`: sheet, row_number, record_code, text."""

    rows_read: int
    added: int
    updated: int
    unchanged: int
    duplicate: int
    refused: int
    warnings: int
    refused_rows: pa.Table
    flagged_rows: pa.Table


def create_records(connection: duckdb.DuckDBPyConnection) -> None:
    """One empty record table a kind, in the file's catalogue."""
    connection.execute("create schema record")
    for kind in kinds().values():
        columns = [f"{name} {sql_type}" for name, sql_type in record_columns(kind).items()]
        connection.execute(f"create table record.{kind.name} ({', '.join(columns)})")


def record_columns(kind: Kind) -> dict[str, str]:
    """Name → type of a record table's columns, in order."""
    columns = {}
    for column in kind.columns.values():
        columns[column.name] = column.sql_type
        if column.keep_word:
            columns[f"{column.name}_word"] = "varchar"
    if kind.name == "dossiers":
        columns["due_dates"] = "date[]"
    return {**columns, "batch": "varchar", "line": "bigint"}


def fold(connection: duckdb.DuckDBPyConnection, kind: Kind, rows: pa.Table, mapping: Mapping, batch: str) -> Folded:
    """Fold `rows` (sheet, row_number and the mapped columns as text) into record.<kind>; the counts add up to the rows read."""
    present = [column for column in kind.columns.values() if column.name in rows.column_names]
    rows = rows.append_column("line", pa.arange(0, rows.num_rows, 1))
    connection.register("raw_rows", rows)
    try:
        _parse(connection, kind, present, mapping)
        _judge(connection, kind, present)
        folded = _count(connection, kind, present)
        _store(connection, kind, present, batch)
        return folded
    finally:
        connection.unregister("raw_rows")
        connection.execute("drop view if exists temp.parsed")
        for table in ("judged", "repeated"):
            connection.execute(f"drop table if exists temp.{table}")


def _parse(connection: duckdb.DuckDBPyConnection, kind: Kind, present: list[Column], mapping: Mapping) -> None:
    """The view temp.parsed: line, every column of the kind (typed, null when the file lacks it), and `unread`.

    `unread` is a bit mask of the present columns whose word could not be read.
    """
    typed, bounded, unread, joins = ["r.line"], ["line"], ["0::bigint"], []
    for n, column in enumerate(present):
        if column.type in ("code", "phrase"):
            words = f"words_{column.name}"
            connection.register(words, words_seen(connection, "raw_rows", column, code_words(column.words or "", mapping)))
            joins.append(f"left join {words} on {words}.word = r.{column.name}")
            typed.append(f"try_cast({words}.code as {column.sql_type}) as {column.name}")
            if column.keep_word:
                typed.append(f"r.{column.name} as {column.name}_word")
                bounded.append(f"{column.name}_word")
        elif column.type in ("time", "date"):
            typed.append(f"{time_expression(connection, 'raw_rows', column.name, mapping)} as {column.name}")
        elif column.type in ("number", "integer", "share"):
            typed.append(f"{number_expression(f'r.{column.name}', grouped=column.type != 'share')} as {column.name}")
        elif column.type == "json":
            connection.register("supplements_read", read_supplements(connection, mapping))
            joins.append("left join supplements_read on supplements_read.line = r.line")
            typed.append(f"supplements_read.supplements::{SUPPLEMENTS} as {column.name}")
        elif column.type == "name":
            typed.append(f"r.{column.name}")
        else:  # normalising is slow: most codes are plain ASCII, one byte a letter
            normal = (
                f"case when strlen(r.{column.name}) = length(r.{column.name}) then r.{column.name} else nfc_normalize(r.{column.name}) end"
            )
            typed.append(f"{normal} as {column.name}")
        bounded.append(_bounded(column))
        if column.type not in ("text", "name", "json"):
            typed.append(f"r.{column.name} is not null as given_{column.name}")
            unread.append(f"case when given_{column.name} and {_value(column)} is null then {1 << n} else 0 end")
    absent = [column for column in kind.columns.values() if column not in present]
    bounded += [f"null::{column.sql_type} as {column.name}" for column in absent]
    source = f"select {', '.join(typed)} from raw_rows as r {' '.join(joins)}"
    connection.execute(
        f"create temp view parsed as with typed as ({source}) select {', '.join(bounded)}, {' + '.join(unread)} as unread from typed"
    )


def _value(column: Column) -> str:
    if column.type in ("time", "date"):
        return within_years(column.name)
    return f"try_cast({column.name} as integer)" if column.type == "integer" else column.name


def _bounded(column: Column) -> str:
    cast = "::date" if column.type == "date" else ""
    return f"({_value(column)}){cast} as {column.name}"


def _judge(connection: duckdb.DuckDBPyConnection, kind: Kind, present: list[Column]) -> None:
    """temp.judged: every parsed row laid over its record, with record_key, is_known, refusal_reason (null = accepted) and row_flags."""
    read_here = {column.name for column in present}
    laid_over = []
    for name in record_columns(kind):
        if name in ("batch", "line", "due_dates"):
            continue
        here = name in read_here or name.removesuffix("_word") in read_here
        laid_over.append(f"p.{name}" if here else f"k.{name}")
    is_dossiers = kind.name == "dossiers"
    closings = "left join step_closings as s on s.dossier_code = d.dossier_code" if is_dossiers else ""
    tests = [(f"no_key:{c.name}", f"d.{c.name} is null") for c in kind.columns.values() if c.required]
    tests += [("unknown_status", _unread(n)) for n, c in enumerate(present) if c.words == "status"]
    tests += checks.REFUSED.get(kind.name, [])
    refusal = "case " + " ".join(f"when {test} then '{name}'" for name, test in tests) + " end" if tests else "null"
    flags = [
        f"case when {_unread(n)} then '{'unknown_word' if c.type in ('code', 'phrase') else 'unreadable'}:{c.name}' end"
        for n, c in enumerate(present)
        if c.type not in ("text", "name", "json") and c.words != "status"
    ] + [f"case when {test} then '{name}' end" for name, test in checks.FLAGGED.get(kind.name, [])]
    connection.execute(
        f"""
        create temp table judged as
        with known as (select *, {kind.key_sql("r")} as record_key from record.{kind.name} as r),
        keyed as (select *, {kind.key_sql("p")} as record_key from temp.parsed as p),
        step_closings as ({STEP_CLOSINGS if is_dossiers else "select null as dossier_code"}),
        laid_over as (
            select p.line, p.unread, p.record_key, k.record_key is not null as is_known,
                   {_row_hash("k", present)} as known_content, {_row_hash("p", present)} as content,
                   {", ".join(laid_over)}{", " + due_sequence(present) + " as due_sequence" if is_dossiers else ""},
                   {"k.due_dates" if is_dossiers else "null"} as known_due_dates
            from keyed as p left join known as k on k.record_key = p.record_key
        )
        select d.*, {refusal} as refusal_reason, concat_ws('|', {", ".join(flags) or "null"}) as row_flags
        from laid_over as d {closings}
        """
    )


def _unread(position: int) -> str:
    return f"(d.unread & {1 << position}) <> 0"


def _row_hash(row: str, present: list[Column]) -> str:
    values = [f"{row}.{column.name}" for column in present] + [f"{row}.{column.name}_word" for column in present if column.keep_word]
    return f"hash({', '.join(values)})"


def _count(connection: duckdb.DuckDBPyConnection, kind: Kind, present: list[Column]) -> Folded:
    """Name each source line's fate; lines of a wide survey (several answers a line) get their weightiest one."""
    connection.execute(
        """
        create temp table repeated as
        select record_key, max(line) as last_line from temp.judged where refusal_reason is null group by record_key having count(*) > 1
        """
    )
    fates = """
        with
        following as (
            select j.line, lag(j.content) over (partition by j.record_key order by j.line) as earlier_content,
                   row_number() over (partition by j.record_key order by j.line) as occurrence
            from temp.judged as j where j.refusal_reason is null and j.record_key in (select record_key from temp.repeated)
        ),
        fate as (
            select r.sheet, r.row_number,
                   case
                       when j.refusal_reason is not null then 'refused'
                       when f.occurrence > 1 then case when f.earlier_content = j.content then 'duplicate' else 'updated' end
                       when not j.is_known then 'added'
                       when j.known_content = j.content then 'unchanged'
                       else 'updated'
                   end as fate
            from temp.judged as j join raw_rows as r on r.line = j.line left join following as f on f.line = j.line
        ),
        fate_of_line as (
            select sheet, row_number, case min(case fate when 'refused' then 1 when 'added' then 2 when 'updated' then 3
                                                          when 'unchanged' then 4 else 5 end)
                   when 1 then 'refused' when 2 then 'added' when 3 then 'updated' when 4 then 'unchanged' else 'duplicate' end as fate
            from fate group by sheet, row_number
        )
    """
    source = "fate_of_line" if kind.name == "surveys" else "fate"
    counts = dict(connection.sql(f"{fates} select fate, count(*) from {source} group by fate").fetchall())
    refused_rows = _named_rows(connection, kind, "refusal_reason", "j.refusal_reason is not null")
    flagged_rows = _named_rows(connection, kind, "row_flags", "j.refusal_reason is null and j.row_flags <> ''")
    numbers = {name: counts.get(name, 0) for name in COUNTED}
    warnings = len({*zip(flagged_rows["sheet"].to_pylist(), flagged_rows["row_number"].to_pylist(), strict=True)})
    return Folded(sum(numbers.values()), **numbers, warnings=warnings, refused_rows=refused_rows, flagged_rows=flagged_rows)


def _named_rows(connection: duckdb.DuckDBPyConnection, kind: Kind, what: str, condition: str) -> pa.Table:
    """One row a refused (flagged) line: sheet, row_number, record_code, and the reason (flags) in Vietnamese."""
    found = connection.sql(
        f"""
        select r.sheet, r.row_number, r.line, j.{kind.key[0].split("|")[0]}::varchar as record_code, j.{what} as text
        from temp.judged as j join raw_rows as r on r.line = j.line where {condition} order by r.line
        """
    ).to_arrow_table()
    texts = [_in_vietnamese(kind, text) for text in found["text"].to_pylist()]
    return found.set_column(found.schema.get_field_index("text"), "text", pa.array(texts, pa.string()))


def _in_vietnamese(kind: Kind, codes: str) -> str:
    texts = []
    for code in codes.split("|"):
        name, _, column = code.partition(":")
        header = kind.columns[column].header if column else ""
        texts.append((checks.REASONS.get(name) or checks.FLAGS[name]).format(columns=header, column=header))
    return "; ".join(texts)


def _store(connection: duckdb.DuckDBPyConnection, kind: Kind, present: list[Column], batch: str) -> None:
    """Replace the records this batch speaks of by their last accepted row."""
    key = kind.key_sql("r")
    connection.execute(
        f"delete from record.{kind.name} as r where {key} in (select record_key from temp.judged where refusal_reason is null and is_known)"
    )
    names = [name for name in record_columns(kind) if name not in ("batch", "line", "due_dates")]
    due_dates = f"{keep_due_dates('l')} as due_dates, " if kind.name == "dossiers" else ""
    connection.execute(
        f"""
        insert into record.{kind.name}
        with {_latest(connection, with_due_dates=bool(due_dates))}
        select {", ".join(f"l.{name}" for name in names)}, {due_dates}$batch, l.line from latest as l
        """,
        {"batch": batch},
    )


def _latest(connection: duckdb.DuckDBPyConnection, *, with_due_dates: bool) -> str:
    """The named steps up to `latest`: the last accepted row of each key, with every due date its rows told of.

    Most files name each record once: then there is nothing to look up, and a million wide rows are spared two joins.
    """
    accepted = "accepted as (select * from temp.judged where refusal_reason is null)"
    seen = "a.due_sequence" if with_due_dates else "null"
    if not connection.execute("select count(*) from temp.repeated").fetchall()[0][0]:
        return f"{accepted}, latest as (select a.*, {seen} as seen_due_dates from accepted as a)"
    told = "flatten(list(due_sequence order by line))" if with_due_dates else "null"
    return f"""{accepted},
        sequences as (
            select record_key, {told} as due_sequences
            from accepted where record_key in (select record_key from temp.repeated) group by record_key
        ),
        latest as (
            select a.*, coalesce(s.due_sequences, {seen}) as seen_due_dates
            from accepted as a
            left join temp.repeated as r on r.record_key = a.record_key
            left join sequences as s on s.record_key = a.record_key
            where r.last_line is null or r.last_line = a.line
        )"""
