"""Files to import, of any length, written from a simulated snapshot in the words an export uses."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.snapshots import published_name, snapshot_file

_ROWS = """
select d.dossier_code as "Mã hồ sơ", p.procedure_code as "Mã TTHC", p.procedure_name as "Tên thủ tục hành chính",
    f.field_name as "Lĩnh vực", u.unit_name as "Đơn vị xử lý", s.section_name as "Phòng ban xử lý", o.officer_name as "Cán bộ xử lý",
    strftime(d.submitted_on, '%d/%m/%Y') as "Ngày nộp", strftime(d.received_on, '%d/%m/%Y') as "Ngày tiếp nhận",
    strftime(d.due_on, '%d/%m/%Y') as "Ngày hẹn trả", strftime(d.finished_on, '%d/%m/%Y') as "Ngày kết thúc xử lý",
    strftime(d.returned_on, '%d/%m/%Y') as "Ngày trả kết quả",
    case d.status when 4 then 'Đang xử lý' when 7 then 'Rút hồ sơ' else 'Đã trả kết quả' end as "Trạng thái",
    case d.channel when 1 then 'Trực tiếp' when 2 then 'Trực tuyến' else 'Bưu chính' end as "Kênh tiếp nhận",
    d.service_level as "Mức độ"
from snapshot.dossier d
join snapshot.procedure p using (procedure_id) join snapshot.field f on f.field_id = d.field_id
join snapshot.unit u using (unit_id) join snapshot.section s using (section_id) join snapshot.officer o using (officer_id)
where d.dossier_id <= $rows order by d.dossier_id
"""
# columns nobody maps, to make twenty
_MORE = ", ".join(f"'ghi chú {n}' as \"Cột phụ {n}\"" for n in range(1, 6))


def write_csv(root: Path, rows: int, file: Path) -> None:
    """A CSV with 15 columns, UTF-8 with a header."""
    with _reader(root) as connection:
        connection.sql(_ROWS, params={"rows": rows}).write_csv(str(file))


def write_xlsx(root: Path, rows: int, file: Path) -> None:
    """A workbook with 20 columns of text."""
    import xlsxwriter

    with _reader(root) as connection:
        found = connection.sql(f"select *, {_MORE} from ({_ROWS})", params={"rows": rows})
        workbook = xlsxwriter.Workbook(str(file), {"constant_memory": True, "strings_to_numbers": False})
        sheet = workbook.add_worksheet("Hồ sơ")
        sheet.write_row(0, 0, found.columns)
        for number, row in enumerate(found.fetchall(), start=1):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write_string(number, place, str(value))
        workbook.close()


def _reader(root: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"attach '{snapshot_file(root, published_name(root) or '')}' as snapshot (read_only)")
    return connection
