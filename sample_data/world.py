"""The whole simulated office from one seed: lives of dossiers, their steps, and the people in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.catalogue import procedures, units
from sample_data.people import applicants, officers
from sample_data.process import exported, lives
from sample_data.receipts import receipts
from sample_data.state import times
from sample_data.steps import steps_and_requests

SPARE = 1.15  # drawn beyond the number wanted, since what was closed before 2019 is not exported


@dataclass(frozen=True)
class World:
    """`lives`: one row a dossier; `steps`: one row a step (`dossier` = row of lives); `applicants`: personal columns, row by row."""

    lives: pd.DataFrame
    steps: pd.DataFrame
    applicants: pd.DataFrame


def world(seed: int, dossiers: int) -> World:
    """The same world for the same seed and number of dossiers."""
    random = np.random.default_rng([seed, 1])
    known = exported(lives(random, receipts(random, int(dossiers * SPARE) + 50)), dossiers, random)
    steps, known = steps_and_requests(random, known)
    place = units()["short"].to_numpy()[known["unit"]]
    section = procedures()["section_name"].to_numpy()[known["procedure"]]
    known["section_name"] = np.where(place == "", section, section + " " + place)
    known["tier"] = units()["tier"].to_numpy()[known["unit"]]
    picks = known["officer_pick"].to_numpy()
    known["officer_name"] = officers(known["section_name"].to_numpy(), picks)
    steps["officer_name"] = officers(steps["section_name"].to_numpy(), picks[steps["dossier"]])
    return World(times(known), steps, applicants(random, known["applicant"].to_numpy()))
