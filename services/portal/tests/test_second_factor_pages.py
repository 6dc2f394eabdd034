"""The second factor on the officers' pages: before everything, before signing, and whole without JavaScript."""

from collections.abc import Callable

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import CODE, officer
from portal_stage.site import Visitor

SESSIONS = "POST /api/identity/sessions"
FACTOR = "POST /api/identity/me/second-factor"
OFFER = {
    "key": "JBSWY3DPEHPK3PXP",
    "address": "otpauth://totp/motcua:ky.hoalu?secret=JBSWY3DPEHPK3PXP&issuer=motcua",
}
CODES = ["abcde-fghjk", "mnpqr-stuvw"]
PAGE = "/can-bo/xac-thuc"
STATE = f"{PAGE}/dang-ky"
NOBODY = {"enrolled": False, "mandatory": True, "app_since": None, "passkey_count": 0, "codes_left": 0}


async def entered(browse: Callable[..., Visitor], owes: str) -> Visitor:
    """Sign in as a leader who owes something."""
    visitor = browse(second_factor=True)
    visitor.fake.answers |= {
        **({"GET /api/identity/me/second-factor": NOBODY} if owes == "enrolment" else {}),
        SESSIONS: {**officer("o-1", "signer"), "owes": owes},
        FACTOR: OFFER,
        f"{FACTOR}/confirmation": {"tokens": officer("o-1", "signer"), "recovery_codes": CODES},
        f"{FACTOR}/proof": officer("o-1", "signer"),
    }
    await visitor.post("/can-bo/dang-nhap", "/can-bo/dang-nhap", {"login": "a", "password": "b"})
    return visitor


@pytest.mark.parametrize("page", ["/can-bo", "/can-bo/ky", "/can-bo/doi-mat-khau", "/can-bo/thong-bao"])
async def test_s12_no_page_opens_before_the_code(browse: Callable[..., Visitor], page: str) -> None:
    visitor = await entered(browse, "proof")
    answer = await visitor.get(page)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(PAGE)


async def test_s12_the_code_leads_on_to_what_was_wanted(browse: Callable[..., Visitor]) -> None:
    visitor = await entered(browse, "proof")
    wanted = (await visitor.get("/can-bo/thong-bao")).headers["location"]
    shown = await visitor.get(wanted)
    assert 'autocomplete="one-time-code"' in shown.text
    empty = await visitor.post(wanted, PAGE, {"tiep": "/can-bo/thong-bao"})
    assert "Nhập mã xác thực" in empty.text
    done = await visitor.post(wanted, PAGE, {"code": "123 456", "tiep": "/can-bo/thong-bao"})
    assert (done.status_code, done.headers["location"]) == (303, "/can-bo/thong-bao")
    assert (await visitor.get("/can-bo/thong-bao")).status_code == 200
    # No way out of this site.
    out = await visitor.post(PAGE, PAGE, {"code": "123456", "tiep": "//elsewhere.example"})
    assert out.headers["location"] == "/can-bo"


async def test_s12_a_wrong_code_is_told_and_not_shown_again(browse: Callable[..., Visitor]) -> None:
    visitor = await entered(browse, "proof")
    visitor.fake.answers[f"{FACTOR}/proof"] = problem(422, "factor-wrong", "Mã xác thực không đúng.")
    answer = await visitor.post(PAGE, PAGE, {"code": "999111"})
    assert answer.status_code == 422
    assert "Mã xác thực không đúng." in answer.text
    assert "999111" not in answer.text


async def test_s12_who_has_no_app_sets_one_up_and_sees_the_recovery_codes_once(
    browse: Callable[..., Visitor],
) -> None:
    visitor = await entered(browse, "enrolment")
    assert (await visitor.get("/can-bo")).headers["location"].startswith(PAGE)
    assert (await visitor.get(PAGE)).headers["location"] == f"{PAGE}/dang-ky"
    assert not visitor.fake.calls("POST", "/api/identity/me/second-factor")  # looking changes nothing
    offered = await visitor.post(f"{PAGE}/dang-ky", f"{PAGE}/dang-ky")
    assert "JBSW Y3DP EHPK 3PXP" in offered.text  # as it is typed from the screen
    assert "mã khôi phục" not in offered.text  # there is none yet
    assert "<svg" in offered.text
    done = await visitor.post(f"{PAGE}/dang-ky", f"{PAGE}/dang-ky/ma", {"code": "123456"})
    assert all(code in done.text for code in CODES)
    assert (await visitor.get("/can-bo")).status_code == 200


