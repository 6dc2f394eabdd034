"""Notices about questions: to the account that asked, by mail to who has none, to who sorts and answers."""

import json
from typing import Any

import httpx
import pytest
from notify.adapters.http_contacts import HttpContacts
from notify.domain.channels import Contact

ANH, LAN = "account-anh", "officer-lan"
NUMBER = "HD-2026-000001"
QUESTION: dict[str, Any] = {
    "number": NUMBER,
    "state": "asked",
    "topic": "legal_rules",
    "owner": ANH,
    "reachable": False,
    "asked_at": "2026-12-07T02:00:00Z",
}
DUE = {"due_at": "2026-12-07T08:00:00Z", "tell": [LAN]}


@pytest.fixture
async def furnished(staging):
    stage = await staging()
    await stage.furnish()
    return stage


async def told(stage, person: str) -> list[str]:
    return [one["kind"] for one in (await stage.inbox(person))["items"]]


async def test_r_ntf_06_the_person_in_charge_hears_of_a_forwarded_question_or_the_head_with_a_warning(
    furnished,
):
    sent = {**QUESTION, **DUE, "kind": "own", "without_owner": True}
    event = await furnished.hear("qa.question_forwarded.v1", sent, agency="H42.101")
    await furnished.hear("qa.question_forwarded.v1", sent, agency="H42.101", id_=event)
    message = (await furnished.inbox(LAN))["items"][0]
    assert message["kind"] == "officer_question_forwarded"
    assert NUMBER in message["subject"]
    assert "chưa cử người phụ trách" in message["body"]
    assert "chưa cử người thay thế" not in message["body"]
    assert message["link"].endswith(f"/can-bo/hoi-dap/{NUMBER}")
    assert await told(furnished, LAN) == ["officer_question_forwarded"]


async def test_r_qna_25_the_account_hears_of_every_step_that_concerns_its_question(furnished):
    await furnished.hear("qa.question_asked.v1", {**QUESTION, **DUE, "asked_agency": None})
    await furnished.hear("qa.interim_replied.v1", {**QUESTION, "due_at": "2026-12-18T10:00:00Z"})
    await furnished.hear(
        "qa.question_answered.v1", {**QUESTION, "due_at": "2026-12-18T10:00:00Z", "in_time": True}
    )
    await furnished.hear("qa.question_refused.v1", {**QUESTION, "ground": "complaint"})
    kinds = ["question_refused", "question_answered", "question_interim", "question_received"]
    assert await told(furnished, ANH) == kinds
    assert (await furnished.inbox(ANH))["items"][0]["link"].endswith(f"/hoi-dap/cua-toi/{NUMBER}")


@pytest.mark.parametrize("what", ["due_soon", "overdue", "urged"])
async def test_officers_are_reminded_told_of_lateness_and_urged(furnished, what):
    await furnished.hear(f"qa.question_{what}.v1", {**QUESTION, **DUE, "clock": "answer"}, agency="H42.101")
    assert await told(furnished, LAN) == [f"officer_question_{what}"]
    assert await told(furnished, ANH) == []


async def test_r_qna_25_who_has_no_account_gets_a_mail_with_the_follow_up_link(furnished):
    recipient = f"question:{NUMBER}"
    channels = frozenset({"email"})
    furnished.contacts.table[recipient] = Contact(
        "b@example.vn", None, "vi", channels, "/hoi-dap/theo-doi/KEY"
    )
    sent = {**QUESTION, "owner": None, "reachable": True}
    await furnished.hear(
        "qa.question_answered.v1", {**sent, "due_at": "2026-12-18T10:00:00Z", "in_time": True}
    )
    await furnished.deliver()
    [mail] = furnished.mailbox.mails
    assert mail["To"] == "b@example.vn"
    assert "/hoi-dap/theo-doi/KEY" in mail.get_body(("plain",)).get_content()
    assert "cua-toi" not in mail.get_body(("html",)).get_content()


async def test_r_ntf_09_the_sender_hears_that_feedback_was_received_forwarded_and_settled(furnished):
    feedback = {
        "number": "PA-2026-000001",
        "state": "received",
        "channel": "portal",
        "category": "conduct",
        "owner": ANH,
        "came_at": "2026-12-07T02:00:00Z",
    }
    await furnished.hear("qa.feedback_received.v1", {**feedback, **DUE})
    sent = {**feedback, **DUE, "involved": [], "without_owner": False}
    await furnished.hear("qa.feedback_forwarded.v1", sent, agency="H42.101")
    await furnished.hear("qa.feedback_replied.v1", {**feedback, "due_at": DUE["due_at"], "in_time": True})
    await furnished.hear("qa.feedback_overdue.v1", {**feedback, **DUE, "clock": "response"})
    assert await told(furnished, ANH) == ["feedback_replied", "feedback_forwarded", "feedback_received"]
    assert await told(furnished, LAN) == ["officer_feedback_due", "officer_feedback", "officer_feedback"]
    message = (await furnished.inbox(ANH))["items"][0]
    assert message["link"].endswith("/phan-anh-kien-nghi/cua-toi/PA-2026-000001")


