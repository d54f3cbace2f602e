"""What a report says, before any layout: each function collects one report's figures from the metrics, once, for one snapshot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

import settings
from metrics import registers
from metrics.catalogue import indicators
from metrics.legal_bases import in_force
from metrics.period import Period
from metrics.scope import CHANNELS, Scope
from metrics.survey import official_index
from metrics.tables import table
from warehouse.database import Database

CHANNEL_WORDS = {"direct": "trực tiếp", "online": "trực tuyến", "postal": "bưu chính"}
TIERS = """
select coalesce(u.tier, '') as tier, u.unit_name
from unit u
where u.unit_id in (select d.unit_id from dossier d where {scope})
order by tier, u.unit_name
"""
BASES = ("one_stop", "report_form", "online", "complaints", "survey")


def head(db: Database, period: Period, scope: Scope) -> dict[str, Any]:
    """Who reports on what: the department's settings, the period, the as-of date, the snapshot and the limits in words."""
    channels = [CHANNEL_WORDS[CHANNELS[code]] for code in scope.channels]
    units = scope.units or (scope.allowed_units or ())
    limits = "; ".join(", ".join(part) for part in (units, scope.fields, scope.procedures, channels) if part)
    title = period.title()
    return {
        "department": settings.read("department"),
        "period": period,
        "title": title if period.name() else f"Từ ngày {title.replace('–', ' đến ngày ')}",
        "as_of": scope.at(db),
        "snapshot": db.snapshot,
        "simulated": db.simulated,
        "limits": limits,
    }


def form_06a_content(db: Database, period: Period, scope: Scope) -> dict[str, Any]:
    """Form 06a: head, tiers (each with its name and one row a field), by_unit, by_procedure, total."""
    condition, parameters = scope.condition("d")
    known = db.frame(TIERS.format(scope=condition), parameters)
    order = settings.read("reports")["tier_order"]
    tiers = []
    for tier in sorted(known["tier"].unique(), key=lambda name: (order.index(name) if name in order else len(order), name)):
        units = tuple(known.loc[known["tier"] == tier, "unit_name"])
        rows, _ = table(db, "form_06a", period, replace(scope, units=units), by="field")
        if len(rows):
            tiers.append({"tier": tier or "Chưa xác định", "rows": rows})
    by_unit, total = table(db, "form_06a", period, scope, by="unit")
    by_procedure, _ = table(db, "form_06a", period, scope, by="procedure")
    return {"head": head(db, period, scope), "tiers": tiers, "by_unit": by_unit, "by_procedure": by_procedure, "total": total}


def home_affairs_content(db: Database, period: Period, scope: Scope) -> dict[str, Any]:
    """The report to Home Affairs: head, indicators (all of the catalogue), official (index by year), form, bases, groups.

    groups: by number 1–6 the register's documents issued in the period (`issued`) and before it (`earlier`), its actions and the
    newest hand-entered measures.
    """
    until = replace(scope, as_of=min(period.end, scope.at(db)))
    documents = registers.documents(db, until)
    actions = registers.actions(db, until)
    measures = registers.latest_measures(db, until, period.start)
    issued = pd.to_datetime(documents["issued_on"]) >= pd.Timestamp(period.start)
    groups = {
        number: {
            "name": name,
            "issued": documents[issued & (documents["solution_group"] == number)],
            "earlier": documents[~issued & (documents["solution_group"] == number)],
            "actions": actions[actions["solution_group"] == number],
            "measures": measures[measures["solution_group"] == number],
        }
        for number, name in registers.groups().items()
    }
    official = official_index(db)
    return {
        "head": head(db, period, scope),
        "indicators": indicators(db, period, scope),
        "official": official[official["factor"] == "overall"],
        "form": form_06a_content(db, period, scope),
        "grounds": documents[issued & documents["solution_group"].isna()],
        "bases": list(dict.fromkeys(basis.title for basis in in_force(BASES, period))),
        "groups": groups,
    }
