"""A barred account reads so before it writes a question, and nobody learns more than by asking."""

import pytest
from qa_stage import PERSON
from test_bars import BAR, barred

PLACE = "/bar-checks"
KNOWN = {"id_number": "001 190 000 017", "email": "ANH@motcua.example", "phone": "0912 345 678"}


async def said(stage, who="asker", **sent):
    """Return the sentence an account is told."""
    answer = await stage.send(who, "POST", PLACE, sent)
    assert answer.status_code == 200, answer.text
    return answer.json()["sentence"]


@pytest.mark.parametrize(
    "mark",
    [
        {"id_number": PERSON["id_number"]},
        {"email": "anh@motcua.example"},
        {"phone": "+84912345678"},
    ],
)
async def test_r_qna_03_a_barred_account_reads_decision_end_and_appeal_before_it_asks(stage, mark):
    assert await said(stage, **KNOWN) is None
    await barred(stage, **mark)
    sentence = await said(stage, **KNOWN)
    assert all(words in sentence for words in ("12/QĐ-UBND", "31/12/2026", "Thanh tra tỉnh"))
    assert BAR["ground"] not in sentence, "anybody may type a number"
    assert await said(stage) is None


async def test_r_qna_03_the_barred_account_itself_reads_the_ground_too(stage):
    await barred(stage, account="asker")
    assert BAR["ground"] in await said(stage)
    assert await said(stage, "stranger") is None


async def test_what_has_no_form_keeps_nobody_from_asking(stage):
    await barred(stage, id_number=PERSON["id_number"])
    assert await said(stage, id_number="12", email="ở nhà", phone="tám số") is None


@pytest.mark.parametrize("who", ["nobody", "centre"])
async def test_who_is_no_applicant_checks_nobody(stage, who):
    assert (await stage.send(who, "POST", PLACE, KNOWN)).status_code in (401, 403)


async def test_an_account_checks_no_more_often_than_a_few_times_an_hour(stage):
    stage.app.state.built.patience.__dict__["scale"] = 0.05
    answers = [(await stage.send("asker", "POST", PLACE, KNOWN)).status_code for _ in range(5)]
    assert (answers[0], answers[-1]) == (200, 429)
