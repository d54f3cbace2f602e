"""Read the office's settings: TOML files shipped here, overlaid by the office's own copies in its data folder."""

from __future__ import annotations

import os
import tomllib
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
            merged = _overlaid(merged, tomllib.loads(file.read_text(encoding="utf-8-sig")))
    return merged


def _overlaid(base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in top.items():
        both_tables = isinstance(value, dict) and isinstance(base.get(key), dict)
        result[key] = _overlaid(base[key], value) if both_tables else value
    return result
