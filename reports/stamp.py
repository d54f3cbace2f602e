"""Write into an Office file what it was made from, so that the same snapshot and arguments give the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape

from metrics import wording

CORE = "docProps/core.xml"
CUSTOM = "docProps/custom.xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


@dataclass(frozen=True)
class Stamp:
    """Where a file's content comes from: snapshot, period, as-of date, and the time it was made."""

    title: str
    office: str
    snapshot: str
    start: date
    end: date
    as_of: date
    made_at: datetime
    simulated: bool = False

    def line(self) -> str:
        """One line for the foot of a working file."""
        parts = [
            "DỮ LIỆU MẪU, không phải số liệu chính thức" if self.simulated else "",
            f"Kỳ báo cáo {wording.span(self.start, self.end)}",
            f"số liệu chốt đến ngày {wording.day(self.as_of)}",
            f"bản dữ liệu {self.snapshot}",
            f"lập lúc {wording.moment(self.made_at)}",
        ]
        return " · ".join(part for part in parts if part)

    def properties(self) -> dict[str, str]:
        """The custom properties shown by Word, Excel and PowerPoint under File › Info."""
        return {
            "Bản dữ liệu": self.snapshot,
            "Kỳ báo cáo từ ngày": self.start.isoformat(),
            "Kỳ báo cáo đến ngày": self.end.isoformat(),
            "Ngày chốt số liệu": self.as_of.isoformat(),
            "Thời điểm lập": self.made_at.isoformat(timespec="seconds"),
            "Dữ liệu mẫu": "có" if self.simulated else "không",
        }


def stamped(raw: bytes, stamp: Stamp) -> bytes:
    """The same DOCX, XLSX or PPTX with its properties set and every time inside it replaced by `made_at`."""
    parts = _parts(raw)
    parts[CORE] = _core(stamp.title, stamp.office, stamp.made_at)
    parts[CUSTOM] = _custom(stamp.properties())
    parts["[Content_Types].xml"] = _with(
        parts["[Content_Types].xml"], "</Types>", f'<Override PartName="/{CUSTOM}" ContentType="{CUSTOM_TYPE}"/>'
    )
    parts["_rels/.rels"] = _with(
        parts["_rels/.rels"],
        "</Relationships>",
        f'<Relationship Id="rIdSource" Type="{CUSTOM_RELATION}" Target="{CUSTOM}"/>',
    )
    for name, content in parts.items():
        if name.endswith(".xlsx"):  # the workbook behind a native chart carries its own time
            inner = _parts(content)
            inner[CORE] = _core("", stamp.office, stamp.made_at)
            parts[name] = _zipped(inner)
    return _zipped(parts)


def _with(xml: bytes, end: str, addition: str) -> bytes:
    text = xml.decode("utf-8")
    return (text if CUSTOM in text else text.replace(end, addition + end)).encode("utf-8")


def _parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def _core(title: str, office: str, made_at: datetime) -> bytes:
    moment = made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(office)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(office)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _custom(properties: dict[str, str]) -> bytes:
    items = "".join(
        f'<property fmtid="{PROPERTY_SET}" pid="{number}" name="{escape(name)}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(properties.items(), start=2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{items}</Properties>'
    ).encode()
