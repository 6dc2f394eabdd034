"""A decision keeps records whatever their time says: two people begin it, two people end it, no day does."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from common.inbox import Meta
from common.security import Caller
from identity.domain.holding import HeldUnreadableError, key_of_held
from identity.jobs import jobs
from identity.models import Account
from identity.subscribers import subscriptions
from identity.usecases.announce_holds import announce_holds
from regulation.holds import Held
from sqlalchemy import text
from suite.testing import officer, outbox_events

PATH = "/api/identity/holds"
FIRST, SECOND, THIRD = (f"018f0000-0000-7000-8000-0000000000e{n}" for n in (1, 2, 3))
ENDING = {"decision_number": "30/QĐ-TTr", "ground": "Đã kết thúc thanh tra"}


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        (Held.DOSSIER, " h42.101–261120–0001 ", "H42.101-261120-0001"),
        (Held.QUESTION, "hd–2026–000012", "HD-2026-000012"),
        (Held.QUESTION, "PA-2026-000012", "PA-2026-000012"),
        (Held.QUESTION, "XX-2026-000012", None),
        (Held.DOSSIER, "261120", None),
    ],
)
def test_sec_20_what_is_held_is_named_as_its_own_service_writes_it(
    kind: Held, typed: str, key: str | None
) -> None:
    pattern = "{agency}-{yymmdd}-{serial}"
    if key is None:
        with pytest.raises(HeldUnreadableError):
            key_of_held(kind, typed, pattern)
    else:
        assert key_of_held(kind, typed, pattern) == key


def office(subject: str = FIRST) -> Caller:
    return officer("province_office", agency="H42", scope="province", subject=subject)


def decided(town: Any, subject: str, kind: str = "account", days: int = 60, **changed: Any) -> dict[str, Any]:
    until = town.clock.now.date() + timedelta(days=days)
    told = {"kind": kind, "subject": subject, "decision_number": "21/QĐ-TTr", "until_on": str(until)}
    return {**told, "ground": "Thanh tra việc cấp giấy phép", **changed}


async def closed(town: Any) -> tuple[dict[str, Any], str]:
    """Register somebody who closes the account; give what was typed and the account's id."""
    body, tokens = await town.registered()
    async with await town.with_token(tokens) as own:
        assert (
            await own.post("/api/identity/me/closing", json={"password": body["password"]})
        ).status_code == 204
    return body, tokens["account"]["id"]


async def name_after_settling(town: Any, identifier: str) -> str:
    """Let intake say that no open dossier needs the person; give the name that is left."""
    listening = subscriptions(town.app.state.built.rules.retention, town.clock)["intake.owner_settled.v1"]
    meta = Meta(uuid.uuid4(), "intake.owner_settled.v1", town.clock.now, None, identifier, 1)
    told = listening.model.model_validate({"account_id": identifier, "open_count": 0})
    async with town.database.sessions.begin() as session:
        await listening.handler(session, [(told, meta)])
    async with town.database.sessions() as session:
        return str((await session.get_one(Account, uuid.UUID(identifier))).full_name)


async def listed(town: Any, caller: Caller) -> list[dict[str, Any]]:
    async with town.as_(caller) as web:
        found: list[dict[str, Any]] = (await web.get(PATH)).json()["items"]
        return found


async def proposed(town: Any, subject: str, kind: str = "account", **changed: Any) -> str:
    """Let the office keep something; give the id of the hold."""
    before = {one["id"] for one in await listed(town, office())}
    async with town.as_(office()) as web:
        asked = await web.post(PATH, json=decided(town, subject, kind, **changed))
        assert asked.status_code == 204, asked.text
    [made] = [one["id"] for one in await listed(town, office()) if one["id"] not in before]
    return str(made)


async def says(
    town: Any, who: Caller, hold: str, deed: str, body: dict[str, Any] | None = None
) -> tuple[int, str]:
    async with town.as_(who) as web:
        answer = await web.post(f"{PATH}/{hold}/{deed}", json=body)
    return answer.status_code, answer.json()["code"] if answer.content else ""


async def announced(town: Any, hold: str) -> list[tuple[str, str, bool]]:
    async with town.database.sessions() as session:
        told = [data for name, data in await outbox_events(session) if name == "identity.hold_changed.v1"]
    return [(data["kind"], data["subject"], data["keeps"]) for data in told if data["hold_id"] == hold]


async def test_sec_20_a_held_account_is_not_erased_until_two_people_let_it_go(town: Any) -> None:
    body, identifier = await closed(town)
    hold = await proposed(town, body["id_number"])
    town.clock.pass_(days=31)
    name = body["full_name"]
    assert await name_after_settling(town, identifier) == name  # kept since it was proposed
    assert await says(town, office(), hold, "confirmation") == (403, "second-keeper-needed")
    assert await says(town, office(SECOND), hold, "confirmation") == (204, "")
    assert await says(town, office(SECOND), hold, "confirmation") == (409, "hold-decided")
    town.clock.pass_(days=90)  # its day is over: it keeps all the same
    assert await name_after_settling(town, identifier) == name
    assert await says(town, office(), hold, "release", ENDING) == (204, "")
    assert await name_after_settling(town, identifier) == name
    assert await says(town, office(), hold, "confirmation") == (403, "second-keeper-needed")
    assert await says(town, office(THIRD), hold, "confirmation") == (204, "")
    assert await name_after_settling(town, identifier) == ""
    assert await announced(town, hold) == [
        ("account", identifier, keeps) for keeps in (True, True, True, False)
    ]


