"""Asking: at any hour, by anybody, with what the province wants to know."""

import pytest
from common.migrations import differences
from qa.models import Base
from qa_stage import AGENCY, COMPANY, PERSON, QA, TEXT, body


async def test_the_tables_are_what_the_models_say(database):
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences, Base.metadata) == []


@pytest.mark.parametrize("moment", ["2026-11-14T20:00:00+00:00", "2027-02-06T03:00:00+00:00"])
async def test_r_qna_01_a_question_is_received_at_any_hour_of_any_day(stage, moment):
    stage.at(moment)
    asked = await stage.asked()
    assert asked["number"].startswith("HD-202")
    assert (await stage.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})).json()[
        "state"
    ] == "asked"


@pytest.mark.parametrize("profile", ["ha-nam"])
async def test_r_qna_01_a_province_without_the_section_takes_none(stage, profile):
    answer = await stage.send("nobody", "POST", "/questions", body())
    assert (answer.status_code, answer.json()["code"]) == (404, "questions-closed")
    assert (await stage.send("nobody", "GET", "/terms")).json()["enabled"] is False


async def test_r_qna_02_what_is_missing_is_listed_and_nobody_has_to_sign_in(stage):
    answer = await stage.send("nobody", "POST", "/questions", body(values={"full_name": "Nguyễn Thị Ánh"}))
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["errors"]} == {
        "nationality",
        "id_number",
        "address",
        "email",
    }
    assert (await stage.asked("nobody"))["number"]


@pytest.mark.parametrize(
    ("profile", "person", "company"),
    [
        (
            "thai-nguyen",
            {"full_name", "nationality", "id_number", "address", "email"},
            set(COMPANY),
        ),
        (
            "ninh-binh",
            {"full_name", "nationality", "id_number", "address"},
            {
                "representative_name",
                "representative_position",
                "representative_phone",
                "establishment_number",
                "head_office_address",
            },
        ),
        ("quang-tri", {"name"}, {"name"}),
        ("binh-dinh", {"name"}, {"name"}),
    ],
)
async def test_r_qna_05_r_qna_06_each_province_asks_its_own_fields(stage, profile, person, company):
    forms = (await stage.send("nobody", "GET", "/terms")).json()["forms"]
    assert set(forms["individual"]["data"]["required"]) == person
    assert set(forms["organisation"]["data"]["required"]) == company


@pytest.mark.parametrize("profile", ["quang-tri"])
async def test_r_qna_02_where_any_contact_will_do_one_of_them_is_needed(stage, profile):
    none = await stage.send("nobody", "POST", "/questions", body(values={"name": "Ánh"}))
    assert [one["field"] for one in none.json()["errors"]] == ["reply_phone"]
    assert await stage.asked(values={"name": "Ánh", "reply_email": "anh@motcua.example"})


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("001190000017", True),
        ("0011 9000 0017", True),
        ("123456789", True),
        ("B1234567", True),
        ("12345", False),
        ("000000000000", False),
        ("không có", False),
    ],
)
async def test_r_qna_06_the_number_of_a_persons_paper_has_the_form_of_its_kind(stage, number, right):
    answer = await stage.send("nobody", "POST", "/questions", body(values={**PERSON, "id_number": number}))
    assert (answer.status_code == 201) is right
    if not right:
        assert [one["field"] for one in answer.json()["errors"]] == ["id_number"]


async def test_r_qna_05_an_organisation_asks_with_its_own_fields(stage):
    asked = await stage.asked(asker_kind="organisation", values=COMPANY)
    shown = await stage.seen("centre", asked["number"])
    assert shown["asker"]["kind"] == "organisation"
    assert {cell["told"] for cell in shown["asker"]["cells"]} >= {"Công ty TNHH Sông Cầu", "Lê Thị Cúc"}
    lacking = {name: said for name, said in COMPANY.items() if name != "asker_phone"}
    answer = await stage.send(
        "nobody",
        "POST",
        "/questions",
        body(asker_kind="organisation", values=lacking, text=TEXT + " Cảm ơn."),
    )
    assert [one["field"] for one in answer.json()["errors"]] == ["asker_phone"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Toi muon biet dang ky khai sinh cho con can nhung giay to gi", "no-diacritics"),
        ("Tôi muốn hỏi về khai sinh 😀 cho con, cần giấy tờ gì?", "odd-symbol"),
        ("12345 67890 12345 67890 12345", "no-words"),
        ("Tôi hỏi", "too-short"),
        ("Tôi muốn hỏi về khai sinh. " * 800, "too-long"),
    ],
)
async def test_r_qna_04_a_text_that_cannot_be_taken_is_refused_with_the_rule(stage, text, rule):
    answer = await stage.send("nobody", "POST", "/questions", body(text=text))
    assert answer.status_code == 422
    assert [(one["field"], one["rule"]) for one in answer.json()["errors"]] == [("text", rule)]


