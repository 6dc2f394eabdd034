"""Two at the same moment: one is taken, the other hears why not, and nobody meets a fault of the server."""

import asyncio
from datetime import datetime

from qa.models import RatedDossier, Rating
from qa_stage import AGENCY, OTHER, TEXT, body
from sqlalchemy import func, select

GUIDANCE = {"vi": "Hãy tìm câu trả lời đã có trước khi gửi câu hỏi mới.", "en": "", "version": 0}
MARKS = {"progress": 5, "quality": 4, "comment": ""}


async def at_once(stage, who, method, path, *sent):
    """Send several at the same moment; give what became of each, sorted."""
    answers = await asyncio.gather(*(stage.send(who, method, path, one) for one in sent))
    return sorted((answer.status_code, answer.json().get("code", "")) for answer in answers)


async def test_the_same_question_pressed_twice_is_one(stage):
    told = await at_once(stage, "nobody", "POST", "/questions", *[body()] * 4)
    assert told == [(201, ""), *[(409, "question-already-asked")] * 3]
    assert len(await stage.events("question_asked")) == 1


async def test_the_same_supplementary_question_pressed_twice_is_one(stage):
    asked = await stage.answered()
    sent = {"key": asked["key"], "text": TEXT + " Còn lệ phí thì bao nhiêu?"}
    told = await at_once(stage, "nobody", "POST", "/follow-ups/supplements", *[sent] * 3)
    assert told == [(201, ""), *[(409, "question-already-asked")] * 2]


async def test_two_editions_of_the_guidance_at_once_are_one_and_a_lost_race(stage):
    told = await at_once(
        stage, "centre", "PUT", "/guidance", GUIDANCE, {**GUIDANCE, "en": "Look first, then ask."}
    )
    assert told == [(200, ""), (409, "stale-version")]


async def test_a_rating_pressed_twice_is_one(stage):
    async with stage.database.sessions.begin() as session:
        session.add(
            RatedDossier(
                code="H42.101-261102-0001",
                version=1,
                owner="asker",
                submitter=None,
                receiving_point=AGENCY,
                competent_agency=OTHER,
                accepted_at=datetime.fromisoformat("2026-11-02T02:00:00+00:00"),
                returned_at=datetime.fromisoformat("2026-11-09T02:00:00+00:00"),
            )
        )
    told = await at_once(stage, "asker", "PUT", "/own-ratings/H42.101-261102-0001/result", *[MARKS] * 4)
    assert told == [(200, "")] * 4
    async with stage.database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Rating)) == 1
