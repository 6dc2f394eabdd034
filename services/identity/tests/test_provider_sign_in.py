"""Signing in with an outside provider: whom it lets in, and every answer of a hostile one that lets in nobody."""

import base64
import hashlib
import hmac
import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio
from identity.adapters.oidc_provider import OidcProvider
from identity.domain.oidc import Client, Secrets, authorization_url, pkce
from identity.domain.sessions import fingerprint
from identity.main import create_app, let_go
from identity.settings import Settings
from identity.usecases.seed_accounts import seed_accounts
from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy import text
from suite.testing.provider import CLIENT, ISSUER, SECRET, ProviderSimulator, answered

BACK = "http://127.0.0.1:8080/dang-nhap/dinh-danh"
OFFICER_BACK = "http://127.0.0.1:8080/can-bo/dang-nhap/dinh-danh"
PLACE = "/api/identity/provider"
NUMBERS = itertools.count(1)


class Province:
    """One identity service with a provider of its own."""

    def __init__(self, town: Any, **more: Any) -> None:
        self.town = town
        self.provider = ProviderSimulator(redirects=frozenset({BACK, OFFICER_BACK}), clock=self.clock)
        self.web = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.provider.app()), base_url=ISSUER)
        client = Client(ISSUER, CLIENT, SECRET, "http://127.0.0.1:8080")
        self.adapter = OidcProvider(
            replace(client, **more),
            httpx.ASGITransport(app=self.provider.app()),
            self.clock,
        )
        town.app.state.built = replace(town.app.state.built, provider=self.adapter)

    def clock(self) -> float:
        """Tell the time of this town, in epoch seconds."""
        return float(self.town.clock.now.timestamp())

    async def begin(self, door: str = "citizen") -> dict[str, Any]:
        async with self.town.as_() as browser:
            answer = await browser.post(f"{PLACE}/attempts", json={"door": door})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def visit(self, begun: dict[str, Any]) -> dict[str, str]:
        """Sign in at the provider; give what it sends the browser back with."""
        sent = await self.web.get(begun["url"])
        assert sent.status_code == 303, sent.text
        return answered(sent.headers["location"])

    async def come_back(self, begun: dict[str, Any], told: dict[str, str], **changed: Any) -> httpx.Response:
        body = {"door": "citizen", "binding": begun["binding"], "state": told["state"], "code": told["code"]}
        async with self.town.as_() as browser:
            sent = {**body, "issuer": told.get("iss"), **changed}
            answer: httpx.Response = await browser.post(f"{PLACE}/sessions", json=sent)
            return answer

    async def sign_in(self, door: str = "citizen", **changed: Any) -> httpx.Response:
        begun = await self.begin(door)
        return await self.come_back(begun, await self.visit(begun), door=door, **changed)


@pytest_asyncio.fixture(loop_scope="session")
async def province(town: Any) -> Province:
    return Province(town)


async def citizen(province: Province) -> str:
    """Register a citizen whom the provider knows too; give the account."""
    body, tokens = await province.town.registered()
    province.provider.person = {"sub": f"sub-{next(NUMBERS)}", "id_number": body["id_number"]}
    return str(tokens["account"]["id"])


def refused(answer: httpx.Response) -> bool:
    """Tell whether somebody heard the one sentence that everybody hears."""
    said = answer.json()
    return (answer.status_code, said.get("code"), said.get("errors", [])) == (
        401,
        "provider-sign-in-refused",
        [],
    )


async def test_s19_a_person_comes_in_by_the_national_number_and_is_the_same_for_ever(
    province: Province,
) -> None:
    who = await citizen(province)
    first = await province.sign_in()
    assert first.status_code == 200, first.text
    assert first.json()["account"]["id"] == who
    again = await province.sign_in()
    assert again.json()["account"]["id"] == who
    async with province.town.database.sessions() as session:
        rows = text(
            "select action, subject from access_entry where account_id = :who order by id desc limit 2"
        )
        assert set(await session.execute(rows, {"who": who})) == {("signed_in", "provider")}
        kept = await session.scalar(text("select string_agg(subject_hash, ' ') from provider_account"))
    assert province.provider.person["sub"] not in kept