async def test_r_qna_04_what_may_be_an_abbreviation_is_shown_once_and_left_to_triage(stage):
    text = "Tôi muốn hỏi UBND xã có nhận hồ sơ khai sinh cho con sinh ở nước ngoài không?"
    first = await stage.send("nobody", "POST", "/questions", body(text=text))
    assert (first.status_code, first.json()["code"]) == (422, "question-text-doubtful")
    assert [(one["rule"], "UBND" in one["message"]) for one in first.json()["errors"]] == [
        ("abbreviation", True)
    ]
    asked = await stage.asked(text=text, warnings_seen=True)
    assert asked["warnings"] == ["UBND"]
    assert (await stage.seen("centre", asked["number"]))["doubts"] == ["UBND"]


@pytest.mark.parametrize("profile", ["quang-tri"])
async def test_r_qna_04_where_the_province_asks_no_such_thing_any_text_is_taken(stage, profile):
    asked = await stage.asked(
        values={"name": "Anh", "reply_phone": "0912345678"},
        text="Cho hoi khai sinh cho con can giay to gi o UBND xa",
    )
    assert asked["warnings"] == []


async def test_r_qna_04_what_a_word_processor_or_a_telephone_pastes_unseen_falls_away(stage):
    table = "Tôi muốn hỏi:\r\n\x07Giấy tờ\t\x07Số bản\x0b\u200b\ufeffTờ khai\t1\u00a0bản.\u2028Nộp ở đâu?"
    asked = await stage.asked(text=table, title="  Khai\u200b sinh\tcho  con ")
    shown = await stage.seen("centre", asked["number"])
    assert shown["text"] == "Tôi muốn hỏi:\nGiấy tờ Số bảnTờ khai 1 bản.\nNộp ở đâu?"
    assert shown["title"] == "Khai sinh cho con"


async def test_r_qna_04_who_writes_in_capitals_throughout_is_understood(stage):
    assert (await stage.asked(text=TEXT.upper()))["warnings"] == []


async def test_r_qna_07_only_topics_of_the_province_may_be_chosen(stage):
    topics = (await stage.send("nobody", "GET", "/terms")).json()["topics"]
    assert [one["value"] for one in topics] == ["legal_rules", "policies", "investment"]
    answer = await stage.send("nobody", "POST", "/questions", body(topic="procedures"))
    assert [one["field"] for one in answer.json()["errors"]] == ["topic"]


async def test_who_knows_no_topic_says_so_and_whoever_sorts_picks_one(stage):
    unsure = (await stage.send("nobody", "GET", "/terms")).json()["topic_unsure"]
    asked = await stage.asked(topic=unsure["value"])
    kept = await stage.tries("centre", asked["number"], "triage", agency=AGENCY, topic=unsure["value"])
    assert [one["field"] for one in kept.json()["errors"]] == ["topic"]
    sorted_ = await stage.does("centre", asked["number"], "triage", agency=AGENCY, topic="policies")
    assert sorted_["topic"] == "policies"


async def test_r_qna_04_everything_that_is_wrong_is_told_at_once(stage):
    lacking = {name: said for name, said in PERSON.items() if name != "address"}
    text = "Tôi hỏi UBND xã về khai sinh cho con, gọi tôi số 0912 345 678 nhé."
    sent = body(topic="", title="Hỏi", text=text, values=lacking)
    wrong = (await stage.send("nobody", "POST", "/questions", sent)).json()["errors"]
    assert {(one["field"], one["rule"]) for one in wrong} == {
        ("topic", "choice"),
        ("title", "too-short"),
        ("address", "required"),
        ("text", "abbreviation"),
        ("text", "personal-data"),
    }


async def test_a_telephone_number_in_a_text_is_told_once_and_taken_if_it_is_meant(stage):
    text = TEXT + " Gọi tôi số 0912 345 678."
    first = await stage.send("nobody", "POST", "/questions", body(text=text))
    assert "0912 345 678" in first.json()["errors"][0]["message"]
    assert (await stage.asked(text=text, warnings_seen=True))["warnings"] == []


