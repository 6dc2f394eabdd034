"""At the counter a code confirms instead of a signature: of this officer, for this draft, to its own people."""

from datetime import timedelta

import pytest
from intake.domain.confirming import ByCode, NotConfirmedByCodeError, fingerprint
from intake.domain.entry import Confirmation, Entry, Way
from intake.domain.errors import ConfirmationUnfitError
from suite.testing import signer

COUNTER = "/api/intake/counter"
PHONE = "+84912345678"
STATED = ByCode("o-1", PHONE, "d-1", "m")


async def begun(stage):
    """Write a draft down at the counter."""
    async with stage.client(stage.desk()) as web:
        began = await web.post(f"{COUNTER}/drafts", json={"procedure_code": stage.PLAIN}, headers=stage.key())
        body = {"answers": stage.ANSWERS, "version": began.json()["version"]}
        saved = await web.patch(f"{COUNTER}/drafts/{began.json()['id']}", json=body)
    assert saved.status_code == 200, saved.text
    return saved.json()


def stated(confirmed, **changed):
    """Return what identity states of a code that was read aloud."""
    claims = {"sub": "desk-1", "aud": "motcua-counter-code", "sent_to": PHONE, "draft": confirmed["id"]}
    return signer().sign(claims | {"fingerprint": confirmed["fingerprint"], **changed}, timedelta(minutes=5))


async def hand_in(stage, draft, statement, **more):
    body = {"draft_id": draft["id"], "way": "desk", "confirmation": "code", "code_statement": statement}
    body |= {"declaration_accepted": True, "declaration_version": "1", **more}
    async with stage.client(stage.desk()) as web:
        return await web.post(f"{COUNTER}/dossiers", json=body, headers=stage.key())


@pytest.mark.parametrize(
    "wrong",
    [{"officer": "o-2"}, {"draft": "d-2"}, {"mark": "n"}, {"reached": {"+84900000000"}}, {"reached": ()}],
)
def test_r_int_16_a_code_confirms_one_draft_as_it_stands_to_its_officer_and_its_people(wrong):
    asked = {"officer": "o-1", "draft": "d-1", "mark": "m", "reached": {PHONE, "a@b.vn"}}
    STATED.must_confirm(**asked)
    with pytest.raises(NotConfirmedByCodeError):
        STATED.must_confirm(**(asked | wrong))


def test_r_int_16_a_code_is_read_aloud_at_the_desk_alone():
    Entry(Way.DESK, Confirmation.CODE, by_code=STATED).must_fit()
    with pytest.raises(NotConfirmedByCodeError):
        Entry(Way.DESK, Confirmation.CODE).must_fit()
    for way in (Way.POST, Way.TELEPHONE):
        with pytest.raises(ConfirmationUnfitError):
            Entry(way, Confirmation.CODE, by_code=STATED).must_fit()


def test_r_int_16_what_is_confirmed_has_one_mark_and_any_other_answer_another():
    mark = fingerprint({"a": "x", "b": 1}, {})
    assert mark == fingerprint({"b": 1, "a": "x"}, {})
    others = {fingerprint({"a": "x", "b": 2}, {}), fingerprint({"a": "x", "b": 1}, {"c": "d"})}
    assert (len(others), mark in others, len(mark)) == (2, False, 32)


async def test_r_int_16_who_confirmed_by_a_code_signs_no_paper_and_the_dossier_says_how(stage):
    draft = await begun(stage)
    answer = await hand_in(stage, draft, stated(draft))
    assert answer.status_code == 201, answer.text
    told = await stage.read(answer.json()["code"], stage.desk())
    assert "mã một lần" in told["entry"]["confirmation"]
    cover = await stage.paper(answer.json()["code"], "cover", stage.desk())
    assert ("mã một lần" in cover, "Ký, ghi rõ họ tên" in cover) == (True, False)


async def test_r_int_16_a_code_for_something_else_hands_nothing_in(stage):
    draft = await begun(stage)
    wrong = (
        None,
        "nothing",
        stated(draft, sub="desk-9"),
        stated(draft, sent_to="+84900000000"),
        stated(draft, draft="other"),
        stated(draft, fingerprint="0" * 32),
        stated(draft, aud="motcua-number"),
    )
    answers = [await hand_in(stage, draft, one) for one in wrong]
    assert {(one.status_code, one.json()["code"]) for one in answers} == {(422, "not-confirmed-by-code")}
    async with stage.client(stage.desk()) as web:
        body = {"answers": {"child_name": "Nguyễn Minh Khác"}, "version": draft["version"]}
        changed = (await web.patch(f"{COUNTER}/drafts/{draft['id']}", json=body)).json()
    refused = await hand_in(stage, draft, stated(draft))
    assert refused.json()["code"] == "not-confirmed-by-code", "what was confirmed is not what is handed in"
    assert (await hand_in(stage, changed, stated(changed))).status_code == 201
