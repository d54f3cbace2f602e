"""Step times of the WABO log, against numpy walking through the office hours by itself."""

from __future__ import annotations

import itertools
from datetime import date

import holidays
import numpy as np
import pandas as pd
import pytest

from metrics.paths import frequent_paths, rework_loops
from metrics.period import Period
from metrics.scope import Scope
from metrics.steps import step_times
from tests.conftest import WABO

ALL = Period(date(2010, 1, 1), date(2012, 12, 31))
SESSIONS = ((7.5, 11.5), (13.5, 17.5))
FIRST = pd.Timestamp("2010-01-01")


def office_minutes(times: pd.Series) -> np.ndarray:
    """Working minutes from the start of 2010 to each moment."""
    days = pd.date_range(FIRST, "2012-12-31")
    vietnam = holidays.country_holidays("VN", years=range(2009, 2014))
    works = np.array([(d.weekday() < 5 and d.date() not in vietnam) or d.date() in vietnam.weekend_workdays for d in days])
    before = np.concatenate([[0], np.cumsum(works) * 480])
    day = (times.dt.normalize() - FIRST).dt.days.to_numpy()
    hour = ((times - times.dt.normalize()).dt.total_seconds() / 3600).to_numpy()
    today = sum(np.clip(hour, start, end) - start for start, end in SESSIONS) * 60
    return before[day] + today * works[day]


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    """One row an event: step, section, its start (the event before it in its case, else the case's) and its end, local to Amsterdam."""
    log = pd.read_csv(WABO, dtype=str)

    def local(name: str) -> pd.Series:
        return pd.to_datetime(log[name], utc=True, format="ISO8601").dt.tz_convert("Europe/Amsterdam").dt.tz_localize(None)

    frame = pd.DataFrame(
        {
            "case": log["case:concept:name"],
            "step": log["concept:name"],
            "section": log["org:group"].fillna("Chưa xác định"),
            "end": local("time:timestamp").dt.floor("s"),
            "received": local("case:startdate").dt.floor("s"),
            "closed": local("case:enddate"),
        }
    )
    frame = frame.drop_duplicates(["case", "step", "end"]).sort_values(["case", "end"], kind="stable").reset_index(drop=True)
    frame["start"] = frame.groupby("case")["end"].shift().fillna(frame["received"])
    frame["start"] = frame[["start", "end"]].min(axis=1)
    frame["minutes"] = office_minutes(frame["end"]) - office_minutes(frame["start"])
    return frame


def test_times_per_step_and_section(wabo_db, events):
    found = step_times(wabo_db, ALL, Scope()).set_index(["step_name", "section"])
    expected = events.groupby(["step", "section"])["minutes"].agg(["size", "mean", "median"])
    assert set(found.index) == set(expected.index)
    expected = expected.reindex(found.index)
    assert found["steps"].tolist() == expected["size"].tolist()
    # whole minutes are kept, so a step may differ by one
    assert (found["mean_hours"] - expected["mean"] / 60).abs().max() <= 1 / 60
    assert (found["median_hours"] - expected["median"] / 60).abs().max() <= 1 / 60


def test_paths_and_loops(wabo_db, events):
    closed = events[events["closed"].notna()]
    walks = closed.groupby("case")["step"].agg(tuple)
    found = frequent_paths(wabo_db, ALL, Scope(), limit=5)
    counts = walks.value_counts()
    assert found["dossiers"].tolist() == counts.head(5).tolist()
    assert tuple(found["path"].iloc[0].split(" → ")) == counts.index[0]
    assert found["share"].iloc[0] == pytest.approx(counts.iloc[0] / len(walks))

    def returned(walk: tuple[str, ...], step: str) -> bool:
        places = [place for place, name in enumerate(walk) if name == step]
        return any(after - before > 1 for before, after in itertools.pairwise(places))

    loops = rework_loops(wabo_db, ALL, Scope()).set_index("step_name")
    expected = {step: sum(returned(walk, step) for walk in walks) for step in {name for walk in walks for name in walk}}
    assert loops["dossiers"].to_dict() == {step: count for step, count in expected.items() if count}
