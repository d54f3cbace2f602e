"""Made-up people: officers of each section, and the applicants whose particulars exports carry and imports must drop."""

from __future__ import annotations

import zlib

import numpy as np
import pandas as pd

from sample_data.receipts import Random

FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Cao", "Mấu"]
MIDDLE = ["Văn", "Thị", "Hữu", "Ngọc", "Minh", "Thanh", "Quốc", "Thùy", "Đức", "Kim", "Xuân", "Anh"]
GIVEN = ["An", "Bình", "Châu", "Dũng", "Hà", "Hải", "Hạnh", "Hoàng", "Hương", "Khánh", "Lan", "Linh", "Long", "Mai", "Nam", "Nga"]
GIVEN += ["Nhung", "Phúc", "Phương", "Quang", "Sơn", "Tâm", "Thảo", "Thịnh", "Trang", "Tuấn", "Vinh", "Yến"]
STREETS = ["Trần Phú", "Lê Hồng Phong", "2 Tháng 4", "Nguyễn Trãi", "Hùng Vương", "Quang Trung", "Lạc Long Quân", "Thống Nhất"]
APPLICANT_TYPES = ["Cá nhân", "Doanh nghiệp", "Tổ chức"]
COMPANY = ["Công ty TNHH", "Công ty Cổ phần", "Doanh nghiệp tư nhân"]


def full_names(random: Random, count: int) -> np.ndarray:
    """`count` made-up names of persons."""
    parts = [np.array(names, dtype=object)[random.integers(0, len(names), count)] for names in (FAMILY, MIDDLE, GIVEN)]
    return parts[0] + " " + parts[1] + " " + parts[2]


def officers(sections: np.ndarray, picks: np.ndarray) -> np.ndarray:
    """The officer of each row: one of the three to six of its section, the same ones in every run."""
    codes, names = pd.factorize(pd.Series(sections))
    staff = []
    for name in names:
        own = np.random.default_rng(zlib.crc32(str(name).encode()))
        staff.append(full_names(own, 6))
    sizes = np.array([3 + zlib.crc32(str(name).encode()) % 4 for name in names])
    return np.array(staff, dtype=object)[codes, picks % sizes[codes]]


def applicants(random: Random, kinds: np.ndarray) -> pd.DataFrame:
    """Personal columns, all invented: owner, identity number, phone, e-mail, address."""
    count = len(kinds)
    person = full_names(random, count)
    company = np.array(COMPANY, dtype=object)[random.integers(0, len(COMPANY), count)] + " " + full_names(random, count)
    number = pd.Series(random.integers(0, 10_000_000, count)).map("{:07d}".format).to_numpy(dtype=object)
    street = np.array(STREETS, dtype=object)[random.integers(0, len(STREETS), count)]
    house = pd.Series(random.integers(1, 400, count)).astype(str).to_numpy(dtype=object)
    return pd.DataFrame(
        {
            "owner": np.where(kinds == 0, person, company),
            "identity_number": "05600" + number,
            "phone": "0999" + pd.Series(number[::-1]).str[1:].to_numpy(dtype=object),
            "email": "nguoi.nop." + number + "@example.com",
            "address": house + " " + street,
        }
    )
