"""Text from data or settings in the places where Streamlit reads Markdown."""

from __future__ import annotations

MEANT = frozenset(r"\`*_{}[]()#+-.!|<>~$:&")


def plain(text: str) -> str:
    """The text with every sign that Markdown gives a meaning escaped, so that it shows as it is."""
    return "".join(f"\\{sign}" if sign in MEANT else sign for sign in text)
