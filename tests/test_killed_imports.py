"""kill -9 at random moments of imports: the old or the new snapshot is published, whole and readable, and the next import works."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.writers import CONTEXT, import_content, rows_file, start
from warehouse.import_plan import plan
from warehouse.importing import run
from warehouse.integrity import check_published, check_warehouse
from warehouse.snapshots import open_published

KILLS, WAREHOUSES, ROWS = 210, 2, 3


def published_codes(root: Path) -> set[str]:
    return set(open_published(root).frame("select distinct regexp_extract(dossier_code, '^[^-]+') as code from dossier")["code"])


def time_of_an_import(root: Path, code: str) -> float:
    """Seconds from the first word of progress to the end."""
    told = CONTEXT.Queue()
    process = start(import_content, root, rows_file(code, ROWS), told)
    told.get(timeout=60)
    began = time.monotonic()
    process.join(60)
    assert process.exitcode == 0
    return time.monotonic() - began


def kill_one(root: Path, code: str, moment: str, after: float) -> bool:
    """Import in a process and kill it `after` seconds after it says `moment`; False when it was done by then."""
    told = CONTEXT.Queue()
    process = start(import_content, root, rows_file(code, ROWS), told)
    while not told.get(timeout=60).startswith(moment):
        pass
    time.sleep(after)
    process.kill()
    process.join(60)
    return process.exitcode == -signal.SIGKILL


def kill_many(root: Path, kills: int, seed: int) -> tuple[int, int]:
    """How many imports were killed, and how many of those had published; every state in between is looked at."""
    chance = random.Random(seed)
    run(root, plan([("ho-so.csv", rows_file("S", ROWS))]), "test")
    span = max(time_of_an_import(root, "T0"), time_of_an_import(root, "T1"))
    known, killed, had_published, n = {"S", "T0", "T1"}, 0, 0, 0
    while killed < kills:
        n += 1
        code = f"K{n}"
        anywhere = chance.random() < 0.6  # the others at the end, where the new snapshot takes the old one's place
        moment, after = ("", chance.uniform(0, span)) if anywhere else ("Công bố", chance.uniform(0, span / 20))
        if kill_one(root, code, moment, after):
            killed += 1
            seen = published_codes(root)
            assert seen in (known, known | {code})
            assert check_published(root) == []
            assert len(open_published(root).frame("select 1 from dossier")) == ROWS * len(seen)
            had_published += code in seen
            known = seen
        else:
            known |= {code}
        if n % 20 == 0:  # and the next import works
            run(root, plan([("ho-so.csv", rows_file(f"N{n}", ROWS))]), "test")
            known |= {f"N{n}"}
            assert published_codes(root) == known
            assert not [file for file in (root / "snapshots").iterdir() if file.name.startswith(".")]
    run(root, plan([("ho-so.csv", rows_file("L", ROWS))]), "test")
    assert published_codes(root) == known | {"L"}
    assert check_warehouse(root) == []
    return killed, had_published


def test_an_import_killed_at_any_moment_leaves_the_old_or_the_new_snapshot(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with ThreadPoolExecutor(WAREHOUSES) as at_once:
        counts = list(at_once.map(lambda n: kill_many(tmp_path / f"w{n}", KILLS // WAREHOUSES, n), range(WAREHOUSES)))
    killed, had_published = (sum(column) for column in zip(*counts, strict=True))
    record_property("counted", f"{killed} imports killed, {had_published} of them after publishing")
    assert killed >= 200
