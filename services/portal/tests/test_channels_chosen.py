"""Everybody chooses how to be told besides the inbox, citizens and officers alike."""

from collections.abc import Callable

import pytest
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
