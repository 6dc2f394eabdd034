"""Feedback and ratings on pages: given, followed, entered for others, settled, published; a dossier is rated."""

from collections.abc import Callable
from typing import Any

import pytest
from portal.api.questions.feedback_desk import BY_SLUG
from portal_stage import told
from portal_stage.asked import KEY
from portal_stage.fakes import problem
from portal_stage.samples import CODE
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
SECTION, SEND = "/phan-anh-kien-nghi", "/phan-anh-kien-nghi/gui"
LIST = "/can-bo/phan-anh"
ONE, API = f"{LIST}/{told.NUMBER}", f"/api/qa/feedback/{told.NUMBER}"
TYPED = {"category": "conduct", "dossier": CODE, "title": "Chờ quá lâu", "text": "Tôi chờ hai giờ."}
SENDER = {"name": "Trần Văn Đức", "email": "", "phone": "0900000002", "address": ""}
SENT: dict[str, dict[str, Any]] = {
    "phan-loai": {"agency": "H42.101", "category": "conduct", "note": ""},
    "tra-loi": {"text": "Đã nhắc nhở bộ phận."},
    "khong-xu-ly": {"ground": "complaint", "reason": "Là khiếu nại", "channel": ""},
    "tra-lai": {"reason": "Không thuộc cơ quan"},
    "cung-xu-ly": {"agencies": "H42.15", "reason": "Cần phối hợp"},
    "cong-khai": {"title": "Chờ lâu", "text": "", "result": "Đã nhắc nhở."},
    "xac-nhan-cong-khai": {"checked": "true"},
    "khong-cong-khai": {"reason": "Còn lộ người gửi"},
    "go-cong-khai": {"reason": "Người gửi nhận ra mình"},
}


async def test_r_fbk_05_the_way_to_give_feedback_stands_at_home_and_on_every_service(browse: Browse) -> None:
    visitor = browse()
    for place in ("/", "/thu-tuc/1.001193"):
        page = (await visitor.get(place)).text
        assert f'href="{SECTION}"' in page
        assert "bạn nhận số để theo dõi" in page.lower()


async def test_r_fbk_04_the_section_names_each_way_the_time_and_where_complaints_go(browse: Browse) -> None:
    page = (await browse().get(SECTION)).text
    assert all(
        words in page for words in ("Văn bản giấy", "3 ngày làm việc", "Khiếu nại, tố cáo theo luật", SEND)
    )
    assert "Đã nhắc." in page, "what was published of others' is read here"


async def test_r_fbk_01_feedback_about_a_dossier_gets_a_number_and_a_link(browse: Browse) -> None:
    visitor = browse()
    assert CODE in (await visitor.get(f"{SEND}?dossier={CODE}")).text
    sent = await visitor.post(SEND, SEND, {**TYPED, **SENDER})
    assert sent.headers["location"] == f"{SECTION}/theo-doi/{KEY}/da-gui"
    [call] = visitor.fake.calls("POST", "/api/qa/feedback")
    assert call.body == {**TYPED, "sender": SENDER, "files": []}
    receipt = (await visitor.get(sent.headers["location"])).text
    assert told.NUMBER in receipt
    assert f"{SECTION}/theo-doi/{KEY}" in receipt


