"""A dossier's life after it came in: how long it takes, what interrupts it, how it ends, which dates were promised."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sample_data.catalogue import procedures, settings, units
from sample_data.receipts import Random, during, share_of_time
from sample_data.working_time import MINUTES, timestamp, working_days

NEVER = np.datetime64("9999-12-31", "s")


def lives(random: Random, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` of receipts with pauses (working days), closing, return and due dates; times that never come are NEVER."""
    behaviour = settings("behaviour")
    frame = frame.copy()
    frame["norm"] = procedures()["norm_days"].to_numpy()[frame["procedure"]]
    draw_outcomes(random, frame, behaviour["outcomes"])
    draw_pauses(random, frame, behaviour)
    draw_closing(random, frame, behaviour)
    draw_due_dates(random, frame, behaviour)
    draw_return(random, frame)
    draw_payment_and_data(random, frame, behaviour)
    return frame


def draw_outcomes(random: Random, frame: pd.DataFrame, rule: dict[str, float]) -> None:
    """done, refused, withdrawn or rejected (at intake); stopped ones come from unanswered requests."""
    chance = random.random(len(frame))
    frame["outcome"] = np.select(
        [chance < rule["withdrawn"], chance < rule["withdrawn"] + rule["refused"]], ["withdrawn", "refused"], "done"
    )
    frame.loc[(frame["channel"] == 2) & (random.random(len(frame)) < rule["rejected"]), "outcome"] = "rejected"


def draw_pauses(random: Random, frame: pd.DataFrame, behaviour: dict[str, Any]) -> None:
    """`supplement_1`, `supplement_2` and `finance`: working days of waiting for the applicant or the tax office, 0 for none."""
    rule, count = behaviour["pauses"], len(frame)
    hard = procedures()["late"].to_numpy()[frame["procedure"]]
    accepted = frame["outcome"].isin(["done", "refused"])
    asked = accepted & (random.random(count) < rule["supplement"] * np.where(frame["norm"] > 1, 0.4 + 0.6 * hard, 0.25))
    epidemic = during(frame["received_day"], "2020-03-10", "2020-04-22")
    days = 1 + (random.lognormal(1.5, 0.8, count) * np.where(epidemic, 1.7, 1.0)).astype(int)
    frame["supplement_1"] = np.where(asked, np.minimum(days, 80), 0)
    again = asked & (random.random(count) < rule["second_supplement"])
    frame["supplement_2"] = np.where(again, 1 + random.poisson(4, count), 0)
    silent = asked & (random.random(count) < rule["never_answered"])
    frame.loc[silent, "outcome"] = "stopped"
    frame.loc[silent, "supplement_1"] = random.integers(20, 60, count)[silent]
    frame.loc[silent, "supplement_2"] = 0
    owes = procedures()["flow"].to_numpy()[frame["procedure"]] == "đăng ký có thuế"
    waits = owes & (frame["outcome"] == "done") & (random.random(count) < rule["finance"])
    frame["finance"] = np.where(waits, 1 + np.minimum(random.lognormal(1.5, 0.6, count).astype(int), 40), 0)
    frame["paused"] = frame["supplement_1"] + frame["supplement_2"] + frame["finance"]


def late_chance(frame: pd.DataFrame, behaviour: dict[str, Any]) -> np.ndarray:
    """Chance that a dossier ends late, by unit, procedure and season."""
    rule = behaviour["late"]
    chance = units()["late"].to_numpy()[frame["unit"]] * procedures()["late"].to_numpy()[frame["procedure"]]
    chance = chance * np.interp(share_of_time(frame["received_day"], behaviour), [0, 1], [rule["start"], rule["end"]])
    for tet in behaviour["tet"]:
        around = during(frame["received_day"], np.datetime64(tet) - 12, np.datetime64(tet) + 18)
        chance = np.where(around, chance * rule["tet"], chance)
    epidemic = during(frame["received_day"], "2020-03-16", behaviour["distancing"][1])
    chance = np.where(epidemic, chance * rule["distancing"], chance)
    backlog = during(frame["received_day"], "2020-11-09", "2020-12-18")
    return np.clip(np.where(backlog, chance * rule["year_end"], chance), 0.002, 0.6)


