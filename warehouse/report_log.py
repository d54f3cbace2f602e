"""The reports made: who, when, from which snapshot, with which file hash. One JSON line a report, never changed."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any


def record(root: Path, *, name: str, start: date, end: date, snapshot: str, who: str, made_at: datetime, content: bytes) -> None:
    """Note that a report was made; the file itself is not kept, its SHA-256 is."""
    line = {
        "report": name,
        "from": start.isoformat(),
        "to": end.isoformat(),
        "snapshot": snapshot,
        "who": who,
        "when": made_at.isoformat(timespec="seconds"),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    with _file(root).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def reports_made(root: Path) -> list[dict[str, Any]]:
    """One row a report, oldest first: report, from, to, snapshot, who, when, sha256."""
    if not _file(root).exists():
        return []
    return [json.loads(line) for line in _file(root).read_text(encoding="utf-8").splitlines()]


def _file(root: Path) -> Path:
    return root / "reports_made.jsonl"
