"""What a browser downloads: light, our own look, and nothing changed since it was vendored."""

import gzip
import hashlib
import re

import pytest
from portal.adapters.rendering import ROOT, STATIC
from portal_stage.site import visitor

HTMX = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
BUDGET = 120 * 1024
CSS = (STATIC / "site.css").read_text(encoding="utf-8")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_htmx_is_the_vendored_one() -> None:
    assert hashlib.sha256((STATIC / "vendor/htmx-4.0.1.min.js").read_bytes()).hexdigest() == HTMX


async def test_the_first_page_stays_within_its_budget() -> None:
    browser = visitor()
    page = await browser.get("/")
    names = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
    names |= {f"/static/fonts/{file.name}" for file in (STATIC / "fonts").glob("*.woff2")}
    bodies = [page.content, *[(await browser.get(name)).content for name in names]]
    sizes = [min(len(body), len(gzip.compress(body, 6))) for body in bodies]
    assert len(bodies) >= 8
    assert sum(sizes) <= BUDGET


def test_the_look_is_our_own() -> None:
    assert not re.search(r"GDS Transport|govuk-crest|crown", CSS)
    assert 'font-family:"Be Vietnam Pro"' in CSS.replace("font-family: ", "font-family:")
    assert "text-transform:uppercase" not in CSS


def test_vietnamese_capitals_have_room_in_every_heading() -> None:
    rules = re.findall(r"([^{}]*(?:heading|legend|panel__title|caption|label--)[^{}]*)\{([^}]*)\}", CSS)
    heights = [float(h) for _, body in rules for h in re.findall(r"line-height:(\d*\.?\d+)(?:;|$)", body)]
    assert len(heights) > 10
    assert min(heights) >= 1.45


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_a_template_is_short_and_holds_no_code_or_style(template: object) -> None:
    text = template.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert len(text.splitlines()) <= 200
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son[a-z]+=", text)


async def test_static_files_are_kept_by_the_browser_under_their_mark() -> None:
    browser = visitor()
    page = (await browser.get("/")).text
    asset = re.search(r'href="(/static/site\.css\?v=[0-9a-f]{10})"', page)
    assert asset
    assert "immutable" in (await browser.get(asset[1])).headers["cache-control"]


async def test_no_file_outside_the_static_folder_is_given_out() -> None:
    answer = await visitor().get("/static/%2e%2e/settings.py")
    assert answer.status_code == 404
