"""A list with tabs and words: choosing a tab ends the search, coming back to the list does not."""

from collections.abc import Callable

import pytest
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
DESK = ("desk_officer", "/can-bo/tiep-nhan", "/api/intake/desk/dossiers")
WORK = ("specialist", "/can-bo/giai-quyet", "/api/processing/agencies/H42.101/dossiers")


async def asked(officer: Visitor, path: str, listing: str) -> str:
    """Open a list and give the words its dossiers were looked for with."""
    assert (await officer.get(path)).status_code == 200
    return str(officer.fake.calls("GET", listing)[-1].query.get("q", ""))


@pytest.mark.parametrize(
    ("place", "tab"),
    [
        (DESK, "?muc=moi"),
        (DESK, "?muc=xong"),
        (DESK, "?han=soon"),
        (WORK, "?loc=all"),
        (WORK, "?loc=overdue"),
    ],
)
async def test_choosing_a_tab_ends_the_search(browse: Browse, place: tuple[str, str, str], tab: str) -> None:
    role, page, listing = place
    officer = await browse().sign_in(role)
    found = await officer.post(page, f"{page}/tim", {"q": "Hoa", "muc": "moi" if place is DESK else "all"})
    assert await asked(officer, found.headers["location"], listing) == "Hoa"
    assert await asked(officer, page, listing) == "Hoa"
    assert await asked(officer, page + tab, listing) == ""
    assert await asked(officer, page, listing) == ""


async def test_the_list_to_sign_is_a_tab_too(browse: Browse) -> None:
    leader = await browse().sign_in("signer")
    await leader.post(WORK[1], f"{WORK[1]}/tim", {"q": "Hoa", "muc": "all"})
    assert await asked(leader, "/can-bo/ky", WORK[2]) == ""


async def test_the_next_page_of_what_was_found_goes_on_searching(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    found = await officer.post(DESK[1], f"{DESK[1]}/tim", {"q": "Hoa", "muc": "moi"})
    assert await asked(officer, found.headers["location"] + "&cursor=2", DESK[2]) == "Hoa"
    ended = await officer.post(DESK[1], f"{DESK[1]}/tim", {"q": "", "muc": "moi"})
    assert await asked(officer, ended.headers["location"], DESK[2]) == ""
