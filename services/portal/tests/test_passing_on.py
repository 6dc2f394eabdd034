"""A dossier at the wrong agency: its page offers to pass it on, asks for consent, and leads to the draft there."""

from collections.abc import Callable

from portal_stage.samples import CODE, DRAFT, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
MINE, API = f"/ho-so-cua-toi/{CODE}", f"/api/intake/dossiers/{CODE}"
PAGE = f"{MINE}/chuyen-den-co-quan-dung"


async def test_r_int_06_passing_on_asks_for_consent_and_leads_to_the_draft(browse: Browse) -> None:
    citizen = await browse().sign_in()
    assert PAGE not in (await citizen.get(MINE)).text
    assert (await citizen.get(PAGE)).headers["location"] == MINE
    citizen.fake.answers[f"GET {API}"] = sample("dossier", state="redirected", actions=["passing-on"])
    citizen.fake.answers[f"POST {API}/passing-on"] = {"draft_id": DRAFT, "agency": "H42.102"}
    assert f'href="{PAGE}"' in (await citizen.get(MINE)).text
    refused = await citizen.post(PAGE, PAGE, {"version": "3"})
    assert (refused.status_code, "Đánh dấu nếu bạn đồng ý" in refused.text) == (422, True)
    assert citizen.fake.calls("POST", f"{API}/passing-on") == []
    done = await citizen.post(PAGE, PAGE, {"version": "3", "agree": "true"})
    assert done.headers["location"] == f"/ban-nhap/{DRAFT}/xem-lai"
    assert citizen.fake.calls("POST", f"{API}/passing-on")[0].body == {"version": 3}
