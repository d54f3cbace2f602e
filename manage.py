"""The same things from a terminal: import, tables, indicators, reports, rebuild, undo. `python manage.py --help` lists them.

Exit codes: 0 done, 1 something could not be done (said in one line), 2 wrong usage. Dates are ISO, shares are fractions 0-1.
"""

from __future__ import annotations

import argparse
import csv
import getpass
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

Arguments = argparse.Namespace


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    if options.data:
        os.environ["MCDT_DATA"] = options.data
    from warehouse.failures import EXPECTED

    try:
        return options.command(options)
    except EXPECTED as problem:
        print(problem, file=sys.stderr)
        return 1


def import_files(options: Arguments) -> int:
    """Import files; the others are imported when one cannot be read."""
    from warehouse import audit
    from warehouse.import_plan import load, plan
    from warehouse.importing import run
    from warehouse.location import own_root
    from warehouse.mapping import read_profile
    from warehouse.sample import remove_sample

    profile = read_profile(options.profile) if options.profile else None
    plans = [load(planned) for planned in plan([(Path(name).name, Path(name)) for name in options.files], options.kind, profile)]
    summaries = [asdict(summary) for summary in run(own_root(), plans, _who(), _progress(options))]
    if summaries:
        remove_sample()  # the office has data of its own now
    for entry in summaries:
        audit.record(own_root(), "import", _who(), f"{entry['file']}: {entry['kind']}, batch {entry['batch']}", "terminal")
    if options.json:
        _print_json(summaries)
    else:
        _print_table(summaries)
    problems = [planned.problem for planned in plans if planned.problem]
    for planned in plans:
        if planned.unread and not planned.problem:
            print(f"{planned.file}: không đọc trang tính {', '.join(planned.unread)} (không nhận ra loại dữ liệu).", file=sys.stderr)
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 1 if problems else 0


def show_table(options: Arguments) -> int:
    """One of the four tables for a period."""
    from metrics.tables import records, table

    db, period, scope = _question(options)
    rows, total = table(db, options.name, period, scope, by=options.by, months=options.periods)
    listed = records(rows)
    if options.json:
        _print_json({"rows": listed, "total": total})
    elif options.csv:
        _print_csv([*listed, {"group": "total", **total}])
    else:
        _print_table([*listed, {"group": "total", **total}])
    return 0


def show_indicators(options: Arguments) -> int:
    """Every indicator of the catalogue with its target and comparisons."""
    from metrics.catalogue import indicators
    from metrics.tables import records

    listed = records(indicators(*_question(options)))
    if options.json:
        _print_json(listed)
    else:
        _print_table(listed)
    return 0


def make_report(options: Arguments) -> int:
    """Write one report to a file; a reminder is addressed to the section or unit of its first --unit."""
    from reports import REPORTS
    from reports.making import make_report as make
    from warehouse import audit, report_log
    from warehouse.location import own_root, served_root

    addressee = options.unit.pop(0) if REPORTS[options.name].needs_unit and options.unit else None
    db, period, scope = _question(options)
    made_at = datetime.now().replace(microsecond=0)
    content = make(options.name, db, period, scope, made_at=made_at, unit=addressee, progress=_progress(options))
    Path(options.out).write_bytes(content)
    report_log.record(
        served_root(),
        name=options.name,
        start=period.start,
        end=period.end,
        snapshot=db.snapshot,
        who=_who(),
        made_at=made_at,
        content=content,
    )
    audit.record(own_root(), "report", _who(), f"{options.name}, snapshot {db.snapshot}", "terminal")
    print(options.out)
    return 0


def list_snapshots(options: Arguments) -> int:
    """The snapshots kept."""
    from warehouse.location import served_root
    from warehouse.snapshots import snapshot_rows

    return _list(options, snapshot_rows(served_root()))


def list_imports(options: Arguments) -> int:
    """The batches imported, newest first."""
    from warehouse.importing import history
    from warehouse.location import served_root

    rows = history(served_root())
    if not options.json:
        for row in rows:
            row["summaries"] = "; ".join(f"{s['kind']}: {s['rows_read']} ({s['refused']} refused)" for s in row["summaries"])
    return _list(options, rows)


def undo_batch(options: Arguments) -> int:
    """Leave a batch out."""
    from warehouse import audit
    from warehouse.importing import undo
    from warehouse.location import own_root

    undo(own_root(), options.batch, _who(), _progress(options))
    audit.record(own_root(), "undo", _who(), f"batch {options.batch}", "terminal")
    print(f"Đã hoàn tác lượt nhập {options.batch}.")
    return 0


def rebuild_all(options: Arguments) -> int:
    """Make the snapshot anew from the archive."""
    from warehouse.importing import rebuild
    from warehouse.location import served_root

    print(rebuild(served_root(), _progress(options)))
    return 0


def make_sample_data(options: Arguments) -> int:
    """Generate and import the simulated data into its own warehouse."""
    from warehouse.sample import make_sample

    return _list(options, [asdict(summary) for summary in make_sample(_progress(options), dossiers=options.dossiers)])


def write_empty_template(options: Arguments) -> int:
    """An empty XLSX with the columns of a kind."""
    from warehouse.templates import write_template

    write_template(options.kind, Path(options.file))
    print(options.file)
    return 0


def check_all(options: Arguments) -> int:
    """Read every block, verify content and invariants."""
    from warehouse.integrity import check_warehouse
    from warehouse.location import served_root

    problems = check_warehouse(served_root())
    print(*(problems or ["Không có lỗi."]), sep="\n")
    return 1 if problems else 0


