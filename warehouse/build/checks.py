"""Which rows are refused and which are kept with a flag (DOMAIN 2 and 4), one SQL test and one Vietnamese reason each.

A test is over alias `d`: the row's values laid over what the dossier (complaint, …) already had; `s`: its closing steps.
"""

from __future__ import annotations

from warehouse.build.closing import OUTCOME, RECEIVED, STATUS, closed_on

REASONS = {
    "no_key": "Thiếu {columns}",
    "unknown_status": "Trạng thái không có trong bảng từ của phần cài đặt",
    "no_received": "Thiếu hoặc không đọc được ngày tiếp nhận",
    "closed_before_received": "Ngày kết thúc trước ngày tiếp nhận",
    "final_without_date": "Trạng thái đã kết thúc nhưng không có ngày kết thúc ở hồ sơ hoặc các bước",
    "no_time": "Thiếu hoặc không đọc được thời điểm của bước xử lý",
    "no_sent": "Thiếu hoặc không đọc được ngày gửi",
    "answered_before_sent": "Ngày trả lời trước ngày gửi",
    "no_date": "Thiếu hoặc không đọc được ngày",
    "not_a_share": "Tỷ lệ phải từ 0 đến 100%",
}

FLAGS = {
    "unreadable": "Không đọc được «{column}»: coi như để trống",
    "unknown_word": "Từ lạ ở «{column}»: coi như để trống",
    "finish_not_used": "Có ngày kết thúc nhưng trạng thái chưa kết thúc: không dùng ngày này",
    "due_before_received": "Ngày hẹn trả trước ngày tiếp nhận",
    "answered_without_date": "Trạng thái đã trả lời nhưng không có ngày trả lời: tính là đang xử lý",
    "returned_before_finished": "Ngày trả kết quả trước ngày kết thúc xử lý",
}

REFUSED: dict[str, list[tuple[str, str]]] = {
    "dossiers": [
        ("no_received", f"coalesce({STATUS}, 0) not in (1, 3) and d.received_at is null"),
        ("no_received", f"{STATUS} in (1, 3) and coalesce(d.received_at, d.submitted_at, d.refused_at) is null"),
        (
            "closed_before_received",
            f"coalesce({STATUS}, 0) not in (1, 3) and coalesce(d.finished_at, d.returned_at)::date < {RECEIVED}",
        ),
        ("closed_before_received", f"coalesce({STATUS}, 0) not in (1, 3) and {closed_on(OUTCOME)} < {RECEIVED}"),
        ("final_without_date", f"({OUTCOME}) not in ('open', 'registered', 'rejected') and {closed_on(OUTCOME)} is null"),
    ],
    "steps": [("no_time", "coalesce(d.started_at, d.finished_at) is null")],
    "complaints": [
        ("no_sent", "coalesce(d.sent_on, d.received_on) is null"),
        ("answered_before_sent", "d.answered_on < coalesce(d.sent_on, d.received_on)"),
    ],
    "surveys": [("no_date", "d.responded_on is null")],
    "official_index": [("not_a_share", "not d.value between 0 and 100")],
    "scorecard_entries": [("not_a_share", "not d.ratio between 0 and 100")],
}

FLAGGED: dict[str, list[tuple[str, str]]] = {
    "complaints": [("answered_without_date", "d.status = 'answered' and d.answered_on is null")],
    "dossiers": [
        (
            "finish_not_used",
            "d.status in (2, 4, 5, 6) and coalesce(d.finished_at, d.returned_at, d.stopped_at, d.withdrawn_at) is not null",
        ),
        ("due_before_received", f"d.due_at::date < {RECEIVED}"),
        ("returned_before_finished", "d.returned_at::date < d.finished_at::date"),
    ],
}
