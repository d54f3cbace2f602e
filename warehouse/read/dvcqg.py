"""The national portal's message (DVCQG JSON): an array, one object a line or a single object, with or without its wrapper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import pyarrow as pa

import settings
from warehouse.read.encoding import as_utf8
from warehouse.read.source import SourceTable, UnreadableFile, string_table
from warehouse.read.words import Vocabulary, fold, read_vocabulary

_SPACE = re.compile(r"[\s\ufeff]*")
_SUPPLEMENT_KEYS = ("NgayBoSung", "NgayTiepNhanBoSung", "NgayHenTraTruoc", "NgayHenTraMoi", "TrangThaiBoSung")
_YES = {"1", "true", "co", "x"}

Record = dict[str, Any]  # keys folded
Column = tuple[tuple[str, ...], Callable[[Record], str | None]]  # the folded keys it rests on, and how its value is read


def read_dvcqg(content: bytes, name: str) -> list[SourceTable]:
    """A table of dossiers and a table of their steps, where the file has them; a row's number is its object's place in the file.

    Lists inside a dossier become the canonical columns that rest on them; everything personal or free is left in the file.
    Raises UnreadableFile for JSON that is broken, nested too deeply, or holds neither dossiers nor steps.
    """
    vocabulary, text = read_vocabulary(), as_utf8(content, name).decode("utf-8")
    dossier_columns, step_columns = _dossier_columns(vocabulary), _step_columns(vocabulary)
    dossiers: list[tuple[int, Record]] = []
    steps: list[tuple[int, Record]] = []
    for number, message in enumerate(_objects(text, name, settings.read("reading")["json_depth"]), 1):
        dossier, dossier_steps = _parts(message)
        if dossier is not None:
            dossiers.append((number, _only(dossier, dossier_columns)))
        steps += [(number, _only(step, step_columns)) for step in dossier_steps]
    if not any("mahoso" in record for _, record in (*dossiers, *steps)):
        raise UnreadableFile(f"Tệp {name}: không thấy hồ sơ nào theo định dạng đồng bộ của Cổng Dịch vụ công quốc gia (thiếu MaHoSo).")
    tables = [("dossiers", dossiers, dossier_columns), ("steps", steps, step_columns)]
    return [_source_table(name, kind, records, columns) for kind, records, columns in tables if records]


def _objects(text: str, name: str, depth: int) -> Iterator[Any]:
    """The values of a top-level array, or of values one after another; numbers stay text."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda _: None)
    place = _after_space(text, 0)
    listed = text.startswith("[", place)
    place = _after_space(text, place + listed)
    while place < len(text) and not (listed and text[place] == "]"):
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            place = getattr(error, "pos", place)
            raise _broken(text, place, name) from error
        if _too_deep(value, depth):
            raise UnreadableFile(f"Tệp {name}: cấu trúc JSON lồng nhau quá sâu. Hãy xuất lại tệp.")
        yield value
        place = _after_space(text, place)
        if text.startswith(",", place):
            place = _after_space(text, place + 1)
        elif listed and not text.startswith("]", place):
            raise _broken(text, place, name)
    if listed and _after_space(text, place + 1) != len(text):
        raise _broken(text, place, name)


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _broken(text: str, place: int, name: str) -> UnreadableFile:
    line = text.count("\n", 0, place) + 1
    return UnreadableFile(f"Tệp {name}, dòng {line}: JSON sai cú pháp hoặc bị cắt cụt. Hãy xuất lại tệp.")


