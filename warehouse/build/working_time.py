"""Working time between two moments, in minutes of office hours (rules.toml: working_sessions, minutes_per_day)."""

from __future__ import annotations

from settings import read


def working_minutes(start: str, start_day: str, end: str, end_day: str) -> str:
    """SQL for the working minutes from timestamp `start` to `end`; *_day are calendar aliases joined on their dates.

    Whole days between them count minutes_per_day each. Two dates without a clock time (both midnight) count whole working days,
    as DOMAIN 3 counts them. Never below 0.
    """
    per_day = int(read("rules")["minutes_per_day"])
    days = f"({end_day}.working_day_number - {start_day}.working_day_number) * {per_day}"
    clock_less = f"date_trunc('day', {start}) = {start} and date_trunc('day', {end}) = {end}"
    within = f"{days} + {_since_opening(end, end_day, per_day)} - {_since_opening(start, start_day, per_day)}"
    return f"greatest(case when {clock_less} then {days} else {within} end, 0)::integer"


def _since_opening(moment: str, day: str, per_day: int) -> str:
    """Minutes worked on that day up to the moment, less the full day that its running number already counts."""
    minute = f"(extract(hour from {moment}) * 60 + extract(minute from {moment}))"
    worked = []
    for opens, closes in read("rules")["working_sessions"]:
        start, end = _minute_of_day(opens), _minute_of_day(closes)
        worked.append(f"least(greatest({minute} - {start}, 0), {end - start})")
    return f"case when {day}.working then {' + '.join(worked)} - {per_day} else 0 end"


def _minute_of_day(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
