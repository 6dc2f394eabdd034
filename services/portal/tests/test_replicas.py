"""A session opened at one replica of the portal goes on at another, because it is kept by the browser, sealed."""

import re

import httpx
from portal_stage.samples import CODE
from portal_stage.site import running, visitor
from portal_stage.world import services

KEY, ANOTHER = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="
PAGE = f"/can-bo/tiep-nhan/{CODE}/tu-choi"


async def test_who_signed_in_at_one_replica_works_on_at_another() -> None:
    world = services()
    officer = await visitor(world, session_key=KEY).sign_in("desk_officer")
    shown = await officer.get(PAGE)
    token = re.search(r'name="form_token" value="([^"]+)"', shown.text)
    assert token is not None
    cookie = {"motcua_canbo": officer.client.cookies["motcua_canbo"]}
    with running(world, session_key=KEY) as address:
        async with httpx.AsyncClient(base_url=address, cookies=cookie) as web:
            assert (await web.get(PAGE)).status_code == 200
            typed = {
                "form_token": token[1],
                "request_key": "k-9",
                "reason": "Thiếu giấy tờ",
                "legal_basis": "Điều 16",
            }
            await web.post(PAGE, data=typed)
    [sent] = world.calls("POST", f"/api/intake/dossiers/{CODE}/refusal")
    assert sent.headers["idempotency-key"] == "k-9"


async def test_a_replica_with_another_key_knows_nobody() -> None:
    world = services()
    officer = await visitor(world, session_key=KEY).sign_in("desk_officer")
    cookie = {"motcua_canbo": officer.client.cookies["motcua_canbo"]}
    with running(world, session_key=ANOTHER) as address:
        async with httpx.AsyncClient(base_url=address, cookies=cookie) as web:
            answer = await web.get(PAGE)
    assert answer.status_code == 303
    assert "/can-bo/dang-nhap" in answer.headers["location"]
