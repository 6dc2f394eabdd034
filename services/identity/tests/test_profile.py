"""One's own profile: seen, corrected, remembered."""

from collections.abc import Callable
from typing import Any

import pytest
from identity.models import AccessEntry, Action
from sqlalchemy import func, select, text
from suite.testing import citizen


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
        date_of_birth="1800-01-01",
    )
    fields = sorted(error["field"] for error in answer.json()["errors"])
    assert fields == ["channels", "date_of_birth", "full_name", "language", "phone"]


async def test_somebody_elses_telephone_is_refused(town: Any) -> None:
    other, _ = await town.registered()
    _, tokens = await town.registered()
    mine = await town.with_token(tokens)
    answer = await changed(mine, version=1, phone=other["phone"])
    assert (answer.status_code, answer.json()["code"]) == (409, "account-exists")


async def test_a_new_address_is_used_once_its_code_came_back(
    town: Any, person: Callable[..., dict[str, Any]]
) -> None:
    body, tokens = await town.registered()
    new = person()["email"]
    mine = await town.with_token(tokens)
    asked = await mine.post("/api/identity/me/email-changes", json={"email": new.upper()})
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
