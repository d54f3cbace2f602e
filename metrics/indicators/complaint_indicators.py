"""Complaints and suggestions (PAKN): progress, publication, satisfaction, conduct."""

from __future__ import annotations

from functools import partial

from metrics.complaints import COMPLAINT_JOINS, COMPLAINT_SETS
from metrics.dossier_sets import count_of
from metrics.families import FunctionFamily, SqlFamily, complaint_limits
from metrics.indicator import Indicator, count_in, placed, share_of
from metrics.indicators.dossier_counts import FORM
from metrics.period import Period
from metrics.reading import Reading, share
from metrics.scope import Scope
from warehouse.database import Database

COMPLAINT_FAMILY = SqlFamily(
    source="""from complaint k
{joins}
where k.sent_on <= $to and k.answered_on >= $from and {scope}""",
    limits=complaint_limits,
    first_day="select min(sent_on) as first_day from complaint",
    lists="complaints",
    joins=COMPLAINT_JOINS,
)

_share = partial(share_of, COMPLAINT_FAMILY, COMPLAINT_SETS)
_count = partial(count_in, COMPLAINT_FAMILY, COMPLAINT_SETS)
_days = partial(
    Indicator,
    family=COMPLAINT_FAMILY,
    denominator=count_of(COMPLAINT_SETS["resolved"]),
    unit="working_days",
    better="lower",
    which="resolved",
)

_CONDUCT = _count(
    "conduct",
    code="complaints_conduct",
    name="Phản ánh về hành vi hành chính",
    formula="Số phản ánh về hành vi, thái độ của cán bộ, công chức gửi trong kỳ",
    better="lower",
)
_RECEIVED_DOSSIERS = next(one for one in FORM if one.code == "received")


def _conduct_per_1000(db: Database, period: Period, scope: Scope) -> dict[str, Reading]:
    complaints = COMPLAINT_FAMILY.read(db, [period], scope, [_CONDUCT])[0][_CONDUCT.code].value
    dossiers = _RECEIVED_DOSSIERS.family.read(db, [period], scope, [_RECEIVED_DOSSIERS])[0]["received"].value
    found = share(complaints, dossiers)
    value = None if found.value is None else found.value * 1000
    return {"conduct_per_1000": Reading(found.numerator, found.denominator, value)}


CONDUCT_RATE_FAMILY = FunctionFamily(
    answer=_conduct_per_1000,
    text=lambda code: "\n;\n".join(
        one.family.sql({one.code: one.numerator or ""}, {"scope": "true"})
        for one in (_CONDUCT, _RECEIVED_DOSSIERS)
        if isinstance(one.family, SqlFamily)
    ),
    lists="complaints",
)

