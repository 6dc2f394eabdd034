"""The demonstration province: complete, announced in full, and the same when seeded again."""

from datetime import UTC, datetime

from catalog import main
from catalog.adapters.demo_pack import read_demo_pack
from catalog.domain.eforms import WIDGETS, fields_of
from suite.testing import outbox_events

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


async def test_seeding_announces_agencies_and_whole_versions(session):
    events = await outbox_events(session)
    agencies = [data for type_, data in events if type_ == "catalog.agency_changed.v1"]
    published = {data["code"]: data for type_, data in events if type_ == "catalog.procedure_published.v1"}
    assert len(agencies) == 8
    assert len(published) == 12
    birth = published["1.001193"]
    assert (birth["aggregate_id"], birth["aggregate_version"], birth["version"]) == ("1.001193", 2, 2)
    assert [step["kind"] for step in birth["process"]["steps"]] == ["task", "sign", "return"]
    assert birth["result"]["template"] == "birth_certificate"
    assert birth["offers"][0]["desk"]["phone"]
    assert len(birth["eform"]["definition"]["pages"]) == 7
    assert len(birth["eform"]["definition"]["lists"]["ethnicity"]) == 54


async def test_seeding_again_changes_nothing(demo):
    database, settings = demo
    report = await main.seed_demonstration(database, settings, NOW)
    assert (report.agencies, report.forms, report.procedures) == (0, 0, 0)


async def test_the_province_can_be_seeded_under_levels_one_to_four(fresh_database, tmp_path):
    database = await fresh_database("catalog")
    await main.import_national(database, NOW)
    settings = main.Settings(files_url=f"file://{tmp_path}", profile="ninh-binh")
    assert (await main.seed_demonstration(database, settings, NOW)).procedures == 12
    async with database.sessions() as session:
        published = [
            data for type_, data in await outbox_events(session) if type_.endswith("procedure_published.v1")
        ]
    assert {offer["service_level"] for data in published for offer in data["offers"]} == {"3", "4"}


def test_every_demonstration_form_is_sound_and_uses_the_known_widgets():
    pack = read_demo_pack()
    used = {field["widget"] for form in pack.eforms.values() for field in fields_of(form)}
    assert used <= WIDGETS
    assert {
        "person_name",
        "identity_number",
        "address",
        "date",
        "code_list",
        "file",
        "yes_no",
        "one_of",
    } <= used
