"""Registration: who may, what is checked, how the contact is proven, what a stranger learns."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from common.sealing import ring_of
from identity.domain.registration import DECLARATION
from identity.models import Account, Challenge
from sqlalchemy import select, text

LOCAL = {"ninh-binh": True, "thai-nguyen": True, "binh-dinh": True, "quang-tri": False, "ha-nam": True}
Person = Callable[..., dict[str, Any]]


async def account_of(town: Any, email: str) -> Account:
    async with town.database.sessions() as session:
        return (
            await session.scalars(select(Account).where(Account.email.equals(ring_of(session), email)))
        ).one()


@pytest.mark.parametrize("profile", LOCAL)
async def test_r_acc_01_citizens_register_where_the_province_keeps_accounts_of_its_own(
    profile: str, make_town: Callable[[str], Awaitable[Any]]
) -> None:
    town = await make_town(profile)
    body, answer = await town.register()
    if not LOCAL[profile]:
        assert answer.status_code == 403
        assert answer.json()["code"] == "local-sign-up-disabled"
        assert "VNeID" in answer.json()["detail"]
        assert town.mail.letters == []
        return
    assert answer.status_code == 201
    assert answer.json()["sent_to"] == f"n•••{body['email'].split('@')[0][-1]}@example.vn"
    async with town.as_() as visitor:
        path = f"/api/identity/registrations/{answer.json()['registration_id']}/verification"
        wrong = await visitor.post(path, json={"code": "000000"})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "code-wrong")
        code = town.mail.code(body["email"])
        right = await visitor.post(path, json={"code": f"{code[:3]} {code[3:]}"})
    assert right.status_code == 201
    assert right.json()["account"]["roles"] == ["citizen"]
    assert (await town.sign_in(body["email"], body["password"])).status_code == 200


@pytest.mark.parametrize("field", ["id_number", "email", "phone"])
async def test_s17_r_acc_01_whether_somebody_has_an_account_is_told_to_its_owner_only(
    field: str, town: Any
) -> None:
    first, _ = await town.registered()
    letters = len(town.mail.letters)
    typed, answer = await town.register(full_name="Trần Văn Đức", **{field: first[field]})
    _, fresh = await town.register()
    assert answer.status_code == fresh.status_code == 201
    assert answer.json().keys() == fresh.json().keys()
    told = town.mail.letters[letters:-1]
    assert told[0].to == first["email"]
    assert "/password-reset" in told[0].text
    # No code goes out and none is right, be it the mailbox, the number or the telephone that has an account.
    assert [letter.to for letter in told[1:]] == []
    path = f"/api/identity/registrations/{answer.json()['registration_id']}"
    town.clock.pass_(seconds=61)
    async with town.as_() as visitor:
        again = await visitor.post(f"{path}/code")
        assert (again.status_code, again.json()["sent_to"]) == (200, answer.json()["sent_to"])
        assert [
            one for one in town.mail.letters[letters:] if one.to == typed["email"] != first["email"]
        ] == []
        async with town.database.sessions.begin() as session:
            row = await session.get_one(Challenge, uuid.UUID(answer.json()["registration_id"]))
            row.code_hash = await town.app.state.built.passwords.hash("123456")
        end = await visitor.post(f"{path}/verification", json={"code": "123456"})
    assert (end.status_code, end.json()["code"]) == (422, "code-wrong")


async def test_s51_an_owner_is_written_to_three_times_a_day(town: Any) -> None:
    first, _ = await town.registered()
    letters = len(town.mail.letters)
    for _ in range(5):
        await town.register(id_number=first["id_number"])
    assert [letter.to for letter in town.mail.letters[letters:]].count(first["email"]) == 3


async def test_r_acc_01_every_required_field_is_named(
    town: Any, person: Person, key: Callable[[], Any]
) -> None:
    full = person()
    async with town.as_(language="en") as visitor:
        for field in ("full_name", "id_number", "email", "phone", "password"):
            body = {name: value for name, value in full.items() if name != field}
            answer = await visitor.post("/api/identity/registrations", json=body, headers=key())
            assert answer.status_code == 422
            assert answer.json()["errors"] == [
                {"field": field, "rule": "required", "message": "This is required."}
            ]


async def test_r_acc_01_an_organisation_registers_with_its_name_and_tax_code(town: Any) -> None:
    body, tokens = await town.registered(
        kind="organisation", organisation_name="Công ty TNHH Hoa Lư", tax_code="0100109106"
    )
    assert tokens["account"]["display_name"] == "Công ty TNHH Hoa Lư"
    assert tokens["account"]["roles"] == ["citizen", "organisation"]
    before = len(town.mail.letters)
    _, again = await town.register(
        kind="organisation", organisation_name="Tên khác", tax_code="0100109106", id_number=body["id_number"]
    )
    assert again.status_code == 201
    assert body["email"] in [letter.to for letter in town.mail.letters[before:]]


async def test_r_acc_05_one_account_serves_every_agency_and_is_found_rather_than_made_again(
    town: Any,
) -> None:
    body, tokens = await town.registered()
    assert tokens["account"]["agency"] is None
    for login in (
        body["email"],
        body["email"].upper(),
        body["phone"],
        f"+84{body['phone'][1:]}",
        body["id_number"],
    ):
        again = await town.sign_in(login, body["password"])
        assert again.json()["account"]["id"] == tokens["account"]["id"], login
    await town.register(**{**body, "email": "khac@example.vn", "phone": "0987654321"})
    assert [letter.to for letter in town.mail.letters[-2:]] == [body["email"]] * 2


@pytest.mark.parametrize("accepted", [{"declaration_accepted": False}, {"declaration_accepted": None}, {}])
async def test_r_acc_08_nobody_registers_without_the_declaration(
    accepted: dict[str, Any], town: Any, person: Person, key: Callable[[], Any]
) -> None:
    body = {name: value for name, value in person().items() if name != "declaration_accepted"} | accepted
    async with town.as_() as visitor:
        answer = await visitor.post("/api/identity/registrations", json=body, headers=key())
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "declaration_accepted"


async def test_r_acc_08_text_version_and_time_of_the_declaration_are_kept(town: Any) -> None:
    async with town.as_() as visitor:
        shown = (await visitor.get("/api/identity/declaration")).json()
    assert "chịu trách nhiệm trước pháp luật" in shown["vi"]
    confirmed_at = town.clock.now
    body, answer = await town.register(declaration_version=shown["version"])
    town.clock.pass_(minutes=3)
    path = f"/api/identity/registrations/{answer.json()['registration_id']}/verification"
    async with town.as_() as visitor:
        await visitor.post(path, json={"code": town.mail.code(body["email"])})
    account = await account_of(town, body["email"])
    assert account.declaration_version == DECLARATION.version
    assert account.declaration_accepted_at == confirmed_at
    _, outdated = await town.register(declaration_version="2019-01")
    assert (outdated.status_code, outdated.json()["code"]) == (409, "declaration-outdated")


async def test_a_code_is_kept_as_a_hash_and_lives_ten_minutes(town: Any) -> None:
    body, answer = await town.register()
    code = town.mail.code(body["email"])
    async with town.database.sessions() as session:
        row = await session.get_one(Challenge, uuid.UUID(answer.json()["registration_id"]))
        whole = await session.scalar(
            text("select to_jsonb(c)::text from challenge c where id = :id"), {"id": row.id}
        )
    assert code not in str(whole)
    assert body["password"] not in str(whole)
    town.clock.pass_(minutes=10)
    async with town.as_() as visitor:
        late = await visitor.post(f"/api/identity/registrations/{row.id}/verification", json={"code": code})
    assert late.json()["code"] == "code-wrong"


async def test_a_code_is_tried_five_times_even_by_many_at_once(town: Any) -> None:
    body, answer = await town.register()
    path = f"/api/identity/registrations/{answer.json()['registration_id']}/verification"
    code = town.mail.code(body["email"])
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    async with town.as_() as visitor:
        tries = await asyncio.gather(*(visitor.post(path, json={"code": wrong}) for _ in range(12)))
        right = await visitor.post(path, json={"code": code})
    codes = sorted(answer.json()["code"] for answer in tries)
    assert codes == ["code-exhausted"] * 7 + ["code-wrong"] * 5
    assert right.json()["code"] == "code-exhausted"


async def test_a_new_code_voids_the_old_one_and_waits_a_minute(town: Any) -> None:
    body, answer = await town.register()
    path = f"/api/identity/registrations/{answer.json()['registration_id']}"
    first = town.mail.code(body["email"])
    async with town.as_() as visitor:
        hasty = await visitor.post(f"{path}/code")
        assert (hasty.status_code, hasty.json()["code"]) == (429, "code-sent-too-often")
        town.clock.pass_(seconds=61)
        assert (await visitor.post(f"{path}/code")).status_code == 200
        second = town.mail.code(body["email"])
        if first != second:
            assert (await visitor.post(f"{path}/verification", json={"code": first})).status_code == 422
        assert (await visitor.post(f"{path}/verification", json={"code": second})).status_code == 201
        spent = await visitor.post(f"{path}/verification", json={"code": second})
    assert spent.json()["code"] == "code-wrong"


async def test_mail_that_is_not_taken_is_said_at_once(town: Any) -> None:
    town.mail.down = True
    _, answer = await town.register()
    assert answer.status_code == 201
    assert answer.json()["delivered"] is False
    town.clock.pass_(seconds=61)
    async with town.as_() as visitor:
        again = await visitor.post(f"/api/identity/registrations/{answer.json()['registration_id']}/code")
    assert (again.status_code, again.json()["code"]) == (503, "code-not-delivered")


async def test_a_double_click_registers_once(town: Any, person: Person, key: Callable[[], Any]) -> None:
    body, headers = person(), key()
    async with town.as_() as visitor:
        answers = await asyncio.gather(
            *(visitor.post("/api/identity/registrations", json=body, headers=headers) for _ in range(8))
        )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["registration_id"] for answer in answers}) == 1
    assert len(town.mail.letters) == 1


async def test_two_registrations_of_one_person_make_one_account(town: Any, person: Person) -> None:
    body = person()
    started = [(await town.register(**body))[1].json()["registration_id"] for _ in range(2)]
    codes = [town.mail.letters[n].text for n in (0, 1)]
    assert len(codes) == 2
    async with town.as_() as visitor:
        answers = []
        for identifier, letter in zip(started, town.mail.letters, strict=True):
            code = next(word for word in letter.text.split() if word.isdigit() and len(word) == 6)
            path = f"/api/identity/registrations/{identifier}/verification"
            answers.append(await visitor.post(path, json={"code": code}))
    assert [answer.status_code for answer in answers] == [201, 422]
    assert answers[1].json()["code"] == "code-wrong"


async def test_an_emoji_name_and_an_nfd_name_get_what_they_deserve(town: Any) -> None:
    _, refused = await town.register(full_name="Ánh 😀")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["rule"] == "letters"
    body, _ = await town.registered(full_name="Nguye\u0302\u0303n Thi\u0323 A\u0301nh")
    assert (await account_of(town, body["email"])).full_name == "Nguyễn Thị Ánh"


async def test_s51_a_mailbox_gets_five_codes_an_hour_whoever_asks_for_them(town: Any, person: Person) -> None:
    body = person()
    answers = []
    for n in range(7):
        tagged = body["email"].replace("@", f"+{n}@")
        async with town.as_(address=f"192.0.{n}.1") as visitor:
            asked = {**person(), "email": tagged}
            headers = {"Idempotency-Key": f"mailbox-{body['email']}-{n}"}
            answers.append(await visitor.post("/api/identity/registrations", json=asked, headers=headers))
    assert [one.status_code for one in answers] == [201] * 5 + [429] * 2
    town.clock.pass_(minutes=2)
    async with town.as_() as visitor:
        path = f"/api/identity/registrations/{answers[0].json()['registration_id']}/code"
        assert (await visitor.post(path)).status_code == 429
    assert len([one for one in town.mail.letters if "+" in one.to]) == 5
    town.clock.pass_(hours=1)
    assert (await town.register(email=body["email"]))[1].status_code == 201


async def test_s51_ten_wrong_codes_of_one_mailbox_are_enough_over_all_registrations(
    town: Any, person: Person
) -> None:
    body = person()
    started = [(await town.register(**{**person(), "email": body["email"]}))[1].json() for _ in range(4)]
    told = []
    for n, one in enumerate(started[:3]):
        async with town.as_(address=f"192.0.{n}.2") as visitor:
            path = f"/api/identity/registrations/{one['registration_id']}/verification"
            told += [(await visitor.post(path, json={"code": "00000"})).json()["code"] for _ in range(5)]
    assert told == ["code-wrong"] * 10 + ["sign-in-locked"] * 5
