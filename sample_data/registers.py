"""What staff keep beside the software: catalogue, units, step norms, notices, reasons for lateness, registers and figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sample_data.catalogue import procedures, settings, table, units
from sample_data.process import NEVER
from sample_data.receipts import Random
from sample_data.state import evening, state
from sample_data.working_time import number_of, working_days
from sample_data.world import World

LATE_REASONS = {
    "do quá tải": 0.30,
    "do cơ quan phối hợp": 0.22,
    "do đo đạc, kiểm tra thực địa": 0.18,
    "do người nộp hồ sơ": 0.10,
    "do vướng quy định": 0.09,
    "do chủ quan của cán bộ": 0.06,
    "do lỗi phần mềm": 0.05,
}
NOTIFIED = {"từ chối": 0.93, "dừng tính": 0.88, "quá hạn": 0.64, "hẹn lại": 0.82}  # share of cases with a notice
SMS_FROM = np.datetime64("2020-07-01")


def units_table() -> pd.DataFrame:
    """The units as the export prints them."""
    columns = ["unit_code", "unit_name", "tier", "parent_name", "own", "valid_from", "valid_to", "successor_name"]
    headers = ["Mã", "Tên", "Cấp", "Đơn vị cha", "Thuộc sở (có/không)", "Từ ngày", "Đến ngày", "Đơn vị kế thừa"]
    frame = units()[columns].copy()
    for name in ("valid_from", "valid_to"):
        frame[name] = as_shown(frame[name])
    return frame.set_axis(headers, axis=1)


def catalogue_table() -> pd.DataFrame:
    """The procedure catalogue with the approved list."""
    asked = procedures()
    return pd.DataFrame(
        {
            "Mã TTHC": asked["procedure_code"],
            "Tên TTHC": asked["procedure_name"],
            "Lĩnh vực": asked["field_name"],
            "Mức độ": "Mức độ " + asked["service_level"].astype(str),
            "Trong danh mục phê duyệt từ ngày": as_shown(asked["listed_from"]),
            "Trong danh mục phê duyệt đến ngày": as_shown(asked["listed_to"]),
            "Thời hạn giải quyết": asked["norm_value"],
            "Đơn vị tính": asked["norm_unit"],
            "Có phí/lệ phí": np.where(asked["fee_amount"] > 0, "Có", "Không"),
            "Thanh toán trực tuyến": asked["online_payment"],
            "Trả kết quả bằng giấy tờ": asked["paper_result"],
            "Khai thác CSDL dân cư": asked["uses_population_data"],
        }
    )


def step_norms() -> pd.DataFrame:
    """One row a procedure and step: the step's part of the norm, in working hours."""
    rows: list[dict[str, Any]] = []
    for asked in procedures().to_dict("records"):
        for step in settings("flows")["flows"][asked["flow"]]:
            hours = max(round(asked["norm_days"] * 8 * step["share"], 1), 0.5)
            name, code = asked["procedure_name"], asked["procedure_code"]
            row = {"Mã TTHC": code, "Tên thủ tục": name, "Bước xử lý": step["step"], "Thời hạn bước": hours}
            rows.append(row | {"Đơn vị tính": "giờ làm việc"})
    return pd.DataFrame(rows)


def as_shown(dates: pd.Series) -> pd.Series:
    """ISO dates of a table as dd/MM/yyyy, empty ones empty."""
    return dates.map(lambda day: "/".join(reversed(day.split("-"))) if day else "")


def newest_due(lives: pd.DataFrame, at: Any) -> pd.Series:
    """The due date of each dossier as known on the evening of `at`, null when not received."""
    return state(lives, at)["newest_due_at"]


def overdue_from(lives: pd.DataFrame, at: Any) -> tuple[np.ndarray, np.ndarray]:
    """Rows of dossiers that passed their newest due date, and the day after it."""
    due = newest_due(lives, at)
    day = due.to_numpy().astype("datetime64[D]")
    end = np.minimum(lives["closed_at"].to_numpy(), evening(at)).astype("datetime64[D]")
    rows = np.flatnonzero(due.notna().to_numpy() & (end > day) & lives["outcome"].isin(["done", "refused"]).to_numpy())
    return rows, working_days()[number_of(day[rows]) + 1]