COMPLAINTS = placed(
    [
        _share(
            "on_time",
            "resolved",
            code="complaints_on_time_share",
            name="Tỷ lệ phản ánh, kiến nghị trả lời đúng hạn",
            formula="Phản ánh, kiến nghị trả lời trong hạn / phản ánh, kiến nghị đã trả lời trong kỳ",
            note="Hạn trả lời của phản ánh; nếu không có thì theo thiết lập complaint_terms, tính từ khi gửi hoặc chuyển lần cuối.",
            better="higher",
            which="late",
            headline=True,
        ),
        _count(
            "received",
            code="complaints_received",
            name="Phản ánh, kiến nghị nhận trong kỳ",
            formula="Số phản ánh, kiến nghị gửi trong kỳ, không kể phản ánh bị từ chối",
            headline=True,
        ),
        _count("resolved", code="complaints_resolved", name="Phản ánh, kiến nghị đã trả lời", formula="Số đã trả lời trong kỳ"),
        _count(
            "in_progress",
            code="complaints_in_progress",
            name="Phản ánh, kiến nghị đang xử lý",
            formula="Số đã gửi mà đến cuối kỳ chưa trả lời, không kể phản ánh bị từ chối",
        ),
        _count(
            "overdue",
            code="complaints_overdue",
            name="Phản ánh, kiến nghị quá hạn trả lời",
            formula="Số đang xử lý có hạn trả lời trước ngày cuối kỳ",
            better="lower",
        ),
        _count(
            "aged",
            code="complaints_aged",
            name="Phản ánh, kiến nghị tồn lâu",
            formula="Số đang xử lý đã quá số ngày làm việc của thời hạn trả lời kể từ khi gửi hoặc chuyển lần cuối",
            better="lower",
        ),
        _days(
            code="complaints_median_days",
            name="Thời gian trả lời trung vị",
            formula="Trung vị số ngày làm việc từ khi gửi hoặc chuyển lần cuối đến khi trả lời",
            value=f"quantile_cont(k.answer_days, 0.5) filter (where {COMPLAINT_SETS['resolved']})",
        ),
        _days(
            code="complaints_p90_days",
            name="Thời gian trả lời, phân vị 90",
            formula="Số ngày làm việc mà 90% phản ánh, kiến nghị được trả lời không vượt quá",
            value=f"quantile_cont(k.answer_days, 0.9) filter (where {COMPLAINT_SETS['resolved']})",
        ),
        _share(
            "published",
            "resolved",
            code="complaints_published_share",
            name="Tỷ lệ kết quả trả lời được công khai",
            formula="Phản ánh, kiến nghị đã công khai kết quả / đã trả lời trong kỳ",
            better="higher",
            which="resolved",
        ),
        _share(
            "published_in_time",
            "resolved",
            code="complaints_published_in_time_share",
            name="Tỷ lệ công khai đúng hạn",
            formula="Phản ánh, kiến nghị công khai trong thời hạn sau khi trả lời / đã trả lời trong kỳ",
            note="Thời hạn là thiết lập complaint_terms.publish (ngày làm việc).",
            better="higher",
            which="resolved",
        ),
        _share(
            "satisfied",
            "rated",
            code="complaints_satisfied_share",
            name="Tỷ lệ hài lòng với việc trả lời",
            formula="Phản ánh, kiến nghị được đánh giá hài lòng / được đánh giá, trong số đã trả lời trong kỳ",
            better="higher",
            which="dissatisfied",
        ),
        _share(
            "reopened",
            "resolved",
            code="complaints_reopened_share",
            name="Tỷ lệ phản ánh lại",
            formula="Phản ánh, kiến nghị bị phản ánh lại / đã trả lời trong kỳ",
            better="lower",
        ),
        _count(
            "refused",
            code="complaints_refused",
            name="Phản ánh, kiến nghị từ chối",
            formula="Số bị từ chối tiếp nhận, theo ngày từ chối trong kỳ",
            note="Đếm riêng, không có trong số nhận và số trả lời.",
        ),
        _share(
            "refused_in_time",
            "refused",
            code="complaints_refused_in_time_share",
            name="Tỷ lệ từ chối đúng hạn",
            formula="Phản ánh, kiến nghị từ chối trong thời hạn / bị từ chối trong kỳ",
            note="Thời hạn là thiết lập complaint_terms.refuse (ngày làm việc).",
            better="higher",
            which="refused",
        ),
        _share(
            "supplemented_in_time",
            "supplemented",
            code="complaints_supplement_in_time_share",
            name="Tỷ lệ yêu cầu bổ sung phản ánh đúng hạn",
            formula="Phản ánh, kiến nghị được yêu cầu bổ sung trong thời hạn / được yêu cầu bổ sung trong kỳ",
            note="Thời hạn là thiết lập complaint_terms.supplement (ngày làm việc).",
            better="higher",
            which="supplemented",
        ),
        _count(
            "forwarded",
            code="complaints_forwarded",
            name="Phản ánh, kiến nghị chuyển xử lý",
            formula="Số được chuyển đơn vị khác, theo lần chuyển cuối trong kỳ",
        ),
        _count(
            "regulation",
            code="complaints_regulation",
            name="Phản ánh về quy định hành chính",
            formula="Số phản ánh, kiến nghị về quy định hành chính gửi trong kỳ",
        ),
        _CONDUCT,
        _count(
            "conduct_resolved",
            code="conduct_cases_handled",
            name="Phản ánh hành vi đã xử lý",
            formula="Số phản ánh về hành vi hành chính đã trả lời trong kỳ",
        ),
        _count(
            "conduct_confirmed",
            code="conduct_cases_confirmed",
            name="Vi phạm thái độ được xác nhận",
            formula="Số phản ánh về hành vi đã trả lời trong kỳ mà vi phạm được xác nhận",
            better="lower",
        ),
        _count(
            "conduct_disciplined",
            code="conduct_cases_disciplined",
            name="Trường hợp đã xử lý kỷ luật, nhắc nhở",
            formula="Số phản ánh về hành vi được xác nhận đã có hình thức xử lý",
        ),
        Indicator(
            code="conduct_per_1000",
            name="Phản ánh hành vi trên 1.000 hồ sơ",
            formula="1.000 × phản ánh về hành vi hành chính gửi trong kỳ / hồ sơ tiếp nhận trong kỳ",
            family=CONDUCT_RATE_FAMILY,
            unit="per_1000",
            better="lower",
            which="conduct",
        ),
        _count(
            "question",
            code="questions_received",
            name="Câu hỏi nhận trong kỳ",
            formula="Số câu hỏi (hỏi đáp) gửi trong kỳ",
        ),
        _count(
            "questions_answered",
            code="questions_answered",
            name="Câu hỏi đã trả lời",
            formula="Số câu hỏi (hỏi đáp) đã trả lời trong kỳ",
        ),
        _count(
            "hotline",
            code="complaints_hotline",
            name="Phản ánh, kiến nghị qua đường dây nóng",
            formula="Số phản ánh, kiến nghị gửi qua đường dây nóng trong kỳ",
        ),
    ],
    page="phan_anh_kien_nghi",
    legal_basis=("complaints",),
)
