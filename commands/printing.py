"""What commands print: lists as aligned text, JSON or CSV on the output, progress and problems on the error stream."""

from __future__ import annotations

import csv
import getpass
import json
import sys
from argparse import Namespace
from typing import Any, NoReturn

AT_THE_TERMINAL = "dòng lệnh"  # where an event took place, as the log page shows it


def listing(options: Namespace, rows: list[dict[str, Any]]) -> int:
    """Print rows as the command was asked to, as JSON or as a table; returns exit code 0."""
    if options.json:
        print_json(rows)
    else:
        print_table(rows)
    return 0


def print_json(content: Any) -> None:
    """JSON on the output; what JSON has no form for (dates, paths) as text."""
    print(json.dumps(content, ensure_ascii=False, indent=1, default=str))


def print_csv(rows: list[dict[str, Any]]) -> None:
    """CSV headed by the columns of the first row; a null is an empty cell."""
    writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def print_table(rows: list[dict[str, Any]]) -> None:
    """Aligned columns headed by their names; nothing without rows."""
    if not rows:
        return
    texts = [
        list(rows[0]),
        *(["" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value) for value in row.values()] for row in rows),
    ]
    widths = [max(len(line[n]) for line in texts) for n in range(len(texts[0]))]
    for line in texts:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


def show_progress(share: float, text: str) -> None:
    """Progress for somebody who watches; that another import is waited for is said in a log too."""
    if sys.stderr.isatty() or "Chờ" in text:
        print(f"{share:4.0%} {text}", file=sys.stderr)


def wrong_usage(text: str) -> NoReturn:
    """End with exit code 2 and the reason."""
    print(text, file=sys.stderr)
    raise SystemExit(2)


def account() -> str:
    """Who runs the command: the account of the operating system."""
    return getpass.getuser()
