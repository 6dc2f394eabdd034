"""A person who closes an account: intake says whether a dossier still needs the person, and erases the drafts."""

import uuid
from datetime import timedelta

from common.ids import uuid7
from suite.testing import citizen, outbox_events

DUE, ERASED, SETTLED = (
    "identity.account_closing_due.v1",
    "identity.account_erased.v1",
    "intake.owner_settled.v1",
)


async def settled(stage, owner):
    await stage.hear(DUE, {"account_id": owner}, 1)
    async with stage.database.sessions() as session:
        told = await outbox_events(session)
    return [data["open_count"] for name, data in told if name == SETTLED and data["account_id"] == owner][-1]


async def test_sec_20_an_open_dossier_still_needs_its_person_and_an_ended_one_does_not(stage):
    stage.citizen = citizen(str(uuid7()))
    owner = stage.citizen.subject
    assert await settled(stage, owner) == 0
    code = await stage.dossier()
    assert await settled(stage, owner) == 1
    pool = await stage.database.pool()
    await pool.execute("update dossier set state = 'returned' where code = $1", code)
    assert await settled(stage, owner) == 0


async def test_sec_20_the_drafts_of_an_erased_account_go_and_the_dossier_stays(stage):
    stage.citizen = citizen(str(uuid7()))
    owner = stage.citizen.subject
    draft = await stage.draft()
    stage.now += timedelta(seconds=1)
    code = (await stage.submit(draft_id=(await stage.draft(stage.PLAIN))["id"])).json()["code"]
    assert (await stage.attach(draft["id"], "giay-chung-sinh", stage.photo(), "a.jpg")).status_code == 201
    await stage.hear(ERASED, {"account_id": owner}, 2)
    pool = await stage.database.pool()
    assert await pool.fetchval("select count(*) from draft where owner_id = $1", owner) == 0
    assert (
        await pool.fetchval("select count(*) from attachment where draft_id = $1", uuid.UUID(draft["id"]))
        == 0
    )
    assert await pool.fetchval("select owner_id from dossier where code = $1", code) == owner
