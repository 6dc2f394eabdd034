"""Officers: one named person each, made by their own agency, seen within a scope."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from common.security import Caller
from identity.models import AccessEntry, Account, Action
from identity.usecases.announce_officers import announce_officers
from identity.usecases.seed_accounts import seed_accounts, seeded_id
from sqlalchemy import select, text
from suite.testing import citizen, officer

PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
Key = Callable[[], dict[str, str]]
SUBJECT = "018f0000-0000-7000-8000-0000000000aa"


def admin(agency: str = "H42.101") -> Caller:
    return officer("agency_admin", agency=agency, subject=SUBJECT)


def granter(profile: str) -> Caller:
    """Return who grants rights in a province: its office in Quảng Trị, else the agency itself."""
    if profile != "quang-tri":
        return admin()
    return officer("province_office", agency="H42", scope="province", subject=SUBJECT)


def request(number: str, **changed: Any) -> dict[str, Any]:
    return {
        "login": f"can.bo{number}",
        "full_name": "Lê Thị Mai",
        "id_number": f"0371950{number.zfill(5)}",
        "email": f"canbo{number}@motcua.example",
        "agency": "H42.101",
        "unit": "mot-cua",
        "roles": ["desk_officer"],
        **changed,
    }


async def created(town: Any, caller: Caller, body: dict[str, Any], key: Key) -> Any:
    async with town.as_(caller) as office:
        if "province_office" in caller.roles:  # where the office grants, it grants from the agency's request
            person = {"login": body["login"], "full_name": body["full_name"], "cases": ["a", "b", "c"]}
            asked = {"agency": body["agency"], "document_number": "1/VP", "document_on": "2026-01-05"}
            sent = {**asked, "persons": [person]}
            await office.post("/api/identity/rights-requests", json=sent, headers=key())
        return await office.post("/api/identity/officers", json=body, headers=key())


async def seeded(town: Any, *people: tuple[str, str, str, str], role: str = "specialist") -> None:
    entries = [
        {
            "kind": "officer",
            "login": login,
            "full_name": "Đỗ Thị Thu",
            "id_number": number,
            "agency": agency,
            "email": f"{login}@motcua.example",
            "unit": unit,
            "roles": [role],
            "password": "Mot mat ma dai",
        }
        for login, number, agency, unit in people
    ]
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, entries, passwords=town.app.state.built.passwords, now=town.clock.now)


async def logins(town: Any, caller: Caller, query: str = "") -> Any:
    async with town.as_(caller) as office:
        answer = await office.get(f"/api/identity/officers{query}")
    return (
        sorted(row["login"] for row in answer.json()["items"])
        if answer.status_code == 200
        else answer.status_code
    )


def first_password(town: Any, address: str) -> str:
    letter = next(letter for letter in town.mail.letters if letter.to == address)
    return str(letter.text.split("Mật khẩu ban đầu: ")[1].split()[0])


async def test_r_acc_11_an_officer_has_an_account_of_his_own_with_a_first_password(
    town: Any, key: Key
) -> None:
    answer = await created(town, admin(), request("1"), key)
    assert answer.status_code == 201, answer.text
    password = first_password(town, "canbo1@motcua.example")
    assert password not in answer.text
    tokens = (await town.sign_in("can.bo1", password)).json()
    assert tokens["must_change_password"] is True
    assert tokens["account"]["id"] == answer.json()["id"]


@pytest.mark.parametrize("profile", PROFILES)
async def test_r_acc_13_a_new_officer_must_change_the_first_password_in_every_province(
    profile: str, make_town: Callable[[str], Awaitable[Any]], key: Key
) -> None:
    town = await make_town(profile)
    assert (await created(town, granter(profile), request("8"), key)).status_code == 201
    tokens = (await town.sign_in("can.bo8", first_password(town, "canbo8@motcua.example"))).json()
    assert tokens["must_change_password"] is True


@pytest.mark.parametrize(
    "name",
    [
        "Một cửa Hoa Lư",
        "Bộ phận Tiếp nhận",
        "Văn thư phường",
        "Cán bộ trực",
        "Admin Hoa Lư",
        "Ánh",
        "User One",
    ],
)
async def test_r_acc_11_a_generic_account_is_refused(name: str, town: Any, key: Key) -> None:
    answer = await created(town, admin(), request("2", full_name=name), key)
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert (error["field"], error["rule"]) == ("full_name", "one-person")


async def test_r_acc_11_one_person_has_one_officer_account_and_none_is_without_a_person(
    town: Any, key: Key
) -> None:
    assert (await created(town, admin(), request("3"), key)).status_code == 201
    twin = await created(town, admin(), request("4", id_number=request("3")["id_number"]), key)
    assert (twin.status_code, twin.json()["code"]) == (409, "officer-exists")
    assert twin.json()["errors"][0]["field"] == "id_number"
    namesake = await created(town, admin(), request("4", login="can.bo3"), key)
    assert namesake.json()["errors"][0]["field"] == "login"
    nobody = await created(town, admin(), request("4", id_number=""), key)
    assert nobody.json()["errors"][0]["field"] == "id_number"


async def test_an_officer_may_have_a_citizen_account_beside(town: Any, key: Key) -> None:
    body, _ = await town.registered()
    both = request("5", id_number=body["id_number"], email=body["email"])
    assert (await created(town, admin(), both, key)).status_code == 201
    assert (await town.sign_in(body["email"], body["password"])).json()["account"]["kind"] == "citizen"


@pytest.mark.parametrize("profile", PROFILES)
async def test_r_acc_18_without_a_named_scope_an_officer_sees_his_own_only(
    profile: str, make_town: Callable[[str], Awaitable[Any]], key: Key
) -> None:
    town = await make_town(profile)
    answer = await created(town, granter(profile), request("6"), key)
    assert answer.json()["scope"] == "own"
    named = await created(town, granter(profile), request("7", scope="unit"), key)
    assert named.json()["scope"] == "unit"


async def test_r_acc_18_each_scope_sees_its_part_and_beyond_it_nothing_is_found_and_it_is_logged(
    make_town: Callable[[str], Awaitable[Any]],
) -> None:
    town = await make_town("ninh-binh")
    await seeded(
        town,
        ("a.mot", "037180000001", "H42.101", "mot-cua"),
        ("b.mot", "037180000002", "H42.101", "mot-cua"),
        ("c.hai", "037180000003", "H42.101", "tu-phap"),
        ("d.xa", "037180000004", "H42.102", "mot-cua"),
    )
    me = str(seeded_id("a.mot"))

    def scoped(scope: str) -> Caller:
        return officer("specialist", agency="H42.101", unit="mot-cua", scope=scope, subject=me)

    assert await logins(town, scoped("own")) == ["a.mot"]
    assert await logins(town, scoped("unit")) == ["a.mot", "b.mot"]
    assert await logins(town, scoped("agency")) == ["a.mot", "b.mot", "c.hai"]
    assert await logins(town, scoped("province")) == ["a.mot", "b.mot", "c.hai", "d.xa"]
    assert await logins(town, officer("coordinator", agency="H42.01", scope="own"), "?agency=H42.102") == [
        "d.xa"
    ]
    assert await logins(town, scoped("agency"), "?agency=H42.102") == 404
    assert await logins(town, citizen()) == 403
    async with town.as_(scoped("unit")) as office:
        for stranger in ("c.hai", "d.xa"):
            beyond = await office.get(f"/api/identity/officers/{seeded_id(stranger)}")
            missing = await office.get(f"/api/identity/officers/{seeded_id('nobody')}")
            assert {**beyond.json(), "trace_id": 0} == {**missing.json(), "trace_id": 0}
        assert (await office.get(f"/api/identity/officers/{seeded_id('b.mot')}")).status_code == 200
    async with town.database.sessions() as session:
        lines = (
            await session.scalars(select(AccessEntry).where(AccessEntry.action == Action.OUT_OF_SCOPE))
        ).all()
    logged = [line.subject for line in lines]
    assert logged.count("H42.102") == 1
    assert {str(seeded_id("c.hai")), str(seeded_id("d.xa"))} <= set(logged)
    assert {str(line.account_id) for line in lines if line.subject == "H42.102"} == {me}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"agency": "H42.102"}, "other-agency"),
        ({"agency": "H42"}, "other-agency"),
        ({"roles": ["operator"]}, "role-not-grantable"),
        ({"roles": ["desk_officer", "coordinator"]}, "role-not-grantable"),
        ({"scope": "province"}, "role-not-grantable"),
    ],
)
async def test_an_administrator_grants_what_belongs_to_the_own_agency(
    changed: dict[str, Any], code: str, town: Any, key: Key
) -> None:
    answer = await created(town, admin(), request("8", **changed), key)
    assert (answer.status_code, answer.json()["code"]) == (403, code)


@pytest.mark.parametrize(
    "caller", [officer("desk_officer"), officer("operator"), citizen()], ids=lambda c: c.kind
)
async def test_nobody_else_creates_officers(caller: Caller, town: Any, key: Key) -> None:
    assert (await created(town, caller, request("8"), key)).status_code == 403


@pytest.mark.parametrize("roles", [[], ["citizen"], ["emperor"]])
async def test_an_officer_needs_a_known_role(roles: list[str], town: Any, key: Key) -> None:
    answer = await created(town, admin(), request("8", roles=roles), key)
    assert answer.json()["errors"][0]["field"] == "roles"


async def test_a_new_and_a_changed_officer_are_announced_without_personal_data(town: Any, key: Key) -> None:
    body = request("9")
    made = (await created(town, admin(), body, key)).json()
    async with town.as_(admin()) as office:
        path = f"/api/identity/officers/{made['id']}"
        answer = await office.patch(path, json={"version": 1, "roles": ["specialist"], "scope": "unit"})
    assert answer.json()["version"] == 2
    query = text("select envelope->'data' from outbox where envelope->>'subject' = :id order by seq")
    async with town.database.sessions() as session:
        facts = (await session.scalars(query, {"id": made["id"]})).all()
    assert [(fact["aggregate_version"], fact["roles"], fact["scope"]) for fact in facts] == [
        (1, ["desk_officer"], "own"),
        (2, ["specialist"], "unit"),
    ]
    told = str(facts)
    assert not [body[name] for name in ("id_number", "email", "login") if body[name] in told]


async def test_an_officer_who_is_switched_off_can_neither_renew_nor_sign_in(town: Any, key: Key) -> None:
    made = (await created(town, admin(), request("10"), key)).json()
    password = town.mail.letters[-1].text.split("Mật khẩu ban đầu: ")[1].split()[0]
    tokens = (await town.sign_in("can.bo10", password)).json()
    async with town.as_(admin()) as office:
        path = f"/api/identity/officers/{made['id']}"
        assert (await office.patch(path, json={"version": 1, "active": False})).json()["active"] is False
        renewal = {"refresh_token": tokens["refresh_token"]}
        assert (await office.post("/api/identity/sessions/refresh", json=renewal)).status_code == 401
    assert (await town.sign_in("can.bo10", password)).status_code == 401


async def test_rights_are_changed_by_others_of_the_same_agency_only(town: Any, key: Key) -> None:
    await seeded(town, ("can.bo11", "037195100011", "H42.101", "van-phong"), role="agency_admin")
    made = {"id": str(seeded_id("can.bo11"))}
    path = f"/api/identity/officers/{made['id']}"
    async with town.as_(officer("agency_admin", subject=made["id"])) as himself:
        own = await himself.patch(path, json={"version": 1, "scope": "agency"})
        assert (own.status_code, own.json()["code"]) == (403, "own-rights")
    async with town.as_(admin("H42.102")) as other:
        assert (await other.patch(path, json={"version": 1, "active": False})).status_code == 404
    async with town.as_(admin()) as office:
        for bad in ({"roles": ["auditor"]}, {"scope": "province"}):
            assert (await office.patch(path, json={"version": 1, **bad})).status_code == 403
        stale = await office.patch(path, json={"version": 7, "active": False})
        assert (stale.status_code, stale.json()["code"]) == (409, "stale-version")
    async with town.database.sessions() as session:
        kept = await session.scalar(select(Account).where(Account.login == "can.bo11"))
    assert (kept.active, kept.roles, kept.version) == (True, ["agency_admin"], 1)


async def test_a_repeated_request_makes_one_officer_and_one_letter(town: Any, key: Key) -> None:
    headers = key()
    async with town.as_(admin()) as office:
        answers = [
            await office.post("/api/identity/officers", json=request("12"), headers=headers) for _ in range(2)
        ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert len([letter for letter in town.mail.letters if letter.to == "canbo12@motcua.example"]) == 1


async def test_officers_are_told_again_as_they_stand_and_citizens_never(make_town: Any, key: Key) -> None:
    town = await make_town()
    await town.registered()
    await created(town, admin(), request("91"), key)
    async with town.database.sessions() as session:
        told = list(await announce_officers(session, "", 1))
        while page := await announce_officers(session, told[-1].key, 2):
            told += page
        officers = await session.scalars(select(Account.id).where(Account.realm == "officer"))
        assert [one.key for one in told] == sorted(str(id_) for id_ in officers)
        rows = await session.execute(
            text(
                "SELECT envelope -> 'data' FROM outbox WHERE type = 'identity.officer_changed.v1' ORDER BY seq"
            )
        )
        known = {data["officer_id"]: data for (data,) in rows}
    for officer_told in told:
        now = officer_told.facts[0].model_dump(mode="json")
        then = known[officer_told.key]
        assert now.pop("aggregate_version") >= then.pop(
            "aggregate_version"
        )  # a new password announces nothing
        assert now | {"occurred_at": None} == then | {"occurred_at": None}
