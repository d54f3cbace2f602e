# ruff: noqa: E501  the sentences of an administrative document are long
"""Write the three DOCX templates anew: `python -m reports.make_templates`. Staff edit the files themselves in Word; this is where they began.

Every indicator of the catalogue can be named in a template as {{ i.CODE.value }}, with .last_year, .previous, .year_to_date, .target,
.verdict and .moved beside it; what is not known reads "chưa có số liệu".
"""

from __future__ import annotations

from pathlib import Path

from docx.document import Document as DocumentType

from reports import decree_30 as layout

TEMPLATES = Path(__file__).parent / "templates"
FORM_HEADS = [
    [
        "STT",
        "Lĩnh vực giải quyết",
        "Số lượng hồ sơ tiếp nhận",
        "",
        "",
        "",
        "Số lượng hồ sơ đã giải quyết",
        "",
        "",
        "",
        "Số lượng hồ sơ đang giải quyết",
        "",
        "",
    ],
    ["^", "^", "Tổng số", "Trong kỳ", "", "Từ kỳ trước", "Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng số", "Trong hạn", "Quá hạn"],
    ["^", "^", "^", "Trực tuyến", "Trực tiếp, bưu chính", "^", "^", "^", "^", "^", "^", "^", "^"],
    ["A", "B", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)"],
]
INDICATOR_HEADS = [["STT", "Chỉ số", "Kỳ này", "Kỳ trước", "Cùng kỳ năm trước", "Lũy kế từ đầu năm", "Chỉ tiêu", "Đánh giá"]]
CASE_HEADS = [["STT", "Mã hồ sơ", "Thủ tục hành chính", "Tiếp nhận", "Hẹn trả", "Tình trạng", "Ghi chú đôn đốc gần nhất"]]
CONCLUSION_HEADS = [["STT", "Nội dung kết luận", "Đơn vị chủ trì", "Hạn hoàn thành", "Tình trạng"]]

