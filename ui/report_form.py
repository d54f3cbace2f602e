"""Make a report on the page: progress while it is built, the file to download, a line in the list of reports made."""

from __future__ import annotations

import logging
from datetime import datetime

import streamlit as st

from metrics.period import Period
from metrics.scope import Scope
from reports import REPORTS
from reports.making import CannotMake, file_name, make_report
from ui.access import note, signed_in
from ui.plain_text import plain
from warehouse import report_log
from warehouse.database import Database
from warehouse.location import served_root

FAILED = "Không lập được báo cáo. Số liệu không bị ảnh hưởng. Thử lại; nếu vẫn lỗi, báo người quản trị."
MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def report_button(name: str, db: Database, period: Period, scope: Scope, unit: str | None, *, key: str, label: str = "Lập báo cáo") -> None:
    """A button that builds report `name`; the file stays on offer until something else is asked for."""
    asked = (name, db.snapshot, period, scope, unit)
    if st.button(label, type="primary", icon=":material/description:", key=f"{key}_make"):
        st.session_state[f"{key}_made"] = None
        made = _made(name, db, period, scope, unit)
        if made is not None:
            st.session_state[f"{key}_made"] = (asked, made)
    kept = st.session_state.get(f"{key}_made")
    if not kept or kept[0] != asked:
        return
    st.success("Đã lập xong. Bấm nút dưới đây để tải về.", icon=":material/check_circle:")
    title = file_name(name, period, unit)
    st.download_button(
        f"Tải {plain(title)}", kept[1], file_name=title, mime=MIME[REPORTS[name].ending], key=f"{key}_file", icon=":material/download:"
    )


def _made(name: str, db: Database, period: Period, scope: Scope, unit: str | None) -> bytes | None:
    bar = st.progress(0.0, "Đang chuẩn bị…")
    made_at = datetime.now().replace(microsecond=0)

    def progress(share: float, text: str) -> None:
        bar.progress(min(share, 1.0), plain(text))

    try:
        content = make_report(name, db, period, scope, made_at=made_at, unit=unit, progress=progress)
    except CannotMake as problem:
        bar.empty()
        st.error(plain(str(problem)), icon=":material/error:")
        return None
    except Exception as error:  # the page must say what is safe, whatever went wrong
        logging.getLogger(__name__).error("report %s failed: %s", name, type(error).__name__)
        bar.empty()
        st.error(FAILED, icon=":material/error:")
        return None
    bar.empty()
    report_log.record(
        served_root(),
        name=name,
        start=period.start,
        end=period.end,
        snapshot=db.snapshot,
        who=signed_in().account,
        made_at=made_at,
        content=content,
    )
    note("report", f"{REPORTS[name].title}, bản dữ liệu {db.snapshot}")
    return content
