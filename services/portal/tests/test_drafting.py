"""Drafting an answer: texts taken over with one press, kept while typed, mended by the leader, nothing lost."""

from collections.abc import Callable

import pytest
from portal_stage import asked, surveyed, told
from portal_stage.fakes import problem
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
ONE = f"/can-bo/hoi-dap/{asked.NUMBER}"
API = f"/api/qa/questions/{asked.NUMBER}"
SURVEY = f"/can-bo/khao-sat/{surveyed.DRAFT}"
DRAFT, KEPT, MENDING = f"{ONE}/du-thao", f"{ONE}/du-thao/tu-luu", f"{ONE}/sua-du-thao"
TYPED = {"text": "Nộp tờ khai tại xã.", "version": "2", "cited-0-number": "1/2026/QH16"}


async def officer(browse: Browse) -> Visitor:
    """Sign in as who answers."""
    return await browse().sign_in("qa_owner")


async def test_r_qna_17_texts_near_the_question_are_suggested_with_why(browse: Browse) -> None:
    page = (await (await officer(browse)).get(DRAFT)).text
    listed = page[page.index('id="suggested-texts"') : page.index('id="cited-0"')]
    order = [
        listed.index(f'value="{number}"') for number in ("87/2020/NĐ-CP", "60/2014/QH13", "04/2020/TT-BTP")
    ]
    assert order == sorted(order), "this procedure's answers, what it rests on, then others"
    for words in ("đã viện dẫn khi trả lời về thủ tục này", "căn cứ pháp lý của thủ tục", "4 lần"):
        assert words in listed
    assert f'value="{asked.CITED["number"]}"' not in listed, "what stands in the draft is not suggested again"


async def test_r_qna_17_one_press_takes_a_text_over_and_every_word_stays(browse: Browse) -> None:
    visitor = await officer(browse)
    page = (await visitor.post(DRAFT, DRAFT, {**TYPED, "take": "87/2020/NĐ-CP"})).text
    for place, value in (
        ("cited-0-number", "1/2026/QH16"),
        ("cited-1-number", "87/2020/NĐ-CP"),
        ("cited-1-title", "Cơ sở dữ liệu hộ tịch"),
        ("cited-1-issued_on", "15/11/2015"),
        ("cited-1-effective_on", "01/01/2016"),
    ):
        assert f'id="{place}" name="{place}" type="text" spellcheck="false" value="{value}"' in page, place
    assert TYPED["text"] in page
    assert 'value="87/2020/NĐ-CP" formaction' not in page
    assert "#cited-2" in page, "the next one goes into the next row"
    assert "Có chỗ cần sửa" not in page
    assert visitor.fake.calls("PUT", f"{API}/draft") == []


async def test_r_qna_17_a_text_that_the_catalogue_names_in_part_is_to_be_completed(
    browse: Browse,
) -> None:
    visitor = await officer(browse)
    page = (await visitor.post(DRAFT, DRAFT, {**TYPED, "take": "60/2014/QH13"})).text
    assert 'name="cited-1-number" type="text" spellcheck="false" value="60/2014/QH13"' in page
    assert 'name="cited-1-title" type="text" spellcheck="false" value="Luật Hộ tịch"' in page
    assert "còn phải ghi nốt" in (await visitor.get(DRAFT)).text


async def test_r_qna_17_texts_are_looked_for_beside_the_draft(browse: Browse) -> None:
    visitor = await officer(browse)
    page = (await visitor.post(DRAFT, DRAFT, {**TYPED, "find": "dữ liệu", "next": "find"})).text
    assert visitor.fake.calls("GET", f"{API}/citations")[-1].query == {"q": "dữ liệu"}
    assert 'value="dữ liệu"' in page
    assert "60/2014/QH13" not in page, "its number does not hold these words"
    assert TYPED["text"] in page


async def test_a_draft_stands_where_neither_neighbour_answers(browse: Browse) -> None:
    visitor = await officer(browse)
    for place in (f"GET {API}/citations", "GET /api/catalog/procedures/1.001193"):
        visitor.fake.answers[place] = problem(503, "away", "")
    page = await visitor.get(DRAFT)
    assert (page.status_code, "Chưa có văn bản nào để gợi ý" in page.text) == (200, True)


