"""The Vietnamese heading and the form of every column that the pages show."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class Label(NamedTuple):
    """A heading and how values are written: text, count, days, share, date, moment, yes_no or code (words from CODES)."""

    heading: str
    form: str = "text"


COLUMNS: dict[str, Label] = {
    "group": Label("Nhóm"),
    "label": Label("Kỳ"),
    # form 06a
    "received_total": Label("Tổng tiếp nhận", "count"),
    "received_online": Label("Tiếp nhận trực tuyến", "count"),
    "received_direct_postal": Label("Trực tiếp, bưu chính", "count"),
    "carried_over": Label("Kỳ trước chuyển qua", "count"),
    "resolved_total": Label("Tổng đã giải quyết", "count"),
    "early": Label("Trước hạn", "count"),
    "on_time": Label("Đúng hạn", "count"),
    "late": Label("Trễ hạn", "count"),
    "in_progress_total": Label("Đang giải quyết", "count"),
    "within_term": Label("Trong hạn", "count"),
    "overdue": Label("Quá hạn", "count"),
    # processing time
    "closed": Label("Hồ sơ đã xong", "count"),
    "mean": Label("Trung bình (ngày)", "days"),
    "median": Label("Trung vị (ngày)", "days"),
    "p90": Label("90% xong trong (ngày)", "days"),
    "on_time_share": Label("Tỷ lệ đúng hạn", "share"),
    "days": Label("Số ngày làm việc", "count"),
    "dossiers": Label("Số hồ sơ", "count"),
    "waiting": Label("Chờ bổ sung", "count"),
    # online services
    "received": Label("Tiếp nhận", "count"),
    "online": Label("Trực tuyến", "count"),
    "direct": Label("Trực tiếp", "count"),
    "postal": Label("Bưu chính", "count"),
    "online_share": Label("Tỷ lệ trực tuyến", "share"),
    "listed_received": Label("Thuộc danh mục", "count"),
    "listed_online": Label("Trực tuyến trong danh mục", "count"),
    "listed_online_share": Label("Tỷ lệ trực tuyến trong danh mục", "share"),
    # complaints
    "resolved": Label("Đã trả lời", "count"),
    "in_progress": Label("Đang xử lý", "count"),
    "median_days": Label("Trung vị (ngày)", "days"),
    "published": Label("Đã công khai", "count"),
    "satisfied_share": Label("Tỷ lệ hài lòng", "share"),
    # change between two periods
    "unit_name": Label("Đơn vị"),
    "procedure_name": Label("Thủ tục hành chính"),
    "value_before": Label("Kỳ trước", "share"),
    "value_after": Label("Kỳ này", "share"),
    "weight_before": Label("Tỷ trọng kỳ trước", "share"),
    "weight_after": Label("Tỷ trọng kỳ này", "share"),
    "mix": Label("Do cơ cấu", "points"),
    "rate": Label("Do cách giải quyết", "points"),
    "effect": Label("Đóng góp", "points"),
    # dossiers behind a number
    "dossier_code": Label("Mã hồ sơ"),
    "complaint_code": Label("Mã phản ánh"),
    "procedure": Label("Thủ tục hành chính"),
    "field": Label("Lĩnh vực"),
    "unit": Label("Đơn vị"),
    "section": Label("Phòng ban"),
    "officer": Label("Cán bộ xử lý"),
    "channel": Label("Hình thức nộp", "code"),
    "outcome": Label("Kết quả", "code"),
    "submitted_on": Label("Ngày nộp", "date"),
    "received_on": Label("Ngày tiếp nhận", "date"),
    "due_on": Label("Hẹn trả", "date"),
    "closed_on": Label("Kết thúc xử lý", "date"),
    "overdue_days": Label("Trễ, quá hạn (ngày)", "count"),
    "supplement_count": Label("Lần bổ sung", "count"),
    "due_changes": Label("Lần hẹn lại", "count"),
    "late_reason": Label("Lý do trễ"),
    "sent_on": Label("Ngày gửi", "date"),
    "forwarded_on": Label("Ngày chuyển", "date"),
    "answered_on": Label("Ngày trả lời", "date"),
    "published_on": Label("Ngày công khai", "date"),
    "answer_days": Label("Trả lời trong (ngày)", "count"),
    "class": Label("Phân loại", "code"),
    "satisfied": Label("Hài lòng", "yes_no"),
    "reopened": Label("Mở lại", "yes_no"),
    # imports
    "batch": Label("Lần nhập"),
    "file": Label("Tệp"),
    "kind": Label("Loại dữ liệu"),
    "imported_at": Label("Thời điểm", "moment"),
    "imported_by": Label("Người nhập"),
    "rows_read": Label("Dòng đã đọc", "count"),
    "added": Label("Thêm mới", "count"),
    "updated": Label("Cập nhật", "count"),
    "unchanged": Label("Không đổi", "count"),
    "duplicate": Label("Trùng lặp", "count"),
    "refused": Label("Từ chối", "count"),
    "warnings": Label("Cảnh báo", "count"),
    "row_number": Label("Dòng", "count"),
    "sheet": Label("Trang tính"),
    "reason": Label("Lý do"),
    "record_code": Label("Mã"),
    "state": Label("Tình trạng"),
}

# the words of coded values; one that is not here is shown as it is
CODES: dict[str, str] = {
    "direct": "Trực tiếp",
    "online": "Trực tuyến",
    "postal": "Bưu chính",
    "open": "Đang giải quyết",
    "done": "Đã giải quyết",
    "refused": "Từ chối giải quyết",
    "withdrawn": "Rút hồ sơ",
    "stopped": "Dừng xử lý",
    "rejected": "Từ chối tiếp nhận",
    "registered": "Chờ tiếp nhận",
    "hotline": "Đường dây nóng",
    "national_portal": "Cổng DVC quốc gia",
    "provincial_portal": "Cổng DVC của tỉnh",
    "post": "Bưu chính",
    "email": "Thư điện tử",
    "unknown": "Chưa xác định",
    "regulation": "Quy định hành chính",
    "conduct": "Hành vi hành chính",
    "question": "Hỏi đáp",
}


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the codes in `group` replaced by their words."""
    return rows.assign(group=rows["group"].map(lambda code: CODES.get(str(code), str(code))))
