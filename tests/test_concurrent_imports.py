"""Several at once: two imports, fifty readers during ten imports, a backup during imports."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.writers import CONTEXT, import_content, rows_file, start
from warehouse.backup import backup, restore
from warehouse.import_plan import plan
from warehouse.importing import run
from warehouse.integrity import check_warehouse
from warehouse.snapshots import open_published
from warehouse.writing import WAIT_NOTICE, writing

READERS, IMPORTS, ROWS = 50, 10, 3

# form 06a of the whole of 2020: received, carried over, resolved, in progress; and what the snapshot says was added
WHOLE = """
    with form as (
        select count(case when received_on >= date '2020-01-01' then 1 end) as received,
               count(case when received_on < date '2020-01-01' and closed_on >= date '2020-01-01' then 1 end) as carried_over,
               count(case when closed_on between date '2020-01-01' and date '2020-12-31' then 1 end) as resolved,
               count(case when closed_on > date '2020-12-31' then 1 end) as in_progress,
               count(*) as dossiers
        from dossier
    ),
    imported as (select sum(added)::bigint as added, count(*) as imports from import_log)
    select form.received, form.carried_over, form.resolved, form.in_progress, form.dossiers, imported.added, imported.imports
    from form cross join imported
"""


def import_rows(root: Path, code: str) -> None:
    run(root, plan([("ho-so.csv", rows_file(code, ROWS))]), "test")


def test_the_second_import_waits_with_a_message_then_both_are_in(tmp_path: Path) -> None:
    told = [CONTEXT.Queue(), CONTEXT.Queue()]
    with writing(tmp_path):  # while this one writes, both must wait
        processes = [start(import_content, tmp_path, rows_file(code), queue) for code, queue in zip("AB", told, strict=True)]
        assert [queue.get(timeout=60) for queue in told] == [WAIT_NOTICE, WAIT_NOTICE]
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    codes = open_published(tmp_path).frame("select dossier_code from dossier order by 1")["dossier_code"].tolist()
    assert codes == ["A-0", "A-1", "A-2", "B-0", "B-1", "B-2"]
    assert check_warehouse(tmp_path) == []


def test_fifty_readers_during_ten_imports_see_only_whole_snapshots(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    import_rows(tmp_path, "S")
    over = threading.Event()

    def read_on(_: int) -> list[int]:
        """The number of imports each look saw; every look must be whole."""
        seen = []
        while not over.is_set():
            look = open_published(tmp_path).frame(WHOLE).iloc[0]
            assert look.received + look.carried_over == look.resolved + look.in_progress
            assert look.dossiers == look.added == ROWS * look.imports
            seen.append(int(look.imports))
        return seen

    with ThreadPoolExecutor(READERS) as readers:
        looks = [readers.submit(read_on, n) for n in range(READERS)]
        try:
            for n in range(IMPORTS):
                process = start(import_content, tmp_path, rows_file(f"N{n}", ROWS))
                process.join(120)
                assert process.exitcode == 0
        finally:
            over.set()
    seen = [look.result() for look in looks]
    assert all(imports == sorted(imports) for imports in seen)  # nobody is taken back to an older snapshot
    record_property("counted", f"{sum(map(len, seen))} looks by {READERS} readers during {IMPORTS} imports, all whole")
    assert len({imports for reader in seen for imports in reader}) > IMPORTS // 2


def test_a_backup_taken_during_imports_is_whole(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    import_rows(root, "S")
    imports = [start(import_content, root, rows_file(f"N{n}", ROWS)) for n in range(4)]
    taken = 0
    while any(process.is_alive() for process in imports):
        backup(root, tmp_path / f"{taken}.zip")
        taken += 1
    assert taken
    for n in range(taken):
        restore(elsewhere, tmp_path / f"{n}.zip")
        look = open_published(elsewhere).frame(WHOLE).iloc[0]
        assert look.dossiers == look.added == ROWS * look.imports
    assert check_warehouse(elsewhere) == []