async def test_s19_the_provider_is_asked_as_the_standard_says() -> None:
    made = Secrets("s", "n", "v", "b")
    client = Client(ISSUER, CLIENT, SECRET, "https://a.example", levels=("high", "higher"))
    asked = answered(authorization_url(client, f"{ISSUER}/authorize?x=1", made, "officer"))
    assert asked == {
        "x": "1",
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": "https://a.example/can-bo/dang-nhap/dinh-danh",
        "scope": "openid profile",
        "state": "s",
        "nonce": "n",
        "code_challenge": pkce("v"),
        "code_challenge_method": "S256",
        "acr_values": "high higher",
    }
    assert SECRET not in str(asked)
    one, other = Secrets.fresh(), Secrets.fresh()
    assert not set(one) & set(other)
    assert min(map(len, one)) >= 43


async def test_s19_an_officer_comes_in_by_the_officers_door_and_still_owes_the_second_factor(
    province: Province,
) -> None:
    town, number = province.town, f"0372077{next(NUMBERS):05d}"
    login = f"dinhdanh{next(NUMBERS)}.hoalu"
    entry = {
        "kind": "officer",
        "login": login,
        "full_name": "Hoàng Văn Bình",
        "id_number": number,
        "email": f"{login}@motcua.example",
        "agency": "H42.101",
        "unit": "lanh-dao",
        "roles": ["signer"],
        "scope": "agency",
        "password": "Mot mat ma dai",
    }
    rules = replace(town.app.state.built.rules, second_factor=frozenset({"signer"}))
    town.app.state.built = replace(town.app.state.built, rules=rules)
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    province.provider.person = {"sub": f"sub-{next(NUMBERS)}", "id_number": number}
    assert refused(await province.sign_in("citizen"))
    opened = await province.sign_in("officer")
    assert opened.json()["owes"] == "enrolment"
    assert opened.json()["account"]["kind"] == "officer"


async def test_s19_an_unknown_person_hears_what_everybody_hears(province: Province) -> None:
    province.provider.person = {"sub": "nobody", "id_number": "000190999999"}
    assert refused(await province.sign_in())


async def test_s19_another_subject_with_the_same_number_is_not_let_in_and_the_owner_reads_it(
    province: Province,
) -> None:
    who = await citizen(province)
    assert (await province.sign_in()).status_code == 200
    province.provider.person = {**province.provider.person, "sub": "somebody-else"}
    assert refused(await province.sign_in())
    async with province.town.database.sessions() as session:
        last = text("select action from access_entry where account_id = :who order by id desc limit 1")
        assert await session.scalar(last, {"who": who}) == "sign_in_failed"


async def test_s19_one_subject_never_becomes_another_account(province: Province) -> None:
    await citizen(province)
    subject = province.provider.person["sub"]
    assert (await province.sign_in()).status_code == 200
    await citizen(province)
    province.provider.person = {**province.provider.person, "sub": subject}
    assert refused(await province.sign_in())


async def test_s19_the_same_subject_of_another_provider_is_somebody_else(province: Province) -> None:
    other = await citizen(province)
    who = await citizen(province)
    row = {"sub": fingerprint(province.provider.person["sub"]), "other": other}
    async with province.town.database.sessions.begin() as session:
        bound = "insert into provider_account values ('http://old.test', :sub, :other, now())"
        await session.execute(text(bound), row)
    assert (await province.sign_in()).json()["account"]["id"] == who


