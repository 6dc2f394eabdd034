"""An officer's passkey in a real browser and a real suite: made, asked for, kept from others, removed."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from people.person import Person
from playwright.sync_api import CDPSession, Request
from suite.demo.welcome import PASSWORD

pytestmark = pytest.mark.browser
WHO, SIGN_IN, KEYS, FACTOR = "dieuphoi", "/can-bo/dang-nhap", "/can-bo/xac-thuc/khoa", "/can-bo/xac-thuc"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
USE, ADD = "Dùng khóa truy cập", "Thêm khóa truy cập"


class Device:
    """An authenticator in somebody's browser."""

    def __init__(self, person: Person) -> None:
        self.cdp: CDPSession = person.context.new_cdp_session(person.page)
        self.cdp.send("WebAuthn.enable")
        made = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        self.number = made["authenticatorId"]

    def send(self, what: str, **more: Any) -> Any:
        return self.cdp.send(f"WebAuthn.{what}", {"authenticatorId": self.number, **more})

    @property
    def credentials(self) -> list[dict[str, Any]]:
        return list(self.send("getCredentials")["credentials"])


def come(somebody: Callable[..., Person], login: str, **more: Any) -> tuple[Person, Device]:
    """Sign in where passkeys live: a bare address has none."""
    person = somebody(**more)
    person.url = person.url.replace("127.0.0.1", "localhost")
    device = Device(person)
    person.open(SIGN_IN)
    person.page.fill("#login", login)
    person.page.fill("#password", PASSWORD)
    person.press("Đăng nhập")
    return person, device


def sent_answers(person: Person) -> list[str]:
    """Collect what the browser answers from now on."""
    found: list[str] = []

    def seen(request: Request) -> None:
        if request.method == "POST" and request.url.endswith(f"{KEYS}/dung"):
            found.append(str(request.post_data))

    person.page.on("request", seen)
    return found


def alert(person: Person, words: str) -> None:
    """Press the button and wait for what the page says; nothing is sent."""
    person.page.locator("form[data-passkey] button").click()
    person.page.locator(f"[role=alert]:has-text('{words}')").wait_for()


@pytest.fixture
def held(somebody: Callable[..., Person]) -> Iterator[dict[str, Any]]:
    """Let an officer make a passkey; give it as the device keeps it. It is removed afterwards, for others sign in."""
    officer, device = come(somebody, WHO)
    officer.open(KEYS)
    officer.page.fill("#name", "Điện thoại")
    officer.press(ADD)
    assert officer.heading == "Mã khôi phục"
    [credential] = device.credentials
    assert credential["rpId"] == "localhost"
    yield credential
    officer.open(KEYS)
    officer.follow("Gỡ…").press("Gỡ khóa")
    assert "Bạn chưa có khóa truy cập nào." in officer.words
    officer.found_nothing_wrong()
    free, _ = come(somebody, WHO)
    assert free.heading.startswith("Chào ")


def test_s12_nothing_opens_before_the_passkey_is_shown_by_its_owner(
    somebody: Callable[..., Person], held: dict[str, Any]
) -> None:
    again, device = come(somebody, WHO)
    assert again.heading == "Xác thực hai bước"
    again.open("/can-bo/thong-bao")
    assert again.path.startswith(FACTOR)
    alert(again, "thao tác bị hủy")  # a device that does not hold it
    device.send("addCredential", credential={**held, "signCount": held["signCount"] + 1})
    device.send("setUserVerified", isUserVerified=False)
    alert(again, "thao tác bị hủy")  # its owner is not verified
    device.send("setUserVerified", isUserVerified=True)
    again.press(USE)
    assert again.path == "/can-bo/thong-bao"
    again.found_nothing_wrong()


def test_s12_an_answer_is_worth_nothing_twice_and_nothing_in_another_account(
    somebody: Callable[..., Person], held: dict[str, Any]
) -> None:
    again, device = come(somebody, WHO)
    device.send("addCredential", credential={**held, "signCount": held["signCount"] + 1})
    answers = sent_answers(again)
    again.press(USE)
    replayed, _ = come(somebody, WHO)
    replayed.page.evaluate(
        """body => { const form = document.querySelector('form[data-passkey]');
        form.elements.credential.value = new URLSearchParams(body).get('credential'); form.submit(); }""",
        answers[0],
    )
    replayed.page.locator("text=Khóa truy cập không đúng").first.wait_for()
    assert replayed.heading == "Xác thực hai bước"
    other, theirs = come(somebody, "bientap")
    theirs.send("addCredential", credential={**held, "signCount": 90})
    other.open(KEYS)
    token = other.page.locator("form[data-passkey] [name=form_token]").input_value()
    told = other.page.request.post(f"{other.url}{KEYS}/hoi", form={"form_token": token})
    assert (told.status, json.loads(told.text())["leads"]) == (404, "")
