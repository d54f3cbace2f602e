"""The arrows of the design: who may import whom. Data flows one way, from files to pages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("settings", "warehouse", "metrics", "charts", "reports", "commands", "ui", "pages")

# room: what none of its modules may import
FORBIDDEN = {
    "settings": {"streamlit", "duckdb", "warehouse", "metrics", "charts", "reports", "commands", "ui", "pages"},
    "warehouse": {"streamlit", "metrics", "charts", "reports", "commands", "ui", "pages"},
    "metrics": {"streamlit", "duckdb", "charts", "reports", "commands", "ui", "pages"},
    "charts": {"streamlit", "duckdb", "warehouse", "reports", "commands", "ui", "pages"},
    "reports": {"streamlit", "duckdb", "commands", "ui", "pages"},
    "commands": {"streamlit", "duckdb", "charts", "ui", "pages"},
    "ui": {"duckdb", "pages", "commands"},
    "pages": {"duckdb", "sqlite3", "commands"},
}


def imported(file: Path) -> set[str]:
    """Every module name a file imports, with its parents ("warehouse.snapshots" gives "warehouse" too)."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        for name in found:
            parts = name.split(".")
            names |= {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_no_arrow_turns(room: str) -> None:
    wrong = {
        f"{file.relative_to(ROOT)} imports {name}" for file in (ROOT / room).rglob("*.py") for name in imported(file) & FORBIDDEN[room]
    }
    assert not wrong


def test_charts_and_reports_never_open_the_warehouse() -> None:
    opening = {"warehouse.snapshots", "warehouse.duckdb_engine", "warehouse.engines", "warehouse.importing", "warehouse.archive"}
    wrong = {str(file) for room in ("charts", "reports") for file in (ROOT / room).rglob("*.py") if imported(file) & opening}
    assert not wrong


def test_pages_hold_no_sql() -> None:
    sql = re.compile(r"\bselect\b[\s\S]{1,200}\bfrom\b", re.IGNORECASE)
    pages = list((ROOT / "pages").glob("*.py"))
    assert pages
    assert [page.name for page in pages if sql.search(page.read_text(encoding="utf-8"))] == []
