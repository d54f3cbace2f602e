"""Tài liệu họp giao ban (PPTX): targets, one slide an indicator with a native chart, what changed, units, overdue, conclusions."""

from __future__ import annotations

import io
from typing import Any

from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation as PresentationType
from pptx.util import Cm

from metrics import wording
from metrics.catalogue import BY_CODE
from reports import slides
from reports.home_affairs import STATES, written
from reports.stamp import Stamp, stamped

# [$-42A]: Vietnamese separators in LibreOffice; PowerPoint follows the user's regional settings
FORMATS = {"share": "[$-42A]0.0%", "count": "[$-42A]#,##0"}
ROWS_A_SLIDE = 12
NAME_WIDTH = 70
LIMIT_INK, TARGET_INK = "8A8A8A", "B00020"


def build(content: dict[str, Any], stamp: Stamp) -> bytes:
    """`content` of metrics.meeting.review_content as a deck."""
    deck, main = slides.new_deck(), content["head"]["department"]["colour"]
    _title(deck, content["head"], main, stamp)
    _targets(deck, content, main, stamp)
    for trend in content["trends"]:
        _trend(deck, trend, content["head"]["department"], stamp)
    for change in content["changes"]:
        _change(deck, change, main, stamp)
    _ranking(deck, content, main, stamp)
    _overdue(deck, content, main, stamp)
    _conclusions(deck, content, main, stamp)
    slide = slides.new_slide(deck, "Kết luận cuộc họp", stamp.line(), main)
    empty = [[str(number), "", "", ""] for number in range(1, 7)]
    slides.table(slide, ["STT", "Nội dung kết luận", "Đơn vị chủ trì", "Hạn hoàn thành"], empty, [1.8, 17.8, 6.5, 4.5], main)
    out = io.BytesIO()
    deck.save(out)
    return stamped(out.getvalue(), stamp)


def _title(deck: PresentationType, head: dict[str, Any], main: str, stamp: Stamp) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[slides.BLANK])
    department, period = head["department"], head["period"]
    centre: dict[str, Any] = {"align": PP_ALIGN.CENTER}
    slides.write(
        slide, str(department["name_upper"]), slides.LEFT, Cm(3), slides.BODY_WIDTH, Cm(1.5), size=24, bold=True, ink=main, **centre
    )
    words = "Đánh giá việc giải quyết thủ tục hành chính"
    slides.write(slide, words, slides.LEFT, Cm(6.5), slides.BODY_WIDTH, Cm(2), size=40, bold=True, **centre)
    lines = [
        f"Họp giao ban – {head['title']}",
        f"Kỳ {wording.span(period.start, period.end)}, số liệu chốt đến {wording.day(head['as_of'])}",
    ]
    lines += [f"Phạm vi: {head['limits']}"] if head["limits"] else []
    slides.write(slide, lines, slides.LEFT, Cm(9.6), slides.BODY_WIDTH, Cm(3), size=22, **centre)
    if stamp.simulated:
        slides.write(
            slide,
            "DỮ LIỆU MẪU – không phải số liệu chính thức",
            slides.LEFT,
            Cm(14),
            slides.BODY_WIDTH,
            Cm(1),
            bold=True,
            ink=TARGET_INK,
            **centre,
        )
    slides.write(slide, stamp.line(), slides.LEFT, Cm(18.2), slides.BODY_WIDTH, Cm(0.6), size=10, ink=slides.GREY)


def _targets(deck: PresentationType, content: dict[str, Any], main: str, stamp: Stamp) -> None:
    rows = content["targets"].sort_values("met", kind="stable")
    met = int((rows["met"] == True).sum())  # noqa: E712  object column of True and False
    lines = [_target_line(row) for row in rows.to_dict("records")]
    lines += [
        [row["name"], wording.NO_DATA, written(row["target"], row["unit"]), "–", "–"] for row in content["unjudged"].to_dict("records")
    ]
    heads = ["Chỉ số", "Kỳ này", "Chỉ tiêu", "Cùng kỳ năm trước", "Đánh giá"]
    for start in range(0, max(1, len(lines)), ROWS_A_SLIDE):
        title = f"{wording.number(met)}/{wording.number(len(rows))} chỉ tiêu đạt" + (" (tiếp)" if start else "")
        slide = slides.new_slide(deck, title, stamp.line(), main)
        slides.table(slide, heads, lines[start : start + ROWS_A_SLIDE], [14.6, 4, 4, 4, 4], main)


def _target_line(row: dict[str, Any]) -> list[str]:
    figures = [written(row[name], row["unit"]) for name in ("value", "target", "same_period_last_year")]
    return [wording.shortened(row["name"], NAME_WIDTH), *figures, "✓ Đạt" if row["met"] else "✗ Chưa đạt"]


