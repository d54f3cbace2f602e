"""The menu: which pages there are, what each is called, and the right it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.identity import User

PAGES = Path(__file__).parent.parent / "pages"


@dataclass(frozen=True)
class Entry:
    """One page: `name` is its file in pages/ and its address; `right` is None when everybody who is in may read it.

    A page that needs no data opens at once at the first run, while the others wait for the sample to be built. A filtered page
    has the filter bar above it (ui/opening.py).
    """

    name: str
    title: str
    icon: str
    right: str | None
    needs_data: bool = True
    filtered: bool = False

    @property
    def file(self) -> Path:
        """The script of this page."""
        return PAGES / f"{self.name}.py"


GROUPS: dict[str, list[Entry]] = {
    "Điều hành": [
        Entry("tong_quan", "Tổng quan", ":material/dashboard:", "view", filtered=True),
        Entry("hop_giao_ban", "Họp giao ban", ":material/co_present:", "meeting", filtered=True),
    ],
    "Chỉ số": [
        Entry("thoi_gian_giai_quyet", "Thời gian giải quyết", ":material/schedule:", "view", filtered=True),
        Entry("dich_vu_cong_truc_tuyen", "Dịch vụ công trực tuyến", ":material/language:", "view", filtered=True),
        Entry("phan_anh_kien_nghi", "Phản ánh, kiến nghị", ":material/forum:", "view", filtered=True),
        Entry("muc_do_hai_long", "Mức độ hài lòng", ":material/sentiment_satisfied:", "view", filtered=True),
        Entry("bo_chi_so_766", "Bộ chỉ số 766", ":material/scoreboard:", "view", filtered=True),
        Entry("quy_trinh_noi_bo", "Quy trình nội bộ", ":material/account_tree:", "view", filtered=True),
        Entry("bien_dong", "Biến động", ":material/trending_up:", "view", filtered=True),
    ],
    "Công việc": [
        Entry("theo_doi_don_doc", "Theo dõi, đôn đốc", ":material/notification_important:", "view", filtered=True),
        Entry("giai_phap", "Giải pháp", ":material/checklist:", "view", filtered=True),
        Entry("bao_cao", "Báo cáo", ":material/description:", "report", filtered=True),
        Entry("doi_chieu", "Đối chiếu", ":material/compare_arrows:", "report", filtered=True),
        Entry("chot_ky", "Chốt kỳ", ":material/lock:", "lock", filtered=True),
    ],
    "Dữ liệu": [
        Entry("nhap_du_lieu", "Nhập dữ liệu", ":material/upload_file:", "import", needs_data=False),
        Entry("tu_dien_chi_so", "Từ điển chỉ số", ":material/menu_book:", None),
        Entry("nhat_ky", "Nhật ký", ":material/history:", "audit", needs_data=False),
    ],
}


def entries() -> list[Entry]:
    """Every page whose script exists, in the order of the menu."""
    return [entry for group in GROUPS.values() for entry in group if entry.file.exists()]


def open_to(user: User, entry: Entry) -> bool:
    """Whether `user` may open the page."""
    return entry.right is None or user.may(entry.right)


def needs_data(page: StreamlitPage) -> bool:
    """Whether the page has nothing to show before there is a snapshot."""
    return all(entry.needs_data for entry in entries() if entry.title == page.title)


def filtered(page: StreamlitPage, user: User) -> bool:
    """Whether the filter bar stands above the page; it does not when the page is not open to `user`."""
    return any(entry.filtered and open_to(user, entry) for entry in entries() if entry.title == page.title)


def at_the_door(shown: Callable[[], None]) -> StreamlitPage:
    """Before sign-in every address leads to `shown`: a page's script cannot be reached, and no address is "not found"."""
    pages = [st.Page(shown, title="Đăng nhập", url_path=entry.name) for entry in entries()]
    return st.navigation([st.Page(shown, title="Đăng nhập", default=True), *pages], position="hidden")


def inside(user: User, refused: Callable[[], None]) -> StreamlitPage:
    """The menu of `user`. The address of a page that is not theirs leads to `refused`."""
    menu: dict[str, list[StreamlitPage]] = {}
    first = next((entry for entry in entries() if open_to(user, entry)), None)
    for group, members in GROUPS.items():
        for entry in members:
            if not entry.file.exists():
                continue
            pages = menu.setdefault(group, [])
            if not open_to(user, entry):
                pages.append(st.Page(refused, title=entry.title, url_path=entry.name, visibility="hidden"))
                continue
            if entry == first:  # it stands at "/", and under its own name for links that name it
                pages.append(st.Page(entry.file, title=entry.title, icon=entry.icon, url_path="trang_dau", default=True))
            visible: Literal["visible", "hidden"] = "hidden" if entry == first else "visible"
            pages.append(st.Page(entry.file, title=entry.title, icon=entry.icon, url_path=entry.name, visibility=visible))
    return st.navigation(menu, expanded=True)
