"""The kinds of record that can be imported, as settings/kinds/*.toml describes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from settings import SHIPPED, read

TYPES = {
    "text": "varchar",
    "name": "varchar",
    "time": "timestamp",
    "date": "date",
    "number": "double",
    "share": "double",
    "integer": "integer",
}
SUPPLEMENTS = "struct(requested_at timestamp, answered_at timestamp, due_before timestamp, due_after timestamp)[]"


@dataclass(frozen=True)
class Column:
    """One canonical column of a kind."""

    name: str
    type: str  # text, name (tidied when the facts are laid out), time, date, number, share, integer, code, phrase or json
    words: str | None  # table of code_words.toml, for codes and phrases
    header: str  # the column's title on screen and in templates
    required: bool  # a row without it is refused
    keep_word: bool  # the source's own word is kept beside the code, as <name>_word

    @property
    def sql_type(self) -> str:
        """The column's DuckDB type in a record table."""
        if self.type == "json":
            return SUPPLEMENTS
        return TYPES.get(self.type) or code_type(self.words or "")


@dataclass(frozen=True)
class Kind:
    """One kind of record; `key` names the columns that identify it ("a|b" = a, else b)."""

    name: str
    label: str
    key: tuple[str, ...]
    columns: dict[str, Column]

    def key_sql(self, row: str) -> str:
        """The record's identity as one text expression over alias `row`; null when its first part is missing."""
        parts = [f"coalesce({', '.join(f'{row}.{column}::varchar' for column in part.split('|'))})" for part in self.key]
        if len(parts) == 1:
            return parts[0]
        return " || chr(31) || ".join([parts[0], *(f"coalesce({part}, '')" for part in parts[1:])])


def code_type(words: str) -> str:
    """The DuckDB type that holds the codes of a table of code_words.toml: tinyint, boolean or varchar."""
    codes = set(read("code_words").get(words, {}))
    if codes and codes <= {"true", "false"}:
        return "boolean"
    return "tinyint" if all(code.isdecimal() for code in codes) else "varchar"


def kind_names() -> list[str]:
    """Every kind, steps before dossiers: a dossier's closing may rest on its steps."""
    return sorted((file.stem for file in (SHIPPED / "kinds").glob("*.toml")), key=lambda name: (name != "steps", name))


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by name, in the order of `kind_names`."""
    return {name: _kind(name, read(f"kinds/{name}")) for name in kind_names()}


def _kind(name: str, described: dict) -> Kind:
    columns = {
        column: Column(column, d["type"], d.get("words"), d["header"], column in described["detect_all"], d.get("keep_word", False))
        for column, d in described["columns"].items()
    }
    return Kind(name, described["label"], tuple(described["key"]), columns)
