"""Everybody chooses how to be told besides the inbox, citizens and officers alike."""

from collections.abc import Callable

import pytest
from portal_stage.samples import sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
ME = "/api/identity/me"


@pytest.mark.parametrize(("role", "root"), [("citizen", ""), ("desk_officer", "/can-bo")])
@pytest.mark.parametrize(
    ("ticked", "kept"),
    [({"channels": "sms"}, ["sms"]), ({"channels": ["email", "sms"]}, ["email", "sms"]), ({}, [])],
)
async def test_r_ntf_01_the_channels_are_chosen_again_after_the_registration(
    browse: Browse, role: str, root: str, ticked: dict[str, object], kept: list[str]
) -> None:
    visitor, place = await browse().sign_in(*([role] if root else [])), f"{root}/thong-bao/kenh"
    assert f'href="{place}"' in (await visitor.get(f"{root}/thong-bao")).text
    page = (await visitor.get(place)).text
    assert "Hộp thông báo trên Cổng luôn nhận mọi thông báo" in page
    assert 'value="email" checked' in page
    done = await visitor.post(place, place, {"version": "1", **ticked})
    assert done.headers["location"] == place
    [sent] = visitor.fake.calls("PATCH", ME)
    assert sent.body == {"channels": kept, "version": 1}


@pytest.mark.parametrize("link", ["https://dichvucong.example/can-bo/tiep-nhan", ""])
async def test_r_ntf_01_a_message_about_no_dossier_leads_to_its_page_on_this_site(
    browse: Browse, link: str
) -> None:
    clerk = await browse().sign_in("desk_officer")
    told = {**sample("message"), "dossier_code": None, "link": link, "subject": "3 hồ sơ mới tại một cửa"}
    clerk.fake.answers["GET /api/notify/messages"] = {"items": [told], "total": 1, "next": None}
    page = (await clerk.get("/can-bo/thong-bao")).text
    assert ('href="/can-bo/tiep-nhan">Mở trang liên quan' in page) is bool(link)
    assert "dichvucong.example" not in page
    told["link"] = link.replace("/can-bo", "/en/can-bo")
    page = (await clerk.get("/en/can-bo/thong-bao")).text
    assert ('href="/en/can-bo/tiep-nhan">Open the page' in page) is bool(link)