@pytest.mark.parametrize(
    ("what", "more", "officer", "asker"),
    [
        ("question_forwarded", {**DUE, "kind": "own", "without_owner": False}, "forwarded", "forwarded"),
        ("question_returned", {**DUE, "returned_by": "H42.101"}, "returned", "returned"),
        ("question_return_asked", {"tell": [LAN]}, "return_asked", None),
        ("return_declined", DUE, "return_declined", None),
        ("question_recalled", {"tell": [LAN]}, "recalled", None),
        ("draft_submitted", DUE, "drafted", None),
        ("draft_sent_back", DUE, "sent_back", None),
        ("question_moved", {"feedback": "PA-2026-000009"}, None, "moved"),
    ],
)
async def test_r_qna_25_each_step_is_told_once_to_whom_it_concerns(furnished, what, more, officer, asker):
    sent = {**QUESTION, **more}
    event = await furnished.hear(f"qa.{what}.v1", sent, agency="H42.101")
    await furnished.hear(f"qa.{what}.v1", sent, agency="H42.101", id_=event)
    assert await told(furnished, LAN) == ([f"officer_question_{officer}"] if officer else [])
    assert await told(furnished, ANH) == ([f"question_{asker}"] if asker else [])
    for person, place in ((LAN, "/can-bo/hoi-dap/"), (ANH, "/hoi-dap/cua-toi/")):
        for message in (await furnished.inbox(person))["items"]:
            assert message["link"].endswith(place + NUMBER)
            assert NUMBER in message["subject"]
            assert "{" not in message["body"]
            assert "PA-2026-000009" in message["body"] or what != "question_moved"


FEEDBACK: dict[str, Any] = {
    "number": "PA-2026-000003",
    "state": "received",
    "channel": "portal",
    "category": "conduct",
    "owner": ANH,
    "reachable": False,
    "came_at": "2026-12-07T02:00:00Z",
}


@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("returned", {**DUE, "returned_by": "H42.101"}),
        ("recalled", {"tell": [LAN]}),
        ("involved", {**DUE, "involved": ["H42.102"]}),
    ],
)
async def test_r_ntf_09_what_passes_between_offices_is_no_news_for_the_sender(furnished, what, more):
    await furnished.hear(f"qa.feedback_{what}.v1", {**FEEDBACK, **more}, agency="H42.101")
    assert await told(furnished, LAN) == [f"officer_feedback_{what}"]
    assert await told(furnished, ANH) == []
    assert (await furnished.inbox(LAN))["items"][0]["link"].endswith("/can-bo/phan-anh/PA-2026-000003")


async def test_who_asked_what_is_feedback_hears_once_that_it_goes_on(furnished):
    moved = {**QUESTION, "feedback": FEEDBACK["number"]}
    received = {**FEEDBACK, **DUE, "channel": "qna", "from_question": NUMBER}
    await furnished.hear("qa.question_moved.v1", moved)
    await furnished.hear("qa.feedback_received.v1", received)
    assert await told(furnished, ANH) == ["question_moved"]
    assert await told(furnished, LAN) == ["officer_feedback"]


async def test_r_ntf_09_a_sender_without_an_account_hears_by_mail(furnished):
    number = "PA-2026-000002"
    channels = frozenset({"email"})
    page = "/phan-anh-kien-nghi/theo-doi/KEY"
    furnished.contacts.table[f"question:{number}"] = Contact("c@example.vn", None, "vi", channels, page)
    replied = {
        "number": number,
        "state": "replied",
        "channel": "phone",
        "category": "conduct",
        "owner": None,
        "reachable": True,
        "came_at": "2026-12-07T02:00:00Z",
        "due_at": "2026-12-08T02:00:00Z",
        "in_time": True,
    }
    await furnished.hear("qa.feedback_replied.v1", replied)
    await furnished.deliver()
    [mail] = furnished.mailbox.mails
    assert page in mail.get_body(("plain",)).get_content()


async def test_who_left_no_way_back_is_told_nothing(furnished):
    await furnished.hear("qa.question_refused.v1", {**QUESTION, "owner": None, "ground": "complaint"})
    assert await furnished.deliver() == 0


async def test_contacts_of_accounts_and_of_askers_come_from_who_keeps_them():
    asked: list[tuple[str, Any]] = []

    def neighbours(request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        asked.append((str(request.url), body))
        if "service-tokens" in request.url.path:
            return httpx.Response(201, json={"access_token": "t", "expires_in": 600})
        if "qa" in request.url.path:
            told = {"number": NUMBER, "email": "c@example.vn", "link": "/hoi-dap/theo-doi/KEY"}
            return httpx.Response(200, json={"items": [told]})
        told = {
            "account_id": ANH,
            "email": "a@example.vn",
            "phone": None,
            "channels": ["email"],
            "language": "vi",
        }
        return httpx.Response(200, json={"items": [told]})

    transport = httpx.MockTransport(neighbours)
    contacts = HttpContacts("http://identity", "notify", "secret", transport, questions_url="http://qa:8000")
    found = await contacts.of({ANH, f"question:{NUMBER}"})
    assert found[f"question:{NUMBER}"].channels == {"email"}
    assert found[ANH].email == "a@example.vn"
    assert [place for place, _ in asked][-1] == "http://qa:8000/api/qa/contacts/readings"
