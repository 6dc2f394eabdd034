"""Two sites from one code: each can be served alone, and then the other one's pages are not there."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from portal.api import CITIZEN, EVERYWHERE, OFFICER
from portal_stage.site import Visitor, visitor

Browse = Callable[..., Visitor]
CITIZENS = ("/thu-tuc", "/tra-cuu", "/dang-ky", "/dang-nhap", "/quen-mat-khau", "/thong-ke", "/huong-dan")
OFFICERS = ("/can-bo", "/can-bo/dang-nhap", "/can-bo/tiep-nhan", "/can-bo/giai-quyet", "/can-bo/thong-bao")
SHARED = ("/lien-he", "/kha-nang-tiep-can", "/quyen-rieng-tu", "/dieu-khoan")


@pytest.mark.parametrize(
    ("site", "there", "missing"),
    [
        ("citizen", ("/", *CITIZENS), OFFICERS),
        ("officer", OFFICERS, CITIZENS),
        ("both", CITIZENS + OFFICERS, ()),
    ],
)
async def test_a_site_alone_has_its_own_pages_only(
    site: str, there: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    alone = visitor(site=site)
    assert [path for path in (*there, *SHARED) if (await alone.get(path)).status_code not in (200, 303)] == []
    assert [path for path in missing if (await alone.get(path)).status_code != 404] == []


async def test_a_site_alone_names_no_page_of_the_other(browse: Browse) -> None:
    citizen, officer = (
        await browse(site="citizen").get("/"),
        await browse(site="officer").get("/can-bo/dang-nhap"),
    )
    assert "/can-bo" not in citizen.text
    assert 'href="/"' not in officer.text
    shared = await browse(site="officer").get("/lien-he")
    assert 'href="/thu-tuc"' not in shared.text.split("<main")[0]


async def test_the_officers_site_alone_opens_at_their_start(browse: Browse) -> None:
    answer = await browse(site="officer").get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/can-bo")


async def barred(browse: Browse, site: str, paths: tuple[str, ...], **how: str) -> list[str]:
    """Give those of the paths that the site's robots.txt closes, a star standing for any text."""
    answer = await browse(site=site, **how).get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    first, *lines = answer.text.splitlines()
    assert first == "User-agent: *"
    closed = [re.escape(line.removeprefix("Disallow: ")).replace(r"\*", ".*") for line in lines]
    return [path for path in paths if any(re.match(pattern, path) for pattern in closed)]


OPEN = ("/", "/thu-tuc", "/thu-tuc/1.001193", "/thu-tuc/1.001193/huong-dan", "/tra-cuu", "/thong-ke", *SHARED)
OWN = ("/dang-nhap", "/tai-khoan/sua", "/ho-so-cua-toi/H42.1", "/thu-tuc/1.001193/nop", "/tra-cuu/H42.1")
KEPT = ("/can-bo", "/can-bo/tiep-nhan/H42.1")
API = ("/api/catalog/procedures",)


@pytest.mark.parametrize(
    ("site", "closed"),
    [("citizen", (*OWN, *API)), ("officer", (*KEPT, *API)), ("both", (*OWN, *KEPT, *API))],
)
async def test_robots_read_the_public_pages_and_no_others(
    browse: Browse, site: str, closed: tuple[str, ...]
) -> None:
    assert await barred(browse, site, (*OPEN, *OWN, *KEPT, *API)) == [*closed]


async def test_robots_are_told_the_english_addresses_where_there_are_any(browse: Browse) -> None:
    english = ("/en/thu-tuc", "/en/dang-nhap")
    assert await barred(browse, "both", english, profile="thai-nguyen") == ["/en/dang-nhap"]
    assert await barred(browse, "both", english, profile="ninh-binh") == []


def test_no_page_belongs_to_two_sites() -> None:
    groups = [{r.path for router in part for r in router.routes} for part in (EVERYWHERE, CITIZEN, OFFICER)]  # type: ignore[attr-defined]
    assert not groups[0] & groups[1]
    assert not groups[0] & groups[2]
    assert not groups[1] & groups[2]


@pytest.mark.parametrize("site", ["citizen", "officer", "both"])
async def test_s60_a_weakness_has_an_address(browse: Browse, site: str) -> None:
    answer = await browse(site=site).get("/.well-known/security.txt")
    told = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert (answer.status_code, told["Contact"]) == (200, "mailto:security@motcua.example")
    assert (
        datetime.now(UTC) < datetime.fromisoformat(told["Expires"]) < datetime.now(UTC) + timedelta(days=366)
    )
    assert told["Canonical"].endswith("/.well-known/security.txt")
