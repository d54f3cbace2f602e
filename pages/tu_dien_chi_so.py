"""Từ điển chỉ số: every indicator of the catalogue, what it means and what it rests on."""

from itertools import groupby

import streamlit as st

from metrics.catalogue import CATALOGUE
from metrics.wording import number
from ui.chart_block import nothing_to_show
from ui.glossary_entry import entry, matches, menu_place, shown_on
from ui.opening import head

head("Từ điển chỉ số")
sought = st.text_input("Tìm chỉ số", key="tim", placeholder="Tên, mã hoặc từ trong công thức", bind="query-params")
found = [one for one in CATALOGUE if matches(one, sought)]
if not found:
    nothing_to_show("Không có chỉ số nào khớp", "Thử một từ ngắn hơn, ví dụ: đúng hạn, trực tuyến, hài lòng.")
    st.stop()

st.text(f"{number(len(found))} chỉ số. Bấm vào tên để xem công thức, căn cứ, chỉ tiêu và truy vấn.")
for page, members in groupby(sorted(found, key=menu_place), key=shown_on):
    st.subheader(page, anchor=False)
    for one in members:
        entry(one)
