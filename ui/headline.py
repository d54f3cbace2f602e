"""The overview's first line: how many targets are met, and which are not."""

from __future__ import annotations

import html

import streamlit as st

from metrics.sentences import of_targets


def headline(met: list[str], missed: list[str], *also: str) -> None:
    """The targets in large type, and what else must be known at once."""
    st.html(f'<p class="headline">{html.escape(" ".join([of_targets(met, missed), *also]))}</p>')
