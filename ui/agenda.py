"""The agenda of a meeting: one item at a time, moved by buttons and by the arrow keys."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

STYLE = Path(__file__).parent / "meeting.css"
PLACE = "muc_hop"


def projecting() -> None:
    """The switch of the projector mode: large type, no menu, no filter bar."""
    if st.toggle("Trình chiếu", key="trinh_chieu", bind="query-params", help="Chữ lớn, ẩn trình đơn; phím ← → chuyển mục."):
        st.html(STYLE)


def current_item(items: list[str]) -> int:
    """The place of the item shown, with the buttons that move it (arrow keys ← and →) and a list to jump from."""
    count = len(items)
    place = min(max(int(st.session_state.get(PLACE, 0)), 0), count - 1)

    def move(step: int) -> None:
        st.session_state[PLACE] = min(max(place + step, 0), count - 1)

    with st.container(key="agenda"):
        before, middle, after = st.columns([1, 4, 1], vertical_alignment="center")
    before.button("Mục trước", on_click=move, args=(-1,), disabled=place == 0, shortcut="Left", key="previous_item", width="stretch")
    after.button("Mục sau", on_click=move, args=(1,), disabled=place == count - 1, shortcut="Right", key="next_item", width="stretch")
    middle.selectbox(
        "Mục của chương trình họp",
        range(count),
        index=place,
        format_func=lambda number: f"{number + 1}/{count}. {items[number]}",
        label_visibility="collapsed",
        key=f"agenda_{place}",
        on_change=lambda: st.session_state.update({PLACE: st.session_state[f"agenda_{place}"]}),
    )
    return place
