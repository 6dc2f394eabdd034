"""Old notices go, with what is known of their delivery; those of a dossier that is still open stay."""

from datetime import timedelta

from notify.jobs import jobs
from notify.main import desks_of, means_of, writer_of
from regulation import profiles
from regulation.clock.by_profile import calendar_of
from regulation.retention import retention_of
from sqlalchemy import text


def all_jobs(settings, kept):
    calendar = calendar_of(profiles.load(settings.profile))
    return jobs(means_of(settings), kept, writer_of(settings), calendar, desks_of(settings))


async def forgotten(stage, days):
    kept = retention_of(profiles.load(stage.settings.profile))
    job = {one.name: one for one in all_jobs(stage.settings, kept)}["forget-notices"]
    await job.run(stage.database, stage.now + timedelta(days=days))


async def told(stage):
    async with stage.database.sessions() as session:
        lines = await session.execute(
            text("select subject, details from audit_line where route = 'job forget-notices'")
        )
        return [tuple(line) for line in lines]


async def test_sec_20_notices_of_an_ended_dossier_go_after_the_profiles_days_and_the_log_says_so(
    stage, facts
):
    await stage.submitted()
    await stage.hear("intake.dossier_refused.v1", facts(state="refused", refused_at=stage.now.isoformat()))
    await forgotten(stage, 729)
    assert len((await stage.inbox())["items"]) == 2
    assert await told(stage) == []
    await forgotten(stage, 731)
    assert (await stage.inbox())["items"] == []
    assert await stage.deliveries("email") == []
    assert await told(stage) == [("notice", '{"count":2}')]


async def test_sec_20_notices_of_an_open_dossier_stay_however_old(stage):
    await stage.submitted()
    await forgotten(stage, 5000)
    assert len((await stage.inbox())["items"]) == 1


async def test_sec_20_the_inbox_of_an_erased_account_goes_and_nobody_elses(stage):
    await stage.submitted(submitter_id="account-duc")
    assert len((await stage.inbox("account-duc"))["items"]) == 1
    await stage.hear("identity.account_erased.v1", {"account_id": "account-anh"})
    assert (await stage.inbox("account-anh"))["items"] == []
    assert len((await stage.inbox("account-duc"))["items"]) == 1


async def hold(stage, kind, subject, *, keeps=True):
    told = {"hold_id": f"hold-{kind}", "kind": kind, "subject": subject, "keeps": keeps}
    await stage.hear("identity.hold_changed.v1", told)


async def test_sec_20_notices_of_a_held_person_and_of_a_held_dossier_stay_until_they_are_let_go(stage, facts):
    await stage.submitted()
    await stage.hear("intake.dossier_refused.v1", facts(state="refused", refused_at=stage.now.isoformat()))
    code = (await stage.inbox())["items"][0]["dossier_code"]
    for kind, subject in (("account", "account-anh"), ("dossier", code)):
        await hold(stage, kind, subject)
        await forgotten(stage, 800)
        assert len((await stage.inbox())["items"]) == 2, kind
        await stage.hear("identity.account_erased.v1", {"account_id": "account-anh"})
        assert len((await stage.inbox())["items"]) == 2, kind
        await hold(stage, kind, subject, keeps=False)
    await forgotten(stage, 800)
    assert (await stage.inbox())["items"] == []
