"""Where dossiers stand is told again so that who begins late knows it."""

from processing.usecases.announce_dossiers import announce_dossiers

CODE = "H42.101-261207-0001"


async def standing(stage):
    async with stage.database.sessions() as session:
        [told] = await announce_dossiers(session, "", 10)
    assert told.key == CODE
    [fact] = told.facts
    return fact


async def last_told(stage):
    rows = await stage.sql("SELECT type, envelope -> 'data' FROM outbox ORDER BY seq DESC LIMIT 1")
    return tuple(rows[0])


async def test_a_dossier_in_flight_is_told_at_its_present_version(stage):
    type_, original = await last_told(stage)
    fact = await standing(stage)
    assert (fact.type, fact.aggregate_version) == (type_, original["aggregate_version"]) == (type_, 1)
    await stage.to_leader()
    fact, (_, original) = await standing(stage), await last_told(stage)
    assert fact.model_dump(mode="json") == original
    before = await stage.sql("SELECT announced FROM dossier")
    await standing(stage)
    assert await stage.sql("SELECT announced FROM dossier") == before  # telling again counts no new fact


async def test_a_settled_dossier_is_told_with_its_document(stage):
    await stage.to_leader()
    assert (await stage.act("lan", "signature")).status_code == 200
    type_, original = await last_told(stage)
    assert type_ == "processing.result_ready.v1"
    fact = await standing(stage)
    assert (fact.type, fact.model_dump(mode="json")) == (type_, original)


async def test_a_dossier_settled_elsewhere_is_not_opened_when_it_is_told_again(staging, dossier):
    stage = await staging()
    for state, opened in (("returned", 0), ("result_ready", 0), ("in_process", 1)):
        await stage.hear("intake.dossier_accepted.v1", dossier(state=state), CODE)
        assert await stage.sql("SELECT count(*) FROM dossier") == [(opened,)]
