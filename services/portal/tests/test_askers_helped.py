"""Askers are told in time: a bar before the form, how they will hear, what became of a file, what is too large."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from live import FORM
from portal_stage import asked, told
from portal_stage.fakes import problem
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
ASK, SEND = "/hoi-dap/dat-cau-hoi", "/phan-anh-kien-nghi/gui"
FOLLOWED, GIVEN = f"/hoi-dap/theo-doi/{asked.KEY}", f"/phan-anh-kien-nghi/theo-doi/{asked.KEY}"
WORDS = (
    "Bạn chưa được đặt câu hỏi đến hết ngày 31/12/2026, theo quyết định 15/QĐ-VP. Khiếu nại: Thanh tra tỉnh."
)
ROUTES = Path(__file__).parents[2] / "gateway/gateway/routes.yaml"
MB = 1024**2


async def test_r_qna_03_a_barred_account_reads_so_before_it_writes_anything(browse: Browse) -> None:
    citizen = await browse().sign_in()
    citizen.fake.answers["POST /api/qa/bar-checks"] = {"sentence": WORDS}
    page = (await citizen.get(ASK)).text
    assert (WORDS in page, 'name="text"' in page) == (True, False)
    assert 'href="/phan-anh-kien-nghi"' in page
    [call] = citizen.fake.calls("POST", "/api/qa/bar-checks")
    assert call.body == {
        "id_number": "037190001234",
        "email": "congdan@motcua.example",
        "phone": "+84912345678",
    }


async def test_r_qna_03_a_barred_account_sends_no_question_whatever_number_it_types(browse: Browse) -> None:
    citizen = await browse().sign_in()
    typed = {"asker_kind": "individual", "title": "Đăng ký khai sinh", "text": "Cần những giấy tờ gì?"}
    citizen.fake.answers["POST /api/qa/bar-checks"] = {"sentence": WORDS}
    sent = await citizen.post(SEND, ASK, typed)
    assert (sent.status_code, WORDS in sent.text) == (422, True)
    assert citizen.fake.calls("POST", "/api/qa/questions") == []


async def test_r_qna_03_a_stranger_is_checked_when_the_question_is_sent_and_who_is_not_barred_asks(
    browse: Browse,
) -> None:
    stranger = browse()
    assert 'name="text"' in (await stranger.get(ASK)).text
    assert stranger.fake.calls("POST", "/api/qa/bar-checks") == []
    citizen = await browse().sign_in()
    for answer in ({"sentence": None}, problem(429, "too-many-requests", ""), problem(503, "away", "")):
        citizen.fake.answers["POST /api/qa/bar-checks"] = answer
        assert 'name="text"' in (await citizen.get(ASK)).text


@pytest.mark.parametrize(
    ("by", "says"),
    [
        ("link", "không có tin báo: hãy lưu, chụp hoặc in liên kết này ngay"),
        ("email", "Liên kết cũng được gửi đến thư điện tử"),
    ],
)
async def test_r_qna_25_a_receipt_says_how_its_asker_will_hear(browse: Browse, by: str, says: str) -> None:
    visitor = browse()
    visitor.fake.answers["POST /api/qa/follow-ups"] = asked.followed(told_by=by)
    visitor.fake.answers["POST /api/qa/follow-ups/feedback"] = told.sent(told_by=by)
    for place in (FOLLOWED, GIVEN):
        assert says in (await visitor.get(f"{place}/da-gui")).text
        kept = (await visitor.get(place)).text
        assert ("Không có tin báo về việc này" in kept) is (by == "link")


@pytest.mark.parametrize("place", [ASK, SEND])
async def test_r_qna_25_the_form_says_what_leaving_a_telephone_alone_means(
    browse: Browse, place: str
) -> None:
    words = "chỉ ghi số điện thoại thì không có tin báo"
    assert words in (await browse().get(place)).text
    assert words not in (await (await browse().sign_in()).get(place)).text


async def test_malware_is_told_to_both_sides_with_what_to_do(browse: Browse) -> None:
    infected = [{**asked.FILE, "scan": "infected"}]
    visitor = browse()
    visitor.fake.answers["POST /api/qa/follow-ups"] = asked.followed(files=infected)
    page = (await visitor.get(FOLLOWED)).text
    for words in ("cơ quan không mở được", "có thể xảy ra mà bạn không biết", "vẫn được xử lý"):
        assert words in page
    officer = await browse().sign_in("qa_owner")
    officer.fake.answers[f"GET /api/qa/questions/{asked.NUMBER}"] = asked.question(files=infected)
    page = (await officer.get(f"/can-bo/hoi-dap/{asked.NUMBER}")).text
    assert "không ai mở được" in page
    assert "xin bản khác" in page


@pytest.mark.parametrize(("place", "typed"), [(ASK, {"title": "Khai sinh"}), (SEND, {"title": "Chờ lâu"})])
async def test_files_that_are_too_large_are_refused_by_name_and_every_word_stays(
    browse: Browse, place: str, typed: dict[str, str]
) -> None:
    visitor = browse()
    most = asked.FILE_TERMS["file_mb"]
    files = [
        ("files", ("lớn.pdf", b"x" * (most * MB + 1), "application/pdf")),
        ("files", ("nhỏ.pdf", b"x" * (most * MB), "application/pdf")),
    ]
    shown = await visitor.post(place, place, typed, files=files)
    assert (shown.status_code, f'value="{typed["title"]}"' in shown.text) == (422, True)
    assert f"Tệp “lớn.pdf” lớn hơn {most} MB." in shown.text
    assert len(visitor.fake.calls("POST", "/api/qa/uploads")) == 1


async def test_what_a_page_promises_to_take_together_gets_through_the_edge_and_the_portal(
    browse: Browse,
) -> None:
    told_ = yaml.safe_load(ROUTES.read_text(encoding="utf-8"))
    [page] = [row for row in told_["routes"] if row.get("service") == "portal" and row.get("multipart")]
    assert told_["bodies"][page["body"]] == FORM > (asked.FILE_TERMS["all_mb"] + 8) * MB
    over = await browse().client.post(
        ASK, content=b"x" * (FORM + 1), headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert over.status_code == 413
    page_ = (await browse().get(ASK)).text
    assert f'data-files="5 {20 * MB} {50 * MB}"' in page_, "the browser says it before anything is sent"


async def test_who_answers_for_it_reads_which_files_were_held_and_nobody_else(
    browse: Browse,
) -> None:
    head = await browse().sign_in("agency_head")
    page = (await head.get("/can-bo/tep-bi-giu")).text
    for words in ("giấy tờ.pdf", "Eicar-Test-Signature", asked.NUMBER):
        assert words in page
    assert 'href="/can-bo/tep-bi-giu"' in (await head.get("/can-bo/hoi-dap")).text
    owner = await browse().sign_in("qa_owner")
    assert 'href="/can-bo/tep-bi-giu"' not in (await owner.get("/can-bo/hoi-dap")).text
    owner.fake.answers["GET /api/qa/malware-reports"] = problem(403, "forbidden", "Không được.")
    assert (await owner.get("/can-bo/tep-bi-giu")).status_code == 403
