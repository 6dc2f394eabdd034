"""An inspector who asks the access log about a person finds who looked at her account, however she is named."""

from typing import Any

import pytest
from common.security import Caller
from identity import queries
from suite.testing import officer

OFFICERS = "/api/identity/officers"
WHY = "Kiểm tra theo QĐ 12"
NEW = {
    "login": "lan.hoalu",
    "full_name": "Đỗ Thị Lan",
    "id_number": "037193388001",
    "email": "lan.hoalu@motcua.example",
    "phone": "0987654001",
    "agency": "H42.101",
    "roles": ["specialist", "signer"],
}


async def subjects(town: Any, person: str, agency: str = "H42", scope: str = "province") -> set[str]:
    who: Caller = officer("auditor", agency=agency, scope=scope, subject="inspector")
    async with town.as_(who) as web:
        told = {"purpose": WHY, "person": person}
        answer = await web.get("/api/identity/access-lines", params=told)
    assert answer.status_code == 200, answer.text
    return {item["subject"] for item in answer.json()["items"] if item["subject"]}


async def test_r_sec_22_who_looked_at_an_account_is_found_by_every_word_for_its_person(
    town: Any, key: Any
) -> None:
    admin = officer("agency_admin", agency="H42.101", subject="018f0000-0000-7000-8000-0000000000d1")
    head = officer("agency_head", agency="H42.101", subject="018f0000-0000-7000-8000-0000000000d2")
    async with town.as_(admin) as web:
        made = (await web.post(OFFICERS, json=NEW, headers=key())).json()["id"]
        assert (await web.get(f"{OFFICERS}/{made}/standing")).status_code == 200
    async with town.as_(head) as web:
        waiting = (await web.get("/api/identity/grant-proposals")).json()["items"]
        [proposal] = [one["id"] for one in waiting if one["officer_id"] == made]
        await web.post(f"/api/identity/grant-proposals/{proposal}/confirmation")
    for word in ("037193388001", "0987 654 001", "Lan.Hoalu@motcua.example", "do thi lan", "lan.hoalu"):
        assert {made, proposal} <= await subjects(town, word), word
    for word in ("037193388002", "0987654002", "lan@motcua.example", "thi lan", "%"):
        assert made not in await subjects(town, word), word
    assert made in await subjects(town, "037193388001", "H42.101", "agency")
    assert made not in await subjects(town, "037193388001", "H42.102", "agency")


@pytest.mark.parametrize("part", ["full_name", "id_number", "email", "phone"])
async def test_r_sec_22_a_persons_account_is_found_by_what_she_registered_with(town: Any, part: str) -> None:
    body, tokens = await town.registered(full_name="Quách Thị Ngần")
    other, _ = await town.registered(full_name="Quách Thị Xuân")
    async with town.database.sessions() as session:
        asked: dict[str, Any] = {"now": town.clock.now, "limit": 5}
        mine = await queries.kept_of(session, body[part], **asked)
        assert tokens["account"]["id"] in mine
        assert tokens["account"]["id"] not in await queries.kept_of(session, other[part], **asked)