async def test_what_is_typed_is_kept_and_the_page_goes_on_with_the_new_version(browse: Browse) -> None:
    visitor = await officer(browse)
    visitor.fake.answers[f"PUT {API}/draft"] = asked.question(version=3)
    half = {"cited-1-title": "Luật chưa ghi số", "cited-2-number": "9/2026", "cited-2-issued_on": "hôm qua"}
    told_ = (await visitor.post(DRAFT, KEPT, {**TYPED, **half})).text
    assert told_.startswith("Đã lưu lúc ")
    assert "văn bản ghi chưa đủ thì chưa lưu" in told_
    assert 'name="version" value="3"' in told_
    assert f'name="stood" value="{asked.question()["draft"]["at"][:10]}' in told_
    [call] = visitor.fake.calls("PUT", f"{API}/draft")
    assert [one["number"] for one in call.body["citations"]] == ["1/2026/QH16"]
    assert (call.body["submit"], call.body["version"]) == (False, 2)
    page = (await visitor.get(DRAFT)).text
    assert f'hx-post="{KEPT}"' in page
    assert page.index('name="version"') < page.index(f'hx-post="{KEPT}"'), (
        "what is swapped in comes last and holds"
    )


@pytest.mark.parametrize(
    ("version", "answer", "words"),
    [
        ("1", asked.question(), "vừa có thay đổi"),
        ("2", problem(422, "invalid-input", "Ngắn quá."), "Chưa lưu được"),
        ("2", problem(503, "away", ""), "Chưa lưu được"),
    ],
)
async def test_what_could_not_be_kept_is_said_and_a_colleagues_draft_never_written_over(
    browse: Browse, version: str, answer: object, words: str
) -> None:
    visitor = await officer(browse)
    visitor.fake.answers[f"PUT {API}/draft"] = answer
    said = (await visitor.post(DRAFT, KEPT, {**TYPED, "version": version})).text
    assert (words in said, 'name="version"' in said) == (True, False)
    assert len(visitor.fake.calls("PUT", f"{API}/draft")) == (version == "2")


async def test_a_form_shown_again_is_still_about_the_version_that_was_seen(browse: Browse) -> None:
    visitor = await officer(browse)
    page = (await visitor.post(DRAFT, DRAFT, {**TYPED, "version": "1", "take": "87/2020/NĐ-CP"})).text
    assert 'name="version" value="1"' in page


async def test_r_qna_20_the_leader_mends_a_draft_and_sees_how_it_came(browse: Browse) -> None:
    visitor = await officer(browse)
    assert f'href="{MENDING}"' in (await visitor.get(ONE)).text
    release = (await visitor.get(f"{ONE}/viec/phat-hanh")).text
    assert f'href="{MENDING}"' in release
    for page in ((await visitor.get(ONE)).text, release, (await visitor.get(MENDING)).text):
        assert "Bản trước khi lãnh đạo sửa: Phạm Thị Dung" in page
        assert asked.AS_IT_CAME["text"] in page
    assert "hx-post" not in (await visitor.get(MENDING)).text, (
        "each version of a leader stands in the history"
    )
    sent = await visitor.post(MENDING, MENDING, {**TYPED, "next": "save"})
    assert sent.headers["location"] == ONE
    [call] = visitor.fake.calls("POST", f"{API}/draft-mending")
    assert (call.body["text"], call.body["version"], "submit" in call.body) == (TYPED["text"], 2, False)


