"""Ways to spoil the national portal's JSON: wrong types, deep nesting, huge values, broken syntax."""

from __future__ import annotations

import json
import random
from typing import Any

from tests.hostile_files.bases import messages
from tests.hostile_files.text_mutations import BYTES, CELLS, Mutation

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**40, 1.5e308, [], {}, [[]], [None], {"a": {}}, [1, "2", {"MaHoSo": "x"}], "", " ", "\ud800", *CELLS,
)  # fmt: skip


def wrong_values(chance: random.Random, base: bytes) -> bytes:
    """Values of the wrong type or content, anywhere in the messages."""
    found = messages(base)
    for _ in range(chance.choice((1, 5, 40))):
        holder, key = chance.choice(list(_places(found)))
        holder[key] = chance.choice(VALUES)
    return _written(chance, found)


def spoiled_keys(chance: random.Random, base: bytes) -> bytes:
    """Keys lost, repeated, renamed or in another case."""
    found = messages(base)
    for message in found:
        for holder in [message, *(value for value in message.values() if isinstance(value, dict))]:
            for key in list(holder):
                change = chance.random()
                if change < 0.05:
                    del holder[key]
                elif change < 0.15:
                    holder[chance.choice((key.lower(), key.upper(), key + " ", "\ufeff" + key, "", "MaHoSo"))] = holder.pop(key)
    return _written(chance, found)


def nested(chance: random.Random, base: bytes) -> bytes:
    """One value, or the whole, wrapped in more brackets than any reader should follow."""
    depth = chance.choice((5, 39, 41, 500, 5_000, 100_000))
    opening, closing = chance.choice((("[", "]"), ('{"hoSo":', "}"), ('{"a":[', "]}")))
    text = json.dumps(messages(base)[0])
    inner = chance.choice((text, "1", '"x"'))
    wrapped = opening * depth + inner + closing * chance.choice((depth, depth - 1))
    return chance.choice((wrapped, f'[{text},{{"hoSo":{{"MaHoSo":"N1","GhiChu":{wrapped}}}}}]')).encode()


def oversized(chance: random.Random, base: bytes) -> bytes:
    """A text, a number, a list or an object much larger than any real one."""
    message = messages(base)[0]
    holder = message.get("hoSo", message)
    key = chance.choice(list(holder))
    holder[key] = "@@"
    huge = chance.choice(('"' + "x" * 500_000 + '"', "9" * 20_000, "[" + "1," * 100_000 + "1]", "1e999999", "-0.0", "NaN", "-Infinity"))
    return json.dumps(message).replace('"@@"', huge).encode()


def broken_syntax(chance: random.Random, base: bytes) -> bytes:
    text = _written(chance, messages(base)).decode()
    old, new = chance.choice(
        ((":", "="), (",", ",,"), ('"', "'"), ("}", "},"), ("{", "[{"), ("}\n{", "}{"), ("null", "undefined"), ("[", ""))
    )
    return text.replace(old, new, chance.choice((1, 3, -1))).encode()


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (holder, key) below `value`."""
    found: list[tuple[Any, Any]] = []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in pairs:
        found += [(value, key), *_places(item)]
    return found


def _written(chance: random.Random, found: list[dict[str, Any]]) -> bytes:
    """An array, one object a line, or objects one after another."""
    indent = chance.choice((None, 1))
    if chance.random() < 0.4:
        return json.dumps(found, ensure_ascii=chance.random() < 0.5, indent=indent).encode("utf-8", "surrogatepass")
    return chance.choice(("\n", " ", "")).join(json.dumps(message) for message in found).encode()


JSON: tuple[Mutation, ...] = (*BYTES, wrong_values, spoiled_keys, nested, oversized, broken_syntax)
