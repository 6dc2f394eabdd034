"""Who sends notices learns how an asker without an account is reached, and nobody else does."""

from common.security import Caller
from feedback_stage import does, filed
from qa.usecases.erase_askers import forget_account
from qa_stage import AGENCY, PERSON, QA
from suite.testing import client


def service(*roles):
    """Return a service that calls."""
    return Caller("notify", "service", frozenset(roles), None, None, None, "test")


async def test_r_qna_25_the_asker_without_an_account_is_reached_with_the_link_that_was_given(stage):
    asked, own = await stage.asked(), await stage.asked("asker")
    sent = {"numbers": [asked["number"], own["number"], "HD-2026-999999"]}
    async with client(stage.app, service("contacts:read")) as web:
        told = (await web.post(f"{QA}/contacts/readings", json=sent)).json()["items"]
    assert told == [
        {
            "number": asked["number"],
            "email": PERSON["email"],
            "link": f"/hoi-dap/theo-doi/{asked['key']}",
        }
    ]


async def test_who_lost_its_account_is_sent_no_link_that_nobody_could_open(stage):
    asked = await stage.asked("asker")
    receipt = await filed(stage)
    async with stage.database.sessions.begin() as session:
        assert await forget_account(session, "asker", stage.app.state.now()) == 2
    await stage.does("centre", asked["number"], "triage", agency=AGENCY, topic="legal_rules")
    await does(stage, "centre", receipt["number"], "triage", agency=AGENCY, category="conduct")
    told = await stage.events("question_forwarded", "feedback_forwarded")
    assert [(one["owner"], one["reachable"]) for one in told] == [(None, False)] * 2
    sent = {"numbers": [asked["number"], receipt["number"]]}
    async with client(stage.app, service("contacts:read")) as web:
        assert (await web.post(f"{QA}/contacts/readings", json=sent)).json()["items"] == []


async def test_nobody_else_reads_contacts(stage):
    asked = await stage.asked()
    for who in ("asker", "owner", "centre", "office"):
        answer = await stage.send(who, "POST", "/contacts/readings", {"numbers": [asked["number"]]})
        assert answer.status_code == 403
