"""What is told before anything is sent: state secrets stay away, and what an unsigned dossier leads to."""

from collections.abc import Callable

from portal_stage.samples import CODE, DRAFT, at, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
SECRETS = "bí mật nhà nước không đi qua Cổng"


async def test_r_sec_17_every_page_that_takes_papers_warns_of_state_secrets(browse: Browse) -> None:
    citizen = await browse().sign_in()
    assert SECRETS in (await citizen.get(f"/ban-nhap/{DRAFT}/giay-to/giay-chung-sinh")).text
    asked = at("supplement_requested", requests=[sample("request")])
    citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = asked
    assert SECRETS in (await citizen.get(f"/ho-so-cua-toi/{CODE}/bo-sung")).text


async def test_r_sec_17_the_counter_warns_of_state_secrets_where_papers_are_chosen(browse: Browse) -> None:
    clerk = await browse().sign_in("desk_officer")
    assert SECRETS in (await clerk.get(f"/can-bo/quay/{DRAFT}")).text


async def test_r_sub_08_the_last_look_says_what_an_unsigned_dossier_leads_to(browse: Browse) -> None:
    citizen = await browse().sign_in()
    path = f"/ban-nhap/{DRAFT}/xem-lai"
    citizen.fake.answers[f"GET /api/intake/drafts/{DRAFT}"] = sample(
        "draft", unsigned="Gửi bản sao chứng thực."
    )
    page = (await citizen.get(path)).text
    assert page.index("Gửi bản sao chứng thực.") < page.index("Tôi cam đoan như trên")
    citizen.fake.answers[f"GET /api/intake/drafts/{DRAFT}"] = sample("draft")
    assert "Gửi bản sao chứng thực." not in (await citizen.get(path)).text
