"""Reads a page as its most demanding visitors do: axe, one heading, its language, nothing to scroll sideways."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

PHONE, DESK = 360, 1280
NARROWEST = 320  # CSS pixels: a desktop page at 400 %
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """tags => axe.run(document, {runOnly: tags, iframes: false, resultTypes: ['violations']}).then(
  found => found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | ')))"""
FACTS = """() => ({lang: document.documentElement.lang, headings: document.querySelectorAll('h1').length,
  over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  title: document.title, text: document.body.innerText})"""
RAW = (
    "H42.101 ·",
    "mot-cua",
    "tu-phap-ho-tich",
    "desk_officer",
    "in_process",
    "awaiting_signature",
    "None",
    "True",
    "False",
    "null",
    "undefined",
    "{{",
    "%(",
)


def faults(page: Page, widths: tuple[int, ...], lang: str, mirror: Page | None = None) -> list[str]:
    """Return what is wrong with the page at each width; axe reads the mirror where the page may not run scripts."""
    before = page.viewport_size or {"width": DESK, "height": 900}
    subject = page if mirror is None else reflected(page, mirror)
    found = _plain_faults(page, lang)
    for width in (NARROWEST, *widths):
        page.set_viewport_size({"width": width, "height": before["height"]})
        over = page.evaluate(FACTS)["over"]
        found += [f"{width} px: scrolls sideways by {over} px"] if over > 0 else []
        if width != NARROWEST:
            subject.set_viewport_size({"width": width, "height": before["height"]})
            found += [f"{width} px: {fault}" for fault in _axe(subject)]
    page.set_viewport_size(before)
    return found


def _plain_faults(page: Page, lang: str) -> list[str]:
    facts = page.evaluate(FACTS)
    found = [f"raw word “{word}”" for word in RAW if word in facts["text"]]
    if facts["headings"] != 1:
        found.append(f"{facts['headings']} main headings")
    if facts["lang"] != lang:
        found.append(f"lang is “{facts['lang']}”")
    return found if facts["title"] else [*found, "no title"]


def _axe(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations: list[str] = page.evaluate(RUN_AXE, TAGS)
    return violations


def reflected(page: Page, mirror: Page) -> Page:
    """Show in `mirror`, a window on the same site that runs scripts, what stands in `page`, without its scripts."""
    html = page.evaluate("document.documentElement.outerHTML.replace(/<script[^]*?<\\/script>/g, '')")
    mirror.set_content(f"<!DOCTYPE html>{html}")
    return mirror