def draw_closing(random: Random, frame: pd.DataFrame, behaviour: dict[str, Any]) -> None:
    """`net_days` without pauses, `over` (working days past the norm, 0 for in time) and `closed_minute`."""
    count, norm = len(frame), frame["norm"].to_numpy()
    early = np.ceil(norm * random.beta(3.4, 1.7, count)).astype(int)
    in_time = np.where(random.random(count) < 0.13, norm, np.clip(early, 1, norm))
    in_time = np.where((norm == 1) & (random.random(count) < 0.6), 0, in_time)
    over = 1 + random.lognormal(0.9, 0.9, count).astype(int)
    over = over + np.where(random.random(count) < behaviour["late"]["long_tail"], random.integers(20, 110, count), 0)
    late = (random.random(count) < late_chance(frame, behaviour)) & frame["outcome"].isin(["done", "refused"])
    frame["over"] = np.where(late, over, 0)
    net = np.where(late, norm + over, in_time)
    short = frame["outcome"].isin(["withdrawn", "stopped"])
    net = np.where(short, np.ceil(norm * random.uniform(0.1, 0.7, count)).astype(int), net)
    net = np.where((frame["paused"] > 0) & (net == 0), 1, net)
    frame["net_days"] = net
    start = frame["received_minute"].to_numpy()
    within = random.integers(30, 475, count)
    same_day = start % MINUTES + 5 + ((474 - start % MINUTES) * random.random(count)).astype(int).clip(0)
    within = np.where(net == 0, np.minimum(same_day, 479), within)
    frame["closed_minute"] = (frame["day_number"] + net + frame["paused"]) * MINUTES + within
    without_date = (frame["outcome"] == "stopped") & (random.random(count) < behaviour["outcomes"]["stopped_without_date"])
    frame["stop_unrecorded"] = without_date
    frame["closed_at"] = np.where(without_date, NEVER, timestamp(frame["closed_minute"]))


def evening_of(numbers: Any) -> np.ndarray:
    """17:00 of each working day: a promised date carries no finer time."""
    return working_days()[np.asarray(numbers)].astype("datetime64[s]") + np.timedelta64(17 * 3600, "s")


