"""A person closes the account: it is only looked at, can be taken back, and then says nothing of anybody."""

import uuid
from typing import Any

import pytest
from common.inbox import Meta
from identity.jobs import jobs
from identity.models import Account, AccountChange
from identity.subscribers import subscriptions
from sqlalchemy import select, text
from suite.testing import officer, outbox_events

PASSWORD = "Con duong lang 1954"
CLOSING = "/api/identity/me/closing"
STANDING = "/api/identity/me/account-standing"


async def closed(town: Any) -> tuple[dict[str, Any], str]:
    """Register somebody who closes the account; give what was typed and the account's id."""
    body, tokens = await town.registered()
    async with await town.with_token(tokens) as own:
        change = {"version": 1, "address": "Thôn Đông, xã Hoa Lư"}
        assert (await own.patch("/api/identity/me", json=change)).status_code == 200
        assert (await own.post(CLOSING, json={"password": "wrong"})).json()[
            "code"
        ] == "current-password-wrong"
        assert (await own.post(CLOSING, json={"password": PASSWORD})).status_code == 204
    return body, tokens["account"]["id"]


async def account_of(town: Any, identifier: str) -> Account:
    async with town.database.sessions() as session:
        found: Account = await session.get_one(Account, uuid.UUID(identifier))
        return found


async def settle(town: Any, identifier: str, open_count: int) -> None:
    """Let intake say how many open dossiers there are, as the service's worker hears it."""
    listening = subscriptions(town.app.state.built.rules.retention, town.clock)["intake.owner_settled.v1"]
    told = {"account_id": identifier, "open_count": open_count}
    meta = Meta(uuid.uuid4(), "intake.owner_settled.v1", town.clock.now, None, identifier, 1)
    async with town.database.sessions.begin() as session:
        await listening.handler(session, [(listening.model.model_validate(told), meta)])


async def announced(town: Any, type_: str) -> list[str]:
    async with town.database.sessions() as session:
        return [data["account_id"] for name, data in await outbox_events(session) if name == type_]


async def ask(town: Any) -> list[str]:
    """Let the clock ask which closings are due; give the accounts that were asked about."""
    built = town.app.state.built
    job = {one.name: one for one in jobs(built.chest, built.rules.retention, built.mail)}["erase-accounts"]
    await job.run(town.database, town.clock.now)
    return await announced(town, "identity.account_closing_due.v1")


async def test_sec_20_a_closed_account_reads_and_changes_nothing_until_it_is_taken_back(town: Any) -> None:
    body, _ = await closed(town)
    assert "Giữ tài khoản" in town.mail.letters[-1].text
    tokens = (await town.sign_in(body["email"], PASSWORD)).json()
    assert tokens["account"]["rights"] == ["dossier.follow"]
    async with await town.with_token(tokens) as own:
        standing = (await own.get(STANDING)).json()
        assert (standing["limited"], standing["closing_days"]) == (True, 30)
        refused = await own.patch("/api/identity/me", json={"version": 3, "address": "x"})
        assert (refused.status_code, refused.json()["code"]) == (403, "account-limited")
        assert (await own.post(CLOSING, json={"password": PASSWORD})).json()["code"] == "account-limited"
        assert (await own.delete(CLOSING)).status_code == 204
    again = (await town.sign_in(body["email"], PASSWORD)).json()
    assert "draft.begin" in again["account"]["rights"]
    async with await town.with_token(again) as own:
        assert (await own.get(STANDING)).json()["limited"] is False


async def test_sec_20_closing_ends_every_sign_in_and_officers_ask_their_agency(town: Any) -> None:
    body, tokens = await town.registered()
    other = (await town.sign_in(body["email"], PASSWORD)).json()
    async with await town.with_token(tokens) as own:
        assert (await own.post(CLOSING, json={"password": PASSWORD})).status_code == 204
    async with town.as_() as visitor:
        renewed = await visitor.post(
            "/api/identity/sessions/refresh", json={"refresh_token": other["refresh_token"]}
        )
    assert renewed.status_code == 401
    async with town.as_(officer("specialist")) as web:
        assert (await web.post(CLOSING, json={"password": "x"})).json()["code"] == "officer-account"


