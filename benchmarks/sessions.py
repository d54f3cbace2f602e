"""Fifty people at once: real websockets that open pages and change the filter, and one real browser among them."""

from __future__ import annotations

import asyncio
import random
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.measure import Row
from tests.browser import exception_boxes, new_page, open_browser, visit
from tests.running_app import running_app

SESSIONS = 50
SECONDS_BETWEEN_CLICKS = 10.0  # on average: a person looks at a page before the next click
RERUN_SECONDS = 1.0
FLAT = 1.1  # memory at the end against memory once the cache is warm
PAGES = ("", "thoi_gian_giai_quyet", "dich_vu_cong_truc_tuyen", "phan_anh_kien_nghi")
FILTERS = ({"ky": "Năm 2020"}, {"ky": "Quý III/2020"}, {"ky": "Tháng 12/2020"}, {"ky": "Năm 2020", "don_vi": "Đơn vị số 3"})


@dataclass
class Seen:
    """What the sessions met."""

    reruns: list[float] = field(default_factory=list)  # seconds
    errors: list[str] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def run(n: int, root: Path, minutes: float = 10) -> list[Row]:
    """Three rows: the 95th percentile of a rerun, errors, memory's growth after the warm-up."""
    with tempfile.TemporaryDirectory(dir=root.parent) as place:
        data = Path(place) / "office"
        data.mkdir()
        shutil.copy(root / "CURRENT", data / "CURRENT")
        (data / "snapshots").symlink_to(root / "snapshots")
        with running_app(data) as app:
            asyncio.run(_everything_once(app.url))
            seen = asyncio.run(_together(app.url, app.process.pid, minutes * 60))
    p95 = statistics.quantiles(seen.reruns, n=20)[-1]
    quarter = max(1, len(seen.megabytes) // 4)
    growth = statistics.median(seen.megabytes[-quarter:]) / statistics.median(seen.megabytes[:quarter])
    print(*sorted(set(seen.errors)), sep="\n")
    return [
        Row(f"{SESSIONS} sessions, {len(seen.reruns)} reruns, p95 with a warm cache", n, p95, {}, ceiling=RERUN_SECONDS),
        Row(f"{SESSIONS} sessions, errors", n, len(seen.errors), {}, ceiling=0, unit=""),
        Row(f"{SESSIONS} sessions, memory at the end ({seen.megabytes[-1]:.0f} MB) / at the start", n, growth, {}, ceiling=FLAT, unit="×"),
    ]


async def _everything_once(url: str) -> None:
    """Warm the cache: each page with each filter."""
    seen = Seen()
    async with _connected(url) as socket:
        for page in PAGES:
            for chosen in FILTERS:
                await _rerun(socket, page, chosen, seen)
    assert not seen.errors, seen.errors[:3]


async def _together(url: str, process: int, seconds: float) -> Seen:
    seen, end = Seen(), time.monotonic() + seconds
    people = [_person(url, number, end, seen) for number in range(SESSIONS - 1)]
    await asyncio.gather(asyncio.to_thread(_with_a_browser, url, end, seen), _watch(process, end, seen), *people)
    return seen


async def _person(url: str, number: int, end: float, seen: Seen) -> None:
    chance = random.Random(number)
    await asyncio.sleep(chance.random() * SECONDS_BETWEEN_CLICKS)
    async with _connected(url) as socket:
        while time.monotonic() < end:
            begun = time.perf_counter()
            await _rerun(socket, chance.choice(PAGES), chance.choice(FILTERS), seen)
            seen.reruns.append(time.perf_counter() - begun)
            await asyncio.sleep(chance.expovariate(1 / SECONDS_BETWEEN_CLICKS))


def _with_a_browser(url: str, end: float, seen: Seen) -> None:
    with open_browser() as browser:
        page, complaints = new_page(browser)
        while time.monotonic() < end:
            for name in PAGES:
                visit(page, f"{url}/{name}?{urlencode(FILTERS[0])}")
                seen.errors += ["an exception box in the browser"] * exception_boxes(page)
                page.wait_for_timeout(SECONDS_BETWEEN_CLICKS * 1000)
        seen.errors += complaints


async def _watch(process: int, end: float, seen: Seen) -> None:
    while time.monotonic() < end:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        seen.megabytes.append(int(status.split("VmRSS:")[1].split()[0]) / 1024)
        await asyncio.sleep(2)


def _connected(url: str) -> websockets.connect:
    address = url.replace("http://", "ws://") + "/_stcore/stream"
    return websockets.connect(address, subprotocols=["streamlit"], origin=url, max_size=None, ping_interval=None)  # type: ignore[arg-type,list-item]


async def _rerun(socket: websockets.ClientConnection, page: str, chosen: dict[str, str], seen: Seen) -> None:
    """Open `page` with a filter, as the browser asks for it, and wait until its script has run to the end."""
    asked = BackMsg()
    asked.rerun_script.query_string = urlencode(chosen)
    asked.rerun_script.page_name = page
    await socket.send(asked.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await asyncio.wait_for(socket.recv(), 120))  # type: ignore[arg-type]
        if answer.delta.new_element.HasField("exception"):
            seen.errors.append(f"{page}: {answer.delta.new_element.exception.message}")
        if answer.WhichOneof("type") == "script_finished":
            return
