"""A page that says no, or that something waits, says why and what comes next."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import CODE, at, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
DOSSIER, DESK = f"/api/intake/dossiers/{CODE}", f"/can-bo/tiep-nhan/{CODE}"
REASON = "Theo quy chế của tỉnh, Văn phòng UBND tỉnh cấp quyền theo văn bản đăng ký của cơ quan."


async def test_a_refused_page_gives_the_reason_of_who_refused(browse: Browse) -> None:
    officer = await browse().sign_in("specialist")
    officer.fake.answers[f"GET {DOSSIER}"] = problem(403, "rights-granted-elsewhere", REASON)
    page = await officer.get(DESK)
    assert (page.status_code, REASON in page.text) == (403, True)


async def test_a_paused_dossier_says_that_its_date_moves(browse: Browse) -> None:
    citizen = await browse().sign_in()
    said, mine = "Đang tạm dừng, chờ bổ sung.", f"/ho-so-cua-toi/{CODE}"
    assert said not in (await citizen.get(mine)).text
    citizen.fake.answers[f"GET {DOSSIER}"] = at("supplement_requested", requests=[sample("request")])
    page = (await citizen.get(mine)).text
    assert page.index("Hẹn trả kết quả") < page.index(said)


async def test_who_may_not_settle_at_once_is_led_to_acceptance(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers[f"GET {DOSSIER}"] = at("submitted", "desk_officer")
    officer.fake.answers["POST /api/identity/me/desk-statements"] = {"statement": None}
    page = (await officer.get(f"{DESK}/giai-quyet-ngay")).text
    assert page.index("Bạn chưa được phân công") < page.index(f'href="{DESK}/nhan"')


async def test_the_queue_counts_requests_and_no_answers(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    rows = {"items": [{**sample("queue")["items"][0], "supplement_count": 1}], "next": None, "capped": False}
    officer.fake.answers["GET /api/intake/desk/dossiers"] = {**sample("queue"), **rows}
    page = (await officer.get("/can-bo/tiep-nhan")).text
    assert ("đã yêu cầu bổ sung 1 lần" in page, "đã bổ sung" in page) == (True, False)
