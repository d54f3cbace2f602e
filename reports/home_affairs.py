"""Báo cáo gửi Sở Nội vụ (DOCX): the yearly report on satisfaction in the form of the 2020 report, every figure from the catalogue."""

from __future__ import annotations

from typing import Any

import pandas as pd

import settings
from metrics import wording
from reports.stamp import Stamp
from reports.word import filled, head_words

DECIMALS = {"count": 0, "rank": 0, "working_days": 1, "hours": 1, "points": 1, "per_1000": 1}
NAMES = ("value", "previous", "last_year", "year_to_date", "target")
STATES = {"planned": "chưa thực hiện", "in_progress": "đang thực hiện", "done": "đã hoàn thành", "cancelled": "không thực hiện"}
NOTHING_CHANGED = 0.0005  # a change of a share below 0,05 percentage points is none


def build(content: dict[str, Any], stamp: Stamp) -> bytes:
    """`content` of metrics.report_content.home_affairs_content as a DOCX."""
    rows = content["indicators"].rename(columns={"same_period_last_year": "last_year"}).to_dict("records")
    words = {row["code"]: indicator_words(row) for row in rows}
    grounds = [*_documents(content["grounds"], subjects=True), *content["bases"]]
    context = {
        **head_words(content["head"], stamp.made_at),
        "i": words,
        "official": _official(content, words),
        "grounds": "; ".join(grounds),
        "g": {f"g{number}": _group(group) for number, group in content["groups"].items()},
        "form": form_rows(content["form"]),
        "indicator_rows": [{"name": row["name"], **words[row["code"]]} for row in rows],
        "source": stamp.line() + ".",
    }
    return filled("home_affairs", context, stamp)


def written(value: float | None, unit: str) -> str:
    """A value of the catalogue as it stands in a sentence: 96,3% · 1.234 · 8,0."""
    return wording.percent(value) if unit == "share" else wording.number(value, DECIMALS[unit])


def indicator_words(row: dict[str, Any]) -> dict[str, str]:
    """Every figure of an indicator in words; `compared` sets it beside the same period last year, `verdict` beside its target."""
    unit = row["unit"]
    words = {name: written(row[name], unit) for name in NAMES}
    known = not wording.missing(row["value"]) and not wording.missing(row["last_year"])
    moved = _moved(row["value"] - row["last_year"], unit) if known else ""
    compared = f"cùng kỳ năm trước {words['last_year']}" + (f", {moved}" if moved else "")
    if wording.missing(row["target"]):
        target, verdict, mark = "–", "chưa đặt chỉ tiêu", ""
    else:
        target = words["target"]
        mark = "" if row["met"] is None else "đạt" if row["met"] else "chưa đạt"
        verdict = f"{mark or 'chưa đánh giá được'} chỉ tiêu {target}"
    return {**words, "target": target, "moved": moved, "compared": compared, "verdict": verdict, "mark": mark or "–"}


def form_rows(form: dict[str, Any]) -> list[dict[str, str]]:
    """Form 06a as lines of text: tiers with their fields, then the total."""
    lines = []
    for place, tier in enumerate(form["tiers"]):
        letter = chr(ord("A") + place)
        sums = tier["rows"][list(settings.read("form_06a"))].sum()
        lines.append(_line(letter, f"TTHC cấp: {tier['tier']}", sums))
        lines += [_line(str(number), row["group"], row) for number, row in enumerate(tier["rows"].to_dict("records"), start=1)]
    return [*lines, _line("", "TỔNG SỐ", form["total"])]


def _line(number: str, group: str, row: Any) -> dict[str, str]:
    cells = {f"c{n}": wording.number(row[name], 0) for n, name in enumerate(settings.read("form_06a"), start=1)}
    return {"number": number, "group": group, **cells}


def _moved(change: float, unit: str) -> str:
    if abs(change) < (NOTHING_CHANGED if unit == "share" else 0.05):
        return "không đổi"
    size = wording.points(abs(change)).lstrip("+") if unit == "share" else wording.number(abs(change), DECIMALS[unit])
    return f"{'tăng' if change > 0 else 'giảm'} {size}"


def _official(content: dict[str, Any], words: dict[str, dict[str, str]]) -> dict[str, str]:
    """The newest published index up to the period's year, with its source and rank."""
    rows = content["official"]
    year = content["head"]["period"].end.year
    rows = rows[rows["year"] <= year]
    if rows.empty:
        return {"year": f"năm {year}", **dict.fromkeys(("value", "last_year", "rank", "source"), wording.NO_DATA)} | {
            "target": words["official_index"]["target"]
        }
    row = rows.iloc[0]
    return {
        "year": f"năm {row['year']}",
        "value": wording.percent(row["value"]),
        "last_year": wording.percent(row["last_year"]),
        "rank": wording.number(row["rank"], 0),
        "source": f"nguồn: {row['source']}",
        "target": words["official_index"]["target"],
    }


def _group(group: dict[str, Any]) -> dict[str, Any]:
    measures = [
        f"{row['name'][:1].lower()}{row['name'][1:]}: {wording.number(row['value'])} {row['unit_of_measure'] or ''}".strip()
        + f" (ngày {wording.day(row['measured_on'])})"
        for row in group["measures"].to_dict("records")
    ]
    return {
        "actions": [_action(row) for row in group["actions"].to_dict("records")],
        "measures": "; ".join(measures),
        "issued": "; ".join(_documents(group["issued"])),
        "earlier": "; ".join(_documents(group["earlier"])),
    }


def _action(row: dict[str, Any]) -> str:
    parts = [f"{row['title']}: {STATES.get(row['status'], row['status'])}"]
    if not wording.missing(row["result"]):
        parts.append(str(row["result"])[:1].lower() + str(row["result"])[1:])
    if row["status"] != "done" and not wording.missing(row["due_on"]):
        parts.append(f"hạn {wording.day(row['due_on'])}")
    return "; ".join(parts) + "."


def _documents(rows: pd.DataFrame, *, subjects: bool = False) -> list[str]:
    """Quyết định số 424/QĐ-UBND ngày 25/02/2020, in order of date; those of one subject together, the subject after them."""
    named: dict[str, list[str]] = {}
    for row in rows.to_dict("records"):
        dated = "" if wording.missing(row["issued_on"]) else f" ngày {wording.day(row['issued_on'])}"
        named.setdefault(str(row["subject"] or ""), []).append(f"{row['kind'] or 'Văn bản'} số {row['number']}{dated}")
    if subjects:
        return [f"{'; '.join(numbers)} về {subject}" for subject, numbers in named.items()]
    return [
        f"{'; '.join(numbers)} ({subject[:1].lower()}{subject[1:]})" if subject else "; ".join(numbers)
        for subject, numbers in named.items()
    ]