async def test_r_fbk_02_where_an_account_is_needed_the_page_asks_to_sign_in(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers["GET /api/qa/feedback-terms"] = told.terms(needs_account=True)
    assert "/dang-nhap" in (await visitor.get(SEND)).headers["location"]
    citizen = await browse().sign_in()
    citizen.fake.answers["GET /api/qa/feedback-terms"] = told.terms(needs_account=True)
    sent = await citizen.post(SEND, SEND, TYPED)
    assert sent.headers["location"] == f"{SECTION}/cua-toi/{told.NUMBER}/da-gui"
    assert told.NUMBER in (await citizen.get(f"{SECTION}/cua-toi")).text


async def test_a_province_that_takes_none_here_leads_to_the_other_ways(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers["GET /api/qa/feedback-terms"] = told.terms(from_portal=False)
    assert (await visitor.get(SEND)).headers["location"] == SECTION
    assert SEND not in (await visitor.get(SECTION)).text


@pytest.mark.parametrize("name", ["category", "title", "text"])
async def test_feedback_without_its_heart_stays_as_typed(browse: Browse, name: str) -> None:
    visitor = browse()
    sent = await visitor.post(SEND, SEND, {**TYPED, **SENDER, name: ""})
    assert (sent.status_code, f'href="#{name}"' in sent.text, "Trần Văn Đức" in sent.text) == (
        422,
        True,
        True,
    )
    assert visitor.fake.calls("POST", "/api/qa/feedback") == []


async def test_r_fbk_10_the_sender_reads_the_reply_by_the_link_and_nobody_without_it(browse: Browse) -> None:
    visitor = browse()
    page = (await visitor.get(f"{SECTION}/theo-doi/{KEY}")).text
    assert all(words in page for words in ("Đã nhắc nhở bộ phận.", "Không ai gọi số.", "Mục Phản ánh"))
    visitor.fake.answers["POST /api/qa/follow-ups/feedback"] = problem(404, "feedback-not-found", "Không có.")
    assert (await visitor.get(f"{SECTION}/theo-doi/abc")).status_code == 404


async def test_r_fbk_03_an_officer_enters_what_came_by_another_channel(browse: Browse) -> None:
    officer, place = await browse().sign_in("coordinator"), f"{LIST}/nhap"
    assert place in (await officer.get(LIST)).text
    came = {"channel": "phone", "came_at": "09:30 27/11/2026"}
    sent = await officer.post(place, place, {**came, **TYPED, **SENDER})
    assert sent.headers["location"] == LIST
    [call] = officer.fake.calls("POST", "/api/qa/feedback/entries")
    assert (call.body["channel"], call.body["came_at"]) == ("phone", "2026-11-27T09:30:00+07:00")
    assert call.body["sender"] == SENDER
    wrong = await officer.post(place, place, {**came, **TYPED, "came_at": "hôm qua"})
    assert 'href="#came_at"' in wrong.text


async def test_r_fbk_07_one_piece_shows_its_clocks_and_each_deed_that_is_allowed(browse: Browse) -> None:
    officer = await browse().sign_in("coordinator")
    page = (await officer.get(ONE)).text
    assert all(f"{ONE}/viec/{slug}" in page for slug in BY_SLUG)
    assert all(words in page for words in ("Trần Văn Đức", "Sở Tư pháp", "Không ai gọi số."))
    officer.fake.answers[f"GET {API}"] = told.one(actions=["reply"], publication=None, sender=None)
    assert [slug for slug in BY_SLUG if f"/viec/{slug}" in (await officer.get(ONE)).text] == ["tra-loi"]
    assert (await officer.get(f"{ONE}/viec/phan-loai")).headers["location"] == ONE
    assert (await officer.get(f"{ONE}/viec/khong-co")).status_code == 404
    assert "trễ" in (await officer.get(f"{LIST}?xong=1")).text


@pytest.mark.parametrize("slug", BY_SLUG)
async def test_a_deed_on_feedback_is_sent_as_its_service_takes_it(browse: Browse, slug: str) -> None:
    officer, deed, place = await browse().sign_in("coordinator"), BY_SLUG[slug], f"{ONE}/viec/{slug}"
    done = await officer.post(place, place, {**SENT[slug], "version": "2"})
    assert done.headers["location"] == (LIST if deed.leaves else ONE)
    [call] = officer.fake.calls(deed.method, f"{API}/{deed.action}")
    wanted = SENT[slug] | ({"agencies": ["H42.15"]} if slug == "cung-xu-ly" else {})
    wanted.pop("checked", None)  # a promise of whoever does it
    assert call.body == {**wanted, "version": 2}


async def test_r_fbk_13_a_result_is_published_by_who_read_it_beside_the_original(browse: Browse) -> None:
    officer, place = await browse().sign_in("coordinator"), f"{ONE}/viec/xac-nhan-cong-khai"
    page = (await officer.get(place)).text
    assert all(words in page for words in ("Đã nhắc.", "Bản gốc để đối chiếu", "Không ai gọi số."))
    sent = await officer.post(place, place, {"version": "2"})
    assert (sent.status_code, 'href="#checked"' in sent.text) == (422, True)
    assert officer.fake.calls("POST", f"{API}/publication/confirmation") == []


async def test_r_fbk_13_a_result_comes_masked_and_what_is_doubted_is_sent_by_a_tick_alone(
    browse: Browse,
) -> None:
    officer, place = await browse().sign_in("coordinator"), f"{ONE}/viec/cong-khai"
    officer.fake.answers[f"GET {API}"] = told.one(publication=None)
    page = (await officer.get(place)).text
    assert "Gọi […]." in page
    assert "doubts_seen" not in page
    doubt = [{"field": "result", "rule": "doubtful", "message": "Có thể lộ: Khoa."}]
    officer.fake.answers[f"PUT {API}/publication"] = problem(422, "publication-doubtful", "Lộ?", doubt)
    fields = {"title": "Chờ lâu", "result": "Ông Khoa bị nhắc.", "version": "2"}
    sent = await officer.post(place, place, fields)
    assert all(words in sent.text for words in ('href="#result">Có thể lộ', 'id="doubts_seen"'))
    officer.fake.answers[f"PUT {API}/publication"] = told.one()
    await officer.post(place, place, {**fields, "doubts_seen": "true"})
    assert officer.fake.calls("PUT", f"{API}/publication")[-1].body["doubts_seen"] is True
    officer.fake.answers[f"GET {API}"] = told.one()
    looked = (await officer.get(f"{ONE}/viec/xac-nhan-cong-khai")).text
    assert "<mark>hai giờ</mark>" in looked


async def test_urging_leads_back_to_the_piece(browse: Browse) -> None:
    officer = await browse().sign_in("coordinator")
    assert (await officer.post(ONE, f"{ONE}/don-doc", {"version": "2"})).headers["location"] == ONE
    assert officer.fake.calls("POST", f"{API}/reminder")[0].body == {"version": 2}


async def test_r_sat_01_a_dossier_leads_to_its_rating_which_can_be_changed(browse: Browse) -> None:
    citizen, place = await browse().sign_in(), f"/ho-so-cua-toi/{CODE}/danh-gia/result"
    assert place in (await citizen.get(f"/ho-so-cua-toi/{CODE}")).text
    empty = await citizen.post(place, place, {"progress": "4"})
    assert 'href="#quality"' in empty.text
    sent = await citizen.post(place, place, {"progress": "4", "quality": "5", "comment": "Nhanh"})
    assert sent.headers["location"] == f"/ho-so-cua-toi/{CODE}"
    [call] = citizen.fake.calls("PUT", f"/api/qa/own-ratings/{CODE}/result")
    assert call.body == {"progress": 4, "quality": 5, "comment": "Nhanh", "version": 0}
    rated = told.phase(progress=4, quality=5, comment="Lời của trang kia", version=3)
    citizen.fake.answers[f"GET /api/qa/own-ratings/{CODE}"] = {"dossier": CODE, "phases": [rated]}
    assert "Sửa đánh giá" in (await citizen.get(f"/ho-so-cua-toi/{CODE}")).text
    citizen.fake.answers[f"PUT /api/qa/own-ratings/{CODE}/result"] = problem(409, "stale-version", "")
    lost = await citizen.post(place, place, {"progress": "1", "quality": "1", "version": "1"})
    for words in ("sửa ở một trang khác", "Lời của trang kia", 'name="version" value="3"'):
        assert words in lost.text


async def test_r_sat_01_what_is_over_is_not_rated_and_a_dossier_stands_without_the_service(
    browse: Browse,
) -> None:
    citizen, place = await browse().sign_in(), f"/ho-so-cua-toi/{CODE}/danh-gia/result"
    over = {"dossier": CODE, "phases": [told.phase(open=False)]}
    citizen.fake.answers[f"GET /api/qa/own-ratings/{CODE}"] = over
    assert (await citizen.get(place)).headers["location"] == f"/ho-so-cua-toi/{CODE}"
    assert place not in (await citizen.get(f"/ho-so-cua-toi/{CODE}")).text
    citizen.fake.answers[f"GET /api/qa/own-ratings/{CODE}"] = problem(503, "away", "")
    assert (await citizen.get(f"/ho-so-cua-toi/{CODE}")).status_code == 200
