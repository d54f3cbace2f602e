"""The same things from a terminal: import, tables, indicators, reports, rebuild, undo. `python manage.py --help` lists them.

Exit codes: 0 done, 1 something could not be done (said in one line), 2 wrong usage. Dates are ISO, shares are fractions 0-1.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from commands import asking, importing, keeping


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
        return options.run(options)
    except EXPECTED as problem:
        print(problem, file=sys.stderr)
        return 1


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="manage.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", metavar="DIR", help="the data folder; default $MCDT_DATA, else ./data")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Namespace], int], *positional: str) -> ArgumentParser:
        added = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        added.set_defaults(run=run)
        for argument in positional:
            added.add_argument(argument)
        return added

    for group in (importing, asking, keeping):
        group.add(command)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
