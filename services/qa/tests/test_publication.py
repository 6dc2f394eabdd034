"""Publication: masked, looked at twice, found by everybody, taken off again."""

import asyncio
import time

import pytest
from qa.domain.errors import PersonalDataLeftError
from qa.domain.masking import MASK, doubtful_in, expect_unnamed, found_in, masked, own_words
from qa.queries import next_publication
from qa_stage import ANSWER, ASKERS, PERSON, TEXT

TOLD = {"title": "Khai sinh cho con sinh ở nước ngoài", "question": TEXT, "answer": ANSWER}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Gọi tôi số 0912 345 678 nhé", ["phone"]),
        ("Gọi +84912345678", ["phone"]),
        ("0987654321/0905123456", ["phone", "phone"]),
        ("ĐT.0987654321, sđt0987654321", ["phone", "phone"]),
        ("0912–345–678 hoặc (0256) 3 822 294", ["phone", "phone"]),
        ("Căn cước 001190000017", ["id_number"]),
        ("CMND 123456789 của tôi", ["id_number"]),
        ("Căn cước 301190000017", ["id_number"]),
        ("Thư anh.nguyen@motcua.example", ["email"]),
        ("Theo Nghị định 61/2018/NĐ-CP ngày 23/04/2018", []),
        ("Phí 1.200.000 đồng, tổng đài 19001000", []),
        ("Tôi là NGUYEN THI ANH ở tổ 5", ["own"]),
        ("Tôi là Nguyễn Thị Ánh", ["own"]),
    ],
)
def test_what_tells_of_a_person_is_found_by_its_form_and_by_what_the_asker_said(text, kinds):
    assert [one.kind for one in found_in("text", text, ["Nguyễn Thị Ánh"])] == kinds
    assert (MASK in masked(text, ["Nguyễn Thị Ánh"])) is bool(kinds)
    assert found_in("text", masked(text, ["Nguyễn Thị Ánh"]), ["Nguyễn Thị Ánh"]) == []


ASKER = {
    "full_name": "Nguyễn Thị Ánh",
    "nationality": "Việt Nam",
    "asker_position": "Kế toán trưởng",
    "id_number": "001190000017",
    "phone": "+84912345678",
    "email": "anh@motcua.example",
}


@pytest.mark.parametrize(
    "answer",
    [
        "Đã gọi 0912 345 678.",
        "Đã gọi 84.912.345.678.",
        "Đã gửi anh@motcua.example.",
        "Số 001 190 000 017 là đúng.",
        "Kính gửi bà Nguyễn  Thị\nÁnh.",
        "Großstadt: bà NGUYEN THI ANH.",
    ],
)
def test_r_qna_22_an_answer_names_nobody_however_it_is_written(answer: str) -> None:
    with pytest.raises(PersonalDataLeftError):
        expect_unnamed("answer", answer, own_words(ASKER))


@pytest.mark.parametrize(
    "answer", ["Công dân Việt Nam nộp hồ sơ.", "Kế toán trưởng ký.", "Gọi 0229 3871 001."]
)
def test_what_many_share_and_the_agencys_own_number_may_stand_in_an_answer(answer: str) -> None:
    expect_unnamed("answer", answer, own_words(ASKER))


def test_a_long_word_is_looked_through_at_once() -> None:
    began = time.process_time()
    found_in("text", "a" * 20_000, [])
    assert time.process_time() - began < 1


async def test_r_qna_22_personal_data_is_masked_and_looked_at_by_somebody_else_before_everybody_reads(stage):
    text = TEXT + " Tôi là Nguyễn Thị Ánh, điện thoại 0912 345 678, thư anh@motcua.example."
    asked = await stage.answered(text=text, warnings_seen=True)
    number = asked["number"]
    masking = (await stage.send("owner", "GET", f"/questions/{number}/masking")).json()
    told = {(one["kind"], one["text"]) for one in masking["found"]}
    assert told >= {("own", "Nguyễn Thị Ánh"), ("phone", "0912 345 678"), ("own", "anh@motcua.example")}
    left = await stage.tries("owner", number, "publication", **{**TOLD, "question": text})
    assert left.json()["code"] == "personal-data-left"
    await stage.does("owner", number, "publication", **{**TOLD, "question": masking["question"]})
    assert (await stage.send("nobody", "GET", f"/answers/{number}")).status_code == 404
    assert (await stage.tries("owner", number, "publication/confirmation")).status_code == 403
    await stage.does("controller", number, "publication/confirmation")
    public = await stage.send("nobody", "GET", f"/answers/{number}")
    assert public.status_code == 200
    assert not any(said in public.text for said in (*PERSON.values(), "0912"))
    assert public.json()["asker_name"] is None
    assert "chỉ để tham khảo" in public.json()["standing_notice"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gọi anh Nguyễn Văn Bảo để hỏi.", ["Nguyễn Văn Bảo"]),
        ("Kính gửi bà Ánh,\nÔng Trần Văn Đức.", ["Ánh", "Trần Văn Đức"]),
        ("Anh chị nộp tờ khai; cháu bé được cấp thẻ.", []),
    ],
)
def test_what_stands_where_a_name_does_is_in_doubt(text: str, names: list[str]) -> None:
    assert [one.text for one in doubtful_in("answer", text, [])] == names
    assert found_in("answer", text, []) == []


