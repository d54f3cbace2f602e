"""Intervals in which a dossier waited for its applicant (DOMAIN 3), overlaps merged: temp.waiting, one row an interval.

Sources: supplement requests of the record, request columns of a list, steps of status 5 and 6 up to the next step of another
status. Without an answer an interval runs on only while the dossier's own status is 5 or 6, or 8 without a date.
"""

WAITING = """
    create or replace temp table waiting as
    with requests as (
        select dossier_code, s.requested_at::date as requested_on, s.answered_at::date as answered_on, 'supplement' as reason
        from (select dossier_code, unnest(supplements) as s from record.dossiers where supplements is not null)
        union all
        select dossier_code, supplement_requested_at::date, supplement_answered_at::date, 'supplement'
        from record.dossiers where supplement_requested_at is not null
        union all
        select dossier_code, requested_on, answered_on, reason from step_requests
    ),
    told as (
        select d.dossier_code, d.received_on, d.closed_on, d.runs, r.requested_on, r.answered_on, r.reason
        from requests as r join closings as d on d.dossier_code = r.dossier_code
        where r.requested_on is not null and d.received_on is not null
    ),
    untold as (
        select d.dossier_code, d.received_on, d.closed_on, d.runs,
               greatest(d.received_on, coalesce(max(t.answered_on), d.received_on)) as requested_on, null::date as answered_on,
               case d.status when 6 then 'finance' when 8 then 'stopped' else 'supplement' end as reason
        from closings as d left join told as t on t.dossier_code = d.dossier_code
        where d.runs and d.received_on is not null
        group by d.dossier_code, d.received_on, d.closed_on, d.runs, d.status
        having count(t.requested_on) = 0 or (d.status = 8 and count(t.requested_on) = count(t.answered_on))
    ),
    clipped as (
        select dossier_code, reason, greatest(requested_on, received_on) as requested_on,
               least(coalesce(answered_on, case when runs then date '9999-12-31' end), closed_on) as answered_on
        from (select * from told union all select * from untold)
        where answered_on is not null or runs
    ),
    ordered as (
        select *, max(answered_on) over (
            partition by dossier_code order by requested_on, answered_on rows between unbounded preceding and 1 preceding
        ) as latest_answer
        from clipped where answered_on > requested_on
    ),
    grouped as (
        select *, sum(case when latest_answer >= requested_on then 0 else 1 end) over (
            partition by dossier_code order by requested_on, answered_on rows unbounded preceding
        ) as interval_number
        from ordered
    ),
    merged as (
        select dossier_code, interval_number, min(requested_on) as requested_on, max(answered_on) as answered_on,
               min(requested_on::varchar || reason)[11:] as reason
        from grouped group by dossier_code, interval_number
    )
    select m.dossier_code, m.requested_on, m.answered_on, m.reason,
           case when m.answered_on < date '9999-12-31' then c2.working_day_number - c1.working_day_number end as working_days
    from merged as m
    join calendar as c1 on c1.day = m.requested_on
    left join calendar as c2 on c2.day = m.answered_on
"""

STEP_REQUESTS = """
    create or replace temp table step_requests as
    with worded as (
        select dossier_code, coalesce(status, phrase) as status, coalesce(started_at, finished_at) as happened_at, batch, line
        from record.steps where coalesce(status, phrase) is not null
    ),
    concerned as (select * from worded where dossier_code in (select dossier_code from worded where status in (5, 6))),
    changes as (
        select *, lag(status) over (partition by dossier_code order by happened_at, batch, line) as status_before
        from concerned
    ),
    turns as (
        select *, lead(happened_at) over (partition by dossier_code order by happened_at, batch, line) as next_change
        from changes where status_before is null or status_before <> status
    )
    select dossier_code, happened_at::date as requested_on, next_change::date as answered_on,
           case status when 5 then 'supplement' else 'finance' end as reason
    from turns where status in (5, 6)
"""
