"""The catalogue of indicators: none that the field names is missing, each is written down whole, compared and ranked."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import sqlglot

import settings
from metrics import glossary
from metrics.catalogue import BY_CODE, CATALOGUE, HEADLINES, indicators, monthly, sql_of
from metrics.complaints import COMPLAINT_SETS
from metrics.dossier_sets import SETS
from metrics.indicator import DIRECTIONS, UNITS
from metrics.legal_bases import in_force, legal_bases
from metrics.overview import moved_most, ranked
from metrics.period import Period
from metrics.scope import Scope
from metrics.targets import target_of
from tests.small_snapshot import small_snapshot
from ui.menu import GROUPS

MARCH = Period(date(2020, 3, 1), date(2020, 3, 31))
ALL = Scope()
PLAIN = dict(received="2020-03-02", due="2020-03-10", closed="2020-03-09")

# what the field names, and the code that measures it
NAMED_IN_THE_FIELD = {
    # time and progress
    "on time, done only": "on_time_share",
    "on time as the form prints it": "on_time_share_form",
    "early": "early_share",
    "late": "late_share",
    "on time by the first due date": "on_time_first_due_share",
    "rescheduled": "rescheduled_share",
    "rescheduled more than once": "rescheduled_more_than_once_share",
    "supplement asked": "supplement_share",
    "supplement asked more than once": "supplement_more_than_once_share",
    "paused": "paused_share",
    "refused": "refused_share",
    "withdrawn": "withdrawn_share",
    "stopped": "stopped_share",
    "notified on refusal": "refusal_notified_share",
    "notified on pause": "pause_notified_share",
    "notified on overdue": "overdue_notified_share",
    "notified on rescheduling": "rescheduling_notified_share",
    "apology letters": "apology_share",
    "acceptance lag against working hours": "acceptance_in_time_share",
    "acceptance lag": "acceptance_lag_median",
    "waiting for acceptance": "waiting_for_acceptance",
    "rejected": "rejected",
    "median processing time": "processing_time_median",
    "mean processing time (766 item 2.2)": "processing_time_mean",
    "90th percentile of processing time": "processing_time_p90",
    # form 06a
    **{
        name: name
        for name in (
            "received_total",
            "received_online",
            "received_direct_postal",
            "carried_over",
            "resolved_total",
            "early",
            "on_time",
            "late",
            "in_progress_total",
            "within_term",
            "overdue",
        )
    },
    # online services
    "share submitted online": "online_share",
    "share on the approved list": "listed_online_share",
    "procedures matching none": "not_in_catalogue",
    "procedures at level 3/4 with online dossiers": "online_procedures_used_share",
    "procedures at level 3/4": "online_procedures_share",
    "postal share": "postal_share",
    "online together with postal": "online_with_post_share",
    "online or postal": "online_postal_share",
    "results returned by post": "returned_by_post_share",
    "online payment": "online_payment_share",
    "level 3": "level_3_online_share",
    "level 4": "level_4_online_share",
    "levels 3 and 4": "level_3_4_online_share",
    # the scorecard
    **{
        f"item {item}": f"scorecard_{item.replace('.', '_')}"
        for item in (
            *("1.1", "1.2", "1.3", "1.4", "2.1", "3.1", "3.2", "3.3", "3.5", "3.5b", "3.6"),
            *("4.1", "4.2", "4.3", "4.4", "4.5a", "4.5b", "4.6", "5.1", "5.2", "5.3", "5.4"),
        )
    },
    "total": "scorecard_points",
    # complaints
    "complaints on time": "complaints_on_time_share",
    "complaints median": "complaints_median_days",
    "complaints 90th percentile": "complaints_p90_days",
    "backlog": "complaints_in_progress",
    "old backlog": "complaints_aged",
    "complaints overdue": "complaints_overdue",
    "published": "complaints_published_share",
    "published in time": "complaints_published_in_time_share",
    "satisfied": "complaints_satisfied_share",
    "reopened": "complaints_reopened_share",
    "refused in time": "complaints_refused_in_time_share",
    "supplement in time": "complaints_supplement_in_time_share",
    "conduct per 1,000 dossiers": "conduct_per_1000",
    "conduct": "complaints_conduct",
    "regulations": "complaints_regulation",
    # satisfaction
    **{f"survey {factor}": f"survey_{factor}" for factor in ["access", "procedure", "official", "result", "feedback", "overall"]},
    "responses": "survey_responses",
    "official index": "official_index",
    "official rank": "official_rank",
    # the six groups of solutions
    "postings": "measure_postings",
    "leaflets": "measure_leaflets",
    "SMS by hand": "measure_sms",
    "SMS notices": "notices_sms",
    "hotline": "complaints_hotline",
    "questions answered": "questions_answered",
    "facilities": "measure_facilities",
    "reviews": "measure_reviews",
    "decisions": "decisions_issued",
    "steps within norm": "steps_within_norm_share",
    "cases handled": "conduct_cases_handled",
    "attendance": "measure_attendance",
    "reminders": "reminders_noted",
    "actions done": "actions_done_share",
}


@pytest.mark.parametrize("code", NAMED_IN_THE_FIELD.values(), ids=NAMED_IN_THE_FIELD.keys())
def test_every_indicator_the_field_names_is_in_the_catalogue(code: str) -> None:
    assert code in BY_CODE


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.code)
def test_every_indicator_is_written_down_whole(one) -> None:
    topics = settings.read("legal_bases")["topics"]
    assert one.name and one.formula and one.legal_basis and set(one.legal_basis) <= set(topics)
    assert one.unit in UNITS and one.better in DIRECTIONS
    assert one.page in {entry.name for group in GROUPS.values() for entry in group}
    assert one.which is None or one.which in {"dossiers": SETS, "complaints": COMPLAINT_SETS}[one.family.lists]
    assert sqlglot.transpile(sql_of(one.code).split("\n;\n")[0], read="duckdb", write="spark")


def test_codes_and_names_are_distinct() -> None:
    assert len(BY_CODE) == len({one.name for one in CATALOGUE}) == len(CATALOGUE)


def test_the_glossary_page_is_current() -> None:
    page = Path(glossary.PAGE).read_text(encoding="utf-8")
    assert page == glossary.page(), "python -m metrics.glossary"
    assert set(re.findall(r"^- Mã: `(.+)`$", page, re.MULTILINE)) == set(BY_CODE)


def test_targets_name_known_indicators_and_follow_the_year() -> None:
    assert set(settings.read("targets")) <= set(BY_CODE)
    assert target_of("listed_online_share", MARCH) == 0.8
    assert target_of("received", MARCH) is None


def test_a_years_own_target_wins_and_december_after_the_14th_is_next_year(own_data_folder: Path) -> None:
    own = own_data_folder / "settings"
    own.mkdir(parents=True)
    (own / "targets.toml").write_text("[online_share]\n2021 = 0.7\n", encoding="utf-8")
    assert target_of("online_share", Period(date(2020, 12, 15), date(2021, 1, 14))) == 0.7
    assert target_of("online_share", MARCH) == 0.5


def test_empty_data_reads_nothing_and_never_zero() -> None:
    frame = indicators(small_snapshot(), MARCH, ALL)
    assert frame["code"].tolist() == list(BY_CODE)
    assert frame[["value", "previous", "year_to_date", "change"]].isna().all().all()
    assert frame["met"].isna().all()


def test_before_the_first_day_there_is_no_data() -> None:
    row = indicators(small_snapshot(dossier=[PLAIN]), MARCH, ALL, ["received"]).iloc[0]
    assert row["value"] == row["year_to_date"] == 1
    assert pd.isna(row["previous"]) and pd.isna(row["same_period_last_year"]) and pd.isna(row["change"])


def test_a_row_compares_with_its_target_and_its_neighbours() -> None:
    late = dict(due="2020-03-04")
    earlier = dict(received="2020-02-03", due="2020-02-10", closed="2020-02-07")
    db = small_snapshot(dossier=[{**PLAIN, **row} for row in ({}, late, earlier)])
    row = indicators(db, MARCH, ALL, ["on_time_share"]).iloc[0]
    assert (row["value"], row["numerator"], row["denominator"]) == (0.5, 1, 2)
    assert (row["target"], row["met"]) == (0.95, False)
    assert (row["previous"], row["change"], row["year_to_date"]) == (1.0, -0.5, pytest.approx(2 / 3))


def test_months_in_order_and_the_last_as_far_as_the_period() -> None:
    db = small_snapshot(dossier=[PLAIN, {**PLAIN, "closed": "2020-03-25"}, dict(received="2020-01-06", closed="2020-01-08")])
    series = monthly(db, ["on_time_share", "received"], Period(date(2020, 3, 1), date(2020, 3, 20)), ALL, months=4)
    share = series[series["code"] == "on_time_share"]
    assert share["month"].tolist() == ["2019-12", "2020-01", "2020-02", "2020-03"]
    assert share["denominator"].fillna(-1).tolist() == [-1, 1, 0, 1]
    assert share["value"].isna().tolist() == [True, False, True, False]


def test_units_that_moved_most_leave_small_ones_out() -> None:
    def rows(unit: str, month: int, late: int, count: int) -> list[dict]:
        day = f"2020-{month:02d}-"
        return [dict(unit=unit, received=f"{day}02", due=f"{day}{'05' if n < late else '20'}", closed=f"{day}10") for n in range(count)]

    db = small_snapshot(dossier=rows("A", 3, 6, 12) + rows("A", 2, 0, 12) + rows("B", 3, 0, 12) + rows("B", 2, 1, 12) + rows("C", 3, 3, 3))
    moved = moved_most(db, "on_time_share", MARCH, ALL)
    assert moved["group"].tolist() == ["A", "B"]
    assert moved["change"].tolist() == [pytest.approx(-0.5), pytest.approx(1 / 12)]
    assert moved["better"].tolist() == [False, True]
    assert ranked(db, "on_time_share", MARCH, ALL)["group"].tolist() == ["C", "A", "B"]


def test_legal_bases_are_those_in_force() -> None:
    in_2020 = [basis.title for basis in in_force(["one_stop"], Period(date(2020, 1, 1), date(2020, 12, 31)))]
    in_2026 = [basis.title for basis in in_force(["one_stop"], Period(date(2026, 1, 1), date(2026, 12, 31)))]
    assert any("61/2018" in title for title in in_2020) and not any("118/2025" in title for title in in_2020)
    assert any("118/2025" in title for title in in_2026) and not any("61/2018" in title for title in in_2026)
    assert all(basis.valid_from <= basis.valid_to for basis in legal_bases())


def test_headlines_are_few_enough_to_read() -> None:
    assert 6 <= len(HEADLINES) <= 12
