"""Passkeys on the officers' pages: what the browser is asked, what leads where, and what is left without JavaScript."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page
from portal.adapters.rendering import STATIC
from portal_stage.browsing import faults, sign_in
from portal_stage.fakes import Asked, FakeServices, problem
from portal_stage.samples import CODE, officer, sample
from portal_stage.site import TOKEN, Visitor, running
from portal_stage.world import COPIED, PASSKEY, services

KEYS = "/api/identity/me/second-factor/passkeys"
FACTOR, PAGE = "/can-bo/xac-thuc", "/can-bo/xac-thuc/khoa"
HANDLING = f"/can-bo/giai-quyet/{CODE}"
SIGNATURE = f"POST /api/processing/agencies/H42.101/dossiers/{CODE}/signature"
BUTTON = "main form[data-passkey] button"
OPTIONS = {
    "challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "rp": {"id": "localhost", "name": "motcua"},
    "user": {"id": "YWJj", "name": "ky.hoalu", "displayName": "ky.hoalu"},
    "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
    "authenticatorSelection": {"userVerification": "required"},
    "excludeCredentials": [],
    "attestation": "none",
}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
STEP_UP = problem(403, "step-up-required", "Hãy xác thực hai bước lại.")


def asking(credential: str) -> dict[str, Any]:
    """Give what identity asks a browser to show one passkey with."""
    known = [{"type": "public-key", "id": credential}]
    return {"public_key": {"challenge": OPTIONS["challenge"], "rpId": "localhost", "allowCredentials": known}}


async def owing(
    browse: Callable[..., Visitor], owes: str, *held: dict[str, Any], app: bool = True
) -> Visitor:
    """Sign in as a leader who owes something."""
    visitor = browse(second_factor=True)
    visitor.fake.answers |= {
        "POST /api/identity/sessions": {**officer("o-1", "signer"), "owes": owes},
        f"GET {KEYS}": {"app": app, "items": list(held)},
        f"POST {KEYS}/offer": {"public_key": OPTIONS},
        f"POST {KEYS}/challenge": asking("YWJj"),
        f"POST {KEYS}/proof": officer("o-1", "signer"),
        f"POST {KEYS}": {"tokens": officer("o-1", "signer"), "recovery_codes": ["abcde-fghjk"]},
    }
    await visitor.post("/can-bo/dang-nhap", "/can-bo/dang-nhap", {"login": "a", "password": "b"})
    return visitor


async def posted(visitor: Visitor, page: str, path: str) -> Any:
    """Ask as the script does, with the token of the page."""
    token = TOKEN.search((await visitor.get(page)).text)
    assert token is not None
    return await visitor.client.post(path, data={"form_token": token[1]})


async def test_s12_who_has_a_passkey_is_offered_it_and_the_code_stays(browse: Callable[..., Visitor]) -> None:
    shown = (await (await owing(browse, "proof", PASSKEY)).get(FACTOR)).text
    assert "passkeys.js" in shown
    assert "Dùng khóa truy cập" in shown
    assert "Khóa truy cập cần JavaScript." in shown
    assert 'autocomplete="one-time-code"' in shown


@pytest.mark.parametrize("held", [(), (COPIED,)], ids=["none", "copied"])
async def test_s12_who_has_none_that_opens_is_not_offered_one(
    browse: Callable[..., Visitor], held: Any
) -> None:
    shown = (await (await owing(browse, "proof", *held)).get(FACTOR)).text
    assert "passkeys.js" not in shown
    assert 'autocomplete="one-time-code"' in shown


async def test_s12_without_an_app_the_page_asks_for_a_recovery_code(browse: Callable[..., Visitor]) -> None:
    shown = (await (await owing(browse, "proof", PASSKEY, app=False)).get(FACTOR)).text
    assert "Không dùng được khóa truy cập? Nhập một mã khôi phục." in shown
    assert "Mở ứng dụng xác thực" not in shown


async def test_where_the_list_is_away_a_code_still_opens(browse: Callable[..., Visitor]) -> None:
    visitor = await owing(browse, "proof", PASSKEY)
    visitor.fake.answers[f"GET {KEYS}"] = problem(503, "unavailable", "")
    shown = await visitor.get(FACTOR)
    assert shown.status_code == 200
    assert 'autocomplete="one-time-code"' in shown.text


async def test_s12_the_script_gets_what_the_browser_needs_and_nobody_else_does(
    browse: Callable[..., Visitor],
) -> None:
    visitor = await owing(browse, "enrolment")
    answer = await posted(visitor, PAGE, f"{PAGE}/moi")
    assert answer.json() == OPTIONS
    assert answer.headers["cache-control"] == "no-store"
    assert (
        await visitor.client.post(f"{PAGE}/moi", data={})
    ).status_code != 200  # no token of a page of ours
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert (await visitor.client.post(f"{PAGE}/hoi", data={}, headers=elsewhere)).status_code != 200
    assert len(visitor.fake.calls("POST", f"{KEYS}/offer")) == 1
    assert not visitor.fake.calls("POST", f"{KEYS}/challenge")


@pytest.mark.parametrize(
    ("refusal", "leads"),
    [(STEP_UP, f"{FACTOR}?tiep={PAGE}"), (problem(409, "too-many-passkeys", "Tối đa 10."), "")],
    ids=["step-up", "ten"],
)
async def test_s12_the_script_is_told_where_to_go_or_why_not(
    browse: Callable[..., Visitor], refusal: Any, leads: str
) -> None:
    visitor = await owing(browse, "enrolment")
    visitor.fake.answers[f"POST {KEYS}/offer"] = refusal
    answer = await posted(visitor, PAGE, f"{PAGE}/moi")
    assert answer.status_code == refusal.status_code
    assert answer.json()["leads"] == leads
    assert answer.json()["says"]


async def test_s12_a_first_passkey_brings_the_recovery_codes_and_a_second_one_none(
    browse: Callable[..., Visitor],
) -> None:
    visitor = await owing(browse, "enrolment")
    unnamed = await visitor.post(PAGE, PAGE, {"credential": "{}"})
    assert (unnamed.status_code, "Đặt tên cho khóa" in unnamed.text) == (422, True)
    first = await visitor.post(PAGE, PAGE, {"name": "Điện thoại", "credential": "{}"})
    assert "abcde-fghjk" in first.text
    assert (await visitor.get("/can-bo")).status_code == 200
    visitor.fake.answers[f"POST {KEYS}"]["recovery_codes"] = []
    second = await visitor.post(PAGE, PAGE, {"name": "Khóa USB", "credential": "{}"})
    assert (second.status_code, second.headers["location"]) == (303, PAGE)


async def test_s12_a_wrong_answer_is_told_on_the_page_it_came_from(browse: Callable[..., Visitor]) -> None:
    visitor = await owing(browse, "proof", PASSKEY)
    wrong = [{"field": "credential", "rule": "passkey", "message": "Khóa truy cập không đúng."}]
    refusal = problem(422, "passkey-wrong", "Khóa truy cập không đúng.", wrong)
    visitor.fake.answers |= {f"POST {KEYS}/proof": refusal, f"POST {KEYS}": refusal}
    answer = await visitor.post(FACTOR, f"{PAGE}/dung", {"credential": "{}", "tiep": "/can-bo/thong-bao"})
    assert answer.status_code == 422
    assert "Khóa truy cập không đúng." in answer.text
    assert 'value="/can-bo/thong-bao"' in answer.text
    answer = await visitor.post(PAGE, PAGE, {"name": "Điện thoại", "credential": "{}"})
    assert (answer.status_code, "Khóa truy cập không đúng." in answer.text) == (422, True)
    assert 'value="Điện thoại"' in answer.text


async def test_s12_the_last_one_is_kept_and_the_page_says_why(browse: Callable[..., Visitor]) -> None:
    visitor = await owing(browse, "", PASSKEY)
    shown = await visitor.get(f"{PAGE}/k-1/go")
    assert "Gỡ khóa “Khóa USB ở cơ quan”" in shown.text
    visitor.fake.answers[f"DELETE {KEYS}/k-1"] = problem(409, "last-factor", "Đây là cách cuối cùng.")
    answer = await visitor.post(f"{PAGE}/k-1/go", f"{PAGE}/k-1/go")
    assert (answer.status_code, "Đây là cách cuối cùng." in answer.text) == (422, True)
    visitor.fake.answers[f"DELETE {KEYS}/k-1"] = STEP_UP
    answer = await visitor.post(f"{PAGE}/k-1/go", f"{PAGE}/k-1/go")
    assert answer.headers["location"] == f"{FACTOR}?tiep={PAGE}/k-1/go"
    assert (await visitor.get(f"{PAGE}/k-9/go")).headers["location"] == PAGE


def test_the_script_is_small_and_its_own() -> None:
    source = (STATIC / "passkeys.js").read_text(encoding="utf-8")
    assert len(source.encode()) < 4_000
    assert "JSON.parse" not in source


@pytest.fixture(scope="module")
def fake() -> FakeServices:
    """Give a province where signing asks for a proof that is always too old, until one is shown."""
    fake, proofs = services(), []

    def proof(asked: Asked) -> Any:
        proofs.append(asked.body)
        return officer("o-1", "signer")

    def signature(asked: Asked) -> Any:
        return sample("handled") if proofs else STEP_UP

    handled = f"GET /api/processing/agencies/H42.101/dossiers/{CODE}"
    fake.answers[handled] = sample("handled", proposal=sample("proposal"), actions=["signature"])
    fake.answers |= {
        f"POST {KEYS}/proof": proof,
        SIGNATURE: signature,
        f"POST {KEYS}/offer": {"public_key": OPTIONS},
    }
    fake.answers[f"POST {KEYS}"] = {"tokens": officer("o-1", "signer"), "recovery_codes": []}
    return fake


@pytest.fixture(scope="module")
def address(fake: FakeServices) -> Iterator[str]:
    with running(fake) as where:
        yield where.replace("127.0.0.1", "localhost")


def at_device(page: Page) -> tuple[CDPSession, str]:
    """Give the browser an authenticator; return the way to speak with it."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return cdp, str(made["authenticatorId"])