LEFT = {
    f"{ONE}/viec/khong-nhan": (ONE, "reason"),
    f"{ONE}/viec/phat-hanh": (ONE, "position"),
    f"/can-bo/phan-anh/{told.NUMBER}/viec/tra-loi": (f"/can-bo/phan-anh/{told.NUMBER}", "text"),
    "/can-bo/phan-anh/nhap": ("/can-bo/phan-anh", "title"),
    f"/can-bo/danh-gia/{told.TASK}": ("/can-bo/danh-gia", "done"),
    "/can-bo/hoi-dap/huong-dan": ("/can-bo/hoi-dap", "vi"),
    "/can-bo/quan-tri/khong-duoc-hoi/moi": ("/can-bo/quan-tri/khong-duoc-hoi", "ground"),
    f"/can-bo/quan-tri/khong-duoc-hoi/{asked.BAR['id']}/cham-dut": (
        "/can-bo/quan-tri/khong-duoc-hoi",
        "reason",
    ),
    MENDING: (ONE, "text"),
    "/can-bo/khao-sat/moi": ("/can-bo/khao-sat", "title_vi"),
    f"{SURVEY}/sua": (SURVEY, "title_vi"),
    f"{SURVEY}/cau-hoi/moi": (SURVEY, "vi"),
    f"{SURVEY}/cong-bo": (SURVEY, "opens_on"),
    "/hoi-dap/dat-cau-hoi": ("/hoi-dap", "text"),
    "/phan-anh-kien-nghi/gui": ("/phan-anh-kien-nghi", "text"),
}


@pytest.mark.parametrize("place", LEFT)
async def test_the_way_back_asks_before_what_was_typed_is_left_behind(browse: Browse, place: str) -> None:
    visitor, (home, name) = await browse().sign_in("qa_owner", "coordinator", "province_office"), LEFT[place]
    page = (await visitor.get(place)).text
    assert page.count('name="next" value="back"') == 2, "above the heading and beside the button"
    sent = await visitor.post(place, place, {"version": "2", "next": "back", name: "Điều vừa ghi"})
    assert (sent.status_code, "Điều vừa ghi" in sent.text, 'href="#leave"' in sent.text) == (422, True, True)
    assert f'id="leave" href="{home}"' in sent.text
    sent_on = [call.path for call in visitor.fake.asked if call.method != "GET" and "/api/qa/" in call.path]
    assert [path for path in sent_on if not path.endswith("/bar-checks")] == []


async def test_the_way_back_leads_back_where_nothing_was_typed(browse: Browse) -> None:
    visitor, place = await officer(browse), f"{ONE}/viec/phat-hanh"
    shown = {"full_name": "Hoàng Văn Bình", "position": "Chủ tịch", "phone": "", "email": ""}
    visitor.fake.answers["GET /api/catalog/agencies/H42.101"] = problem(503, "away", "")
    sent = await visitor.post(place, place, {**shown, "version": "2", "next": "back"})
    assert (sent.status_code, sent.headers.get("location")) == (303, ONE)


async def test_r_fbk_08_a_reply_to_feedback_is_kept_while_it_is_typed_as_a_draft_is(browse: Browse) -> None:
    visitor = await browse().sign_in("agency_head")
    place = f"/can-bo/phan-anh/{told.NUMBER}/viec/tra-loi"
    page = (await visitor.get(place)).text
    for words in ("Đã kiểm tra và</textarea>", f'hx-post="{place}/tu-luu"', "htmx-4"):
        assert words in page, words
    kept = await visitor.post(place, f"{place}/tu-luu", {"text": "Đã kiểm tra và nhắc", "version": "2"})
    assert ("Đã lưu lúc" in kept.text, 'name="version" value="2"' in kept.text) == (True, True)
    [call] = visitor.fake.calls("PUT", f"/api/qa/feedback/{told.NUMBER}/draft")
    assert call.body == {"version": 2, "text": "Đã kiểm tra và nhắc"}
    late = await visitor.post(place, f"{place}/tu-luu", {"text": "Bản cũ", "version": "1"})
    assert "xem cả hai bản" in late.text
    assert len(visitor.fake.calls("PUT", f"/api/qa/feedback/{told.NUMBER}/draft")) == 1
    visitor.fake.answers[f"POST /api/qa/feedback/{told.NUMBER}/*"] = problem(409, "stale-version", "Đã đổi.")
    both = await visitor.post(place, place, {"text": "Bản của tôi", "version": "1"})
    assert all(words in both.text for words in ("Bản của tôi", "đã lưu một dự thảo khác", "Phạm Thị Dung"))
