"""`python -m benchmarks [--rows N] [--only NAME]… [--keep DIR]`: measure, and print the table of what was to be reached."""

from __future__ import annotations

import argparse
import importlib
import tempfile
from pathlib import Path

from benchmarks.measure import Row
from benchmarks.simulated import simulate
from warehouse.snapshots import published_name

NAMES = ("form_06a", "overview", "steps", "imports", "history", "serving", "sessions", "start")
STEPS = 10_000_000


def main() -> None:
    """Simulate the snapshot once, then run one benchmark after another, printing each line as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000, help="dossiers of the simulated snapshot")
    parser.add_argument("--only", action="append", choices=NAMES, help="run this benchmark (may be repeated)")
    parser.add_argument("--keep", type=Path, help="simulate into this folder, and use what an earlier run left there")
    parser.add_argument("--minutes", type=float, default=10, help="how long the fifty sessions click")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        root = (options.keep or Path(passing)) / f"{options.rows}"
        if published_name(root) is None:
            simulate(root, options.rows, steps_of_every=max(1, options.rows * 9 // 2 // STEPS))
        print("| what | n | ours | peers | limit | measured | reached |\n|---|---|---|---|---|---|---|", flush=True)
        for name in options.only or NAMES:
            more = {"minutes": options.minutes} if name == "sessions" else {}
            for row in importlib.import_module(f"benchmarks.{name}").run(options.rows, root, **more):
                print(*_lines(row), sep="\n", flush=True)


def _lines(row: Row) -> list[str]:
    peers = ", ".join(f"{name} {seconds:.3g} {row.unit}" for name, seconds in row.peers.items())
    start = f"| {row.what} | {row.n:,} | {row.ours:.3g} {row.unit} | {peers} |"
    return [f"{start} {limit} | {measured} | {'yes' if reached else 'no'} |" for limit, measured, reached in row.judged()]


if __name__ == "__main__":
    main()
