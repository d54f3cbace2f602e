"""Time and progress: on time, processing time, what held dossiers up, who was told, acceptance."""

from __future__ import annotations

from functools import partial

from metrics.dossier_sets import SETS, count_of
from metrics.indicator import Indicator, placed, share_of
from metrics.indicators.dossier_families import IN_HAND_FAMILY, NOTIFIED_FAMILY

_share = partial(share_of, IN_HAND_FAMILY, SETS)
_told = partial(share_of, NOTIFIED_FAMILY, SETS)
_done = count_of(SETS["done"])
_days = partial(
    Indicator,
    family=IN_HAND_FAMILY,
    denominator=_done,
    unit="working_days",
    better="lower",
    which="done",
    note="Không tính ngày tiếp nhận; trừ thời gian chờ người nộp; hồ sơ rút và dừng xử lý không tính.",
)

ON_TIME = placed(
    [
        _share(
            "done_in_time",
            "done",
            code="on_time_share",
            name="Tỷ lệ giải quyết đúng hạn",
            formula="Hồ sơ giải quyết xong trước hoặc đúng ngày hẹn trả / hồ sơ giải quyết xong trong kỳ",
            note="Chỉ tính hồ sơ đã xử lý xong, đã trả kết quả. Tỷ lệ theo biểu 06a là chỉ số riêng.",
            better="higher",
            which="done_late",
            headline=True,
        ),
        _share(
            "early_or_on_time",
            "resolved",
            code="on_time_share_form",
            name="Tỷ lệ đúng hạn theo biểu 06a",
            formula="((6) + (7)) / (5) của biểu 06a",
            note="Gồm cả hồ sơ rút và dừng xử lý ở cột đúng hạn, hồ sơ từ chối được so với ngày hẹn trả.",
            better="higher",
            which="late",
            legal_basis=("report_form",),
        ),
        _share(
            "done_early",
            "done",
            code="early_share",
            name="Tỷ lệ giải quyết trước hạn",
            formula="Hồ sơ giải quyết xong trước ngày hẹn trả / hồ sơ giải quyết xong trong kỳ",
            better="higher",
        ),
        _share(
            "done_late",
            "done",
            code="late_share",
            name="Tỷ lệ giải quyết trễ hạn",
            formula="Hồ sơ giải quyết xong sau ngày hẹn trả / hồ sơ giải quyết xong trong kỳ",
            better="lower",
        ),
        _share(
            "done_in_first_time",
            "done",
            code="on_time_first_due_share",
            name="Tỷ lệ đúng hạn theo ngày hẹn trả lần đầu",
            formula="Hồ sơ giải quyết xong trước hoặc đúng ngày hẹn trả đầu tiên / hồ sơ giải quyết xong trong kỳ",
            note="Ngày hẹn trả đầu tiên là ngày đầu tiên mà dữ liệu nhập vào từng ghi nhận.",
            better="higher",
            which="rescheduled",
        ),
        _days(
            code="processing_time_median",
            name="Thời gian giải quyết trung vị",
            formula="Trung vị số ngày làm việc từ tiếp nhận đến kết thúc, trừ thời gian chờ người nộp",
            value=f"quantile_cont(d.processing_days, 0.5) filter (where {SETS['done']})",
            headline=True,
        ),
        _days(
            code="processing_time_mean",
            name="Thời gian giải quyết trung bình",
            formula="Trung bình số ngày làm việc từ tiếp nhận đến kết thúc, trừ thời gian chờ người nộp",
            value=f"avg(d.processing_days) filter (where {SETS['done']})",
            legal_basis=("one_stop", "working_days", "scorecard"),
            note="Mục 2.2 của Bộ chỉ số 766 khi xem theo từng thủ tục: theo dõi, không chấm điểm.",
        ),
        _days(
            code="processing_time_p90",
            name="Thời gian giải quyết, phân vị 90",
            formula="Số ngày làm việc mà 90% hồ sơ giải quyết xong không vượt quá",
            value=f"quantile_cont(d.processing_days, 0.9) filter (where {SETS['done']})",
        ),
    ],
    page="thoi_gian_giai_quyet",
)

