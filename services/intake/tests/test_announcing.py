"""Dossiers are told again so that who hears of them late knows what the others know."""

from intake.usecases.announce_dossiers import announce_dossiers

NOT_RETOLD = {
    "intake.dossier_supplement_reminded.v1",
    "intake.dossier_contact_corrected.v1",
    "intake.dossier_joined.v1",
}
# Where the dossier stands is told as it is now, in every fact.
PRESENT = {"aggregate_version", "occurred_at", "state", "unit", "competent_agency"}


async def retold(stage, code):
    async with stage.database.sessions() as session:
        found = {told.key: told.facts for told in await announce_dossiers(session, "", 10_000)}
    return found[code]


async def compare(stage, code):
    facts = await retold(stage, code)
    first_told = [(type_, data) for type_, data in await stage.events(code) if type_ not in NOT_RETOLD]
    assert [fact.type for fact in facts] == [type_ for type_, _ in first_told]
    for fact, (_, original) in zip(facts, first_told, strict=True):
        again = fact.model_dump(mode="json")
        replaced = PRESENT | ({"check_due_at"} if fact is not facts[-1] else set())
        assert {k: v for k, v in again.items() if k not in replaced} == {
            k: v for k, v in original.items() if k not in replaced
        }
    version = (await stage.read(code))["version"]
    assert [fact.aggregate_version for fact in facts] == list(range(version - len(facts) + 1, version + 1))
    assert {fact.state for fact in facts} == {(await stage.read(code))["state"]}
    return [fact.type.split(".")[1] for fact in facts]


async def test_a_dossier_at_the_desk_is_told_again(stage):
    code = await stage.dossier()
    assert await compare(stage, code) == ["dossier_submitted"]
    [fact] = await retold(stage, code)
    [(_, original)] = await stage.events(code)
    assert fact.check_due_at.isoformat() == original["check_due_at"].replace("Z", "+00:00")


async def test_the_whole_story_is_told_again(stage):
    code = await stage.dossier()
    await stage.judged(code, giay_chung_sinh="wrong")
    items = [{"component": "giay-chung-sinh", "note": "Chụp lại"}]
    await stage.act(code, "supplement-requests", reason="Mờ", guidance="Chụp rõ", items=items)
    await stage.resupply(code, "giay-chung-sinh")
    assert (await stage.judged(code)).status_code == 200
    assert (await stage.act(code, "acceptance")).status_code == 200
    await stage.unit_tells(code, "in_process", 1)
    await stage.finish(code)
    assert await compare(stage, code) == [
        "dossier_submitted",
        "dossier_supplement_requested",
        "dossier_resubmitted",
        "dossier_accepted",
        "dossier_returned",
    ]


async def test_a_refused_and_a_redirected_dossier_are_told_again(stage):
    refused, redirected = await stage.dossier(), await stage.dossier()
    await stage.act(refused, "refusal", reason="Sai", legal_basis="Đ.16")
    await stage.act(redirected, "redirection", reason="Nơi khác", competent_agency=stage.GIA_VIEN)
    assert (await compare(stage, refused))[-1] == "dossier_refused"
    assert (await compare(stage, redirected))[-1] == "dossier_redirected"


async def test_pages_follow_each_other_without_gap(stage):
    codes = sorted([await stage.dossier() for _ in range(3)])
    async with stage.database.sessions() as session:
        found = await announce_dossiers(session, codes[0], 2)
        assert [told.key for told in found] == codes[1:3]


async def test_the_unit_telling_again_where_it_stands_changes_nothing(stage):
    code = await stage.accepted()
    await stage.unit_tells(code, "in_process", 4)
    before = (await stage.read(code))["timeline"]
    stage.announcing = True
    await stage.unit_tells(code, "in_process", 4)
    assert (await stage.read(code))["timeline"] == before
    await stage.unit_tells(code, "awaiting_signature", 5)  # what was lost is made good
    assert (await stage.read(code))["state"] == "awaiting_signature"
