"""Somebody at a browser: opens, follows, presses, fills in; every page they come to is read for faults."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from playwright.sync_api import BrowserContext, ConsoleMessage, Download, FilePayload, Locator, Page
from suite.demo.example import photo

from people.reader import DESK, faults

PATIENCE = 30_000  # milliseconds; the machine may be busy with other tests
VOLATILE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|H42[.\d]*-\d{6}-\d+|(?<=/xac-minh/)[\w-]+")

BROKEN = ("Có lỗi ở phía chúng tôi", "Dịch vụ tạm thời gián đoạn", "Bạn thao tác quá nhanh")


@dataclass
class Person:
    """One person with one browser window."""

    context: BrowserContext
    url: str
    widths: tuple[int, ...] = (DESK,)
    mirror: Page | None = None
    """Where axe reads the pages of a person whose browser runs no scripts."""
    page: Page = field(init=False)
    clicks: int = 0
    read: dict[str, list[str]] = field(default_factory=dict)
    """The faults of every page come to."""
    complaints: list[str] = field(default_factory=list)
    """What the browser itself complained about: broken scripts, refused styles."""

    def __post_init__(self) -> None:
        """Open the window."""
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    @property
    def scripted(self) -> bool:
        """Say whether this browser runs scripts."""
        return self.mirror is None

    @property
    def path(self) -> str:
        """Return where the person is, without the host."""
        return self.page.url.removeprefix(self.url)

    @property
    def heading(self) -> str:
        """Return the main heading of the page."""
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def words(self) -> str:
        """Return everything the page says."""
        return self.page.locator("body").inner_text()

    def open(self, path: str) -> Self:
        """Go to an address."""
        self.page.goto(self.url + path)
        return self.look()

    def follow(self, words: str, where: str = "body") -> Self:
        """Follow a link named by its words."""
        return self._go(self._named("link", words, where))

    def press(self, words: str, where: str = "main") -> Self:
        """Press a button named by its words; buttons that lead on are links with that role."""
        return self._go(self._named("button", words, where))

    def _named(self, role: Any, words: str, where: str) -> Locator:
        name = re.compile(rf"^\s*{re.escape(words)}")
        return self.page.locator(where).get_by_role(role, name=name).first

    def _go(self, target: Locator) -> Self:
        self.clicks += 1
        with self.page.expect_navigation(wait_until="load", timeout=PATIENCE):
            target.click()
        return self.look()

    def click(self, target: Locator) -> None:
        """Click on something that leads nowhere."""
        self.clicks += 1
        target.click()

    def look(self) -> Self:
        """Read the page for faults, each kind of page once."""
        assert self.heading not in BROKEN, f"{self.path}: {self.words}"
        wrong = self.page.locator(".govuk-error-summary").count()
        kind = VOLATILE.sub("·", self.path) + (" with mistakes" if wrong else "") + f" “{self.heading}”"
        if kind not in self.read:
            self.read[kind] = self.faults()
        return self

    def faults(self) -> list[str]:
        """Return what is wrong with the page at hand."""
        return faults(self.page, self.widths, "en" if self.path.startswith("/en") else "vi", self.mirror)

    def found_nothing_wrong(self) -> None:
        """Assert that no page had a fault and no script failed."""
        assert {kind: found for kind, found in self.read.items() if found} == {}
        assert self.complaints == []

    def choose(self, words: str) -> None:
        """Choose the radio button or box with these words."""
        self.click(self.page.get_by_label(words, exact=True))

    def answer(self, values: Mapping[str, Any]) -> None:
        """Answer questions named by their fields, in the way each is asked."""
        for name, value in values.items():
            if isinstance(value, dict):
                self._address(name, value)
            elif self.page.locator(f"[name='{name}-day']").count():
                self._date(name, str(value))
            else:
                self._single(name, str(value).lower() if isinstance(value, bool) else str(value))

    def _single(self, name: str, value: str) -> None:
        if self.page.locator(f"input[type=radio][name='{name}']").count():
            self.page.locator(f"input[name='{name}'][value='{value}']").check()
        elif self.page.locator(f"select[name='{name}']").count():
            self.page.locator(f"select[name='{name}']").select_option(value)
        else:
            self.page.locator(f"[name='{name}']").fill(value)

    def _date(self, name: str, value: str) -> None:
        for part, text in zip(("year", "month", "day"), value.split("-"), strict=True):
            self.page.locator(f"[name='{name}-{part}']").fill(text)

    def _address(self, name: str, value: Mapping[str, str]) -> None:
        province = self.page.locator(f"[name='{name}-province']")
        if province.input_value() != value["province"]:
            with self.page.expect_navigation(wait_until="load", timeout=PATIENCE):
                province.select_option(value["province"])
                if not self.scripted:
                    self.page.locator(f"#{name}-reload").click()
            self.look()
        self.page.locator(f"[name='{name}-commune']").select_option(value["commune"])
        self.page.locator(f"[name='{name}-detail']").fill(value["detail"])

    def attach(self, where: str, name: str) -> None:
        """Choose a photograph for the file field at `where`."""
        paper = FilePayload(name=f"{name}.jpg", mimeType="image/jpeg", buffer=photo(name))
        self.page.locator(where).set_input_files(paper)

    def download(self, words: str, where: str = "main") -> bytes:
        """Follow a link that hands out a file and return the file."""
        with self.page.expect_download() as coming:
            self._named("link", words, where).click()
        got: Download = coming.value
        return got.path().read_bytes()

    def sign_in(self, login: str, password: str, home: str = "") -> Self:
        """Sign in on the site whose root is `home`."""
        if not self.page.locator("#login").count():
            self.open(f"{home}/dang-nhap")
        self.answer({"login": login, "password": password})
        return self.press("Sign in" if self.path.startswith("/en") else "Đăng nhập")
