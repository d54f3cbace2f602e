"""Write the corpus to a folder, to look at: `python -m tests.hostile_files FOLDER [COUNT]`."""

import sys
import tempfile
from pathlib import Path

from tests.hostile_files.bases import text_bases, workbook_bases
from tests.hostile_files.corpus import mutants
from tests.hostile_files.dangerous import DANGEROUS

folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20
folder.mkdir(parents=True, exist_ok=True)
with tempfile.TemporaryDirectory() as exports:
    bases = {**text_bases(Path(exports)), **workbook_bases(Path(exports))}
for base_name, base in bases.items():
    for name, content in mutants(base_name, base, count, seed=1):
        (folder / name).write_bytes(content)
for name, make in DANGEROUS.items():
    (folder / name).write_bytes(make())
