"""The catalogue of indicators: the one list that screens, reports, the glossary and the terminal read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from metrics.families import SqlFamily
from metrics.indicator import Indicator
from metrics.indicators.complaint_indicators import COMPLAINTS
from metrics.indicators.dossier_counts import BESIDE, FORM
from metrics.indicators.dossier_time import TIME
from metrics.indicators.online import ONLINE
from metrics.indicators.processes import PROCESSES
from metrics.indicators.registers import REGISTERS
from metrics.indicators.satisfaction import SATISFACTION
from metrics.indicators.scorecard_items import SCORECARD
from metrics.period import Period, last_months, month_key
from metrics.reading import Reading
from metrics.scope import Scope
from metrics.targets import met, target_of
from warehouse.database import Database

CATALOGUE: tuple[Indicator, ...] = (
    *TIME,
    *FORM,
    *BESIDE,
    *ONLINE,
    *COMPLAINTS,
    *SATISFACTION,
    *SCORECARD,
    *PROCESSES,
    *REGISTERS,
)
BY_CODE: dict[str, Indicator] = {one.code: one for one in CATALOGUE}
HEADLINES: tuple[str, ...] = tuple(one.code for one in CATALOGUE if one.headline)


def readings(db: Database, codes: Iterable[str], periods: Sequence[Period], scope: Scope) -> list[dict[str, Reading]]:
    """For each period the readings by code, one query a family. Raises KeyError for an unknown code."""
    families: dict[object, list[Indicator]] = {}
    for code in codes:
        families.setdefault(BY_CODE[code].family, []).append(BY_CODE[code])
    answers: list[dict[str, Reading]] = [{} for _ in periods]
    for asked in families.values():
        for answer, found in zip(answers, asked[0].family.read(db, periods, scope, asked), strict=True):
            answer.update(found)
    return answers


def read(db: Database, code: str, period: Period, scope: Scope) -> Reading:
    """What one indicator reads in one period."""
    return readings(db, [code], [period], scope)[0][code]


def indicators(db: Database, period: Period, scope: Scope, codes: Iterable[str] | None = None) -> pd.DataFrame:
    """One row an indicator, in the order asked for (the catalogue's without `codes`).

    Columns: code, name, value, numerator, denominator, unit, target, met (True, False or None), previous, same_period_last_year,
    year_to_date, change (value − previous). Null: no data, or nothing to divide by.
    """
    chosen = list(BY_CODE if codes is None else codes)
    periods = [period, period.previous(), period.same_period_last_year(), period.year_to_date()]
    now, previous, last_year, to_date = readings(db, chosen, periods, scope)
    rows = []
    for code in chosen:
        one, reading, before = BY_CODE[code], now[code], previous[code].value
        target = target_of(code, period)
        change = None if reading.value is None or before is None else reading.value - before
        rows.append(
            {
                "code": code,
                "name": one.name,
                "value": reading.value,
                "numerator": reading.numerator,
                "denominator": reading.denominator,
                "unit": one.unit,
                "target": target,
                "met": met(one, reading.value, target),
                "previous": before,
                "same_period_last_year": last_year[code].value,
                "year_to_date": to_date[code].value,
                "change": change,
            }
        )
    numbers = ["value", "numerator", "denominator", "target", "previous", "same_period_last_year", "year_to_date", "change"]
    return pd.DataFrame(rows).astype(dict.fromkeys(numbers, "float64") | {"met": object})


def monthly(
    db: Database, codes: str | Iterable[str], period: Period, scope: Scope, months: int = 24, style: str = "calendar"
) -> pd.DataFrame:
    """One row a code and month, the last `months` reporting months up to the one `period` ends in (known as far as `period`).

    Columns: code, month ("2020-03"), label ("03/2020"), start, end, numerator, denominator, value. Months after the as-of date are
    left out; a month without data has a null value.
    """
    chosen = [codes] if isinstance(codes, str) else list(codes)
    spans = [Period(month.start, min(month.end, period.end)) for month in last_months(period, months, style)]
    spans = [span for span in spans if span.start <= scope.at(db)]
    rows = [
        {
            "code": code,
            "month": month_key(span.start, style),
            "label": "{1}/{0}".format(*month_key(span.start, style).split("-")),
            "start": span.start,
            "end": span.end,
            "numerator": answer[code].numerator,
            "denominator": answer[code].denominator,
            "value": answer[code].value,
        }
        for span, answer in zip(spans, readings(db, chosen, spans, scope) if spans else [], strict=True)
        for code in chosen
    ]
    columns = ["code", "month", "label", "start", "end", "numerator", "denominator", "value"]
    frame = pd.DataFrame(rows, columns=columns).astype({"numerator": "float64", "denominator": "float64", "value": "float64"})
    return frame.sort_values("code", kind="stable", key=lambda code: code.map(chosen.index)).reset_index(drop=True)


def sql_of(code: str, scope: Scope | None = None) -> str:
    """The SELECT behind an indicator for one period, in DuckDB's dialect; $from and $to are the period as far as it is known."""
    one = BY_CODE[code]
    if not isinstance(one.family, SqlFamily):
        return one.family.text(code)
    parts = {"numerator": one.numerator, "denominator": one.denominator, "value": one.value}
    texts, _ = one.family.limits(scope or Scope(whole_sector=True))
    return one.family.sql({name: text for name, text in parts.items() if text}, texts)
