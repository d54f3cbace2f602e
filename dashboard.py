"""The launcher: `streamlit run dashboard.py`. The pages stand behind the door, ui/door.py.

The main script is not this file because a folder `pages` beside the main script is open to every visitor: Streamlit runs
pages/x.py for the address /x without running the main script first.
"""

import streamlit as st
from starlette.middleware import Middleware

from ui.http_guard import HttpGuard
from ui.listening import check_start

check_start()
app = st.App("ui/door.py", middleware=[Middleware(HttpGuard)])
