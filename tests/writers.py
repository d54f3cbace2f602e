"""Processes that import, as a second person or a nightly job would; started in milliseconds from a server that has the code loaded."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from warehouse.build.calendar import calendar_table

calendar_table()  # computed once: the processes started below inherit it
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.writers", "warehouse.importing", "warehouse.import_plan"])


def rows_file(code: str, count: int = 3) -> bytes:
    """A CSV export of `count` dossiers named after `code`, each closed two days after it was received."""
    rows = [f"{code}-{n},Lĩnh vực {n},0{n + 1}/03/2020,12/03/2020,0{n + 3}/03/2020,9" for n in range(count)]
    return "\n".join(["Mã hồ sơ,Lĩnh vực,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc,Trạng thái", *rows, ""]).encode()


def import_content(root: Path, content: bytes, told: Queue[Any] | None = None) -> None:
    """What the process does: import one file; progress texts (and at last "done") go to `told`."""
    from warehouse.import_plan import plan
    from warehouse.importing import run
    from warehouse.writing import silent

    def tell(share: float, text: str) -> None:
        if told is not None:
            told.put(text)

    run(root, plan([("ho-so.csv", content)]), "test", tell if told is not None else silent)
    if told is not None:
        told.put("done")


def start(work: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Run `work` in a process of its own."""
    process = CONTEXT.Process(target=work, args=arguments)
    process.start()
    return process
