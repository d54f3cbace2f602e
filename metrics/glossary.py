"""The catalogue as a page of documentation: `python -m metrics.glossary` writes docs/indicators.md."""

from __future__ import annotations

from pathlib import Path

import settings
from metrics.catalogue import BY_CODE, CATALOGUE, sql_of
from metrics.indicator import DIRECTIONS, UNITS, Indicator
from metrics.legal_bases import legal_bases
from metrics.wording import number

PAGE = Path(__file__).parent.parent / "docs" / "indicators.md"


def page() -> str:
    """The whole page as Markdown."""
    head = [
        "# Từ điển chỉ số",
        "",
        "Trang này được sinh từ danh mục chỉ số của chương trình; cùng danh mục đó cung cấp số liệu cho màn hình, báo cáo và dòng",
        "lệnh. Sau khi sửa danh mục hãy sinh lại bằng `python -m metrics.glossary`. Trong câu truy vấn, `$from` và `$to` là ngày đầu",
        "và ngày cuối kỳ, đã giới hạn theo ngày chốt số liệu. Không có dữ liệu thì chỉ số để trống, không ghi 0.",
        "",
        *[f"- [{one.name}](#{one.code})" for one in CATALOGUE],
        "",
    ]
    shown: dict[str, str] = {}  # query → the first indicator that shows it
    entries = [line for one in CATALOGUE for line in _entry(one, shown.setdefault(sql_of(one.code), one.code))]
    return "\n".join(head + entries + _bases()) + "\n"


def _entry(one: Indicator, query_at: str) -> list[str]:
    topics = settings.read("legal_bases")["topics"]
    target = settings.read("targets").get(one.code, {}).get("default")
    facts = [
        f"- Mã: `{one.code}`",
        f"- Công thức: {one.formula}",
        f"- Đơn vị tính: {UNITS[one.unit]}; {DIRECTIONS[one.better]}",
        *([f"- Chỉ tiêu mặc định: {number(target, 2)}"] if target is not None else []),
        f"- Căn cứ: {', '.join(topics[topic] for topic in one.legal_basis)}",
        *([f"- Ghi chú: {one.note}"] if one.note else []),
        f"- Trang: `{one.page}`",
    ]
    if query_at == one.code:
        query = ["<details><summary>Truy vấn</summary>", "", "```sql", sql_of(one.code), "```", "", "</details>", ""]
    else:
        query = [f"Truy vấn: như ở [{BY_CODE[query_at].name}](#{query_at}).", ""]
    return [f'<a id="{one.code}"></a>', "", f"## {one.name}", "", *facts, "", *query]


def _bases() -> list[str]:
    topics = settings.read("legal_bases")["topics"]
    rows = [
        f"| {topics[basis.topic]} | {basis.title} | {basis.valid_from:%d/%m/%Y} "
        f"| {'' if basis.valid_to.year == 9999 else f'{basis.valid_to:%d/%m/%Y}'} | {'rồi' if basis.verified else 'chưa'} |"
        for basis in legal_bases()
    ]
    return ["## Căn cứ pháp lý", "", "| Nội dung | Văn bản | Từ ngày | Đến ngày | Đã kiểm chứng |", "|---|---|---|---|---|", *rows]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
