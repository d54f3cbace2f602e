"""The simulated years, before any file is written: the shares the 2020 report tells of, and what can happen to a dossier."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sample_data.catalogue import procedures, units
from sample_data.catalogue import settings as tables
from sample_data.process import NEVER
from sample_data.state import state
from sample_data.working_time import number_of
from sample_data.world import World, world
from sample_data.write_dvcqg import write_dvcqg


@pytest.fixture(scope="module")
def office() -> World:
    return world(2020, 24000)


@pytest.fixture(scope="module")
def received(office: World) -> pd.DataFrame:
    """Dossiers accepted by the end of 2020, with year, own unit and lateness against the newest due date."""
    lives = office.lives
    shown = state(lives, tables("behaviour")["until"])
    late = shown["finished_at"].dt.normalize() > shown["newest_due_at"].dt.normalize()
    own = units()["own"].to_numpy()[lives["unit"]] == "có"
    frame = lives.assign(late=late, own=own, closed=shown["finished_at"], year=lives["received_at"].dt.year)
    return frame[shown["received_at"].notna()]


def test_as_many_dossiers_as_promised(office: World) -> None:
    assert len(office.lives) == office.lives["dossier_code"].nunique() == 24000


@pytest.mark.parametrize("whole_sector", [False, True])
def test_in_2020_the_listed_online_share_is_above_80_percent_and_the_overall_below(received: pd.DataFrame, whole_sector: bool) -> None:
    counted = received[received["own"] | whole_sector]
    online = counted["channel"] == 2
    overall = online.groupby(counted["year"]).mean()
    listed = online[counted["listed"]].groupby(counted["year"]).mean()
    assert listed[2020] > 0.80 > overall[2020] > listed[2019] > overall[2019]


def test_the_listed_online_share_rises_from_quarter_to_quarter(received: pd.DataFrame) -> None:
    listed = received[received["listed"] & (received["year"] > 2018) & (received["year"] < 2021)]
    quarters = (listed["channel"] == 2).groupby(listed["received_at"].dt.to_period("Q")).mean()
    assert quarters.iloc[-1] - quarters.iloc[0] > 0.4
    assert quarters.diff().iloc[1:].min() > -0.02


def test_on_time_share_lies_between_90_and_97_percent_and_dips_after_tet_and_in_the_distancing_weeks(received: pd.DataFrame) -> None:
    done = received[(received["outcome"] == "done") & received["closed"].notna()]
    on_time = 1 - done["late"].groupby(done["closed"].dt.year).mean()
    months = 1 - done["late"].groupby(done["closed"].dt.strftime("%Y-%m")).mean()
    assert on_time.loc[[2019, 2020]].between(0.90, 0.97).all()
    assert months["2019-03"] < months["2019-06"]
    assert months["2020-03"] < months["2019-12"]
    assert months["2020-04"] < months["2020-07"] - 0.05


def test_own_units_differ_visibly(received: pd.DataFrame) -> None:
    done = received[(received["outcome"] == "done") & received["closed"].notna() & received["own"]]
    by_unit = 1 - done.groupby("unit_name")["late"].mean()
    assert by_unit["Chi nhánh Văn phòng Đăng ký đất đai tại Diên Khánh"] > 0.96
    assert by_unit["Chi nhánh Văn phòng Đăng ký đất đai tại Cam Lâm"] < 0.91


def test_every_event_of_a_life_happens(received: pd.DataFrame) -> None:
    assert set(received["outcome"]) == {"done", "refused", "withdrawn", "stopped"}
    for pause in ("supplement_1", "supplement_2", "finance"):
        assert (received[pause] > 0).sum() > 50, pause
    assert (received["rescheduled_1"] < NEVER).sum() > 200
    assert (received["rescheduled_2"] < NEVER).sum() > 10
    assert (received["over"] > 20).sum() > 50  # the long tail, in working days


def test_times_of_a_life_stand_in_order(office: World) -> None:
    lives, steps = office.lives, office.steps
    assert (lives["submitted_at"] <= lives["received_at"]).all()
    assert (lives["received_at"] <= lives["closed_at"])[lives["outcome"] != "rejected"].all()
    assert (lives["closed_at"] <= lives["returned_at"]).all()
    assert (steps["started_at"] <= steps["finished_at"]).all()
    issued = steps[steps["status"] == 9].set_index("dossier")["finished_at"]
    assert (lives["closed_at"].loc[issued.index] == issued).all()


def test_a_pause_in_the_steps_lasts_as_long_as_in_the_life(office: World) -> None:
    lives = office.lives[(office.lives["supplement_1"] > 0) & (office.lives["outcome"] != "stopped")]
    days = number_of(lives["supplement_1_answered"]) - number_of(lives["supplement_1_asked"])
    assert np.array_equal(days, lives["supplement_1"])
    asked = office.steps[office.steps["status"] == 5].groupby("dossier")["started_at"].first()
    assert (asked.loc[lives.index] == lives["supplement_1_asked"]).all()


def test_units_are_those_of_khanh_hoa_in_2020() -> None:
    frame = units()
    today = frame[frame["valid_to"] == ""]
    assert today["tier"].value_counts().to_dict() == {"xã": 139, "huyện": 9, "văn phòng đăng ký đất đai": 9, "sở": 4}
    merged = frame[frame["valid_to"] != ""]
    assert set(merged["successor_name"]) == {"UBND xã Bình Lộc"}
    assert set(merged["unit_name"]) == {"UBND xã Diên Bình", "UBND xã Diên Lộc"}


def test_procedures_cover_the_seven_fields_and_have_distinct_codes() -> None:
    assert procedures()["procedure_code"].is_unique
    assert procedures()["procedure_code"].str.fullmatch(r"[12]\.00\d{4}\.000\.00\.00\.H32").all()
    assert procedures()["field_name"].nunique() == 7


def test_each_answered_request_moves_the_due_date_from_the_one_before(tmp_path: Path, office: World) -> None:
    layout = tables("exports")["dossiers"][-1]
    write_dvcqg(tmp_path / "all.jsonl", office, layout)
    records = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    lists = [record["hoSo"].get("DanhSachHoSoBoSung", []) for record in records]
    twice = [asked for asked in lists if len(asked) == 2 and "NgayHenTraMoi" in asked[1]]
    assert len(twice) > 5
    assert all(first["NgayHenTraMoi"] == second["NgayHenTraTruoc"] < second["NgayHenTraMoi"] for first, second in twice)


def test_some_dossiers_are_rescheduled_between_two_exports(office: World) -> None:
    before, after = (state(office.lives, layout["at"]) for layout in tables("exports")["dossiers"] if layout["writer"] == "dvcqg")
    both = before["newest_due_at"].notna() & after["newest_due_at"].notna()
    assert (before["newest_due_at"] != after["newest_due_at"])[both].sum() > 20
