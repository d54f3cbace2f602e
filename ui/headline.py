"""The overview's first line: how many targets are met, which are not, and how many dossiers need a call."""

from __future__ import annotations

import html

import streamlit as st

from metrics.sentences import of_overdue, of_targets


def headline(met: list[str], missed: list[str], overdue: float | None) -> None:
    """Two sentences in large type: the targets, and the dossiers past their due date."""
    st.html(f'<p class="headline">{html.escape(f"{of_targets(met, missed)} {of_overdue(overdue)}")}</p>')
