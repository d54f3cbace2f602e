"""What an import does to the rows: conserved, repeatable, undoable, rebuilt alike."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import WABO
from tests.small_import import csv_file, dossier, import_file, import_rows
from warehouse.import_plan import check, plan
from warehouse.importing import RefusedEdit, history, rebuild, run, submit, undo
from warehouse.mapping import read_profile
from warehouse.snapshots import open_published, published_name

ROW = {"code": "A", "received": "02/03/2020", "due": "10/03/2020", "status": "4", "finished": ""}


def everything(root: Path) -> dict[str, pd.DataFrame]:
    """Every fact table of the published snapshot, whole and in its own order, without what names the snapshot."""
    db = open_published(root)
    tables = db.frame("select table_name from information_schema.tables where table_schema = 'main' order by 1")["table_name"]
    return {name: db.frame(f"select * from {name}") for name in tables if name not in ("snapshot_info", "import_log")}


def assert_same(left: dict[str, pd.DataFrame], right: dict[str, pd.DataFrame]) -> None:
    assert left.keys() == right.keys()
    for name, rows in left.items():
        pd.testing.assert_frame_equal(rows, right[name], obj=name)


def test_each_row_of_a_file_has_one_fate(tmp_path: Path) -> None:
    import_rows(tmp_path, ROW, {**ROW, "code": "B"})
    summary = import_rows(
        tmp_path,
        ROW,  # unchanged
        {**ROW, "code": "B", "status": "9", "finished": "09/03/2020"},  # updated
        {**ROW, "code": "C"},  # added
        {**ROW, "code": "C"},  # duplicate
        {**ROW, "code": "C", "due": "11/03/2020"},  # updated
        {**ROW, "code": "D", "status": "?"},  # refused
    )[0]
    numbers = asdict(summary)
    assert {k: numbers[k] for k in ("rows_read", "added", "updated", "unchanged", "duplicate", "refused")} == {
        "rows_read": 6,
        "added": 1,
        "updated": 2,
        "unchanged": 1,
        "duplicate": 1,
        "refused": 1,
    }


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    profile = read_profile("wabo")
    run(tmp_path, plan([(WABO.name, WABO)], profile=profile), "test")
    before = everything(tmp_path)
    again = run(tmp_path, plan([(WABO.name, WABO)], profile=profile), "test")
    assert [(s.kind, s.added, s.updated, s.refused) for s in again] == [("dossiers", 0, 0, 0), ("steps", 0, 0, 0)]
    assert_same(before, everything(tmp_path))


def test_an_event_log_counts_its_repeated_dossiers_as_duplicates(tmp_path: Path) -> None:
    summaries = {s.kind: s for s in run(tmp_path, plan([(WABO.name, WABO)], profile=read_profile("wabo")), "test")}
    assert (summaries["dossiers"].rows_read, summaries["dossiers"].added, summaries["dossiers"].duplicate) == (8577, 1434, 7143)
    assert (summaries["steps"].rows_read, summaries["steps"].added) == (8577, 8577)


def test_a_column_the_later_file_lacks_keeps_its_value(tmp_path: Path) -> None:
    import_rows(tmp_path, {**ROW, "unit": "Phòng A"})
    import_rows(tmp_path, {"code": "A", "status": "9", "finished": "09/03/2020"})
    stored = dossier(tmp_path)
    assert (stored["received_on"], stored["due_on"], stored["closed_on"]) == ("2020-03-02", "2020-03-10", "2020-03-09")


def test_an_empty_cell_of_the_later_file_wins(tmp_path: Path) -> None:
    import_rows(tmp_path, {**ROW, "status": "9", "finished": "09/03/2020"})
    import_rows(tmp_path, ROW)
    assert dossier(tmp_path)["closed_on"] is None


def test_undo_and_rebuild_give_identical_tables(tmp_path: Path) -> None:
    run(tmp_path, plan([(WABO.name, WABO)], profile=read_profile("wabo")), "test")
    before = everything(tmp_path)
    import_rows(tmp_path, ROW)
    import_rows(tmp_path, {**ROW, "due": "12/03/2020"})
    both = everything(tmp_path)
    rebuild(tmp_path)
    assert_same(both, everything(tmp_path))
    undo(tmp_path, "000003", "test")
    undo(tmp_path, "000002", "test")
    assert_same(before, everything(tmp_path))
    assert [row["undone"] for row in history(tmp_path) if row["batch"] in ("000001", "000002", "000003")] == [True, True, False]


def test_undoing_twice_is_refused_with_a_sentence(tmp_path: Path) -> None:
    import_rows(tmp_path, ROW)
    undo(tmp_path, "000001", "test")
    with pytest.raises(ValueError, match="Không có lượt nhập 000001"):
        undo(tmp_path, "000001", "test")


def test_a_status_word_added_to_the_settings_lets_its_rows_in(tmp_path: Path, own_data_folder: Path) -> None:
    assert import_rows(tmp_path, {**ROW, "status": "Đang bay"})[0].refused == 1
    (own_data_folder / "settings").mkdir(parents=True)
    (own_data_folder / "settings" / "code_words.toml").write_text('[status]\n4 = ["4", "đang bay"]\n', encoding="utf-8")
    rebuild(tmp_path)
    assert dossier(tmp_path)["outcome"] == "open"


def test_steps_imported_in_the_same_file_may_close_a_dossier_later_ones_too(tmp_path: Path) -> None:
    import_rows(tmp_path, {"code": "A", "step": "Kết thúc", "started": "05/03/2020", "status": "9"}, kind="steps")
    summary = import_rows(tmp_path, {"code": "A", "received": "02/03/2020", "status": "Đã trả kết quả"})[0]
    assert (summary.added, dossier(tmp_path)["closed_on"]) == (1, "2020-03-05")


def test_refused_rows_come_back_under_the_files_own_headers_and_nothing_else(tmp_path: Path) -> None:
    content = csv_file([{**ROW, "code": "=1+1", "status": "?", "Họ tên người nộp": "Nguyễn Văn Kín", "Trích yếu": "bí mật"}])
    summary = import_file(tmp_path, "x.csv", content)[0]
    rows = list(csv.reader(Path(summary.refused_file or "").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["Trang tính", "Dòng", "Lý do", "Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái", "Ngày kết thúc"]
    assert rows[1][1:5] == ["2", "Trạng thái không có trong bảng từ của phần cài đặt", "'=1+1", "02/03/2020"]
    assert len(rows) == 2


def test_a_plan_stores_nothing_and_says_what_an_import_would_do(tmp_path: Path) -> None:
    import_rows(tmp_path, ROW)
    before = published_name(tmp_path)
    planned = plan([("x.csv", csv_file([ROW, {**ROW, "code": "B", "received": "?"}]))])[0]
    trial = check(tmp_path, planned)[0]
    assert (trial.folded.unchanged, trial.folded.refused) == (1, 1)
    assert list(trial.refused["reason"]) == ["Thiếu hoặc không đọc được ngày tiếp nhận"]
    assert (published_name(tmp_path), len(history(tmp_path))) == (before, 1)


def test_an_edit_is_a_batch_like_any_other(tmp_path: Path) -> None:
    import_rows(tmp_path, ROW)
    (summary,) = submit(tmp_path, {"late_reasons": [{"dossier_code": "A", "late_reason": "tax"}]}, "chị Lan")
    assert (summary.added, dossier(tmp_path)["late_reason"]) == (1, "tax")
    assert history(tmp_path)[0]["imported_by"] == "chị Lan"
    undo(tmp_path, summary.batch, "chị Lan")
    assert dossier(tmp_path)["late_reason"] is None


ACTION = {"action_code": "GP5-01", "solution_group": "5", "title": "Kiểm tra hồ sơ quá hạn", "status": "planned"}
CONCLUSION = {"conclusion_code": "KL-1", "meeting_on": "2020-03-02", "text": "Kiểm tra hồ sơ quá hạn", "action_code": "GP5-01"}


def test_an_edit_of_two_tables_is_one_batch_and_one_undo(tmp_path: Path) -> None:
    import_rows(tmp_path, ROW)
    before = everything(tmp_path)
    summaries = submit(tmp_path, {"actions": [ACTION], "conclusions": [CONCLUSION]}, "chị Lan")
    assert [(summary.kind, summary.batch, summary.added) for summary in summaries] == [
        ("actions", "000002", 1),
        ("conclusions", "000002", 1),
    ]
    undo(tmp_path, "000002", "chị Lan")
    assert_same(before, everything(tmp_path))


def test_an_edit_with_a_value_that_cannot_be_stored_leaves_nothing(tmp_path: Path) -> None:
    import_rows(tmp_path, ROW)
    before, published = everything(tmp_path), published_name(tmp_path)
    with pytest.raises(RefusedEdit, match="giá trị không hợp lệ"):
        submit(tmp_path, {"actions": [ACTION], "conclusions": [{**CONCLUSION, "conclusion_code": None}]}, "chị Lan")
    assert (published_name(tmp_path), len(history(tmp_path))) == (published, 1)
    assert sorted(folder.name for folder in (tmp_path / "archive").iterdir()) == ["000001"]
    assert_same(before, everything(tmp_path))


def test_the_archive_holds_the_sources_own_words(tmp_path: Path) -> None:
    import_rows(tmp_path, {**ROW, "channel": "  Trực  tuyến "})
    described = json.loads((tmp_path / "archive" / "000001" / "batch.json").read_text(encoding="utf-8"))
    rows = pd.read_parquet(tmp_path / "archive" / "000001" / described["parts"][0]["rows_file"])
    assert rows.loc[0, ["channel", "received_at", "status"]].tolist() == ["Trực  tuyến", "02/03/2020", "4"]


rows_of_a_file = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.sampled_from(["A", "B", "C", ""]),
            "received": st.sampled_from(["02/03/2020", "2020-03-03", "20200304", "31/02/2020", ""]),
            "due": st.sampled_from(["10/03/2020", "", "x"]),
            "status": st.sampled_from(["4", "9", "Đã trả kết quả", "rút hồ sơ", "?", ""]),
            "finished": st.sampled_from(["", "09/03/2020", "01/03/2020"]),
        }
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(rows_of_a_file, min_size=1, max_size=3))
def test_rows_are_conserved_and_rebuilding_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[dict[str, str]]]
) -> None:
    root = tmp_path_factory.mktemp("conserved")
    for rows in files:
        s = import_rows(root, *rows)[0]
        lines = sum(any(row.values()) for row in rows)  # an empty line is no row
        assert s.rows_read == lines == s.added + s.updated + s.unchanged + s.duplicate + s.refused
    before = everything(root)
    rebuild(root)
    assert_same(before, everything(root))