def _trend(deck: PresentationType, trend: dict[str, Any], department: dict[str, Any], stamp: Stamp) -> None:
    main = department["colour"]
    slide = slides.new_slide(deck, trend["name"], stamp.line(), main)
    months = trend["months"]
    if months["value"].notna().sum() == 0:
        slides.write(slide, "Chưa có số liệu.", slides.LEFT, slides.TOP, slides.BODY_WIDTH, Cm(2), size=24)
        return
    series: dict[str, list[float | None]] = {trend["name"]: [None if wording.missing(value) else float(value) for value in months["value"]]}
    inks = [main]
    limits = trend["limits"]
    if len(limits):
        for column, name in (("mean", "Trung bình"), ("lower", "Cận dưới thường gặp"), ("upper", "Cận trên thường gặp")):
            series[name] = [float(limits[column].iloc[0])] * len(months)
            inks.append(LIMIT_INK)
    if trend["target"] is not None:
        series["Chỉ tiêu"] = [float(trend["target"])] * len(months)
        inks.append(department["accent"])
    slides.line_chart(slide, months["label"].tolist(), series, FORMATS.get(trend["unit"], "[$-42A]0.0"), inks)
    slides.write(slide, trend["sentence"], slides.LEFT, Cm(15.4), slides.BODY_WIDTH, Cm(2.4), size=18)


def _change(deck: PresentationType, change: dict[str, Any], main: str, stamp: Stamp) -> None:
    slide = slides.new_slide(deck, f"Thay đổi so với kỳ trước: {change['name'][:1].lower()}{change['name'][1:]}", stamp.line(), main)
    slides.write(slide, change["sentence"], slides.LEFT, slides.TOP, slides.BODY_WIDTH, Cm(5), size=15)
    share = change["unit"] == "share"
    lines = [
        [
            wording.shortened(str(row["group"]), NAME_WIDTH),
            written(row["previous"], change["unit"]),
            written(row["value"], change["unit"]),
            wording.points(row["change"]) if share else wording.signed(row["change"], 1),
            wording.number(row["denominator"], 0),
        ]
        for row in change["moved"].to_dict("records")
    ]
    if lines:
        heads = ["Đơn vị thay đổi nhiều nhất", "Kỳ trước", "Kỳ này", "Thay đổi", "Số hồ sơ"]
        slides.table(slide, heads, lines, [14.6, 4, 4, 4, 4], main, top=Cm(9.2))


def _ranking(deck: PresentationType, content: dict[str, Any], main: str, stamp: Stamp) -> None:
    one, rows = BY_CODE[content["ranking_code"]], content["ranking"]
    slide = slides.new_slide(deck, f"{one.name} theo đơn vị", stamp.line(), main)
    if rows.empty:
        slides.write(slide, "Chưa có số liệu.", slides.LEFT, slides.TOP, slides.BODY_WIDTH, Cm(2), size=24)
        return
    shown = rows.head(20)
    names = [
        f"{wording.shortened(str(row['group']), 52)} (n = {wording.number(row['denominator'], 0)})" for row in shown.to_dict("records")
    ]
    values = [float(value) for value in shown["value"]]
    slides.bar_chart(slide, names, values, one.name, FORMATS.get(one.unit, "[$-42A]0.0"), main)


def _overdue(deck: PresentationType, content: dict[str, Any], main: str, stamp: Stamp) -> None:
    slide = slides.new_slide(deck, "Hồ sơ quá hạn, sắp đến hạn theo phòng ban", stamp.line(), main)
    lines = [
        [
            wording.shortened(str(row["group"]), NAME_WIDTH),
            *(wording.number(row[name], 0) for name in ("open", "overdue", "due_soon", "overdue_unnoticed")),
        ]
        for row in content["overdue"].to_dict("records")
    ]
    if not lines:
        slides.write(slide, "Không có hồ sơ quá hạn hoặc sắp đến hạn.", slides.LEFT, slides.TOP, slides.BODY_WIDTH, Cm(2), size=24)
        return
    heads = ["Phòng ban", "Đang giải quyết", "Quá hạn", "Sắp đến hạn", "Quá hạn chưa báo"]
    slides.table(slide, heads, lines, [14.6, 4, 4, 4, 4], main)


def _conclusions(deck: PresentationType, content: dict[str, Any], main: str, stamp: Stamp) -> None:
    slide = slides.new_slide(deck, "Kết luận lần trước và tình hình thực hiện", stamp.line(), main)
    rows = content["conclusions"]
    if rows.empty:
        slides.write(slide, "Chưa có kết luận nào được ghi nhận.", slides.LEFT, slides.TOP, slides.BODY_WIDTH, Cm(2), size=24)
        return
    lines = [
        [
            wording.shortened(str(row["text"]), 110),
            wording.day(row["meeting_on"]),
            "–" if wording.missing(row["unit_name"]) else wording.shortened(str(row["unit_name"]), 40),
            wording.day(row["due_on"]),
            STATES.get(row["status"], row["status"]) + (" (quá hạn)" if row["past_due"] else ""),
        ]
        for row in rows.head(ROWS_A_SLIDE).to_dict("records")
    ]
    slides.table(slide, ["Kết luận", "Ngày họp", "Đơn vị chủ trì", "Hạn", "Tình trạng"], lines, [13.6, 3.5, 6, 3.5, 4], main, size=13)
