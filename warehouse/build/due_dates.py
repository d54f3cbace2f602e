"""The due dates a dossier has had, in order: those its row tells of, then those of later imports (DOMAIN 4)."""

from __future__ import annotations

from warehouse.kinds import Column


def due_sequence(present: list[Column]) -> str:
    """SQL for the due dates one row (alias `p`) tells of, first to newest, without nulls."""
    names = {column.name for column in present}
    if not names & {"rescheduled_due_at", "supplements"}:
        return "case when p.due_at is null then [] else [p.due_at::date] end" if "due_at" in names else "[]::date[]"
    due = "p.due_at::date" if "due_at" in names else "null::date"
    rescheduled = "p.rescheduled_due_at::date" if "rescheduled_due_at" in names else "null::date"
    if "supplements" not in names:
        return f"list_filter([{due}, {rescheduled}], lambda day: day is not null)"
    moved = "list_transform(coalesce(p.supplements, []), lambda s: [s.due_before::date, s.due_after::date])"
    renewed = "list_transform(coalesce(p.supplements, []), lambda s: s.due_after::date)"
    first = f"case when list_contains({renewed}, {due}) then [] else [{due}] end"
    return f"list_filter(list_concat({first}, flatten({moved}), [{rescheduled}]), lambda day: day is not null)"


def keep_due_dates(row: str) -> str:
    """SQL for the history after a row: what was known (known_due_dates) and what of seen_due_dates is new, no day twice in a row."""
    known, seen = f"coalesce({row}.known_due_dates, [])", f"{row}.seen_due_dates"
    position = f"coalesce(list_position({seen}, {known}[-1]), 0)"
    joined = f"list_concat({known}, {seen}[{position} + 1:])"
    changed = f"list_filter({joined}, lambda day, n: n = 1 or day <> ({joined})[n - 1])"
    return (
        f"case when {row}.known_due_dates is null and len({seen}) < 2 then {seen} when len({joined}) < 2 then {joined} else {changed} end"
    )
