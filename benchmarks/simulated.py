"""A snapshot of any number of dossiers over `years` years up to the end of 2020, from a seed, written straight into the real schema.

It is laid out as an import lays it out: dossiers sorted by closing date with open ones last, dense ids, intervals and steps in the
dossiers' order. Processes last from a day to two months with a tail, a tenth waits for the applicant, five steps a dossier on average.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.build.calendar import calendar_table
from warehouse.build.facts import create_facts
from warehouse.snapshots import publish, snapshot_file, snapshot_names

PROCEDURES, UNITS, FIELDS, SECTIONS, OFFICERS = 120, 40, 12, 60, 300
MEMORY = "3GB"

# h(k) = an even, repeatable number for dossier n and purpose k
_DOSSIERS = """
insert into dossier
with drawn as (
    select
        n,
        date '2021-01-01' - cast(1 + h(n, 1) % ($years * 365) as integer) as received_on,
        cast(least(h(n, 2) % 120, h(n, 3) % 120) + 1 as integer) as procedure_id,
        cast(least(h(n, 4) % 40, h(n, 5) % 40) + 1 as smallint) as unit_id,
        cast(case when h(n, 6) % 100 < 55 then 2 when h(n, 6) % 100 < 92 then 1 else 3 end as tinyint) as channel,
        cast(5 + h(n, 2) % 26 as integer) as term,
        cast(1 + h(n, 7) % 30 + case when h(n, 8) % 50 = 0 then h(n, 9) % 200 else 0 end as integer) as lasted,
        cast(h(n, 10) % 1000 as integer) as luck
    from range($dossiers) as numbers(n)
),
closed as (
    select *,
        case when received_on + lasted <= date '2020-12-31' and luck > 0 then received_on + lasted else date '9999-12-31' end as closed_on,
        received_on + term as due_on
    from drawn
),
numbered as (
    select *, 'H' || lpad(cast(n as varchar), 9, '0') as dossier_code, closed_on < date '9999-12-31' as ended
    from closed
)
select
    row_number() over (order by closed_on, received_on, dossier_code),
    dossier_code, cast(1 + procedure_id % 12 as smallint), unit_id, procedure_id, cast(1 + h(n, 11) % 60 as integer),
    cast(1 + h(n, 12) % 300 as integer), channel, cast(case procedure_id % 3 when 0 then 2 when 1 then 3 else 4 end as tinyint),
    cast(case when not ended then 4 when luck < 20 then 7 else 10 end as tinyint), null,
    case when not ended then 'open' when luck < 20 then 'withdrawn' when luck < 30 then 'refused' else 'done' end,
    received_on - cast(h(n, 13) % 3 as integer), received_on, due_on, due_on, 0, false, closed_on,
    case when ended then closed_on end, case when ended then closed_on + 1 end, null,
    ended and luck >= 20, case when ended then cast(lasted * 5 / 7 as smallint) end, 0, luck % 10 = 0, cast(luck % 10 = 0 as smallint),
    procedure_id % 2 = 0, true, cast(h(n, 14) % 1500 as integer), case when procedure_id % 4 = 0 then 50000.0 end,
    case when procedure_id % 4 = 0 then cast(h(n, 15) % 3 as tinyint) end, luck % 2 = 0, luck % 7 = 0, luck % 3 = 0, luck % 5 = 0,
    luck % 6 = 0, luck % 2 = 0, 'citizen', null
from numbered
order by closed_on, received_on, dossier_code
"""
_WAITING = """
insert into waiting_interval
select dossier_id, received_on + 1,
    case when closed_on < date '9999-12-31' then least(received_on + 5, closed_on) else date '9999-12-31' end,
    'supplement', case when closed_on < date '9999-12-31' then 3 end
