"""What a careful eye would call broken on a page as the browser draws it, and the words a reader would not understand."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

_HERE = Path(__file__).parent
_FAULTS, _WORDS, _SETTLED = ((_HERE / name).read_text(encoding="utf-8") for name in ("layout.js", "words.js", "settled.js"))

# A Vietnamese syllable without its marks; "on", "the" and "no" are such syllables too, but no English sentence is made of them alone.
_SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.IGNORECASE)
# Names of formats and systems, abbreviations of documents, and what officials write so.
_UNDERSTOOD = {
    *("csv", "excel", "json", "mb", "powerpoint", "sha", "sms", "txt", "word", "xls", "xlsx", "zalo"),
    *("brier", "cp", "duckdb", "dvc", "dvcqg", "pakn", "sipas", "spark", "stnmt", "tt", "ttg", "ubnd", "vp", "vpcp"),
}


def settle(page: Page, width: int, height: int) -> None:
    """Give the window this size and wait until every chart has been drawn in it and nothing moves any more."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(_SETTLED)


def faults(page: Page) -> list[str]:
    """Overflow, text on text and text cut off; empty when all is well."""
    return page.evaluate(_FAULTS)


def english(page: Page) -> dict[str, str]:
    """Words on the page that are no Vietnamese and that officials do not use: the word, and the text it stands in."""
    return {
        word: text[:80]
        for text in page.evaluate(_WORDS)
        for word in re.findall(r"[^\W\d_]+", text)
        if word.isascii() and len(word) > 1 and not _SYLLABLE.fullmatch(word) and word.lower() not in _UNDERSTOOD
    }


def drawn(page: Page) -> dict[str, int]:
    """How many cards, charts and tables there are; a chart counts once its drawing is there."""
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    found = {
        "cards": ".card",
        "charts": '[data-testid="stPlotlyChart"] .main-svg:first-of-type',
        "tables": '[data-testid="stDataFrame"], .read-table',
    }
    return {name: page.locator(selector).count() for name, selector in found.items()}
