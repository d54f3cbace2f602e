"""The reports by name: what each is called, the ending of its file and the module that builds it (loaded only when asked for)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """`module`.build(content, stamp) gives the file's bytes. `needs_unit`: it is addressed to one section or unit."""

    title: str
    ending: str
    module: str
    needs_unit: bool = False


REPORTS: dict[str, Report] = {
    "home_affairs": Report("Báo cáo gửi Sở Nội vụ", "docx", "reports.home_affairs"),
    "form_06a": Report("Biểu 06a", "xlsx", "reports.form_06a"),
    "data_pack": Report("Bộ số liệu", "xlsx", "reports.data_pack"),
    "review_deck": Report("Tài liệu họp giao ban", "pptx", "reports.review_deck"),
    "reminder": Report("Công văn đôn đốc", "docx", "reports.reminder", needs_unit=True),
    "reminder_list": Report("Danh sách đôn đốc", "xlsx", "reports.reminder_list", needs_unit=True),
    "conclusions": Report("Thông báo kết luận cuộc họp", "docx", "reports.conclusions"),
}
