"""A damaged file, a full disk, a read-only folder: a clear message, the newest good snapshot served, rebuild and restore repair."""

from __future__ import annotations

import getpass
import os
import random
import resource
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import manage
from tests.writers import CONTEXT, rows_file, start
from warehouse import audit, importing
from warehouse.archive import DamagedArchive
from warehouse.backup import backup, restore
from warehouse.content_hash import ENTRY, content_hash
from warehouse.disk import FULL, READ_ONLY, DiskProblem
from warehouse.import_plan import plan
from warehouse.importing import rebuild, run
from warehouse.integrity import check_warehouse
from warehouse.location import current_file
from warehouse.snapshots import NoSnapshot, open_published, open_snapshot, published_name, snapshot_file, snapshot_names

FLIPS = 40


def import_rows(root: Path, code: str) -> None:
    run(root, plan([("ho-so.csv", rows_file(code))]), "test")


def codes(root: Path) -> list[str]:
    return open_published(root).frame("select dossier_code from dossier order by 1")["dossier_code"].tolist()


def content(root: Path) -> str:
    return str(open_published(root).frame("select value from snapshot_info where name = $name", {"name": ENTRY})["value"][0])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A warehouse with two imports, A and B, and so two snapshots."""
    root = tmp_path / "root"
    import_rows(root, "A")
    import_rows(root, "B")
    assert check_warehouse(root) == []
    return root


def published_file(root: Path) -> Path:
    return snapshot_file(root, published_name(root) or "")


def rewrite(root: Path, sql: str) -> None:
    """Change the published snapshot and the hash it keeps, as nothing of ours ever does."""
    with duckdb.connect(str(published_file(root))) as connection:
        connection.execute(sql)
        connection.execute("update snapshot_info set value = ? where name = ?", [content_hash(connection), ENTRY])


def cut(file: Path, size: int) -> None:
    os.truncate(file, size)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "emptied": lambda root: cut(published_file(root), 0),
    "cut in the header": lambda root: cut(published_file(root), 5000),
    "cut in the middle": lambda root: cut(published_file(root), published_file(root).stat().st_size // 2),
    "cut by a byte": lambda root: cut(published_file(root), published_file(root).stat().st_size - 1),
    "deleted": lambda root: published_file(root).unlink(),
    "overwritten": lambda root: published_file(root).write_text("Mã hồ sơ" * 10_000) and None,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_snapshot_is_named_and_the_newest_good_one_served(root: Path, damage: Callable[[Path], None]) -> None:
    whole = content(root)
    damage(root)
    assert codes(root) == ["A-0", "A-1", "A-2"]
    assert "Hãy chạy: python manage.py rebuild" in " ".join(check_warehouse(root))
    rebuild(root)
    assert codes(root) == ["A-0", "A-1", "A-2", "B-0", "B-1", "B-2"]
    assert content(root) == whole
    assert [problem for problem in check_warehouse(root) if "Hãy chạy" in problem] == []


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_an_import_over_a_damaged_snapshot_brings_everything_back(root: Path, damage: Callable[[Path], None]) -> None:
    damage(root)
    import_rows(root, "C")
    assert len(codes(root)) == 9


NO_NAMES = ["", "{", "[]", '{"snapshot": 1}', '{"snapshot": "../../etc"}', '{"snapshot": "000009-20200101T000000"}', None]


@pytest.mark.parametrize("text", NO_NAMES)
def test_a_damaged_current_serves_the_newest_snapshot(root: Path, text: str | None) -> None:
    if text is None:
        current_file(root).unlink()
    else:
        current_file(root).write_text(text)
    assert len(codes(root)) == 6
    assert check_warehouse(root)[0].startswith("Tệp CURRENT bị mất, bị hỏng")
    import_rows(root, "C")
    assert len(codes(root)) == 9
    assert check_warehouse(root) == []


def test_a_flipped_byte_anywhere_in_a_snapshot_is_found(root: Path, record_property: Callable[[str, object], None]) -> None:
    chance, file = random.Random(5), published_file(root)
    whole = file.read_bytes()
    with duckdb.connect(str(file), read_only=True) as connection:
        used, block = connection.execute("select used_blocks, block_size from pragma_database_size()").fetchone() or (0, 0)
    found = 0
    for _ in range(FLIPS):
        damaged = bytearray(whole)
        damaged[12288 + chance.randrange(used * block)] ^= 1 << chance.randrange(8)
        file.unlink()  # a new file, as the engine must not have it open
        file.write_bytes(damaged)
        found += bool(check_warehouse(root))
    record_property("counted", f"{found} of {FLIPS} flipped bytes found")
    assert found == FLIPS
    import_rows(root, "C")  # carried over from a damaged block: taken from the archive instead
    assert len(codes(root)) == 9


def test_nothing_readable_is_said_and_rebuilt(root: Path) -> None:
    for name in snapshot_names(root):
        cut(snapshot_file(root, name), 100)
    with pytest.raises(NoSnapshot, match="manage"):
        open_published(root)
    assert "Không có bản dữ liệu nào đọc được" in " ".join(check_warehouse(root))
    rebuild(root)
    assert len(codes(root)) == 6


@pytest.mark.parametrize("name", ["dossiers-0.parquet", "batch.json", "PUBLISHED"])
def test_a_damaged_archive_is_named_and_never_folded_in(root: Path, tmp_path: Path, name: str) -> None:
    backup(root, tmp_path / "backup.zip")
    file = root / "archive" / "000001" / name
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    damaged[0] ^= 1
    file.write_bytes(damaged)
    assert any("Lượt nhập 000001" in problem and "khôi phục" in problem for problem in check_warehouse(root))
    with pytest.raises(DamagedArchive, match="Lượt nhập 000001"):
        rebuild(root)
    with pytest.raises(DamagedArchive):
        backup(root, tmp_path / "again.zip")
    assert not (tmp_path / "again.zip").exists()
    assert len(codes(root)) == 6
    restore(root, tmp_path / "backup.zip")
    assert check_warehouse(root) == []
    assert len(codes(root)) == 6


def test_a_missing_batch_is_named(root: Path) -> None:
    shutil.rmtree(root / "archive" / "000001")
    assert any("Kho lưu thiếu lượt nhập 000001" in problem for problem in check_warehouse(root))


def limited_import(root: Path, limit: int, told: Any) -> None:
    """Import while no file may grow beyond `limit` bytes: what a full disk is to the program."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        import_rows(root, "C")
    except DiskProblem as problem:
        told.put(str(problem))
    except BaseException as other:
        told.put(repr(other))
    else:
        told.put("done")


