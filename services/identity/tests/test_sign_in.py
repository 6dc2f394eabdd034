"""Signing in: neutral words, slowing down, sessions that renew and end."""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from identity.domain import work
from identity.domain.errors import WorkWrongError
from identity.models import AccessEntry, Account, Action
from identity.usecases.seed_accounts import seed_accounts, seeded_id
from sqlalchemy import select

OFFICER = {
    "kind": "officer",
    "full_name": "Lê Thị Mai",
    "email": "mai@motcua.example",
    "agency": "H42.101",
    "unit": "mot-cua",
    "roles": ["desk_officer"],
    "scope": "agency",
    "password": "Mot mat ma dai",
}
PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")


async def officer(town: Any, login: str, number: str, **changed: Any) -> str:
    async with town.database.sessions.begin() as session:
        entry = {**OFFICER, "login": login, "id_number": number, **changed}
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    return login


async def entries(town: Any, action: Action, account: object) -> list[AccessEntry]:
    async with town.database.sessions() as session:
        found = await session.scalars(
            select(AccessEntry).where(AccessEntry.action == action, AccessEntry.account_id == account)
        )
        return list(found)


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_r_acc_24_a_wrong_password_and_an_unknown_name_hear_the_same(town: Any) -> None:
    body, _ = await town.registered()
    wrong = await town.sign_in(body["email"], "wrong password")
    unknown = await town.sign_in("nobody.here@example.vn", "wrong password")
    stranger = await town.sign_in("nobody.hoalu", "wrong password")
    assert refusal(wrong) == (401, "sign-in-refused")
    for answer in (unknown, stranger):
        same = {**answer.json(), "trace_id": None}
        assert same == {**wrong.json(), "trace_id": None}


async def test_r_acc_24_work_is_asked_after_three_failures_and_counts_once(town: Any, solved: Any) -> None:
    body, _ = await town.registered()
    for _ in range(3):
        assert refusal(await town.sign_in(body["email"], "wrong"))[1] == "sign-in-refused"
    assert refusal(await town.sign_in(body["email"], body["password"])) == (422, "work-required")
    answer = await solved(town)
    lied = json.loads(base64.b64decode(answer))
    lied["solution"]["counter"] += 1
    easier = json.loads(base64.b64decode(answer))
    easier["challenge"]["parameters"]["keyPrefix"] = ""
    for wrong in (
        *(base64.b64encode(json.dumps(one).encode()).decode() for one in (lied, easier)),
        "",
        "e30=",
        "!",
    ):
        refused = await town.sign_in(body["email"], body["password"], work=wrong)
        assert refusal(refused) == (422, "work-wrong"), wrong
    assert (await town.sign_in(body["email"], body["password"], work=answer)).status_code == 200
    again = await town.sign_in(body["email"], body["password"], work=answer)
    assert refusal(again) == (422, "work-wrong")


async def test_s17_old_work_is_worth_nothing(town: Any, solved: Any) -> None:
    body, _ = await town.registered()
    answer = await solved(town)
    town.clock.pass_(minutes=10)
    assert refusal(await town.sign_in(body["email"], body["password"], work=answer)) == (422, "work-wrong")


async def test_s17_whose_browser_does_no_work_waits_half_a_minute(town: Any) -> None:
    body, _ = await town.registered()
    for _ in range(3):
        await town.sign_in(body["email"], "wrong")
    town.clock.pass_(seconds=29)
    told = await town.sign_in(body["email"], body["password"])
    assert refusal(told) == (422, "work-required")
    assert "30 giây" in told.json()["errors"][0]["message"]
    town.clock.pass_(seconds=1)  # what was refused unread prolongs nothing
    assert refusal(await town.sign_in(body["email"], "wrong"))[1] == "sign-in-refused"
    assert refusal(await town.sign_in(body["email"], body["password"])) == (422, "work-required")
    town.clock.pass_(seconds=30)
    assert (await town.sign_in(body["email"], body["password"])).status_code == 200


def test_s17_a_task_costs_a_browser_something_and_the_service_little() -> None:
    now = datetime.now(UTC)
    task = json.loads(work.new_task(b"secret", now).text)["parameters"]
    assert (task["algorithm"], task["cost"]) == ("PBKDF2/SHA-256", 5000)
    assert len(task["keyPrefix"]) == 32  # found by trying alone
    easy = work.solved(work.new_task(b"secret", now, cost=1).text)
    tries = json.loads(base64.b64decode(easy))["solution"]["counter"]
    assert work.FEWEST <= tries < work.MOST
    with pytest.raises(WorkWrongError):
        work.done(b"another", easy, now)


async def test_r_acc_24_five_failures_lock_for_a_quarter_of_an_hour_and_then_open_by_themselves(
    town: Any, solved: Any
) -> None:
    body, _ = await town.registered()
    for _ in range(5):
        await town.sign_in(body["email"], "wrong", work=await solved(town))
    locked = await town.sign_in(body["email"], body["password"], work=await solved(town))
    assert refusal(locked) == (429, "sign-in-locked")
    assert 0 < int(locked.headers["retry-after"]) <= 900
    town.clock.pass_(minutes=15, seconds=1)
    assert (await town.sign_in(body["email"], body["password"])).status_code == 200


