"""The words by which columns, totals and signatures are recognised, folded so that spelling habits do not matter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import settings

_LONGEST = 1_000  # no header or code word is longer; a cell of a hundred megabytes is not worth looking through
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: object) -> str:
    """Text without case, marks, punctuation and extra spaces, đ as d: what headers and code words are compared by."""
    return _folded(str(text)[:_LONGEST])


@lru_cache(maxsize=10_000)  # the same headers and code words are asked for kind by kind
def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return _NOT_WORD.sub(" ", "".join(sign for sign in apart if not unicodedata.combining(sign))).strip()


@dataclass(frozen=True)
class Vocabulary:
    """The settings a reader needs: `kinds` is settings/kinds by name, `columns` settings/columns.toml, `codes` settings/code_words.toml."""

    kinds: dict[str, dict[str, Any]]
    columns: dict[str, Any]
    codes: dict[str, dict[str, Any]]

    def aliases(self, kind: str) -> dict[str, str]:
        """Folded header → canonical column of a kind; the first column listed wins."""
        found: dict[str, str] = {}
        for name, column in self.kinds[kind]["columns"].items():
            for header in (column["header"], *column.get("aliases", ()), *([column["dvcqg"]] if "dvcqg" in column else ())):
                found.setdefault(fold(header), name)
        return found

    @cached_property
    def all_aliases(self) -> frozenset[str]:
        """Folded headers of the columns of every kind."""
        return frozenset(alias for kind in self.kinds for alias in self.aliases(kind))

    @cached_property
    def code_headers(self) -> frozenset[str]:
        """Folded headers of the columns that carry a record's code."""
        return frozenset(alias for kind in self.kinds for alias, name in self.aliases(kind).items() if name.endswith("_code"))

    @cached_property
    def scores(self) -> frozenset[str]:
        """Folded answers on the five-point scale."""
        return frozenset(fold(word) for words in self.codes["score"].values() for word in words)

    @cached_property
    def factors(self) -> frozenset[str]:
        """Folded names of the survey's factors."""
        return frozenset(fold(word) for words in self.codes["survey_factor"].values() for word in words)

    @cached_property
    def row_number_headers(self) -> frozenset[str]:
        """Folded headers of the running number."""
        return frozenset(fold(word) for word in self.columns["row_number_headers"])

    @cached_property
    def _personal(self) -> re.Pattern[str]:
        return _whole_words(self.columns["personal"])

    @cached_property
    def _free_text(self) -> re.Pattern[str]:
        return _whole_words(self.columns["free_text"])

    @cached_property
    def _total(self) -> re.Pattern[str]:
        counted = "|".join(fold(word) for word in self.columns["counted_words"])
        totals = "|".join(fold(word) for word in self.columns["total_words"])
        return re.compile(rf"(?:{totals})(?: (?:{counted}|so|luong|la|\d+))*")

    @cached_property
    def _signature(self) -> re.Pattern[str]:
        begins = "|".join(fold(word) for word in self.columns["signature_words"])
        return re.compile(rf"(?:{begins})\b.*|.*\bngay (?:\d{{1,2}} )?thang (?:\d{{1,2}} )?nam\b.*", re.DOTALL)

    def is_personal(self, header: str) -> bool:
        """True for a column of applicants' personal data; an alias of a canonical column and a survey's question are not."""
        return fold(header) not in self.all_aliases and not self.is_question(header) and self.has_personal_words(header)

    def has_personal_words(self, header: str) -> bool:
        """True where a word of applicants' data stands in the header, whatever else it is."""
        return self._personal.search(fold(header)) is not None

    def is_question(self, header: str) -> bool:
        """True for a survey question's header: "câu 1", "câu hỏi 2: …"."""
        prefixes = "|".join(fold(prefix) for prefix in self.columns["question_prefixes"])
        return re.match(rf"(?:{prefixes}) ?\d+\b", fold(header)) is not None

    def is_kept_out(self, header: str, kind: str) -> bool:
        """True for a column that is never loaded as this kind: applicants' data, or free text, where names hide.

        An alias of one of the kind's own columns and a survey's question are no free text.
        """
        folded = fold(header)
        free_text = self._free_text.search(folded) is not None and not self.is_question(header) and folded not in self.aliases(kind)
        return free_text or self.is_personal(header)

    def is_known_header(self, header: str) -> bool:
        """True for an alias of any column, the running number, and a column of applicants' data."""
        folded = fold(header)
        return bool(folded) and (folded in self.all_aliases or folded in self.row_number_headers or self.is_personal(header))

    def is_total(self, cell: str) -> bool:
        """True for the label of a total line: "Tổng cộng", "Tổng số hồ sơ"."""
        return self._total.fullmatch(fold(cell)) is not None

    def is_signature(self, cell: str) -> bool:
        """True for what stands below a table: "Người lập biểu", a place and date."""
        return self._signature.fullmatch(fold(cell)) is not None


def _whole_words(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(fold(phrase)) for phrase in phrases) + r")\b")


def read_vocabulary() -> Vocabulary:
    """The words as the settings have them now (read again only when one of their files has changed)."""
    folders = (settings.SHIPPED, settings.data_dir() / "settings")
    files = [file for folder in folders for file in (*sorted((folder / "kinds").glob("*.toml")), *map(folder.joinpath, _WORD_FILES))]
    return _vocabulary(tuple((file, *_state(file)) for file in files))


_WORD_FILES = ("columns.toml", "code_words.toml")


def _state(file: Path) -> tuple[int, int]:
    try:
        state = file.stat()
    except OSError:
        return (0, 0)
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=4)
def _vocabulary(files: tuple[tuple[Path, int, int], ...]) -> Vocabulary:
    names = sorted({file.stem for file, *_ in files if file.parent.name == "kinds"})
    return Vocabulary({name: settings.read(f"kinds/{name}") for name in names}, settings.read("columns"), settings.read("code_words"))
