"""The audit log: who did what, when and from where. Append-only, one JSON object a line, one file a month.

Lines name accounts of staff, batches, reports and pages; never an applicant, a dossier's content or a file's content.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the server starts without it
    import pandas as pd


EVENTS = {
    "sign_in": "Đăng nhập",
    "sign_out": "Đăng xuất",
    "refusal": "Từ chối truy cập",
    "import": "Nhập dữ liệu",
    "undo": "Hoàn tác",
    "restore": "Khôi phục từ bản sao lưu",
    "edit": "Cập nhật sổ theo dõi",
    "lock": "Chốt kỳ",
    "export": "Tải bảng số liệu",
    "report": "Lập báo cáo",
}
COLUMNS = ["when", "event", "who", "what", "where"]
_LONGEST = 300


def record(root: Path, event: str, who: str, what: str, where: str) -> None:
    """Append one event to the log under `root`. Raises ValueError for an unknown event and OSError when the disk refuses."""
    if event not in EVENTS:
        raise ValueError(f"no such event: {event}")
    now = datetime.now(UTC)
    line = {
        "when": now.isoformat(timespec="seconds"),
        "event": event,
        "who": who[:_LONGEST],
        "what": what[:_LONGEST],
        "where": where[:_LONGEST],
    }
    folder = root / "audit"
    folder.mkdir(parents=True, exist_ok=True)
    # One write to a file opened for appending: lines of several processes never mix, and nothing here can change an old one.
    handle = os.open(folder / f"{now:%Y-%m}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, (json.dumps(line, ensure_ascii=False) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def months(root: Path) -> list[str]:
    """The months that have a log, newest first, as "yyyy-mm"."""
    return sorted((file.stem for file in (root / "audit").glob("????-??.jsonl")), reverse=True)


def events(root: Path, month: str) -> pd.DataFrame:
    """One row an event of `month` ("yyyy-mm"), newest first: when (UTC), event, who, what, where.

    A line that is not whole JSON (the machine stopped while writing it) is shown as it stands, under "what".
    """
    import pandas as pd

    if month not in months(root):
        return pd.DataFrame(columns=COLUMNS)
    text = (root / "audit" / f"{month}.jsonl").read_text(encoding="utf-8", errors="replace")
    rows = [_read(line) for line in text.split("\n") if line.strip()]
    frame = pd.DataFrame(rows[::-1], columns=COLUMNS)
    return frame.assign(when=pd.to_datetime(frame["when"], utc=True, errors="coerce"))


def _read(line: str) -> dict[str, str | None]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError:
        return {"when": None, "event": None, "who": None, "what": line[:_LONGEST], "where": None}
    return {column: found.get(column) for column in COLUMNS}
