"""What is accepted before the work: at first, after a change, once a year; and how old a password may be."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from identity.domain.acceptance import Accepted, Mode, PasswordAge, asked_of, due
from identity.domain.terms import OFFICERS_CONDUCT, OFFICERS_DUTIES, PROVIDERS_PASSWORD, USE
from identity.main import rules_of
from identity.usecases.seed_accounts import seed_accounts
from sqlalchemy import text
from suite.testing import officer

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
MINE, SECRET = "/api/identity/me/statements", "Con duong lang 1954"
EVERY = {one.kind: one.version for one in (USE, OFFICERS_CONDUCT, OFFICERS_DUTIES)}
MARKS = {"terms": "2026-11 7defc36e", "conduct": "2026-11 bb31e98b", "duties": "2026-11 d259b221"}


@pytest.mark.parametrize("one", [USE, OFFICERS_CONDUCT, OFFICERS_DUTIES], ids=lambda one: one.kind)
def test_r_sec_01_another_text_is_another_version(one):
    mark = hashlib.sha256(repr((one.vi, one.en)).encode()).hexdigest()[:8]
    assert f"{one.version} {mark}" == MARKS[one.kind], "a new text gets a new version, and this list its mark"
    assert len(one.vi) == len(one.en)


@pytest.mark.parametrize(
    ("version", "days", "owed"),
    [
        (None, 0, True),
        ("2026-11", 0, False),
        ("2025-01", 0, True),
        ("2026-11", 364, False),
        ("2026-11", 365, True),
    ],
)
def test_r_org_16_duties_are_confirmed_at_first_after_a_change_and_each_year(version, days, owed):
    last = {"duties": Accepted(version, NOW - timedelta(days=days))} if version else {}
    assert (OFFICERS_DUTIES in due((OFFICERS_DUTIES,), last, NOW)) is owed


def test_r_sec_01_officers_accept_a_list_of_their_own_and_terms_do_not_age():
    citizen = asked_of(officer=False, bound_at=None, age=PasswordAge())
    assert [one.kind for one in citizen] == ["terms"]
    kinds = [one.kind for one in asked_of(officer=True, bound_at=None, age=PasswordAge())]
    assert kinds == ["terms", "conduct", "duties"]
    assert due(citizen, {"terms": Accepted(USE.version, NOW - timedelta(days=4000))}, NOW) == ()


@pytest.mark.parametrize(
    ("mode", "days", "outside", "expected"),
    [
        ("enforce", 90, False, "enforce"),
        ("enforce", 89, False, "off"),
        ("remind", 90, False, "remind"),
        ("off", 900, False, "off"),
        ("enforce", 900, True, "off"),
    ],
)
def test_r_acc_14_what_an_old_password_owes(mode, days, outside, expected):
    rule = PasswordAge(Mode(mode), 90)
    assert rule.due(NOW - timedelta(days=days), NOW, outside=outside) == expected
    assert rule.due(None, NOW, outside=outside) == "off", "a first password has a rule of its own"


@pytest.mark.parametrize(
    ("profile", "mode"), [("quang-tri", "enforce"), ("ninh-binh", "remind"), ("thai-nguyen", "off")]
)
def test_r_acc_14_the_profile_says_what_becomes_of_an_old_password(profile, mode):
    assert rules_of(profile).password_age.mode == mode


@pytest.mark.parametrize(("days", "owed"), [(89, False), (90, True)])
def test_r_acc_14_who_comes_by_a_provider_is_only_reminded(days, owed):
    bound = NOW - timedelta(days=days)
    asked = asked_of(officer=False, bound_at=bound, age=PasswordAge(Mode.ENFORCE, 90))
    last = {"terms": Accepted(USE.version, NOW)}
    assert ([one.kind for one in due(asked, last, NOW, bound_at=bound)] == [PROVIDERS_PASSWORD.kind]) is owed


class Hired:
    """An officer who signs in for the first time."""

    def __init__(self, town: Any, login: str) -> None:
        self.town, self.login = town, login

    async def come(self) -> dict[str, Any]:
        answer = await self.town.sign_in(self.login, SECRET)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def send(self, method: str, **body: Any) -> Any:
        async with await self.town.with_token(await self.come()) as web:
            return await web.request(method, MINE, **({"json": body} if body else {}))


async def hired(town: Any, login: str, number: str) -> Hired:
    """Make an officer with a password of his own who has accepted nothing yet."""
    entry = {"kind": "officer", "login": login, "full_name": "Trần Thị Mới", "id_number": number}
    entry |= {"email": f"{login}@motcua.example", "agency": "H99.1", "roles": ["desk_officer"]}
    async with town.database.sessions.begin() as session:
        await seed_accounts(
            session,
            [{**entry, "password": SECRET}],
            passwords=town.app.state.built.passwords,
            now=town.clock.now,
        )
        await session.execute(
            text("delete from acceptance where account_id = (select id from account where login = :l)"),
            {"l": login},
        )
    return Hired(town, login)


async def test_r_sec_01_a_first_sign_in_owes_acceptance_and_the_version_is_kept(town):
    one = await hired(town, "moi.den", "000190084001")
    assert (await one.come())["statements_due"] is True
    shown = (await one.send("GET")).json()["items"]
    assert [(item["kind"], item["due"]) for item in shown] == [(kind, True) for kind in EVERY]
    assert len(shown[0]["lines"]) >= 7, "the seven prohibited acts"
    stale = await one.send("POST", versions={**EVERY, "terms": "2020-01"})
    assert (stale.status_code, stale.json()["code"]) == (409, "statement-outdated")
    assert (await one.send("POST", versions={"terms": EVERY["terms"]})).status_code == 204
    assert (await one.come())["statements_due"] is True, "the officers' lists are not accepted yet"
    assert (await one.send("POST", versions=EVERY)).status_code == 204
    assert (await one.come())["statements_due"] is False
    kept = {(item["accepted_version"], item["due"]) for item in (await one.send("GET")).json()["items"]}
    assert kept == {("2026-11", False)}


async def test_r_org_16_a_year_later_the_duties_alone_are_asked_again(town):
    one = await hired(town, "mot.nam", "000190084002")
    await one.send("POST", versions=EVERY)
    town.clock.pass_(days=366)
    assert (await one.come())["statements_due"] is True
    owed = [item["kind"] for item in (await one.send("GET")).json()["items"] if item["due"]]
    assert owed == ["duties"]


async def test_r_sec_01_who_registered_with_the_terms_shown_owes_nothing_and_others_do(town):
    _, told = await town.registered(terms_version=USE.version)
    assert told["statements_due"] is False
    _, silent = await town.registered()
    assert silent["statements_due"] is True
    _, old = await town.register(terms_version="2020-01")
    assert (old.status_code, old.json()["code"]) == (409, "statement-outdated")
    async with town.as_(language="en") as visitor:
        shown = (await visitor.get("/api/identity/terms")).json()
    assert (shown["version"], shown["title"]) == (USE.version, "Terms of use and prohibited acts")


async def test_r_acc_14_where_the_regulation_enforces_it_nothing_is_open_before_the_change(town):
    one = await hired(town, "mat.khau.cu", "000190084003")
    built = town.app.state.built
    rules = replace(built.rules, password_age=PasswordAge(Mode.ENFORCE, 90))
    town.app.state.built = replace(built, rules=rules)
    assert (await one.come())["must_change_password"] is False
    town.clock.pass_(days=91)
    aged = await one.come()
    assert (aged["must_change_password"], aged["change_due"]) == (True, "enforce")
    assert (await one.send("GET")).json()["code"] == "password-change-required"
    async with await town.with_token(aged) as web:
        body = {"current": SECRET, "new": "Mot ngon doi moi 2027"}
        changed = await web.put("/api/identity/me/password", json=body)
    assert changed.json()["must_change_password"] is False


async def test_r_acc_14_where_it_reminds_the_sign_in_says_so_and_closes_nothing(town):
    one = await hired(town, "duoc.nhac", "000190084004")
    town.clock.pass_(days=91)
    told = await one.come()
    assert (told["must_change_password"], told["change_due"]) == (False, "remind")


async def test_r_sec_01_only_ones_own_statements_are_read(town):
    async with town.as_(officer("desk_officer", subject="018f0000-0000-7000-8000-00000000dead")) as web:
        assert (await web.get(MINE)).status_code == 404
    async with town.as_() as web:
        assert (await web.get(MINE)).status_code == 401
