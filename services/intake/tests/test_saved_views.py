"""An officer keeps ways of looking at the queues: named, renamed, removed, thirty at most, nobody else's business."""

import uuid

import pytest

VIEWS = "/api/intake/desk/views"
CHOSEN = {"procedure": "1.001193", "since": "2026-12-01", "sort": "newest"}
BODY = {"name": "Khai sinh tuần này", "list": "closed", "chosen": CHOSEN, "columns": ["state", "code"]}


def clerk(stage):
    return stage.desk(subject=f"clerk-{uuid.uuid4()}")


async def send(stage, who, method, path=VIEWS, **body):
    async with stage.client(who) as web:
        return await web.request(method, path, json=body or None, headers=stage.key())


async def views(stage, who):
    return (await stage.get("desk/choices", who)).json()["views"]


async def test_r_int_01_a_view_is_kept_with_its_filters_and_columns_and_leads_to_the_same_list(stage):
    who = clerk(stage)
    saved = await send(stage, who, "POST", **BODY)
    assert saved.status_code == 201, saved.text
    [kept] = await views(stage, who)
    assert kept == saved.json()
    assert (kept["chosen"], kept["columns"]) == (CHOSEN, ["code", "state"])
    shown = await stage.get("desk/dossiers", who, list=kept["list"], **kept["chosen"])
    assert shown.status_code == 200, shown.text


async def test_r_int_01_a_view_is_renamed_and_removed_by_its_owner_alone(stage):
    who, other = clerk(stage), clerk(stage)
    first = (await send(stage, who, "POST", **BODY)).json()
    await send(stage, who, "POST", **{**BODY, "name": "Khác"})
    path = f"{VIEWS}/{first['id']}"
    assert await views(stage, other) == []
    for method, body in (("PATCH", {"name": "Của tôi"}), ("DELETE", {})):
        assert (await send(stage, other, method, path, **body)).status_code == 404
    taken = await send(stage, who, "PATCH", path, name=" Khác ")
    assert (taken.status_code, taken.json()["code"]) == (409, "saved-view-name-taken")
    assert (await send(stage, who, "PATCH", path, name=BODY["name"])).status_code == 200, (
        "its own name is free"
    )
    assert (await send(stage, who, "PATCH", path, name="Mới")).json()["name"] == "Mới"
    assert (await send(stage, who, "DELETE", path)).status_code == 204
    assert [view["name"] for view in await views(stage, who)] == ["Khác"]


async def test_r_int_01_thirty_views_are_kept_and_no_name_twice(stage):
    who = clerk(stage)
    for number in range(30):
        assert (await send(stage, who, "POST", **{**BODY, "name": f"Số {number}"})).status_code == 201
    more = await send(stage, who, "POST", **BODY)
    assert (more.status_code, more.json()["code"]) == (409, "too-many-saved-views")
    first = (await views(stage, who))[0]
    await send(stage, who, "DELETE", f"{VIEWS}/{first['id']}")
    again = await send(stage, who, "POST", **{**BODY, "name": "Số 1"})
    assert (again.status_code, again.json()["code"]) == (409, "saved-view-name-taken")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"list": "everything"},
        {"columns": ["x"]},
        {"chosen": {"q": "Ánh"}},
        {"chosen": {"since": "x"}},
    ],
)
async def test_a_view_keeps_nothing_a_queue_does_not_know_and_no_words_looked_for(stage, wrong):
    refused = await send(stage, clerk(stage), "POST", **{**BODY, **wrong})
    assert refused.status_code == 422, refused.text