async def test_r_qna_22_what_was_typed_after_the_masking_is_asked_about_and_marked_for_the_second_look(stage):
    number = (await stage.answered())["number"]
    told = {**TOLD, "answer": ANSWER + " Gọi anh Nguyễn Văn Bảo 0912345678."}
    first = await stage.tries("owner", number, "publication", **told)
    assert (first.json()["code"], first.json()["errors"][0]["field"]) == ("publication-doubtful", "answer")
    assert "Nguyễn Văn Bảo" in first.json()["detail"]
    await stage.does("owner", number, "publication", **told, doubts_seen=True)
    marked = (await stage.seen("controller", number))["publication"]["doubtful"]
    assert {(one["field"], one["text"]) for one in marked} == {
        ("answer", "0912345678"),
        ("answer", "Nguyễn Văn Bảo"),
    }


async def test_publications_come_to_be_in_the_order_of_their_numbers(stage):
    """Who reads beyond a number must not miss one that was taken before and stands later."""
    async with stage.database.sessions() as slow, stage.database.sessions() as quick:
        first = await next_publication(slow)
        second = asyncio.create_task(next_publication(quick))
        done, _ = await asyncio.wait({second}, timeout=0.3)
        assert not done
        await slow.commit()
        assert await asyncio.wait_for(second, 5) > first


async def test_r_qna_22_who_proposes_does_not_confirm(stage):
    asked = await stage.answered()
    proposed = await stage.does("centre", asked["number"], "publication", **TOLD)
    assert "publication/confirmation" not in proposed["actions"]
    own = await stage.tries("centre", asked["number"], "publication/confirmation")
    assert (own.status_code, own.json()["code"]) == (403, "second-look-needed")
    refused = await stage.does("controller", asked["number"], "publication/refusal", reason="Còn nêu tên xã.")
    assert refused["publication"]["state"] == "refused"
    assert (await stage.does("owner", asked["number"], "publication", **TOLD))["publication"][
        "state"
    ] == "proposed"


async def test_r_qna_22_a_name_is_shown_only_with_consent(stage):
    asked = await stage.answered()
    refused = await stage.tries("owner", asked["number"], "publication", **TOLD, with_name=True)
    assert refused.json()["code"] == "no-consent"
    unproven = await stage.answered(consent_name=True, text=TEXT + " Xin cảm ơn ạ.")
    typed = await stage.tries("owner", unproven["number"], "publication", **TOLD, with_name=True)
    assert (typed.status_code, typed.json()["code"]) == (422, "name-unproven"), "anybody types any name"
    other = await stage.answered_by("asker", consent_name=True, text=TEXT + " Xin cảm ơn quý cơ quan.")
    await stage.does("owner", other["number"], "publication", **TOLD, with_name=True)
    await stage.does("centre", other["number"], "publication/confirmation")
    told = (await stage.send("nobody", "GET", f"/answers/{other['number']}")).json()
    assert told["asker_name"] == "Nguyễn Thị Ánh"


@pytest.mark.parametrize(
    "q",
    [
        "khai sinh nước ngoài",
        "khai sinh nuoc ngoai",
        "KHAI SINH CHO CON",
        "lam giay khai sinh con o nuoc ngoai",
    ],
)
async def test_r_qna_22_everybody_finds_answers_in_plain_words_with_and_without_marks(stage, q):
    asked = await stage.published()
    await stage.published(
        "Điều kiện cấp giấy phép xây dựng nhà ở riêng lẻ",
        text="Tôi muốn hỏi điều kiện cấp giấy phép xây dựng nhà ở riêng lẻ tại nông thôn.",
    )
    found = (await stage.send("nobody", "GET", f"/answers?q={q}")).json()
    assert found["items"][0]["number"] == asked["number"]


async def test_r_qna_22_answers_are_narrowed_by_topic_agency_and_procedure(stage):
    asked = await stage.published(procedure="1.001193")
    number = asked["number"]
    for query, there in (
        ("topic=legal_rules", True),
        ("topic=policies", False),
        ("agency=H42.101", True),
        ("agency=H42.10", False),
        ("procedure=1.001193", True),
        ("procedure=2.000001", False),
    ):
        for more in ("", "&q=khai sinh"):
            found = (await stage.send("nobody", "GET", f"/answers?{query}{more}")).json()
            assert ([one["number"] for one in found["items"]] == [number]) is there, query + more