async def test_r_acc_24_a_success_forgets_the_failures_before_it(town: Any) -> None:
    body, _ = await town.registered()
    busy = "198.51.100.10"  # an office whose people sign in all day
    for _ in range(12):
        assert refusal(await town.sign_in(body["email"], "wrong", address=busy))[1] == "sign-in-refused"
        assert (await town.sign_in(body["email"], body["password"], address=busy)).status_code == 200
    for _ in range(25):
        assert (await town.sign_in(body["email"], body["password"])).status_code == 200


async def test_r_acc_24_a_stranger_cannot_lock_a_citizen_out(town: Any, solved: Any) -> None:
    body, _ = await town.registered()
    for _ in range(6):
        await town.sign_in(body["email"], "wrong", address="198.51.100.66", work=await solved(town))
    assert (await town.sign_in(body["email"], body["password"])).status_code == 200


async def test_r_acc_24_many_attempts_at_once_do_not_outrun_the_lock(town: Any) -> None:
    body, _ = await town.registered()
    answers = await asyncio.gather(*(town.sign_in(body["email"], "wrong") for _ in range(20)))
    judged = [answer for answer in answers if answer.json()["code"] == "sign-in-refused"]
    assert len(judged) == 3  # after which the work stands in the way


async def test_r_acc_24_an_address_that_fails_for_many_names_is_asked_for_work(town: Any) -> None:
    for number in range(20):
        await town.sign_in(f"name{number}@example.vn", "wrong", address="198.51.100.99")
    body, _ = await town.registered()
    there = await town.sign_in(body["email"], body["password"], address="198.51.100.99")
    assert refusal(there) == (422, "work-required")
    assert (await town.sign_in(body["email"], body["password"])).status_code == 200


async def test_every_sign_in_is_logged_with_address_device_and_browser(town: Any) -> None:
    body, tokens = await town.registered()
    await town.sign_in(body["email"], "wrong")
    await town.sign_in(body["email"], body["password"])
    mine = await town.with_token(tokens)
    log = (await mine.get("/api/identity/me/access-log")).json()
    assert [line["action"] for line in log["items"]] == ["signed_in", "sign_in_failed", "registered"]
    newest = log["items"][0]
    # The last hop is the gateway's word; what stands before it is the client's own claim.
    assert newest["address"] == "203.0.113.7"
    assert (newest["device"], newest["system"], newest["browser"]) == (
        "computer",
        "Windows 10.0",
        "Chrome 141.0.0.0",
    )


async def test_a_renewal_token_works_once_and_its_theft_ends_the_session(town: Any) -> None:
    _, tokens = await town.registered()
    path = "/api/identity/sessions/refresh"
    async with town.as_() as visitor:
        renewed = await visitor.post(path, json={"refresh_token": tokens["refresh_token"]})
        assert renewed.status_code == 200
        assert renewed.json()["refresh_token"] != tokens["refresh_token"]
        renewed = await visitor.post(path, json={"refresh_token": renewed.json()["refresh_token"]})
        assert renewed.status_code == 200
        town.clock.pass_(seconds=11)
        stolen = await visitor.post(path, json={"refresh_token": tokens["refresh_token"]})
        assert refusal(stolen) == (401, "unauthenticated")
        after = await visitor.post(path, json={"refresh_token": renewed.json()["refresh_token"]})
        assert refusal(after) == (401, "unauthenticated")
    assert len(await entries(town, Action.RENEWAL_STOLEN, tokens["account"]["id"])) == 1


async def test_a_renewal_whose_answer_was_lost_is_no_theft_and_what_was_lost_is_void(town: Any) -> None:
    _, tokens = await town.registered()
    path = "/api/identity/sessions/refresh"
    async with town.as_() as visitor:
        lost = await visitor.post(path, json={"refresh_token": tokens["refresh_token"]})
        town.clock.pass_(seconds=60)
        again = await visitor.post(path, json={"refresh_token": tokens["refresh_token"]})
        assert again.status_code == 200
        assert await entries(town, Action.RENEWAL_STOLEN, tokens["account"]["id"]) == []
        found = await visitor.post(path, json={"refresh_token": lost.json()["refresh_token"]})
        assert refusal(found) == (401, "unauthenticated")
        after = await visitor.post(path, json={"refresh_token": again.json()["refresh_token"]})
        assert refusal(after) == (401, "unauthenticated"), "two had a token: the sign-in is over"
    assert len(await entries(town, Action.RENEWAL_STOLEN, tokens["account"]["id"])) == 1


async def test_a_renewal_is_lost_for_two_minutes_and_stolen_after_them(town: Any) -> None:
    _, tokens = await town.registered()
    path = "/api/identity/sessions/refresh"
    async with town.as_() as visitor:
        assert (await visitor.post(path, json={"refresh_token": tokens["refresh_token"]})).status_code == 200
        town.clock.pass_(seconds=121)
        late = await visitor.post(path, json={"refresh_token": tokens["refresh_token"]})
        assert refusal(late) == (401, "unauthenticated")
    assert len(await entries(town, Action.RENEWAL_STOLEN, tokens["account"]["id"])) == 1


