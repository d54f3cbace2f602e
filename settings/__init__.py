"""Read the office's settings: TOML files shipped here, overlaid by the office's own copies in its data folder."""

from __future__ import annotations

import os
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent


def data_dir() -> Path:
    """The folder that holds everything this office imported: $MCDT_DATA, else ./data."""
    return Path(os.environ.get("MCDT_DATA") or "data")


def read(name: str) -> dict[str, Any]:
    """Settings file `name` ("department", "kinds/dossiers", …); `<data>/settings/<name>.toml` wins key by key, table by table.

    Raises FileNotFoundError when neither exists and tomllib.TOMLDecodeError when a file is not TOML.
    """
    shipped, office = SHIPPED / f"{name}.toml", data_dir() / "settings" / f"{name}.toml"
    if not shipped.exists() and not office.exists():
        raise FileNotFoundError(f"settings/{name}.toml")
    merged: dict[str, Any] = {}
    for file in (shipped, office):
        if file.exists():
            state = file.stat()
            merged = _overlaid(merged, _parsed(file, state.st_mtime_ns, state.st_size))
    return merged


@lru_cache(maxsize=256)
def _parsed(file: Path, changed_ns: int, size: int) -> dict[str, Any]:
    """A file's content, parsed again only once it has changed: one import asks for settings more than a hundred times."""
    return tomllib.loads(file.read_text(encoding="utf-8-sig"))


def _overlaid(base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    """A new dict (lists copied too), so that no caller can change what the cache holds."""
    result = dict(base)
    for key, value in top.items():
        if isinstance(value, dict):
            below = base.get(key)
            result[key] = _overlaid(below if isinstance(below, dict) else {}, value)
        else:
            result[key] = value.copy() if isinstance(value, list) else value
    return result
