"""The snapshot a report is made from: the published one, the one its period is locked on, or an older one that is still kept."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from warehouse.database import Database
from warehouse.location import served_root
from warehouse.snapshots import open_snapshot


def opened(name: str) -> Database:
    """Snapshot `name` of the warehouse that the screens show. Raises NoSnapshot when it is gone."""
    return _opened(served_root(), name)


@st.cache_resource(max_entries=2, show_spinner="Đang mở bản dữ liệu…")
def _opened(root: Path, name: str) -> Database:
    return open_snapshot(root, name)
