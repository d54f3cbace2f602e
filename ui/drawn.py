"""Figures drawn once for the same rows: drawing one takes longer than asking for its numbers again."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st


def drawn(chart: Callable[..., go.Figure], *arguments: Any, **named: Any) -> go.Figure:
    """What `chart(*arguments, **named)` draws. All sessions share the figure: it is shown, never changed."""
    return _figure(f"{chart.__module__}.{chart.__qualname__}", arguments, named, lambda: chart(*arguments, **named))


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={pd.DataFrame: pickle.dumps})  # Streamlit's own is ten times slower
def _figure(key: str, arguments: tuple[Any, ...], named: dict[str, Any], _draw: Callable[[], go.Figure]) -> go.Figure:
    """The key and the arguments, rows and colours among them, are all that a drawing depends on."""
    return _draw()
