"""Satisfaction survey, wide: one row a response, câu 1 … câu 18 on the five-point scale."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.catalogue import procedures, settings, units
from sample_data.people import full_names
from sample_data.receipts import Random
from sample_data.state import evening
from sample_data.world import World


def surveys(random: Random, office: World) -> dict[str, pd.DataFrame]:
    """A sheet a year: answers in words for 2019, in digits for 2020."""
    rule, behaviour = settings("complaints")["survey"], settings("behaviour")
    count = max(round(rule["total"] * len(office.lives) / 24000), 40)
    lives = asked(random, office.lives, count, rule["own"], evening(behaviour["until"]))
    scores = answers(random, lives, rule)
    year = lives["returned_at"].dt.year
    answered = random.random(scores.shape) >= rule["no_answer"]
    words = np.array(rule["words"], dtype=object)[scores - 1]
    sheets = {}
    for which, cells in ((2019, words), (2020, scores.astype(str).astype(object))):
        rows = np.flatnonzero(year == which)
        part = lives.iloc[rows].reset_index(drop=True)
        asked_for = procedures().iloc[part["procedure"]].reset_index(drop=True)
        frame = pd.DataFrame(
            {
                "Mã phiếu": [f"PKS-{which}-{number:04d}" for number in range(1, len(rows) + 1)],
                "Ngày khảo sát": part["returned_at"].dt.normalize(),
                "Họ tên người trả lời": full_names(random, len(rows)),
                "Đơn vị": part["unit_name"],
                "Mã TTHC": asked_for["procedure_code"],
                "Tên thủ tục": asked_for["procedure_name"],
                "Mã hồ sơ": part["dossier_code"].where(part.index % 2 == 0, ""),
            }
        )
        for question in range(scores.shape[1]):
            frame[f"Câu {question + 1}"] = np.where(answered[rows, question], cells[rows, question], "")
        sheets[f"Năm {which}"] = frame.assign(**{"Ý kiến khác": np.where(part.index % 25 == 0, "Cảm ơn cán bộ một cửa", "")})
    return sheets


def asked(random: Random, lives: pd.DataFrame, count: int, own_share: float, end: np.datetime64) -> pd.DataFrame:
    """Dossiers returned by then whose applicants filled in a form, in order of return."""
    returned = (lives["returned_at"] <= end) & (lives["returned_at"] >= np.datetime64("2019-01-01"))
    own = units()["own"].to_numpy()[lives["unit"]] == "có"
    weight = returned * np.where(own, own_share / own.sum(), (1 - own_share) / (~own).sum())
    rows = random.choice(len(lives), size=count, replace=False, p=weight / weight.sum())
    return lives.iloc[rows].sort_values(["returned_at", "dossier_code"], kind="stable").reset_index(drop=True)


def answers(random: Random, lives: pd.DataFrame, rule: dict[str, float]) -> np.ndarray:
    """Scores 1–5: a person's mood, the unit's habit and lateness, the question, and chance."""
    questions = np.array(rule["questions"])
    year = lives["returned_at"].dt.year.to_numpy()
    latent = np.where(year == 2019, rule["mean_2019"], rule["mean_2020"])
    latent = latent - 5.0 * (units()["late"].to_numpy()[lives["unit"]] - 0.04)
    latent = latent + rule["late"] * (lives["over"].to_numpy() > 0) + rule["online"] * (lives["channel"].to_numpy() == 2)
    latent = latent + random.normal(0, rule["spread_person"], len(lives))
    noise = random.normal(0, rule["spread_answer"], (len(lives), len(questions)))
    return np.clip(np.round(latent[:, None] + questions + noise), 1, 5).astype(int)
