"""A question that an agency's own instance has is read and handled there, by the pages of the province."""

import json

import httpx
import pytest
from portal.adapters.http import Link, ServiceAnswerError
from portal.adapters.questions import Questions
from portal_stage.asked import question

AGENCY = "H42.15"
PROVINCE, OWN = "http://province", "http://own"
THERE = f"{OWN}/api/qa/agencies/{AGENCY}/questions/HD-2026-000123"


class Both:
    """Both instances: what each answers, and what was asked of them."""

    def __init__(self, there=200, code="question-elsewhere"):
        self.there, self.code, self.asked = there, code, []
        self.kept = question(agency=AGENCY, held_by=AGENCY, actions=[], version=3)
        self.own = question(agency=AGENCY, held_by=AGENCY, version=9, asker=None, files=[])

    def answer(self, request):
        address = str(request.url)
        self.asked.append((request.method, address, request.headers.get("idempotency-key", "")))
        if address.startswith(OWN):
            return httpx.Response(self.there, json=self.own)
        if request.method == "GET":
            return httpx.Response(200, json=self.kept)
        return httpx.Response(409, json={"code": self.code})

    @property
    def questions(self):
        http = httpx.AsyncClient(transport=httpx.MockTransport(self.answer))
        return Questions(Link(http, PROVINCE), lambda _, path="": OWN if path else PROVINCE)


async def test_it_is_read_there_with_what_only_the_province_knows():
    both = Both()
    told = await both.questions.one("HD-2026-000123")
    assert (told.version, told.held_by, list(told.actions)) == (9, "", both.own["actions"])
    assert (told.asker is not None, len(told.files)) == (True, len(both.kept["files"]))
    assert both.asked[-1][1] == THERE


@pytest.mark.parametrize(("there", "held_by"), [(503, AGENCY), (404, "")])
async def test_where_nobody_answers_the_page_shows_what_the_province_last_heard(there, held_by):
    told = await Both(there).questions.one("HD-2026-000123")
    assert (told.version, told.held_by, told.actions) == (3, held_by, ())


async def test_a_deed_goes_where_the_question_is_under_the_same_key():
    both = Both()
    await both.questions.act("HD-2026-000123", "release", {"version": 9}, "k")
    (_, _, first), *_, (method, address, again) = both.asked
    assert (method, address, first, again) == ("POST", f"{THERE}/release", "k", "k")
    kept = await both.questions.keep_draft("HD-2026-000123", {"version": 9})
    assert (both.asked[-1][:2], kept.version) == (("PUT", f"{THERE}/draft"), 9)


async def test_any_other_refusal_is_the_provinces_word():
    both = Both(code="stale-version")
    with pytest.raises(ServiceAnswerError):
        await both.questions.act("HD-2026-000123", "release", {"version": 3}, "k")
    assert json.dumps(both.asked).count(OWN) == 0
