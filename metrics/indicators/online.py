"""Online services: how dossiers come in, are paid and go back; the approved list; levels 3 and 4."""

from __future__ import annotations

from functools import partial

from metrics.dossier_sets import SETS, count_of
from metrics.indicator import Indicator, count_in, placed, share_of
from metrics.indicators.dossier_families import IN_HAND_FAMILY, PROCEDURE_FAMILY

_share = partial(share_of, IN_HAND_FAMILY, SETS)
_procedures = partial(Indicator, family=PROCEDURE_FAMILY, better="higher", monthly=False)

ONLINE = placed(
    [
        _share(
            "listed_online",
            "listed",
            code="listed_online_share",
            name="Tỷ lệ hồ sơ trực tuyến mức độ 3, 4 theo danh mục phê duyệt",
            formula="Hồ sơ nộp trực tuyến / hồ sơ tiếp nhận trong kỳ của thủ tục thuộc danh mục phê duyệt vào ngày tiếp nhận",
            better="higher",
            headline=True,
            which="listed",
        ),
        _share(
            "online",
            "received",
            code="online_share",
            name="Tỷ lệ hồ sơ nộp trực tuyến",
            formula="Biểu 06a: (2) / ((2) + (3))",
            better="higher",
            headline=True,
        ),
        _share(
            "level_3_4_online",
            "level_3_4",
            code="level_3_4_online_share",
            name="Tỷ lệ nộp trực tuyến của hồ sơ mức độ 3 và 4",
            formula="Hồ sơ nộp trực tuyến / hồ sơ mức độ 3 và 4 tiếp nhận trong kỳ",
            better="higher",
            which="level_3_4",
        ),
        _share(
            "level_3_online",
            "level_3",
            code="level_3_online_share",
            name="Tỷ lệ nộp trực tuyến của hồ sơ mức độ 3 (một phần)",
            formula="Hồ sơ nộp trực tuyến / hồ sơ mức độ 3 tiếp nhận trong kỳ",
            note="Từ Nghị định 42/2022/NĐ-CP là dịch vụ công trực tuyến một phần.",
            better="higher",
            which="level_3",
        ),
        _share(
            "level_4_online",
            "level_4",
            code="level_4_online_share",
            name="Tỷ lệ nộp trực tuyến của hồ sơ mức độ 4 (toàn trình)",
            formula="Hồ sơ nộp trực tuyến / hồ sơ mức độ 4 tiếp nhận trong kỳ",
            note="Từ Nghị định 42/2022/NĐ-CP là dịch vụ công trực tuyến toàn trình.",
            better="higher",
            which="level_4",
        ),
        _share(
            "postal",
            "received",
            code="postal_share",
            name="Tỷ lệ hồ sơ nộp qua bưu chính công ích",
            formula="Hồ sơ nộp qua bưu chính / hồ sơ tiếp nhận trong kỳ",
        ),
        _share(
            "online_or_postal",
            "received",
            code="online_postal_share",
            name="Tỷ lệ hồ sơ nộp trực tuyến và qua bưu chính",
            formula="(Hồ sơ nộp trực tuyến + qua bưu chính) / hồ sơ tiếp nhận trong kỳ",
            better="higher",
        ),
        _share(
            "returned_by_post",
            "return_known",
            code="returned_by_post_share",
            name="Tỷ lệ trả kết quả qua bưu chính",
            formula="Hồ sơ trả kết quả qua bưu chính / hồ sơ giải quyết xong trong kỳ biết hình thức trả",
        ),
        _share(
            "online_returned_by_post",
            "online_return_known",
            code="online_with_post_share",
            name="Tỷ lệ hồ sơ trực tuyến kết hợp bưu chính công ích",
            formula="Hồ sơ nộp trực tuyến và trả kết quả qua bưu chính / hồ sơ trực tuyến giải quyết xong biết hình thức trả",
        ),
        _share(
            "paid_online",
            "with_fee",
            code="online_payment_share",
            name="Tỷ lệ thanh toán trực tuyến",
            formula="Hồ sơ thanh toán trực tuyến / hồ sơ có phí, lệ phí đã giải quyết trong kỳ",
            note="Có phí, lệ phí theo danh mục thủ tục, trừ hồ sơ có mức phí 0; hồ sơ không rõ cách thanh toán không tính.",
            better="higher",
            which="with_fee",
        ),
        _share(
            "national_portal",
            "portal_known",
            code="national_portal_share",
            name="Tỷ lệ hồ sơ trực tuyến nộp tại Cổng Dịch vụ công quốc gia",
            formula="Hồ sơ nộp tại Cổng quốc gia / hồ sơ trực tuyến tiếp nhận trong kỳ biết nơi nộp",
        ),
        count_in(
            IN_HAND_FAMILY,
            SETS,
            "not_in_catalogue",
            code="not_in_catalogue",
            name="Hồ sơ không khớp danh mục thủ tục",
            formula="Số hồ sơ tiếp nhận trong kỳ mà thủ tục không khớp mã hoặc tên trong danh mục",
            note="Không biết thủ tục có trong danh mục phê duyệt hay không nên không tính vào tỷ lệ theo danh mục.",
            better="lower",
        ),
        _procedures(
            code="online_procedures_used_share",
            name="Tỷ lệ thủ tục mức độ 3, 4 có hồ sơ trực tuyến",
            formula="Thủ tục mức độ 3, 4 có ít nhất một hồ sơ trực tuyến trong kỳ / thủ tục mức độ 3, 4",
            numerator=count_of("p.service_level in (3, 4) and r.online > 0"),
            denominator=count_of("p.service_level in (3, 4)"),
        ),
        _procedures(
            code="online_procedures_share",
            name="Tỷ lệ thủ tục cung cấp ở mức độ 3, 4",
            formula="Thủ tục mức độ 3, 4 / thủ tục thuộc thẩm quyền trong danh mục",
            numerator=count_of("p.service_level in (3, 4)"),
            denominator="count(*)",
        ),
    ],
    page="dich_vu_cong_truc_tuyen",
    legal_basis=("online",),
)
