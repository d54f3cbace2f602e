"""Read Office files back as a person would see them: LibreOffice turns them into PDF pages, the libraries into text and tables."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

from docx import Document


def pages_in_libreoffice(files: dict[str, bytes], folder: Path) -> dict[str, int]:
    """How many PDF pages LibreOffice makes of each file, in one run; a file it cannot open has none."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    line = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *(str(folder / name) for name in files)]
    subprocess.run(line, check=True, capture_output=True, timeout=600)
    return {name: _pages(folder / f"{Path(name).stem}.pdf") for name in files}


def _pages(file: Path) -> int:
    if not file.exists():
        return 0
    told = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages:")))


def words_of_docx(content: bytes) -> str:
    """Every paragraph of the body and its tables, one a line."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def part(content: bytes, name: str) -> str:
    """One part of the package as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode("utf-8")
