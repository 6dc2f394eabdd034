"""What an agency's own instance may not tell of a question, whoever runs it."""

import pytest
from common.inbox import Meta
from qa.domain.errors import NotHandedOverError
from qa.subscribers import subscriptions
from qa_stage import AGENCY, ANSWER, CITATION, OTHER, TEXT
from test_own_instance import NOW, two

assert two  # the fixture


async def told(stage, event, number, agency=AGENCY):
    """Let the province hear an event from the account of an agency, as its inbox would."""
    subscription = subscriptions(stage.app.state.built.rules)["qa.question_handled.v1"]
    meta = Meta(event["id"], "qa.question_handled.v1", NOW, agency, number, 99)
    async with stage.database.sessions.begin() as session:
        await subscription.handler(session, [(subscription.model.model_validate(event), meta)])


@pytest.fixture
async def deed(two):
    """Return a deed that the instance told and the province has not heard, with the number it is about."""
    number = await two.lent()
    await two.does("owner", number, "draft", text=ANSWER, citations=[CITATION], submit=True)
    [row] = await two.rows(
        two.database, "SELECT id, envelope->'data' AS data FROM outbox ORDER BY seq DESC LIMIT 1"
    )
    return {**row.data, "id": row.id}, number


def standing(event, **changes):
    handling = event["handling"]
    return {**event, "handling": {**handling, "standing": {**handling["standing"], **changes}}}


FORGERIES = {
    "another instance": lambda event: {**event, "by": OTHER},
    "beyond its reach": lambda event: standing(event, agency=OTHER),
    "refused": lambda event: standing(event, state="refused"),
    "moved": lambda event: standing(event, state="moved"),
    "a line left out": lambda event: {
        **event,
        "handling": {**event["handling"], "lines": event["handling"]["lines"][1:]},
    },
    "a fact of another service": lambda event: {
        **event,
        "facts": [{"type": "qa.feedback_replied.v1", "data": {}}],
    },
    "a fact of another agency": lambda event: {
        **event,
        "facts": [{"type": "qa.question_urged.v1", "data": {"agency": OTHER}}],
    },
}


@pytest.mark.parametrize("kind", FORGERIES)
async def test_the_province_takes_over_no_forgery(two, deed, kind):
    event, number = deed
    before = await two.stage.seen("centre", number)
    with pytest.raises(NotHandedOverError):
        await told(two.stage, FORGERIES[kind](event), number)
    assert await two.stage.seen("centre", number) == before
    await told(two.stage, event, number)
    assert (await two.stage.seen("centre", number))["state"] == "drafted"


async def test_no_agency_tells_of_anothers_question(two, deed):
    event, number = deed
    foreign = (await two.stage.forwarded(agency=OTHER, text=TEXT + " Xin hỏi thêm."))["number"]
    for about, agency in ((foreign, AGENCY), (foreign, OTHER), ("HD-2026-999999", AGENCY), (number, OTHER)):
        with pytest.raises(NotHandedOverError):
            await told(two.stage, event, about, agency)


async def test_lateness_that_ended_is_not_told_away(two, deed):
    event, number = deed
    clocks = [{**one, "due_at": "2027-12-31T00:00:00Z"} for one in event["handling"]["clocks"]]
    await told(two.stage, {**event, "handling": {**event["handling"], "clocks": clocks}}, number)
    kept = await two.rows(
        two.stage.database,
        "SELECT count(*) FROM clock WHERE question = :n AND due_at > '2027-01-01'",
        n=number,
    )
    assert kept == [(0,)]
