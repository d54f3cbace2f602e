"""The first run: while the office has no data of its own, the simulated data are built so that every page has something to show."""

from __future__ import annotations

import threading

import streamlit as st

from warehouse.location import sample_root, served_root
from warehouse.sample import ensure_sample
from warehouse.snapshots import published_name


def have_something_to_show() -> None:
    """Return once there is a snapshot to serve; the first visitor sees the sample being built, others wait for it."""
    if not _nothing_yet():
        return
    with _one_builder():
        if not _nothing_yet():
            return
        bar = st.progress(0.0, "Lần chạy đầu tiên: đang dựng dữ liệu mẫu…")

        def progress(share: float, text: str) -> None:
            bar.progress(min(max(share, 0.0), 1.0), f"Dữ liệu mẫu: {text}")

        ensure_sample(progress)
        bar.empty()


def _nothing_yet() -> bool:
    """An office whose own snapshots are damaged is not shown the sample in their place."""
    return served_root() == sample_root() and published_name(sample_root()) is None


@st.cache_resource(show_spinner=False)
def _one_builder() -> threading.Lock:
    return threading.Lock()
