"""The terminal contract: what each command prints and with which exit code it ends."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from manage import main
from tests.conftest import WABO
from tests.small_import import csv_file
from warehouse.period_locks import pinned_snapshots
from warehouse.report_log import reports_made

ROOT = Path(__file__).parent.parent
SPAN = ["--from", "2011-01-01", "--to", "2011-03-31"]
COLUMNS = {
    "form_06a": "received_total received_online received_direct_postal carried_over resolved_total early on_time late "
    "in_progress_total within_term overdue",
    "processing_time": "closed mean median p90 on_time_share",
    "online_share": "received online direct postal online_share listed_received listed_online listed_online_share",
    "complaints": "received resolved on_time late in_progress overdue on_time_share median_days published satisfied_share",
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(list(arguments))
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture
def wabo_data(own_data_folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(capsys, "import", "--profile", "wabo", str(WABO), "--json")[0] == 0
    return own_data_folder


def test_import_gives_one_entry_a_file_and_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--data", str(tmp_path / "other"), "import", "--profile", "wabo", str(WABO), "--json")
    entries: list[dict[str, Any]] = json.loads(out)
    assert code == 0
    assert [(entry["file"], entry["kind"]) for entry in entries] == [(WABO.name, "dossiers"), (WABO.name, "steps")]
    assert list(entries[0]) == [
        "file",
        "kind",
        "batch",
        "rows_read",
        "added",
        "updated",
        "unchanged",
        "duplicate",
        "refused",
        "refused_file",
        "warnings",
    ]
    assert (entries[0]["rows_read"], entries[0]["refused"], entries[0]["refused_file"]) == (8577, 0, None)
    assert (tmp_path / "other" / "CURRENT").exists()


def test_an_unreadable_file_does_not_keep_the_others_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "tot.csv", tmp_path / "hong.xlsx"
    good.write_bytes(csv_file([{"code": "A", "received": "02/03/2020"}]))
    bad.write_bytes(b"PK\x03\x04 not a workbook")
    code, out, err = run(capsys, "import", str(bad), str(good), "--json")
    assert code == 1
    assert [entry["file"] for entry in json.loads(out)] == ["tot.csv"]
    assert "hong.xlsx" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("by", ["field", "unit", "procedure", "channel", "month"])
def test_a_table_has_its_columns_in_rows_and_total(wabo_data: Path, capsys: pytest.CaptureFixture[str], name: str, by: str) -> None:
    code, out, _ = run(capsys, "table", name, *SPAN, "--by", by, "--json")
    answer = json.loads(out)
    assert code == 0
    assert list(answer["total"]) == COLUMNS[name].split()
    assert all(list(row) == ["group", *COLUMNS[name].split()] for row in answer["rows"])
    if name == "form_06a":
        assert answer["rows"]


def test_filters_add_up(wabo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def received(*filters: str) -> int:
        return json.loads(run(capsys, "table", "form_06a", *SPAN, *filters, "--json")[1])["total"]["received_total"]

    by_channel = [received("--channel", channel) for channel in ("direct", "online", "postal")]
    assert sum(by_channel) == received()
    assert received("--channel", "direct", "--channel", "postal") == by_channel[0] + by_channel[2]
    fields = ("General", "Experts", "Customer contact")
    assert received(*(part for field in fields for part in ("--field", field))) == received()


def test_months_may_be_cut_by_decree_09(wabo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(
        capsys, "table", "form_06a", "--from", "2010-12-15", "--to", "2011-02-14", "--by", "month", "--periods", "decree09", "--json"
    )
    assert [row["group"] for row in json.loads(out)["rows"]] == ["2011-01", "2011-02"]


def test_csv_ends_with_the_total(wabo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run(capsys, "table", "form_06a", *SPAN, "--by", "field", "--csv")[1])))
    assert rows[-1]["group"] == "total"
    assert sum(int(row["received_total"]) for row in rows[:-1]) == int(rows[-1]["received_total"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["table", "form_07", *SPAN],
        ["table", "form_06a", "--from", "01/01/2011", "--to", "2011-03-31"],
        ["table", "form_06a", "--from", "2011-03-31", "--to", "2011-01-01"],
        ["table", "form_06a", *SPAN, "--channel", "bồ câu"],
        ["import"],
        ["import", "x.csv", "--kind", "không có"],
        [],
    ],
)
def test_wrong_usage_ends_with_2(wabo_data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(capsys, *arguments)[0] == 2


def test_undo_rebuild_and_lists(wabo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "rebuild")[0] == 0
    assert run(capsys, "undo", "000001")[0] == 0
    assert run(capsys, "undo", "000001")[0] == 1
    imports = json.loads(run(capsys, "imports", "--json")[1])
    assert [(row["batch"], row["undone"]) for row in imports] == [("000002", False), ("000001", True)]
    snapshots = json.loads(run(capsys, "snapshots", "--json")[1])
    assert [row["published"] for row in snapshots] == [False, False, True]
    assert snapshots[-1]["dossiers"] == 0


def test_nothing_imported_is_one_vietnamese_line(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "table", "form_06a", *SPAN)
    assert (code, out) == (1, "")
    assert err.startswith("Chưa có bản dữ liệu nào đọc được.")


def test_indicators_carry_target_and_comparisons(wabo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(run(capsys, "indicators", *SPAN, "--json")[1])
    wanted = [
        "code",
        "name",
        "value",
        "numerator",
        "denominator",
        "unit",
        "target",
        "met",
        "previous",
        "same_period_last_year",
        "year_to_date",
        "change",
    ]
    assert listed
    assert all(set(wanted) <= set(row) for row in listed)


def test_the_named_data_folders_own_kinds_count(tmp_path: Path) -> None:
    own = tmp_path / "other" / "settings" / "kinds"
    own.mkdir(parents=True)
    (own / "dossiers.toml").write_text('[columns.dossier_code]\nheader = "Số biên nhận"\n', encoding="utf-8")
    (tmp_path / "thieu.csv").write_bytes("Ngày tiếp nhận;Hẹn trả\n02/03/2020;09/03/2020\n".encode())
    line = [sys.executable, str(ROOT / "manage.py"), "--data", "other", "import", "thieu.csv", "--kind", "dossiers"]
    ended = subprocess.run(line, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, "chưa ghép được cột Số biên nhận" in ended.stderr) == (1, True), ended.stderr


def test_a_template_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mau.xlsx"
    assert run(capsys, "template", "dossiers", str(file))[0] == 0
    assert file.read_bytes().startswith(b"PK")


def test_a_report_is_written_listed_and_pins_its_snapshot(wabo_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bieu-06a.xlsx"
    assert run(capsys, "report", "form_06a", *SPAN, "--out", str(file))[0] == 0
    assert file.read_bytes().startswith(b"PK")
    assert [report["report"] for report in reports_made(wabo_data)] == ["form_06a"]
    assert pinned_snapshots(wabo_data) == {report["snapshot"] for report in reports_made(wabo_data)}


def test_a_reminder_needs_its_addressee(wabo_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "report", "reminder", *SPAN, "--out", str(tmp_path / "x.docx"))
    assert (code, err.strip()) == (1, "Công văn đôn đốc cần tên phòng ban hoặc đơn vị nhận.")
    assert run(capsys, "report", "reminder", *SPAN, "--unit", "Group 1", "--out", str(tmp_path / "x.docx"))[0] == 0
