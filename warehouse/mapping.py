"""Which column of a source table is which canonical column: by the alias tables, by a profile, or as the user corrected it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as compute

from warehouse.profile import Profile, ProfileError, profile_names, read_profile, save_profile
from warehouse.read.header import lower_part
from warehouse.read.source import SourceTable
from warehouse.read.words import Vocabulary, fold, read_vocabulary

__all__ = [
    "Mapping",
    "Profile",
    "ProfileError",
    "fold",
    "mapped_rows",
    "profile_names",
    "profile_of",
    "propose",
    "read_profile",
    "save_profile",
    "suggest",
]


@dataclass(frozen=True)
class Mapping:
    """How one kind is read from one table. Numbers are column indexes of the table; `columns` is canonical name → index."""

    kind: str
    columns: dict[str, int]
    questions: tuple[int, ...] = ()  # question columns of a wide survey
    personal: tuple[int, ...] = ()  # applicants' data and free text: never loaded
    unmapped: tuple[int, ...] = ()  # never loaded either
    ask: tuple[int, ...] = ()  # ambiguous headers that only the user can place
    profile: str | None = None
    words: dict[str, dict[str, str]] = field(default_factory=dict)  # the profile's code words: table → folded word → code
    date_formats: tuple[str, ...] = ()
    time_zone: str = "Asia/Ho_Chi_Minh"
    year_1904: bool = False


def propose(table: SourceTable, kind: str | None = None, profile: Profile | None = None) -> list[Mapping]:
    """One mapping for each kind found in the table, [] when none is; an event log gives dossiers and steps.

    `kind` overrides detection but still needs that kind's indispensable columns (see `suggest` for a mapping without them).
    """
    vocabulary = read_vocabulary()
    if kind or table.kind:
        mapping = _suggested(table, kind or table.kind or "", profile, vocabulary)
        return [mapping] if _has_all(mapping, vocabulary) else []
    if profile and profile.columns:
        by_profile = [_suggested(table, name, profile, vocabulary) for name in profile.columns]
        found = [mapping for mapping in by_profile if _has_all(mapping, vocabulary)]
        if found:
            return found
    for name in vocabulary.columns["detection_order"]:
        mapping = _suggested(table, name, profile, vocabulary)
        if _is_kind(mapping, vocabulary):
            return [mapping, *_dossiers_of_event_log(table, mapping, vocabulary, profile)]
    return []


def suggest(table: SourceTable, kind: str, profile: Profile | None = None) -> Mapping:
    """The best mapping of a table as one kind, however little of it fits: where the user's own correction starts."""
    return _suggested(table, kind, profile, read_vocabulary())


def _suggested(table: SourceTable, kind: str, profile: Profile | None, vocabulary: Vocabulary) -> Mapping:
    named = profile.columns.get(kind) if profile else None
    columns = _by_names(table, kind, named, vocabulary) if named else _by_aliases(table, kind, vocabulary)
    return _mapping(table, kind, columns, vocabulary, profile)


def mapped_rows(table: SourceTable, mapping: Mapping) -> pa.Table:
    """All data rows: sheet, row_number and the mapped columns in the source's own words (null = empty).

    A wide survey becomes one row an answer (question, score) with its response's row number; a response without answers keeps
    one row. Raises ValueError when the mapping would load a column of personal data or free text.
    """
    vocabulary = read_vocabulary()
    used = sorted({*mapping.columns.values(), *mapping.questions})
    if any(vocabulary.is_kept_out(table.headers[i], mapping.kind) for i in used):
        raise ValueError("a mapping must not use columns of personal data or free text")
    raw = table.load(used)
    data = {"sheet": pa.repeat(pa.scalar(table.sheet, pa.string()), raw.num_rows), "row_number": raw["row_number"]}
    canonical = vocabulary.kinds[mapping.kind]["columns"]
    for name, index in mapping.columns.items():
        data[name] = _known_phrases(raw[str(index)], vocabulary) if canonical[name]["type"] == "phrase" else raw[str(index)]
    rows = pa.table(data)
    return _long_answers(rows, raw, table, mapping) if mapping.questions else rows


def profile_of(name: str, table: SourceTable, mappings: Iterable[Mapping]) -> Profile:
    """A profile that maps tables with these headers as the user corrected them; code words and dates are those of the mappings."""
    mappings = list(mappings)
    columns: dict[str, dict[str, tuple[str, ...]]] = {
        m.kind: {column: (table.headers[index],) for column, index in m.columns.items()} for m in mappings
    }
    first = mappings[0]
    return Profile(name, columns, first.words, first.date_formats, first.time_zone, first.year_1904)


def _has_all(mapping: Mapping, vocabulary: Vocabulary) -> bool:
    needed = set(vocabulary.kinds[mapping.kind]["detect_all"])
    return needed <= mapping.columns.keys()


def _is_kind(mapping: Mapping, vocabulary: Vocabulary) -> bool:
    rules = vocabulary.kinds[mapping.kind]
    any_of = rules["detect_any"]
    return _has_all(mapping, vocabulary) and (not any_of or bool(mapping.questions) or any(name in mapping.columns for name in any_of))