# the six sections: what each says before the register's own lines
SECTIONS: dict[int, tuple[str, list[str]]] = {
    1: (
        "Tăng cường thông tin, tuyên truyền, tạo thuận lợi cho người dân, doanh nghiệp tiếp cận dịch vụ và thủ tục hành chính",
        [
            "- Niêm yết, công khai thủ tục hành chính thuộc thẩm quyền tại Trang thông tin điện tử của {{ department.short_name }}, cổng dịch vụ công của tỉnh và Bộ phận một cửa.",
            "- Hướng dẫn người dân, tổ chức nộp hồ sơ trực tuyến mức độ 3, 4 và sử dụng dịch vụ bưu chính công ích: hồ sơ nộp trực tuyến và qua bưu chính chiếm {{ i.online_postal_share.value }} số hồ sơ tiếp nhận trong kỳ ({{ i.online_postal_share.compared }}); kết quả trả qua bưu chính chiếm {{ i.returned_by_post_share.value }} ({{ i.returned_by_post_share.compared }}).",
            "- Thanh toán trực tuyến đạt {{ i.online_payment_share.value }} số hồ sơ có phí, lệ phí ({{ i.online_payment_share.compared }}). Số thông báo gửi người nộp hồ sơ là {{ i.notices_sent.value }}, trong đó qua tin nhắn SMS là {{ i.notices_sms.value }}.",
            "- Duy trì đường dây nóng và bộ phận giải đáp chính sách, thủ tục: tiếp nhận {{ i.complaints_hotline.value }} phản ánh qua đường dây nóng; giải đáp {{ i.questions_answered.value }} trên tổng số {{ i.questions_received.value }} câu hỏi.",
        ],
    ),
    2: (
        "Bảo đảm cơ sở vật chất, trang thiết bị phục vụ",
        ["- Kiểm tra, sắp xếp, bổ sung điều kiện phục vụ tại nơi tiếp nhận và trả kết quả theo bảng kiểm."],
    ),
    3: (
        "Thực hiện đơn giản hóa thủ tục hành chính",
        [
            "- Rà soát thủ tục, trình công bố danh mục và phê duyệt quy trình nội bộ: trong kỳ có {{ i.documents_issued.value }} văn bản được ban hành, gồm {{ i.decisions_issued.value }} quyết định.",
            "- Các bước xử lý hoàn thành trong định mức của quy trình nội bộ đạt {{ i.steps_within_norm_share.value }} ({{ i.steps_within_norm_share.compared }}; {{ i.steps_within_norm_share.verdict }}).",
            "- Dịch vụ công trực tuyến: tỷ lệ hồ sơ nộp trực tuyến mức độ 3, 4 theo danh mục được phê duyệt đạt {{ i.listed_online_share.value }} ({{ i.listed_online_share.compared }}; {{ i.listed_online_share.verdict }}); tính trên toàn bộ thủ tục là {{ i.online_share.value }} ({{ i.online_share.compared }}). Thủ tục mức độ 3, 4 có phát sinh hồ sơ trực tuyến đạt {{ i.online_procedures_used_share.value }}.",
        ],
    ),
    4: (
        "Nâng cao nhận thức, thái độ phục vụ của cán bộ, công chức, viên chức",
        [
            "- Quán triệt tinh thần, thái độ phục vụ, trọng tâm là cán bộ một cửa; kiểm tra việc chấp hành giờ giấc, kỷ luật.",
            "- Trong kỳ có {{ i.complaints_conduct.value }} phản ánh về hành vi hành chính ({{ i.complaints_conduct.compared }}), tương ứng {{ i.conduct_per_1000.value }} phản ánh trên 1.000 hồ sơ; đã xử lý {{ i.conduct_cases_handled.value }}, xác định vi phạm {{ i.conduct_cases_confirmed.value }} trường hợp, xem xét trách nhiệm {{ i.conduct_cases_disciplined.value }} trường hợp.",
        ],
    ),
    5: (
        "Bảo đảm thời gian và tiến độ giải quyết thủ tục hành chính",
        [
            "- Tiếp nhận {{ i.received.value }} hồ sơ trong kỳ ({{ i.received.compared }}), kỳ trước chuyển qua {{ i.carried_over.value }} hồ sơ; đã giải quyết {{ i.resolved_total.value }} hồ sơ, đang giải quyết {{ i.in_progress_total.value }} hồ sơ, trong đó quá hạn {{ i.overdue.value }} hồ sơ.",
            "- Tỷ lệ giải quyết đúng hạn và trước hạn đạt {{ i.on_time_share.value }} ({{ i.on_time_share.compared }}; {{ i.on_time_share.verdict }}); tính theo biểu 06a là {{ i.on_time_share_form.value }}. Thời gian giải quyết trung vị là {{ i.processing_time_median.value }} ngày làm việc ({{ i.processing_time_median.compared }}).",
            "- Hồ sơ có thời gian dừng tính chiếm {{ i.paused_share.value }}, từ chối giải quyết {{ i.refused_share.value }}, hẹn lại thời gian trả kết quả {{ i.rescheduled_share.value }}. Việc thông báo cho người nộp đạt {{ i.refusal_notified_share.value }} khi từ chối, {{ i.pause_notified_share.value }} khi dừng tính, {{ i.overdue_notified_share.value }} khi quá hạn và {{ i.rescheduling_notified_share.value }} khi hẹn lại; hồ sơ quá hạn có phiếu xin lỗi đạt {{ i.apology_share.value }}.",
            "- Hằng tháng theo dõi, đánh giá trên phần mềm {{ department.software }} và đôn đốc các bộ phận chuyên môn: {{ i.reminders_noted.value }} lượt đôn đốc được ghi nhận.",
        ],
    ),
    6: (
        "Công khai các kênh tiếp nhận và kết quả xử lý phản ánh, kiến nghị",
        [
            "- Niêm yết, công khai đường dây nóng, quy trình tiếp nhận và xử lý phản ánh, kiến nghị của người dân, doanh nghiệp.",
            "- Tiếp nhận {{ i.complaints_received.value }} phản ánh, kiến nghị ({{ i.complaints_received.compared }}); đã trả lời {{ i.complaints_resolved.value }}, đúng hạn đạt {{ i.complaints_on_time_share.value }} ({{ i.complaints_on_time_share.compared }}; {{ i.complaints_on_time_share.verdict }}); thời gian trả lời trung vị {{ i.complaints_median_days.value }} ngày làm việc.",
            "- Kết quả trả lời được công khai đạt {{ i.complaints_published_share.value }}; tỷ lệ hài lòng với việc trả lời là {{ i.complaints_satisfied_share.value }}.",
        ],
    ),
}


