"""What the registers know: actions, documents, hand-entered measures, notices and reminders (the six solution groups)."""

from __future__ import annotations

import settings
from metrics.dossier_sets import bounds, count_of
from metrics.families import FunctionFamily, SqlFamily, dossier_limits, no_limits
from metrics.indicator import Indicator, placed
from metrics.period import Period
from metrics.reading import Reading
from metrics.scope import Scope
from warehouse.database import Database

NOTICE_FAMILY = SqlFamily(
    source="""from notice n
join dossier d on d.dossier_id = n.dossier_id
where n.sent_on between $from and $to and {scope}""",
    limits=dossier_limits,
    first_day="select min(sent_on) as first_day from notice",
    joins={},
)
DOCUMENT_FAMILY = SqlFamily(
    source="from document\nwhere issued_on between $from and $to",
    limits=no_limits,
    first_day="select min(issued_on) as first_day from document",
    joins={},
)
# an action without a due date is asked about at once
ACTION_FAMILY = SqlFamily(
    source="from action\nwhere status <> 'cancelled'",
    limits=no_limits,
    first_day="select case when count(*) > 0 then date '1990-01-01' end as first_day from action",
    joins={},
)
REMINDER_FAMILY = SqlFamily(
    source="""from reminder_note r
join dossier d on d.dossier_code = r.dossier_code
where cast(r.noted_at as date) between $from and $to and {scope}""",
    limits=dossier_limits,
    first_day="select cast(min(noted_at) as date) as first_day from reminder_note",
    joins={},
)

# one row a measure: the sum over the period, and what was noted on its newest day so far
MEASURES = """with noted as (
    select name, measured_on, value
    from measure
    where measured_on <= $to and value is not null
),
newest as (
    select name, max(measured_on) as newest_on
    from noted
    group by name
)
select
    m.name,
    sum(m.value) filter (where m.measured_on >= $from) as summed,
    sum(m.value) filter (where m.measured_on = n.newest_on) as newest
from noted m
join newest n on n.name = m.name
group by m.name"""


def _measures(db: Database, period: Period, scope: Scope) -> dict[str, Reading]:
    found = db.frame(MEASURES, bounds(period, scope.at(db))).set_index("name")
    answers = {}
    for code, measure in settings.read("measures").items():
        known = found.loc[found.index.intersection(measure["names"]), "summed" if measure["rule"] == "summed" else "newest"].dropna()
        if len(known):
            number = float(known.min() if measure["rule"] == "fewest" else known.sum())
            answers[f"measure_{code}"] = Reading(number, None, number)
    return answers


MEASURE_FAMILY = FunctionFamily(_measures, text=lambda code: MEASURES)
_RULES = {
    "summed": "Tổng số đã ghi nhận trong kỳ",
    "newest": "Số ghi nhận gần nhất tính đến cuối kỳ",
    "fewest": "Số ghi nhận gần nhất tính đến cuối kỳ, lấy nơi ít nhất",
}

REGISTERS = placed(
    [
        Indicator(
            code="notices_sent",
            name="Thông báo đã gửi người nộp",
            formula="Số thông báo (từ chối, dừng tính, quá hạn, hẹn lại) gửi trong kỳ",
            family=NOTICE_FAMILY,
            numerator="count(*)",
            unit="count",
            page="theo_doi_don_doc",
        ),
        Indicator(
            code="notices_sms",
            name="Thông báo qua tin nhắn SMS",
            formula="Số thông báo gửi qua SMS trong kỳ",
            family=NOTICE_FAMILY,
            numerator=count_of("n.channel = 'sms'"),
            unit="count",
        ),
        Indicator(
            code="apology_letters",
            name="Phiếu xin lỗi đã gửi",
            formula="Số phiếu xin lỗi gửi trong kỳ",
            family=NOTICE_FAMILY,
            numerator=count_of("n.apology"),
            unit="count",
        ),
        Indicator(
            code="reminders_noted",
            name="Lượt đôn đốc, nhắc nhở",
            formula="Số ghi chú đôn đốc hồ sơ trong kỳ",
            family=REMINDER_FAMILY,
            numerator="count(*)",
            unit="count",
            page="theo_doi_don_doc",
        ),
        Indicator(
            code="documents_issued",
            name="Văn bản đã ban hành",
            formula="Số văn bản trong sổ giải pháp ban hành trong kỳ",
            family=DOCUMENT_FAMILY,
            numerator="count(*)",
            unit="count",
        ),
        Indicator(
            code="decisions_issued",
            name="Quyết định đã ban hành",
            formula="Số quyết định (công bố, phê duyệt thủ tục, quy trình nội bộ) ban hành trong kỳ",
            family=DOCUMENT_FAMILY,
            numerator=count_of("lower(kind) = 'quyết định'"),
            unit="count",
        ),
        Indicator(
            code="actions_done_share",
            name="Tỷ lệ giải pháp đến hạn đã hoàn thành",
            formula="Giải pháp đến hạn đã hoàn thành / giải pháp đến hạn tính đến cuối kỳ",
            note="Giải pháp không thực hiện (hủy) không tính.",
            family=ACTION_FAMILY,
            numerator=count_of("due_on <= $to and status = 'done'"),
            denominator=count_of("due_on <= $to"),
            better="higher",
        ),
        Indicator(
            code="actions_overdue",
            name="Giải pháp quá hạn",
            formula="Số giải pháp có hạn trước ngày cuối kỳ mà chưa hoàn thành",
            family=ACTION_FAMILY,
            numerator=count_of("due_on < $to and status <> 'done'"),
            unit="count",
            better="lower",
        ),
        *(
            Indicator(
                code=f"measure_{code}",
                name=measure["label"],
                formula=f"{_RULES[measure['rule']]} ({measure['unit']})",
                note="Nhập tay trong sổ giải pháp; không theo phạm vi lọc.",
                family=MEASURE_FAMILY,
                unit="count",
            )
            for code, measure in settings.read("measures").items()
        ),
    ],
    legal_basis=("improvement_plan",),
)
REGISTERS = tuple(one if one.page != "tong_quan" else placed([one], page="giai_phap")[0] for one in REGISTERS)
