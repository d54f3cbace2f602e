"""Plan and run an import from the page, with progress that says what is happening."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import streamlit as st

from ui.access import note, signed_in
from ui.plain_text import plain
from warehouse import importing
from warehouse.import_plan import FilePlan, plan
from warehouse.kinds import kinds
from warehouse.location import own_root
from warehouse.mapping import ProfileError, read_profile
from warehouse.read import UnreadableFile
from warehouse.sample import remove_sample
from warehouse.templates import write_template
from warehouse.writing import Progress

PLANS, TRIALS, SUMMARIES, ROUND = "import_plans", "import_trials", "import_summaries", "import_round"


def import_round() -> int:
    """How many imports this visit has made."""
    return int(st.session_state.get(ROUND, 0))


def planned_files(files: Sequence[Any], kind: str | None, profile: str | None) -> list[FilePlan]:
    """What the uploaded files hold; read once a choice, and kept while the person corrects the mapping."""
    chosen = (tuple(file.file_id for file in files), kind, profile)
    known = st.session_state.get(PLANS)
    if known is None or known[0] != chosen:
        try:
            with st.spinner("Đang đọc tệp…"):
                read = read_profile(profile) if profile else None
                plans = plan([(file.name, file.getvalue()) for file in files], kind, read)
        except ProfileError as problem:
            st.error(plain(str(problem)), icon=":material/block:")
            plans = []
        st.session_state[PLANS] = (chosen, plans)
        st.session_state[TRIALS] = {}  # see ui/import_trial.py
    return st.session_state[PLANS][1]


def template_bytes(kind: str) -> bytes:
    """The empty import template of a kind, as an XLSX file."""
    buffer = BytesIO()
    write_template(kind, buffer)
    return buffer.getvalue()


def run_with_progress(plans: Sequence[FilePlan]) -> None:
    """Import the files as one snapshot; what was published before stays as it is when anything fails."""
    bar = st.progress(0.0, "Bắt đầu nhập")
    try:
        summaries = importing.run(own_root(), plans, signed_in().account, _shown_on(bar))
    except UnreadableFile as problem:
        bar.empty()
        st.error(f"{plain(str(problem))} Số liệu đang hiển thị không thay đổi.", icon=":material/block:")
        return
    except Exception as error:  # the page must say what is safe, whatever went wrong
        logging.getLogger(__name__).error("import failed: %s", type(error).__name__)
        bar.empty()
        st.error(
            "Không nhập được tệp. Số liệu đang hiển thị không thay đổi và không có gì được lưu dở dang. "
            "Thử lại; nếu vẫn lỗi, gửi tên tệp và giờ nhập cho người quản trị.",
            icon=":material/error:",
        )
        return
    _leave_the_sample()
    note("import", "; ".join(f"{summary.file} ({kinds()[summary.kind].label}, lần nhập {summary.batch})" for summary in summaries))
    st.session_state[SUMMARIES] = summaries
    st.session_state[ROUND] = import_round() + 1  # an uploader of another key starts empty
    st.rerun()


def _leave_the_sample() -> None:
    """Once the office has data of its own, no trace of the simulated ones stays."""
    try:
        remove_sample()
    except OSError:  # Windows keeps a file that somebody still reads: nobody is served it any more
        logging.getLogger(__name__).warning("the sample is still being read and stays on disk")


def _shown_on(bar: Any) -> Progress:
    def show(share: float, text: str) -> None:
        bar.progress(min(max(share, 0.0), 1.0), plain(text))

    return show


def undo_with_progress(batch: str) -> None:
    """Take one import back; the snapshot is built anew without it."""
    bar = st.progress(0.0, "Bắt đầu hoàn tác")
    try:
        importing.undo(own_root(), batch, signed_in().account, _shown_on(bar))
    except ValueError as problem:
        bar.empty()
        st.error(plain(str(problem)), icon=":material/error:")
        return
    note("undo", f"lần nhập {batch}")
    bar.empty()
    st.success(f"Đã hoàn tác lần nhập {batch}. Số liệu đã được dựng lại.", icon=":material/undo:")
