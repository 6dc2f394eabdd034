"""Surveys: built with e-forms, published for some days, answered once by nobody in particular, closed."""

import asyncio
from datetime import datetime

import pytest
from eforms import definition_problems
from qa.domain.survey import MOVES, SurveyAction, SurveyState
from qa.models import RatedDossier, Survey, SurveyCount, SurveyMark, SurveyText
from qa.usecases.close_survey import close_ended_surveys
from qa_stage import AGENCY, OTHER
from sqlalchemy import inspect, select
from survey_stage import AFTER, DETAILS, QUESTIONS, RUNS, answers, closed, running, written


async def kept(stage, model):
    """Read every row of a table."""
    async with stage.database.sessions() as session:
        return (await session.scalars(select(model))).all()


async def test_r_sat_02_an_editor_builds_an_e_form_with_every_kind_of_question(stage):
    made = await written(stage)
    assert [one["name"] for one in made["questions"]] == ["q1", "q2", "q3", "q4", "q5"]
    assert definition_problems(made["form"], set(), declared=False) == []
    [page] = made["form"]["pages"]
    assert [one["widget"] for one in page["fields"]] == ["one_of", "many_of", "one_of", "text", "long_text"]
    assert page["fields"][2]["label"] == {"vi": "Bạn hài lòng đến đâu?", "en": "How satisfied are you?"}
    assert made["form"]["data"]["required"] == ["q1"]
    assert made["actions"] == ["details", "questions", "publication", "discarding"]


async def test_r_sat_02_questions_are_added_ordered_changed_and_removed_while_it_is_a_draft(stage):
    made = await written(stage)
    first, _, third, *rest = made["questions"]
    wished = [third, {**first, "vi": "Nộp cách nào?"}, *rest, {"kind": "short", "vi": "Câu mới"}]
    place = f"/survey-desk/{made['number']}/questions"
    changed = await stage.send("centre", "PUT", place, {"version": made["version"], "questions": wished})
    told = [(one["name"], one["vi"]) for one in changed.json()["questions"]]
    assert told[:2] == [("q3", "Bạn hài lòng đến đâu?"), ("q1", "Nộp cách nào?")]
    assert told[-1] == ("q2", "Câu mới")
    lost = await stage.send("centre", "PUT", place, {"version": made["version"], "questions": wished})
    assert (lost.status_code, lost.json()["code"]) == (409, "stale-version")


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ({"kind": "single", "vi": "Một?", "choices": [{"vi": "Chỉ một"}]}, "fewest"),
        ({"kind": "several", "vi": "Hai?", "choices": [{"vi": "Như nhau"}, {"vi": "Như nhau"}]}, "twice"),
        ({"kind": "short", "vi": " \u200b "}, "required"),
    ],
)
async def test_r_sat_02_a_question_nobody_could_answer_is_refused(stage, question, rule):
    made = await written(stage)
    sent = {"version": made["version"], "questions": [question]}
    refused = await stage.send("centre", "PUT", f"/survey-desk/{made['number']}/questions", sent)
    assert refused.status_code == 422
    assert [one["rule"] for one in refused.json()["errors"]] == [rule]


async def test_r_sat_02_what_was_published_stands_and_each_state_has_its_actions(stage):
    number = await running(stage)
    seen = (await stage.send("centre", "GET", f"/survey-desk/{number}")).json()
    assert (seen["state"], seen["actions"]) == ("published", ["closing"])
    for method, path, more in (
        ("PUT", "details", DETAILS),
        ("PUT", "questions", {"questions": QUESTIONS[:1]}),
        ("POST", "publication", RUNS),
        ("POST", "discarding", {}),
    ):
        body = {"version": seen["version"], **more}
        refused = await stage.send("centre", method, f"/survey-desk/{number}/{path}", body)
        assert (refused.status_code, refused.json()["code"]) == (409, "survey-action-not-allowed"), path
    assert set(MOVES) == set(SurveyAction)


async def test_r_sat_02_nothing_is_published_without_questions_or_for_days_that_cannot_be(stage):
    empty = (await stage.send("centre", "POST", "/survey-desk", DETAILS)).json()
    made = await written(stage)
    for survey, days, field in (
        (empty, RUNS, "questions"),
        (made, {**RUNS, "opens_on": "2026-11-15"}, "opens_on"),
        (made, {**RUNS, "closes_on": "2026-11-15"}, "closes_on"),
        (made, {**RUNS, "closes_on": "2028-11-15"}, "closes_on"),
    ):
        body = {"version": survey["version"], **days}
        place = f"/survey-desk/{survey['number']}/publication"
        refused = await stage.send("centre", "POST", place, body)
        assert [one["field"] for one in refused.json()["errors"]] == [field]


async def test_r_sat_02_only_who_builds_surveys_sees_a_draft(stage):
    made = await written(stage)
    for who, status in (("head", 403), ("owner", 403), ("asker", 403), ("nobody", 401), ("office", 200)):
        assert (await stage.send(who, "GET", f"/survey-desk/{made['number']}")).status_code == status, who
    assert (await stage.send("nobody", "GET", f"/surveys/{made['number']}")).status_code == 404
    assert (await stage.send("nobody", "GET", "/surveys")).json()["items"] == []
    gone = await stage.send(
        "centre", "POST", f"/survey-desk/{made['number']}/discarding", {"version": made["version"]}
    )
    assert (gone.json()["state"], gone.json()["actions"]) == ("discarded", [])


