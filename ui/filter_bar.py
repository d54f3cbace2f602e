"""The filter that all pages share: it lives in the address, so that a copied link or Back brings the same view again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

import settings
from metrics import choices
from metrics.period import Period, month_of, named_periods
from metrics.scope import Scope
from metrics.wording import day, span
from ui.identity import User
from ui.served import ask
from warehouse.database import Database

FREE = "Tự chọn khoảng ngày"
STYLES = {"calendar": "Tháng dương lịch", "decree09": "Kỳ báo cáo (từ ngày 15)"}
CHANNELS = {"Trực tiếp": 1, "Trực tuyến": 2, "Bưu chính": 3}
IN_ADDRESS: dict[str, Any] = {"bind": "query-params"}


@dataclass(frozen=True)
class Filter:
    """What the person at the page is asking about. `style` says which months trends are cut by."""

    period: Period
    scope: Scope
    style: str

    def words(self) -> str:
        """The chosen units, fields, procedures and channels in words; "" when all are meant."""
        scope = self.scope
        channels = [name for name, code in CHANNELS.items() if code in scope.channels]
        return "; ".join(", ".join(part) for part in (scope.units, scope.fields, scope.procedures, channels) if part)


def filter_bar(db: Database, user: User) -> Filter:
    """Draw the filter and return what is chosen. Both days of the period are always written out below it."""
    with st.container(key="filter_bar"):
        period_place, unit_place, field_place, more_place = st.columns([3, 4, 3, 2], vertical_alignment="bottom")
        with more_place, st.popover("Lọc thêm", icon=":material/tune:", width="stretch"):
            style = _style()
            whole_sector = _whole_sector(user)
            reach = Scope(allowed_units=user.allowed_units, whole_sector=whole_sector)
            procedures = _several("Thủ tục hành chính", "thu_tuc", ask(choices.procedures, reach), "Tất cả thủ tục")
            channels = _several("Hình thức nộp", "hinh_thuc", list(CHANNELS), "Tất cả hình thức")
            as_of = _as_of(db)
        with period_place:
            period = _period(style, as_of, ask(choices.first_day))
        with unit_place:
            units = _several("Đơn vị", "don_vi", ask(choices.units, reach), "Tất cả đơn vị")
        with field_place:
            fields = _several("Lĩnh vực", "linh_vuc", ask(choices.fields, reach), "Tất cả lĩnh vực")
    scope = Scope(
        units=tuple(units),
        fields=tuple(fields),
        procedures=tuple(procedures),
        channels=tuple(CHANNELS[name] for name in channels),
        whole_sector=whole_sector,
        allowed_units=user.allowed_units,
        as_of=as_of if as_of < db.as_of else None,
    )
    chosen = Filter(period, scope, style)
    _state(db, chosen)
    return chosen


def _style() -> str:
    start = settings.read("rules")["month_periods"]
    names = list(STYLES.values())
    picked = st.radio("Cách tính kỳ", names, index=list(STYLES).index(start), key="cach_tinh_ky", **IN_ADDRESS)
    return next(style for style, name in STYLES.items() if name == picked)


def _whole_sector(user: User) -> bool:
    """Asked only where there are units beyond the department's own; a user limited to some units sees just those anyway."""
    if user.allowed_units is not None:
        return True
    if ask(choices.units, Scope()) == ask(choices.units, Scope(whole_sector=True)):
        return False
    label = "Tính cả toàn ngành (thêm các đơn vị ngoài Sở)"
    return st.toggle(label, key="toan_nganh", **IN_ADDRESS)


def _as_of(db: Database) -> date:
    return st.date_input(
        "Ngày chốt số liệu",
        value=db.as_of,
        min_value=settings.read("rules")["earliest_date"],
        max_value=db.as_of,
        format="DD/MM/YYYY",
        key="chot",
        help="Số liệu phát sinh sau ngày này không được tính.",
        **IN_ADDRESS,
    )


def _period(style: str, as_of: date, first: date) -> Period:
    offered = {period.title(): period for period in named_periods(style, as_of, years=max(2, as_of.year - first.year + 1))}
    newest = month_of(as_of, style).title()
    _stand_in_the_address("ky", newest, [*offered, FREE])
    picked = st.selectbox("Kỳ báo cáo", [*offered, FREE], index=None, placeholder=newest, key="ky", **IN_ADDRESS)
    if picked != FREE:
        return offered[picked or newest]
    this_year = (date(as_of.year, 1, 1), as_of)
    earliest, last = settings.read("rules")["earliest_date"], date(as_of.year, 12, 31)
    if "ngay" not in st.session_state and "ngay" not in st.query_params:
        st.session_state["ngay"], st.query_params["ngay"] = this_year, [date.isoformat() for date in this_year]
    days = st.date_input("Từ ngày – đến ngày", [], earliest, last, format="DD/MM/YYYY", key="ngay", **IN_ADDRESS)
    if len(days) < 2:
        st.info("Chọn ngày đầu và ngày cuối của khoảng.", icon=":material/date_range:")
        st.stop()
    return Period(*days)


def _stand_in_the_address(key: str, otherwise: str, offered: list[str]) -> None:
    """Choose `otherwise` where nothing is chosen, and write it into the address, so that a copied link keeps it when newer data come.

    Streamlit leaves a widget's default out of the address; what is chosen through the session state stands in it from the second
    run on, and in the first run, before the widget is bound to the address, it may be written there by hand.
    """
    if key not in st.session_state:
        if st.query_params.get(key) not in offered:
            st.session_state[key] = st.query_params[key] = otherwise
    elif st.session_state[key] not in offered or key not in st.query_params:
        st.session_state[key] = st.session_state[key] if st.session_state[key] in offered else otherwise


def _several(label: str, key: str, names: list[str], all_of_them: str) -> list[str]:
    return st.multiselect(label, names, key=key, placeholder=all_of_them, **IN_ADDRESS)


def _state(db: Database, chosen: Filter) -> None:
    """What the figures below rest on, always in sight and on paper."""
    parts = [
        f"Kỳ {span(chosen.period.start, chosen.period.end)}",
        f"Số liệu chốt đến {day(chosen.scope.at(db))}",
        f"Bản dữ liệu {db.snapshot} ({db.engine})",
    ]
    if chosen.scope.whole_sector and chosen.scope.allowed_units is None:
        parts.append("Toàn ngành")
    if chosen.words():
        parts.append(chosen.words())
    st.text(" · ".join(parts))
