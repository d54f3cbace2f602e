"""Import to published, each run in a process of its own: a CSV against DuckDB's reader, an .xlsx against fastexcel and pandas."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.exports import write_csv, write_xlsx
from benchmarks.measure import Limit, Row, medians

IMPORT = """
import resource, sys
from pathlib import Path
from warehouse.import_plan import plan
from warehouse.importing import run
file, root = Path(sys.argv[1]), Path(sys.argv[2])
run(root, plan([(file.name, file)]), "benchmark")
own = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])  # getrusage would count the benchmark that started us
print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)
"""
_DUCKDB = """
import duckdb, sys
dates = {name: "DATE" for name in ("Ngày nộp", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý", "Ngày trả kết quả")}
with duckdb.connect(sys.argv[2]) as c:
    c.execute("set threads = 2")
    c.execute("create table t as select * from read_csv(?, types = ?, dateformat = '%d/%m/%Y')", [sys.argv[1], dates])
"""
_FASTEXCEL = "import fastexcel, sys; fastexcel.read_excel(sys.argv[1]).load_sheet(0).to_arrow()"
_PANDAS = "import pandas, sys; pandas.read_excel(sys.argv[1], engine='openpyxl')"
XLSX_ROWS = 100_000
MEMORY_MB = 1536


def run(n: int, root: Path) -> list[Row]:
    """Two rows of time and one of memory. The CSV holds a million rows at most, the workbook 100,000."""
    csv_rows, xlsx_rows = min(n, 1_000_000), min(n, XLSX_ROWS)
    with tempfile.TemporaryDirectory(dir=root.parent) as place:
        csv, xlsx = Path(place) / "ho-so.csv", Path(place) / "ho-so.xlsx"
        write_csv(root, csv_rows, csv)
        write_xlsx(root, xlsx_rows, xlsx)
        peak: list[int] = []
        by_csv = medians({"ours": _python(IMPORT, csv, place, peak), "DuckDB read_csv": _python(_DUCKDB, csv, place)}, rounds=3)
        works = {
            "ours": _python(IMPORT, xlsx, place),
            "fastexcel": _python(_FASTEXCEL, xlsx, place),
            "pandas with openpyxl": _python(_PANDAS, xlsx, place),
        }
        by_xlsx = medians(works, rounds=3)
    return [
        Row("import of a CSV, to published", csv_rows, by_csv.pop("ours"), by_csv, (Limit("DuckDB read_csv", at_most=4),)),
        Row(
            "import of an .xlsx with 20 columns, to published",
            xlsx_rows,
            by_xlsx.pop("ours"),
            by_xlsx,
            (Limit("fastexcel", at_most=2), Limit("pandas with openpyxl", times_faster=10)),
        ),
        Row("memory of the CSV's import", csv_rows, max(peak), {}, ceiling=MEMORY_MB, unit="MB"),
    ]


def _python(program: str, file: Path, place: str, printed: list[int] | None = None) -> Callable[[], None]:
    """Run `program` on `file` in a process of its own, each time with a fresh target beside it; what it prints goes to `printed`."""

    def work() -> None:
        target = Path(tempfile.mkdtemp(dir=place)) / "target"
        line = [sys.executable, "-c", program, str(file), str(target)]
        done = subprocess.run(line, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        if printed is not None:
            printed.append(int(done.stdout.split()[-1]))  # without a script file DuckDB thinks a person watches, and draws progress

    return work
