"""Append-only logs, one JSON object a line: safe to append from several processes, and readable after a power cut."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def append(file: Path, line: dict[str, Any]) -> None:
    """Add one object. One write to a file opened for appending: lines of several processes never mix, and no old one changes."""
    handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        torn = os.lseek(handle, 0, os.SEEK_END) > 0 and _last_byte(handle) != b"\n"
        os.write(handle, (("\n" if torn else "") + json.dumps(line, ensure_ascii=False) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read(file: Path) -> list[dict[str, Any]]:
    """The objects, oldest first; [] without a file. A line that the machine stopped in the middle of writing is left out."""
    if not file.exists():
        return []
    found = []
    for line in file.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            found.append(told)
    return found


def _last_byte(handle: int) -> bytes:
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1)
