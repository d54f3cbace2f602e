"""The audit log: one line an event, only ever added to, readable whatever is in it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from warehouse import audit


def lines(root: Path) -> list[dict[str, str]]:
    texts = [file.read_text(encoding="utf-8") for file in sorted((root / "audit").iterdir())]
    return [json.loads(line) for text in texts for line in text.split("\n") if line]


def test_an_event_is_one_json_line_with_who_when_what_where(tmp_path: Path) -> None:
    audit.record(tmp_path, "import", "ltha", "batch b1", "10.1.2.3")
    (line,) = lines(tmp_path)
    assert {**line, "when": ""} == {"when": "", "event": "import", "who": "ltha", "what": "batch b1", "where": "10.1.2.3"}
    assert line["when"].endswith("+00:00")


def test_a_text_with_line_breaks_stays_one_line_and_is_cut(tmp_path: Path) -> None:
    audit.record(tmp_path, "edit", "a\nb", "x" * 5000 + "\n{}", "\u2028")
    (line,) = lines(tmp_path)
    assert (line["who"], len(line["what"])) == ("a\nb", 300)


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: audit.record(tmp_path, "export", f"u{number}", "x" * 250, "-"), range(400)))
    assert sorted(line["who"] for line in lines(tmp_path)) == sorted(f"u{number}" for number in range(400))


def test_an_unknown_event_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nonsense"):
        audit.record(tmp_path, "nonsense", "", "", "")
    assert not list(tmp_path.iterdir())


def test_newest_first_and_a_torn_line_is_shown_as_it_stands(tmp_path: Path) -> None:
    audit.record(tmp_path, "sign_in", "first", "", "-")
    (file,) = (tmp_path / "audit").iterdir()
    with file.open("a", encoding="utf-8") as log:
        log.write('{"when": "2026-\n')
    audit.record(tmp_path, "undo", "last", "b1", "-")
    (month,) = audit.months(tmp_path)
    events = audit.events(tmp_path, month)
    assert events["who"].fillna("").tolist() == ["last", "", "first"]
    assert events["what"].tolist()[1] == '{"when": "2026-'
    assert audit.events(tmp_path, "../../x").empty and audit.events(tmp_path, "1999-01").empty
