"""Rating at the counter on pages: a code from the desk, two grades at the tablet, thanks, and waiting again."""

import re
from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import CODE, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
TABLET = "/danh-gia-tai-quay"
RATE, THANKS = f"{TABLET}/cham", f"{TABLET}/cam-on"
OFFER = f"/can-bo/tiep-nhan/{CODE}/danh-gia-tai-quay"
CODED = {"code": "12345 67890"}
GRADES = {"progress": "5", "quality": "4", "comment": "Rất nhanh"}
UNKNOWN = problem(404, "counter-code-unknown", "Mã không đúng.")


async def test_r_sat_01_the_desk_gets_a_code_for_what_it_just_did(browse: Browse) -> None:
    visitor = await browse().sign_in("desk_officer")
    assert OFFER not in (await visitor.get(f"/can-bo/tiep-nhan/{CODE}/da-nhan")).text, "nobody stood there"
    visitor.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = sample("dossier", channel="counter")
    assert f'href="{OFFER}"' in (await visitor.get(f"/can-bo/tiep-nhan/{CODE}/da-nhan")).text
    page = (await visitor.get(OFFER)).text
    assert 'value="receipt"' in page
    assert 'value="result"' not in page, "what was rated is not offered again"
    made = await visitor.post(OFFER, OFFER, {"phase": "receipt"})
    assert (made.status_code, "12345 67890" in made.text) == (200, True)
    assert f"<strong>http://127.0.0.1:8080{TABLET}</strong>" in made.text, "an address that can be typed"
    assert made.headers["cache-control"] == "no-store"
    assert re.search(r'<svg role="img" aria-label="[^"]*12345 67890"', made.text), (
        "the drawing is told in words"
    )
    visitor.fake.answers[f"GET /api/qa/rated-dossiers/{CODE}"] = problem(404, "dossier-not-rated", "Chưa.")
    assert "Hiện không có việc nào" in (await visitor.get(OFFER)).text


async def test_r_sat_01_three_steps_at_the_tablet_without_account_or_script(browse: Browse) -> None:
    visitor = browse()
    waiting = await visitor.get(TABLET)
    ways = set(re.findall(r'<a [^>]*href="([^"]+)"', waiting.text))
    assert ways == {"#main-content", f"/en{TABLET}"}, "nobody wanders off, or signs in for the next person"
    assert waiting.headers["refresh"] == f"600;url={TABLET}", "a page that waits for hours can still be sent"
    assert (await visitor.post(TABLET, TABLET, CODED)).headers["location"] == RATE
    second = await visitor.get(RATE)
    for words in ("0012", 'name="progress"', 'name="quality"', "data-idle"):
        assert words in second.text
    assert "67890" not in second.text
    assert second.headers["refresh"] == f"900;url={TABLET}"
    done = await visitor.post(RATE, RATE, GRADES)
    assert done.headers["location"] == THANKS
    [call] = visitor.fake.calls("POST", "/api/qa/counter-ratings")
    assert call.body == {"code": "12345 67890", "progress": 5, "quality": 4, "comment": "Rất nhanh"}
    thanked = await visitor.get(THANKS)
    assert thanked.headers["cache-control"] == "no-store", "the way back shows nobody what was typed"
    assert thanked.headers["refresh"] == f"15;url={TABLET}"
    assert "1234567890" not in thanked.text
    english = await visitor.get(f"/en{THANKS}")
    assert f'href="{TABLET}"' in english.text, "the next person begins in Vietnamese"
    assert english.headers["refresh"] == f"15;url={TABLET}"
    assert (await visitor.get(RATE)).headers["location"] == TABLET, "the way back leads to the waiting page"


async def test_r_sat_01_whoever_scans_the_code_finds_it_typed_and_nothing_opened(browse: Browse) -> None:
    visitor = browse()
    page = await visitor.get(f"{TABLET}/ma/1234567890")
    assert 'value="1234567890"' in page.text
    assert f'action="{TABLET}"' in page.text
    assert (page.headers["cache-control"], [one for one in visitor.fake.asked if "counter" in one.path]) == (
        "no-store",
        [],
    )
    wrong = (await visitor.get(f"{TABLET}/ma/1%22x999999999")).text
    assert 'value="1999999999"' in wrong


async def test_r_sat_01_a_wrong_code_is_told_and_one_that_ended_leads_to_the_first_step(
    browse: Browse,
) -> None:
    visitor = browse()
    known = visitor.fake.answers.get("POST /api/qa/counter-ratings/openings")
    visitor.fake.answers["POST /api/qa/counter-ratings/openings"] = UNKNOWN
    wrong = await visitor.post(TABLET, TABLET, {"code": "1"})
    assert (wrong.status_code, 'href="#code"' in wrong.text, "Mã không đúng." in wrong.text) == (
        422,
        True,
        True,
    )
    visitor.fake.answers["POST /api/qa/counter-ratings"] = UNKNOWN
    visitor.fake.answers["POST /api/qa/counter-ratings/openings"] = known
    await visitor.post(TABLET, TABLET, CODED)
    late = await visitor.post(RATE, RATE, GRADES)
    assert (late.status_code, 'action="/danh-gia-tai-quay"' in late.text) == (422, True)
    assert "Rất nhanh" not in late.text, "the next person does not read it"


async def test_r_sat_01_what_was_given_stays_while_the_service_is_away(browse: Browse) -> None:
    visitor = browse()
    await visitor.post(TABLET, TABLET, CODED)
    for path in ("counter-ratings", "counter-ratings/openings"):
        visitor.fake.answers[f"POST /api/qa/{path}"] = problem(503, "unavailable", "Bận.")
    kept = await visitor.post(RATE, RATE, GRADES)
    assert (kept.text.count("checked"), "Rất nhanh" in kept.text) == (2, True)
    missing = await visitor.post(RATE, RATE, {**GRADES, "quality": ""})
    assert (missing.status_code, 'href="#quality"' in missing.text) == (422, True)


async def test_r_sat_05_the_tablet_holds_no_session(browse: Browse) -> None:
    visitor = await browse().sign_in()
    page = (await visitor.get(TABLET)).text
    assert "đăng xuất trước" in page
    assert 'action="/dang-xuat"' in page
    assert 'name="code"' not in page
    assert (await visitor.post("/tai-khoan/sua", RATE, GRADES)).headers["location"] == TABLET
    assert (await visitor.post("/tai-khoan/sua", TABLET, GRADES)).headers["location"] == TABLET
    assert not visitor.fake.calls("POST", "/api/qa/counter-ratings")


async def test_r_sat_05_the_machine_of_an_officer_is_no_tablet(browse: Browse) -> None:
    visitor = await browse().sign_in("desk_officer")
    page = (await visitor.get(TABLET)).text
    assert ("đăng xuất trước" in page, 'name="code"' in page) == (True, False)
    assert (await visitor.post("/dang-ky", TABLET, CODED)).headers["location"] == TABLET
    assert not visitor.fake.calls("POST", "/api/qa/counter-ratings/openings")


async def test_r_sat_03_everybody_reads_how_many_rated_at_the_counter(browse: Browse) -> None:
    assert "3 đánh giá tại quầy." in (await browse().get("/danh-gia")).text
