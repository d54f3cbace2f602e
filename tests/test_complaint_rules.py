"""How a complaint's dates and words become a term, an answer time and a state."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import table
from tests.small_import import import_rows
from warehouse.snapshots import open_published

MARCH = Period(date(2020, 3, 1), date(2020, 3, 31))


def complaint(code: str = "P1", **more: str) -> dict[str, str]:
    return {"Mã phản ánh": code, "Ngày gửi": "02/03/2020", "Ngày trả lời": "", **more}


def stored(root: Path) -> dict[str, Any]:
    return open_published(root).frame("select * from complaint").to_dict("records")[0]


def totals(root: Path) -> dict[str, Any]:
    return table(open_published(root), "complaints", MARCH, Scope(as_of=MARCH.end))[1]


def test_the_term_runs_from_the_last_forwarding(tmp_path: Path) -> None:
    import_rows(tmp_path, complaint(**{"Ngày chuyển": "04/03/2020", "Ngày trả lời": "11/03/2020"}))
    assert stored(tmp_path)["answer_days"] == 5
    assert stored(tmp_path)["due_on"].date() == date(2020, 3, 25)  # 15 working days after 04/03


def test_the_records_own_due_date_wins(tmp_path: Path) -> None:
    import_rows(tmp_path, complaint(**{"Hạn trả lời": "05/03/2020", "Ngày trả lời": "06/03/2020"}))
    assert (totals(tmp_path)["resolved"], totals(tmp_path)["late"]) == (1, 1)


def test_a_channel_may_have_its_own_term(tmp_path: Path, own_data_folder: Path) -> None:
    (own_data_folder / "settings").mkdir(parents=True)
    (own_data_folder / "settings" / "rules.toml").write_text("[complaint_terms.answer_by_channel]\nhotline = 3\n", encoding="utf-8")
    import_rows(tmp_path, complaint(**{"Kênh tiếp nhận": "Đường dây nóng"}))
    assert stored(tmp_path)["due_on"].date() == date(2020, 3, 5)


def test_a_refused_complaint_stands_apart_also_when_only_its_status_says_so(tmp_path: Path) -> None:
    import_rows(tmp_path, complaint(**{"Trạng thái": "Từ chối"}), complaint("P2", **{"Trạng thái": "Đang xử lý"}))
    assert (totals(tmp_path)["received"], totals(tmp_path)["in_progress"]) == (1, 1)


def test_answered_before_it_was_sent_is_refused_and_answered_without_a_date_is_a_warning(tmp_path: Path) -> None:
    summary = import_rows(
        tmp_path, complaint(**{"Ngày trả lời": "01/03/2020", "Trạng thái": ""}), complaint("P2", **{"Trạng thái": "Đã trả lời"})
    )[0]
    assert (summary.refused, summary.warnings) == (1, 1)
