"""Lay out the dossier facts: closings, due dates, working days, in the order that period questions want."""

from __future__ import annotations

import duckdb

from settings import read
from warehouse.build.closing import OUTCOME, RECEIVED, STATUS, STEP_CLOSINGS, closed_on
from warehouse.build.waiting import STEP_REQUESTS, WAITING
from warehouse.build.working_time import working_minutes

# one row a dossier: its record, how it ended, and whether it is waiting for the applicant now ("runs")
CLOSINGS = f"""
    create or replace temp view closings as
    with step_closings as ({STEP_CLOSINGS}),
    ended as (
        select d.* replace ({STATUS} as status), {OUTCOME} as outcome, {closed_on(OUTCOME)} as ended_on, {RECEIVED} as accepted_on
        from record.dossiers as d left join step_closings as s on s.dossier_code = d.dossier_code
    )
    select * exclude (ended_on, accepted_on),
           case when outcome in ('rejected', 'registered') then null else accepted_on end as received_on,
           case when outcome in ('open', 'registered') then date '9999-12-31' else ended_on end as closed_on,
           outcome = 'open' and status in (5, 6, 8) as runs
    from ended
"""

# one row a dossier that waited: working days of its ended intervals
PAUSES = """
    create or replace temp table pauses as
    select dossier_code, coalesce(sum(working_days), 0)::smallint as paused_days from temp.waiting group by dossier_code
"""

# one row a dossier with steps: the section and officer of its latest step
LATEST_STEPS = """
    create or replace temp table latest_steps as
    with ordered as (
        select dossier_code, section_name, officer_name,
               row_number() over (
                   partition by dossier_code
                   order by coalesce(started_at, finished_at) desc, coalesce(finished_at, started_at) desc, batch desc, line desc
               ) as position
        from record.steps
    )
    select dossier_code, section_name, officer_name from ordered where position = 1
"""

# one row a dossier asked for supplements: how often (status 5 and NgayBoSung, not financial waits)
SUPPLEMENT_COUNTS = """
    create or replace temp table supplement_counts as
    with told as (
        select dossier_code, greatest(coalesce(len(supplements), 0), (supplement_requested_at is not null)::bigint) as n
        from record.dossiers where supplements is not null or supplement_requested_at is not null
        union all
        select dossier_code, count(*) from step_requests where reason = 'supplement' group by dossier_code
    )
    select dossier_code, max(n)::smallint as n from told group by dossier_code having max(n) > 0
"""


# one row a listed procedure: the spans of days in which it was
LISTED_SPANS = """
    create or replace temp table listed_spans as
    select procedure_id, list({'listed_from': listed_from, 'listed_to': listed_to}) as spans from procedure_listing group by procedure_id
"""

# one row a working day: the day with that running number
WORKING_DAYS = """
    create or replace temp table working_day as
    select working_day_number as number, day from calendar where working
"""


