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
    assert (
        fact.model_dump(mode="json", exclude={"assigned_by"}) == original
    )  # nobody is told anew that he has it
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


async def test_opinions_and_the_new_date_are_told_again_beside_where_the_dossier_stands(staging):
    stage = await staging()
    await stage.accept(due_at="2026-12-11T10:30:00Z")
    assert (await stage.act("an", "claim")).status_code == 200
    for question, within in (("Đã kết hôn chưa?", "2 wh"), ("Đã đối chiếu chưa?", "1 wd")):
        asked = {"agency": "H42.101", "unit": "mot-cua", "question": question, "within": within}
        assert (await stage.act("an", "consultation", **asked)).status_code == 200
    [first, _] = (await stage.get("an", f"/dossiers/{CODE}")).json()["consultations"]
    path = f"/api/processing/agencies/H42.101/consultations/{first['id']}/answer"
    async with stage.api("mai") as http:
        assert (await http.post(path, json={"answer": "Rồi."})).status_code == 200
    why = {"reason": "Phải xác minh.", "until_on": "2026-12-16"}
    assert (await stage.act("an", "extension-proposal", **why)).status_code == 200
    assert (await stage.act("lan", "extension")).status_code == 200
    async with stage.database.sessions() as session:
        [told] = await announce_dossiers(session, "", 10)
    kinds = [fact.type.split(".")[1] for fact in told.facts]
    assert kinds[0] == "dossier_assigned"
    assert sorted(kinds[1:]) == [
        "consultation_answered",
        "dossier_consulted",
        "dossier_consulted",
        "dossier_extended",
    ]
    [announced] = await stage.sql("SELECT announced FROM dossier")
    assert [fact.aggregate_version for fact in told.facts] == list(range(announced[0] - 4, announced[0] + 1))
    asked = [fact.tell for fact in told.facts if fact.type.endswith("consulted.v1")]
    assert asked == [[], ["mai"]]  # of the one that is given nobody is asked again
    [original] = await stage.facts("processing.dossier_extended.v1")
    again = next(fact for fact in told.facts if fact.type.endswith("extended.v1")).model_dump(mode="json")
    for own in ("due_at", "until", "reason", "extended_at", "document", "signer"):
        assert again[own] == original[own], own