async def test_two_tabs_that_renew_at_the_same_moment_both_go_on(town: Any) -> None:
    _, tokens = await town.registered()
    async with town.as_() as visitor:
        body = {"refresh_token": tokens["refresh_token"]}
        both = await asyncio.gather(
            *(visitor.post("/api/identity/sessions/refresh", json=body) for _ in range(2))
        )
    assert [answer.status_code for answer in both] == [200, 200]


async def test_signing_out_ends_the_renewal(town: Any) -> None:
    _, tokens = await town.registered()
    mine = await town.with_token(tokens)
    assert (await mine.delete("/api/identity/sessions/current")).status_code == 204
    assert (await mine.delete("/api/identity/sessions/current")).status_code == 204
    async with town.as_() as visitor:
        body = {"refresh_token": tokens["refresh_token"]}
        assert (await visitor.post("/api/identity/sessions/refresh", json=body)).status_code == 401
    assert len(await entries(town, Action.SIGNED_OUT, tokens["account"]["id"])) == 1


@pytest.mark.parametrize("profile", PROFILES)
async def test_r_acc_13_a_first_password_opens_nothing_but_its_own_change(
    profile: str, make_town: Callable[[str], Awaitable[Any]]
) -> None:
    town = await make_town(profile)
    login = await officer(town, "moi.hoalu", "037190100002", must_change_password=True)
    tokens = (await town.sign_in(login, OFFICER["password"])).json()
    assert tokens["must_change_password"] is True
    first = await town.with_token(tokens)
    for method, path in (
        ("GET", "me"),
        ("PATCH", "me"),
        ("GET", "me/access-log"),
        ("GET", "officers"),
        ("POST", "officers"),
    ):
        answer = await first.request(method, f"/api/identity/{path}", json={"version": 1})
        assert refusal(answer) == (403, "password-change-required"), path
    same = await first.put(
        "/api/identity/me/password", json={"current": OFFICER["password"], "new": OFFICER["password"]}
    )
    assert refusal(same) == (422, "password-unchanged")
    new = "Mat ma moi hoan toan"
    changed = await first.put("/api/identity/me/password", json={"current": OFFICER["password"], "new": new})
    assert changed.json()["must_change_password"] is False
    assert (await (await town.with_token(changed.json())).get("/api/identity/me")).status_code == 200
    assert (await town.sign_in(login, new)).json()["must_change_password"] is False
    async with town.as_() as visitor:
        old = {"refresh_token": tokens["refresh_token"]}
        assert (await visitor.post("/api/identity/sessions/refresh", json=old)).status_code == 401


async def test_the_current_password_cannot_be_found_by_trying(town: Any) -> None:
    body, tokens = await town.registered()
    mine = await town.with_token(tokens)
    tries = [
        await mine.put(
            "/api/identity/me/password", json={"current": f"guess {n}", "new": "Mot cau that la dai"}
        )
        for n in range(6)
    ]
    assert [refusal(answer)[1] for answer in tries] == ["current-password-wrong"] * 5 + ["sign-in-locked"]
    assert (await town.sign_in(body["email"], body["password"])).status_code == 200


async def test_a_reset_answers_alike_for_known_and_unknown_and_ends_every_session(town: Any) -> None:
    body, tokens = await town.registered()
    async with town.as_() as visitor:
        known = await visitor.post("/api/identity/password-resets", json={"login": body["email"]})
        letters = len(town.mail.letters)
        unknown = await visitor.post("/api/identity/password-resets", json={"login": "khong.co@example.vn"})
        assert (known.status_code, unknown.status_code) == (202, 202)
        assert known.json().keys() == unknown.json().keys()
        assert len(town.mail.letters) == letters
        code = town.mail.code(body["email"])
        lost = f"/api/identity/password-resets/{unknown.json()['reset_id']}/confirmation"
        assert (
            refusal(await visitor.post(lost, json={"code": code, "password": "Mot cau that la dai"}))[1]
            == "code-wrong"
        )
        path = f"/api/identity/password-resets/{known.json()['reset_id']}/confirmation"
        done = await visitor.post(path, json={"code": code, "password": "Mot cau that la dai"})
        assert done.status_code == 204
        renewal = await visitor.post(
            "/api/identity/sessions/refresh", json={"refresh_token": tokens["refresh_token"]}
        )
        assert renewal.status_code == 401
    assert (await town.sign_in(body["email"], body["password"])).status_code == 401
    assert (await town.sign_in(body["email"], "Mot cau that la dai")).status_code == 200


async def test_an_account_that_was_switched_off_hears_the_neutral_words(town: Any) -> None:
    login = await officer(town, "nghi.hoalu", "037190100003")
    async with town.database.sessions.begin() as session:
        account = await session.get_one(Account, seeded_id(login))
        account.active = False
    assert refusal(await town.sign_in(login, OFFICER["password"])) == (401, "sign-in-refused")
