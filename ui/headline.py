"""The overview's first line: how many targets are met, and which are not."""

from __future__ import annotations

import html

import streamlit as st

from metrics.sentences import of_targets


def headline(met: list[str], missed: list[str]) -> None:
    """One sentence in large type."""
    st.html(f'<p class="headline">{html.escape(of_targets(met, missed))}</p>')