async def test_s12_enrolling_anew_asks_for_proof_and_leads_back_to_its_page(
    browse: Callable[..., Visitor],
) -> None:
    visitor = await entered(browse, "")
    refusal = problem(403, "step-up-required", "Hãy xác thực hai bước lại.")
    visitor.fake.answers["POST /api/identity/me/second-factor"] = refusal
    answer = await visitor.post(f"{PAGE}/dang-ky", f"{PAGE}/dang-ky")
    assert answer.headers["location"] == f"{PAGE}?tiep=/can-bo/xac-thuc/dang-ky"


async def test_the_demonstration_says_that_it_signs_in_by_one_step(browse: Callable[..., Visitor]) -> None:
    words = "Bản trình diễn: cán bộ đăng nhập một bước"
    assert words in (await browse().get("/can-bo/dang-nhap")).text
    assert words not in (await browse().get("/dang-nhap")).text
    assert words not in (await browse(second_factor=True).get("/can-bo/dang-nhap")).text


async def test_m6_who_has_a_factor_sees_of_what_it_is_made(browse: Callable[..., Visitor]) -> None:
    page = (await (await entered(browse, "")).get(STATE)).text
    for words in (
        "Đang bật từ ngày 20/11/2026",
        "1 khóa dùng được",
        "Còn 9 mã chưa dùng",
        "trong vòng 10 phút",
    ):
        assert words in page
    assert "Bật xác thực hai bước" not in page
    owing = await (await entered(browse, "proof")).get(STATE)
    assert owing.headers["location"] == f"{PAGE}?tiep={STATE}"


async def test_m6_a_new_app_takes_the_place_of_the_old_one_once_it_answered(
    browse: Callable[..., Visitor],
) -> None:
    visitor = await entered(browse, "")
    offered = await visitor.post(STATE, STATE)
    assert "Ứng dụng cũ vẫn dùng được" in offered.text
    visitor.fake.answers[f"{FACTOR}/confirmation"] = {
        "tokens": officer("o-1", "signer"),
        "recovery_codes": [],
    }
    done = await visitor.post(STATE, f"{STATE}/ma", {"code": "123456"})
    assert done.headers["location"] == STATE
    assert "ứng dụng cũ, nếu có, không dùng được nữa" in (await visitor.get(STATE)).text
    # who comes back from a proof asked in between finds the page where the button stands
    assert (await visitor.get(f"{STATE}/ma")).headers["location"] == STATE


async def test_m6_new_recovery_codes_ask_for_proof_and_are_shown_once(browse: Callable[..., Visitor]) -> None:
    visitor, page = await entered(browse, ""), f"{PAGE}/ma-khoi-phuc"
    assert "mọi mã cũ hết hiệu lực" in (await visitor.get(page)).text
    made = await visitor.post(page, page)
    assert "abcdef-ghjkmn-pqrstu-vwxyz2" in made.text
    assert "Đã bật" not in made.text
    visitor.fake.answers[f"{FACTOR}/recovery-codes"] = problem(403, "step-up-required", "x")
    assert (await visitor.post(page, page)).headers["location"] == f"{PAGE}?tiep={page}"


async def test_m6_a_spent_recovery_code_is_told_with_what_is_left(browse: Callable[..., Visitor]) -> None:
    visitor = await entered(browse, "proof")
    visitor.fake.answers[f"{FACTOR}/proof"] = {**officer("o-1", "signer"), "codes_left": 8}
    done = await visitor.post(PAGE, PAGE, {"code": CODES[0], "tiep": "/can-bo/thong-bao"})
    assert done.headers["location"] == f"{STATE}?tiep=/can-bo/thong-bao"
    shown = (await visitor.get(done.headers["location"])).text
    assert "không dùng được nữa. Còn 8 mã." in shown
    for way in ("/can-bo/thong-bao", f"{PAGE}/ma-khoi-phuc"):
        assert f'href="{way}"' in shown
    outside = (await visitor.get(f"{STATE}?tiep=//elsewhere.example")).text
    assert 'href="//elsewhere' not in outside


async def test_m8_signing_says_for_how_long_a_factor_is_enough(browse: Callable[..., Visitor]) -> None:
    path = f"/can-bo/giai-quyet/{CODE}/ky"
    strict = await entered(browse, "")
    assert "trong vòng 10 phút" in (await strict.get(path)).text
    assert "trong vòng 10 phút" not in (await (await browse().sign_in("signer")).get(path)).text
