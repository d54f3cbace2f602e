"""Honest mistakes of the kind every export has: a few rows a file that an importer must refuse, flag or count as duplicate."""

from __future__ import annotations

import pandas as pd

from sample_data.receipts import Random

UNKNOWN_STATUS = ["Chuyển hồ sơ giấy", "Khác (xem ghi chú)", "???"]
UNKNOWN_CHANNEL = "Ứng dụng di động"
UNREADABLE_DATES = ["31/02/2020", "chưa rõ", "00/00/0000"]


def spoiled(random: Random, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of an export with formatted cells, eight of them broken and two repeated; frames under 50 rows stay whole."""
    if len(frame) < 50:
        return frame
    frame = frame.astype(object).reset_index(drop=True)
    received = frame.index[frame["received_at"] != ""]
    finished = frame.index[(frame["finished_at"] != "") & (frame["received_at"] != "")]
    status = random.choice(received, 2, replace=False)
    frame.loc[status, "status"] = [UNKNOWN_STATUS[int(random.integers(3))] for _ in status]
    date = random.choice(received, 2, replace=False)
    frame.loc[date, "received_at"] = [UNREADABLE_DATES[int(random.integers(3))] for _ in date]
    swapped = random.choice(finished)
    frame.loc[swapped, ["received_at", "finished_at"]] = frame.loc[swapped, ["finished_at", "received_at"]].to_numpy()
    frame.loc[random.choice(frame.index), "dossier_code"] = ""
    frame.loc[random.choice(received, 2, replace=False), "channel"] = UNKNOWN_CHANNEL
    repeated = random.choice(frame.index, 2, replace=False)
    return pd.concat([frame, frame.loc[repeated]]).sort_index(kind="stable").reset_index(drop=True)