def test_a_full_disk_is_said_and_changes_nothing(root: Path) -> None:
    before = content(root)
    said = {}
    for limit in (0, 10, 300, 5_000, 20_000, 500_000, 2_000_000):
        told = CONTEXT.Queue()
        process = start(limited_import, root, limit, told)
        said[limit] = told.get(timeout=120)
        process.join(60)
        assert content(root) == before
        assert check_warehouse(root) == []
    assert set(said.values()) == {FULL}, said
    import_rows(root, "C")
    assert len(codes(root)) == 9
    assert check_warehouse(root) == []


def import_as_nobody(root: Path, told: Any) -> None:
    os.environ["MCDT_DATA"] = str(root)  # the server it was forked from may have another test's, which this user may not look into
    if os.getuid() == 0:  # nothing is read-only to root
        import_rows(root.parent / "other", "W")  # load all code while it may be read
        codes(root.parent / "other")
        os.setgroups([])
        os.setresgid(65534, 65534, 65534)
        os.setresuid(65534, 65534, 65534)
    try:
        import_rows(root, "C")
    except DiskProblem as problem:
        told.put((str(problem), len(codes(root))))
    except BaseException as other:
        told.put((repr(other), 0))
    else:
        told.put(("done", 0))


def test_a_read_only_folder_is_said_and_still_read(root: Path) -> None:
    for folder in [root, *(path for path in root.rglob("*") if path.is_dir())]:
        folder.chmod(0o555)
    for file in root.rglob("*"):
        if file.is_file():
            file.chmod(0o444)
    for parent in root.parents:
        if Path(tempfile.gettempdir()) in parent.parents:
            parent.chmod(0o755)  # the other user must come as far as the folder
    try:
        told = CONTEXT.Queue()
        process = start(import_as_nobody, root, told)
        assert told.get(timeout=120) == (READ_ONLY.format(root=root), 6)
        process.join(60)
    finally:
        for path in [root, *root.rglob("*")]:
            path.chmod(0o755)
    import_rows(root, "C")
    assert len(codes(root)) == 9


def test_the_published_content_is_what_the_archive_gives(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check = ["--data", str(root), "check", "--against-archive"]
    importing.undo(root, "000001", "test")
    import_rows(root, "C")
    before = sorted(str(path) for path in root.rglob("*"))
    assert (manage.main(check), capsys.readouterr().out) == (0, "Không có lỗi.\n")
    assert sorted(str(path) for path in root.rglob("*")) == before
    rewrite(root, "update record.dossiers set field_name = 'Đất khác'; update field set field_name = 'Đất khác'")
    assert manage.main(check[:-1]) == 0  # whole, lawful, and not what was imported
    capsys.readouterr()
    assert manage.main(check) == 1
    assert "khác với kết quả dựng lại từ kho lưu" in capsys.readouterr().out
    assert manage.main(["--data", str(root), "rebuild"]) == manage.main(check) == 0


def test_a_snapshot_made_with_other_settings_is_not_compared(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "settings").mkdir()
    (root / "settings" / "rules.toml").write_text("due_rolls = true\n", encoding="utf-8")
    assert manage.main(["--data", str(root), "check", "--against-archive"]) == 1
    assert "chưa so sánh được. Hãy chạy: python manage.py rebuild" in capsys.readouterr().out


def test_the_terminal_says_it_in_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert manage.main(["--data", str(root), "check"]) == 0
    assert capsys.readouterr().out == "Không có lỗi.\n"
    cut(published_file(root), 100)
    assert manage.main(["--data", str(root), "check"]) == 1
    assert "bị hỏng" in capsys.readouterr().out
    assert manage.main(["--data", str(root), "backup", str(root / "b.zip")]) == 1
    assert "rebuild" in capsys.readouterr().err
    assert manage.main(["--data", str(root), "rebuild"]) == 0
    assert manage.main(["--data", str(root), "backup", str(root / "b.zip")]) == 0
    assert manage.main(["--data", str(root), "restore", str(root / "b.zip")]) == 0
    name = capsys.readouterr().out.split()[-1]
    assert open_snapshot(root, name).snapshot == published_name(root)
    newest = audit.events(root, audit.months(root)[0]).iloc[0]
    assert newest[["event", "who", "what"]].tolist() == ["restore", getpass.getuser(), f"b.zip, bản dữ liệu {name}"]
