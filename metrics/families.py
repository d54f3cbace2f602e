"""Families of indicators: what is counted over the same rows is asked in one query, for all periods at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

import pandas as pd

from metrics.dossier_sets import joined, named_in, parameters
from metrics.grouping import NAMES, UNKNOWN
from metrics.period import Period
from metrics.reading import NOTHING, Reading, share
from metrics.scope import Scope
from warehouse.database import Database

ROW_OF = {"dossiers": "d", "complaints": "k"}
Limits = Callable[[Scope], tuple[dict[str, str], dict[str, Any]]]


class Asked(Protocol):
    """What a family needs to know of an indicator."""

    @property
    def code(self) -> str: ...
    @property
    def numerator(self) -> str | None: ...
    @property
    def denominator(self) -> str | None: ...
    @property
    def value(self) -> str | None: ...


def dossier_limits(scope: Scope) -> tuple[dict[str, str], dict[str, Any]]:
    """{scope} limits the dossiers (alias d)."""
    condition, bound = scope.condition("d")
    return {"scope": condition}, bound


def complaint_limits(scope: Scope) -> tuple[dict[str, str], dict[str, Any]]:
    """{scope} limits the complaints (alias k), whose own channel is no dossier's."""
    condition, bound = scope.condition("k", channel=False)
    return {"scope": condition}, bound


def procedure_limits(scope: Scope) -> tuple[dict[str, str], dict[str, Any]]:
    """{scope} limits the dossiers (alias d), {procedures} the catalogue (alias p), which knows no units."""
    dossiers, bound = scope.condition("d")
    everywhere = replace(scope, units=(), whole_sector=True, allowed_units=None)
    procedures, more = everywhere.condition("p", channel=False)
    return {"scope": dossiers, "procedures": procedures}, {**bound, **more}


def no_limits(scope: Scope) -> tuple[dict[str, str], dict[str, Any]]:
    """Registers of the whole department: the scope does not apply."""
    return {}, {}


@dataclass(frozen=True, eq=False)
class SqlFamily:
    """Aggregates over one `source` (from … where …, with {joins} and the texts of `limits`).

    `first_day` is a scalar query for the first day its tables know: before it, and without any, there is no data, not zero.
    `lists` says whose rows stand behind the numbers: dossiers, complaints or None.
    """

    source: str
    limits: Limits
    first_day: str
    lists: str | None = None
    joins: dict[str, str] | None = field(default=None)

    def sql(self, aggregates: dict[str, str], texts: dict[str, str]) -> str:
        """The SELECT of one period: column name → aggregate."""
        columns = ",\n    ".join(f"{text} as {column}" for column, text in aggregates.items())
        source = self.source.format(joins=joined(columns, self.joins), **texts)
        return f"select\n    {columns}\n{source}".replace(" and true", "").replace("\n\n", "\n")

    def read(self, db: Database, periods: Sequence[Period], scope: Scope, asked: Sequence[Asked]) -> list[dict[str, Reading]]:
        """For each period the readings by code."""
        first = _first_day(db, self.first_day)
        reached = [first is not None and period.end >= first and period.start <= scope.at(db) for period in periods]
        wanted = [(number, period) for number, period in enumerate(periods) if reached[number]]
        found = self._rows(db, wanted, scope, asked) if wanted else {}
        return [
            {one.code: self._reading(one, found[number]) if number in found else NOTHING for one in asked} for number in range(len(periods))
        ]

    def by_group(self, db: Database, period: Period, scope: Scope, one: Asked, by: str) -> pd.DataFrame:
        """One row a field, unit or procedure that has rows: group, numerator, denominator, value.

        Raises KeyError for another grouping and ValueError when no dossiers or complaints stand behind the family.
        """
        if self.lists is None:
            raise ValueError(one.code)
        key = f"{ROW_OF[self.lists]}.{by}_id"
        texts, bound = self.limits(scope)
        columns = {text: f"a{n}" for n, text in enumerate(dict.fromkeys(_aggregates([one])))}
        counted = self.sql({"group_id": key} | {column: text for text, column in columns.items()}, texts)
        query = f"""with counted as (
{counted}
group by {key}
),
named as (
    {NAMES[by]}
)
select coalesce(n.group_name, '{UNKNOWN}') as group_name, {", ".join(f"c.{column}" for column in columns.values())}
from counted c
left join named n on n.group_id = c.group_id
order by group_name, c.group_id"""
        rows = db.frame(query, named_in(query, {**parameters(db, period, scope), **bound})).astype(object).to_dict("records")
        found = [(row["group_name"], self._reading(one, {text: row[column] for text, column in columns.items()})) for row in rows]
        frame = pd.DataFrame(
            [{"group": name, "numerator": r.numerator, "denominator": r.denominator, "value": r.value} for name, r in found],
            columns=["group", "numerator", "denominator", "value"],
        )
        return frame.astype({"numerator": "float64", "denominator": "float64", "value": "float64"})

    def _rows(self, db: Database, periods: list[tuple[int, Period]], scope: Scope, asked: Sequence[Asked]) -> dict[int, dict[str, Any]]:
        columns = {text: f"a{n}" for n, text in enumerate(dict.fromkeys(_aggregates(asked)))}
        texts, bound = self.limits(scope)
        one = self.sql({column: text for text, column in columns.items()}, texts)
        branches = []
        for number, period in periods:
            values = parameters(db, period, scope)
            branches.append(re.sub(r"\$(from|to)\b", rf"$\1_{number}", one).replace("select\n", f"select {number} as span,\n", 1))
            bound |= {f"{name}_{number}": values.pop(name) for name in ("from", "to")} | values
        query = "\nunion all\n".join(branches)
        rows = db.frame(query, named_in(query, bound)).astype(object).to_dict("records")
        return {int(row["span"]): {text: row[column] for text, column in columns.items()} for row in rows}

    @staticmethod
    def _reading(one: Asked, row: dict[str, Any]) -> Reading:
        def number(text: str | None) -> float | None:
            found = row[text] if text else None
            return None if found is None or pd.isna(found) else float(found)

        if one.value:
            return Reading(None, number(one.denominator), number(one.value))
        if one.denominator:
            return share(number(one.numerator), number(one.denominator))
        return Reading(number(one.numerator), None, number(one.numerator))


@dataclass(frozen=True, eq=False)
class FunctionFamily:
    """Readings that a function answers, all codes of the family at once; `text` is the SQL it asks, for people to read."""

    answer: Callable[[Database, Period, Scope], dict[str, Reading]]
    text: Callable[[str], str]
    lists: str | None = None

    def read(self, db: Database, periods: Sequence[Period], scope: Scope, asked: Sequence[Asked]) -> list[dict[str, Reading]]:
        """For each period the readings by code; a period after the as-of date has none."""
        answers = []
        for period in periods:
            answer = self.answer(db, period, scope) if period.start <= scope.at(db) else {}
            answers.append({one.code: answer.get(one.code, NOTHING) for one in asked})
        return answers


def _aggregates(asked: Sequence[Asked]) -> list[str]:
    return [text for one in asked for text in (one.numerator, one.denominator, one.value) if text]


def _first_day(db: Database, sql: str) -> date | None:
    days = db.frame(sql)["first_day"].dropna()
    return None if days.empty else pd.Timestamp(days.iloc[0]).date()
