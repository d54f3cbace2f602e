"""Three steps for somebody who sees the dashboard for the first time; shown while the data are simulated."""

from __future__ import annotations

import streamlit as st

from ui import menu
from ui.identity import User

STEPS = (
    ("tong_quan", "**1. Xem.** Mỗi thẻ là một chỉ số: giá trị, chỉ tiêu, kỳ trước, cùng kỳ, lũy kế. Bấm “Chi tiết” để đi sâu."),
    ("tu_dien_chi_so", "**2. Hiểu.** Bấm “Cách tính” dưới mỗi thẻ để xem công thức, căn cứ, truy vấn và danh sách hồ sơ."),
    ("nhap_du_lieu", "**3. Dùng số liệu thật.** Nhập tệp xuất từ phần mềm một cửa; dữ liệu mẫu tự biến mất sau lần nhập đầu tiên."),
)


def tour(user: User) -> None:
    """The steps, folded up, each with the way to its page."""
    with st.expander("Mới dùng lần đầu? Ba bước để bắt đầu", icon=":material/flag:"):
        for name, words in STEPS:
            st.markdown(words)
            entry = next((entry for entry in menu.entries() if entry.name == name), None)
            if entry and name != "tong_quan" and menu.open_to(user, entry):
                st.page_link(entry.file, label=f"Mở trang {entry.title}", icon=entry.icon)
