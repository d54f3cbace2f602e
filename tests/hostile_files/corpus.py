"""The corpus: which mutants are made of which base, the same ones for the same seed."""

from __future__ import annotations

import random
import zipfile
import zlib
from collections.abc import Iterator

from tests.hostile_files.json_mutations import JSON
from tests.hostile_files.text_mutations import CSV
from tests.hostile_files.workbook_mutations import XLS, XLSX


def mutants(name: str, base: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`count` spoiled copies of one base: a name that tells how it was made, and its bytes; a third of them spoiled twice."""
    ways = {"csv": CSV, "json": JSON, "jsonl": JSON, "xlsx": XLSX, "xls": XLS}[name.rsplit(".", 1)[-1]]
    chance = random.Random(f"{seed} {name}")
    for number in range(count):
        way = ways[number % len(ways)]
        content, made_by = way(chance, base), way.__name__
        if chance.random() < 0.33 and content:
            second = chance.choice(ways[:9])  # the ones that take any bytes
            content, made_by = _second(second, chance, content), f"{made_by}-{second.__name__}"
        yield f"{number:05d}-{made_by}-{name}", content


def _second(way, chance: random.Random, content: bytes) -> bytes:  # type: ignore[no-untyped-def]
    try:
        return way(chance, content)
    except (
        ValueError,
        LookupError,
        OSError,
        NotImplementedError,
        RuntimeError,
        zipfile.BadZipFile,
        zlib.error,
    ):  # the first way left nothing that this one can read
        return content[: len(content) // 2]
