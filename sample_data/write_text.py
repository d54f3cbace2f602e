"""Delimited text as different systems write it: title lines above, a total and signatures below, many encodings."""

from __future__ import annotations

import csv
import io
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

SIGNATURES = ["Người lập biểu", "Thủ trưởng đơn vị"]


def write_text(path: Path, frame: pd.DataFrame, layout: dict[str, Any]) -> None:
    """`frame` (columns already named as on screen, cells already text) with the layout's title, separator, encoding and form."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=layout["separator"], lineterminator="\r\n")
    for line in layout["title"]:
        writer.writerow([line])
    writer.writerow([])
    writer.writerow(["STT", *frame.columns])
    writer.writerows([number, *row] for number, row in enumerate(frame.itertuples(index=False), start=1))
    writer.writerow([])
    writer.writerow(["", f"Tổng cộng: {len(frame)}"])
    writer.writerow(["", SIGNATURES[0], "", "", SIGNATURES[1]])
    text = unicodedata.normalize(layout.get("form", "NFC"), out.getvalue())
    encoding = layout["encoding"]
    path.write_bytes(windows_1258(text) if encoding == "cp1258" else text.encode(encoding))


def windows_1258(text: str) -> bytes:
    """Text in Windows-1258, which writes most tone marks as letters of their own after the vowel."""
    return "".join(split_tone(letter) for letter in text).encode("cp1258")


@cache
def split_tone(letter: str) -> str:
    """The letter as Windows-1258 can hold it: whole, or vowel and tone mark."""
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        *vowel, tone = tones_last(unicodedata.normalize("NFD", letter))
        return unicodedata.normalize("NFC", "".join(vowel)) + tone
    return letter


def tones_last(parts: str) -> list[str]:
    """Decomposed parts of a letter with the tone mark after the mark that belongs to the vowel."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    return [part for part in parts if part not in tones] + [part for part in parts if part in tones]
