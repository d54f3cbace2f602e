"""The reports made: who, when, from which snapshot, with which file hash. One JSON line a report, never changed."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from warehouse import ledger


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
    ledger.append(_file(root), line)


def reports_made(root: Path) -> list[dict[str, Any]]:
    """One row a report, oldest first: report, from, to, snapshot, who, when, sha256."""
    return ledger.read(_file(root))


def _file(root: Path) -> Path:
    return root / "reports_made.jsonl"
