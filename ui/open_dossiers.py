"""The list of open dossiers that need a call: counted by reason, listed, and a reminder written down."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from metrics.wording import day, missing, moment, number, shortened
from metrics.worklist import late_reason_words
from reports.making import file_name, make_report
from ui.access import noting
from ui.data_table import XLSX
from ui.drill_down import listed
from ui.edits import may_edit, save
from ui.opening import View

REASONS = {
    "overdue": "Quá hạn",
    "due_soon": "Sắp đến hạn",
    "waiting_too_long": "Chờ người nộp quá lâu",
    "supplement_again": "Bổ sung hơn một lần",
    "overdue_unnoticed": "Quá hạn chưa báo người nộp",
}
EVERY = "Tất cả đang giải quyết"
STAFF = ["officer", "last_note", "noted_by", "noted_at"]
COLUMNS = [
    *("dossier_code", "days_left", "due_on", "procedure", "unit", "section", "officer", "received_on", "waiting_since", "waiting_days"),
    *("supplement_count", "noticed_on", "late_reason", "last_note", "noted_by", "noted_at"),
]


def chosen_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the reason and the section that are picked, with the counts to pick from."""
    labels = {flag: f"{words} ({number(int(rows[flag].sum()))})" for flag, words in REASONS.items()} | {
        "every": f"{EVERY} ({number(len(rows))})"
    }
    flag = st.pills("Lý do cần theo dõi", list(labels), format_func=lambda code: labels[code], default="overdue", key="ly_do")
    found = rows if flag in (None, "every") else rows[rows[flag]]
    section = st.selectbox("Phòng ban", sorted(found["section"].unique()), index=None, placeholder="Tất cả phòng ban", key="phong_ban")
    return found[found["section"] == section] if section else found


def listed_dossiers(rows: pd.DataFrame, view: View) -> None:
    """The rows as a paged list with a file; staff's names only for who may see them."""
    hidden = [] if view.user.sees_officers else STAFF
    shown = rows[[name for name in COLUMNS if name not in hidden]].reset_index(drop=True)
    listed(
        len(shown),
        lambda limit, offset: shown.iloc[offset : offset + limit],
        lambda: shown,
        key="open_dossiers",
        title="Hồ sơ cần theo dõi",
        noun="hồ sơ",
    )


def reminder_files(rows: pd.DataFrame, view: View) -> None:
    """One Excel list a section, for sending round."""
    if not view.user.may("report"):
        return
    with st.expander("Danh sách đôn đốc gửi phòng ban (Excel)", icon=":material/mail:"):
        urgent = rows[rows["overdue"] | rows["due_soon"]]
        section = st.selectbox(
            "Phòng ban nhận", sorted(urgent["section"].unique()), index=None, placeholder="Chọn phòng ban", key="nhan_don_doc"
        )
        if section:
            name = file_name("reminder_list", view.period, section)
            st.download_button(
                f"Tải danh sách ({number(int((urgent['section'] == section).sum()))} hồ sơ)",
                noting(
                    "report",
                    name,
                    lambda: make_report("reminder_list", view.db, view.period, view.scope, made_at=datetime.now(), unit=section),
                ),
                file_name=name,
                mime=XLSX,
                key="reminder_list",
                icon=":material/download:",
                on_click="ignore",
            )


def reminder(rows: pd.DataFrame, view: View) -> None:
    """Set the reason for lateness of a dossier, or write down a reminder; nothing for who may not edit."""
    if not may_edit() or rows.empty:
        return
    with st.expander("Ghi nguyên nhân trễ, ghi chú đôn đốc", icon=":material/edit_note:"):
        known = rows.set_index("dossier_code")
        code = st.selectbox(
            "Hồ sơ",
            list(known.index),
            index=None,
            format_func=lambda one: f"{one} – {shortened(str(known.loc[one, 'procedure']), 70)} (hẹn {day(known.loc[one, 'due_on'])})",
            placeholder="Chọn hồ sơ trong danh sách trên",
            key="ho_so_don_doc",
        )
        if not code:
            return
        row = known.loc[code]
        if view.user.sees_officers and not missing(row["last_note"]):
            st.text(f"Lần trước, {moment(row['noted_at'])}, {row['noted_by']}: {row['last_note']}")
        left, right = st.columns(2, gap="large")
        with left:
            _reason_form(str(code), row)
        with right:
            _note_form(str(code), view)


def _reason_form(code: str, row: pd.Series) -> None:
    words = {reason: text for reason, text in late_reason_words().items() if reason != "none"}
    with st.form(f"reason_{code}", border=False):
        place = list(words).index(row["late_reason"]) if row["late_reason"] in words else None
        reason = st.selectbox(
            "Nguyên nhân trễ hạn", list(words), index=place, format_func=lambda one: words[one], placeholder="Chọn nguyên nhân"
        )
        wanted = st.form_submit_button("Lưu nguyên nhân", icon=":material/save:")
    if wanted and reason:
        save({"late_reasons": [{"dossier_code": code, "late_reason": reason}]}, f"Đã ghi nguyên nhân trễ của hồ sơ {code}")


def _note_form(code: str, view: View) -> None:
    with st.form(f"note_{code}", border=False):
        text = st.text_area("Ghi chú đôn đốc", help="Không ghi tên, số điện thoại hay địa chỉ của người nộp hồ sơ.", max_chars=500)
        wanted = st.form_submit_button("Lưu ghi chú", icon=":material/save:")
    if wanted and text.strip():
        entry = {"dossier_code": code, "noted_at": datetime.now(), "noted_by": view.user.name, "text": " ".join(text.split())}
        save({"reminder_notes": [entry]}, f"Đã ghi chú đôn đốc hồ sơ {code}")
