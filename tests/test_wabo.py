"""The WABO log through its profile, against pandas and numpy, which know nothing of the warehouse."""

from __future__ import annotations

from datetime import date

import holidays
import numpy as np
import pandas as pd
import pytest

from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import table
from tests.conftest import WABO
from warehouse.database import Database

SPANS = [(date(2011, 1, 1), date(2011, 3, 31)), (date(2010, 10, 1), date(2012, 1, 23)), (date(2011, 6, 15), date(2011, 7, 14))]
CHANNELS = {"Internet": "online", "e-mail": "online", "Post": "postal", "Desk": "direct", "Intern": "direct"}


@pytest.fixture(scope="module")
def cases() -> pd.DataFrame:
    """One row a case, its dates local to Amsterdam, working days counted with numpy over the Vietnamese calendar."""
    log = pd.read_csv(WABO, dtype=str).drop_duplicates("case:concept:name")
    local = {
        name: pd.to_datetime(log[f"case:{column}"], utc=True, format="ISO8601").dt.tz_convert("Europe/Amsterdam").dt.tz_localize(None)
        for name, column in {"received": "startdate", "due": "enddate_planned", "closed": "enddate"}.items()
    }
    frame = pd.DataFrame({name: times.dt.normalize() for name, times in local.items()})
    frame["channel"] = log["case:channel"].map(CHANNELS)
    frame["unit"] = log["case:group"].fillna("Chưa xác định")
    frame["field"] = log["case:department"]
    vietnam = holidays.country_holidays("VN", years=range(2009, 2014))
    days = pd.date_range("2010-01-01", "2012-12-31")
    works = [(d.weekday() < 5 and d.date() not in vietnam) or d.date() in vietnam.weekend_workdays for d in days]
    count = pd.Series(np.cumsum(works), index=days)
    frame["days"] = count.reindex(frame["closed"]).to_numpy() - count.reindex(frame["received"]).to_numpy()
    return frame


def expected_form(cases: pd.DataFrame, a: date, b: date) -> dict[str, int]:
    start, end = pd.Timestamp(a), pd.Timestamp(b)
    closed = cases["closed"].fillna(pd.Timestamp("2262-01-01").as_unit("us"))
    received = cases["received"].between(start, end)
    resolved = closed.between(start, end)
    carried = (cases["received"] < start) & (closed >= start)
    progress = (cases["received"] <= end) & (closed > end)
    return {
        "received_total": int(received.sum() + carried.sum()),
        "received_online": int((received & (cases["channel"] == "online")).sum()),
        "received_direct_postal": int((received & (cases["channel"] != "online")).sum()),
        "carried_over": int(carried.sum()),
        "resolved_total": int(resolved.sum()),
        "early": int((resolved & (closed < cases["due"])).sum()),
        "on_time": int((resolved & (closed == cases["due"])).sum()),
        "late": int((resolved & (closed > cases["due"])).sum()),
        "in_progress_total": int(progress.sum()),
        "within_term": int((progress & (cases["due"] >= end)).sum()),
        "overdue": int((progress & (cases["due"] < end)).sum()),
    }


@pytest.mark.parametrize(("a", "b"), SPANS)
@pytest.mark.parametrize("by", ["field", "unit", "channel"])
def test_form_06a(wabo_db: Database, cases: pd.DataFrame, a: date, b: date, by: str) -> None:
    rows, total = table(wabo_db, "form_06a", Period(a, b), Scope(as_of=b), by=by)
    assert total == expected_form(cases, a, b)
    for row in rows.to_dict("records"):
        assert {k: v for k, v in row.items() if k != "group"} == expected_form(cases[cases[by] == row["group"]], a, b)


@pytest.mark.parametrize(("a", "b"), SPANS)
def test_processing_time(wabo_db: Database, cases: pd.DataFrame, a: date, b: date) -> None:
    _, total = table(wabo_db, "processing_time", Period(a, b), Scope())
    closed = cases[cases["closed"].between(pd.Timestamp(a), pd.Timestamp(b))]
    assert total == {
        "closed": len(closed),
        "mean": pytest.approx(closed["days"].mean()),
        "median": pytest.approx(closed["days"].quantile(0.5)),
        "p90": pytest.approx(closed["days"].quantile(0.9)),
        "on_time_share": pytest.approx((closed["closed"] <= closed["due"]).mean()),
    }


@pytest.mark.parametrize(("a", "b"), SPANS)
def test_online_share(wabo_db: Database, cases: pd.DataFrame, a: date, b: date) -> None:
    _, total = table(wabo_db, "online_share", Period(a, b), Scope())
    received = cases[cases["received"].between(pd.Timestamp(a), pd.Timestamp(b))]
    counts = received["channel"].value_counts()
    assert (total["received"], total["online"], total["direct"], total["postal"]) == (
        len(received),
        counts.get("online", 0),
        counts.get("direct", 0),
        counts.get("postal", 0),
    )
    assert total["online_share"] == pytest.approx(counts.get("online", 0) / len(received))
    assert total["listed_received"] == 0
    assert total["listed_online_share"] is None  # no catalogue was imported: nothing is listed, and nothing is not 0%


def test_there_are_no_complaints_in_it(wabo_db: Database) -> None:
    _, total = table(wabo_db, "complaints", Period(*SPANS[0]), Scope())
    assert total["received"] == 0
    assert total["on_time_share"] is None


def test_each_event_is_a_step(wabo_db: Database) -> None:
    log = pd.read_csv(WABO, dtype=str)
    steps = wabo_db.frame("select step_name, count(*) as n from step group by step_name").set_index("step_name")["n"]
    assert steps.to_dict() == log["concept:name"].value_counts().to_dict()