def home_affairs() -> DocumentType:
    """The report to Home Affairs in the form of the 2020 report: opening, official index, six sections, closing, annex."""
    document = layout.new_document()
    layout.national_head(document, "{{ report_symbol }}-{{ department.short_name }}")
    layout.centred(document, "BÁO CÁO", bold=True).paragraph_format.space_before = layout.Pt(14)
    title = "Kết quả thực hiện giải pháp nâng cao chỉ số hài lòng của tổ chức, cá nhân đối với sự phục vụ của {{ department.name }} {{ during }}"
    layout.centred(document, title, bold=True)
    layout.centred(document, "Kính gửi: {{ department.report_to }}").paragraph_format.space_before = layout.Pt(8)
    layout.body(document, "{%p if grounds %}")
    layout.body(document, "Căn cứ {{ grounds }};", italic=True)
    layout.body(document, "{%p endif %}")
    layout.body(
        document,
        "{{ department.name }} báo cáo kết quả thực hiện các giải pháp nâng cao chỉ số hài lòng {{ during }} (từ ngày {{ start }} đến ngày {{ end }}, số liệu chốt đến ngày {{ as_of }}){{ limits }} như sau:",
    )
    layout.body(
        document,
        "Chỉ số hài lòng được công bố {{ official.year }}: {{ official.value }}, chỉ tiêu {{ official.target }}, năm trước {{ official.last_year }}; xếp hạng {{ official.rank }} ({{ official.source }}). Khảo sát của đơn vị trong kỳ: {{ i.survey_overall.value }} trên {{ i.survey_responses.value }} phiếu ({{ i.survey_overall.compared }}).",
    )
    for number, (name, paragraphs) in SECTIONS.items():
        layout.body(document, f"{number}. {name}", bold=True)
        for words in paragraphs:
            layout.body(document, words)
        _register(document, f"g.g{number}")
    layout.body(
        document,
        "Trên đây là báo cáo kết quả thực hiện các giải pháp nâng cao chỉ số hài lòng của {{ department.name }} {{ during }}; biểu số liệu kèm theo tại Phụ lục.",
    )
    layout.body(document, "{{ department.name }} kính báo {{ department.report_to }} biết, tổng hợp./.")
    layout.recipients_and_signature(document)
    _annex(document)
    return document


def reminder() -> DocumentType:
    """A công văn that reminds a section of its overdue and near-due dossiers."""
    document = layout.new_document()
    layout.national_head(document, "{{ reminder_symbol }}", "V/v đôn đốc giải quyết hồ sơ thủ tục hành chính quá hạn, sắp đến hạn")
    layout.centred(document, "Kính gửi: {{ addressee }}").paragraph_format.space_before = layout.Pt(14)
    layout.body(
        document,
        "Qua theo dõi trên phần mềm {{ department.software }}, đến ngày {{ as_of }}, {{ addressee }} đang giải quyết {{ open }} hồ sơ, trong đó có {{ overdue }} hồ sơ quá hạn, {{ due_soon }} hồ sơ còn từ 0 đến {{ near_due_days }} ngày làm việc đến hạn, {{ waiting_too_long }} hồ sơ chờ người nộp quá {{ waiting_too_long_days }} ngày làm việc và {{ overdue_unnoticed }} hồ sơ quá hạn chưa thông báo cho người nộp.",
    )
    layout.body(document, "{%p if cases %}")
    layout.body(document, "{{ department.name }} đề nghị {{ addressee }}:")
    layout.body(document, "1. Giải quyết dứt điểm các hồ sơ quá hạn; bảo đảm các hồ sơ sắp đến hạn được trả đúng ngày hẹn.")
    layout.body(document, "2. Thông báo và gửi phiếu xin lỗi đối với hồ sơ quá hạn; nêu rõ nguyên nhân và thời gian trả kết quả.")
    layout.body(document, "3. Báo cáo kết quả về {{ department.name }} trước khi họp giao ban gần nhất.")
    layout.body(document, "Danh sách hồ sơ kèm theo./.")
    layout.body(document, "{%p else %}")
    layout.body(
        document,
        "Đến thời điểm trên không có hồ sơ quá hạn hoặc sắp đến hạn. {{ department.name }} ghi nhận và đề nghị {{ addressee }} tiếp tục duy trì./.",
    )
    layout.body(document, "{%p endif %}")
    layout.recipients_and_signature(document, "same_recipients")
    layout.body(document, "{%p if cases %}")
    layout.annex_section(document)
    layout.centred(document, "DANH SÁCH HỒ SƠ CẦN ĐÔN ĐỐC", bold=True)
    layout.centred(document, "(Kèm theo Công văn của {{ department.name }}; số liệu đến ngày {{ as_of }})", size=12, italic=True)
    row = [
        "|{{ loop.index }}",
        "{{ c.dossier_code }}",
        "{{ c.procedure }}",
        "|{{ c.received_on }}",
        "|{{ c.due_on }}",
        "{{ c.state }}",
        "{{ c.last_note }}",
    ]
    layout.grid(document, CASE_HEADS, [1.3, 4.2, 7.8, 2.5, 2.5, 4.0, 3.2], row, "for c in cases", size=11)
    layout.body(document, "{%p endif %}", indent=False)
    return document


