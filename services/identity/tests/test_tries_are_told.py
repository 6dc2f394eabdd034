"""A try of a password or a code stands in the log as what came of it, and a deed in one transaction with its line."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, NamedTuple

import pyotp
import pytest
from common.security import Caller
from identity.main import rules_of
from identity.usecases.seed_accounts import seed_accounts
from sqlalchemy import text
from suite.testing import officer

PASSWORD = "Con duong lang 1954"
ME = "/api/identity/me"
NUMBERS = itertools.count(1)
ADMIN = "018f0000-0000-7000-8000-0000000000c7"
NOBODY = "018f0000-0000-7000-8000-00000000dead"


class Door(NamedTuple):
    """A route that judges something secret, somebody at it, and what is right there."""

    who: str
    http: Any
    method: str
    path: str
    body: dict[str, Any]
    secret: str
    route: str
    done: str
    """What identity's own log calls it when it was right."""

    async def try_(self, **changed: Any) -> Any:
        return await self.http.request(self.method, self.path, json={**self.body, **changed})


async def citizen(town: Any) -> tuple[str, Any, dict[str, Any]]:
    body, tokens = await town.registered()
    return tokens["account"]["id"], await town.with_token(tokens), body


async def closing(town: Any) -> Door:
    who, http, _ = await citizen(town)
    path = f"{ME}/closing"
    return Door(who, http, "POST", path, {"password": PASSWORD}, "password", f"POST {path}", "closing_asked")


async def password(town: Any) -> Door:
    who, http, _ = await citizen(town)
    path, body = f"{ME}/password", {"current": PASSWORD, "new": "Mot cau that la dai"}
    return Door(who, http, "PUT", path, body, "current", f"PUT {path}", "password_changed")


async def telephone(town: Any) -> Door:
    who, http, _ = await citizen(town)
    place = f"{ME}/phone-proofs"
    proof = (await http.post(place, json={"current": PASSWORD})).json()["proof_id"]
    code = town.texts.texts[-1][1].split(": ")[1][:6]
    path, route = f"{place}/{proof}/verification", f"POST {place}/{{proof_id}}/verification"
    return Door(who, http, "POST", path, {"code": code}, "code", route, "profile_changed")


async def mailbox(town: Any) -> Door:
    who, http, _ = await citizen(town)
    place, new = f"{ME}/email-changes", f"moi{next(NUMBERS)}@example.vn"
    change = (await http.post(place, json={"email": new, "current": PASSWORD})).json()["change_id"]
    path, route = f"{place}/{change}/verification", f"POST {place}/{{change_id}}/verification"
    return Door(who, http, "POST", path, {"code": town.mail.code(new)}, "code", route, "profile_changed")


async def signer(town: Any) -> tuple[str, Any, Any]:
    """Give a signer who owes a second factor: id, client, and the app to be."""
    rules = replace(rules_of("ninh-binh"), second_factor=frozenset({"signer"}))
    town.app.state.built = replace(town.app.state.built, rules=rules)
    login = f"ky{next(NUMBERS)}.thu"
    entry = {
        "kind": "officer",
        "login": login,
        "full_name": "Hoàng Văn Bình",
        "id_number": f"0371955{next(NUMBERS):05d}",
        "email": f"{login}@motcua.example",
        "agency": "H42.101",
        "unit": "lanh-dao",
        "roles": ["signer"],
        "scope": "agency",
        "password": PASSWORD,
    }
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    tokens = (await town.sign_in(login, PASSWORD)).json()
    http = await town.with_token(tokens)
    app = pyotp.TOTP((await http.post(f"{ME}/second-factor")).json()["key"])
    return tokens["account"]["id"], http, app


async def factor(town: Any) -> Door:
    who, http, app = await signer(town)
    path, body = f"{ME}/second-factor/confirmation", {"code": app.at(town.clock.now)}
    return Door(who, http, "POST", path, body, "code", f"POST {path}", "factor_enrolled")


async def proof(town: Any) -> Door:
    who, http, app = await signer(town)
    await http.post(f"{ME}/second-factor/confirmation", json={"code": app.at(town.clock.now)})
    town.clock.pass_(seconds=60)
    path, body = f"{ME}/second-factor/proof", {"code": app.at(town.clock.now)}
    return Door(who, http, "POST", path, body, "code", f"POST {path}", "factor_proven")


DOORS = [closing, password, telephone, mailbox, factor, proof]


async def lines(town: Any, who: str, route: str) -> list[Any]:
    async with town.database.sessions() as session:
        rows = await session.execute(
            text("select outcome, xid from audit_line where actor = :who and route = :route order by seq"),
            {"who": who, "route": route},
        )
        return list(rows)


@pytest.mark.parametrize("door", DOORS)
async def test_sec_09_a_wrong_try_is_told_as_refused_and_a_right_one_with_what_it_did(
    town: Any, door: Callable[[Any], Awaitable[Door]]
) -> None:
    at = await door(town)
    wrong = await at.try_(**{at.secret: "000000"})
    assert wrong.status_code == 422, wrong.text
    assert [row.outcome for row in await lines(town, at.who, at.route)] == [422]
    assert (await at.try_()).status_code in (200, 204)
    told = (await lines(town, at.who, at.route))[1:]
    assert [row.outcome for row in told] == [200]
    assert told[0].xid == (await lines(town, at.who, at.done))[-1].xid  # one transaction with the deed


@pytest.mark.parametrize("door", DOORS)
async def test_sec_09_tries_that_are_not_judged_any_more_are_told_too(
    town: Any, door: Callable[[Any], Awaitable[Door]]
) -> None:
    at = await door(town)
    said = [(await at.try_(**{at.secret: "000000"})).status_code for _ in range(12)]
    assert said[-1] == 429
    assert [row.outcome for row in await lines(town, at.who, at.route)] == said


def admin() -> Caller:
    return officer("agency_admin", agency="H42.101", subject=ADMIN)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/identity/officers?agency=H42.104", None),
        ("GET", f"/api/identity/officers/{NOBODY}", None),
        ("PATCH", "/api/identity/officers/{strange}", {"version": 1, "active": False}),
        ("POST", f"/api/identity/grant-proposals/{NOBODY}/decision", {"given": True, "reason": "đã gặp"}),
    ],
)
async def test_sec_09_who_asks_beyond_his_reach_is_told_as_refused_and_never_as_done(
    town: Any, method: str, path: str, body: Any
) -> None:
    strange, _, _ = await signer(town)
    async with town.database.sessions.begin() as session:
        await session.execute(text("update account set agency = 'H42.104' where id = :id"), {"id": strange})
    async with town.as_(admin()) as web:
        answer = await web.request(method, path.format(strange=strange), json=body)
    assert answer.status_code in (403, 404), answer.text
    async with town.database.sessions() as session:
        last = "select outcome from audit_line where actor = :who order by seq desc limit 2"
        told = set(await session.scalars(text(last), {"who": ADMIN}))
    assert told <= {403, 404}
