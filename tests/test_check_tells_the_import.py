"""What the preview says will become of a file's rows is what the import then does, on an empty and on a filled warehouse."""

from __future__ import annotations

from pathlib import Path

from sample_data.generate import generate
from warehouse.import_plan import check, plan
from warehouse.importing import run

COUNTS = ("rows_read", "added", "updated", "unchanged", "duplicate", "refused")
FILES = (
    "04-so-tnmt-ho-so-2019.xlsx",
    "07-so-tnmt-dong-bo-6-thang-2020.jsonl",
    "22-so-lieu-nhap-tay.xlsx",
    "02-thu-tuc.xlsx",
    "18-thong-bao.csv",
)


def test_the_check_tells_what_the_import_does(tmp_path: Path) -> None:
    files = {path.name: path for path in generate(tmp_path / "exports", dossiers=300)}
    for name in [*FILES, *FILES]:  # the second time every row is known: of two sheets of one kind too
        planned = plan([(name, files[name])])
        told: dict[str, list[int]] = {}
        for checked in check(tmp_path / "root", planned[0]):
            numbers = [getattr(checked.folded, count) for count in COUNTS]
            told[checked.kind] = [a + b for a, b in zip(told.get(checked.kind, [0] * len(COUNTS)), numbers, strict=True)]
        done = {s.kind: [getattr(s, count) for count in COUNTS] for s in run(tmp_path / "root", planned, "test")}
        assert told == done, name