async def test_sec_20_an_account_is_erased_after_the_days_of_the_profile_and_its_number_is_free(
    town: Any,
) -> None:
    body, identifier = await closed(town)
    assert identifier not in await ask(town)
    await settle(town, identifier, 0)  # nobody asked yet: nothing goes before its time
    assert (await account_of(town, identifier)).full_name == body["full_name"]
    town.clock.pass_(days=31)
    assert identifier in await ask(town)
    await settle(town, identifier, 1)
    assert (await account_of(town, identifier)).email == body["email"]
    town.clock.pass_(days=1)
    assert (await ask(town)).count(identifier) == 2
    await settle(town, identifier, 0)
    gone = await account_of(town, identifier)
    kept = (gone.full_name, gone.phone, gone.address, gone.password_hash, gone.roles, gone.active)
    assert kept == ("", None, None, None, [], False)
    assert body["id_number"] not in (gone.id_number, gone.email)
    assert (await announced(town, "identity.account_erased.v1")).count(identifier) == 1
    assert (await town.sign_in(body["email"], PASSWORD)).status_code == 401
    again = {name: body[name] for name in ("id_number", "email", "phone")}
    assert (await town.register(**again))[1].status_code == 201


async def test_sec_20_the_history_of_an_erased_account_keeps_what_changed_and_no_value(town: Any) -> None:
    _, identifier = await closed(town)
    town.clock.pass_(days=31)
    await ask(town)
    await settle(town, identifier, 0)
    async with town.database.sessions() as session:
        rows = await session.scalars(
            select(AccountChange).where(AccountChange.account_id == uuid.UUID(identifier))
        )
        assert [(row.field, row.before, row.after) for row in rows] == [("address", None, None)]
        line = await session.scalar(
            text("select purpose from audit_line where subject = :id and route = 'job erase-accounts'"),
            {"id": identifier},
        )
    assert line == "retention.closed_account_days"


async def test_sec_20_closings_that_wait_for_a_dossier_hold_up_nobody(make_town: Any) -> None:
    town = await make_town()
    _, identifier = await closed(town)
    columns = (
        "realm, id_kind, nationality, phone_proven, language, channels, must_change_password, roles, scope, active,"
        " version, full_name, created_at"
    )
    async with town.database.sessions.begin() as session:
        await session.execute(
            text(
                f"insert into account (id, id_number, email, closing_at, {columns})"
                " select gen_random_uuid(), n::text, n || '@example.vn', closing_at - interval '1 day', "
                f"{columns} from account, generate_series(1, 1200) n where id = :id"
            ),
            {"id": uuid.UUID(identifier)},
        )
    town.clock.pass_(days=31)
    asked = await ask(town)
    assert len(asked) == len(set(asked)) == 1201
    assert asked[-1] == identifier


async def test_sec_20_what_was_written_about_a_suspended_person_goes_with_the_account(town: Any) -> None:
    _, identifier = await closed(town)
    async with town.database.sessions.begin() as session:
        await session.execute(
            text(
                "insert into suspension (id, account_id, decision_number, ground, appeal, until_on, proposed_by,"
                " proposed_at, ended_by, ended_at, ended_reason) values (gen_random_uuid(), :id, '15/QĐ-VP',"
                " 'Nguyễn Thị Ánh nộp giấy giả', 'Thanh tra tỉnh', '2026-12-01', 'x', now(), 'y', now(), 'Ánh đã sửa')"
            ),
            {"id": uuid.UUID(identifier)},
        )
    town.clock.pass_(days=31)
    await ask(town)
    await settle(town, identifier, 0)
    async with town.database.sessions() as session:
        left = await session.execute(
            text(
                "select decision_number, ground, appeal, ended_reason from suspension where account_id = :id"
            ),
            {"id": uuid.UUID(identifier)},
        )
    assert [tuple(row) for row in left] == [("15/QĐ-VP", "", "", "")]


async def test_sec_20_the_history_of_a_living_account_forgets_nothing(town: Any) -> None:
    _, identifier = await closed(town)
    async with town.database.sessions() as session:
        with pytest.raises(Exception, match="rows are only added"):
            await session.execute(text("select forget_account_values(:id)"), {"id": identifier})


async def test_sec_20_who_took_the_closing_back_is_not_erased_by_a_late_answer(town: Any) -> None:
    body, identifier = await closed(town)
    town.clock.pass_(days=31)
    await ask(town)
    tokens = (await town.sign_in(body["email"], PASSWORD)).json()
    async with await town.with_token(tokens) as own:
        assert (await own.delete(CLOSING)).status_code == 204
    await settle(town, identifier, 0)
    assert (await account_of(town, identifier)).full_name == body["full_name"]
