"""One table of addresses: pages are named, no path is spelled out in code or templates."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from portal.api import ROUTERS
from portal.domain.addresses import OFFICER_ROOT, ON_BOTH_SITES, PAGES, Address, Page, address
from portal_stage.site import Visitor
from regulation import links

PACKAGE = Path(__file__).parent.parent / "portal"
TABLE = PACKAGE / "domain" / "addresses"
ROOT = PACKAGE.parents[2]
SEGMENTS = {page.strip("/").split("/")[0].removesuffix(".csv") for page in PAGES} - {""}
FIRST = "|".join(sorted(SEGMENTS, key=len, reverse=True))
IN_A_TEMPLATE = re.compile(rf"""["'](?:/en)?/(?:{FIRST})\b|\b(?:href|action|src)=["']/(?!static/|en\{{)""")
IN_CODE = re.compile(rf"^/(?:{FIRST})(?:[/?.]|$)")


def literal_paths(file: Path, text: str) -> Iterator[str]:
    """Find the addresses spelled out in a template or module."""
    if file.suffix == ".html":
        yield from (f"{file.name}: {found[0]}" for found in IN_A_TEMPLATE.finditer(text))
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and IN_CODE.match(node.value):
            yield f"{file.name}:{node.lineno}: {node.value}"


def test_no_address_is_spelled_out() -> None:
    sources = [f for f in (*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")) if f.parent != TABLE]
    assert [hit for file in sources for hit in literal_paths(file, file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.html", """<a href="{{ url('/can-bo/tiep-nhan') }}">"""),
        ("x.html", """<a href="/thu-tuc?q=x">"""),
        ("x.html", """<form action="/moi">"""),
        ("x.py", 'go("/can-bo")'),
        ("x.py", 'go(f"/ho-so-cua-toi/{code}")'),
        ("x.py", '@router.get("/thong-ke.csv")' + "\ndef show(): ..."),
    ],
)
def test_the_check_sees_one(name: str, text: str) -> None:
    assert list(literal_paths(Path(name), text))


def test_what_papers_and_letters_link_to_is_spelled_out_once_and_is_a_page() -> None:
    lasting = {value for name, value in vars(links).items() if name.isupper()}
    assert lasting < {*PAGES}
    home = Path(links.__file__)
    others = {
        file
        for root in ("services", "libs", "suite")
        for file in (ROOT / root).glob("*/[!t]*/**/*.py")
        if file != home and "/tests/" not in str(file)
    }
    assert len(others) > 300
    assert [(f.name, link) for f in others for link in lasting if f'"{link}"' in f.read_text("utf-8")] == []


def test_every_page_of_the_table_is_there_and_no_other() -> None:
    served = {route.path for router in ROUTERS for route in router.routes}  # type: ignore[attr-defined]
    own = {OFFICER_ROOT + page for page in ON_BOTH_SITES}
    assert served - {"/static/{name:path}"} == {*PAGES} | own


@pytest.mark.parametrize(
    ("page", "site", "parts", "expected"),
    [
        (Page.HOME, "citizen", {}, "/"),
        (
            Page.SIGN_IN,
            "officer",
            {"tiep": "/can-bo/ky?a=1&b=2"},
            "/can-bo/dang-nhap?tiep=/can-bo/ky%3Fa%3D1%26b%3D2",
        ),
        (Page.SIGN_IN, "citizen", {"tiep": ""}, "/dang-nhap"),
        (Page.TRACKING, "citizen", {"code": "H42/1 ế"}, "/tra-cuu/H42%2F1%20%E1%BA%BF"),
        (
            Page.MY_FILE,
            "citizen",
            {"code": "H42.1", "kind": "tep", "number": 7, "mo": 1},
            "/ho-so-cua-toi/H42.1/tep/7/tai-ve?mo=1",
        ),
    ],
)
def test_parts_fill_the_address_and_the_rest_becomes_the_query(
    page: Address, site: str, parts: dict[str, object], expected: str
) -> None:
    assert address(page, site, **parts) == expected


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("/hoi-dap/", "/hoi-dap"),
        ("/en/hoi-dap/?q=a%20b", "/en/hoi-dap?q=a%20b"),
        ("//evil.example/", "/evil.example"),
        ("/%5Cevil.example/", "/%5Cevil.example"),
    ],
)
async def test_a_slash_too_many_leads_to_the_page_on_this_host_whatever_host_is_claimed(
    browse: Callable[..., Visitor], asked: str, place: str
) -> None:
    client = browse().client
    url = client.base_url.copy_with(raw_path=asked.encode())
    answer = await client.get(url, headers={"Host": "evil.example"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, place)
    assert answer.headers["x-content-type-options"] == "nosniff"