@pytest.mark.browser
def test_s12_signing_asks_for_the_passkey_and_leads_back_to_the_button(
    chromium: Browser, address: str, fake: FakeServices
) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    sign_in(page, address, fake, "/can-bo")
    cdp, device = at_device(page)
    page.goto(address + PAGE)
    page.fill("#name", "Điện thoại")
    page.click(BUTTON)
    page.wait_for_url(f"**{PAGE}")
    page.locator("text=Đã thêm khóa truy cập.").wait_for()
    [credential] = cdp.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    made = fake.calls("POST", KEYS)[-1].body
    assert made["name"] == "Điện thoại"
    name = credential["credentialId"].replace("+", "-").replace("/", "_").rstrip("=")
    assert f'"id":"{name}"' in made["credential"]
    fake.answers[f"POST {KEYS}/challenge"] = asking(name)
    page.goto(f"{address}{HANDLING}/ky")
    page.click("main form button.govuk-button")
    page.wait_for_url(f"**{FACTOR}?tiep=**")
    assert faults(page) == []
    page.click(BUTTON)
    page.wait_for_url(f"{address}{HANDLING}/ky")  # the page before has it in its query
    assert '"signature"' in fake.calls("POST", f"{KEYS}/proof")[-1].body["credential"]
    page.click("main form button.govuk-button")
    page.wait_for_url(lambda url: not url.endswith("/ky"))
    page.close()


