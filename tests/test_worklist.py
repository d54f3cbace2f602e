"""What needs a call: open dossiers as of a date, why each is listed, and the coded causes of lateness."""

from datetime import date, datetime

from metrics.period import Period
from metrics.scope import Scope
from metrics.worklist import counts_by, late_causes, late_reason_words, worklist
from tests.small_snapshot import small_snapshot

FRIDAY = "2020-03-13"


def listed(db, **scope):
    return worklist(db, Scope(**scope)).set_index("dossier_code")


def open_since(received, due, **more):
    return dict(received=received, due=due, **more)


def test_overdue_and_near_due_in_working_days():
    db = small_snapshot(
        as_of=FRIDAY,
        dossier=[
            open_since("2020-03-02", "2020-03-10", code="trễ"),
            open_since("2020-03-02", "2020-03-13", code="hôm nay"),
            open_since("2020-03-02", "2020-03-18", code="ba ngày"),
            open_since("2020-03-02", "2020-03-19", code="bốn ngày"),
            open_since("2020-03-02", None, code="không hẹn"),
            open_since("2020-03-02", "2020-03-10", code="xong", closed="2020-03-11"),
            dict(code="từ chối nhận", status=3, closed="2020-03-11"),
        ],
    )
    found = listed(db)
    assert list(found.index) == ["trễ", "hôm nay", "ba ngày", "bốn ngày", "không hẹn"]
    assert found["days_left"].astype(object).where(found["days_left"].notna(), None).tolist() == [-3, 0, 3, 4, None]
    assert found["overdue"].tolist() == [True, False, False, False, False]
    assert found["due_soon"].tolist() == [False, True, True, False, False]
    assert found.loc["trễ", "age"] == 9


def test_waiting_for_the_applicant_stands_the_clock_and_may_take_too_long():
    db = small_snapshot(
        as_of=FRIDAY,
        dossier=[
            open_since("2020-01-06", "2020-02-10", code="lâu", waiting=[("2020-02-03", None)]),
            open_since("2020-03-02", "2020-03-10", code="mới", waiting=[("2020-03-09", None)]),
            open_since("2020-03-02", "2020-03-20", code="hai lần", waiting=[("2020-03-03", "2020-03-04"), ("2020-03-05", "2020-03-06")]),
        ],
    )
    found = listed(db)
    assert found["overdue"].tolist() == [False] * 3
    assert found["waiting_too_long"].to_dict() == {"lâu": True, "mới": False, "hai lần": False}
    assert found["supplement_again"].to_dict() == {"lâu": False, "mới": False, "hai lần": True}
    assert found.loc["mới", "waiting_days"] == 4


def test_overdue_without_a_notice_and_the_last_reminder():
    late = open_since("2020-03-02", "2020-03-10")
    db = small_snapshot(
        as_of=FRIDAY,
        dossier=[dict(late, code="đã báo"), dict(late, code="báo việc khác"), dict(late, code="chưa báo")],
        notice=[
            dict(dossier_code="đã báo", reason="overdue", sent_on=date(2020, 3, 11)),
            dict(dossier_code="báo việc khác", reason="paused", sent_on=date(2020, 3, 11)),
        ],
        reminder_note=[
            dict(dossier_code="chưa báo", noted_at=datetime(2020, 3, 11, 9), noted_by="Lan", text="Gọi lần 1"),
            dict(dossier_code="chưa báo", noted_at=datetime(2020, 3, 12, 9), noted_by="Lan", text="Gọi lần 2"),
            dict(dossier_code="chưa báo", noted_at=datetime(2020, 3, 16, 9), noted_by="Lan", text="Sau ngày chốt"),
        ],
    )
    found = listed(db, as_of=date(2020, 3, 13))
    assert found["overdue_unnoticed"].to_dict() == {"đã báo": False, "báo việc khác": True, "chưa báo": True}
    assert found.loc["chưa báo", "last_note"] == "Gọi lần 2"
    assert len(found) == 3
    assert listed(db).loc["chưa báo", "last_note"] == "Sau ngày chốt"  # written today, about the newest data


def test_as_of_an_earlier_date_the_list_is_what_it_was_then():
    db = small_snapshot(as_of=FRIDAY, dossier=[open_since("2020-03-02", "2020-03-10", code="H", closed="2020-03-12")])
    assert listed(db).empty
    assert listed(db, as_of=date(2020, 3, 11))["overdue"].tolist() == [True]
    assert listed(db, as_of=date(2020, 3, 10))["overdue"].tolist() == [False]
    assert listed(db, as_of=date(2020, 2, 28)).empty


def test_counted_by_section_with_the_most_overdue_first():
    db = small_snapshot(
        as_of=FRIDAY,
        dossier=[
            open_since("2020-03-02", "2020-03-10", section="Phòng B"),
            open_since("2020-03-02", "2020-03-16", section="Phòng A"),
            open_since("2020-03-02", "2020-04-16", section="Phòng A"),
        ],
    )
    found = counts_by(worklist(db, Scope()), "section")
    assert found[["group", "open", "overdue", "due_soon"]].values.tolist() == [["Phòng B", 1, 1, 0], ["Phòng A", 2, 0, 1]]
    assert counts_by(worklist(small_snapshot(), Scope()), "section").empty


def test_late_dossiers_are_counted_by_their_cause():
    late = dict(received="2020-03-02", due="2020-03-10", closed="2020-03-11")
    db = small_snapshot(
        dossier=[
            dict(late, late_reason="tax"),
            dict(late, late_reason="tax"),
            dict(late),
            dict(late, closed="2020-03-10"),
            dict(late, status=7),
        ]
    )
    found = late_causes(db, Period(date(2020, 3, 1), date(2020, 3, 31)), Scope())
    assert found[["late_reason", "dossiers"]].values.tolist() == [["tax", 2], ["none", 1]]
    assert found["share"].sum() == 1
    assert late_reason_words()["tax"] == "Do cơ quan thuế"