async def test_s19_state_and_code_count_once_soon_and_in_the_browser_that_began(province: Province) -> None:
    await citizen(province)
    begun = await province.begin()
    told = await province.visit(begun)
    assert (await province.come_back(begun, told)).status_code == 200
    assert refused(await province.come_back(begun, told))  # the state is used up
    other = await province.begin()
    fresh = await province.visit(other)
    assert refused(await province.come_back(other, {**fresh, "code": told["code"]}))  # and so is the code
    assert refused(await province.come_back(other, fresh))  # the try before used this state up
    mine, theirs = await province.begin(), await province.begin()
    assert refused(await province.come_back(mine, await province.visit(theirs)))
    late = await province.begin()
    answer = await province.visit(late)
    province.town.clock.pass_(minutes=10)
    assert refused(await province.come_back(late, answer))
    assert refused(await province.sign_in(door="officer"))
    assert refused(await province.come_back(late, {"state": "x", "code": "y", "iss": ISSUER}))


async def test_s19_a_code_of_another_attempt_does_not_fit_the_verifier(province: Province) -> None:
    await citizen(province)
    mine, theirs = await province.begin(), await province.begin()
    stolen = await province.visit(theirs)
    own = await province.visit(mine)
    assert refused(await province.come_back(mine, {**own, "code": stolen["code"]}))


async def test_after_a_restore_no_attempt_of_then_is_good(province: Province) -> None:
    await citizen(province)
    begun = await province.begin()
    told = await province.visit(begun)
    await let_go(province.town.database, [], province.town.clock.now)
    assert refused(await province.come_back(begun, told))
    assert (await province.sign_in()).status_code == 200


@pytest.mark.parametrize("issuer", ["http://evil.test", f"{ISSUER}/", None, ""])
async def test_s19_an_answer_of_another_issuer_is_a_mix_up(province: Province, issuer: str | None) -> None:
    await citizen(province)
    assert refused(await province.sign_in(issuer=issuer))
    assert "/token" not in province.provider.asked  # the code was not shown to anybody


