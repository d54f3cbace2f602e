"""Complaints and suggestions (PAKN): one row each, from being sent to being answered, published and rated."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.catalogue import settings, units
from sample_data.people import full_names
from sample_data.receipts import Random, share_of_time
from sample_data.state import evening
from sample_data.working_time import number_of, working_days
from sample_data.world import World

TERM = 15  # working days to answer after it was sent or forwarded


def complaints(random: Random, office: World) -> pd.DataFrame:
    """One row a complaint with the headers of the export; later events than the last export day are absent."""
    rule, behaviour = settings("complaints"), settings("behaviour")
    count = max(round(rule["total"] * len(office.lives) / 24000), 20)
    linked = random.random(count) < rule["linked"]
    lives = office.lives.iloc[random.choice(len(office.lives), size=count)].reset_index(drop=True)
    last = np.datetime64(behaviour["until"])
    when = np.datetime64(behaviour["exported_from"]) + random.integers(0, 730, count)
    after = lives["received_at"].to_numpy().astype("datetime64[D]") + random.integers(1, 40, count)
    sent = np.where(linked, np.clip(after, np.datetime64(behaviour["exported_from"]), last), when)
    order = np.argsort(sent, kind="stable")
    lives, linked, sent = lives.iloc[order].reset_index(drop=True), linked[order], sent[order]
    unit = np.where(linked, lives["unit_name"], own_units(random, count))
    facts = pd.DataFrame({"sent": sent, "class": pick(random, rule["classes"], count), "unit": unit})
    draw_course(random, facts, share_of_time(sent, behaviour))
    hide_later(facts, last)
    return pd.DataFrame(
        {
            "Mã phản ánh": [f"PAKN-{str(day)[2:4]}-{number:04d}" for number, day in enumerate(sent, start=1)],
            "Kênh tiếp nhận": pick(random, rule["channels"], count),
            "Phân loại": facts["class"],
            "Mã chủ đề": np.where(facts["class"] == "Hành vi hành chính", "CD04", random.choice(sorted(rule["topics"]), count)),
            "Người phản ánh|Họ và tên": full_names(random, count),
            "Người phản ánh|Số điện thoại": [f"0999{number:06d}" for number in random.integers(0, 1_000_000, count)],
            "Đơn vị xử lý": facts["unit"],
            "Mã hồ sơ liên quan": np.where(linked, lives["dossier_code"], ""),
            "Quá trình xử lý|Ngày gửi": shown(facts["sent"]),
            "Quá trình xử lý|Ngày tiếp nhận": shown(facts["received"]),
            "Quá trình xử lý|Ngày chuyển": shown(facts["forwarded"]),
            "Quá trình xử lý|Ngày từ chối": shown(facts["refused"]),
            "Quá trình xử lý|Ngày yêu cầu bổ sung": shown(facts["supplement"]),
            "Quá trình xử lý|Hạn trả lời": shown(facts["due"]),
            "Quá trình xử lý|Ngày trả lời": shown(facts["answered"]),
            "Quá trình xử lý|Ngày công khai": shown(facts["published"]),
            "Trạng thái": status(facts),
            "Mức độ hài lòng": facts["rating"],
            "Phản ánh lại": facts["reopened"],
            "Xác nhận vi phạm": facts["confirmed"],
            "Hình thức kỷ luật": facts["discipline"],
        }
    )


def own_units(random: Random, count: int) -> np.ndarray:
    """Units that complaints without a dossier are sent to: the department's own, by size."""
    own = units()[units()["own"] == "có"]
    weight = own["weight"].to_numpy() * (0.3 + own["late"].to_numpy() * 15)
    return random.choice(own["unit_name"].to_numpy(), size=count, p=weight / weight.sum())


def pick(random: Random, shares: dict[str, float], count: int) -> np.ndarray:
    """`count` of the words of a table of shares."""
    return random.choice(np.array(list(shares), dtype=object), size=count, p=np.array(list(shares.values())))


def draw_course(random: Random, facts: pd.DataFrame, when: np.ndarray) -> None:
    """Dates of what happens to each complaint, NaT for what never does."""
    rule, count = settings("complaints"), len(facts)
    sent = number_of(facts["sent"])
    late = np.interp(when, [0, 1], [rule["late_2019"] * 1.15, rule["late_2020"] * 0.8])
    late = late * (0.6 + 10 * facts["unit"].map(units().set_index("unit_name")["late"]).fillna(0.04).to_numpy())
    forwarded = np.where(random.random(count) < rule["forwarded"], sent + random.integers(1, 4, count), -1)
    start = np.maximum(sent, forwarded)
    answered = start + np.where(random.random(count) < late, TERM + 1 + random.geometric(0.12, count), random.integers(1, TERM + 1, count))
    refused = np.where(random.random(count) < rule["refused"], sent + random.integers(1, 3, count), -1)
    answered = np.where(refused >= 0, -1, answered)
    published = np.where((answered >= 0) & (random.random(count) < rule["published"]), answered + random.integers(0, 5, count), -1)
    supplement = np.where((random.random(count) < rule["supplement"]) & (refused < 0), start + random.integers(1, 5, count), -1)
    numbers = {"received": sent + random.integers(0, 2, count), "forwarded": np.where(refused >= 0, -1, forwarded)}
    numbers |= {"refused": refused, "supplement": supplement, "answered": answered, "published": published}
    for name, number in numbers.items():
        facts[name] = np.where(number >= 0, working_days()[np.maximum(number, 0)], np.datetime64("NaT"))
    facts["received"] = np.maximum(facts["received"], facts["sent"])
    stated = random.random(count) < 0.6
    facts["due"] = np.where(stated, working_days()[start + TERM], np.datetime64("NaT"))
    in_time = answered <= start + TERM
    like = random.random(count) < np.where(in_time, 0.86, 0.45)
    rated = random.random(count) < rule["rated"]
    facts["rating"] = np.where(rated, np.where(like, "Hài lòng", "Không hài lòng"), "")
    facts["reopened"] = np.where(random.random(count) < rule["reopened"], "Có", "Không")
    conduct = (facts["class"] == "Hành vi hành chính").to_numpy()
    confirmed = conduct & (random.random(count) < rule["confirmed"])
    facts["confirmed"] = np.where(confirmed, "Có", np.where(conduct, "Không", ""))
    facts["discipline"] = np.where(confirmed, pick(random, rule["discipline"], count), "")


def hide_later(facts: pd.DataFrame, last: np.datetime64) -> None:
    """Take away what happened after the export, and what follows only from an answer."""
    for name in ("received", "forwarded", "refused", "supplement", "answered", "published"):
        facts[name] = facts[name].where(facts[name] <= evening(last.astype(object)))
    unanswered = facts["answered"].isna()
    for name in ("rating", "confirmed", "discipline"):
        facts.loc[unanswered, name] = ""
    facts.loc[unanswered, "reopened"] = "Không"


def status(facts: pd.DataFrame) -> np.ndarray:
    """The status word the software shows."""
    tests = [facts["refused"].notna(), facts["published"].notna(), facts["answered"].notna(), facts["forwarded"].notna()]
    return np.select(tests, ["Từ chối tiếp nhận", "Đã công khai", "Đã trả lời", "Đã chuyển"], "Đang xử lý")


def shown(dates: pd.Series) -> pd.Series:
    """Dates as text dd/MM/yyyy in every third row, as real dates elsewhere, empty where there is none."""
    dates = pd.to_datetime(dates)
    as_text = dates.index % 3 == 0
    return dates.astype(object).where(~as_text, dates.dt.strftime("%d/%m/%Y").astype(object)).where(dates.notna(), "")