def conclusions() -> DocumentType:
    """A thông báo of a meeting's conclusions."""
    document = layout.new_document()
    layout.national_head(document, "{{ conclusions_symbol }}-{{ department.short_name }}")
    layout.centred(document, "THÔNG BÁO", bold=True).paragraph_format.space_before = layout.Pt(14)
    layout.centred(document, "Kết luận cuộc họp giao ban {{ meeting }}", bold=True)
    layout.body(document, "{%p if rows %}")
    layout.body(
        document,
        "{{ department.name }} họp đánh giá việc giải quyết thủ tục hành chính. Sau khi xem xét số liệu và ý kiến của các đơn vị, cuộc họp kết luận như sau:",
    )
    layout.body(document, "{%p for r in rows %}")
    layout.body(document, "{{ loop.index }}. {{ r.text }}")
    layout.body(document, "Đơn vị chủ trì: {{ r.unit_name }}; hạn hoàn thành: {{ r.due_on }}.", italic=True)
    layout.body(document, "{%p endfor %}")
    layout.body(document, "{%p else %}")
    layout.body(document, "Trong kỳ chưa có kết luận cuộc họp nào được ghi nhận.")
    layout.body(document, "{%p endif %}")
    layout.body(document, "{%p if earlier %}")
    layout.body(document, "Tình hình thực hiện các kết luận trước đó:")
    row = ["|{{ loop.index }}", "{{ e.text }}", "{{ e.unit_name }}", "|{{ e.due_on }}", "|{{ e.state }}"]
    layout.grid(document, CONCLUSION_HEADS, [1.3, 6.2, 3.8, 2.6, 2.3], row, "for e in earlier", size=11)
    layout.body(document, "{%p endif %}")
    layout.body(document, "Đề nghị các phòng, đơn vị tổ chức thực hiện và báo cáo kết quả tại cuộc họp giao ban kế tiếp./.")
    layout.recipients_and_signature(document, "same_recipients")
    return document


def _register(document: DocumentType, group: str) -> None:
    """The register's lines of a section: actions with their state, hand-entered measures, documents with number and date."""
    layout.body(document, f"{{%p for a in {group}.actions %}}")
    layout.body(document, "- {{ a }}")
    layout.body(document, "{%p endfor %}")
    for name, words in (
        ("measures", "- Số liệu ghi nhận: {{ %s }}."),
        ("issued", "- Văn bản đã ban hành trong kỳ: {{ %s }}."),
        ("earlier", "- Tiếp tục thực hiện các văn bản đã ban hành trước kỳ: {{ %s }}."),
    ):
        layout.body(document, f"{{%p if {group}.{name} %}}")
        layout.body(document, words % f"{group}.{name}")
        layout.body(document, "{%p endif %}")


def _annex(document: DocumentType) -> None:
    layout.annex_section(document)
    layout.centred(document, "PHỤ LỤC", bold=True)
    layout.centred(document, "(Kèm theo Báo cáo của {{ department.name }})", size=12, italic=True)
    layout.centred(document, "Biểu 1. Tình hình, kết quả giải quyết thủ tục hành chính (theo Biểu II.06a/VPCP/KSTT)", size=13, bold=True)
    layout.centred(document, "Từ ngày {{ start }} đến ngày {{ end }}. Đơn vị tính: Số hồ sơ TTHC", size=12, italic=True)
    row = ["|{{ r.number }}", "{{ r.group }}", *(f">{{{{ r.c{n} }}}}" for n in range(1, 12))]
    layout.grid(document, FORM_HEADS, [1.3, 5.6, *[1.7] * 11], row, "for r in form")
    layout.centred(document, "Biểu 2. Các chỉ số", size=13, bold=True).paragraph_format.space_before = layout.Pt(14)
    row = [
        "|{{ loop.index }}",
        "{{ r.name }}",
        *(f">{{{{ r.{n} }}}}" for n in ("value", "previous", "last_year", "year_to_date", "target")),
        "|{{ r.mark }}",
    ]
    layout.grid(document, INDICATOR_HEADS, [1.3, 8.9, 2.6, 2.6, 2.6, 2.6, 2.2, 2.4], row, "for r in indicator_rows")
    layout.body(document, "{{ source }}", italic=True, indent=False).paragraph_format.space_before = layout.Pt(8)


def main() -> None:
    """Write the templates."""
    TEMPLATES.mkdir(exist_ok=True)
    for make in (home_affairs, reminder, conclusions):
        make().save(str(TEMPLATES / f"{make.__name__}.docx"))


if __name__ == "__main__":
    main()
