"""What a decision keeps of questions, feedback, ratings and bars outlives its time and the account."""

import uuid
from datetime import datetime, timedelta

import pytest
from common.inbox import Meta
from qa.jobs import jobs
from qa.models import RatedDossier
from qa.subscribers import subscriptions
from qa.usecases.erase_askers import forget_account
from qa_stage import AGENCY, OTHER
from regulation import profiles
from regulation.retention import retention_of

RETENTION = retention_of(profiles.load("thai-nguyen"))
LATE = datetime.fromisoformat("2031-11-17T00:00:00+00:00")
BARRED = {"decision": "01/QĐ", "ground": "Xúc phạm cán bộ", "appeal": "Thanh tra", "until": "2026-12-01"}


async def hold(stage, kind, subject, version, *, keeps=True):
    """Let identity tell of a hold."""
    type_ = "identity.hold_changed.v1"
    listening = subscriptions(stage.app.state.built.rules)[type_]
    told = {"hold_id": f"{kind} {subject}", "kind": kind, "subject": subject, "keeps": keeps}
    meta = Meta(uuid.uuid4(), type_, LATE, None, told["hold_id"], version)
    async with stage.database.sessions.begin() as session:
        await listening.handler(session, [(listening.model.model_validate(told), meta)])


async def forget(stage):
    built = stage.app.state.built
    for job in jobs(built.rules, RETENTION, built.reception):
        if job.name in ("forget-askers", "forget-uploads"):
            await job.run(stage.database, LATE)


async def known(stage, number):
    return (await stage.seen("centre", number))["asker"] is not None


@pytest.mark.parametrize("kind", ["question", "account"])
async def test_sec_20_who_asked_what_is_held_is_known_until_it_is_let_go(stage, kind):
    number = (await stage.answered_by("asker"))["number"]
    subject = number if kind == "question" else "asker"
    await hold(stage, kind, subject, 1)
    await forget(stage)
    assert await known(stage, number)
    async with stage.database.sessions.begin() as session:
        await forget_account(session, "asker", LATE)
    await forget(stage)
    assert await known(stage, number), "the account went while the hold was under way"
    await hold(stage, kind, subject, 2, keeps=False)
    await forget(stage)
    assert not await known(stage, number)
    pool = await stage.database.pool()
    assert await pool.fetchval("select owner from question where number = $1", number) is None


@pytest.mark.parametrize(("kind", "subject"), [("dossier", "H42.1"), ("account", "asker")])
async def test_sec_20_the_rating_of_what_is_held_keeps_its_dossier_and_its_words(stage, kind, subject):
    then = stage.app.state.now() - timedelta(days=9)
    places = {"receiving_point": AGENCY, "competent_agency": OTHER}
    async with stage.database.sessions.begin() as session:
        whose = {"owner": "asker", "submitter": "asker", "accepted_at": then}
        session.add(RatedDossier(code="H42.1", version=1, **whose, **places))
    marks = {"progress": 1, "quality": 1, "comment": "Chậm."}
    assert (await stage.send("asker", "PUT", "/own-ratings/H42.1/receipt", marks)).status_code == 200
    pool, left = await stage.database.pool(), []
    for version, keeps in ((1, True), (2, False)):
        await hold(stage, kind, subject, version, keeps=keeps)
        await forget(stage)
        owner = await pool.fetchval("select owner from rated_dossier where code = 'H42.1'")
        comment = await pool.fetchval("select comment from rating")
        left.append((owner, comment))
    assert left == [("asker", "Chậm."), (None, "")]


async def test_sec_20_the_bar_of_a_held_person_names_the_person(stage):
    assert (await stage.send("office", "POST", "/bars", {**BARRED, "account": "asker"})).status_code == 201
    pool, left = await stage.database.pool(), []
    for version, keeps in ((1, True), (2, False)):
        await hold(stage, "account", "asker", version, keeps=keeps)
        await forget(stage)
        left.append(await pool.fetchval("select account from bar"))
    assert left == ["asker", None]
