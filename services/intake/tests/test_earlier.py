"""What was told once of a person is offered to the next form, taken by choice and edited freely."""

from typing import Any

from common.ids import uuid7
from suite.testing import citizen

CODE, VERSION = "2.000790", 1


def person(role: str) -> list[dict[str, Any]]:
    """Return the questions of a page about a person."""
    asked = (("name", "person_name"), ("id", "identity_number"), ("job", "text"))
    return [
        {"name": f"{role}_{part}", "widget": widget, "label": {"vi": part, "en": part}}
        for part, widget in asked
    ]


def published(stage: Any) -> dict[str, Any]:
    """Return a procedure that asks for the applicant, a mother and a child."""
    base = stage.simple(CODE, VERSION)
    form = base["eform"]["definition"]
    data = form["data"]
    more = {name: {"type": "string"} for name in ("mother_name", "mother_id", "mother_job", "baby_name")}
    pages = [*form["pages"], {"id": "mother", "fields": person("mother")}]
    baby = {"name": "baby_name", "widget": "person_name", "label": {"vi": "Con", "en": "Child"}}
    pages.append({"id": "baby", "fields": [baby]})
    data = {**data, "properties": {**data["properties"], **more}}
    return {**base, "eform": {"definition": {**form, "data": data, "pages": pages}}}


async def filled(stage: Any, **answers: str) -> str:
    draft = await stage.draft(CODE)
    async with stage.client(stage.citizen) as web:
        body = {"answers": answers, "version": draft["version"]}
        saved = await web.patch(f"/api/intake/drafts/{draft['id']}", json=body)
        assert saved.status_code == 200, saved.text
    return str(draft["id"])


async def offered(stage: Any, draft: str, who: Any = None) -> list[dict[str, Any]]:
    answer = await stage.get(f"drafts/{draft}/earlier-answers", who or stage.citizen)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def carry(stage: Any, draft: str, page: str, code: str) -> Any:
    async with stage.client(stage.citizen) as web:
        return await web.post(
            f"/api/intake/drafts/{draft}/earlier-answers", json={"page": page, "code": code}
        )


async def test_r_vlt_06_what_was_told_of_a_mother_once_fills_the_next_form_by_choice_and_may_be_edited(stage):
    stage.citizen = citizen(str(uuid7()))
    await stage.publish(published(stage))
    told = {"mother_name": "Trần Thị Mẹ", "mother_id": "037160001111", "mother_job": "giáo viên"}
    first = await filled(stage, **told, baby_name="Nguyễn Con Một")
    code = (await stage.submit(draft_id=first)).json()["code"]
    second = await filled(stage, mother_job="nghỉ hưu")
    (offer,) = await offered(stage, second)
    assert (offer["page"], offer["code"], offer["name"], offer["count"]) == ("mother", code, "Trần Thị Mẹ", 2)
    before = (await stage.get(f"drafts/{second}", stage.citizen)).json()["answers"]
    assert "mother_name" not in before, "nothing is filled in before it is chosen"
    answer = await carry(stage, second, "mother", code)
    assert answer.status_code == 200, answer.text
    after = answer.json()["answers"]
    assert after == before | {"mother_name": "Trần Thị Mẹ", "mother_id": "037160001111"}
    assert (after["mother_job"], "baby_name" in after) == ("nghỉ hưu", False)
    async with stage.client(stage.citizen) as web:
        body = {"answers": {"mother_name": "Trần Thị Mẹ Hai"}, "version": answer.json()["version"]}
        edited = await web.patch(f"/api/intake/drafts/{second}", json=body)
    assert edited.json()["answers"]["mother_name"] == "Trần Thị Mẹ Hai"
    again = await carry(stage, second, "mother", code)
    assert (again.status_code, again.json()["code"]) == (404, "nothing-to-carry")


async def test_r_vlt_06_nobody_is_offered_what_others_told(stage):
    stage.citizen = citizen(str(uuid7()))
    await stage.publish(published(stage))
    first = await filled(stage, mother_name="Trần Thị Mẹ", mother_id="037160001111")
    code = (await stage.submit(draft_id=first)).json()["code"]
    owner, stage.citizen = stage.citizen, citizen(str(uuid7()))
    draft = await filled(stage)
    assert await offered(stage, draft) == []
    assert (await carry(stage, draft, "mother", code)).status_code == 404
    assert (await stage.get(f"drafts/{draft}/earlier-answers", owner)).status_code == 404
