"""Start the application as an office does, on a free port, over a data folder of the test's own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent.parent
_STARTS_WITHIN = 60.0


@dataclass(frozen=True)
class RunningApp:
    """A server that answers: its address, the data folder it serves and the file that holds all it printed."""

    url: str
    port: int
    data: Path
    output: Path
    process: subprocess.Popen[bytes]


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_line(port: int, *options: str) -> list[str]:
    """The command that starts the application on `port`."""
    return [
        *(sys.executable, "-m", "streamlit", "run", str(PROJECT / "dashboard.py")),
        *("--server.headless", "true", "--server.port", str(port), *options),
    ]


def environment(data: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the application finds around it: the test's data folder, and nothing of this machine's Streamlit settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "MCDT_"))}
    return {**kept, "MCDT_DATA": str(data), "PYTHONIOENCODING": "utf-8", **(more or {})}


def wait_until_it_answers(process: subprocess.Popen[bytes], url: str, output: Path) -> None:
    """Return when `url` answers at all. Raises AssertionError with the output when the process ends or takes too long."""
    deadline = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url}:\n{output.read_text(encoding='utf-8', errors='replace')}")


@contextmanager
def running_app(
    data: Path,
    *,
    secrets: str | None = None,
    port: int | None = None,
    more_environment: Mapping[str, str] | None = None,
    options: tuple[str, ...] = (),
) -> Iterator[RunningApp]:
    """The application over `data`, with `secrets` as its secrets.toml (none: no sign-in); stopped at the end."""
    data.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    beside = data.parent / f"{data.name}-server"
    beside.mkdir(exist_ok=True)
    secrets_file, output = beside / "secrets.toml", beside / "output.txt"
    if secrets is not None:
        secrets_file.write_text(secrets, encoding="utf-8")
    line = start_line(port, "--secrets.files", str(secrets_file), *options)
    with output.open("wb") as printed:
        process = subprocess.Popen(line, cwd=PROJECT, env=environment(data, more_environment), stdout=printed, stderr=subprocess.STDOUT)
    try:
        wait_until_it_answers(process, f"http://127.0.0.1:{port}/_stcore/health", output)
        yield RunningApp(f"http://127.0.0.1:{port}", port, data, output, process)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
