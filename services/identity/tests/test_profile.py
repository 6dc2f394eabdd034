"""One's own profile: seen, corrected, remembered."""

from collections.abc import Callable
from typing import Any

import pytest
from identity.models import AccessEntry, Action, ProviderAccount
from sqlalchemy import func, select, text
from suite.testing import citizen

AGAIN = {"current": "Con duong lang 1954"}


async def changed(mine: Any, **values: Any) -> Any:
    return await mine.patch("/api/identity/me", json=values)


async def test_r_acc_09_a_person_sees_corrects_and_completes_the_own_profile_with_its_history(
    town: Any,
) -> None:
    body, tokens = await town.registered()
    mine = await town.with_token(tokens)
    seen = (await mine.get("/api/identity/me")).json()
    assert (seen["id_number"], seen["email"], seen["version"]) == (body["id_number"], body["email"], 1)
    answer = await changed(
        mine,
        version=1,
        full_name="Nguyễn Thị Ngọc Ánh",
        address="Số 1, phường Hoa Lư",
        date_of_birth="1990-02-28",
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["version"] == 2
    history = (await mine.get("/api/identity/me/history")).json()
    assert {(line["field"], line["before"], line["after"]) for line in history["items"]} == {
        ("full_name", "Nguyễn Thị Ánh", "Nguyễn Thị Ngọc Ánh"),
        ("address", None, "Số 1, phường Hoa Lư"),
        ("date_of_birth", None, "1990-02-28"),
    }
    assert {line["changed_by"] for line in history["items"]} == {tokens["account"]["id"]}


async def test_r_acc_09_no_fact_leaves_that_could_alter_a_submitted_dossier(town: Any) -> None:
    _, tokens = await town.registered()
    mine = await town.with_token(tokens)
    count = text("select count(*) from outbox")
    async with town.database.sessions() as session:
        before = await session.scalar(count)
    assert (await changed(mine, version=1, full_name="Tên Mới")).status_code == 200
    async with town.database.sessions() as session:
        assert await session.scalar(count) == before
        logged = select(func.count()).where(
            AccessEntry.action == Action.PROFILE_CHANGED, AccessEntry.account_id == tokens["account"]["id"]
        )
        assert await session.scalar(logged) == 1


@pytest.mark.parametrize("who", ["officer", "by the provider"])
async def test_r_acc_09_a_name_that_another_vouched_for_is_not_typed_over(who: str, town: Any) -> None:
    _, tokens = await town.registered()
    mine, account = await town.with_token(tokens), tokens["account"]["id"]
    assert "full_name" in (await mine.get("/api/identity/me")).json()["correctable"]
    async with town.database.sessions.begin() as session:
        if who == "officer":
            await session.execute(
                text("update account set realm = 'officer' where id = :id"), {"id": account}
            )
        else:
            await ProviderAccount.bind(session, "https://id.example", account, account, town.clock.now)
    refused = await changed(mine, version=1, full_name="Tên Mới")
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "fixed")
    told = (await mine.get("/api/identity/me")).json()
    assert (told["full_name"], "full_name" in told["correctable"]) == ("Nguyễn Thị Ánh", False)
    assert (await changed(mine, version=1, address="Số 2")).status_code == 200


async def test_an_edit_on_an_older_version_is_refused_and_changes_nothing(town: Any) -> None:
    _, tokens = await town.registered()
    mine = await town.with_token(tokens)
    assert (await changed(mine, version=1, address="Một")).status_code == 200
    lost = await changed(mine, version=1, address="Hai")
    assert (lost.status_code, lost.json()["code"]) == (409, "stale-version")
    assert (await mine.get("/api/identity/me")).json()["address"] == "Một"


async def test_saving_without_a_change_makes_no_history(town: Any) -> None:
    body, tokens = await town.registered()
    mine = await town.with_token(tokens)
    same = await changed(mine, version=1, full_name=body["full_name"], phone=body["phone"])
    assert same.json()["version"] == 1
    assert (await mine.get("/api/identity/me/history")).json() == {"items": [], "total": 0, "next": None}


@pytest.mark.parametrize(
    "values",
    [
        {"id_number": "037190999999"},
        {"roles": ["operator"]},
        {"email": "x@y.vn"},
        {"scope": "province"},
        {"agency": "H42"},
        {"must_change_password": False},
        {"active": False},
    ],
)
async def test_what_a_person_may_not_type_over_is_named_and_stays(values: dict[str, Any], town: Any) -> None:
    _, tokens = await town.registered()
    mine = await town.with_token(tokens)
    before = (await mine.get("/api/identity/me")).json()
    answer = await changed(mine, version=1, **values)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == next(iter(values))
    assert (await mine.get("/api/identity/me")).json() == before


async def test_a_bad_profile_names_every_field(town: Any) -> None:
    _, tokens = await town.registered()
    mine = await town.with_token(tokens)
    answer = await changed(
        mine,
        version=1,
        full_name="😀😀",
        phone="12",
        language="fr",
        channels=["pigeon"],
    )
    fields = sorted(error["field"] for error in answer.json()["errors"])
    assert fields == ["channels", "full_name", "language", "phone"]
    for day in ("1800-01-01", "2199-12-31"):
        nobody = await changed(mine, version=1, date_of_birth=day)
        assert [error["field"] for error in nobody.json()["errors"]] == ["date_of_birth"]


