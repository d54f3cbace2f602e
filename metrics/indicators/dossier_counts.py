"""Counts of dossiers: the columns of form 06a and what stands before and beside them."""

from __future__ import annotations

from functools import partial

from metrics.dossier_sets import SETS
from metrics.indicator import count_in, placed, share_of
from metrics.indicators.dossier_families import BEFORE_ACCEPTANCE_FAMILY, IN_HAND_FAMILY

_count = partial(count_in, IN_HAND_FAMILY, SETS)
_share = partial(share_of, IN_HAND_FAMILY, SETS)
_before = partial(count_in, BEFORE_ACCEPTANCE_FAMILY, SETS)

FORM = placed(
    [
        _count(
            "received_total",
            code="received_total",
            name="Tổng số hồ sơ tiếp nhận",
            formula="Biểu 06a cột (1) = (2) + (3) + (4)",
        ),
        _count(
            "received",
            code="received",
            name="Hồ sơ tiếp nhận trong kỳ",
            formula="Số hồ sơ có ngày tiếp nhận trong kỳ",
            headline=True,
        ),
        _count("received_online", code="received_online", name="Hồ sơ tiếp nhận trực tuyến", formula="Biểu 06a cột (2)"),
        _count(
            "received_direct_postal",
            code="received_direct_postal",
            name="Hồ sơ tiếp nhận trực tiếp và qua bưu chính",
            formula="Biểu 06a cột (3)",
        ),
        _count("carried_over", code="carried_over", name="Hồ sơ kỳ trước chuyển qua", formula="Biểu 06a cột (4)"),
        _count("resolved", code="resolved_total", name="Hồ sơ đã giải quyết", formula="Biểu 06a cột (5) = (6) + (7) + (8)"),
        _count("early", code="early", name="Hồ sơ giải quyết trước hạn", formula="Biểu 06a cột (6)"),
        _count(
            "on_time",
            code="on_time",
            name="Hồ sơ giải quyết đúng hạn",
            formula="Biểu 06a cột (7)",
            note="Gồm cả hồ sơ rút, hồ sơ dừng xử lý và hồ sơ không có ngày hẹn trả, như phần mềm một cửa vẫn in.",
        ),
        _count("late", code="late", name="Hồ sơ giải quyết trễ hạn", formula="Biểu 06a cột (8)", better="lower"),
        _count("in_progress", code="in_progress_total", name="Hồ sơ đang giải quyết", formula="Biểu 06a cột (9) = (10) + (11)"),
        _count(
            "within_term",
            code="within_term",
            name="Hồ sơ đang giải quyết, trong hạn",
            formula="Biểu 06a cột (10): ngày hẹn trả từ ngày cuối kỳ trở đi, không có ngày hẹn trả, hoặc đang chờ người nộp",
        ),
        _count(
            "overdue",
            code="overdue",
            name="Hồ sơ đang giải quyết, quá hạn",
            formula="Biểu 06a cột (11): ngày hẹn trả trước ngày cuối kỳ và không đang chờ người nộp",
            better="lower",
            headline=True,
            page="theo_doi_don_doc",
        ),
    ],
    legal_basis=("report_form", "reporting_period"),
)

BESIDE = placed(
    [
        _count(
            "waiting",
            code="waiting",
            name="Hồ sơ đang chờ người nộp (dừng tính)",
            formula="Số hồ sơ đến cuối kỳ đã yêu cầu bổ sung hoặc nghĩa vụ tài chính mà người nộp chưa thực hiện",
        ),
        _share(
            "overdue",
            "in_progress",
            code="overdue_share",
            name="Tỷ lệ hồ sơ quá hạn trong số đang giải quyết",
            formula="Biểu 06a cột (11) / cột (9)",
            better="lower",
        ),
        _count(
            "without_due_date",
            code="without_due_date",
            name="Hồ sơ không có ngày hẹn trả",
            formula="Số hồ sơ tiếp nhận trong kỳ không có ngày hẹn trả và không tính được từ thời hạn giải quyết",
            better="lower",
            note="Được tính là trong hạn khi đang giải quyết và đúng hạn khi giải quyết xong.",
        ),
        _before(
            "waiting_for_acceptance",
            code="waiting_for_acceptance",
            name="Hồ sơ đang chờ tiếp nhận",
            formula="Số hồ sơ đã nộp đến cuối kỳ mà chưa được tiếp nhận hoặc từ chối",
            better="lower",
        ),
        _before(
            "rejected",
            code="rejected",
            name="Hồ sơ bị từ chối tiếp nhận",
            formula="Số hồ sơ không được tiếp nhận (trạng thái 3), theo ngày từ chối trong kỳ",
            note="Đếm riêng, không có trong biểu 06a.",
        ),
        share_of(
            BEFORE_ACCEPTANCE_FAMILY,
            SETS,
            "rejected",
            "received_or_rejected",
            code="rejected_share",
            name="Tỷ lệ hồ sơ bị từ chối tiếp nhận",
            formula="Hồ sơ bị từ chối tiếp nhận / (hồ sơ tiếp nhận + hồ sơ bị từ chối tiếp nhận)",
        ),
    ],
    legal_basis=("one_stop",),
)
