"""Data come in: import files, list and undo batches, the simulated data, empty templates."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from commands.printing import AT_THE_TERMINAL, account, listing, print_json, print_table, show_progress
from warehouse.kinds import kind_names, kinds


def add(command: Callable[..., ArgumentParser]) -> None:
    """import, imports, undo, sample, template."""
    importing = command("import", import_files)
    importing.add_argument("files", nargs="+")
    importing.add_argument("--kind", choices=sorted(kind_names()))
    importing.add_argument("--profile", metavar="NAME_OR_PATH")
    importing.add_argument("--json", action="store_true")
    command("imports", list_imports).add_argument("--json", action="store_true")
    command("undo", undo_batch, "batch")
    sample = command("sample", make_sample_data)
    sample.add_argument("--dossiers", type=int, help="how many dossiers to simulate (default about 24,000)")
    sample.add_argument("--json", action="store_true")
    template = command("template", write_empty_template)
    template.add_argument("kind", choices=sorted(kind_names()))
    template.add_argument("file")


def import_files(options: Namespace) -> int:
    """Import files; the others are imported when one cannot be read."""
    from warehouse import audit
    from warehouse.import_plan import load, plan
    from warehouse.importing import run
    from warehouse.location import own_root
    from warehouse.mapping import read_profile
    from warehouse.sample import remove_sample

    profile = read_profile(options.profile) if options.profile else None
    plans = [load(planned) for planned in plan([(Path(name).name, Path(name)) for name in options.files], options.kind, profile)]
    summaries = [asdict(summary) for summary in run(own_root(), plans, account(), show_progress)]
    if summaries:
        remove_sample()  # the office has data of its own now
    for entry in summaries:
        what = f"{entry['file']} ({kinds()[entry['kind']].label}, lần nhập {entry['batch']})"
        audit.record(own_root(), "import", account(), what, AT_THE_TERMINAL)
    if options.json:
        print_json(summaries)
    else:
        print_table(summaries)
    problems = [planned.problem for planned in plans if planned.problem]
    for planned in plans:
        if planned.unread and not planned.problem:
            print(f"{planned.file}: không đọc trang tính {', '.join(planned.unread)} (không nhận ra loại dữ liệu).", file=sys.stderr)
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 1 if problems else 0


def list_imports(options: Namespace) -> int:
    """The batches imported, newest first."""
    from warehouse.importing import history
    from warehouse.location import served_root

    rows = history(served_root())
    if not options.json:
        for row in rows:
            row["summaries"] = "; ".join(f"{s['kind']}: {s['rows_read']} ({s['refused']} refused)" for s in row["summaries"])
    return listing(options, rows)


def undo_batch(options: Namespace) -> int:
    """Leave a batch out."""
    from warehouse import audit
    from warehouse.importing import undo
    from warehouse.location import own_root

    undo(own_root(), options.batch, account(), show_progress)
    audit.record(own_root(), "undo", account(), f"lần nhập {options.batch}", AT_THE_TERMINAL)
    print(f"Đã hoàn tác lượt nhập {options.batch}.")
    return 0


def make_sample_data(options: Namespace) -> int:
    """Generate and import the simulated data into its own warehouse."""
    from warehouse.sample import make_sample

    return listing(options, [asdict(summary) for summary in make_sample(show_progress, dossiers=options.dossiers)])


def write_empty_template(options: Namespace) -> int:
    """An empty XLSX with the columns of a kind."""
    from warehouse.templates import write_template

    write_template(options.kind, Path(options.file))
    print(options.file)
    return 0