def notices(random: Random, office: World) -> pd.DataFrame:
    """One row a notice to an applicant, in order of day; before the SMS service by phone and document only."""
    lives, last = office.lives, settings("behaviour")["until"]
    overdue, passed = overdue_from(lives, last)
    refused = np.flatnonzero(lives["outcome"] == "refused")
    asked = np.flatnonzero(lives["supplement_1_asked"] < NEVER)
    moved = np.flatnonzero(lives["rescheduled_1"] < NEVER)
    events = {
        "từ chối": (refused, lives["closed_at"].to_numpy()[refused]),
        "dừng tính": (asked, lives["supplement_1_asked"].to_numpy()[asked]),
        "quá hạn": (overdue, passed),
        "hẹn lại": (moved, lives["rescheduled_1"].to_numpy()[moved]),
    }
    parts = []
    for reason, (rows, days) in events.items():
        told = random.random(len(rows)) < NOTIFIED[reason]
        day = working_days()[number_of(days[told]) + random.integers(0, 2, int(told.sum()))]
        parts.append(pd.DataFrame({"row": rows[told], "Lý do thông báo": reason, "day": day}))
    told = pd.concat(parts).sort_values(["day", "row"], kind="stable").reset_index(drop=True)
    told = told[(told["day"] <= np.datetime64(last)) & (told["day"] >= np.datetime64("2019-01-01"))].reset_index(drop=True)
    count = len(told)
    before = random.choice(["Điện thoại", "Văn bản"], size=count, p=[0.65, 0.35])
    after = random.choice(["Tin nhắn", "Điện thoại", "Văn bản", "Thư điện tử", "Zalo"], size=count, p=[0.6, 0.15, 0.12, 0.05, 0.08])
    sorry = told["Lý do thông báo"].isin(["quá hạn", "hẹn lại"]) & (random.random(count) < 0.4)
    return pd.DataFrame(
        {
            "Mã hồ sơ": lives["dossier_code"].to_numpy()[told["row"]],
            "Lý do thông báo": told["Lý do thông báo"],
            "Hình thức thông báo": np.where(told["day"] < SMS_FROM, before, after),
            "Phiếu xin lỗi": np.where(sorry, "Có", "Không"),
            "Ngày thông báo": pd.to_datetime(told["day"]).dt.strftime("%d/%m/%Y"),
        }
    )


def late_reasons(random: Random, office: World) -> pd.DataFrame:
    """The coded reason staff gave for about three late dossiers of four."""
    rows, _ = overdue_from(office.lives, settings("behaviour")["until"])
    rows = rows[random.random(len(rows)) < 0.75]
    words = random.choice(list(LATE_REASONS), size=len(rows), p=np.array(list(LATE_REASONS.values())))
    words = np.where((office.lives["finance"].to_numpy()[rows] > 0) & (random.random(len(rows)) < 0.6), "do cơ quan thuế", words)
    return pd.DataFrame({"Mã hồ sơ": office.lives["dossier_code"].to_numpy()[rows], "Nguyên nhân trễ hạn": words})


def measures(random: Random) -> pd.DataFrame:
    """Monthly or quarterly figures that no log knows, growing from the first to the last value; SMS start in July 2020."""
    rows: list[dict[str, Any]] = []
    months = pd.period_range("2019-01", "2020-12", freq="M")
    for figure in table("measures").to_dict("records"):
        for number, month in enumerate(months):
            if (number + 1) % int(figure["every_months"]):
                continue
            day = month.end_time.normalize()
            first, last = float(figure["first"]), float(figure["last"])
            value = first + (last - first) * number / (len(months) - 1)
            value *= 1 + random.uniform(-0.08, 0.08) * (last - first != 0)
            if figure["name"].startswith("Tin nhắn") and day < pd.Timestamp(SMS_FROM):
                value = 0.0
            value = round(value) if figure["whole"] == "có" else round(value, 1)
            facts = {"Nhóm": figure["group"], "Tên số liệu": figure["name"], "Đơn vị tính": figure["unit_of_measure"]}
            rows.append(facts | {"Ngày ghi nhận": day.strftime("%d/%m/%Y"), "Giá trị": value, "Ghi chú của cán bộ": ""})
    return pd.DataFrame(rows)
