"""What a decision keeps is erased by no time, by nobody's wish and with no account, until it is let go."""

import uuid
from datetime import UTC, datetime, timedelta

from common.ids import uuid7
from suite.testing import citizen, outbox_events

HELD, ERASED, DUE = (
    "identity.hold_changed.v1",
    "identity.account_erased.v1",
    "identity.account_closing_due.v1",
)


async def hold(stage, kind, subject, *, keeps=True, version=1, hold_id=None):
    """Let identity tell of a hold; give its id."""
    hold_id = hold_id or str(uuid7())
    told = {"hold_id": hold_id, "kind": kind, "subject": subject, "keeps": keeps}
    await stage.hear(HELD, told, version)
    return hold_id


async def drafts(stage, *ids):
    pool = await stage.database.pool()
    return await pool.fetchval(
        "select count(*) from draft where id = any($1)", [uuid.UUID(one) for one in ids]
    )


async def forget(stage, days):
    job = {one.name: one for one in stage.jobs()}["forget-drafts"]
    await job.run(stage.database, stage.now + timedelta(days=days))


async def test_sec_20_drafts_of_a_held_person_outlive_their_days_and_go_once_let_go(stage):
    stage.now = datetime(2026, 1, 5, 2, tzinfo=UTC)
    stage.citizen = citizen(str(uuid7()))
    mine = (await stage.draft(stage.PLAIN))["id"]
    held = await hold(stage, "account", stage.citizen.subject)
    stage.citizen = citizen(str(uuid7()))
    other = (await stage.draft(stage.PLAIN))["id"]
    await forget(stage, 400)
    assert (await drafts(stage, mine), await drafts(stage, other)) == (1, 0)
    await hold(stage, "account", "x", keeps=False, version=3, hold_id=held)
    await forget(stage, 400)
    assert await drafts(stage, mine) == 0


async def test_sec_20_a_held_dossier_keeps_its_draft_and_its_person(stage):
    stage.now = datetime(2026, 1, 5, 2, tzinfo=UTC)
    stage.citizen = citizen(str(uuid7()))
    draft = (await stage.draft(stage.PLAIN))["id"]
    code = (await stage.submit(draft_id=draft)).json()["code"]
    pool = await stage.database.pool()
    await pool.execute("update dossier set state = 'returned' where code = $1", code)
    held = await hold(stage, "dossier", code)
    await forget(stage, 400)
    assert await drafts(stage, draft) == 1
    counts = []
    for version, keeps in ((1, True), (2, False)):
        await hold(stage, "dossier", code, keeps=keeps, version=version, hold_id=held)
        await stage.hear(DUE, {"account_id": stage.citizen.subject}, version)
        async with stage.database.sessions() as session:
            told = await outbox_events(session)
        counts += [
            data["open_count"]
            for name, data in told
            if name == "intake.owner_settled.v1" and data["account_id"] == stage.citizen.subject
        ][-1:]
    assert counts == [1, 0]


async def test_sec_20_nobody_throws_away_what_is_held(stage):
    stage.citizen = citizen(str(uuid7()))
    draft = await stage.draft()
    file = (await stage.attach(draft["id"], "giay-chung-sinh", stage.photo(), "a.jpg")).json()
    held = await hold(stage, "account", stage.citizen.subject)
    paths = [
        f"/api/intake/drafts/{draft['id']}/attachments/{file['id']}",
        f"/api/intake/drafts/{draft['id']}",
    ]
    async with stage.client(stage.citizen) as web:
        for path in paths:
            refused = await web.delete(path)
            assert (refused.status_code, refused.json()["code"]) == (409, "held-by-decision"), path
        await hold(stage, "account", "x", keeps=False, version=2, hold_id=held)
        assert [(await web.delete(path)).status_code for path in paths] == [204, 204]


async def test_sec_20_an_account_that_went_while_its_hold_was_under_way_loses_no_draft(stage):
    stage.now = datetime(2026, 1, 5, 2, tzinfo=UTC)
    stage.citizen = citizen(str(uuid7()))
    draft = (await stage.draft(stage.PLAIN))["id"]
    held = await hold(stage, "account", stage.citizen.subject)
    await stage.hear(ERASED, {"account_id": stage.citizen.subject}, 2)
    assert await drafts(stage, draft) == 1
    await hold(stage, "account", "x", keeps=False, version=2, hold_id=held)
    await forget(stage, 400)
    assert await drafts(stage, draft) == 0


async def test_sec_20_an_older_word_about_a_hold_changes_nothing(stage):
    stage.now = datetime(2026, 1, 5, 2, tzinfo=UTC)
    stage.citizen = citizen(str(uuid7()))
    draft = (await stage.draft(stage.PLAIN))["id"]
    held = await hold(stage, "account", stage.citizen.subject, version=5)
    await hold(stage, "account", stage.citizen.subject, keeps=False, version=4, hold_id=held)
    await forget(stage, 400)
    assert await drafts(stage, draft) == 1
