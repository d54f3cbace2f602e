"""Memory of a process that serves the snapshot: every page's main questions, one after another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Row

MEMORY_MB = 800
PROGRAM = """
import sys
from datetime import date
from pathlib import Path
import streamlit
from benchmarks.overview import ask_overview
from metrics.period import Period
from metrics.scope import Scope
from metrics.steps import step_times
from metrics.tables import TABLES, table
from metrics.worklist import worklist
from warehouse.snapshots import open_published
db = open_published(Path(sys.argv[1]))
year = Period(date(2020, 1, 1), date(2020, 12, 31))
ask_overview(db)
for name in TABLES:
    for by in ("unit", "procedure", "month"):
        table(db, name, year, Scope(), by=by)
worklist(db, Scope())
step_times(db, year, Scope())
print(int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024)
"""


def run(n: int, root: Path) -> list[Row]:
    """One row: the largest resident memory, in MB."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(root)], check=True, capture_output=True, text=True)
    return [Row("memory while serving", n, float(done.stdout.split()[-1]), {}, ceiling=MEMORY_MB, unit="MB")]
