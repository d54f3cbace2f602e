"""How long things take: medians of interleaved rounds, so that a busy moment of the machine hits every peer alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Work = Callable[[], object]


@dataclass(frozen=True)
class Limit:
    """What has to hold against one peer: ours ≤ `at_most` × peer, or peer ≥ `times_faster` × ours."""

    peer: str
    at_most: float | None = None
    times_faster: float | None = None

    def words(self) -> str:
        if self.at_most is not None:
            return f"≤ {self.at_most:g} × {self.peer}"
        return f"≥ {self.times_faster:g} × faster than {self.peer}"


@dataclass(frozen=True)
class Row:
    """One line of the printed table: medians in `unit` (seconds, MB), ours and each peer's, and what was to be reached."""

    what: str
    n: int
    ours: float
    peers: dict[str, float] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    ceiling: float | None = None  # an absolute limit on ours
    unit: str = "s"

    def judged(self) -> list[tuple[str, str, bool]]:
        """Each limit in words, the ratio measured, and whether it is reached."""
        found = []
        for limit in self.limits:
            peer = self.peers[limit.peer]
            if limit.at_most is not None:
                found.append((limit.words(), f"{self.ours / peer:.2f} ×", self.ours <= limit.at_most * peer))
            else:
                found.append((limit.words(), f"{peer / self.ours:.1f} × faster", peer >= (limit.times_faster or 0) * self.ours))
        if self.ceiling is not None:
            found.append((f"≤ {self.ceiling:g} {self.unit}", f"{self.ours:.3g} {self.unit}", self.ours <= self.ceiling))
        return found


def medians(works: dict[str, Work], rounds: int = 5) -> dict[str, float]:
    """Name → median seconds. Each round runs every piece of work once, in turn; one round before them warms up."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            gc.collect()
            begun = time.perf_counter()
            work()
            if number:
                times[name].append(time.perf_counter() - begun)
    return {name: statistics.median(measured) for name, measured in times.items()}
