"""Whoever is erased is named by no line of the access log, and the log is still what was sealed."""

import uuid
from typing import Any

import asyncpg
from audit.heads import Hand
from audit.reading import AS_HASHED
from audit.sealing import seal
from audit.verifying import Report, verify
from common.inbox import Meta
from identity.subscribers import subscriptions
from sqlalchemy import text
from suite.testing import officer

HAND = Hand("identity", "the key of a test")


async def erase(town: Any, tokens: dict[str, Any], password: str) -> None:
    """Let the person close the account, and let its days go by with no open dossier."""
    async with await town.with_token(tokens) as own:
        assert (await own.post("/api/identity/me/closing", json={"password": password})).status_code == 204
    town.clock.pass_(days=31)
    listening = subscriptions(town.app.state.built.rules.retention, town.clock)["intake.owner_settled.v1"]
    account = tokens["account"]["id"]
    meta = Meta(uuid.uuid4(), "intake.owner_settled.v1", town.clock.now, None, account, 1)
    told = listening.model.model_validate({"account_id": account, "open_count": 0})
    async with town.database.sessions.begin() as session:
        await listening.handler(session, [(told, meta)])


async def checked(town: Any) -> Report:
    """Seal what there is and verify all of it."""
    connection: asyncpg.Connection = await town.database.connect(**AS_HASHED)
    try:
        await seal(connection, HAND)
        return await verify(connection, "identity", public_key=HAND.public_key)
    finally:
        await connection.close()


async def test_sec_20_no_line_names_who_was_erased_and_the_chain_holds(make_town: Any) -> None:
    town = await make_town()
    body, tokens = await town.registered(full_name="Lưu Thị Quỳnh Chi")
    office = officer("province_office", agency="H42", scope="province")
    async with town.as_(office) as web:
        for number in (body["id_number"], body["phone"], body["email"]):
            asked = await web.get("/api/identity/officers", params={"q": number})
            assert asked.status_code == 200, asked.text
    before = await checked(town)
    assert (before.holds, before.lines > 3) == (True, True)
    await erase(town, tokens, body["password"])
    after = await checked(town)
    assert after.holds, after.findings
    assert after.lines > before.lines
    said = ("full_name", "id_number", "phone", "email")
    names = {
        name: text(f"select string_agg(t::text, ' ') from {name} t")
        for name in ("audit_line", "access_entry")
    }
    async with town.database.sessions() as session:
        for table, query in names.items():
            lines = await session.scalar(query)
            assert not [body[one] for one in said if body[one].lower() in lines.lower()], table
            assert tokens["account"]["id"] in lines, "the lines stay, under an id that leads to nobody"
        marks = text("select count(*) from audit_line where details like '%~%'")
        assert await session.scalar(marks) == 3
        assert await session.scalar(text("select full_name from account where erased_at is not null")) == ""
