"""What tests share: the simulated data and the real WABO log, each imported once a session; a browser and an application a module."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, Page

from tests.browser import new_page, open_browser
from tests.running_app import RunningApp, running_app
from warehouse.database import Database
from warehouse.import_plan import plan
from warehouse.importing import run
from warehouse.mapping import read_profile
from warehouse.sample import make_sample
from warehouse.snapshots import open_published

# no time limit an example: a busy machine is no bug; in CI the same examples each time, so that a landing can be repeated
hypothesis.settings.register_profile("here", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("here")

WABO = Path(__file__).parent.parent.parent / "shared" / "data" / "wabo-receipt.csv"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a data folder of its own, so that none sees another's imports or an office's settings."""
    folder = tmp_path / "data"
    monkeypatch.setenv("MCDT_DATA", str(folder))
    return folder


@pytest.fixture(autouse=True)
def own_main_module() -> Iterator[None]:
    """AppTest leaves the app it ran as `__main__`, which processes that are started later would then run as their main file."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose sample warehouse holds the simulated data at its usual size."""
    folder = tmp_path_factory.mktemp("sample_data_folder")
    before = os.environ.get("MCDT_DATA")
    os.environ["MCDT_DATA"] = str(folder)
    try:
        make_sample()
    finally:
        os.environ.pop("MCDT_DATA") if before is None else os.environ.__setitem__("MCDT_DATA", before)
    return folder


@pytest.fixture(scope="session")
def sample_db(sample_folder: Path) -> Database:
    """The simulated data, published."""
    return open_published(sample_folder / "sample")


@pytest.fixture(scope="session")
def wabo_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that holds the WABO log."""
    root = tmp_path_factory.mktemp("wabo")
    run(root, plan([(WABO.name, WABO)], profile=read_profile("wabo")), "test")
    return root


@pytest.fixture(scope="session")
def wabo_db(wabo_root: Path) -> Database:
    """The WABO log, published."""
    return open_published(wabo_root)


@pytest.fixture(scope="module")
def app(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The application over a copy of the simulated data, which a test may change or take away."""
    data = tmp_path_factory.mktemp("copy") / "data"
    shutil.copytree(sample_folder, data)
    with running_app(data) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with open_browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def watched(browser: Browser) -> tuple[Page, list[str]]:
    """A page, and what its console complained of so far."""
    return new_page(browser, accept_downloads=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests counted (`record_property("counted", text)`), from whichever process they ran in."""
    for report in terminalreporter.getreports("passed"):
        for name, text in report.user_properties:
            if name == "counted":
                terminalreporter.write_line(f"{report.nodeid.split('::')[0]}: {text}")
