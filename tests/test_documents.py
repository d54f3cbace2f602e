"""The documents tell the truth: every setting is on the settings page with its default, and every link leads somewhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md"), *(ROOT / "sample_data").glob("*.md")])
SETTINGS = sorted(file.name for file in (ROOT / "settings").glob("*.toml"))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every single setting of a file under its dotted name; entries of a list of tables are numbered."""
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        value = dict(enumerate(value))
    if isinstance(value, dict):
        for name, below in value.items():
            yield from leaves(below, f"{path}.{name}" if path else str(name))
    else:
        yield path, value


def documented(file: str) -> list[tuple[str, str]]:
    """Name (or pattern) and default of every setting that the page lists under this file."""
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {re.escape(file)}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert section, f"docs/settings.md has no section {file}"
    rows = [line.strip("| ").split(" | ") for line in section[1].splitlines() if line.startswith("| `")]
    found = []
    for names, _meaning, default in rows:
        listed, values = re.findall(r"`([^`]+)`", names), re.findall(r"`([^`]+)`", default)
        values = values if len(values) == len(listed) else values * len(listed)
        found += zip(listed, values or [""] * len(listed), strict=True)
    return found


@pytest.mark.parametrize("file", SETTINGS)
def test_every_setting_is_documented_with_its_default(file: str) -> None:
    shipped = dict(leaves(tomllib.loads((ROOT / "settings" / file).read_text(encoding="utf-8"))))
    listed = documented(file)
    assert [name for name in shipped if not any(fnmatchcase(name, pattern) for pattern, _ in listed)] == []
    assert [pattern for pattern, _ in listed if not any(fnmatchcase(name, pattern) for name in shipped)] == []
    for name, default in listed:
        if default and name in shipped:
            value = shipped[name]
            assert default == (str(value).lower() if isinstance(value, bool) else str(value)), name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    missing = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            missing.append(target)
    assert missing == []


def anchors(file: Path) -> set[str]:
    """The places inside a document that a link can name."""
    text = file.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ +(.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a (?:id|name)="([^"]+)"', text))


def test_the_indicator_shown_to_contributors_is_the_real_one() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    code = "".join((ROOT / "metrics" / name).read_text(encoding="utf-8") for name in ("dossier_sets.py", "indicators/online.py"))
    shown = re.findall(r"```text\n(.*?)```", page, re.DOTALL)  # "python" would be formatted
    assert len(shown) == 2
    assert [block for block in shown if block not in code] == []
    assert sum(block.count("\n") for block in shown) < 30
