"""A dossier at the wrong agency: its page offers to pass it on, asks for consent, and leads to the draft there."""

from collections.abc import Callable

from portal_stage.samples import CODE, DRAFT, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
MINE, API = f"/ho-so-cua-toi/{CODE}", f"/api/intake/dossiers/{CODE}"
PAGE = f"{MINE}/chuyen-den-co-quan-dung"
ON = {"agency": "H42.102", "agency_name": "UBND xã Gia Viễn", "draft_id": None, "dossier": None}


def redirected(citizen: Visitor, **on: str) -> None:
    """Let the dossier have come to the wrong agency."""
    more = {"actions": ["passing-on"], "passing_on": {**ON, **on}}
    citizen.fake.answers[f"GET {API}"] = sample("dossier", state="redirected", **more)


async def test_r_int_06_passing_on_asks_for_consent_and_leads_to_the_draft(browse: Browse) -> None:
    citizen = await browse().sign_in()
    assert PAGE not in (await citizen.get(MINE)).text
    assert (await citizen.get(PAGE)).headers["location"] == MINE
    redirected(citizen)
    citizen.fake.answers[f"POST {API}/passing-on"] = {"draft_id": DRAFT, "agency": "H42.102"}
    assert f'href="{PAGE}"' in (await citizen.get(MINE)).text
    assert (await citizen.get(PAGE)).text.count(
        "UBND xã Gia Viễn"
    ) == 2  # where it goes, and what is agreed to
    refused = await citizen.post(PAGE, PAGE, {"version": "3"})
    assert (refused.status_code, "Đánh dấu nếu bạn đồng ý" in refused.text) == (422, True)
    assert citizen.fake.calls("POST", f"{API}/passing-on") == []
    done = await citizen.post(PAGE, PAGE, {"version": "3", "agree": "true"})
    assert done.headers["location"] == f"/ban-nhap/{DRAFT}/xem-lai"
    assert citizen.fake.calls("POST", f"{API}/passing-on")[0].body == {"version": 3}


async def test_r_int_06_what_was_passed_on_is_opened_and_not_begun_again(browse: Browse) -> None:
    citizen = await browse().sign_in()
    redirected(citizen, draft_id=DRAFT)
    page, review = (await citizen.get(MINE)).text, f"/ban-nhap/{DRAFT}/xem-lai"
    assert (f'href="{review}"' in page, f'href="{PAGE}"' in page) == (True, False)
    assert (await citizen.get(PAGE)).headers["location"] == review
    redirected(citizen, dossier="H42.102-261128-0001")
    page = (await citizen.get(MINE)).text
    assert ('href="/ho-so-cua-toi/H42.102-261128-0001"' in page, f'href="{PAGE}"' in page) == (True, False)
    assert (await citizen.get(PAGE)).headers["location"] == MINE
