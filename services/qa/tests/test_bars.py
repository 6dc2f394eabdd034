"""Who is barred asks in no way, hears why if it is the one, and an open door is not a flood."""

import asyncio

import pytest
from qa.api.patience import BARRED
from qa.domain.known import mailbox, number_of
from qa_stage import COMPANY, PERSON, TEXT, body

BAR = {
    "decision": "12/QĐ-UBND",
    "ground": "Nhiều lần gửi nội dung xúc phạm",
    "appeal": "Thanh tra tỉnh",
    "until": "2026-12-31",
}
MORE = {"text": TEXT + " Còn lệ phí thì bao nhiêu?"}


async def barred(stage, **marks):
    """Enter a bar."""
    entered = await stage.send("office", "POST", "/bars", {**BAR, **marks})
    assert entered.status_code == 201, entered.text
    return entered.json()


async def test_r_qna_03_who_is_barred_hears_decision_end_and_appeal_until_it_ends(stage):
    entered = await barred(stage, id_number=PERSON["id_number"])
    answer = await stage.send("nobody", "POST", "/questions", body())
    assert (answer.status_code, answer.json()["code"]) == (403, "asker-barred")
    assert all(word in answer.json()["detail"] for word in ("12/QĐ-UBND", "31/12/2026", "Thanh tra tỉnh"))
    assert await stage.asked(values={**PERSON, "id_number": "001190000018"})
    ended = await stage.send("office", "POST", f"/bars/{entered['id']}/ending", {"reason": "Đã khắc phục"})
    assert ended.status_code == 201
    assert await stage.asked()
    again = await stage.send("office", "POST", f"/bars/{entered['id']}/ending", {"reason": "Đã khắc phục"})
    assert again.status_code == 409


async def test_r_qna_03_only_the_barred_account_hears_the_ground(stage):
    await barred(stage, id_number=PERSON["id_number"])
    await barred(stage, account="asker")
    for who, hears in (("nobody", False), ("stranger", False), ("asker", True)):
        answer = await stage.send(who, "POST", "/questions", body())
        assert answer.status_code == 403
        assert (BAR["ground"] in answer.text) is hears, who


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("12/QĐ-UBND về hành vi của ông Trần Văn Đức", "12/QĐ-UBND"),
        ("Quyết định số 12/2026/QĐ-UBND ngày 01/11/2026", "12/2026/QĐ-UBND"),
        ("Quyết định 15", "15"),
        ("Quyết định của Chủ tịch", "–"),
    ],
)
def test_r_qna_03_who_types_a_number_hears_the_number_of_a_decision_and_none_of_its_words(written, told):
    assert number_of(written) == told


async def test_r_qna_03_whoever_tries_the_numbers_of_others_is_stopped_soon(stage, monkeypatch):
    monkeypatch.setattr("qa.api.patience.NETWORK", 2 * BARRED / 1000)
    await barred(stage, id_number=PERSON["id_number"], decision="12/QĐ-UBND về ông Trần Văn Đức")
    tries = [await stage.send("nobody", "POST", "/questions", body()) for _ in range(3)]
    assert [one.status_code for one in tries] == [403, 403, 429]
    assert "12/QĐ-UBND" in tries[0].text
    assert "Đức" not in tries[0].text


async def test_r_qna_03_a_bar_ends_by_its_day_and_lasts_no_longer_than_a_year(stage):
    bar = {"email": PERSON["email"].upper(), "decision": "13/QĐ", "ground": "Vi phạm", "appeal": "Thanh tra"}
    entered = await stage.send("office", "POST", "/bars", {**bar, "until": "2026-11-17"})
    assert entered.status_code == 201, entered.text
    assert (await stage.send("nobody", "POST", "/questions", body())).status_code == 403
    stage.at("2026-11-17T17:30:00+00:00")
    assert await stage.asked()
    for wrong in ("2026-11-13", "2028-01-01"):
        assert (await stage.send("office", "POST", "/bars", {**bar, "until": wrong})).status_code == 422
    nobody = {name: said for name, said in bar.items() if name != "email"}
    assert (await stage.send("office", "POST", "/bars", {**nobody, "until": "2026-12-24"})).status_code == 422
    assert (await stage.send("centre", "POST", "/bars", {**bar, "until": "2026-12-24"})).status_code == 403


