"""Files on the pages of questions and feedback: chosen with scripts or without, kept beside the words, handed out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from portal_stage import asked, told
from portal_stage.fakes import problem
from portal_stage.site import Visitor
from starlette.responses import Response

Browse = Callable[..., Visitor]
ASK, SEND = "/hoi-dap/dat-cau-hoi", "/phan-anh-kien-nghi/gui"
FOLLOWED, OWN = f"/hoi-dap/theo-doi/{asked.KEY}", f"/hoi-dap/cua-toi/{asked.NUMBER}"
FEEDBACK = {"category": "conduct", "title": "Chờ quá lâu", "text": "Tôi chờ hai giờ.", "phone": "0900000002"}
QUESTION = {
    "topic": "procedures",
    "title": "Đăng ký khai sinh muộn",
    "text": "Con tôi đã 3 tuổi. Cần giấy tờ gì?",
    "asker_kind": "individual",
    "individual-full_name": "Nguyễn Thị Ánh",
    "individual-reply_email": "anh@motcua.example",
}
NOTE = re.compile(r'name="taken" value="([^"]*)"')
PAPER = ("files", ("giấy khai sinh.pdf", b"%PDF-1.7", "application/pdf"))
UPLOADS = "/api/qa/uploads"
FILE = asked.FILE["id"]
GIVEN = Response(
    b"%PDF-1.7", media_type="application/pdf", headers={"content-disposition": "attachment; filename=a.pdf"}
)
Sending = tuple[str, str, str, dict[str, Any]]
FORMS: dict[str, Sending] = {
    "a question": (ASK, ASK, "/api/qa/questions", QUESTION),
    "a supplement": (FOLLOWED, f"{FOLLOWED}/hoi-them", "/api/qa/follow-ups/supplements", {"text": "Còn gì?"}),
    "feedback": (SEND, SEND, "/api/qa/feedback", FEEDBACK),
}


def note(page: str) -> str:
    """Return what a page holds of files that were sent ahead."""
    found = NOTE.search(page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("what", FORMS)
async def test_a_file_goes_ahead_and_its_ticket_with_the_form(browse: Browse, what: str) -> None:
    page, path, api, typed = FORMS[what]
    visitor = browse()
    sent = await visitor.post(page, path, typed, files=[PAPER])
    assert sent.status_code == 303, sent.text
    [upload], [call] = visitor.fake.calls("POST", UPLOADS), visitor.fake.calls("POST", api)
    assert b"%PDF-1.7" in upload.body
    assert call.body["files"] == [asked.TICKET]


@pytest.mark.parametrize("what", FORMS)
async def test_a_refused_file_sends_nothing_and_every_word_stays(browse: Browse, what: str) -> None:
    page, path, api, typed = FORMS[what]
    visitor = browse()
    visitor.fake.answers[f"POST {UPLOADS}"] = problem(403, "file-quarantined", "Tệp có mã độc.")
    shown = await visitor.post(page, path, typed, files=[PAPER])
    assert (shown.status_code, visitor.fake.calls("POST", api)) == (422, [])
    assert '<a href="#files">Tệp có mã độc.</a>' in shown.text
    assert typed["text"] in shown.text
    assert note(shown.text) == ""


async def test_a_file_that_was_taken_stays_while_the_rest_is_put_right_and_is_sent_once(
    browse: Browse,
) -> None:
    visitor = browse()
    taken = visitor.fake.answers["POST /api/qa/questions"]
    visitor.fake.answers["POST /api/qa/questions"] = problem(422, "invalid-input", "Ghi tóm tắt.")
    shown = await visitor.post(ASK, ASK, QUESTION, files=[PAPER])
    assert (shown.status_code, "giay.pdf" in shown.text) == (422, True)
    visitor.fake.answers["POST /api/qa/questions"] = taken
    await visitor.post(ASK, ASK, {**QUESTION, "taken": note(shown.text)})
    call = visitor.fake.calls("POST", "/api/qa/questions")[-1]
    assert call.body["files"] == [asked.TICKET]
    assert len(visitor.fake.calls("POST", UPLOADS)) == 1


async def test_files_are_added_and_dropped_without_scripts_and_nothing_is_asked_yet(browse: Browse) -> None:
    visitor = browse()
    added = await visitor.post(ASK, ASK, {**QUESTION, "add": "1"}, files=[PAPER])
    assert (added.status_code, "Có chỗ cần sửa" in added.text) == (200, False)
    assert QUESTION["text"] in added.text
    assert f'name="drop" value="{asked.TICKET[:8]}"' in added.text
    typed = {**QUESTION, "taken": note(added.text), "drop": asked.TICKET[:8]}
    dropped = await visitor.post(ASK, ASK, typed)
    assert (dropped.status_code, note(dropped.text)) == (200, "")
    assert visitor.fake.calls("POST", "/api/qa/questions") == []


async def test_more_files_than_are_taken_are_told_by_name_and_a_made_up_note_holds_nothing(
    browse: Browse,
) -> None:
    visitor = browse()
    many = [("files", (f"{n}.pdf", b"%d" % n, "application/pdf")) for n in range(6)]
    shown = await visitor.post(ASK, ASK, QUESTION, files=many)
    assert "Chỉ gửi kèm được 5 tệp; “5.pdf” chưa được nhận." in shown.text
    assert len(visitor.fake.calls("POST", UPLOADS)) == 5
    await visitor.post(ASK, ASK, {**QUESTION, "taken": "x" * 90})
    assert visitor.fake.calls("POST", "/api/qa/questions")[0].body["files"] == []


async def test_the_same_form_sent_twice_sends_its_file_under_one_key(browse: Browse) -> None:
    visitor = browse()
    typed = {**QUESTION, "request_key": "k-1"}
    for _ in range(2):
        await visitor.post(ASK, ASK, typed, files=[PAPER])
    keys = {call.headers["idempotency-key"] for call in visitor.fake.calls("POST", UPLOADS)}
    assert len(keys) == 1


async def test_a_file_that_was_taken_need_not_be_chosen_again_when_the_service_goes_away(
    browse: Browse,
) -> None:
    visitor = browse()
    visitor.fake.answers["POST /api/qa/questions"] = problem(503, "away", "")
    shown = await visitor.post(ASK, ASK, QUESTION, files=[PAPER])
    assert (shown.status_code, "Hãy chọn lại tệp" in shown.text) == (503, False)
    assert note(shown.text)


async def test_an_officer_enters_a_scan_with_what_came_on_paper(browse: Browse) -> None:
    officer = await browse().sign_in("coordinator")
    entry = "/can-bo/phan-anh/nhap"
    typed = {**FEEDBACK, "channel": "paper", "came_at": "09:30 20/11/2026"}
    assert (await officer.post(entry, entry, typed, files=[PAPER])).status_code == 303
    [call] = officer.fake.calls("POST", "/api/qa/feedback/entries")
    assert call.body["files"] == [asked.TICKET]


async def test_an_officer_sees_the_files_with_what_the_scanner_said_and_opens_them_with_the_warning(
    browse: Browse,
) -> None:
    officer = await browse().sign_in("qa_owner")
    one = f"/can-bo/hoi-dap/{asked.NUMBER}"
    api = f"/api/qa/questions/{asked.NUMBER}/files/{FILE}"
    officer.fake.answers[f"GET {api}"] = GIVEN
    page = (await officer.get(one)).text
    assert f'href="{one}/tep/{FILE}"' in page
    assert f'href="{one}/tep/{FILE[:-1]}2?mo=1"' in page
    assert "chỉ mở khi cần" in page
    kept, seen = await officer.get(f"{one}/tep/{FILE}"), await officer.get(f"{one}/tep/{FILE}?xem=1&mo=1")
    assert kept.headers["content-disposition"] == "attachment; filename=a.pdf"
    assert seen.headers["content-disposition"] == "inline; filename=a.pdf"
    assert kept.headers["x-content-type-options"] == "nosniff"
    queries = [call.query for call in officer.fake.calls("GET", api)]
    assert queries == [{}, {"unscanned": "open", "shown": "screen"}]
    feedback = (await officer.get(f"/can-bo/phan-anh/{told.NUMBER}")).text
    assert "bản chụp do cán bộ đưa vào" in feedback


async def test_a_file_that_is_held_or_infected_has_no_link(browse: Browse) -> None:
    officer = await browse().sign_in("qa_owner")
    for scan, words in (("pending", "Đang quét mã độc"), ("infected", "tệp bị chặn")):
        shown = asked.question(files=[{**asked.FILE, "scan": scan}])
        officer.fake.answers[f"GET /api/qa/questions/{asked.NUMBER}"] = shown
        page = (await officer.get(f"/can-bo/hoi-dap/{asked.NUMBER}")).text
        assert (words in page, f"/tep/{FILE}" in page) == (True, False)


async def test_r_qna_25_who_asked_gets_the_file_back_by_link_and_in_the_account_and_nobody_else(
    browse: Browse,
) -> None:
    visitor = browse()
    visitor.fake.answers["POST /api/qa/follow-ups/files"] = GIVEN
    assert f'href="{FOLLOWED}/tep/{FILE}"' in (await visitor.get(FOLLOWED)).text
    assert (await visitor.get(f"{FOLLOWED}/tep/{FILE}")).content == b"%PDF-1.7"
    [call] = visitor.fake.calls("POST", "/api/qa/follow-ups/files")
    assert (call.body["key"], call.body["file"]) == (asked.KEY, FILE)
    assert (await visitor.get(f"{OWN}/tep/{FILE}")).status_code == 303
    citizen = await browse().sign_in()
    assert (await citizen.get(f"{OWN}/tep/{FILE}")).status_code == 404, (
        "the service knows no such file of hers"
    )
