"""The tables the simulation stands on: procedures, units (with the communes as of 2020) and flows, all read from tables/."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

TABLES = Path(__file__).parent / "tables"
OPEN_END = pd.Timestamp("9999-12-31").as_unit("s")


def table(name: str) -> pd.DataFrame:
    """One CSV of tables/ with text columns; an empty cell is an empty text."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return pd.DataFrame(list(csv.DictReader(file, delimiter=";")))


@cache
def settings(name: str) -> dict[str, Any]:
    """One TOML of tables/."""
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def procedures() -> pd.DataFrame:
    """One row a procedure: code, name, field, tier, section, flow, level, listing, norm, fee, and how often it is asked for."""
    frame = table("procedures")
    for column in ("weight", "late", "norm_value", "fee_amount"):
        frame[column] = frame[column].astype(float)
    frame["service_level"] = frame["service_level"].astype(int)
    frame["norm_days"] = np.select(
        [frame["norm_unit"] == "ngày", frame["norm_unit"] == "giờ làm việc"],
        [np.ceil(frame["norm_value"] * 5 / 7), np.ceil(frame["norm_value"] / 8)],
        frame["norm_value"],
    ).astype(int)
    frame["listed_first"] = days(frame["listed_from"])
    frame["listed_last"] = days(frame["listed_to"]).fillna(OPEN_END)
    return frame


@cache
def units() -> pd.DataFrame:
    """One row a unit: the department's own, the districts, and their communes, with weight, late share and online habit."""
    own = table("units")
    for column in ("weight", "late", "online"):
        own[column] = own[column].astype(float)
    frame = pd.concat([own, communes(own)], ignore_index=True)
    frame["first_day"] = days(frame["valid_from"])
    return frame


def communes(districts: pd.DataFrame) -> pd.DataFrame:
    """One row a commune, valid as the tables say; a merged one keeps its last day and successor."""
    parents = districts.set_index("unit_name")
    lists = dict(settings("communes"))
    merged = lists.pop("merged")
    rows = []
    for parent, kinds in lists.items():
        for number, (kind, name) in enumerate((k, n) for k, names in kinds.items() for n in names):
            rows.append(commune(f"UBND {kind} {name}", parents.loc[parent], number + 1, parent))
    for number, (name, facts) in enumerate(merged.items()):
        row = commune(name, parents.loc[facts["parent"]], 90 + number, facts["parent"])
        rows.append(row | {"valid_to": facts["until"].isoformat(), "successor_name": facts["successor"], "weight": 0.0})
        for heir in rows:
            if heir["unit_name"] == facts["successor"]:
                heir["valid_from"] = f"{facts['until'].year}-03-01"
    return pd.DataFrame(rows)


def commune(name: str, district: pd.Series, number: int, parent: str) -> dict[str, Any]:
    """A commune follows its district's habits, a little better on time and a little worse online."""
    return {
        "unit_code": f"{district['unit_code']}.{number:02d}",
        "unit_name": name,
        "short": name.removeprefix("UBND "),
        "tier": "xã",
        "parent_name": parent,
        "own": "không",
        "valid_from": district["valid_from"],
        "valid_to": "",
        "successor_name": "",
        "dossier_prefix": f"000.{number:02d}.{district['dossier_prefix'].split('.', 2)[2]}",
        "weight": float(district["weight"]) / (1 + number % 4),
        "late": float(district["late"]) * (0.4 + 0.2 * (number % 5)),
        "online": float(district["online"]) - 0.1 + 0.1 * (number % 3),
    }


def days(column: pd.Series) -> pd.Series:
    """ISO dates of a table as datetime64, empty ones null."""
    return pd.to_datetime(column.replace("", None), format="%Y-%m-%d").astype("datetime64[s]")
