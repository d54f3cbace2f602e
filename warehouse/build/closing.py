"""When and how a dossier ended: the one place where status, dates and steps become an outcome and a closing date.

The fragments are over alias `d` (a dossier record) and `s` (its closing steps, see STEP_CLOSINGS; all null when it has none).
"""

# one row a dossier with steps of a final status: the last day each such status was reached
STEP_CLOSINGS = """
    select
        dossier_code,
        max(case when coalesce(status, phrase) = 7 then coalesce(finished_at, started_at)::date end) as withdrawn_on,
        max(case when coalesce(status, phrase) = 9 then coalesce(finished_at, started_at)::date end) as processed_on,
        max(case when coalesce(status, phrase) = 10 then coalesce(finished_at, started_at)::date end) as handed_over_on,
        max(case when coalesce(status, phrase) = 11 then coalesce(finished_at, started_at)::date end) as turned_down_on
    from record.steps
    where coalesce(status, phrase) in (7, 9, 10, 11)
    group by dossier_code
"""

RECEIVED = "d.received_at::date"

# refused words without an acceptance are a refusal to accept
STATUS = "case when d.status = 11 and d.received_at is null then 3 else d.status end"

# a refusal dated before the acceptance belongs to an earlier submission
REFUSED_AFTER = f"case when d.refused_at::date >= {RECEIVED} then d.refused_at::date end"


def _step(day: str) -> str:
    return f"case when s.{day} >= {RECEIVED} then s.{day} end"


OUTCOME = f"""
    case {STATUS}
        when 1 then 'registered'
        when 3 then 'rejected'
        when 2 then 'open' when 4 then 'open' when 5 then 'open' when 6 then 'open'
        when 7 then 'withdrawn'
        when 11 then 'refused'
        when 8 then case
            when {REFUSED_AFTER} is not null then 'refused'
            when coalesce(d.finished_at, d.stopped_at, d.returned_at) is not null then 'stopped'
            else 'open' end
        else case
            when {REFUSED_AFTER} is not null then 'refused'
            when d.status is not null then 'done'
            when coalesce(d.finished_at, d.returned_at) is not null then 'done'
            when d.withdrawn_at is not null then 'withdrawn'
            when d.stopped_at is not null then 'stopped'
            else 'open' end
    end
"""


def closed_on(outcome: str) -> str:
    """SQL for the closing date, given the SQL (or column) that holds the outcome; null while open, or when no date is known."""
    both_steps = f"case when s.handed_over_on is not null then {_step('processed_on')} end"
    any_step = f"{_step('processed_on')}, {_step('handed_over_on')}"
    return f"""
    case {outcome}
        when 'done' then coalesce(d.finished_at::date, {both_steps}, d.returned_at::date, {any_step})
        when 'refused' then coalesce({REFUSED_AFTER}, d.finished_at::date, d.returned_at::date, {_step("turned_down_on")}, {any_step})
        when 'withdrawn' then coalesce(
            d.finished_at::date, d.withdrawn_at::date, d.returned_at::date, {_step("withdrawn_on")}, {any_step})
        when 'stopped' then coalesce(d.finished_at::date, d.stopped_at::date, d.returned_at::date)
        when 'rejected' then coalesce(
            d.refused_at::date, d.finished_at::date, d.returned_at::date, d.submitted_at::date, d.received_at::date)
    end
"""
