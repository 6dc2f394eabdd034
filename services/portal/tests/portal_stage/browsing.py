"""What the browser tests share: signing in, and reading a page for accessibility faults."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from portal_stage.fakes import FakeServices
from portal_stage.samples import officer, tokens

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sign_in(page: Page, address: str, fake: FakeServices, home: str) -> None:
    """Sign in as a citizen, or on the officers' site as somebody with every role."""
    roles = (
        "desk_officer",
        "specialist",
        "signer",
        "agency_head",
        "coordinator",
        "province_office",
        "auditor",
    )
    fake.answers["POST /api/identity/sessions"] = officer("o-1", *roles) if home else tokens()
    page.goto(f"{address}{home}/dang-nhap")
    page.fill("#login", "a")
    page.fill("#password", "b")
    page.click("main button.govuk-button")
    page.wait_for_url(lambda url: "/dang-nhap" not in url)  # or the next address would cut the sending short


def faults(page: Page) -> list[tuple[str, Any]]:
    """Return what axe finds wrong, with the first places."""
    found = Axe().run(
        page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    )
    return [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found.response["violations"]]
