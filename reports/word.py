"""Fill a DOCX template that staff may edit in Word. What the template names and nobody knows reads "chưa có số liệu"."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, Environment

import settings
from metrics import wording
from reports.stamp import Stamp, stamped

TEMPLATES = Path(__file__).parent / "templates"


class NoFigure(ChainableUndefined):
    """A figure that the catalogue does not have, or has no value for."""

    def __str__(self) -> str:
        return wording.NO_DATA

    __html__ = __str__


def filled(name: str, content: dict[str, Any], stamp: Stamp) -> bytes:
    """The template reports/templates/<name>.docx (or the office's own in <data>/settings/templates) filled with `content`."""
    own = settings.data_dir() / "settings" / "templates" / f"{name}.docx"
    template = DocxTemplate(str(own if own.exists() else TEMPLATES / f"{name}.docx"))
    template.render(content, jinja_env=Environment(undefined=NoFigure, autoescape=True))
    out = io.BytesIO()
    template.save(out)
    return stamped(out.getvalue(), stamp)


def head_words(head: dict[str, Any], made_at: datetime) -> dict[str, Any]:
    """What every template may name about the office, the period and the day."""
    period, title = head["period"], str(head["title"])
    department = head["department"]
    return {
        "department": department,
        "during": title if title.startswith("6 ") or title.startswith("9 ") else title[:1].lower() + title[1:],
        "start": wording.day(period.start),
        "end": wording.day(period.end),
        "as_of": wording.day(head["as_of"]),
        "month": f"{made_at.month:02d}" if made_at.month < 3 else str(made_at.month),
        "year": made_at.year,
        "simulated": head["simulated"],
        "limits": f", phạm vi: {head['limits']}" if head["limits"] else "",
        **{key: value for key, value in settings.read("reports").items() if key.endswith(("_symbol", "_recipients"))},
    }
