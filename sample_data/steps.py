"""From a life to its steps: each flow's steps share the net time; pauses stand between them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sample_data.catalogue import procedures, settings, units
from sample_data.receipts import Random
from sample_data.working_time import MINUTES, timestamp

CLOSING = {
    "withdrawn": ("Trả lại hồ sơ theo yêu cầu", 7),
    "refused": ("Thông báo từ chối giải quyết", 11),
    "stopped": ("Dừng xử lý hồ sơ", 8),
}
QUEUE = 0.35  # at most this part of a step's time is spent waiting to be taken up


def steps_and_requests(random: Random, lives: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All steps, one row each in order of time, and `lives` with the times of requests and answers."""
    flows = procedures()["flow"].to_numpy()[lives["procedure"]]
    parts, requests = [], []
    for name, flow in settings("flows")["flows"].items():
        rows = np.flatnonzero((flows == name) & (lives["outcome"] != "rejected"))
        if len(rows):
            found, times = flow_steps(random, lives.iloc[rows], flow)
            parts.append(found.assign(dossier=rows[found["dossier"]]))
            requests.append(times.set_index(lives.index[rows]))
    steps = pd.concat(parts).sort_values(["dossier", "start_minute", "order"], kind="stable").reset_index(drop=True)
    lives = lives.join(pd.concat(requests))
    steps["started_at"], steps["finished_at"] = timestamp(steps["start_minute"]), timestamp(steps["finish_minute"])
    steps["dossier_code"] = lives["dossier_code"].to_numpy()[steps["dossier"]]
    steps["section_name"] = sections(lives, steps)
    return steps, lives


