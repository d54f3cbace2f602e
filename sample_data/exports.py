"""Dossiers and steps as each vendor's screen exports them: vocabulary, date form, headers and personal columns by layout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sample_data.errors import spoiled
from sample_data.receipts import Random
from sample_data.state import evening, known, listed_at, state
from sample_data.working_time import timestamp
from sample_data.world import World
from sample_data.write_excel import write_xls, write_xlsx
from sample_data.write_text import write_text

BOOLEANS = ("digitised", "reused", "electronic_result")
REAL_DATES = 0.8  # share of rows of a workbook whose dates are real dates, not text


def rows_of(world: World, layout: dict[str, Any]) -> np.ndarray:
    """Rows of `world.lives` that one dossier export lists."""
    rows = listed_at(world.lives, layout["at"], layout.get("before"))
    return rows[(world.lives["tier"] == layout["tier"]).to_numpy()[rows]]


def write_dossiers(random: Random, path: Path, world: World, layout: dict[str, Any], words: dict[str, Any]) -> None:
    """One export of dossiers as a workbook or delimited text."""
    rows = rows_of(world, layout)
    frame = state(world.lives.iloc[rows], layout["at"])
    frame = pd.concat([frame, world.applicants.iloc[rows].reset_index(drop=True)], axis=1)
    halves = np.where(frame["submitted_at"] < pd.Timestamp("2019-07-01"), "6 tháng đầu năm", "6 tháng cuối năm")
    cells = spoiled(random, as_text(frame, layout["dates"], words).assign(half=halves))
    names = dict(layout["columns"])
    if layout["writer"] == "text":
        write_text(path, cells[list(names)].rename(columns=names), layout)
        return
    cells = with_real_dates(random, cells, frame)
    split = cells.groupby("half", sort=False) if layout.get("sheets") else [("Danh sách", cells)]
    sheets = {str(name): part[list(names)].rename(columns=names) for name, part in split}
    (write_xlsx if layout["writer"] == "xlsx" else write_xls)(path, sheets, layout["title"])


def as_text(frame: pd.DataFrame, dates: str, words: dict[str, Any]) -> pd.DataFrame:
    """Every cell as the vendor prints it; an absent value is an empty text."""
    form = "%d/%m/%Y %H:%M" if dates == "mixed" else dates
    cells = {}
    for name, column in frame.items():
        vocabulary = "boolean" if name in BOOLEANS else str(name)
        if vocabulary in words:
            cells[name] = column.map(lambda value: str(value).lower() if isinstance(value, bool) else str(value)).map(words[vocabulary])
        elif column.dtype.kind == "M":
            cells[name] = column.dt.strftime(form).fillna("")
        elif column.dtype.kind == "f":
            cells[name] = column.map("{:.0f}".format)
        else:
            cells[name] = column.astype(str)
    return pd.DataFrame(cells).astype(object)


def with_real_dates(random: Random, cells: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Most rows of a workbook get real dates back; the others, and whatever was spoiled, stay text."""
    cells = cells.copy()
    real = random.random(len(cells)) < REAL_DATES
    for name in frame.columns[frame.dtypes.map(lambda kind: kind.kind == "M")]:
        parsed = pd.to_datetime(cells[name], format="%d/%m/%Y %H:%M", errors="coerce")
        cells[name] = np.where(real & parsed.notna(), parsed.astype(object), cells[name])
    return cells


def steps_between(world: World, rows: np.ndarray, at: Any, before: Any = None, running: bool = False) -> pd.DataFrame:
    """Steps of some dossiers finished after `before` and up to `at`, with those running then if asked for."""
    steps = world.steps[world.steps["dossier"].isin(rows)]
    chosen = steps["started_at"] <= evening(at)
    if not running:
        chosen &= steps["finished_at"] <= evening(at)
    if before is not None:
        chosen &= steps["finished_at"] > evening(before)
    steps = steps[chosen].copy()
    steps["finished_at"] = known(steps["finished_at"], evening(at))
    due = timestamp(steps["due_minute"].clip(lower=0))
    steps["due_at"] = pd.Series(due, index=steps.index).where(steps["due_minute"] >= 0)
    return steps


def write_steps(path: Path, world: World, layout: dict[str, Any], words: dict[str, Any], last: Any) -> None:
    """One export of steps as delimited text."""
    rows = np.flatnonzero(world.lives["tier"].isin(layout["tiers"]))
    steps = steps_between(world, rows, layout["at"], running=layout["at"] == last)
    names = dict(layout["columns"])
    cells = as_text(steps[list(names)], layout["dates"], {"status": words["status"]})
    write_text(path, cells.rename(columns=names), layout)