async def test_what_an_account_and_a_browser_know_is_offered_in_the_form(stage):
    form = (await stage.send("nobody", "GET", "/terms")).json()["forms"]["individual"]
    [page] = form["pages"]
    known = {one["name"]: (one.get("prefill"), one.get("autocomplete")) for one in page["fields"]}
    assert known["full_name"] == ("account.full_name", "name")
    assert known["email"] == ("account.email", "email")
    assert known["nationality"] == (None, "country-name")


async def test_the_same_question_of_the_same_asker_is_taken_once_while_it_is_open(stage):
    asked = await stage.asked()
    again = await stage.send("nobody", "POST", "/questions", body(text=TEXT.upper() + "  "))
    assert (again.status_code, again.json()["code"]) == (409, "question-already-asked")
    assert asked["number"] in again.json()["detail"]
    assert (await stage.asked(values={**PERSON, "id_number": "001190000018"}))["number"] != asked["number"]


async def test_sent_twice_with_one_key_it_is_one_question(stage):
    web = stage.people["nobody"]
    first, second = [
        await web.post(f"{QA}/questions", json=body(), headers={"Idempotency-Key": "one"}) for _ in range(2)
    ]
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert len(await stage.events("question_asked")) == 1


async def test_an_account_sends_so_many_questions_in_an_hour_and_no_more(stage, monkeypatch):
    monkeypatch.setattr("qa.api.patience.ACCOUNT", 2 / 1000)
    for number in range(2):
        await stage.asked("asker", text=f"{TEXT} Câu thứ {number}.")
    refused = await stage.send("asker", "POST", "/questions", body(text=TEXT + " Câu nữa."))
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3600")
    assert await stage.asked("stranger", text=TEXT + " Câu khác.")


async def test_what_is_named_must_exist(stage):
    for wrong, field in (({"agency": "H42.900"}, "agency"), ({"agency": "X"}, "agency")):
        answer = await stage.send("nobody", "POST", "/questions", body(**wrong))
        assert [one["field"] for one in answer.json()["errors"]] == [field]
    answer = await stage.send("nobody", "POST", "/questions", body(procedure="9.999999"))
    assert [one["field"] for one in answer.json()["errors"]] == ["procedure"]
    assert await stage.asked(procedure="1.001193")


async def test_r_qna_25_the_asker_follows_state_and_answer_by_key_and_in_the_account(stage):
    asked = await stage.asked("asker")
    number, key = asked["number"], asked["key"]
    followed = (await stage.send("nobody", "POST", "/follow-ups", {"key": key})).json()
    assert (followed["state"], followed["number"]) == ("asked", number)
    assert "phân loại" in followed["clock"]["label"].lower()
    assert followed["clock"]["sentence"]
    assert (await stage.send("asker", "GET", "/own-questions")).json()["items"][0]["number"] == number
    await stage.does("centre", number, "triage", agency=AGENCY, topic="policies")
    own = (await stage.send("asker", "GET", f"/own-questions/{number}")).json()
    assert (own["state"], own["agency_name"]) == ("forwarded", "Sở Tư pháp")
    assert [step["label"] for step in own["history"]] == ["Đã gửi câu hỏi", "Đã chuyển cơ quan trả lời"]


async def test_nobody_reads_or_finds_anothers_question(stage):
    asked = await stage.asked("asker")
    number = asked["number"]
    for path in (f"/own-questions/{number}", f"/answers/{number}"):
        assert (await stage.send("stranger", "GET", path)).status_code == 404
    assert (await stage.send("stranger", "GET", "/own-questions")).json()["total"] == 0
    for who in ("other", "owner", "signer"):
        assert (await stage.send(who, "GET", f"/questions/{number}")).status_code == 404
        assert (await stage.send(who, "GET", "/questions")).json()["items"] == []
    wrong = await stage.send("stranger", "POST", "/follow-ups", {"key": number.ljust(43, "x")})
    assert wrong.status_code == 404
    assert asked["key"] not in str(await stage.events())


async def test_events_of_a_question_hold_nothing_its_asker_said(stage):
    await stage.answered()
    told = str(await stage.events())
    assert not any(said in told for said in (*PERSON.values(), TEXT, "khai sinh"))
