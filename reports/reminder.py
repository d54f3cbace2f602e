"""Công văn đôn đốc (DOCX): a reminder to one section or unit, with its dossiers listed."""

from __future__ import annotations

from typing import Any

from metrics import wording
from metrics.worklist import FLAGS
from reports.stamp import Stamp
from reports.word import filled, head_words


def build(content: dict[str, Any], stamp: Stamp) -> bytes:
    """`content` of metrics.reminders.reminder_content as a DOCX."""
    counts = {name: wording.number(content[name], 0) for name in ("open", *FLAGS, "near_due_days", "waiting_too_long_days")}
    cases = [
        {
            **row,
            "received_on": wording.day(row["received_on"]),
            "due_on": wording.day(row["due_on"]),
            "last_note": "–" if wording.missing(row["last_note"]) else row["last_note"],
        }
        for row in content["cases"].to_dict("records")
    ]
    context = {**head_words(content["head"], stamp.made_at), **counts, "addressee": content["addressee"], "cases": cases}
    return filled("reminder", context, stamp)