def _too_deep(value: Any, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        level = [
            child
            for item in level
            if isinstance(item, (dict, list))
            for child in (item.values() if isinstance(item, dict) else item)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True


def _record(value: Any) -> Record:
    return {fold(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def _parts(message: Any) -> tuple[Record | None, list[Record]]:
    """A message's dossier (an empty one for what is no object, so that it is counted) and its steps with the dossier's code."""
    outer = _record(message)
    listed = outer.get("tientrinhdongbo")
    steps = [_record(step) for step in (listed if isinstance(listed, list) else [listed] if isinstance(listed, dict) else [])]
    if "hoso" in outer:
        dossier: Record | None = _record(outer["hoso"])
    elif "thoidiemxuly" in outer:
        dossier, steps = None, [outer]
    else:
        dossier = None if steps and "mahoso" not in outer else outer
    code = (dossier or outer).get("mahoso")
    return dossier, [{"mahoso": code, **step} for step in steps]


def _only(record: Record, columns: dict[str, Column]) -> Record:
    """The record without what no column rests on: personal data and free text go no further."""
    return {key: record[key] for keys, _ in columns.values() for key in keys if key in record}


def _value(read: Callable[[Record], str | None], record: Record) -> str | None:
    value = read(record)
    return None if value is None else value.encode("utf-8", "replace").decode("utf-8")


def _source_table(name: str, kind: str, records: list[tuple[int, Record]], columns: dict[str, Column]) -> SourceTable:
    """Only columns whose keys occur in the file: a later file without a key must not empty what an earlier one said."""
    present = {key for _, record in records for key in record}
    used = {header: read for header, (keys, read) in columns.items() if not present.isdisjoint(keys)}
    numbers = pa.array([number for number, _ in records], pa.int64())
    cells = string_table([[_value(read, record) for read in used.values()] for _, record in records], len(used))

    def load(indexes: Sequence[int]) -> pa.Table:
        return pa.table({"row_number": numbers, **{str(i): cells[str(i)] for i in indexes}})

    return SourceTable(name, None, tuple(used), cells.slice(0, settings.read("reading")["sample_rows"]), load, kind)


def _dossier_columns(vocabulary: Vocabulary) -> dict[str, Column]:
    """By header: the message's keys; a column that rests on a list inside the dossier has the kind's own header."""
    columns = vocabulary.kinds["dossiers"]["columns"]
    population = frozenset(fold(code) for code in vocabulary.columns["population_databases"])
    return {
        **{column["dvcqg"]: _scalar(column["dvcqg"]) for column in columns.values() if "dvcqg" in column},
        columns["supplements"]["dvcqg"]: (("danhsachhosobosung",), _supplements),
        columns["digitised"]["dvcqg"]: (("hosocothanhphansohoa", "tailieunop"), _digitised),
        columns["fee_amount"]["header"]: (("danhsachlephi",), _fee_amount),
        columns["electronic_result"]["header"]: (("danhsachgiaytoketqua",), _electronic_result),
        columns["reused"]["header"]: (("tailieunop",), _reused),
        columns["population_data"]["header"]: (("dsketnoicsdl",), lambda dossier: _population_data(dossier, population)),
    }


def _step_columns(vocabulary: Vocabulary) -> dict[str, Column]:
    columns = vocabulary.kinds["steps"]["columns"]
    phrases = frozenset(vocabulary.codes["step_phrases"])
    status_words = {fold(code): words[1] if len(words) > 1 else words[0] for code, words in vocabulary.codes["status"].items()}
    phrase_keys, phrase = _scalar(columns["phrase"]["dvcqg"])
    return {
        **{column["dvcqg"]: _scalar(column["dvcqg"]) for column in columns.values() if "dvcqg" in column},
        columns["phrase"]["dvcqg"]: (phrase_keys, lambda step: value if (value := phrase(step)) in phrases else None),
        columns["step_name"]["header"]: (("phongbanxuly", "trangthai"), lambda step: _step_name(step, status_words)),
    }


def _scalar(key: str) -> Column:
    folded = fold(key)
    return (folded,), lambda record: _text(record.get(folded))


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "1" if value else "0"
    if value is None or isinstance(value, (dict, list)):
        return None
    return str(value).strip() or None


def _list(record: Record, key: str) -> list[Record] | None:
    value = record.get(key)
    return [_record(item) for item in value] if isinstance(value, list) else None


def _yes(value: Any) -> bool:
    return fold(_text(value) or "") in _YES


def _supplements(dossier: Record) -> str | None:
    items = _list(dossier, "danhsachhosobosung")
    if not items:
        return None
    kept = [{key: _text(item.get(fold(key))) for key in _SUPPLEMENT_KEYS} for item in items]
    return json.dumps(kept, ensure_ascii=False)


def _fee_amount(dossier: Record) -> str | None:
    """Sum of the fees' Gia (đồng); null without a list or where a price is no number."""
    fees = _list(dossier, "danhsachlephi")
    if fees is None:
        return None
    try:
        total = sum((Decimal(_text(fee.get("gia")) or "0") for fee in fees), Decimal(0))
    except InvalidOperation:
        return None
    if not total.is_finite() or abs(total) > Decimal(10) ** 15:
        return None
    return format(total.quantize(Decimal(1) if total == total.to_integral_value() else Decimal("0.01")), "f")


def _electronic_result(dossier: Record) -> str | None:
    results = _list(dossier, "danhsachgiaytoketqua")
    if results is None:
        return None
    return "1" if any(_text(result.get("duongdanteptinketqua")) for result in results) else "0"


def _digitised(dossier: Record) -> str | None:
    """What the dossier says of itself, else whether any paper handed in was digitised."""
    own = _text(dossier.get("hosocothanhphansohoa"))
    papers = _list(dossier, "tailieunop")
    if own is not None or papers is None:
        return own
    return "1" if any(_yes(paper.get("duocsohoa")) for paper in papers) else "0"


def _reused(dossier: Record) -> str | None:
    papers = _list(dossier, "tailieunop")
    if papers is None:
        return None
    return "1" if any(_yes(paper.get("duoctaisudung")) or _yes(paper.get("duoclaytukhodmqg")) for paper in papers) else "0"


def _population_data(dossier: Record, codes: frozenset[str]) -> str | None:
    databases = _list(dossier, "dsketnoicsdl")
    if databases is None:
        return None
    return "1" if any(fold(_text(database.get("macsdl")) or "") in codes for database in databases) else "0"


def _step_name(step: Record, status_words: dict[str, str]) -> str | None:
    """The section with the status word: "Phòng Đất đai – đang xử lý"."""
    section, status = _text(step.get("phongbanxuly")), _text(step.get("trangthai"))
    word = status_words.get(fold(status), status) if status else None
    return " – ".join(part for part in (section, word) if part) or None
