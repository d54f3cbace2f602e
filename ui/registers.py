"""The registers that staff keep on the page Giải pháp."""

from __future__ import annotations

from typing import Any

import pandas as pd

from metrics import registers
from ui.column_labels import CODES
from ui.register import Register

GROUPS = {number: f"{number}. {name}" for number, name in registers.groups().items()}
STATUSES = {code: CODES[code] for code in ("planned", "in_progress")} | {"done": "Hoàn thành", "cancelled": "Không thực hiện"}


def _next_code(rows: pd.DataFrame, values: dict[str, Any]) -> str:
    """ "GP3-05": the group and the next free number in it."""
    group = int(values["solution_group"] or 0)
    taken = set(rows["action_code"]) if len(rows) else set()
    return next(code for number in range(1, 10_000) if (code := f"GP{group}-{number:02d}") not in taken)


ACTIONS = Register(
    kind="actions",
    noun="giải pháp",
    named="title",
    key=("action_code",),
    choices={"solution_group": GROUPS, "status": STATUSES},
    long=frozenset({"title", "result", "evidence"}),
    generated=_next_code,
)
DOCUMENTS = Register(
    kind="documents",
    noun="văn bản",
    named="number",
    key=("number",),
    choices={"solution_group": GROUPS},
    long=frozenset({"subject"}),
)
MEASURES = Register(
    kind="measures",
    noun="số liệu",
    named="name",
    key=("solution_group", "name", "measured_on"),
    choices={"solution_group": GROUPS},
)
CONCLUSIONS = Register(
    kind="conclusions",
    noun="kết luận",
    named="text",
    key=("conclusion_code",),
    choices={"status": STATUSES},
    long=frozenset({"text"}),
)