@pytest.mark.parametrize(
    ("mark", "kept"),
    [
        ({"id_number": "001 190.000-017"}, "001190000017"),
        ({"id_number": "c1234567"}, "C1234567"),
        ({"email": " Anh@Motcua.example "}, "anh@motcua.example"),
        ({"phone": "0912 345 678"}, "+84912345678"),
    ],
)
async def test_r_qna_03_a_mark_is_kept_as_askers_are_read(stage, mark, kept):
    [name] = mark
    assert (await barred(stage, **mark))[name] == kept


async def test_r_qna_03_a_mark_without_a_form_is_refused_for_it_would_never_hold(stage):
    sent = {**BAR, "id_number": "12", "email": "ở nhà", "phone": "tám số"}
    answer = await stage.send("office", "POST", "/bars", sent)
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["errors"]} == {"id_number", "email", "phone"}


@pytest.mark.parametrize(
    "mark",
    [
        {"email": COMPANY["organisation_email"]},
        {"email": COMPANY["asker_email"]},
        {"phone": "0912345678"},
        {"phone": "0208 3855 555"},
    ],
)
async def test_r_qna_03_every_contact_of_an_asker_is_looked_at(stage, mark):
    await barred(stage, **mark)
    asked = body(asker_kind="organisation", values=COMPANY)
    assert (await stage.send("nobody", "POST", "/questions", asked)).status_code == 403


@pytest.mark.parametrize("who", ["nobody", "asker"])
async def test_r_qna_03_who_is_barred_puts_no_supplementary_question_either(stage, who):
    asked = await stage.answered_by(who)
    await barred(stage, id_number=PERSON["id_number"])
    place = "/follow-ups/supplements" if who == "nobody" else f"/own-questions/{asked['number']}/supplements"
    sent = {**MORE, "key": asked["key"]} if who == "nobody" else MORE
    answer = await stage.send(who, "POST", place, sent)
    assert (answer.status_code, answer.json()["code"]) == (403, "asker-barred")