async def test_sec_20_a_refused_hold_keeps_nothing_and_a_refused_release_keeps_on(town: Any) -> None:
    first = await proposed(town, "HD-2026-000001", "question")
    assert await says(town, office(SECOND), first, "release", ENDING) == (409, "hold-decided")
    assert await says(town, office(), first, "refusal") == (403, "second-keeper-needed")
    assert await says(town, office(SECOND), first, "refusal") == (204, "")
    second = await proposed(town, "H42.101-261120-0001", "dossier")
    assert await says(town, office(SECOND), second, "confirmation") == (204, "")
    assert await says(town, office(), second, "release", ENDING) == (204, "")
    assert await says(town, office(SECOND), second, "refusal") == (204, "")
    states = {one["id"]: (one["state"], one["keeps"]) for one in await listed(town, office())}
    assert (states[first], states[second]) == (("refused", False), ("in_force", True))


async def test_sec_20_sign_ins_of_a_held_person_outlive_their_days(town: Any) -> None:
    (body, tokens), (_, other) = await town.registered(), await town.registered()
    await proposed(town, body["email"])
    built = town.app.state.built
    job = {one.name: one for one in jobs(built.chest, built.rules.retention, town.mail)}["forget-expired"]
    town.clock.pass_(days=4000)
    await job.run(town.database, town.clock.now)
    count = text("select count(*) from sign_in_session where account_id = :id")
    async with town.database.sessions() as session:
        ids = [uuid.UUID(one["account"]["id"]) for one in (tokens, other)]
        kept = [await session.scalar(count, {"id": one}) for one in ids]
    assert kept == [1, 0]


async def test_sec_20_who_decided_is_reminded_before_its_day_and_each_week_after(make_town: Any) -> None:
    town = await make_town()
    body, _ = await town.registered()
    hold = await proposed(town, body["email"], days=20)
    async with town.database.sessions.begin() as session:
        [told_again] = await announce_holds(session, "", 10)
        assert told_again.key == hold
        who = uuid.UUID((await session.scalars(text("select subject from hold"))).one())
        address = (await session.get_one(Account, who)).email  # any account with an address will do
        await session.execute(text("update hold set proposed_by = :by"), {"by": str(who)})
    built = town.app.state.built
    job = {one.name: one for one in jobs(built.chest, built.rules.retention, town.mail)}["remind-of-holds"]
    told = []
    for days in (0, 6, 1, 6, 1):
        town.clock.pass_(days=days)
        await job.run(town.database, town.clock.now)
        told.append(len([one for one in town.mail.letters if one.to == address and "21/QĐ-TTr" in one.text]))
    assert told == [0, 1, 1, 2, 2], told
    assert await says(town, office(SECOND), hold, "confirmation") == (204, "")


async def test_sec_20_nobody_holds_what_is_not_there_nor_without_the_right_nor_for_ever(town: Any) -> None:
    async with town.as_(office()) as web:
        for changed, code in (
            ({"subject": "khong.co@example.vn"}, "account-unknown"),
            ({"subject": "abc", "kind": "dossier"}, "held-unreadable"),
            ({"subject": "HD-2026-000001", "kind": "question", "until_on": "2020-01-01"}, "hold-day"),
        ):
            told = {**decided(town, "x"), **changed}
            assert (await web.post(PATH, json=told)).json()["code"] == code
    async with town.as_(officer("auditor", agency="H42", scope="province")) as web:
        assert (await web.get(PATH)).status_code == 200
        assert (await web.post(PATH, json=decided(town, "HD-2026-000001", "question"))).status_code == 403
    async with town.as_(officer("agency_admin")) as web:
        assert (await web.get(PATH)).status_code == 403


async def test_sec_20_a_hold_is_written_down_with_its_decision_and_deleted_by_nobody(town: Any) -> None:
    hold = await proposed(town, "PA-2026-000007", "question")
    async with town.database.sessions() as session:
        line = (
            await session.execute(
                text(
                    "select purpose, subject from audit_line where route = :route order by seq desc limit 1"
                ),
                {"route": f"POST {PATH}"},
            )
        ).one()
    assert tuple(line) == ("21/QĐ-TTr", "PA-2026-000007")
    with pytest.raises(Exception, match="forbidden"):
        async with town.database.sessions.begin() as session:
            await session.execute(text("delete from hold where id = :id"), {"id": uuid.UUID(hold)})
    assert date.fromisoformat((await listed(town, office()))[0]["until_on"]) > town.clock.now.date()