def flow_steps(random: Random, lives: pd.DataFrame, flow: list[dict[str, Any]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Steps of the dossiers of one flow (`dossier` = row in `lives`) and their request and answer minutes."""
    bounds, asked_at = boundaries(random, lives, flow)
    pause_days = lives[["supplement_1", "supplement_2", "finance"]].to_numpy()
    start, total = lives["received_minute"].to_numpy(), lives["closed_minute"].to_numpy()
    net = total - start - pause_days.sum(axis=1) * MINUTES
    passed = np.zeros(len(lives), dtype=np.int64)  # minutes of pauses so far
    norm = lives["norm"].to_numpy() * MINUTES
    slots: list[pd.DataFrame] = []
    requests: dict[str, np.ndarray] = {}
    everyone = np.ones(len(lives), dtype=bool)
    ended = lives["outcome"].isin(list(CLOSING)).to_numpy()

    def slot(mask: np.ndarray, step: dict[str, Any], status: int, first: np.ndarray, last: np.ndarray, due: float | None) -> None:
        queue = random.uniform(0, QUEUE, len(lives)) * (len(slots) > 0)
        begin = start + passed + ((first + queue * (last - first)) * net).astype(np.int64)
        end = start + passed + (last * net).astype(np.int64)
        found = {"dossier": np.arange(len(lives)), "order": len(slots), "step_name": step["step"], "role": step["role"]}
        frame = pd.DataFrame(found | {"status": status, "start_minute": begin, "finish_minute": np.maximum(begin, end)})
        frame["due_minute"] = start + passed + (due * norm).astype(np.int64) if due is not None else -1
        slots.append(frame[mask])

    def pause(kind: str, column: int, mask: np.ndarray, at: np.ndarray) -> None:
        nonlocal passed
        words = settings("flows")["pauses"][kind]
        slot(mask, {"step": words["request"], "role": words["request_role"]}, words["status"], at, at, None)
        asked = start + passed + (at * net).astype(np.int64)
        slots[-1]["finish_minute"] += 10
        passed = passed + pause_days[:, column] * MINUTES
        name = ("supplement_1", "supplement_2", "finance")[column]
        requests[f"{name}_asked"] = np.where(mask, asked, -1)
        requests[f"{name}_answered"] = np.where(mask, asked + pause_days[:, column] * MINUTES, -1)

    cumulative = np.cumsum([step["share"] for step in flow])
    review = next(number for number, step in enumerate(flow) if step.get("pause") == "supplement")
    for number, step in enumerate(flow):
        going = everyone if number <= review else ~ended
        status = 2 if number == 0 else 9 if number == len(flow) - 1 else 4
        first, last, due = bounds[:, number], bounds[:, number + 1], float(cumulative[number])
        kind = step.get("pause")
        if kind != "supplement":
            slot(going, step, status, first, last, due)
        if kind == "finance":
            waits = going & (pause_days[:, 2] > 0)
            pause("finance", 2, waits, last)
            resume = settings("flows")["pauses"]["finance"]
            after = last + 0.2 * (bounds[:, number + 2] - last)
            slot(waits, {"step": resume["resume"], "role": resume["resume_role"]}, 4, last, after, due + 0.04)
            bounds[:, number + 1] = np.where(waits, after, last)
        if kind == "supplement":
            cut = np.where(pause_days[:, 0] > 0, asked_at[0], last)
            slot(everyone, step, status, first, cut, due)
            for column in (0, 1):
                asks = pause_days[:, column] > 0
                pause("supplement", column, asks, asked_at[column])
                resume = settings("flows")["pauses"]["supplement"]
                resumed = asks & (lives["outcome"] != "stopped").to_numpy()
                end = np.where((column == 0) & (pause_days[:, 1] > 0), asked_at[1], last)
                middle = asked_at[column] + 0.25 * (end - asked_at[column])
                slot(resumed, {"step": resume["resume"], "role": resume["resume_role"]}, 4, asked_at[column], middle, due)
                slot(resumed, step, 4, middle, end, due)
            for outcome, (name, code) in CLOSING.items():
                closing = (lives["outcome"] == outcome).to_numpy() & ~lives["stop_unrecorded"].to_numpy()
                slot(closing, {"step": name, "role": "expert"}, code, last, np.ones(len(lives)), 1.0)
    found = pd.concat(slots)
    found = pd.concat([found, returns(lives, len(slots))])
    return found, pd.DataFrame(requests)


def boundaries(random: Random, lives: pd.DataFrame, flow: list[dict[str, Any]]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Where in the net time (0–1) each step ends, and where the first and second request for papers fall."""
    count = len(lives)
    review = next(number for number, step in enumerate(flow) if step.get("pause") == "supplement")
    shares = np.array([step["share"] for step in flow]) * random.gamma(4.0, 0.25, (count, len(flow)))
    slow = next((number for number, step in enumerate(flow) if step["role"] == "survey"), review)
    shares[lives["over"].to_numpy() > 0, slow] *= 3.0  # lateness comes from one step: the survey in the field, else the review
    stopped, ended = (lives["outcome"] == "stopped").to_numpy(), lives["outcome"].isin(list(CLOSING)).to_numpy()
    shares[ended, review + 1 :] = 0.0
    rest = np.where(ended & ~stopped, 0.15, 0.0)  # what the closing step takes
    total = shares.sum(axis=1) + rest
    bounds = np.concatenate([np.zeros((count, 1)), np.cumsum(shares, axis=1) / total[:, None]], axis=1)
    first, last = bounds[:, review], bounds[:, review + 1]
    once = np.where(stopped, last, first + random.uniform(0.2, 0.6, count) * (last - first))
    return bounds, [once, once + random.uniform(0.3, 0.8, count) * (last - once)]


def returns(lives: pd.DataFrame, order: int) -> pd.DataFrame:
    """The last step of a finished dossier: the applicant takes the result."""
    rows = np.flatnonzero(lives["outcome"] == "done")
    done = lives.iloc[rows]
    facts = {"dossier": rows, "order": order, "step_name": "Trả kết quả", "role": "one_stop", "status": 10, "due_minute": -1}
    return pd.DataFrame(facts | {"start_minute": done["closed_minute"], "finish_minute": done["returned_minute"]})


def sections(lives: pd.DataFrame, steps: pd.DataFrame) -> np.ndarray:
    """Section of each step: the procedure's own for the expert's work, else the tier's; named after the place below the department."""
    tables = settings("flows")["sections"]
    unit = lives["unit"].to_numpy()[steps["dossier"]]
    tier, place = units()["tier"].to_numpy()[unit], units()["short"].to_numpy()[unit]
    expert = procedures()["section_name"].to_numpy()[lives["procedure"].to_numpy()[steps["dossier"]]]
    names = pd.Series(list(zip(tier, steps["role"], strict=True))).map(
        {(level, role): name for level, roles in tables.items() for role, name in roles.items()}
    )
    names = np.where(steps["role"] == "expert", expert, names)
    return np.where(place == "", names, names + " " + place)
