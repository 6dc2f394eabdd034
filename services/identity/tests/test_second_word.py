"""Roles that nobody gives alone wait for a second person, the head is told, and no two officers share a mailbox."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from common.security import Caller
from identity.domain.contacts import mailbox
from identity.domain.errors import (
    OwnRightsError,
    RightsGrantedElsewhereError,
    RoleNotGrantableError,
    SecondWordNeededError,
)
from identity.domain.grants import Waiting, may_decide, must_decide, parted
from identity.models import AccessEntry, Account, Action, GrantProposal
from identity.usecases.seed_accounts import seed_accounts, seeded_id
from regulation.roles import AGENCY_ROLES, OFFICER_ROLES, SECOND_WORD, Right, Role, Scope, who_may
from sqlalchemy import select
from suite.testing import officer, outbox_events
from suite.testing.rights import let_in

PASSWORD = "Mot mat ma dai"
OFFICERS, PROPOSALS = "/api/identity/officers", "/api/identity/grant-proposals"
ADMIN, OTHER, HEAD = (f"018f0000-0000-7000-8000-0000000000c{n}" for n in (1, 2, 3))
NUMBERS = itertools.count(1)
Key = Callable[[], dict[str, str]]


@pytest.mark.parametrize("role", sorted(OFFICER_ROLES))
def test_s18_who_signs_leads_grants_or_takes_money_waits_for_a_second_word(role: Role) -> None:
    waits = role in SECOND_WORD
    assert parted(["qa_owner", role]).waiting == ((role,) if waits else ())
    assert parted([role], held=[role]).waiting == ()
    assert {Role.SIGNER, Role.AGENCY_HEAD, Role.AGENCY_ADMIN, Role.FEE_COLLECTOR} <= SECOND_WORD
    assert {Role.COORDINATOR, Role.CONTENT_CONTROLLER} <= SECOND_WORD, "they read the whole province"


@pytest.mark.parametrize(
    ("who", "office_grants", "refusal"),
    [
        (officer("agency_head", subject=HEAD), False, None),
        (officer("agency_admin", subject=OTHER), False, None),
        (officer("agency_admin", subject=OTHER), True, RightsGrantedElsewhereError),
        (officer("agency_head", subject=HEAD), True, None),
        (officer("agency_admin", subject=ADMIN), False, SecondWordNeededError),
        (officer("agency_head", subject="new"), False, OwnRightsError),
    ],
)
def test_s18_whose_second_word_counts(who: Caller, office_grants: bool, refusal: Any) -> None:
    asked: dict[str, Any] = {"proposer": ADMIN, "officer": "new", "office_grants": office_grants}
    waits = Waiting(("signer",))
    assert may_decide(who, waits, **asked) is (refusal is None)
    if refusal:
        with pytest.raises(refusal):
            must_decide(who, waits, **asked)
    else:
        must_decide(who, waits, **asked)


@pytest.mark.parametrize("role", sorted(SECOND_WORD))
def test_r_acc_17_a_role_of_the_whole_province_is_confirmed_by_who_reaches_it_whatever_the_scope(
    role: Role,
) -> None:
    asked: dict[str, Any] = {"proposer": ADMIN, "officer": "new", "office_grants": False}
    second, leader = head(), officer("province_leader", agency="H42", scope="province", subject=OTHER)
    assert may_decide(second, Waiting((role,)), **asked) is (role in AGENCY_ROLES)
    assert may_decide(leader, Waiting((role,)), **asked)
    if role not in AGENCY_ROLES:
        with pytest.raises(RoleNotGrantableError) as refused:
            must_decide(second, Waiting(("signer", role), Scope.AGENCY), **asked)
        assert refused.value.field == "roles"


def test_one_mailbox_has_many_spellings() -> None:
    assert {mailbox(one) for one in ("an@x.vn", "AN@x.vn", "an+ky@x.vn", "an+@X.vn")} == {"an@x.vn"}
    assert mailbox("a+b@x.vn") != mailbox("b@x.vn")


def admin(subject: str = ADMIN, agency: str = "H42.101") -> Caller:
    return officer("agency_admin", agency=agency, subject=subject)


def head(agency: str = "H42.101") -> Caller:
    return officer("agency_head", agency=agency, subject=HEAD)


def asked(**changed: Any) -> dict[str, Any]:
    number = next(NUMBERS)
    return {
        "login": f"hai{number}.hoalu",
        "full_name": "Lê Thị Mai",
        "id_number": f"0371933{number:05d}",
        "email": f"hai{number}@motcua.example",
        "agency": "H42.101",
        "unit": "mot-cua",
        "roles": ["specialist"],
        **changed,
    }


async def made(town: Any, key: Key, by: Caller | None = None, **changed: Any) -> Any:
    body = asked(**changed)
    async with town.as_(by or admin()) as web:
        return body, await web.post(OFFICERS, json=body, headers=key())


async def waiting(town: Any, who: Caller, login: str) -> list[dict[str, Any]]:
    async with town.as_(who) as web:
        answer = await web.get(PROPOSALS)
        assert answer.status_code == 200, answer.text
        return [one for one in answer.json()["items"] if one["login"] == login]


async def decided(town: Any, who: Caller, proposal: str, deed: str = "confirmation") -> Any:
    async with town.as_(who) as web:
        body = {"reason": "Không đúng phân công"} if deed == "refusal" else None
        return await web.post(f"{PROPOSALS}/{proposal}/{deed}", json=body)


async def test_s18_one_administrator_makes_no_signer_with_a_mailbox_of_his_own(town: Any, key: Key) -> None:
    mine, _ = await made(town, key)
    tag = mine["email"].replace("@", "+ky@")
    _, twin = await made(town, key, email=tag, roles=["signer"])
    assert (twin.status_code, twin.json()["errors"][0]["field"]) == (409, "email")
    body, answer = await made(town, key, roles=["specialist", "signer"])
    told = answer.json()
    assert (answer.status_code, told["roles"], told["waiting_names"]) == (
        201,
        ["specialist"],
        ["Lãnh đạo ký"],
    )
    letter = next(one for one in town.mail.letters if one.to == body["email"])
    first = letter.text.split("Mật khẩu ban đầu: ")[1].split()[0]
    assert (await town.sign_in(body["login"], first)).json()["account"]["roles"] == ["specialist"]
    [proposal] = await waiting(town, admin(), body["login"])
    assert proposal["actions"] == []
    assert (await decided(town, admin(), proposal["id"])).json()["code"] == "second-word-needed"
    assert (await decided(town, admin(agency="H42.102", subject=OTHER), proposal["id"])).status_code == 404
    assert (await town.sign_in(body["login"], first)).json()["account"]["roles"] == ["specialist"]


@pytest.mark.parametrize("second", [head(), admin(OTHER)], ids=["head", "another administrator"])
async def test_s18_the_second_word_gives_the_role_and_everybody_hears(
    town: Any, key: Key, second: Caller
) -> None:
    body, answer = await made(town, key, roles=["signer"])
    who = answer.json()["id"]
    [proposal] = await waiting(town, second, body["login"])
    assert proposal["actions"] == ["confirmation", "refusal"]
    assert (proposal["role_names"], proposal["email"]) == (["Lãnh đạo ký"], body["email"])
    assert (await decided(town, second, proposal["id"])).status_code == 204
    assert (await decided(town, second, proposal["id"])).json()["code"] == "grant-decided"
    async with town.database.sessions() as session:
        account = await session.get(Account, who)
        facts = [data["roles"] for _, data in await outbox_events(session) if data.get("officer_id") == who]
        done = select(AccessEntry.subject).where(AccessEntry.action == Action.GRANT_DECIDED)
        assert who in (await session.scalars(done)).all()
    assert (account.roles, facts) == (["signer"], [[], ["signer"]])
    assert await waiting(town, second, body["login"]) == []


async def test_s18_a_head_is_told_when_it_is_proposed_and_when_it_is_given(town: Any, key: Key) -> None:
    entry = {**asked(agency="H42.77", roles=["agency_head"]), "kind": "officer", "password": PASSWORD}
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    by = admin(agency="H42.77")
    body, answer = await made(town, key, by, agency="H42.77")
    async with town.as_(by) as web:
        path = f"{OFFICERS}/{answer.json()['id']}"
        told = await web.patch(path, json={"version": 1, "roles": ["specialist", "signer", "qa_owner"]})
    assert (told.json()["roles"], told.json()["waiting_names"]) == (
        ["specialist", "qa_owner"],
        ["Lãnh đạo ký"],
    )
    letters = [one for one in town.mail.letters if one.to == entry["email"]]
    assert ["Có đề nghị" in one.subject for one in letters] == [True]
    assert all(
        part in letters[0].text for part in (body["login"], "Lãnh đạo ký", "/can-bo/quan-tri/cap-quyen")
    )
    chief = officer("agency_head", agency="H42.77", subject=str(seeded_id(str(entry["login"]))))
    [proposal] = await waiting(town, chief, body["login"])
    assert (await decided(town, chief, proposal["id"])).status_code == 204
    letters = [one for one in town.mail.letters if one.to == entry["email"]]
    assert "Đã cấp" in letters[-1].subject
    async with town.as_(by) as web:
        assert (await web.get(path)).json()["roles"] == ["specialist", "signer", "qa_owner"]


async def test_s18_a_refusal_and_a_newer_proposal_end_the_older_one(town: Any, key: Key) -> None:
    body, answer = await made(town, key, roles=["specialist", "signer"])
    path = f"{OFFICERS}/{answer.json()['id']}"
    [first] = await waiting(town, head(), body["login"])
    async with town.as_(admin(OTHER)) as web:
        again = await web.patch(path, json={"version": 1, "roles": ["specialist", "agency_head"]})
        assert again.json()["waiting_names"] == ["Thủ trưởng cơ quan"]
    assert (await decided(town, head(), first["id"])).json()["code"] == "grant-decided"
    [second] = await waiting(town, head(), body["login"])
    assert (await decided(town, head(), second["id"], "refusal")).status_code == 204
    async with town.database.sessions() as session:
        kept = select(GrantProposal.outcome, GrantProposal.reason).where(
            GrantProposal.account_id == answer.json()["id"]
        )
        rows = (await session.execute(kept.order_by(GrantProposal.proposed_at, GrantProposal.id))).all()
        account = await session.get(Account, answer.json()["id"])
    assert [tuple(row) for row in rows] == [("replaced", None), ("refused", "Không đúng phân công")]
    assert account.roles == ["specialist"]


async def test_s18_the_standing_names_what_may_be_granted_and_what_waits(town: Any, key: Key) -> None:
    _, answer = await made(town, key, roles=["specialist", "signer"])
    async with town.as_(admin()) as web:
        standing = (await web.get(f"{OFFICERS}/{answer.json()['id']}/standing")).json()
    assert standing["officer"]["waiting_names"] == ["Lãnh đạo ký"]
    roles = {one["role"]: (one["held"], one["second_word"]) for one in standing["grantable"]}
    assert (roles["specialist"], roles["signer"]) == ((True, False), (False, True))
    assert "auditor" not in roles


async def test_s18_the_password_of_one_who_waits_to_sign_is_shown_to_nobody(town: Any, key: Key) -> None:
    _, answer = await made(town, key, roles=["specialist", "signer"])
    path = f"{OFFICERS}/{answer.json()['id']}"
    async with town.as_(admin()) as web:
        assert (await web.get(f"{path}/standing")).json()["password_is_shown"] is False
        body = {"version": 1, "reason": "Quên mật khẩu"}
        assert (await web.post(f"{path}/first-password", json=body)).json()["password"] is None


@pytest.mark.parametrize("deed", ["confirmation", "refusal"])
async def test_r_acc_17_only_who_may_confirm_grants_decides(town: Any, deed: str) -> None:
    path = f"{PROPOSALS}/018f0000-0000-7000-8000-00000000dead/{deed}"
    assert await let_in(town.app, "POST", path, {"reason": "Thử quyền"}) == who_may(Right.CONFIRM_GRANTS)
    long_ago = replace(head(), proven_at=int(town.clock.now.timestamp()) - 3600)
    async with town.as_(long_ago) as web:
        assert (await web.post(path, json={"reason": "Thử quyền"})).json()["code"] == "step-up-required"
