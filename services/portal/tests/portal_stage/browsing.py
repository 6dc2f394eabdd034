"""What the browser tests share: signing in, and reading a page for accessibility faults."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
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
RUN_AXE = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(
  found => found.violations.map(v => [v.id, v.nodes.map(node => node.target).slice(0, 3)]))"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sign_in(page: Page, address: str, fake: FakeServices, home: str) -> None:
    """Sign in as a citizen, or on the officers' site as somebody with every role."""
    roles = (
        "desk_officer",
        "specialist",
        "signer",
        "agency_head",
        "coordinator",
        "catalogue_editor",
        "content_controller",
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
    """Return what axe finds wrong at the page's present size, with the first places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [(name, places) for name, places in page.evaluate(RUN_AXE, TAGS)]
