"""The launcher: `streamlit run dashboard.py`. The pages stand behind the door, ui/door.py.

The main script is not this file because a folder `pages` beside the main script is open to every visitor: Streamlit runs
pages/x.py for the address /x without running the main script first.
"""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from ui.http_guard import HttpGuard
from ui.listening import check_start


def favicon(_request: Request) -> FileResponse:
    """Our mark in the browser's tab, for everybody: a page's own icon would come from /media, which needs a sign-in."""
    return FileResponse(Path(__file__).parent / "ui" / "favicon.png")


@asynccontextmanager
async def loading_meanwhile(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """The first visitor's browser needs a while to start; what every page needs is loaded in that time."""
    threading.Thread(target=lambda: [import_module(name) for name in ("ui.opening", "ui.card_row", "ui.ranking_block")]).start()
    yield {}


check_start()
app = st.App("ui/door.py", lifespan=loading_meanwhile, middleware=[Middleware(HttpGuard)], routes=[Route("/favicon.png", favicon)])