async def test_what_is_taken_off_is_found_by_nobody_and_what_is_new_at_once(stage):
    asked = await stage.published()
    assert (await stage.send("nobody", "GET", "/answers?q=khai sinh")).json()["total"] == 1
    other = await stage.published("Khai sinh quá hạn cho con", text=TEXT + " Con tôi đã ba tuổi rồi.")
    assert (await stage.send("nobody", "GET", "/answers?q=khai sinh")).json()["total"] == 2
    await stage.does("centre", asked["number"], "publication/withdrawal", reason="Văn bản đã được thay thế.")
    left = (await stage.send("nobody", "GET", "/answers?q=khai sinh")).json()
    assert [one["number"] for one in left["items"]] == [other["number"]]
    assert (await stage.send("nobody", "GET", f"/answers/{asked['number']}")).status_code == 404
    assert len(await stage.events("answer_withdrawn")) == 1


@pytest.mark.parametrize(
    ("profile", "values", "publishes"),
    [
        ("ninh-binh", ASKERS["ninh-binh"], "no"),
        ("binh-dinh", ASKERS["binh-dinh"], "no"),
        ("quang-tri", ASKERS["quang-tri"], "answers"),
    ],
)
async def test_r_qna_22_each_province_publishes_as_much_as_it_says(stage, profile, values, publishes):
    asked = await stage.answered(values=values)
    assert (await stage.send("nobody", "GET", "/terms")).json()["publishes"] == publishes
    if publishes == "no":
        refused = await stage.tries("owner", asked["number"], "publication", **TOLD)
        assert refused.json()["code"] == "publication-off"
        assert (await stage.send("nobody", "GET", "/answers")).json()["items"] == []
        return
    await stage.does("owner", asked["number"], "publication", **TOLD)
    await stage.does("centre", asked["number"], "publication/confirmation")
    told = (await stage.send("nobody", "GET", f"/answers/{asked['number']}")).json()
    assert (told["question"], told["text"]) == ("", ANSWER)
    assert (await stage.send("nobody", "GET", "/answers.atom")).status_code == 404


async def test_r_qna_22_what_was_proposed_is_checked_again_before_everybody_reads(stage):
    asked = await stage.answered()
    number = asked["number"]
    await stage.does("owner", number, "publication", **TOLD)
    pool = await stage.database.pool()
    await pool.execute(
        "update question set publication = jsonb_set(publication, '{answer}', $1::jsonb) where number = $2",
        '"Kính gửi bà Nguyễn Thị Ánh."',
        number,
    )
    left = await stage.tries("controller", number, "publication/confirmation")
    assert (left.status_code, left.json()["code"]) == (422, "personal-data-left")
    assert (await stage.send("nobody", "GET", f"/answers/{number}")).status_code == 404


async def test_r_qna_22_what_was_asked_by_somebody_erased_is_not_published_and_can_be_taken_off(stage):
    waiting, public = await stage.answered(), await stage.published(text=TEXT + " Xin cảm ơn.")
    await stage.does("owner", waiting["number"], "publication", **TOLD)
    pool = await stage.database.pool()
    await pool.execute("update question set asker = null, asker_sealed = null")
    late = await stage.tries("controller", waiting["number"], "publication/confirmation")
    assert (late.status_code, late.json()["code"]) == (409, "asker-forgotten")
    assert "publication/confirmation" not in (await stage.seen("controller", waiting["number"]))["actions"]
    reason = {"reason": "Văn bản đã được thay thế."}
    await stage.does("controller", public["number"], "publication/withdrawal", **reason)
    again = await stage.tries("owner", public["number"], "publication", **TOLD)
    assert again.json()["code"] == "asker-forgotten"


async def test_r_qna_23_published_items_are_shared_by_api_under_stated_terms(stage):
    asked = await stage.published()
    told = (await stage.send("nobody", "GET", f"/answers/{asked['number']}")).json()
    assert told["reuse_terms"].startswith("Được dùng lại")
    feed = await stage.send("nobody", "GET", "/answers.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert '<rights xml:lang="vi">Được dùng lại' in feed.text
    assert not any(said in feed.text for said in PERSON.values())


async def test_r_qna_26_the_coordinator_says_how_to_take_part(stage):
    words = "Hãy tìm câu trả lời đã có trước khi gửi câu hỏi mới."
    sent = {"vi": words, "en": "Look for an answer before you ask.", "version": 0}
    assert (await stage.send("centre", "PUT", "/guidance", sent)).json()["version"] == 1
    assert (await stage.send("nobody", "GET", "/terms")).json()["guidance"] == words
    assert (await stage.send("centre", "PUT", "/guidance", sent)).status_code == 409
    assert (await stage.send("owner", "PUT", "/guidance", sent)).status_code == 403