@pytest.mark.browser
def test_s12_a_cancelled_ceremony_is_told_and_nothing_is_sent(
    chromium: Browser, address: str, fake: FakeServices
) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    sign_in(page, address, fake, "/can-bo")
    cdp, device = at_device(page)
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    before = len(fake.calls("POST", KEYS))
    page.goto(address + PAGE)
    page.fill("#name", "Điện thoại")
    page.click(BUTTON)
    page.locator("[role=alert]:has-text('thao tác bị hủy')").wait_for()
    assert faults(page) == []
    assert page.locator(BUTTON).is_enabled()
    assert len(fake.calls("POST", KEYS)) == before
    page.close()


@pytest.mark.browser
def test_s12_at_a_bare_address_the_page_says_that_passkeys_live_elsewhere(
    chromium: Browser, address: str, fake: FakeServices
) -> None:
    page = chromium.new_page()
    bare = address.replace("localhost", "127.0.0.1")
    sign_in(page, bare, fake, "/can-bo")
    page.goto(bare + PAGE)
    page.fill("#name", "Điện thoại")
    page.click(BUTTON)
    page.locator("[role=alert]:has-text('không dùng được ở địa chỉ này')").wait_for()
    page.close()


@pytest.mark.browser
def test_s12_without_javascript_the_code_is_there_and_the_page_says_why(
    chromium: Browser, address: str, fake: FakeServices
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, address, fake, "/can-bo")
    page.goto(address + FACTOR)
    assert page.locator("text=Khóa truy cập cần JavaScript.").is_visible()
    assert not page.locator(BUTTON).is_visible()
    assert page.locator("#code").is_visible()
    context.close()
