"""From `streamlit run` to the overview drawn in Chromium, against a page of one line."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect

from benchmarks.measure import Limit, Row, medians
from tests.browser import new_page, open_browser
from tests.running_app import environment, free_port, running_app, wait_until_it_answers

ONE_LINE = 'import streamlit as st; st.write("một dòng")'


def run(n: int, root: Path) -> list[Row]:
    """One row."""
    with tempfile.TemporaryDirectory(dir=root.parent) as place, open_browser() as browser:
        data = Path(place) / "office"
        data.mkdir()
        shutil.copy(root / "CURRENT", data / "CURRENT")
        (data / "snapshots").symlink_to(root / "snapshots")
        page = Path(place) / "one_line.py"
        page.write_text(ONE_LINE, encoding="utf-8")
        found = medians({"ours": lambda: _ours(data, browser), "one-line page": lambda: _one_line(page, browser)}, rounds=3)
    return [Row("start to the first page drawn", n, found.pop("ours"), found, (Limit("one-line page", at_most=1.5),))]


def _ours(data: Path, browser: Browser) -> None:
    with running_app(data) as app:
        _until(browser, app.url, "Giải quyết đúng hạn theo thủ tục")


def _one_line(file: Path, browser: Browser) -> None:
    port = free_port()
    line = [sys.executable, "-m", "streamlit", "run", str(file), "--server.headless", "true", "--server.port", str(port)]
    output = file.with_suffix(".txt")
    with output.open("wb") as printed:
        process = subprocess.Popen(line, cwd=file.parent, env=environment(file.parent), stdout=printed, stderr=subprocess.STDOUT)
    try:
        wait_until_it_answers(process, f"http://127.0.0.1:{port}/_stcore/health", output)
        _until(browser, f"http://127.0.0.1:{port}", "một dòng")
    finally:
        process.terminate()
        process.wait()


def _until(browser: Browser, url: str, words: str) -> None:
    page, _ = new_page(browser)
    page.set_default_timeout(120_000)
    page.goto(url)
    expect(page.get_by_text(words).first).to_be_visible(timeout=120_000)
    page.context.close()
