"""Lay out what staff keep by hand: registers, notices, index figures, conclusions; rows marked as removed are left out."""

from __future__ import annotations

import duckdb

# a share may be typed as 0,965, as 96,5% or as 96,5: above 1 it is a percentage
SHARE = "case when {0} > 1 then {0} / 100 else {0} end"

# fact table: (record table, columns of the select in the table's order, order)
REGISTERS = {
    "official_index": ("official_index", f"year, coalesce(source, ''), factor, {SHARE.format('value')}, rank", "1, 2, 3"),
    "action": (
        "actions",
        "action_code, coalesce(solution_group, 0)::tinyint, title, unit_name, due_on, coalesce(status, 'planned'), result, evidence",
        "1",
    ),
    "document": ("documents", "number, issued_on, kind, subject, action_code, solution_group::tinyint", "2, 1"),
    "measure": ("measures", "coalesce(solution_group, 0)::tinyint, name, unit_of_measure, measured_on, value, note", "1, 2, 4"),
    "conclusion": (
        "conclusions",
        "conclusion_code, meeting_on, text, unit_name, due_on, coalesce(status, 'planned'), action_code",
        "2, 1",
    ),
    "scorecard_entry": (
        "scorecard_entries",
        f"item, coalesce(valid_from, date '1990-01-01'), coalesce(valid_to, date '9999-12-31'), unit_name, {SHARE.format('ratio')},"
        " entered_by, entered_at",
        "1, 2, 4",
    ),
    "reminder_note": ("reminder_notes", "dossier_code, noted_at, noted_by, text", "2, 1"),
}


def build_registers(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the register tables and notice from the records."""
    for table, (record, columns, order) in REGISTERS.items():
        has_removed = connection.sql(f"select * from record.{record} limit 0").columns
        kept = "where not coalesce(removed, false)" if "removed" in has_removed else ""
        connection.execute(f"insert into {table} select {columns} from record.{record} {kept} order by {order}")
    connection.execute(
        """
        insert into notice
        select d.dossier_id, n.dossier_code, n.reason, n.channel, coalesce(n.apology, false), n.sent_on
        from record.notices as n left join dossier as d on d.dossier_code = n.dossier_code
        order by n.dossier_code, n.sent_on, n.reason, n.channel
        """
    )
