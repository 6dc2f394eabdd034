"""Opinions of others: whom one can ask, what is refused where, and what who is asked sees and sends."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import CODE, OPINION, asked_opinion, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
HANDLING, LIST = f"/can-bo/giai-quyet/{CODE}", "/can-bo/lay-y-kien"
CONSULT, ONE = f"{HANDLING}/lay-y-kien", f"{LIST}/{OPINION}"
PROCESSING = "/api/processing/agencies/H42.101"
WANTED = {"version": "2", "asked": "H42.15|", "question": "Đã đăng ký kết hôn chưa?", "within": "4 wh"}


async def test_the_specialist_asks_and_learns_at_the_place_why_nobody_can_answer(browse: Browse) -> None:
    officer = await browse().sign_in("specialist")
    told = sample(
        "handled", actions=["consultation"], consultations=[sample("consultation", standing="no_answer")]
    )
    officer.fake.answers[f"GET {PROCESSING}/dossiers/{CODE}"] = told
    page = (await officer.get(HANDLING)).text
    for words in ("Lấy ý kiến nơi khác…", "không trả lời đúng hạn", "Sở Tư pháp tỉnh Ninh Bình"):
        assert words in page
    page = (await officer.get(CONSULT)).text
    assert "Sở Y tế tỉnh Ninh Bình – chưa có cán bộ trên hệ thống" in page
    silent = await officer.post(CONSULT, CONSULT, WANTED | {"asked": "", "question": " ", "within": ""})
    assert [f'href="#{name}"' in silent.text for name in ("asked", "question", "within")] == [True] * 3
    answer = await officer.post(CONSULT, CONSULT, WANTED)
    assert answer.headers["location"] == HANDLING
    [sent] = officer.fake.calls("POST", f"{PROCESSING}/dossiers/{CODE}/consultation")
    assert sent.body == {
        "version": 2,
        "agency": "H42.15",
        "unit": None,
        "question": "Đã đăng ký kết hôn chưa?",
        "within": "4 wh",
    }
    officer.fake.answers[f"POST {PROCESSING}/dossiers/{CODE}/*"] = problem(
        409, "nobody-to-consult", "Chưa có cán bộ."
    )
    refused = (await officer.post(CONSULT, CONSULT, WANTED)).text
    assert 'href="#asked"' in refused
    assert "Đã đăng ký kết hôn chưa?</textarea>" in refused


async def test_r_prc_07_a_request_is_taken_back_with_its_reason(browse: Browse) -> None:
    officer = await browse().sign_in("specialist")
    told = sample("handled", actions=["consultation"], consultations=[sample("consultation")])
    officer.fake.answers[f"GET {PROCESSING}/dossiers/{CODE}"] = told
    page = f"{CONSULT}/1/rut-lai"
    assert f'href="{page}"' in (await officer.get(HANDLING)).text
    silent = await officer.post(page, page, {"version": "2", "reason": " "})
    assert 'href="#reason"' in silent.text
    answer = await officer.post(page, page, {"version": "2", "reason": "Đã có văn bản."})
    assert answer.headers["location"] == HANDLING
    [sent] = officer.fake.calls("POST", f"{PROCESSING}/dossiers/{CODE}/consultations/1/withdrawal")
    assert sent.body == {"version": 2, "reason": "Đã có văn bản."}
    nothing = await officer.get(f"{CONSULT}/9/rut-lai")
    assert nothing.headers["location"] == HANDLING
    ended = problem(409, "agency-ended", "Đã sáp nhập từ ngày 01/07/2026.")
    officer.fake.answers[f"POST {PROCESSING}/dossiers/{CODE}/*"] = ended
    refused = (await officer.post(CONSULT, CONSULT, WANTED)).text
    assert ('href="#asked"' in refused, "Đã sáp nhập từ ngày 01/07/2026." in refused) == (True, True)


async def test_an_open_dossier_of_an_agency_that_ended_says_who_goes_on(browse: Browse) -> None:
    officer = await browse().sign_in("specialist")
    told = sample("handled", agency_ended_on="2026-07-01")
    officer.fake.answers[f"GET {PROCESSING}/dossiers/{CODE}"] = told
    page = (await officer.get(HANDLING)).text
    assert "đã sáp nhập hoặc kết thúc hoạt động từ ngày 01/07/2026" in page


async def test_who_is_asked_finds_it_answers_and_cannot_answer_twice(browse: Browse) -> None:
    officer = await browse().sign_in("signer")
    assert f"{CODE} (1)" in (await officer.get(LIST)).text
    silent = await officer.post(ONE, ONE, {"answer": " "})
    assert (silent.status_code, 'href="#answer"' in silent.text) == (422, True)
    answer = await officer.post(ONE, ONE, {"answer": "Đã đăng ký."})
    assert answer.headers["location"] == LIST
    [sent] = officer.fake.calls("POST", f"{PROCESSING}/consultations/{OPINION}/answer")
    assert sent.body == {"answer": "Đã đăng ký."}
    done = asked_opinion(standing="answered_late", answer="Đã đăng ký.", answerable=False)
    officer.fake.answers[f"GET {PROCESSING}/consultations/{OPINION}"] = done
    page = (await officer.get(ONE)).text
    assert ("trả lời muộn" in page, "Gửi ý kiến</button>" in page) == (True, False)


async def test_who_proposes_or_signs_is_told_that_opinions_are_not_there_yet(browse: Browse) -> None:
    officer = await browse().sign_in("signer")
    for consulting in (2, 0):
        told = sample("handled", actions=["signature"], consulting=consulting)
        officer.fake.answers[f"GET {PROCESSING}/dossiers/{CODE}"] = told
        for page in ("ky", "de-xuat", "duyet"):
            seen = (await officer.get(f"{HANDLING}/{page}")).text
            assert ("Còn 2 yêu cầu lấy ý kiến chưa được trả lời" in seen) == bool(consulting), page


async def test_a_decided_dossier_waits_for_no_opinion_and_no_new_date(browse: Browse) -> None:
    officer = await browse().sign_in("specialist")
    told = sample(
        "handled",
        closed_at="2026-11-25T03:00:00Z",
        consultations=[sample("consultation", standing="not_needed")],
        extensions=[sample("extension", decided_at=None, sent_back_at=None)],
    )
    officer.fake.answers[f"GET {PROCESSING}/dossiers/{CODE}"] = told
    page = (await officer.get(HANDLING)).text
    for words in ("không cần trả lời nữa", "Đề nghị hẹn lại chưa ký, hồ sơ đã giải quyết xong"):
        assert words in page
    assert "chờ ký" not in page
