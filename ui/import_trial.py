"""The trial run behind the preview of an import: made once for a file and its mapping, not at every touch of the page."""

from __future__ import annotations

import streamlit as st

from ui.import_run import PLANS, TRIALS
from warehouse.import_plan import Check, FilePlan, check
from warehouse.location import own_root
from warehouse.snapshots import published_name


def trial(planned: FilePlan, *, key: str) -> list[Check]:
    """What `check` says of the file, kept while the uploads, the mapping and what is published stay the same.

    Only counts and the rows refused or flagged are kept, and they go with the uploads. Raises UnreadableFile.
    """
    question = (st.session_state[PLANS][0], [table.mapping for table in planned.tables], published_name(own_root()))
    kept = st.session_state[TRIALS]
    if key not in kept or kept[key][0] != question:
        with st.spinner("Đang kiểm tra thử, chưa lưu gì…"):
            kept[key] = (question, check(own_root(), planned))
    return kept[key][1]
