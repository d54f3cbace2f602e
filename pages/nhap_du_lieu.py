"""Nhập dữ liệu: bring in exports of the one-stop-shop software, see what was imported, take an import back."""

from functools import partial

import streamlit as st

from ui.import_history import history_table, summary_table
from ui.import_preview import file_preview
from ui.import_run import import_round, planned_files, run_with_progress, template_bytes
from ui.opening import head
from warehouse.kinds import kinds
from warehouse.mapping import profile_names

DETECT, NO_PROFILE = "Tự nhận biết", "Không dùng"
labels = {kind.label: name for name, kind in kinds().items()}

head("Nhập dữ liệu")
new, past, templates = st.tabs(["Nhập tệp", "Các lần nhập", "Tệp mẫu"])

with new:
    st.text("Chọn tệp xuất từ phần mềm một cửa. Chưa có gì được lưu cho đến khi bấm nút nhập ở cuối trang.")
    formats = ["xlsx", "xls", "csv", "txt", "json", "jsonl"]
    files = st.file_uploader("Tệp xuất từ phần mềm", type=formats, accept_multiple_files=True, key=f"tep_{import_round()}")
    kind_place, profile_place = st.columns(2)
    kind = kind_place.selectbox("Loại dữ liệu", [DETECT, *labels], key="loai")
    profile = profile_place.selectbox("Mẫu ghép cột", [NO_PROFILE, *profile_names()], key="mau")

    plans = planned_files(files, labels.get(kind), None if profile == NO_PROFILE else profile)
    ready = [plan for number, planned in enumerate(plans) if (plan := file_preview(planned, key=f"tep_{import_round()}_{number}"))]
    if ready and st.button(f"Nhập {len(ready)} tệp vào kho dữ liệu", type="primary", icon=":material/upload:"):
        run_with_progress(ready)
    summary_table()

with past:
    history_table()

with templates:
    st.text("Tệp Excel trống có sẵn tên cột. Điền dữ liệu từ dòng 2 rồi nhập ở thẻ Nhập tệp.")
    for label, name in labels.items():
        st.download_button(
            f"Tải mẫu: {label}",
            data=partial(template_bytes, name),
            file_name=f"mau-{name}.xlsx",
            key=f"mau_{name}",
            icon=":material/download:",
            type="tertiary",
        )
