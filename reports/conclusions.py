"""Thông báo kết luận (DOCX) of a meeting: what was concluded, who is in charge, by when."""

from __future__ import annotations

from typing import Any

import pandas as pd

from metrics import wording
from reports.home_affairs import STATES
from reports.stamp import Stamp
from reports.word import filled, head_words


def build(content: dict[str, Any], stamp: Stamp) -> bytes:
    """`content` of metrics.meeting.conclusions_content as a DOCX."""
    meeting_on = content["meeting_on"]
    context = {
        **head_words(content["head"], stamp.made_at),
        "meeting": f"ngày {wording.day(meeting_on)}" if meeting_on else content["head"]["title"].lower(),
        "rows": _words(content["rows"]),
        "earlier": _words(content["earlier"]),
    }
    return filled("conclusions", context, stamp)


def _words(rows: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {
            "text": str(row["text"]).rstrip("."),
            "unit_name": "chưa phân công" if wording.missing(row["unit_name"]) else str(row["unit_name"]),
            "due_on": "chưa ấn định" if wording.missing(row["due_on"]) else wording.day(row["due_on"]),
            "state": STATES.get(row["status"], row["status"]) + (", quá hạn" if row["past_due"] else ""),
        }
        for row in rows.to_dict("records")
    ]
