"""Lay out the steps: where each began and ended, its working time, its wait and its norm."""

from __future__ import annotations

import duckdb

from settings import read
from warehouse.build.working_time import working_minutes


def build_steps(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill step from record.steps; a missing start is the previous step's end, a missing end the next step's start."""
    per_day = int(read("rules")["minutes_per_day"])
    connection.execute(
        f"""
        insert into step
        with told as (
            select s.* replace (n.name as step_name), d.dossier_id, d.unit_id, d.field_id, d.procedure_id, d.channel,
                   coalesce(s.started_at, s.finished_at) as began_at, coalesce(s.finished_at, s.started_at) as ended_at
            from record.steps as s
            join step_name_of as i on i.raw = s.step_name
            join step_name_names as n on n.id = i.id
            left join dossier as d on d.dossier_code = s.dossier_code
        ),
        ordered as (
            select *, row_number() over (
                partition by dossier_code order by began_at, ended_at, batch, line
            ) as position
            from told
        ),
        neighbours as (
            select *,
                   lag(step_name) over (partition by dossier_code order by position) as previous_step,
                   lag(ended_at) over (partition by dossier_code order by position) as previous_end,
                   lead(began_at) over (partition by dossier_code order by position) as next_start
            from ordered
        ),
        bounded as (
            select n.*,
                   coalesce(n.started_at, n.previous_end, r.received_at, n.finished_at) as start_at,
                   coalesce(n.finished_at, n.next_start) as end_at
            from neighbours as n left join record.dossiers as r on r.dossier_code = n.dossier_code
        ),
        sane as (
            select *, least(start_at, coalesce(end_at, start_at)) as from_at from bounded
        ),
        timed as (
            select s.*,
                   case when s.end_at is not null then {working_minutes("s.from_at", "c_from", "s.end_at", "c_end")} end as working_minutes,
                   case when s.previous_end is not null then {working_minutes("s.previous_end", "c_previous", "s.from_at", "c_from")} end
                       as wait_minutes,
                   case when s.due_at is not null then {working_minutes("s.from_at", "c_from", "s.due_at", "c_due")} end as own_norm_minutes
            from sane as s
            left join calendar as c_from on c_from.day = s.from_at::date
            left join calendar as c_end on c_end.day = s.end_at::date
            left join calendar as c_previous on c_previous.day = s.previous_end::date
            left join calendar as c_due on c_due.day = s.due_at::date
        ),
        norms as (
            select procedure_id, step_name,
                   min(case norm_unit when 'hour' then norm_value * 60 else norm_value * {per_day} end)::integer as minutes
            from step_norm group by procedure_id, step_name
        )
        select t.dossier_id, t.dossier_code, t.position::smallint, t.step_name, t.previous_step, coalesce(sn.id, 0), coalesce(o.id, 0),
               t.unit_id, t.field_id, t.procedure_id, t.channel,
               coalesce(t.status, t.phrase), t.from_at, t.end_at, t.due_at, t.working_minutes, t.wait_minutes,
               coalesce(own.minutes, any_procedure.minutes, t.own_norm_minutes)
        from timed as t
        left join section_of as sn on sn.raw = t.section_name
        left join officer_of as o on o.raw = t.officer_name
        left join norms as own on own.procedure_id = t.procedure_id and own.step_name = t.step_name and own.procedure_id <> 0
        left join norms as any_procedure on any_procedure.procedure_id = 0 and any_procedure.step_name = t.step_name
        order by t.dossier_id, t.dossier_code, t.position
        """
    )
