"""Who telephones has a number as far as it was written down, or a name: officers find the question by either."""

import pytest
from feedback_stage import entered, filed
from qa.models import Feedback
from qa.queries.board import questions_of
from qa.queries.persons import kept_of
from qa_stage import COMPANY, TEXT
from sqlalchemy import select

ASKED = {"title": "Khai sinh cho con", "text": TEXT}


async def groups(stage, q, *, people=False):
    """Say in which groups something is found."""
    path = f"/questions/counts?q={q}&people={people}"
    counts = (await stage.send("centre", "GET", path)).json()["queues"]
    return {name for name, count in counts.items() if count}


@pytest.mark.parametrize(
    ("q", "people"),
    [
        ("HD-2026-000001", False),
        ("hd-2026-000001", False),
        ("2026-000001", False),
        ("000001", False),
        ("1", False),
        ("khai sinh", False),
        ("kh\u00adai si\u200bnh", False),
        ("ｋｈａｉ ｓｉｎｈ", False),
        ("ＨＤ-2026-000001", False),
        ("nguyễn thị ánh", True),
        ("Thị Ánh", True),
    ],
)
async def test_an_answered_question_is_found_by_what_its_asker_can_say(stage, q, people):
    number = (await stage.answered(**ASKED))["number"]
    assert number == "HD-2026-000001"
    await stage.asked(
        asker_kind="organisation", values=COMPANY, title="Giấy phép xây dựng", text=TEXT + " Nhà?"
    )
    assert await groups(stage, q, people=people) == {"answered"}
    found = (await stage.send("centre", "GET", f"/questions?queue=answered&q={q}&people={people}")).json()[
        "items"
    ]
    assert [one["number"] for one in found] == [number]


async def test_a_telephone_number_finds_whose_it_is_however_it_is_written(stage):
    asked = await stage.asked(asker_kind="organisation", values=COMPANY, **ASKED)
    assert "0912345678" in COMPANY.values()
    found = (await stage.send("centre", "GET", "/questions?q=0912 345 678&people=true")).json()["items"]
    assert [one["number"] for one in found] == [asked["number"]]
    assert await groups(stage, "0912 345 679", people=True) == set()


async def test_words_that_stand_nowhere_find_nothing(stage):
    await stage.answered(**ASKED)
    assert await groups(stage, "Trần Văn Không", people=True) == set()
    assert await groups(stage, "Nguyễn Thị Ánh") == set()
    assert await groups(stage, "000002") == set()


@pytest.mark.parametrize(
    ("person", "found"), [("0912 345 678", True), ("0912345679", False), ("H", False), ("%", False)]
)
async def test_r_sec_22_an_inspector_finds_the_lines_about_a_persons_questions(
    stage, database, app, person, found
):
    asked = await stage.asked(asker_kind="organisation", values=COMPANY, **ASKED)
    async with database.sessions() as session:
        theirs = await questions_of(session, person, now=app.state.now(), limit=5)
    assert list(theirs) == ([asked["number"]] if found else [])


async def test_r_sec_22_feedback_is_found_by_its_mail_or_the_account_it_was_sent_from(desk, database, app):
    sent, phoned = (await filed(desk))["number"], (await entered(desk))["number"]
    own = await desk.send("asker", "GET", f"/own-feedback/{sent}")
    assert own.status_code == 200

    async def found(person, *known):
        async with database.sessions() as session:
            return await kept_of(session, person, known=known, now=app.state.now(), limit=5)

    async with database.sessions() as session:
        owner = await session.scalar(select(Feedback.owner).where(Feedback.number == sent))
    assert await found("Anh@motcua.example") == [phoned]
    assert await found("037090009999", owner) == [sent]
    assert await found("lan@motcua.example") == []
