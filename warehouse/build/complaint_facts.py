"""Lay out complaints and survey answers, with their terms, units and linked dossiers' fields and procedures."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from settings import read
from warehouse.mapping import fold


def build_complaints(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill complaint: the term runs from the last forwarding (else sent), by the record's own due date, else its channel's term."""
    terms = read("rules")["complaint_terms"]
    by_channel = terms.get("answer_by_channel", {})
    connection.register(
        "channel_term",
        pa.table({"channel": pa.array(list(by_channel), pa.string()), "days": pa.array(list(by_channel.values()), pa.int32())}),
    )
    connection.execute(
        f"""
        insert into complaint
        with told as (
            select c.* replace (
                       coalesce(c.refused_on, case when c.status = 'refused' then coalesce(c.received_on, c.sent_on) end) as refused_on
                   ),
                   coalesce(c.sent_on, c.received_on) as from_on, coalesce(c.channel, 'unknown') as by_channel,
                   greatest(coalesce(c.forwarded_on, c.sent_on, c.received_on), coalesce(c.sent_on, c.received_on)) as clock_on
            from record.complaints as c
        ),
        termed as (
            select t.*, coalesce(ct.days, {int(terms["answer"])}) + c_clock.working_day_number as due_number,
                   c_clock.working_day_number as clock_number
            from told as t
            join calendar as c_clock on c_clock.day = t.clock_on
            left join channel_term as ct on ct.channel = t.by_channel
        )
        select t.complaint_code, t.from_on, t.received_on, t.by_channel, coalesce(t.class, 'unknown'), t.topic_code,
               coalesce(u.id, 0), coalesce(d.field_id, 0), coalesce(d.procedure_id, 0), t.dossier_code, t.forwarded_on, t.refused_on,
               t.supplement_on, coalesce(t.answered_on, date '9999-12-31'), t.published_on, coalesce(t.due_on, w.day),
               case when t.answered_on is not null then greatest(c_answered.working_day_number - t.clock_number, 0)::smallint end,
               t.satisfied, coalesce(t.reopened, false), t.conduct_confirmed, t.discipline
        from termed as t
        join working_day as w on w.number = t.due_number
        left join unit_of as u on u.raw = t.unit_name
        left join dossier as d on d.dossier_code = t.dossier_code
        left join calendar as c_answered on c_answered.day = t.answered_on
        order by t.from_on, t.complaint_code
        """
    )


def build_surveys(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill survey_response and survey_answer; a question's factor comes from settings/survey.toml, else it is a factor's own name."""
    questions = [row[0] for row in connection.sql("select distinct question from record.surveys where question is not null").fetchall()]
    factors = _factors()
    connection.register(
        "question_factor",
        pa.table(
            {
                "question": pa.array(questions, pa.string()),
                "factor": pa.array([factors.get(fold(question)) for question in questions], pa.string()),
            }
        ),
    )
    connection.execute(
        """
        insert into survey_response
        with responses as (
            select response_code, min(responded_on) as responded_on, min(unit_name) as unit_name, min(procedure_code) as procedure_code,
                   min(procedure_name) as procedure_name, min(dossier_code) as dossier_code
            from record.surveys group by response_code
        )
        select r.response_code, r.responded_on, coalesce(u.id, d.unit_id, 0), coalesce(o.id, d.procedure_id, 0),
               coalesce(p.field_id, d.field_id, 0), r.dossier_code
        from responses as r
        left join unit_of as u on u.raw = r.unit_name
        left join procedure_of as o on o.code is not distinct from r.procedure_code and o.name is not distinct from r.procedure_name
        left join procedure as p on p.procedure_id = o.id
        left join dossier as d on d.dossier_code = r.dossier_code
        order by r.responded_on, r.response_code
        """
    )
    connection.execute(
        """
        insert into survey_answer
        select s.response_code, s.question, q.factor, s.score
        from record.surveys as s left join question_factor as q on q.question = s.question
        where s.score is not null
        order by s.response_code, s.question
        """
    )


def _factors() -> dict[str, str]:
    """Folded question → factor: the questions of survey.toml, and the factors' own names and codes."""
    described = read("survey")["factors"]
    by_question = {fold(question): factor for factor, text in described.items() for question in text["questions"]}
    by_name = {fold(word): factor for factor, words in read("code_words")["survey_factor"].items() for word in words}
    return by_name | by_question
