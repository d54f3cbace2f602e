"""Import a few readable rows as an export file would bring them, and look at what became of them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from warehouse.import_plan import plan
from warehouse.importing import Summary, run
from warehouse.mapping import Profile
from warehouse.snapshots import open_published

HEADERS = {
    "code": "Mã hồ sơ",
    "procedure": "Tên thủ tục",
    "procedure_code": "Mã TTHC",
    "field": "Lĩnh vực",
    "unit": "Đơn vị",
    "channel": "Hình thức nộp",
    "level": "Mức độ",
    "status": "Trạng thái",
    "submitted": "Ngày nộp",
    "received": "Ngày tiếp nhận",
    "due": "Ngày hẹn trả",
    "new_due": "Ngày hẹn trả mới",
    "finished": "Ngày kết thúc",
    "returned": "Ngày trả",
    "refused": "Ngày từ chối",
    "asked": "Ngày yêu cầu bổ sung",
    "answered": "Ngày bổ sung",
    "step": "Bước xử lý",
    "started": "Ngày bắt đầu",
}


def csv_file(rows: list[dict[str, str]]) -> bytes:
    """The rows as a CSV export; keys of HEADERS become their Vietnamese headers, other keys are headers themselves."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([HEADERS.get(name, name) for name in names])
    writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return stream.getvalue().encode()


def import_rows(root: Path, *rows: dict[str, str], kind: str | None = None, profile: Profile | None = None) -> list[Summary]:
    """Import the rows as one CSV file."""
    return import_file(root, "ho-so.csv", csv_file(list(rows)), kind, profile)


def import_json(root: Path, *messages: dict[str, Any]) -> list[Summary]:
    """Import national messages as one JSON file."""
    return import_file(root, "dong-bo.json", json.dumps(list(messages), ensure_ascii=False).encode())


def import_file(root: Path, name: str, content: bytes, kind: str | None = None, profile: Profile | None = None) -> list[Summary]:
    """Import one file's content."""
    plans = plan([(name, content)], kind, profile)
    assert not plans[0].problem, plans[0].problem
    return run(root, plans, "test")


def dossier(root: Path, code: str = "A") -> dict[str, Any]:
    """The published dossier with that code; dates as ISO text, an open end as None."""
    rows = open_published(root).frame("select * from dossier where dossier_code = $code", {"code": code})
    assert len(rows) == 1, f"{len(rows)} dossiers {code}"
    row = rows.astype(object).where(rows.notna(), None).to_dict("records")[0]
    return {name: _plain(value) for name, value in row.items()}


def intervals(root: Path, code: str = "A") -> list[tuple[str, str, Any]]:
    """The waiting intervals of a dossier: requested, answered ("" while it runs), working days."""
    rows = open_published(root).frame(
        "select w.* from waiting_interval as w join dossier as d on d.dossier_id = w.dossier_id where d.dossier_code = $code order by 2",
        {"code": code},
    )
    rows = rows.astype(object).where(rows.notna(), None)
    return [(_plain(r.requested_on), _plain(r.answered_on) or "", r.working_days) for r in rows.itertuples()]


def reasons(root: Path) -> list[str]:
    """Why rows were refused, in order."""
    return list(open_published(root).frame("select reason from refused_row order by batch, row_number")["reason"])


def _plain(value: Any) -> Any:
    if hasattr(value, "date"):
        day = value.date().isoformat()
        return None if day == "9999-12-31" else day
    return value