from dossier where has_waiting order by dossier_id
"""
_STEPS = """
insert into step
with numbered as (
    select dossier_id, dossier_code, unit_id, field_id, procedure_id, channel, received_on, unnest(range(1, 4 + dossier_id % 4)) as position
    from dossier
    where dossier_id % $every = 0
),
named as (
    select *,
        'Bước ' || (position + h(dossier_id, position) % 2) as step_name,
        case when position > 1 then 'Bước ' || (position - 1 + h(dossier_id, position - 1) % 2) end as previous_step
    from numbered
)
select
    dossier_id, dossier_code, position, step_name, previous_step, 1 + (dossier_id + position) % 60,
    1 + (dossier_id + position) % 300, unit_id, field_id, procedure_id, channel, null,
    cast(received_on + cast(position - 1 as integer) as timestamp) + interval 8 hour,
    cast(received_on + cast(position as integer) as timestamp) + interval 8 hour,
    null, 1 + cast(h(dossier_id, position + 100) % 480 as integer),
    case when position > 1 then cast(h(dossier_id, position) % 400 as integer) end, 400 + 40 * position
from named
order by dossier_id, position
"""
_NAMED = """
insert into field select n, 'LV' || n, 'Lĩnh vực số ' || n from range(1, 13) as numbers(n);
insert into unit select n, 'DV' || n, 'Đơn vị số ' || n, 'sở', null, true, null, null, null from range(1, 41) as numbers(n);
insert into section select n, 'Phòng ban số ' || n from range(1, 61) as numbers(n);
insert into officer select n, 'Cán bộ số ' || n from range(1, 301) as numbers(n);
insert into procedure select n, '1.' || lpad(cast(n as varchar), 6, '0'), 'Thủ tục hành chính số ' || n, 1 + n % 12,
    case n % 3 when 0 then 2 when 1 then 3 else 4 end, null, 5 + n % 26, 'working_day', n % 4 = 0, n % 4 = 0, n % 2 = 0, n % 5 = 0,
    true, true
    from range(1, 121) as numbers(n);
insert into procedure_listing select procedure_id, date '2010-01-01', date '9999-12-31' from procedure where procedure_id % 2 = 0;
"""
_COMPLAINTS = """
insert into complaint
select 'P' || n, date '2021-01-01' - cast(1 + h(n, 21) % ($years * 365) as integer) as sent_on, null,
    ['hotline', 'national_portal', 'direct'][1 + cast(h(n, 22) % 3 as integer)],
    ['regulation', 'conduct', 'question'][1 + cast(h(n, 23) % 3 as integer)],
    null, 1 + cast(h(n, 24) % 40 as integer), 1, 1, null, null, null, null, sent_on + cast(h(n, 25) % 30 as integer), null, sent_on + 21,
    cast(h(n, 25) % 30 * 5 / 7 as integer), h(n, 26) % 5 > 0, h(n, 27) % 40 = 0, null, null
from range($dossiers // 40) as numbers(n) order by sent_on
"""


def simulate(root: Path, dossiers: int, years: int = 8, seed: int = 1, steps_of_every: int = 1) -> Path:
    """Publish a snapshot of `dossiers` dossiers in warehouse `root`, steps for every `steps_of_every`-th; returns its file."""
    name = f"{len(snapshot_names(root)) + 1:06d}-{datetime(2021, 1, 1):%Y%m%dT%H%M%S}"
    file = snapshot_file(root, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(file), config={"memory_limit": MEMORY, "preserve_insertion_order": True}) as connection:
        connection.execute(
            f"create temp macro h(n, k) as hash(cast(n as bigint) * 1000003 + cast(k as bigint) * 7919 + {int(seed)}) // 65536"
        )
        create_facts(connection)
        connection.register("calendar_days", calendar_table())
        connection.execute("insert into calendar select * from calendar_days")
        connection.execute(_NAMED)
        connection.execute(_DOSSIERS, {"dossiers": dossiers, "years": years})
        connection.execute(_WAITING)
        connection.execute(_STEPS, {"every": steps_of_every})
        connection.execute(_COMPLAINTS, {"dossiers": dossiers, "years": years})
        connection.execute("insert into snapshot_info values ('as_of', '2020-12-31'), ('simulated', 'true'), ('built_on', '2021-01-01')")
    publish(root, name)
    return file
