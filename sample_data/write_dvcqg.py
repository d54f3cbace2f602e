"""The message systems send to the National Public Service Portal, one dossier a line: hoSo and tienTrinhDongBo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sample_data.catalogue import settings
from sample_data.exports import rows_of, steps_between
from sample_data.process import evening_of
from sample_data.state import evening, state
from sample_data.world import World

STATUS = {11: "Từ chối giải quyết"}  # the national list has no code for a refusal after acceptance
NOTE = "Dữ liệu mô phỏng"


def write_dvcqg(path: Path, world: World, layout: dict[str, Any]) -> None:
    """JSON lines of the dossiers of one synchronisation, each with the steps since the one before."""
    rows = rows_of(world, layout)
    lives = world.lives.iloc[rows].reset_index(drop=True)
    people = world.applicants.iloc[rows].reset_index(drop=True)
    form = layout["dates"]
    frame = state(lives, layout["at"])
    requests = supplements(lives, frame, layout["at"], form)
    for name in frame.columns[frame.dtypes.map(lambda kind: kind.kind == "M")]:
        frame[name] = frame[name].dt.strftime(form).astype(object).where(frame[name].notna(), None)
    steps = steps_by_dossier(world, rows, layout, form)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, row, dossier, person in zip(rows, frame.to_dict("records"), lives.itertuples(), people.itertuples(), strict=True):
            record = {"hoSo": dossier_record(row, dossier, person, requests[dossier.Index]), "tienTrinhDongBo": steps.get(number, [])}
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def dossier_record(row: dict[str, Any], dossier: Any, person: Any, requests: list[dict[str, Any]]) -> dict[str, Any]:
    """One hoSo; keys without a value are left out, as most systems do."""
    new_due = row["rescheduled_due_at"]
    code, closed = row["status"], row["finished_at"]
    record = {
        "MaHoSo": row["dossier_code"],
        "MaTTHC": row["procedure_code"],
        "TenTTHC": row["procedure_name"],
        "TenLinhVuc": row["field_name"],
        "KenhThucHien": str(row["channel"]),
        "MucDo": str(row["service_level"]),
        "ChuHoSo": person.owner,
        "SoGiayToChuHoSo": person.identity_number,
        "LoaiDoiTuong": row["applicant_type"],
        "Email": person.email,
        "SoDienThoai": person.phone,
        "DiaChi": person.address,
        "TrichYeuHoSo": f"Hồ sơ của {person.owner}",
        "NgayNopHoSo": row["submitted_at"],
        "NgayTiepNhan": row["received_at"],
        "NgayHenTra": new_due or (row["due_before"] if requests else row["due_at"]),
        "NgayKetThucXuLy": closed if code != 11 else None,
        "NgayTra": row["returned_at"],
        "NgayTuChoi": row["refused_at"],
        "TrangThaiHoSo": STATUS.get(code, str(code)),
        "HinhThuc": "1" if row["return_method"] else "0",
        "DonViXuLy": row["unit_name"],
        "NoiNopHoSo": "1" if row["submission_place"] else "2",
        "HoSoCoThanhPhanSoHoa": str(int(row["digitised"])),
        "DuocThanhToanTrucTuyen": str(row["paid_online"]),
        "GhiChu": NOTE,
        "TaiLieuNop": [{"DuocSoHoa": str(int(row["digitised"])), "DuocTaiSuDung": str(int(row["reused"]))}],
        "DanhSachLePhi": [{"TenPhiLePhi": "Phí thẩm định", "Gia": str(int(row["fee_amount"]))}] if row["fee_amount"] else [],
        "DanhSachHoSoBoSung": requests,
        "DanhSachGiayToKetQua": electronic_result(row),
    }
    return {key: value for key, value in record.items() if value not in (None, [])}


def electronic_result(row: dict[str, Any]) -> list[dict[str, str]]:
    """The result file's code and path, where there is one."""
    if not row["electronic_result"]:
        return []
    return [{"MaGiayToKetQua": f"KQ-{row['dossier_code']}", "DuongDanTepTinKetQua": f"/ket-qua/{row['dossier_code']}.pdf"}]


def supplements(lives: pd.DataFrame, shown: pd.DataFrame, at: Any, form: str) -> list[list[dict[str, Any]]]:
    """DanhSachHoSoBoSung of each dossier: requests known by then, the answer and the new due date each brought."""
    found: list[list[dict[str, Any]]] = [[] for _ in range(len(lives))]
    end = pd.Timestamp(evening(at))
    for number in np.flatnonzero(lives["supplement_1"] > 0):
        life = lives.iloc[number]
        paused, due = 0, shown["due_before"].iat[number]
        for which in ("supplement_1", "supplement_2"):
            asked, answered = life[f"{which}_asked"], life[f"{which}_answered"]
            if asked > end:
                continue
            entry = {"NgayBoSung": asked.strftime(form), "TrangThaiBoSung": "1" if answered <= end else "0"}
            if answered <= end:
                entry["NgayTiepNhanBoSung"] = answered.strftime(form)
            if answered <= end and life["due_rewritten"]:
                paused += life[which]
                new_due = pd.Timestamp(evening_of(life["day_number"] + life["norm"] + paused))
                entry |= {"NgayHenTraTruoc": due.strftime(form), "NgayHenTraMoi": new_due.strftime(form)}
                due = new_due
            found[number].append(entry)
    return found


def steps_by_dossier(world: World, rows: Any, layout: dict[str, Any], form: str) -> dict[int, list[dict[str, Any]]]:
    """tienTrinhDongBo by row of `world.lives`: steps finished since the synchronisation before, with those running."""
    steps = steps_between(world, rows, layout["at"], layout.get("before"), running=layout["at"] == settings("behaviour")["until"])
    columns = {name: steps[name].dt.strftime(form).fillna("") for name in ("started_at", "finished_at", "due_at")}
    found: dict[int, list[dict[str, Any]]] = {}
    facts = zip(steps["dossier"], steps["dossier_code"], steps["officer_name"], steps["section_name"], steps["step_name"], strict=True)
    times = zip(steps["status"], *columns.values(), strict=True)
    for (dossier, code, officer, section, step), (status, started, finished, due) in zip(facts, times, strict=True):
        entry = {"MaHoSo": code, "NguoiXuLy": officer, "ChucDanh": "Chuyên viên", "PhongBanXuLy": section, "NoiDungXuLy": step}
        entry |= {"TrangThai": STATUS.get(status, str(status)), "NgayBatDau": started}
        dates = {"ThoiDiemXuLy": finished, "NgayKetThucTheoQuyDinh": due}
        found.setdefault(int(dossier), []).append(entry | {key: value for key, value in dates.items() if value})
    return found
