"""One way to ask any table: for the whole scope, by field, unit, procedure or channel, or one a month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.dossier_sets import named_in, parameters
from metrics.period import Period, month_key
from metrics.period import months as months_of
from metrics.scope import CHANNELS, Scope
from warehouse.database import Database

UNKNOWN = "Chưa xác định"
GROUPINGS = ("field", "unit", "procedure", "channel", "month")

# procedures of one name and different codes stay apart: the label carries the code
NAMES: dict[str, str] = {
    "field": "select field_id as group_id, field_name as group_name from field",
    "unit": "select unit_id as group_id, unit_name as group_name from unit",
    "procedure": """select
        procedure_id as group_id,
        case
            when procedure_code is not null and count(*) over (partition by procedure_name) > 1
            then procedure_name || ' (' || procedure_code || ')'
            else procedure_name
        end as group_name
    from procedure""",
}
DOSSIER_CHANNELS = "select * from (values {}) as channels(group_id, group_name)".format(
    ", ".join(f"({code}, '{word}')" for code, word in CHANNELS.items())
)


@dataclass(frozen=True)
class Table:
    """A table of numbers: how its rows are aggregated, once, for every grouping.

    `aggregates` are computed over `source` (from … where …, with {scope}); `columns` is the select list over them, alias c.
    """

    aggregates: str
    source: str
    columns: str
    steps: str = ""  # named steps that the source uses
    row: str = "d"  # the alias that the scope and the grouping look at
    channel_names: str = DOSSIER_CHANNELS
    scope_has_channel: bool = True
    channel_key: str = "channel"

    def sql(self, by: str | None, scope_condition: str) -> str:
        """The SELECT for one span of days; one row a group, or exactly one row when `by` is None."""
        source = self.source.replace("{scope}", scope_condition)
        steps = f"{self.steps},\n" if self.steps else ""
        if by is None:
            return f"""with {steps}counted as (
    select
        {self.aggregates}
    {source}
)
select {self.columns}
from counted c"""
        key = f"{self.row}.{self.channel_key if by == 'channel' else by + '_id'}"
        names = self.channel_names if by == "channel" else NAMES[by]
        return f"""with {steps}counted as (
    select
        {key} as group_id,
        {self.aggregates}
    {source}
    group by {key}
),
named as (
    {names}
)
select coalesce(n.group_name, '{UNKNOWN}') as group_name, {self.columns}
from counted c
left join named n on n.group_id = c.group_id
order by group_name, c.group_id"""

    def rows(self, db: Database, period: Period, scope: Scope, by: str | None = None, months: str = "calendar") -> pd.DataFrame:
        """One row a group with its label in `group` (groups with nothing at all left out); without `by` one row, no label.

        By month each row answers for its own month, stocks restated. Raises ValueError for an unknown grouping.
        """
        if by is None:
            return self._answer(db, period, scope, None)
        if by not in GROUPINGS:
            raise ValueError(by)
        if by == "month":
            parts = [self._answer(db, month, scope, None).assign(group=month_key(month.end, months)) for month in months_of(period, months)]
            found = pd.concat(parts, ignore_index=True)
            found = found[["group", *found.columns[:-1]]]
        else:
            found = self._answer(db, period, scope, by)
            found.columns = ["group", *found.columns[1:]]
        numbers = found.drop(columns="group").to_numpy(dtype=float, na_value=np.nan)
        filled = np.nan_to_num(numbers).any(axis=1)
        if not filled.all():
            found = found[filled].reset_index(drop=True)
        return found

    def _answer(self, db: Database, period: Period, scope: Scope, by: str | None) -> pd.DataFrame:
        condition, scope_parameters = scope.condition(self.row, channel=self.scope_has_channel)
        sql = self.sql(by, condition)
        return db.frame(sql, {**named_in(sql, parameters(db, period, scope)), **scope_parameters})