async def test_r_qna_19_so_many_supplementary_questions_wait_at_a_time_and_no_more(stage):
    asked = await stage.answered()
    for number in range(5):
        sent = {"key": asked["key"], "text": f"{TEXT} Hỏi thêm điều {number}."}
        told = await stage.send("nobody", "POST", "/follow-ups/supplements", sent)
        assert told.status_code == 201, told.text
    refused = await stage.send("nobody", "POST", "/follow-ups/supplements", {**MORE, "key": asked["key"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "supplements-wait")
    number = told.json()["number"]
    await stage.does(
        "centre", number, "refusal", ground="answered_before", reason="Đã trả lời ở trên.", channel="-"
    )
    taken = await stage.send("nobody", "POST", "/follow-ups/supplements", {**MORE, "key": asked["key"]})
    assert taken.status_code == 201


async def test_supplementary_questions_count_among_those_of_an_hour(stage, monkeypatch):
    monkeypatch.setattr("qa.api.patience.NETWORK", 2 / 1000)
    asked = await stage.answered()
    place = "/follow-ups/supplements"
    assert (await stage.send("nobody", "POST", place, {**MORE, "key": asked["key"]})).status_code == 201
    refused = await stage.send("nobody", "POST", place, {"key": asked["key"], "text": TEXT + " Và gì nữa?"})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3600")


async def test_a_form_that_is_corrected_counts_for_nothing(stage, monkeypatch):
    monkeypatch.setattr("qa.api.patience.NETWORK", 1 / 1000)
    for _ in range(4):
        assert (await stage.send("nobody", "POST", "/questions", body(title=""))).status_code == 422
    assert await stage.asked()
    assert (await stage.send("nobody", "POST", "/questions", body(**MORE))).status_code == 429


async def test_an_address_nobody_proved_gets_three_first_mails_a_day(stage):
    for number in range(2):
        await stage.asked(text=f"{TEXT} Câu thứ {number}.")
    sent = {
        "category": "system",
        "title": "Cổng chậm",
        "text": "Cổng dịch vụ công mở rất chậm vào buổi sáng.",
    }
    entry = {
        **sent,
        "channel": "published_contacts",
        "came_at": "2026-11-16T01:00:00+00:00",
        "sender": {"email": PERSON["email"]},
    }
    assert (await stage.send("centre", "POST", "/feedback/entries", entry)).status_code == 201
    await stage.asked(text=TEXT + " Câu nữa.")
    await stage.asked("asker", text=TEXT + " Câu của tài khoản.")
    await stage.asked(text=TEXT + " Câu khác.", values={**PERSON, "email": "khac@motcua.example"})
    told = [(fact["reachable"], fact["owner"]) for fact in await stage.events("question_asked")]
    assert told == [(True, None), (True, None), (False, None), (False, "asker"), (True, None)]
    stage.at("2026-11-17T03:00:00+00:00")
    await stage.asked(text=TEXT + " Câu ngày mai.")
    assert (await stage.events("question_asked"))[-1]["reachable"] is True


async def test_first_mails_are_counted_by_mailbox_and_one_after_the_other(stage):
    told = await asyncio.gather(
        *(
            stage.send(
                "nobody",
                "POST",
                "/questions",
                body(
                    text=f"{TEXT} Câu thứ {number}.",
                    values={**PERSON, "email": f"anh+{number}@motcua.example"},
                ),
            )
            for number in range(6)
        )
    )
    assert {one.status_code for one in told} == {201}
    facts = await stage.events("question_asked")
    assert sorted(fact["reachable"] for fact in facts) == [False] * 3 + [True] * 3
    assert mailbox("+@a.vn") == "+@a.vn"


async def test_what_no_mail_told_of_at_first_no_mail_tells_of_later(stage):
    for number in range(4):
        last = await stage.asked(text=f"{TEXT} Câu thứ {number}.")
    sentence = {"ground": "prohibited", "reason": "Nội dung bị cấm."}
    await stage.does("centre", last["number"], "refusal", **sentence)
    assert (await stage.events("question_refused"))[-1]["reachable"] is False
    followed = await stage.send("nobody", "POST", "/follow-ups", {"key": last["key"]})
    assert (followed.status_code, followed.json()["told_by"]) == (200, "link")
    sent = {
        "category": "system",
        "title": "Cổng chậm",
        "text": "Cổng dịch vụ công mở rất chậm vào buổi sáng.",
        "channel": "published_contacts",
        "came_at": "2026-11-16T01:00:00+00:00",
        "sender": {"email": PERSON["email"]},
    }
    filed = await stage.send("centre", "POST", "/feedback/entries", sent)
    assert filed.status_code == 201, filed.text
    place = f"/feedback/{filed.json()['number']}"
    version = (await stage.send("centre", "GET", place)).json()["version"]
    closing = {"version": version, "ground": "prohibited", "reason": "Nội dung bị cấm."}
    assert (await stage.send("centre", "POST", f"{place}/closing", closing)).status_code == 201
    assert (await stage.events("feedback_closed"))[-1]["reachable"] is False
    assert (await stage.send("centre", "GET", place)).json()["sender"]["email"] == PERSON["email"]


async def test_r_qna_03_a_number_an_account_asked_under_holds_for_it_whatever_it_says_of_itself(stage):
    await stage.asked("asker")
    await barred(stage, id_number=PERSON["id_number"])
    for who, held in (("asker", True), ("stranger", False)):
        told = (await stage.send(who, "POST", "/bar-checks", {"id_number": "001190000018"})).json()
        assert bool(told["sentence"]) is held


async def test_whether_an_account_follows_is_told_to_who_asks(stage):
    for who, follows in (("asker", True), ("nobody", False), ("owner", False)):
        assert (await stage.asked(who, text=f"{TEXT} Tôi là {who} hỏi.", warnings_seen=True))[
            "account"
        ] is follows
