"""What identity states of a person, signed for another service."""

from typing import Any

import pytest
from common.errors import UnauthenticatedError
from common.security import Verifier
from sqlalchemy import text


async def test_r_acc_04_a_number_is_stated_only_where_the_provider_proved_it(town: Any) -> None:
    _, typed = await town.registered()
    path = "/api/identity/me/number-statements"
    unproven = await (await town.with_token(typed)).post(path)
    assert unproven.json() == {"statement": None}, "what somebody typed when registering is no proof"
    body, tokens = await town.registered()
    mine = await town.with_token(tokens)
    async with town.database.sessions.begin() as session:
        row = "insert into provider_account values ('https://sso.example', :hash, :who, now())"
        await session.execute(text(row), {"hash": tokens["account"]["id"], "who": tokens["account"]["id"]})
    statement = (await mine.post(path)).json()["statement"]
    async with town.as_() as anybody:
        verifier = Verifier.from_jwks((await anybody.get("/api/identity/jwks")).json())
        assert (await anybody.post(path)).status_code == 401
    said = await verifier.stated(statement, "motcua-number")
    assert said["number"] == body["id_number"]
    for token, audience in ((statement, "motcua"), (statement + "x", "motcua-number")):
        with pytest.raises(UnauthenticatedError):
            await verifier.stated(token, audience)
    with pytest.raises(UnauthenticatedError):
        await verifier.verify(statement)