async def test_r_sat_02_answers_are_taken_on_its_days_only(stage):
    made = await written(stage)
    days = {"version": made["version"], "opens_on": "2026-11-17", "closes_on": "2026-11-17"}
    await stage.send("centre", "POST", f"/survey-desk/{made['number']}/publication", days)
    for moment, status in (
        ("2026-11-16T16:59:00+00:00", 409),
        ("2026-11-16T17:00:00+00:00", 204),
        ("2026-11-17T16:59:00+00:00", 204),
        ("2026-11-17T17:00:00+00:00", 409),
    ):
        stage.at(moment)
        assert (await answers(stage, made["number"], moment)).status_code == status, moment


async def test_r_sat_02_each_browser_and_each_account_answers_once_even_at_the_same_time(stage):
    number = await running(stage)
    both = await asyncio.gather(*(answers(stage, number, 1) for _ in range(4)))
    assert sorted(one.status_code for one in both) == [204, 409, 409, 409]
    assert (await answers(stage, number, 2)).status_code == 204
    assert (await answers(stage, number, 3, who="asker")).status_code == 204
    again = await answers(stage, number, 4, who="asker")
    assert (again.status_code, again.json()["code"]) == (409, "survey-already-answered")
    assert (await answers(stage, number, None)).status_code == 422
    whole = [row.count for row in await kept(stage, SurveyCount) if row.question == "" and row.value == ""]
    assert whole == [3]


async def test_r_sat_02_nothing_that_is_kept_leads_back_to_who_answered(stage):
    number = await running(stage)
    values = {"q1": "2", "q2": ["1", "2"], "q3": "1", "q4": "Bớt giấy tờ", "q5": "Cảm ơn"}
    assert (await answers(stage, number, who="asker", values=values)).status_code == 204
    columns = {
        model.__tablename__: {column.name for column in inspect(model).columns}
        for model in (SurveyMark, SurveyCount, SurveyText)
    }
    assert columns == {
        "survey_mark": {"survey", "mark"},
        "survey_count": {"survey", "agency", "question", "value", "count"},
        "survey_text": {"id", "survey", "question", "text"},
    }
    async with stage.database.engine.connect() as connection:
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        for table in tables:
            rows = (await connection.exec_driver_sql(f'select t::text from "{table}" t')).scalars()
            assert not [row for row in rows if "asker" in row], table
    assert {text.id.version for text in await kept(stage, SurveyText)} == {4}


async def test_r_sat_02_marks_and_their_secret_go_when_it_closes_by_hand_or_by_date(stage):
    first, second = await running(stage), await running(stage)
    for number in (first, second):
        await answers(stage, number)
    assert len({row.mark for row in await kept(stage, SurveyMark)}) == 2, "one browser, another mark in each"
    await closed(stage, first)
    assert [row.survey for row in await kept(stage, SurveyMark)] == [second]
    async with stage.database.sessions.begin() as session:
        assert await close_ended_surveys(session, datetime.fromisoformat("2026-11-30T16:59:00+00:00")) == 0
        assert await close_ended_surveys(session, datetime.fromisoformat("2026-11-30T17:00:00+00:00")) == 1
    assert await kept(stage, SurveyMark) == []
    assert {(row.state, row.pepper) for row in await kept(stage, Survey)} == {(SurveyState.CLOSED, None)}
    assert (await answers(stage, first, 9)).json()["code"] == "survey-not-open"


async def test_r_sat_02_a_wrong_answer_is_told_at_its_question_and_counts_nothing(stage):
    number = await running(stage)
    for values, field in (({}, "q1"), ({"q1": "7"}, "q1"), ({"q1": "1", "q4": "x" * 201}, "q4")):
        refused = await answers(stage, number, values=values)
        assert [one["field"] for one in refused.json()["errors"]] == [field]
    assert (await answers(stage, number, agency="H42.999")).status_code == 422
    assert await kept(stage, SurveyCount) == await kept(stage, SurveyMark) == []
    assert (await answers(stage, number)).status_code == 204


async def test_r_sat_02_one_for_who_had_a_dossier_asks_nobody_else(stage):
    number = await running(stage, audience="dossiers")
    async with stage.database.sessions.begin() as session:
        row = {"code": "H42.101-1", "version": 1, "owner": "asker", "submitter": None, "accepted_at": None}
        session.add(RatedDossier(**row, receiving_point=AGENCY, competent_agency=AGENCY, returned_at=None))
    for who in ("nobody", "stranger", "head"):
        refused = await answers(stage, number, who=who)
        assert (refused.status_code, refused.json()["code"]) == (403, "survey-not-for-you"), who
    assert (await answers(stage, number, who="asker", agency=OTHER)).status_code == 403
    assert (await answers(stage, number, who="asker")).status_code == 204


async def test_r_sat_02_free_texts_are_read_by_the_editor_only_and_once_it_is_closed(stage):
    number = await running(stage)
    for browser in range(6):
        await answers(stage, number, browser, values={"q1": "1", "q4": f"Ý kiến {browser}"})
    early = await stage.send("centre", "GET", f"/survey-desk/{number}/texts")
    assert early.json()["code"] == "survey-action-not-allowed"
    await closed(stage, number)
    told = (await stage.send("centre", "GET", f"/survey-desk/{number}/texts")).json()
    assert sorted(told[0]["texts"]) == [f"Ý kiến {browser}" for browser in range(6)]
    assert (await stage.send("head", "GET", f"/survey-desk/{number}/texts")).status_code == 403
    stage.at(AFTER)
    for path in (f"/surveys/{number}", f"/surveys/{number}/results", f"/surveys/{number}/results.csv"):
        assert "Ý kiến 1" not in (await stage.send("nobody", "GET", path)).text
