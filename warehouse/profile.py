"""Mapping profiles: a TOML file that names one source's columns, code words, date formats and time zone."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import settings
from warehouse.read.words import fold, read_vocabulary

DEFAULT_TIME_ZONE = "Asia/Ho_Chi_Minh"


class ProfileError(Exception):
    """A profile that cannot be used. `str()` is a Vietnamese message."""


@dataclass(frozen=True)
class Profile:
    """`columns` is kind → canonical column → the source's headers; `words` is code words table → folded word → code."""

    name: str
    columns: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    date_formats: tuple[str, ...] = ()
    time_zone: str = DEFAULT_TIME_ZONE
    year_1904: bool = False


def profile_names() -> list[str]:
    """The profiles shipped with the program and those the office saved."""
    folders = (settings.SHIPPED / "profiles", settings.data_dir() / "settings" / "profiles")
    return sorted({file.stem for folder in folders for file in folder.glob("*.toml")})


def read_profile(name_or_path: str | Path) -> Profile:
    """A profile by its name (the office's own wins over the shipped one) or by the path of a TOML file. Raises ProfileError."""
    text = str(name_or_path)
    try:
        if re.fullmatch(r"[\w-]+", text):
            return _checked(text, settings.read(f"profiles/{text}"))
        return _checked(Path(text).stem, tomllib.loads(Path(text).read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"Mẫu ánh xạ {Path(text).name} không đúng cú pháp TOML.") from error
    except OSError as error:
        raise ProfileError(f"Không tìm thấy mẫu ánh xạ {Path(text).name}.") from error


def save_profile(profile: Profile) -> Path:
    """Write a profile to the office's own settings under its folded name; returns the file."""
    slug = fold(profile.name).replace(" ", "-")
    if not slug:
        raise ProfileError("Tên mẫu ánh xạ phải có chữ hoặc số.")
    lines = [f"date_formats = {_toml(list(profile.date_formats))}", f"time_zone = {_toml(profile.time_zone)}"]
    lines += ["year_1904 = true"] if profile.year_1904 else []
    for kind, columns in profile.columns.items():
        lines += ["", f"[{kind}.columns]", *(f"{name} = {_toml(list(headers))}" for name, headers in columns.items())]
    for table, words in profile.words.items():
        lines += ["", f"[words.{table}]", *(f"{_toml(word)} = {_toml(code)}" for word, code in words.items())]
    file = settings.data_dir() / "settings" / "profiles" / f"{slug}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _toml(value: str | Iterable[str]) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _checked(name: str, content: dict[str, Any]) -> Profile:
    vocabulary = read_vocabulary()
    columns: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind, part in content.items():
        if kind in {"words", "date_formats", "time_zone", "year_1904"}:
            continue
        if kind not in vocabulary.kinds or not isinstance(part, dict) or not isinstance(part.get("columns"), dict):
            raise ProfileError(f"Mẫu ánh xạ {name}: không có loại dữ liệu “{kind}”.")
        unknown = part["columns"].keys() - vocabulary.kinds[kind]["columns"].keys()
        if unknown:
            raise ProfileError(f"Mẫu ánh xạ {name}: loại {kind} không có cột “{min(unknown)}”.")
        columns[kind] = {column: _texts(headers) for column, headers in part["columns"].items()}
    time_zone = str(content.get("time_zone", DEFAULT_TIME_ZONE))
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ProfileError(f"Mẫu ánh xạ {name}: không có múi giờ “{time_zone}”.") from error
    words = {table: {fold(word): str(code) for word, code in codes.items()} for table, codes in content.get("words", {}).items()}
    unknown = words.keys() - settings.read("code_words").keys()
    if unknown:
        raise ProfileError(f"Mẫu ánh xạ {name}: không có bảng mã “{min(unknown)}”.")
    return Profile(name, columns, words, _texts(content.get("date_formats", ())), time_zone, bool(content.get("year_1904", False)))


def _texts(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(map(str, value))
