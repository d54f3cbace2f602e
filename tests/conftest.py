"""Snapshots shared by the tests: the simulated data and the real WABO log, each imported once a session."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests counted (`record_property("counted", text)`), from whichever process they ran in."""
    for report in terminalreporter.getreports("passed"):
        for name, text in report.user_properties:
            if name == "counted":
                terminalreporter.write_line(f"{report.nodeid.split('::')[0]}: {text}")
