"""What comes in: one row a dossier with its day, procedure, unit and channel."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sample_data.catalogue import procedures, settings, units
from sample_data.working_time import MINUTES, number_of, timestamp, working_days

Random = np.random.Generator


def receipts(random: Random, count: int) -> pd.DataFrame:
    """`count` dossiers in order of receipt, with `unit` and `procedure` as row numbers of the catalogue tables."""
    behaviour = settings("behaviour")
    numbers, weight = daily_weights(behaviour)
    frame = pd.DataFrame({"day_number": np.sort(random.choice(numbers, size=count, p=weight))})
    frame["received_day"] = working_days()[frame["day_number"]].astype("datetime64[s]")
    draw_procedures_and_units(random, frame, behaviour["tier_share"])
    listing = procedures().iloc[frame["procedure"]]
    first, last = listing["listed_first"].to_numpy(), listing["listed_last"].to_numpy()
    frame["listed"] = (first <= frame["received_day"]) & (frame["received_day"] <= last)
    frame["channel"] = channels(random, frame, behaviour)
    draw_times(random, frame, behaviour["channel"]["long_acceptance"])
    return frame


def during(days: Any, first: Any, last: Any) -> np.ndarray:
    """Whether each day lies in [first, last]."""
    days = np.asarray(days, dtype="datetime64[D]")
    return (days >= np.datetime64(first)) & (days <= np.datetime64(last))


def share_of_time(days: Any, behaviour: dict[str, Any]) -> np.ndarray:
    """0 at the first exported day, 1 at the last."""
    first, last = (np.array(behaviour[name], dtype="datetime64[D]") for name in ("exported_from", "until"))
    passed = (np.asarray(days, dtype="datetime64[D]") - first).astype(float)
    return np.clip(passed / (last - first).astype(float), 0.0, 1.0)


def daily_weights(behaviour: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Working days on which dossiers come in, and how likely each is."""
    volume = behaviour["volume"]
    numbers = np.arange(int(number_of(behaviour["from"])), int(number_of(behaviour["drawn_until"])) + 1)
    days = working_days()[numbers]
    weight = (1 + volume["growth_a_year"]) ** (2 * share_of_time(days, behaviour))
    weight *= 1 + 0.10 * np.sin(numbers * 2 * np.pi / 250 - 1.2)
    weekday = (days.astype(int) + 3) % 7  # Monday is 0
    weight *= np.array([1.18, 1.02, 0.98, 0.95, 0.90, 0.5, 0.5])[weekday]
    for tet in behaviour["tet"]:
        new_year = number_of(tet)
        weight[(numbers > new_year - 5) & (numbers <= new_year)] *= volume["before_tet"]
        weight[(numbers > new_year) & (numbers <= new_year + 10)] *= volume["after_tet"]
    first, last = behaviour["distancing"]
    weight[during(days, first, last)] *= volume["distancing"]
    weight[(numbers > number_of(last)) & (numbers <= number_of(last) + 20)] *= volume["after_distancing"]
    return numbers, weight / weight.sum()


def draw_procedures_and_units(random: Random, frame: pd.DataFrame, tier_share: dict[str, float]) -> None:
    """Procedure by what is asked for at each tier, unit by its size; one named unit where the procedure has only one."""
    asked, offices = procedures(), units()
    per_tier = asked.groupby("tier")["weight"].transform("sum")
    weight = (asked["weight"] / per_tier * asked["tier"].map(tier_share)).to_numpy()
    frame["procedure"] = random.choice(len(asked), size=len(frame), p=weight / weight.sum())
    tier = asked["tier"].to_numpy()[frame["procedure"]]
    named = asked["unit_name"].map({name: row for row, name in enumerate(offices["unit_name"])})
    frame["unit"] = named.fillna(0).to_numpy(dtype=int)[frame["procedure"]]
    for name in tier_share:
        here = (tier == name) & (asked["unit_name"].to_numpy()[frame["procedure"]] == "")
        size = offices["weight"].where(offices["tier"] == name, 0.0).to_numpy()
        if here.any():
            frame.loc[here, "unit"] = random.choice(len(offices), size=int(here.sum()), p=size / size.sum())
    move_to_predecessors(random, frame, offices)


def move_to_predecessors(random: Random, frame: pd.DataFrame, offices: pd.DataFrame) -> None:
    """A dossier of a unit that did not exist yet belongs to one of those it was made from."""
    for heir in np.flatnonzero(np.isin(offices["unit_name"], offices["successor_name"])):
        before = (frame["unit"] == heir) & (frame["received_day"] < offices["first_day"].iloc[heir])
        parts = np.flatnonzero(offices["successor_name"] == offices["unit_name"].iloc[heir])
        frame.loc[before, "unit"] = random.choice(parts, size=int(before.sum()))


def channels(random: Random, frame: pd.DataFrame, behaviour: dict[str, Any]) -> np.ndarray:
    """1 direct, 2 online, 3 postal: the habit of going online grows, jumps in April 2020, and differs by unit."""
    rule = behaviour["channel"]
    when = share_of_time(frame["received_day"], behaviour)
    levels = [rule["online_log_odds_start"], rule["online_log_odds_middle"], rule["online_log_odds_end"]]
    distancing = during(frame["received_day"], *behaviour["distancing"])
    odds = np.interp(when, [0.0, 0.5, 1.0], levels) + distancing * rule["distancing_log_odds"]
    odds += units()["online"].to_numpy()[frame["unit"]]
    level = procedures()["service_level"].to_numpy()[frame["procedure"]]
    elsewhere = np.where(level >= 3, rule["unlisted_online"] * (0.5 + when), rule["level_2_online"])
    chance = np.where(frame["listed"] & (level >= 3), 1 / (1 + np.exp(-odds)), elsewhere)
    postal = random.random(len(frame)) < np.where(distancing, rule["postal_distancing"], rule["postal"])
    return np.where(random.random(len(frame)) < chance, 2, np.where(postal, 3, 1))


def draw_times(random: Random, frame: pd.DataFrame, long_acceptance: float) -> None:
    """`received_minute` in working time and `submitted_at`; online dossiers come before they are accepted, often in the evening."""
    count = len(frame)
    frame["received_minute"] = frame["day_number"] * MINUTES + np.minimum(random.integers(5, 475, count), random.integers(60, 475, count))
    lag = random.exponential(150, count).astype(int) + 5
    slow = random.random(count) < long_acceptance
    lag = np.where(slow, random.integers(480, 4 * MINUTES, count), np.minimum(lag, 470))
    submitted = timestamp(frame["received_minute"] - lag)
    evening = submitted.astype("datetime64[D]") - 1
    evening = evening.astype("datetime64[s]") + random.integers(18 * 3600, 23 * 3600, count).astype("timedelta64[s]")
    submitted = np.where(random.random(count) < 0.3, evening, submitted)
    received = timestamp(frame["received_minute"])
    frame["submitted_at"] = np.where(frame["channel"] == 2, submitted, received)
    frame["received_at"] = received
