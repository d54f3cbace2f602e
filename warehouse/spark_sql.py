"""The metrics' SQL, written once in DuckDB's dialect, as Spark SQL: parsed into a tree, rewritten there, written out again.

Values never pass through the text: `$name` becomes Spark's named marker `:name` and stays bound.
"""

from __future__ import annotations

from functools import lru_cache

import sqlglot
from sqlglot import exp


@lru_cache(maxsize=1024)
def to_spark(sql: str) -> str:
    """One DuckDB SELECT as Spark SQL, every name in quotes (Sail reserves `start`). Raises sqlglot.errors.ParseError."""
    return sqlglot.parse_one(sql, read="duckdb").transform(_rewritten).sql(dialect="spark", identify=True)


def _rewritten(node: exp.Expr) -> exp.Expr:
    """Quantiles stay exact: left to itself the quantile would come out as a call that Spark refuses."""
    if isinstance(node, exp.PercentileCont):
        return exp.Anonymous(this="percentile", expressions=[node.this, node.expression])
    return node


@lru_cache(maxsize=1)
def columns_of(schema: str) -> dict[str, str]:
    """Table → its columns and types as Spark writes them, from DuckDB's `create table` statements."""
    tables = [statement.this for statement in sqlglot.parse(schema, read="duckdb") if isinstance(statement, exp.Create)]
    return {table.this.name: ", ".join(f"`{c.name}` {c.kind.sql('spark')}" for c in table.expressions) for table in tables}