def back_up(options: Arguments) -> int:
    """Everything of the warehouse in one file."""
    from warehouse.backup import backup
    from warehouse.location import own_root

    backup(own_root(), Path(options.file))
    print(options.file)
    return 0


def restore_backup(options: Arguments) -> int:
    """Bring a backup back, beside running readers."""
    from warehouse.backup import restore
    from warehouse.location import own_root

    print(restore(own_root(), Path(options.file), _progress(options)))
    return 0


def publish_parquet(options: Arguments) -> int:
    """Write the published snapshot as Parquet for a Spark Connect server."""
    from warehouse.location import served_root
    from warehouse.parquet import write_parquet
    from warehouse.snapshots import open_published

    print(write_parquet(open_published(served_root()), Path(options.parquet)))
    return 0


def _question(options: Arguments) -> tuple[Any, Any, Any]:
    """The snapshot, the period and the scope a command asks about."""
    from metrics.period import Period
    from metrics.scope import Scope
    from warehouse.engines import open_served
    from warehouse.location import served_root
    from warehouse.period_locks import locked_snapshot
    from warehouse.snapshots import open_snapshot

    if options.first > options.last:
        _wrong_usage("Ngày đầu kỳ (--from) sau ngày cuối kỳ (--to).")
    root = served_root()
    period = Period(options.first, options.last)
    pinned = getattr(options, "snapshot", None) or (
        locked_snapshot(root, period.start, period.end) if options.command is make_report else None
    )
    db = open_snapshot(root, pinned) if pinned else open_served(root)
    channels = tuple(_channel(word) for word in options.channel)
    scope = Scope(tuple(options.unit), tuple(options.field), tuple(options.procedure), channels, options.whole_sector, as_of=options.as_of)
    return db, period, scope


def _channel(word: str) -> int:
    from metrics.scope import CHANNELS
    from settings import read
    from warehouse.mapping import fold

    words = {fold(known): int(code) for code, group in read("code_words")["channel"].items() for known in group}
    words |= {name: code for code, name in CHANNELS.items()}
    if fold(word) not in words:
        _wrong_usage(f"Không có hình thức nộp «{word}»; dùng direct, online hoặc postal.")
    return words[fold(word)]


def _wrong_usage(text: str) -> NoReturn:
    print(text, file=sys.stderr)
    raise SystemExit(2)


def _who() -> str:
    return getpass.getuser()


def _progress(options: Arguments) -> Callable[[float, str], None]:
    """Progress on the error stream, so that what is printed can be piped."""

    def show(share: float, text: str) -> None:
        if sys.stderr.isatty() or "Chờ" in text:
            print(f"{share:4.0%} {text}", file=sys.stderr)

    return show


def _list(options: Arguments, rows: list[dict[str, Any]]) -> int:
    if options.json:
        _print_json(rows)
    else:
        _print_table(rows)
    return 0


def _print_json(content: Any) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1, default=str))


def _print_csv(rows: list[dict[str, Any]]) -> None:
    writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _print_table(rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    texts = [
        list(rows[0]),
        *(["" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value) for value in row.values()] for row in rows),
    ]
    widths = [max(len(line[n]) for line in texts) for n in range(len(texts[0]))]
    for line in texts:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


def _parser() -> argparse.ArgumentParser:
    from reports import REPORTS

    parser = argparse.ArgumentParser(prog="manage.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", metavar="DIR", help="the data folder; default $MCDT_DATA, else ./data")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Arguments], int], *positional: str, files: bool = False) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        added.set_defaults(command=run)
        for argument in positional:
            added.add_argument(argument, nargs="+" if files else None)
        return added

    importing = command("import", import_files, "files", files=True)
    importing.add_argument("--kind", choices=_kind_names())
    importing.add_argument("--profile", metavar="NAME_OR_PATH")
    importing.add_argument("--json", action="store_true")
    tables = command("table", show_table)
    tables.add_argument("name", choices=("form_06a", "processing_time", "online_share", "complaints"))
    tables.add_argument("--by", choices=("field", "unit", "procedure", "channel", "month"))
    tables.add_argument("--csv", action="store_true")
    listed = command("indicators", show_indicators)
    report = command("report", make_report)
    report.add_argument("name", choices=tuple(REPORTS))
    report.add_argument("--out", required=True, metavar="FILE")
    report.add_argument("--snapshot", metavar="S")
    for asking in (tables, listed, report):
        _add_question(asking)
    for name, run in (("snapshots", list_snapshots), ("imports", list_imports)):
        command(name, run).add_argument("--json", action="store_true")
    command("undo", undo_batch, "batch")
    command("rebuild", rebuild_all)
    sample = command("sample", make_sample_data)
    sample.add_argument("--dossiers", type=int, help="how many dossiers to simulate (default about 24,000)")
    sample.add_argument("--json", action="store_true")
    template = command("template", write_empty_template)
    template.add_argument("kind", choices=_kind_names())
    template.add_argument("file")
    command("check", check_all)
    command("backup", back_up, "file")
    command("restore", restore_backup, "file")
    command("publish", publish_parquet).add_argument("--parquet", required=True, metavar="DIR")
    return parser


def _add_question(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, metavar="D")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True, metavar="D")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="D")
    for name in ("unit", "field", "procedure", "channel"):
        parser.add_argument(f"--{name}", action="append", default=[], metavar=name[0].upper())
    parser.add_argument("--whole-sector", action="store_true", help="count units that are not the department's own too")
    parser.add_argument("--periods", choices=("calendar", "decree09"), default="calendar", help="which months --by month cuts by")
    parser.add_argument("--json", action="store_true")


def _kind_names() -> list[str]:
    from warehouse.kinds import kinds

    return sorted(kinds())


if __name__ == "__main__":
    raise SystemExit(main())