def build_dossiers(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill dossier, waiting_interval and due_history from the records."""
    for statement in (WORKING_DAYS, CLOSINGS, STEP_REQUESTS, WAITING, PAUSES, LATEST_STEPS, SUPPLEMENT_COUNTS, LISTED_SPANS, _layout()):
        connection.execute(statement)
    connection.execute(
        """
        insert into waiting_interval
        select d.dossier_id, w.requested_on, w.answered_on, w.reason, w.working_days
        from temp.waiting as w join dossier as d on d.dossier_code = w.dossier_code
        order by d.dossier_id, w.requested_on
        """
    )
    connection.execute(
        """
        insert into due_history
        with listed as (
            select dossier_code, unnest(due_dates) as due_on, generate_subscripts(due_dates, 1) as position
            from record.dossiers where len(due_dates) > 0
        )
        select d.dossier_id, l.position, l.due_on from listed as l join dossier as d on d.dossier_code = l.dossier_code
        order by d.dossier_id, l.position
        """
    )


ENRICHED = """
    select
        d.*,
        coalesce(f.id, p.field_id, 0)::smallint as field_id,
        coalesce(u.id, 0)::smallint as unit_id,
        coalesce(o.id, 0) as procedure_id,
        coalesce(se.id, sd.id, 0) as section_id,
        coalesce(oe.id, od.id, 0) as officer_id,
        coalesce(d.service_level, p.service_level) as level_now,
        p.norm_value, p.norm_unit, coalesce(p.in_catalogue, false) as procedure_in_catalogue,
        coalesce(pa.paused_days, 0)::smallint as paused_days,
        pa.dossier_code is not null as has_waiting,
        coalesce(s.n, 0)::smallint as supplement_count,
        case when d.due_at is null and d.rescheduled_due_at is null
                  and len(list_filter(coalesce(d.supplements, []), lambda x: x.due_after is not null)) = 0
             then null else d.due_dates[-1] end as due_exported_on,
        d.due_dates[1] as due_first_on,
        greatest(coalesce(len(d.due_dates), 0) - 1, 0)::smallint as due_changes,
        d.received_on is not null and p.norm_value is not null as has_norm,
        l.spans as listed_spans,
        r.late_reason
    from temp.closings as d
    left join field_of as f on f.raw = d.field_name
    left join unit_of as u on u.raw = d.unit_name
    left join procedure_of as o on o.code is not distinct from d.procedure_code and o.name is not distinct from d.procedure_name
    left join procedure as p on p.procedure_id = o.id
    left join temp.listed_spans as l on l.procedure_id = o.id
    left join temp.latest_steps as ls on ls.dossier_code = d.dossier_code
    left join section_of as se on se.raw = ls.section_name
    left join section_of as sd on sd.raw = d.section_name
    left join officer_of as oe on oe.raw = ls.officer_name
    left join officer_of as od on od.raw = d.officer_name
    left join temp.pauses as pa on pa.dossier_code = d.dossier_code
    left join temp.supplement_counts as s on s.dossier_code = d.dossier_code
    left join record.late_reasons as r on r.dossier_code = d.dossier_code
"""


def _layout() -> str:
    """Each dossier once, with its due date in force and its working days, numbered in the order of closing.

    The due date in force is the newest exported one (moved by the settings pause_extends_due and due_rolls where they are on), else
    the day on which the procedure's norm plus the paused time is used up.
    """
    rules = read("rules")
    hours = rules["minutes_per_day"] / 60
    extends = "e.due_exported_on is not null and e.due_changes = 0 and e.paused_days > 0" if rules["pause_extends_due"] else "false"
    rolls = "not c_due.working" if rules["due_rolls"] else "false"
    accepted = working_minutes("e.submitted_at", "c_submitted", "e.received_at", "c_received")
    return f"""
        insert into dossier
        with enriched as ({ENRICHED}),
        numbered as (
            select e.*, c_received.working_day_number as received_number, c_closed.working_day_number as closed_number,
                   c_exported.working_day_number + case when {extends} then e.paused_days end as extended_number,
                   case when e.due_exported_on is null and e.has_norm and e.norm_unit <> 'calendar_day' then
                       c_received.working_day_number + e.paused_days
                       + ceil(case e.norm_unit when 'hour' then e.norm_value / {hours} else e.norm_value end)::integer
                   end as norm_number,
                   case when e.due_exported_on is null and e.has_norm and e.norm_unit = 'calendar_day' then
                       e.received_on + (ceil(e.norm_value)::integer + e.paused_days)
                   end as norm_calendar_day,
                   case when e.submitted_at is not null and e.received_at is not null then {accepted} end as acceptance_minutes
            from enriched as e
            left join calendar as c_received on c_received.day = e.received_at::date
            left join calendar as c_closed on c_closed.day = e.closed_on
            left join calendar as c_exported on c_exported.day = e.due_exported_on
            left join calendar as c_submitted on c_submitted.day = e.submitted_at::date
        ),
        due as (
            select n.*, coalesce(extended.day, n.due_exported_on, normed.day, n.norm_calendar_day) as due_given_on
            from numbered as n
            left join working_day as extended on extended.number = n.extended_number
            left join working_day as normed on normed.number = n.norm_number
        ),
        dated as (
            select e.*, case when {rolls} then rolled.day else e.due_given_on end as due_on
            from due as e
            left join calendar as c_due on c_due.day = e.due_given_on
            left join working_day as rolled on rolled.number = c_due.working_day_number + 1
        ),
        laid_out as (
        select
            dossier_code, field_id, unit_id, procedure_id, section_id, officer_id, coalesce(channel, 1) as channel,
            level_now as service_level, status, status_word, outcome,
            coalesce(submitted_at, case when received_on is null then received_at end)::date as submitted_on, received_on, due_on,
            due_first_on, due_changes,
            due_exported_on is null and due_on is not null as due_from_norm, closed_on, finished_at::date as finished_on,
            returned_at::date as returned_on, refused_at::date as refused_on, outcome in ('done', 'refused') as judged,
            case when received_on is not null and closed_on < date '9999-12-31' then
                greatest(closed_number - received_number - paused_days, 0)::smallint end
                as processing_days,
            paused_days, has_waiting, supplement_count,
            coalesce(list_bool_or(list_transform(
                listed_spans,
                lambda span: coalesce(received_on, submitted_at::date) between span.listed_from and span.listed_to
            )), false) as listed,
            procedure_in_catalogue as in_catalogue, case when received_on is not null then acceptance_minutes end as acceptance_minutes,
            fee_amount, paid_online, digitised, reused, electronic_result, population_data, return_method as returned_by_post,
            submission_place as national_portal, applicant_type, late_reason
        from dated as e
        order by closed_on, received_on, dossier_code
        )
        select row_number() over (), * from laid_out
    """
