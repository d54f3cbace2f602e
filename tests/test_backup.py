"""One file holds everything; bringing it back replaces nothing before it is checked, and readers go on reading."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.writers import rows_file
from warehouse import audit, ledger, report_log, restoring
from warehouse.backup import backup, restore
from warehouse.import_plan import plan
from warehouse.importing import run
from warehouse.integrity import check_warehouse
from warehouse.period_locks import lock_period, locked_snapshot
from warehouse.snapshots import open_published, open_snapshot, published_name, snapshot_file

START, END = date(2020, 3, 1), date(2020, 3, 31)


def import_rows(root: Path, code: str) -> None:
    run(root, plan([("ho-so.csv", rows_file(code, 1))]), "test")


def codes(root: Path) -> list[str]:
    return open_published(root).frame("select dossier_code from dossier order by 1")["dossier_code"].tolist()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A warehouse with one import, its period locked, a report made, an event in the audit log, a setting of its own."""
    root = tmp_path / "root"
    import_rows(root, "A")
    name = published_name(root) or ""
    lock_period(root, START, END, name, "test")
    made_at = datetime(2020, 4, 1, 8)
    report_log.record(root, name="form_06a", start=START, end=END, snapshot=name, who="test", made_at=made_at, content=b"report")
    audit.record(root, "import", "test", "ho-so.csv", "terminal")
    (root / "settings").mkdir()
    (root / "settings" / "department.toml").write_text('name = "Sở A"\n')
    return root


def test_a_new_machine_gets_everything(root: Path, tmp_path: Path) -> None:
    import_rows(root, "B")
    backup(root, tmp_path / "b.zip")
    new = tmp_path / "new"
    assert restore(new, tmp_path / "b.zip") == published_name(new)
    assert codes(new) == ["A-0", "B-0"]
    pinned = locked_snapshot(new, START, END)
    assert pinned and open_snapshot(new, pinned).frame("select dossier_code from dossier")["dossier_code"].tolist() == ["A-0"]
    assert report_log.reports_made(new) == report_log.reports_made(root)
    assert (new / "settings" / "department.toml").read_text() == 'name = "Sở A"\n'
    assert [path.read_bytes() for path in (new / "audit").iterdir()] == [path.read_bytes() for path in (root / "audit").iterdir()]
    assert check_warehouse(new) == []
    import_rows(new, "C")
    assert codes(new) == ["A-0", "B-0", "C-0"]
    assert check_warehouse(new) == []


def test_restoring_goes_back_and_keeps_what_it_replaces(root: Path, tmp_path: Path) -> None:
    backup(root, tmp_path / "b.zip")
    import_rows(root, "B")
    reader = open_published(root)
    audit.record(root, "export", "test", "later", "terminal")
    name = restore(root, tmp_path / "b.zip")
    assert codes(root) == ["A-0"]
    assert len(reader.frame("select * from dossier")) == 2  # who was reading the newer data reads on
    assert sorted(path.name for path in (root / f"replaced-{name}" / "archive").iterdir()) == ["000001", "000002"]
    assert "later" in next((root / "audit").iterdir()).read_text()  # the audit log never loses a line
    assert check_warehouse(root) == []
    restore(root, tmp_path / "b.zip")
    assert check_warehouse(root) == []


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9, 0.999])
def test_a_damaged_backup_changes_nothing(root: Path, tmp_path: Path, place: float) -> None:
    file = tmp_path / "b.zip"
    backup(root, file)
    damaged = bytearray(file.read_bytes())
    damaged[int(len(damaged) * place)] ^= 0xFF
    file.write_bytes(damaged)
    assert_refused(root, file)


def test_a_cut_backup_changes_nothing(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    backup(root, file)
    file.write_bytes(file.read_bytes()[:-100])
    assert_refused(root, file)


@pytest.mark.parametrize("member", ["../evil", "/etc/evil", "archive/000001/../../evil", "settings/../../evil.toml", "evil.py", "CURRENT"])
def test_a_forged_backup_writes_nowhere_else(root: Path, tmp_path: Path, member: str) -> None:
    file = tmp_path / "b.zip"
    with zipfile.ZipFile(file, "w") as forged:
        forged.writestr(member, "x")
        forged.writestr("manifest.json", json.dumps({"snapshot": "000001-20200101T000000", "files": {member: "0"}}))
    assert_refused(root, file)
    assert not list(tmp_path.rglob("evil*"))


def assert_refused(root: Path, file: Path) -> None:
    with pytest.raises(ValueError, match="không phải bản sao lưu hoặc đã bị hỏng"):
        restore(root, file)
    assert codes(root) == ["A-0"]
    assert not list(root.glob(".restoring-*"))
    assert check_warehouse(root) == []


@pytest.mark.parametrize("step", ["_complete_log", "_bring_snapshots", "_swap", "publish"])
def test_a_restore_killed_half_way_is_finished_by_the_next_writer(
    root: Path, tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(root, tmp_path / "b.zip")
    import_rows(root, "B")

    class PowerCut(BaseException):
        pass

    def cut(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(restoring.snapshots if step == "publish" else restoring, step, cut)
        with pytest.raises(PowerCut):
            restore(root, tmp_path / "b.zip")
    assert codes(root) in (["A-0"], ["A-0", "B-0"])
    import_rows(root, "C")
    assert codes(root) == ["A-0", "C-0"]
    assert check_warehouse(root) == []


def test_a_damaged_pinned_snapshot_comes_back(root: Path, tmp_path: Path) -> None:
    import_rows(root, "B")
    backup(root, tmp_path / "b.zip")
    pinned = locked_snapshot(root, START, END) or ""
    snapshot_file(root, pinned).write_bytes(b"")
    assert check_warehouse(root) != []
    restore(root, tmp_path / "b.zip")
    assert check_warehouse(root) == []


def test_a_line_cut_short_in_a_log_costs_only_itself(root: Path) -> None:
    file = root / "period_locks.jsonl"
    with file.open("a") as log:
        log.write('{"start": "2020-0')
    name = published_name(root) or ""
    assert locked_snapshot(root, START, END) == name
    lock_period(root, date(2020, 4, 1), date(2020, 4, 30), name, "test")
    assert locked_snapshot(root, date(2020, 4, 1), date(2020, 4, 30)) == name
    assert len(ledger.read(file)) == 2
    import_rows(root, "B")
    assert codes(root) == ["A-0", "B-0"]