def draw_due_dates(random: Random, frame: pd.DataFrame, behaviour: dict[str, Any]) -> None:
    """`due_1` from the norm; `due_2` after pauses (known from `due_2_known`); `due_3`, `due_4` after reschedulings, likewise."""
    rule, count = behaviour["reschedule"], len(frame)
    due = (frame["day_number"] + frame["norm"]).to_numpy()
    frame["due_1"] = evening_of(due)
    rewritten = (frame["paused"] > 0) & (random.random(count) >= behaviour["pauses"]["due_not_rewritten"])
    frame["due_rewritten"] = rewritten & (frame["outcome"] != "stopped")
    extended = due + np.where(frame["due_rewritten"], frame["paused"], 0)
    frame["due_2"] = evening_of(extended)
    closed = (frame["closed_minute"] // MINUTES).to_numpy()
    simple = (frame["paused"] == 0) & (frame["outcome"] == "done")
    late = frame["over"].to_numpy() > 0
    moved = simple & (random.random(count) < np.where(late, rule["late"], rule["on_time"] * (frame["norm"] > 3)))
    kept = random.random(count) < rule["kept"]
    new = np.where(late, np.where(kept, closed + random.integers(0, 4, count), due + (closed - due + 1) // 2), due + 5)
    twice = moved & late & (new - due > 6) & (random.random(count) < rule["twice"] * 3)
    first = np.where(twice, due + (new - due) // 2, new)
    frame["rescheduled_1"] = np.where(moved, working_days()[due].astype("datetime64[s]") + np.timedelta64(36000, "s"), NEVER)
    frame["due_3"] = np.where(moved, evening_of(first), NEVER)
    frame["rescheduled_2"] = np.where(twice, working_days()[first].astype("datetime64[s]") + np.timedelta64(36000, "s"), NEVER)
    frame["due_4"] = np.where(twice, evening_of(new), NEVER)


def draw_return(random: Random, frame: pd.DataFrame) -> None:
    """`returned_minute` and `returned_at`: the applicant fetches the result within days, sometimes weeks."""
    count = len(frame)
    lag = random.choice([0, 1, 2, 3, 5, 8, 20], size=count, p=[0.45, 0.25, 0.12, 0.08, 0.05, 0.03, 0.02])
    minute = frame["closed_minute"].to_numpy()
    later = (minute // MINUTES + lag) * MINUTES + random.integers(20, 470, count)
    frame["returned_minute"] = np.where(lag == 0, np.minimum(minute + 5, (minute // MINUTES) * MINUTES + 479), later)
    frame["returned_at"] = np.where(frame["outcome"] == "done", timestamp(frame["returned_minute"]), NEVER)


def draw_payment_and_data(random: Random, frame: pd.DataFrame, behaviour: dict[str, Any]) -> None:
    """Fee, online payment, digitised papers, electronic result, return by post: all grow with time."""
    asked, count = procedures().iloc[frame["procedure"]], len(frame)
    when = share_of_time(frame["received_day"], behaviour)
    online = frame["channel"].to_numpy() == 2
    frame["fee_amount"] = asked["fee_amount"].to_numpy()
    payable = online & (asked["online_payment"].to_numpy() == "có") & (frame["fee_amount"] > 0)
    paid = payable & (random.random(count) < 0.2 + 0.4 * when)
    frame["paid_online"] = np.where(paid, random.choice([1, 2], size=count, p=[0.35, 0.65]), 0)
    frame["digitised"] = random.random(count) < np.where(online, 0.75, 0.15) * (0.5 + 0.5 * when)
    frame["reused"] = frame["digitised"] & (random.random(count) < 0.15 + 0.2 * when)
    frame["electronic_result"] = (frame["outcome"] == "done") & (random.random(count) < np.where(online, 0.45, 0.08) * (0.4 + when))
    frame["by_post"] = random.random(count) < np.where(frame["channel"] == 3, 0.8, np.where(online, 0.3, 0.06))
    frame["national_portal"] = online & (random.random(count) < 0.25 * when)
    frame["applicant"] = random.choice(3, size=count, p=[0.75, 0.2, 0.05])
    frame["officer_pick"] = random.integers(0, 1_000_000, count)


def exported(frame: pd.DataFrame, count: int, random: Random) -> pd.DataFrame:
    """The dossiers a system would list for 2019–2020, exactly `count` of them, with their codes, in order of submission."""
    behaviour = settings("behaviour")
    first, last = np.datetime64(behaviour["exported_from"]), np.datetime64(behaviour["until"])
    still_there = (frame["closed_at"].to_numpy() >= first) & (frame["submitted_at"].to_numpy().astype("datetime64[D]") <= last)
    kept = np.flatnonzero(still_there & ~((frame["outcome"] == "rejected") & (frame["received_at"] < first)).to_numpy())
    kept = np.sort(random.choice(kept, size=count, replace=False))
    frame = frame.iloc[kept].sort_values(["submitted_at", "received_minute"], kind="stable").reset_index(drop=True)
    prefix = units()["dossier_prefix"].to_numpy()[frame["unit"]]
    year = frame["submitted_at"].dt.year
    running = (frame.groupby(["unit", year]).cumcount() + 1).map("{:04d}".format)
    frame.insert(0, "dossier_code", prefix + "-" + frame["submitted_at"].dt.strftime("%y%m%d") + "-" + running)
    frame["unit_name"] = units()["unit_name"].to_numpy()[frame["unit"]]
    return frame