def say(**changed: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Change what the token says; None takes a claim away, a number is added to the instant that stands there."""

    def twist(claims: dict[str, Any]) -> dict[str, Any]:
        said = dict(claims)
        for name, value in changed.items():
            if value is None:
                said.pop(name, None)
            else:
                said[name] = said[name] + value if name in ("exp", "iat") else value
        return said

    return twist


HOSTILE = {
    "no nonce": say(nonce=None),
    "another nonce": say(nonce="x"),
    "nonce no text": say(nonce=["x"]),
    "another issuer": say(iss="http://evil.test"),
    "the issuer with a slash": say(iss=f"{ISSUER}/"),
    "no issuer": say(iss=None),
    "another audience": say(aud="somebody"),
    "no audience": say(aud=None),
    "several audiences and no party": say(aud=[CLIENT, "somebody"]),
    "several audiences and another party": say(aud=[CLIENT, "somebody"], azp="somebody"),
    "one audience and another party": say(azp="somebody"),
    "ended": say(exp=-361),
    "no end": say(exp=None),
    "made long ago": say(iat=-661),
    "made in the future": say(iat=61),
    "no instant": say(iat=None),
    "no subject": say(sub=None),
    "an empty subject": say(sub=""),
    "a subject that is no text": say(sub=17),
    "a subject without end": say(sub="x" * 256),
    "no number": say(id_number=None),
    "a number that is no text": say(id_number={"x": 1}),
}
HARMLESS = {
    "a clock a little behind": say(exp=-359, iat=-359),
    "a clock a little ahead": say(iat=59),
    "several audiences and us as the party": say(aud=[CLIENT, "somebody"], azp=CLIENT),
}


@pytest.mark.parametrize("twist", HOSTILE.values(), ids=HOSTILE)
async def test_s19_a_token_that_says_anything_else_lets_in_nobody(province: Province, twist: Any) -> None:
    await citizen(province)
    province.provider.twist = twist
    assert refused(await province.sign_in())
    province.provider.twist = dict
    assert (await province.sign_in()).status_code == 200


@pytest.mark.parametrize("twist", HARMLESS.values(), ids=HARMLESS)
async def test_s19_clocks_may_differ_by_a_minute(province: Province, twist: Any) -> None:
    await citizen(province)
    province.provider.twist = twist
    assert (await province.sign_in()).status_code == 200


def packed(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def unsigned(_: ProviderSimulator, claims: dict[str, Any]) -> str:
    return f"{packed({'alg': 'none', 'kid': 'k1'})}.{packed(claims)}."


def by_public_key(provider: ProviderSimulator, claims: dict[str, Any]) -> str:
    """Sign with the public key as if it were a secret, as a library that asks the token how would check it."""
    told = f"{packed({'alg': 'HS256', 'kid': 'k1'})}.{packed(claims)}"
    mark = hmac.new(provider.key.as_pem(private=False), told.encode(), hashlib.sha256).digest()
    return f"{told}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"


def by_another_key(_: ProviderSimulator, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "ES256", "kid": "k1"}, claims, ECKey.generate_key("P-256", {"kid": "k1"}))


def by_its_own_key(_: ProviderSimulator, claims: dict[str, Any]) -> str:
    key = ECKey.generate_key("P-256", {"kid": "k9"})
    return jwt.encode({"alg": "ES256", "kid": "k9", "jwk": key.as_dict(private=False)}, claims, key)


def changed_after(provider: ProviderSimulator, claims: dict[str, Any]) -> str:
    head, _, tail = provider.signed(claims).split(".")
    return f"{head}.{packed({**claims, 'x': 1})}.{tail}"


FORGERS = [
    unsigned,
    by_public_key,
    by_another_key,
    by_its_own_key,
    changed_after,
    lambda *_: "x",
    lambda *_: "a.b.c",
]


@pytest.mark.parametrize("forge", FORGERS)
async def test_s19_a_signature_that_is_none_lets_in_nobody(province: Province, forge: Any) -> None:
    await citizen(province)
    province.provider.sign = forge
    assert refused(await province.sign_in())
    province.provider.sign = None
    assert (await province.sign_in()).status_code == 200


async def test_s19_only_levels_that_are_enough_open(town: Any) -> None:
    province = Province(town, levels=("high",))
    await citizen(province)
    assert refused(await province.sign_in())
    province.provider.twist = say(acr="low")
    assert refused(await province.sign_in())
    province.provider.twist = say(acr="high")
    assert (await province.sign_in()).status_code == 200


async def test_discovery_and_keys_are_kept_and_a_new_key_is_learnt_without_a_flood(
    province: Province,
) -> None:
    await citizen(province)
    for _ in range(3):
        assert (await province.sign_in()).status_code == 200
    asked = province.provider.asked
    assert (asked.count("/.well-known/openid-configuration"), asked.count("/keys")) == (1, 1)
    province.provider.rotate("k2")
    assert refused(await province.sign_in())  # asked for just now
    province.town.clock.pass_(seconds=31)
    assert (await province.sign_in()).status_code == 200
    for _ in range(3):
        province.provider.sign = by_its_own_key
        assert refused(await province.sign_in())
    assert asked.count("/keys") == 2
    province.town.clock.pass_(minutes=11)
    province.provider.sign = None
    assert (await province.sign_in()).status_code == 200
    assert (asked.count("/.well-known/openid-configuration"), asked.count("/keys")) == (2, 3)


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "http://evil.test"},
        {"token_endpoint": None},
        {"jwks_uri": "ftp://provider.test/keys"},
    ],
)
async def test_s19_a_provider_that_says_it_is_another_is_not_asked(
    province: Province, told: dict[str, Any]
) -> None:
    province.provider.told = told
    async with province.town.as_() as browser:
        answer = await browser.post(f"{PLACE}/attempts", json={"door": "citizen"})
    assert (answer.status_code, answer.json()["code"]) == (424, "provider-away")


async def test_a_provider_that_is_away_is_told_as_such(province: Province) -> None:
    await citizen(province)
    begun = await province.begin()
    told = await province.visit(begun)
    province.provider.down = True
    answer = await province.come_back(begun, told)
    assert (answer.status_code, answer.json()["code"]) == (424, "provider-away")
    province.town.clock.pass_(minutes=11)
    async with province.town.as_() as browser:
        answer = await browser.post(f"{PLACE}/attempts", json={"door": "citizen"})
    assert answer.status_code == 424
    province.provider.down = False
    assert (await province.sign_in()).status_code == 200


async def test_where_no_provider_is_named_the_way_is_closed(town: Any) -> None:
    body = {"door": "citizen", "state": "s", "code": "c", "binding": "b"}
    async with town.as_() as browser:
        for path, sent in (("attempts", {"door": "citizen"}), ("sessions", body)):
            answer = await browser.post(f"{PLACE}/{path}", json=sent)
            assert (answer.status_code, answer.json()["code"]) == (404, "no-provider")


async def test_settings_name_the_provider(town: Any, chest_folder: Any) -> None:
    settings = Settings(
        profile="quang-tri",
        key_folder=chest_folder,
        jwks_url="http://nowhere.invalid",
        public_url="https://dvc.example/",
        oidc_issuer="https://sso.example",
        oidc_client_id="motcua",
        oidc_client_secret="s",
        oidc_levels=["high"],
    )
    client = create_app(settings, town.database).state.built.provider.client
    assert (client.issuer, client.levels) == ("https://sso.example", ("high",))
    assert client.back("officer") == "https://dvc.example/can-bo/dang-nhap/dinh-danh"
    assert urlsplit(client.back("citizen")).path == "/dang-nhap/dinh-danh"


async def test_s19_a_strangers_account_does_not_wait_for_the_holder_of_the_number(province: Province) -> None:
    town = province.town
    body, stolen = await town.registered()
    thief = await town.with_token(stolen)
    device = (await town.sign_in(body["email"], body["password"], device="")).json()["device"]
    province.provider.person = {"sub": f"sub-{next(NUMBERS)}", "id_number": body["id_number"]}
    came = await province.sign_in()
    assert came.json()["account"]["id"] == stolen["account"]["id"]
    for login in (body["email"], body["phone"], body["id_number"]):
        assert (await town.sign_in(login, body["password"], device=device)).status_code == 401, login
    async with town.as_() as web:
        renewal = {"refresh_token": stolen["refresh_token"]}
        assert (await web.post("/api/identity/sessions/refresh", json=renewal)).status_code == 401
        letters = len(town.mail.letters)
        await web.post("/api/identity/password-resets", json={"login": body["email"]})
        assert len(town.mail.letters) == letters
        ended = await web.get("/api/identity/ended-sessions")
        assert stolen["session_id"] in str(ended.json())
    assert (await thief.post("/api/identity/me/second-factor")).status_code == 403
    owner = await town.with_token(came.json())
    profile = (await owner.get("/api/identity/me")).json()
    assert (profile["email"], profile["phone"], profile["phone_proven"]) == ("", None, False)
    told = [one for one in town.mail.letters if one.to == body["email"]]
    assert "định danh điện tử" in told[-1].subject
    log = (await owner.get("/api/identity/me/access-log")).json()["items"]
    assert "handed_over" in [one["action"] for one in log]
    # The holder names another address without a password, having come just now; later only after coming again.
    new = {"email": f"chu{next(NUMBERS)}@that.example"}
    assert (await owner.post("/api/identity/me/email-changes", json=new)).status_code == 202
    town.clock.pass_(minutes=11)
    late = await owner.post("/api/identity/me/email-changes", json=new)
    assert late.json()["code"] == "step-up-required"
    # What the holder has set since then stays when coming again.
    town.clock.pass_(minutes=1)
    assert (await province.sign_in()).status_code == 200
    log = (await owner.get("/api/identity/me/access-log")).json()["items"]
    assert [one["action"] for one in log].count("handed_over") == 1
