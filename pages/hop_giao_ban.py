"""Họp giao ban: the monthly review on a projector, item by item, with the conclusions typed in at the end."""

import pandas as pd
import streamlit as st

from charts.ranking import ranking
from charts.trend import trend
from metrics.catalogue import BY_CODE
from metrics.meeting import review_content
from metrics.sentences import of_ranking
from metrics.wording import number
from reports.home_affairs import STATES, written
from ui.agenda import current_item, projecting
from ui.chart_block import chart_block, nothing_to_show, say
from ui.column_labels import Label
from ui.conclusion_form import conclusion_form
from ui.drawn import drawn
from ui.edits import say_saved
from ui.headline import headline
from ui.labelled_table import read_table
from ui.opening import open_page
from ui.report_form import report_button
from ui.served import ask

SECTIONS = {
    "group": Label("Phòng ban"),
    "open": Label("Đang giải quyết", "count"),
    "overdue": Label("Quá hạn", "count"),
    "due_soon": Label("Sắp đến hạn", "count"),
    "overdue_unnoticed": Label("Quá hạn chưa thông báo", "count"),
}
CONCLUSIONS = {
    "text": Label("Kết luận"),
    "meeting_on": Label("Ngày họp", "date"),
    "unit_name": Label("Đơn vị chủ trì"),
    "due_on": Label("Hạn", "date"),
    "state": Label("Tình trạng"),
}
TARGETS = {
    "name": Label("Chỉ số"),
    "now": Label("Kỳ này"),
    "wanted": Label("Chỉ tiêu"),
    "before": Label("Cùng kỳ năm trước"),
    "verdict": Label("Đánh giá"),
}


def targets(rows: pd.DataFrame) -> None:
    """Which targets are met and which are not, the missed ones first."""
    met = rows["met"].astype(bool)
    headline(rows.loc[met, "name"].tolist(), rows.loc[~met, "name"].tolist())
    table = rows.assign(
        now=[written(value, unit) for value, unit in zip(rows["value"], rows["unit"], strict=True)],
        wanted=[written(value, unit) for value, unit in zip(rows["target"], rows["unit"], strict=True)],
        before=[written(value, unit) for value, unit in zip(rows["same_period_last_year"], rows["unit"], strict=True)],
        verdict=["✓ Đạt" if one else "✗ Chưa đạt" for one in met],
        order=met,
    )
    read_table(table.sort_values("order", kind="stable"), TARGETS)


def indicator(item: dict) -> None:
    """One indicator by month with its usual range."""
    share = item["unit"] == "share"
    figure = drawn(trend, item["months"], "value", view.look, name=item["name"], share=share, target=item["target"], limits=item["limits"])
    rows = item["months"].rename(columns={"value": "on_time_share"}) if share else item["months"]
    chart_block(item["name"], figure, rows, item["sentence"], key=item["code"], headings={"on_time_share": item["name"]})


def changed(item: dict) -> None:
    """What moved a figure, and the units that moved most."""
    st.subheader(f"Thay đổi so với kỳ trước: {item['name'][:1].lower()}{item['name'][1:]}", anchor=False)
    say(item["sentence"])
    form = "share" if item["unit"] == "share" else "days"
    labels = {
        "group": Label("Đơn vị thay đổi nhiều nhất"),
        "previous": Label("Kỳ trước", form),
        "value": Label("Kỳ này", form),
        "change": Label("Thay đổi", "points" if form == "share" else "days"),
        "denominator": Label("Số hồ sơ", "count"),
    }
    read_table(item["moved"], labels)


def units(rows: pd.DataFrame, code: str) -> None:
    """The units from the worst to the best."""
    one = BY_CODE[code]
    if rows.empty:
        nothing_to_show("Chưa có số liệu theo đơn vị", "Chọn kỳ khác hoặc bỏ bớt điều kiện lọc.")
        return
    share, higher = one.unit == "share", one.better == "higher"
    figure = drawn(ranking, rows, "value", view.look, name=one.name, share=share, higher_is_better=higher, count="denominator")
    sentence = of_ranking(rows, "value", "đơn vị", share=share, higher_is_better=higher)
    shown = rows.rename(columns={"value": "on_time_share"}) if share else rows
    chart_block(f"{one.name} theo đơn vị", figure, shown, sentence, key="units", headings={"group": "Đơn vị", "on_time_share": one.name})


def overdue(rows: pd.DataFrame) -> None:
    """Overdue and near-due dossiers by section."""
    st.subheader("Hồ sơ quá hạn, sắp đến hạn theo phòng ban", anchor=False)
    if rows.empty:
        nothing_to_show("Không có hồ sơ quá hạn hoặc sắp đến hạn", "Không có việc phải đôn đốc tại ngày chốt số liệu.")
        return
    late, near = number(rows["overdue"].sum()), number(rows["due_soon"].sum())
    say(f"{late} hồ sơ quá hạn, {near} hồ sơ sắp đến hạn ở {number(len(rows))} phòng ban.")
    read_table(rows, SECTIONS)


def earlier(rows: pd.DataFrame) -> None:
    """Last meeting's conclusions and their state."""
    st.subheader("Kết luận lần trước và tình hình thực hiện", anchor=False)
    if rows.empty:
        nothing_to_show("Chưa có kết luận nào", "Kết luận ghi ở mục cuối sẽ mở đầu cuộc họp lần sau.")
        return
    words = [STATES.get(row["status"], row["status"]) + (" (quá hạn)" if row["past_due"] else "") for row in rows.to_dict("records")]
    read_table(rows.assign(state=words), CONCLUSIONS)


def closing() -> None:
    """Space for the conclusions of this meeting, and the papers made of them."""
    st.subheader("Kết luận cuộc họp", anchor=False)
    conclusion_form(view.scope.at(view.db), view.scope)
    report_button("conclusions", view.db, view.period, view.scope, None, key="conclusions", label="Lập thông báo kết luận")
    report_button("review_deck", view.db, view.period, view.scope, None, key="deck", label="Lập tài liệu trình chiếu (PPTX)")


view = open_page("Họp giao ban")
say_saved()
projecting()
content = ask(review_content, view.period, view.scope)

AGENDA = [
    ("Kết luận lần trước", lambda: earlier(content["conclusions"])),
    ("Chỉ tiêu đạt và chưa đạt", lambda: targets(content["targets"])),
    *((item["name"], lambda item=item: indicator(item)) for item in content["trends"]),
    *((f"Thay đổi: {item['name']}", lambda item=item: changed(item)) for item in content["changes"]),
    ("Xếp hạng đơn vị", lambda: units(content["ranking"], content["ranking_code"])),
    ("Hồ sơ quá hạn theo phòng ban", lambda: overdue(content["overdue"])),
    ("Kết luận cuộc họp", closing),
]
place = current_item([title for title, _ in AGENDA])
AGENDA[place][1]()
