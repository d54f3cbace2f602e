"""Good files to spoil: the simulated exports of every format and the WABO log, cut to a few rows each."""

from __future__ import annotations

import json
from pathlib import Path

from sample_data.generate import generate

WABO = Path(__file__).parent.parent.parent.parent / "shared" / "data" / "wabo-receipt.csv"
DOSSIERS, SEED, LINES = 300, 7, 16


def text_bases(folder: Path) -> dict[str, bytes]:
    """CSV and JSON files by name, whole lines from the top (headers included) and from the foot (totals, signatures)."""
    files = {path.name: path.read_bytes() for path in generate(folder, SEED, DOSSIERS) if path.suffix in (".csv", ".json", ".jsonl")}
    files[WABO.name] = WABO.read_bytes()
    return {name: _cut(content) for name, content in files.items()}


def workbook_bases(folder: Path) -> dict[str, bytes]:
    """XLSX and XLS files by name, as the generator made them into `folder`."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in (".xlsx", ".xls")}


def messages(base: bytes) -> list[dict]:  # type: ignore[type-arg]
    """The objects of a JSON base (one a line)."""
    return [json.loads(line) for line in base.decode("utf-8-sig").splitlines() if line.strip()]


def _cut(content: bytes) -> bytes:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        lines = content.decode("utf-16").splitlines(keepends=True)
        return "".join(_ends(lines)).encode("utf-16")
    return b"".join(_ends(content.splitlines(keepends=True)))


def _ends(lines: list) -> list:  # type: ignore[type-arg]
    return lines if len(lines) <= LINES else [*lines[: LINES - 4], *lines[-4:]]
