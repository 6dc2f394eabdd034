"""No list ends silently: each goes on page by page to its end, and a cursor of another list is refused."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from qa.domain.survey_form import QuestionKind, SurveyQuestion
from qa.models import Bar, Evaluation, MalwareReport, Rating, Survey, SurveyText
from qa_stage import AGENCY
from suite.testing import client, officer

AT = datetime.fromisoformat("2026-10-01T02:00:00+00:00")
ON = date(2026, 10, 1)


def bar(no):
    said = {
        "decision": f"{no}/QĐ",
        "ground": "g",
        "appeal": "a",
        "by": "office",
        "email": f"a{no}@motcua.example",
    }
    return Bar(id=uuid.uuid4(), since=AT + timedelta(minutes=no // 2), until=ON, **said)


def survey(no, state="closed"):
    days = {
        "opens_on": ON,
        "closes_on": ON + timedelta(days=60 + no // 2 if state == "published" else no // 2),
    }
    told = {"kind": "handling", "audience": "everybody", "by_agency": False, "questions": [], **days}
    words = {"title": {"vi": f"Khảo sát {no}", "en": ""}, "introduction": {"vi": "", "en": ""}}
    number = f"KS-2026-{no:06}"
    return Survey(number=number, state=state, written_by="c", written_at=AT, version=1, **told, **words)


def evaluation(no):
    day = date(2016 + no, 3, 31)
    told = {"state": "open", "begun_by": "c", "begun_at": AT, "conclusion": "", "version": 1}
    return Evaluation(number=f"DG-{no}", cycle="quarter", first=date(2016 + no, 1, 1), last=day, **told)


def rating(no):
    marks = {"progress": 1, "quality": 1, "comment": str(no), "given_at": AT, "changed_at": AT}
    task = {"task_state": "open", "task_from": ON + timedelta(days=no // 2), "task_done": "", "version": 1}
    return Rating(id=uuid.uuid4(), dossier=f"x{no}", phase="result", agency=AGENCY, **marks, **task)


def report(no):
    told = {
        "agency": AGENCY,
        "uploaded_by": "a",
        "number": None,
        "file_name": f"{no}.pdf",
        "sha256": "0" * 64,
    }
    return MalwareReport(id=uuid.uuid4(), found_at=AT + timedelta(minutes=no // 2), signature="x", **told)


LISTS = {
    "/bars": ("office", [bar(no) for no in range(7)], "decision"),
    "/surveys": (
        "nobody",
        [*map(survey, range(4)), *(survey(no, "published") for no in range(4, 7))],
        "number",
    ),
    "/survey-desk": ("centre", [survey(no, "draft") for no in range(7)], "number"),
    "/evaluations": ("centre", [evaluation(no) for no in range(7)], "number"),
    "/rating-tasks": ("head", [rating(no) for no in range(7)], "comment"),
    "/malware-reports": ("operator", [report(no) for no in range(7)], "file_name"),
}


@pytest.mark.parametrize("path", LISTS)
async def test_a_list_goes_on_to_its_end_and_names_everything_once(stage, path):
    who, rows, name = LISTS[path]
    async with client(stage.app, officer("operator", agency="H42", scope="province")) as operator:
        stage.people["operator"] = operator
        async with stage.database.sessions.begin() as session:
            session.add_all(rows)
        answer = await stage.send(who, "GET", path)
        assert answer.status_code == 200, answer.text
        first = answer.json()
        assert (len(first["items"]), first["total"], first["next"]) == (7, 7, None)
        seen, cursor = [], ""
        while cursor is not None:
            answer = await stage.send(who, "GET", f"{path}?limit=2&cursor={cursor}")
            assert answer.status_code == 200, answer.text
            page = answer.json()
            seen += [one[name] for one in page["items"]]
            cursor = page["next"]
        assert seen == [one[name] for one in first["items"]]
        assert len(set(seen)) == 7
        assert (await stage.send(who, "GET", f"{path}?cursor=WyJ4Il0=&limit=2")).status_code in (200, 422)
        assert (await stage.send(who, "GET", f"{path}?cursor=x")).status_code == 422
    if path == "/surveys":
        assert [one[-1] for one in seen] == ["5", "4", "6", "3", "2", "1", "0"], (
            "what ends first, then the newest"
        )


async def test_r_sat_02_free_texts_are_read_page_by_page(stage):
    asked = [vars(SurveyQuestion("q1", QuestionKind.LONG, "Ý kiến", "", required=False, choices=()))]
    async with stage.database.sessions.begin() as session:
        one = survey(1)
        one.questions = asked
        session.add(one)
        session.add_all(
            SurveyText(id=uuid.uuid4(), survey=one.number, question="q1", text=str(no)) for no in range(5)
        )
    place = f"/survey-desk/{one.number}/texts"
    answer = await stage.send("centre", "GET", f"{place}?limit=3")
    assert answer.status_code == 200, answer.text
    [first] = answer.json()
    assert (len(first["texts"]), first["total"]) == (3, 5)
    [rest] = (await stage.send("centre", "GET", f"{place}?limit=3&question=q1&cursor={first['next']}")).json()
    assert (sorted([*first["texts"], *rest["texts"]]), rest["next"]) == (list("01234"), None)