async def test_s17_a_new_telephone_is_a_note_until_somebody_answers_from_it(town: Any) -> None:
    other, whose = await town.registered()
    _, tokens = await town.registered()
    mine = await town.with_token(tokens)
    answer = await changed(mine, version=1, phone=other["phone"], **AGAIN)
    assert (answer.status_code, answer.json()["phone_proven"]) == (200, False)
    # The number still leads to whose it is, and nothing is sent to it in our name.
    entered = (await town.sign_in(other["phone"], other["password"])).json()
    assert entered["account"]["id"] == whose["account"]["id"]
    async with town.as_() as service:
        token = {"client_id": "notify", "client_secret": "s3"}
        given = (await service.post("/api/identity/service-tokens", json=token)).json()
    notify = await town.with_token(given)
    wanted = {"account_ids": [tokens["account"]["id"]]}
    contacts = await notify.post("/api/identity/contacts/readings", json=wanted)
    assert contacts.json()["items"][0]["phone"] is None


async def test_s17_who_answers_from_a_telephone_signs_in_by_it(town: Any) -> None:
    squatted, _ = await town.registered()
    body, tokens = await town.registered()
    mine = await town.with_token(tokens)
    await changed(mine, version=1, phone=squatted["phone"], **AGAIN)
    asked = await mine.post("/api/identity/me/phone-proofs", json=AGAIN)
    assert asked.status_code == 202, asked.text
    phone, text = town.texts.texts[-1]
    assert phone == f"+84{squatted['phone'][1:]}"
    code = next(word.strip(".") for word in text.split() if word.strip(".").isdigit())
    path = f"/api/identity/me/phone-proofs/{asked.json()['proof_id']}/verification"
    assert (await mine.post(path, json={"code": "000000"})).json()["code"] == "code-wrong"
    assert (await mine.post(path, json={"code": code})).json()["phone_proven"] is True
    entered = (await town.sign_in(squatted["phone"], body["password"])).json()
    assert entered["account"]["id"] == tokens["account"]["id"]


async def test_acc_09_whose_telephone_another_proves_is_told_and_it_stands_in_the_history(town: Any) -> None:
    holder, held = await town.registered()
    _, tokens = await town.registered()
    mine, theirs = await town.with_token(tokens), await town.with_token(held)
    await changed(mine, version=1, phone=holder["phone"], **AGAIN)
    asked = await mine.post("/api/identity/me/phone-proofs", json=AGAIN)
    code = town.texts.texts[-1][1].split(": ")[1][:6]
    path = f"/api/identity/me/phone-proofs/{asked.json()['proof_id']}/verification"
    assert (await mine.post(path, json={"code": code})).status_code == 200
    (line,) = (await theirs.get("/api/identity/me/history")).json()["items"]
    who = tokens["account"]["id"]
    told = (line["field"], line["before"], line["after"], line["changed_by"], line["version"])
    assert told == ("phone_proven", "True", "False", who, 2)
    profile = (await theirs.get("/api/identity/me")).json()
    assert (profile["version"], profile["phone_proven"]) == (2, False)
    happened = (await theirs.get("/api/identity/me/access-log")).json()["items"]
    assert "phone_taken" in [one["action"] for one in happened]
    letter = next(one for one in town.mail.letters if one.to == holder["email"] and "không còn" in one.text)
    assert (letter.to, "không còn đăng nhập" in letter.text) == (holder["email"], True)
    stale = await changed(theirs, version=1, address="Thôn Đông")
    assert stale.status_code == 409  # whoever edits an older picture of the account is told


async def test_s17_whether_an_address_is_anothers_is_told_to_its_owner_only(town: Any) -> None:
    other, _ = await town.registered()
    _, tokens = await town.registered()
    mine = await town.with_token(tokens)
    asked = await mine.post("/api/identity/me/email-changes", json={"email": other["email"], **AGAIN})
    assert asked.status_code == 202
    assert "/password-reset" in town.mail.letters[-1].text
    assert town.mail.letters[-1].to == other["email"]


async def test_a_new_address_is_used_once_its_code_came_back(
    town: Any, person: Callable[..., dict[str, Any]]
) -> None:
    body, tokens = await town.registered()
    new = person()["email"]
    mine = await town.with_token(tokens)
    asked = await mine.post("/api/identity/me/email-changes", json={"email": new.upper(), **AGAIN})
    assert asked.status_code == 202
    path = f"/api/identity/me/email-changes/{asked.json()['change_id']}/verification"
    assert (await mine.post(path, json={"code": "000000"})).status_code == 422
    assert (await town.sign_in(new, body["password"])).status_code == 401
    assert (await mine.post(path, json={"code": town.mail.code(new)})).json()["email"] == new
    assert (await town.sign_in(new, body["password"])).status_code == 200
    _, strangers = await town.registered()
    stranger = await town.with_token(strangers)
    assert (await stranger.post(path, json={"code": town.mail.code(new)})).json()["code"] == "code-wrong"


async def test_a_token_of_nobody_finds_nothing(town: Any) -> None:
    async with town.as_(citizen()) as ghost:
        assert (await ghost.get("/api/identity/me")).status_code == 404