HELD_UP = placed(
    [
        _share(
            "rescheduled",
            "resolved",
            code="rescheduled_share",
            name="Tỷ lệ hồ sơ hẹn lại ngày trả",
            formula="Hồ sơ có ngày hẹn trả thay đổi ít nhất một lần / hồ sơ đã giải quyết trong kỳ",
            better="lower",
        ),
        _share(
            "rescheduled_again",
            "resolved",
            code="rescheduled_more_than_once_share",
            name="Tỷ lệ hồ sơ hẹn lại hơn một lần",
            formula="Hồ sơ có ngày hẹn trả thay đổi từ hai lần / hồ sơ đã giải quyết trong kỳ",
            note="Theo quy định chỉ được hẹn lại một lần.",
            better="lower",
        ),
        _share(
            "supplemented",
            "resolved",
            code="supplement_share",
            name="Tỷ lệ hồ sơ phải bổ sung",
            formula="Hồ sơ có yêu cầu bổ sung giấy tờ / hồ sơ đã giải quyết trong kỳ",
            better="lower",
        ),
        _share(
            "supplemented_again",
            "resolved",
            code="supplement_more_than_once_share",
            name="Tỷ lệ hồ sơ yêu cầu bổ sung hơn một lần",
            formula="Hồ sơ có từ hai yêu cầu bổ sung giấy tờ / hồ sơ đã giải quyết trong kỳ",
            note="Theo quy định chỉ được yêu cầu bổ sung không quá một lần; yêu cầu nghĩa vụ tài chính không tính.",
            better="lower",
        ),
        _share(
            "paused",
            "resolved",
            code="paused_share",
            name="Tỷ lệ hồ sơ có dừng tính",
            formula="Hồ sơ có thời gian chờ người nộp / hồ sơ đã giải quyết trong kỳ",
        ),
        Indicator(
            code="paused_days_mean",
            name="Thời gian dừng tính trung bình",
            formula="Trung bình số ngày làm việc chờ người nộp của hồ sơ có dừng tính đã giải quyết trong kỳ",
            family=IN_HAND_FAMILY,
            value=f"avg(d.paused_days) filter (where {SETS['paused']})",
            denominator=count_of(SETS["paused"]),
            unit="working_days",
            which="paused",
        ),
        _share(
            "refused",
            "resolved",
            code="refused_share",
            name="Tỷ lệ hồ sơ từ chối giải quyết",
            formula="Hồ sơ bị từ chối sau khi tiếp nhận / hồ sơ đã giải quyết trong kỳ",
        ),
        _share(
            "withdrawn",
            "resolved",
            code="withdrawn_share",
            name="Tỷ lệ hồ sơ rút",
            formula="Hồ sơ công dân rút / hồ sơ đã giải quyết trong kỳ",
        ),
        _share(
            "stopped",
            "resolved",
            code="stopped_share",
            name="Tỷ lệ hồ sơ dừng xử lý",
            formula="Hồ sơ dừng xử lý / hồ sơ đã giải quyết trong kỳ",
        ),
    ],
    page="thoi_gian_giai_quyet",
)

NOTICES = placed(
    [
        _told(
            "refused_notified",
            "refused",
            code="refusal_notified_share",
            name="Tỷ lệ thông báo khi từ chối",
            formula="Hồ sơ từ chối có thông báo cho người nộp / hồ sơ từ chối giải quyết trong kỳ",
            which="refused",
        ),
        _told(
            "paused_notified",
            "paused_in_period",
            code="pause_notified_share",
            name="Tỷ lệ thông báo khi dừng tính",
            formula="Hồ sơ dừng tính có thông báo cho người nộp / hồ sơ bắt đầu dừng tính trong kỳ",
            which="paused_in_period",
        ),
        _told(
            "overrun_notified",
            "overrun",
            code="overdue_notified_share",
            name="Tỷ lệ thông báo khi quá hạn",
            formula="Hồ sơ quá hạn có thông báo cho người nộp / hồ sơ trễ hạn trong kỳ và quá hạn cuối kỳ",
            which="overrun",
        ),
        _told(
            "overrun_apologised",
            "overrun",
            code="apology_share",
            name="Tỷ lệ hồ sơ quá hạn có phiếu xin lỗi",
            formula="Hồ sơ quá hạn có phiếu xin lỗi / hồ sơ trễ hạn trong kỳ và quá hạn cuối kỳ",
            which="overrun",
        ),
        _told(
            "rescheduled_notified",
            "rescheduled_in_hand",
            code="rescheduling_notified_share",
            name="Tỷ lệ thông báo khi hẹn lại",
            formula="Hồ sơ hẹn lại có thông báo cho người nộp / hồ sơ hẹn lại có trong kỳ (biểu 06a cột 1)",
            note="Nguồn dữ liệu không cho biết ngày hẹn lại, nên tính trên mọi hồ sơ có trong kỳ đã từng hẹn lại.",
            which="rescheduled_in_hand",
        ),
    ],
    page="theo_doi_don_doc",
    better="higher",
)

ACCEPTANCE = placed(
    [
        _share(
            "accepted_in_time",
            "acceptance_timed",
            code="acceptance_in_time_share",
            name="Tỷ lệ hồ sơ trực tuyến tiếp nhận trong 8 giờ làm việc",
            formula="Hồ sơ trực tuyến tiếp nhận trong thời hạn / hồ sơ trực tuyến tiếp nhận trong kỳ biết giờ nộp, giờ nhận",
            note="Số giờ là thiết lập acceptance_hours.",
            better="higher",
            which="acceptance_timed",
        ),
        Indicator(
            code="acceptance_lag_median",
            name="Thời gian chờ tiếp nhận trung vị của hồ sơ trực tuyến",
            formula="Trung vị số giờ làm việc từ nộp đến tiếp nhận của hồ sơ trực tuyến tiếp nhận trong kỳ",
            family=IN_HAND_FAMILY,
            value=f"quantile_cont(d.acceptance_minutes, 0.5) filter (where {SETS['acceptance_timed']}) / 60.0",
            denominator=count_of(SETS["acceptance_timed"]),
            unit="hours",
            better="lower",
            which="acceptance_timed",
        ),
    ],
    page="dich_vu_cong_truc_tuyen",
    legal_basis=("one_stop", "online"),
)

_DEFAULT = ("one_stop", "working_days")
TIME = tuple(one if one.legal_basis else placed([one], legal_basis=_DEFAULT)[0] for one in (*ON_TIME, *HELD_UP, *NOTICES, *ACCEPTANCE))
