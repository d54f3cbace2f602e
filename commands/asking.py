"""Figures come out: tables, indicators and reports for a period and a scope."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from commands.printing import AT_THE_TERMINAL, account, listing, print_csv, print_json, print_table, show_progress, wrong_usage
from reports import REPORTS


def add(command: Callable[..., ArgumentParser]) -> None:
    """table, indicators, report."""
    tables = command("table", show_table)
    tables.add_argument("name", choices=("form_06a", "processing_time", "online_share", "complaints"))
    tables.add_argument("--by", choices=("field", "unit", "procedure", "channel", "month"))
    tables.add_argument("--csv", action="store_true")
    report = command("report", make_report)
    report.add_argument("name", choices=tuple(REPORTS))
    report.add_argument("--out", required=True, metavar="FILE")
    report.add_argument("--snapshot", metavar="S")
    for asking in (tables, command("indicators", show_indicators), report):
        _add_question(asking)


def show_table(options: Namespace) -> int:
    """One of the four tables for a period."""
    from metrics.tables import records, table

    db, period, scope = _question(options)
    rows, total = table(db, options.name, period, scope, by=options.by, months=options.periods)
    listed = records(rows)
    if options.json:
        print_json({"rows": listed, "total": total})
    elif options.csv:
        print_csv([*listed, {"group": "total", **total}])
    else:
        print_table([*listed, {"group": "total", **total}])
    return 0


def show_indicators(options: Namespace) -> int:
    """Every indicator of the catalogue with its target and comparisons."""
    from metrics.catalogue import indicators
    from metrics.tables import records

    return listing(options, records(indicators(*_question(options))))


def make_report(options: Namespace) -> int:
    """Write one report to a file; a reminder is addressed to the section or unit of its first --unit."""
    from reports.making import make_report as make
    from warehouse import audit, report_log
    from warehouse.location import own_root, served_root

    addressee = options.unit.pop(0) if REPORTS[options.name].needs_unit and options.unit else None
    db, period, scope = _question(options, pinned=True)
    made_at = datetime.now().replace(microsecond=0)
    content = make(options.name, db, period, scope, made_at=made_at, unit=addressee, progress=show_progress)
    Path(options.out).write_bytes(content)
    report_log.record(
        served_root(),
        name=options.name,
        start=period.start,
        end=period.end,
        snapshot=db.snapshot,
        who=account(),
        made_at=made_at,
        content=content,
    )
    audit.record(own_root(), "report", account(), f"{REPORTS[options.name].title}, bản dữ liệu {db.snapshot}", AT_THE_TERMINAL)
    print(options.out)
    return 0


def _question(options: Namespace, *, pinned: bool = False) -> tuple[Any, Any, Any]:
    """The data, the period and the scope asked about. `pinned`: of the snapshot named, else of the one the period is locked on."""
    from metrics.period import Period
    from metrics.scope import Scope
    from warehouse.engines import open_served
    from warehouse.location import served_root
    from warehouse.period_locks import locked_snapshot
    from warehouse.snapshots import open_snapshot

    if options.first > options.last:
        wrong_usage("Ngày đầu kỳ (--from) sau ngày cuối kỳ (--to).")
    root = served_root()
    period = Period(options.first, options.last)
    snapshot = (options.snapshot or locked_snapshot(root, period.start, period.end)) if pinned else None
    db = open_snapshot(root, snapshot) if snapshot else open_served(root)
    channels = tuple(_channel(word) for word in options.channel)
    scope = Scope(tuple(options.unit), tuple(options.field), tuple(options.procedure), channels, options.whole_sector, as_of=options.as_of)
    return db, period, scope


def _channel(word: str) -> int:
    """The code of a channel given in English or in one of the settings' own words."""
    from metrics.scope import CHANNELS
    from settings import read
    from warehouse.mapping import fold

    words = {fold(known): int(code) for code, group in read("code_words")["channel"].items() for known in group}
    words |= {name: code for code, name in CHANNELS.items()}
    if fold(word) not in words:
        wrong_usage(f"Không có hình thức nộp «{word}»; dùng direct, online hoặc postal.")
    return words[fold(word)]


def _add_question(parser: ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, metavar="D")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True, metavar="D")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="D")
    for name in ("unit", "field", "procedure", "channel"):
        parser.add_argument(f"--{name}", action="append", default=[], metavar=name[0].upper())
    parser.add_argument("--whole-sector", action="store_true", help="count units that are not the department's own too")
    parser.add_argument("--periods", choices=("calendar", "decree09"), default="calendar", help="which months --by month cuts by")
    parser.add_argument("--json", action="store_true")
