"""What the software shows on a given evening: the lives with every later event taken away."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sample_data.catalogue import procedures
from sample_data.people import APPLICANT_TYPES
from sample_data.process import NEVER
from sample_data.working_time import timestamp

PAUSES = ("supplement_1", "supplement_2", "finance")
FINAL = (3, 7, 8, 10, 11)


def times(lives: pd.DataFrame) -> pd.DataFrame:
    """`lives` with the minutes of requests and answers as clock times (NEVER where there was none)."""
    lives = lives.copy()
    for pause in PAUSES:
        for event in ("asked", "answered"):
            minute = lives[f"{pause}_{event}"].fillna(-1).to_numpy(dtype=np.int64)
            lives[f"{pause}_{event}"] = np.where(minute >= 0, timestamp(np.maximum(minute, 0)), NEVER)
        silent = (lives["outcome"] == "stopped").to_numpy()
        lives.loc[silent, f"{pause}_answered"] = pd.Timestamp(NEVER)
    return lives


def evening(day: date) -> np.datetime64:
    """The last second of a day."""
    return np.datetime64(day, "s") + np.timedelta64(86399, "s")


def status_at(lives: pd.DataFrame, at: date) -> np.ndarray:
    """Status code 1–11 of each dossier on the evening of `at`."""
    end = evening(at)
    accepted = (lives["received_at"] <= end).to_numpy()
    outcome = lives["outcome"].to_numpy()
    closed = (timestamp(lives["closed_minute"]) <= end) & accepted
    returned = (lives["returned_at"] <= end).to_numpy()
    waiting = {pause: (lives[f"{pause}_asked"] <= end).to_numpy() & (lives[f"{pause}_answered"] > end).to_numpy() for pause in PAUSES}
    fresh = (lives["received_at"] >= np.datetime64(at)).to_numpy()
    return np.select(
        [
            ~accepted,
            outcome == "rejected",
            closed & (outcome == "done") & returned,
            closed & (outcome == "done"),
            closed & (outcome == "refused"),
            closed & (outcome == "withdrawn"),
            closed & (outcome == "stopped"),
            waiting["supplement_1"] | waiting["supplement_2"],
            waiting["finance"],
            fresh,
        ],
        [1, 3, 10, 9, 11, 7, 8, 5, 6, 2],
        4,
    )


def known(column: pd.Series, end: np.datetime64) -> pd.Series:
    """Times up to `end`, null for those that had not come."""
    return column.where(column <= end).astype("datetime64[s]")


def latest(lives: pd.DataFrame, first: str, second: str, end: np.datetime64) -> pd.Series:
    """The later of two events that had come by `end`, null when neither had."""
    return known(lives[second], end).fillna(known(lives[first], end))


def state(lives: pd.DataFrame, at: date) -> pd.DataFrame:
    """One row a dossier with the canonical columns of settings/kinds/dossiers.toml as of the evening of `at`."""
    end = evening(at)
    asked = procedures().iloc[lives["procedure"]].reset_index(drop=True)
    lives = lives.reset_index(drop=True)
    status = status_at(lives, at)
    received = pd.Series(~np.isin(status, [1, 3]))
    closed = known(lives["closed_at"].astype("datetime64[s]"), end).where(received)
    answered = np.full(len(lives), NEVER)  # the last answer: pauses come in the order of PAUSES
    for pause in PAUSES:
        has = lives[pause].to_numpy() > 0
        answered = np.where(has, lives[f"{pause}_answered"], answered)
    rewritten = lives["due_rewritten"] & (answered <= end)
    rescheduled = (lives["rescheduled_1"] <= end, lives["rescheduled_2"] <= end)
    new_due = lives["due_4"].where(rescheduled[1], lives["due_3"].where(rescheduled[0])).astype("datetime64[s]")
    refused = closed.where(lives["outcome"] == "refused").fillna(lives["received_at"].where(status == 3))
    facts: dict[str, Any] = {
        "dossier_code": lives["dossier_code"],
        "procedure_code": asked["procedure_code"],
        "procedure_name": asked["procedure_name"],
        "field_name": asked["field_name"],
        "unit_name": lives["unit_name"],
        "section_name": lives["section_name"],
        "officer_name": lives["officer_name"],
        "channel": lives["channel"],
        "service_level": asked["service_level"],
        "status": status,
        "submitted_at": lives["submitted_at"],
        "received_at": lives["received_at"].where(received),
        "due_before": lives["due_1"].where(received),
        "due_at": lives["due_1"].where(~rewritten, lives["due_2"]).where(received),
        "rescheduled_due_at": new_due.where(received),
        "finished_at": closed,
        "returned_at": known(lives["returned_at"], end).where(received),
        "refused_at": refused.astype("datetime64[s]"),
        "supplement_requested_at": latest(lives, "supplement_1_asked", "supplement_2_asked", end),
        "supplement_answered_at": latest(lives, "supplement_1_answered", "supplement_2_answered", end),
        "return_method": lives["by_post"],
        "fee_amount": lives["fee_amount"],
        "paid_online": lives["paid_online"],
        "digitised": lives["digitised"],
        "reused": lives["reused"],
        "electronic_result": lives["electronic_result"] & closed.notna(),
        "submission_place": lives["national_portal"],
        "applicant_type": np.array(APPLICANT_TYPES, dtype=object)[lives["applicant"]],
    }
    frame = pd.DataFrame(facts)
    again = frame["supplement_requested_at"] > frame["supplement_answered_at"]
    frame["supplement_answered_at"] = frame["supplement_answered_at"].mask(again)
    frame["newest_due_at"] = frame["rescheduled_due_at"].fillna(frame["due_at"])
    return frame


def listed_at(lives: pd.DataFrame, at: date, before: date | None) -> np.ndarray:
    """Row numbers an export of `at` lists: all known by then and, after an earlier export, only new or unfinished ones."""
    submitted = lives["submitted_at"].to_numpy()
    listed = submitted <= evening(at)
    if before is not None:
        listed &= (submitted > evening(before)) | ~np.isin(status_at(lives, before), FINAL)
    return np.flatnonzero(listed)
