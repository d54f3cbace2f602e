"""Profiles: the shipped one on the real log it is for, the office's own, and broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading import csv_rows
from warehouse.mapping import ProfileError, mapped_rows, profile_names, profile_of, propose, read_profile, save_profile
from warehouse.read import read_file

WABO = Path(__file__).parents[2] / "shared" / "data" / "wabo-receipt.csv"


def test_the_shipped_profile_reads_dossiers_and_steps_from_one_log():
    [table] = read_file(WABO, WABO.name)
    profile = read_profile("wabo")
    found = {mapping.kind: mapped_rows(table, mapping) for mapping in propose(table, profile=profile)}
    assert {kind: rows.num_rows for kind, rows in found.items()} == {"dossiers": 8577, "steps": 8577}
    assert found["dossiers"].slice(0, 1).to_pylist() == [
        {
            "sheet": None,
            "row_number": 2,
            "dossier_code": "case-10011",
            "received_at": "2011-10-11 13:42:22.688000+02:00",
            "due_at": "2011-12-06 13:41:31.788000+01:00",
            "finished_at": None,
            "field_name": "General",
            "unit_name": "Group 2",
            "officer_name": "Resource21",
            "channel": "Internet",
        }
    ]
    assert found["steps"].slice(1, 1).to_pylist() == [
        {
            "sheet": None,
            "row_number": 3,
            "dossier_code": "case-10011",
            "step_name": "T02 Check confirmation of receipt",
            "finished_at": "2011-10-12 08:26:25.398000+02:00",
            "section_name": "Group 4",
            "officer_name": "Resource10",
        }
    ]
    assert profile.time_zone == "Europe/Amsterdam"
    assert profile.words == {"channel": {"internet": "2", "e mail": "2", "post": "3", "desk": "1", "intern": "1"}}


def test_a_correction_is_saved_and_used_again(tmp_path, monkeypatch):
    monkeypatch.setenv("MCDT_DATA", str(tmp_path))
    text = 'Ký hiệu,Ngày tiếp nhận,"Cột ""lạ"""\nH01,02/01/2020,Internet\n'
    [table] = read_file(text.encode(), "a.csv")
    from warehouse.mapping import Mapping

    corrected = Mapping("dossiers", {"dossier_code": 0, "received_at": 1, "channel": 2}, words={"channel": {"internet": "2"}})
    file = save_profile(profile_of("Phần mềm A/../b", table, [corrected]))
    assert file.parent == tmp_path / "settings" / "profiles"
    profile = read_profile(file.stem)
    assert file.stem in profile_names()
    assert profile.words == {"channel": {"internet": "2"}}
    [row] = csv_rows(text, profile=profile)
    assert row == {"row_number": 2, "dossier_code": "H01", "received_at": "02/01/2020", "channel": "Internet"}


def test_a_profile_never_takes_a_personal_column(tmp_path):
    file = tmp_path / "p.toml"
    file.write_text('[dossiers.columns]\ndossier_code = ["Số điện thoại", "Ký hiệu"]\n', encoding="utf-8")
    [table] = read_file("Số điện thoại,Ký hiệu\n0905,H01\n".encode(), "a.csv")
    [mapping] = propose(table, profile=read_profile(file))
    assert mapping.columns == {"dossier_code": 1}


def test_a_profile_of_words_alone_leaves_the_columns_to_the_aliases(tmp_path):
    file = tmp_path / "words.toml"
    file.write_text('date_formats = "%m/%d/%Y"\n[words.status]\n"Xong rồi" = 9\n', encoding="utf-8")
    [table] = read_file("Mã hồ sơ,Trạng thái\nH01,Xong rồi\n".encode(), "a.csv")
    [mapping] = propose(table, profile=read_profile(file))
    assert mapping.words == {"status": {"xong roi": "9"}}
    assert mapping.date_formats == ("%m/%d/%Y",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[[", "TOML"),
        ("[ho_so.columns]\na = 1", "loại dữ liệu"),
        ("[dossiers.columns]\nngay = 'x'", "cột"),
        ("time_zone = 'Sao Hỏa'", "múi giờ"),
        ("[words.khong_co]\na = 1", "bảng mã"),
    ],
)
def test_a_broken_profile_says_what_is_wrong(tmp_path, text: str, words: str):
    file = tmp_path / "p.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=words):
        read_profile(file)


@pytest.mark.parametrize("name", ["khong-co", "../../etc/passwd", "khong/co.toml"])
def test_a_profile_that_is_not_there(name: str):
    with pytest.raises(ProfileError):
        read_profile(name)