def _dossiers_of_event_log(table: SourceTable, steps: Mapping, vocabulary: Vocabulary, profile: Profile | None) -> list[Mapping]:
    """The dossiers repeated on each line of a step table: there when it has a received or submitted date of its own."""
    if steps.kind != "steps":
        return []
    dossiers = _suggested(table, "dossiers", profile, vocabulary)
    taken = {index for name, index in steps.columns.items() if name != "dossier_code"}
    columns = {name: index for name, index in dossiers.columns.items() if index not in taken}
    if not {"dossier_code"} < columns.keys() or not {"received_at", "submitted_at"} & columns.keys():
        return []
    return [_mapping(table, "dossiers", columns, vocabulary, profile)]


def _by_names(table: SourceTable, kind: str, named: dict[str, tuple[str, ...]], vocabulary: Vocabulary) -> dict[str, int]:
    """Columns a profile names: the exact header first, else folded; a column of personal data or free text is never taken."""
    exact = {header: i for i, header in reversed(list(enumerate(table.headers)))}
    folded = {fold(header): i for header, i in exact.items() if fold(header)}
    columns = {}
    for name, headers in named.items():
        places = [exact[header] for header in headers if header in exact] + [folded[fold(h)] for h in headers if fold(h) in folded]
        places = [i for i in places if not vocabulary.is_kept_out(table.headers[i], kind)]
        if places:
            columns[name] = places[0]
    return columns


def _by_aliases(table: SourceTable, kind: str, vocabulary: Vocabulary) -> dict[str, int]:
    """Columns whose folded header is an alias: the whole header first, then the lower line of a two-line header."""
    aliases = vocabulary.aliases(kind)
    columns: dict[str, int] = {}
    taken: set[int] = set()
    for part in (str, lower_part):
        for index, header in enumerate(table.headers):
            name = aliases.get(fold(part(header)))
            if name and name not in columns and index not in taken:
                columns[name] = index
                taken.add(index)
    if kind == "surveys":
        return {name: i for name, i in columns.items() if not _is_factor_of_scores(table, i, vocabulary)}
    return columns


def _mapping(table: SourceTable, kind: str, columns: dict[str, int], vocabulary: Vocabulary, profile: Profile | None) -> Mapping:
    rest = [i for i, header in enumerate(table.headers) if header and i not in columns.values()]
    questions: list[int] = []
    if kind == "surveys" and "score" not in columns:
        questions = [i for i in rest if _is_question(table, i, vocabulary)]
    asked = {fold(word) for column in vocabulary.kinds[kind]["columns"].values() for word in column.get("ask", ())}
    personal = [i for i in rest if vocabulary.is_kept_out(table.headers[i], kind) and i not in questions]
    ask = [i for i in rest if fold(lower_part(table.headers[i])) in asked]
    unmapped = [i for i in rest if i not in {*questions, *personal, *ask}]
    mapping = Mapping(kind, columns, tuple(questions), tuple(personal), tuple(unmapped), tuple(ask))
    if profile is None:
        return mapping
    return Mapping(
        kind, columns, mapping.questions, mapping.personal, mapping.unmapped, mapping.ask,
        profile.name, profile.words, profile.date_formats, profile.time_zone, profile.year_1904,
    )  # fmt: skip


def _is_question(table: SourceTable, index: int, vocabulary: Vocabulary) -> bool:
    """A question of a wide survey: a factor or "câu n" header over answers on the scale; open questions are free text."""
    header = fold(table.headers[index])
    if _is_factor_of_scores(table, index, vocabulary):
        return True
    if not vocabulary.is_question(header):
        return False
    if any(fold(word) in header for word in vocabulary.columns["open_question_words"]):
        return False
    scores = _score_share(table, index, vocabulary)
    return not vocabulary.has_personal_words(header) if scores is None else scores >= 0.5


def _is_factor_of_scores(table: SourceTable, index: int, vocabulary: Vocabulary) -> bool:
    return fold(table.headers[index]) in vocabulary.factors and (_score_share(table, index, vocabulary) or 0) >= 0.5


def _score_share(table: SourceTable, index: int, vocabulary: Vocabulary) -> float | None:
    """Share of a column's sample values that are answers on the five-point scale; None without values."""
    values = [value for value in table.sample[str(index)].to_pylist() if value]
    return sum(fold(value) in vocabulary.scores for value in values) / len(values) if values else None


def _known_phrases(column: pa.ChunkedArray, vocabulary: Vocabulary) -> pa.ChunkedArray:
    """Free text kept only where it exactly equals a phrase listed in the settings."""
    listed = pa.array(list(vocabulary.codes["step_phrases"]), pa.string())
    return compute.if_else(compute.fill_null(compute.is_in(column, listed), False), column, pa.scalar(None, pa.string()))


def _long_answers(rows: pa.Table, raw: pa.Table, table: SourceTable, mapping: Mapping) -> pa.Table:
    """One row an answer, in the order of the rows and then of the questions."""
    answers = [raw[str(index)].to_pylist() for index in mapping.questions]
    names = [table.headers[index] for index in mapping.questions]
    places, questions, scores = [], [], []
    for row in range(rows.num_rows):
        given: list[tuple[str | None, str | None]] = [
            (name, values[row]) for name, values in zip(names, answers, strict=True) if values[row]
        ]
        for question, score in given or [(None, None)]:
            places.append(row)
            questions.append(question)
            scores.append(score)
    long = rows.take(pa.array(places, pa.int64()))
    for name, values in (("question", questions), ("score", scores)):
        if name in long.column_names:
            long = long.drop_columns([name])
        long = long.append_column(name, pa.array(values, pa.string()))
    return long
