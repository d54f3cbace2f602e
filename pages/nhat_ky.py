"""Nhật ký: who signed in, was turned away, imported, changed, exported or reported, for the administrator."""

from __future__ import annotations

import streamlit as st

import settings
from ui.opening import head
from warehouse import audit

LABELS = {"when": "Thời điểm", "event": "Sự kiện", "who": "Tài khoản", "what": "Nội dung", "where": "Từ địa chỉ"}
TIME_ZONE = "Asia/Ho_Chi_Minh"

head("Nhật ký")
st.text("Ai đã đăng nhập, bị từ chối, nhập, hoàn tác, cập nhật, tải về hoặc lập báo cáo. Nhật ký chỉ ghi thêm, không sửa được.")

months = audit.months(settings.data_dir())
if not months:
    st.info("Chưa có sự kiện nào được ghi.", icon=":material/history:")
    st.stop()

left, right = st.columns(2)
month = left.selectbox("Tháng", months, format_func=lambda name: f"{name[5:]}/{name[:4]}")
wanted = right.multiselect("Sự kiện", list(audit.EVENTS), format_func=audit.EVENTS.__getitem__, placeholder="Tất cả")

events = audit.events(settings.data_dir(), month)
chosen = events[events["event"].isin(wanted)] if wanted else events
table = chosen.assign(
    when=chosen["when"].dt.tz_convert(TIME_ZONE).dt.strftime("%d/%m/%Y %H:%M:%S"), event=chosen["event"].map(audit.EVENTS)
)
if not table.empty:
    st.dataframe(table.rename(columns=LABELS), hide_index=True, width="stretch", placeholder="–")
st.text(f"{len(table)} sự kiện.")
