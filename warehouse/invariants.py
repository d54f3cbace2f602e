"""What must hold in every snapshot: one query a law; it counts what breaks the law, and the sentence says what is wrong."""

from __future__ import annotations

import duckdb

from warehouse.kinds import kinds

_POINTERS = {  # fact table → the named things its rows point at
    "dossier": ("field", "unit", "procedure", "section", "officer"),
    "step": ("section", "officer"),
    "complaint": ("unit", "field", "procedure"),
    "survey_response": ("unit", "procedure", "field"),
    "procedure": ("field",),
}

# form 06a, month by month and field by field: received + carried over = resolved + in progress, each counted by its own definition
_FORM_06A = """
    with spans as (
        select date_trunc('month', day)::date as first, max(day) as last
        from calendar
        where day between (select min(received_on) from dossier)
            and (select greatest(max(received_on), max(case when closed_on < date '9999-12-31' then closed_on end)) from dossier)
        group by date_trunc('month', day)::date
    ),
    counted as (
        select
            s.first, d.field_id,
            count(case when d.received_on between s.first and s.last then 1 end) as received,
            count(case when d.received_on < s.first and d.closed_on >= s.first then 1 end) as carried_over,
            count(case when d.closed_on between s.first and s.last then 1 end) as resolved,
            count(case when d.received_on <= s.last and d.closed_on > s.last then 1 end) as in_progress
        from spans as s
        join dossier as d on d.received_on is not null and (d.received_on <= s.last or d.closed_on between s.first and s.last)
        group by s.first, d.field_id
    )
    select count(*) from counted where received + carried_over <> resolved + in_progress
"""

_LAWS = {
    "Nhật ký nhập có lượt mà số dòng đọc được khác tổng thêm mới + cập nhật + không đổi + trùng + từ chối: {n}": """
        select count(*) from import_log where rows_read <> added + updated + unchanged + duplicate + refused
    """,
    "Số dòng từ chối được ghi lại khác số đã báo ở nhật ký nhập: {n} lượt": """
        with told as (select batch, kind, sum(refused) as refused from import_log group by batch, kind),
        kept as (
            select batch, kind,
                   case when kind = 'surveys' then count(distinct (sheet, row_number)) else count(*) end as refused
            from refused_row group by batch, kind
        )
        select count(*) from told as t left join kept as k on k.batch = t.batch and k.kind = t.kind
        where t.refused <> coalesce(k.refused, 0)
    """,
    "Biểu 06a không cân (tiếp nhận + kỳ trước chuyển qua khác đã giải quyết + đang giải quyết): {n} ô tháng, lĩnh vực": _FORM_06A,
    "Hồ sơ kết thúc trước ngày tiếp nhận: {n}": "select count(*) from dossier where closed_on < received_on",
    "Hồ sơ trong bảng số liệu và trong sổ gốc không khớp: {n}": """
        select count(*) from (select dossier_code from dossier) as d
        full join (select dossier_code from record.dossiers) as r on r.dossier_code = d.dossier_code
        where d.dossier_code is null or r.dossier_code is null
    """,
    "Mã hồ sơ lặp lại: {n}": "select count(*) - count(distinct dossier_code) from dossier",
    "Số bước xử lý khác sổ gốc: {n}": "select abs((select count(*) from step) - (select count(*) from record.steps))",
    "Số phản ánh, kiến nghị khác sổ gốc: {n}": "select abs((select count(*) from complaint) - (select count(*) from record.complaints))",
    "Số câu trả lời khảo sát khác sổ gốc: {n}": """
        select abs((select count(*) from survey_answer) - (select count(*) from record.surveys where score is not null))
    """,
    "Hồ sơ không xếp theo ngày kết thúc: {n}": """
        with ordered as (select closed_on, dossier_id, lag(closed_on) over (order by dossier_id) as before from dossier)
        select count(*) from ordered where closed_on < before
    """,
    "Khoảng chờ người nộp có ngày trả lời trước ngày yêu cầu: {n}": """
        select count(*) from waiting_interval where answered_on < requested_on
    """,
}


def broken_laws(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """One Vietnamese sentence a law that the open snapshot breaks. Raises duckdb.Error on a damaged block."""
    laws = {**_LAWS, **_pointer_laws(), **_record_laws()}
    counts = {sentence: connection.execute(query).fetchone() for sentence, query in laws.items()}
    return [sentence.format(n=count[0]) for sentence, count in counts.items() if count and count[0]]


def _pointer_laws() -> dict[str, str]:
    """Every id points at a row, so that the parts of any grouping sum to the whole; id 0 is "Chưa xác định"."""
    return {
        f"Dòng của bảng {table} không thuộc {thing} nào (các phần không cộng lại thành tổng): {{n}}": f"""
            select count(*) from {table} as t left join {thing} as p on p.{thing}_id = t.{thing}_id
            where p.{thing}_id is null
        """
        for table, things in _POINTERS.items()
        for thing in things
    }


def _record_laws() -> dict[str, str]:
    """As many records of each kind as the import log says were added; a wide survey's line holds several answers."""
    return {
        f"Số bản ghi «{kind.label}» khác số đã thêm theo nhật ký nhập: {{n}}": f"""
            with told as (select coalesce(sum(added), 0) as added from import_log where kind = '{kind.name}'),
            kept as (select count(*) as records from record.{kind.name})
            select abs(told.added - kept.records) from told cross join kept
        """
        for kind in kinds().values()
        if kind.name != "surveys"
    }
