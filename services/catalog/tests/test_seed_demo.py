"""The demonstration province: complete, announced in full, and the same when seeded again."""

from datetime import UTC, datetime

from catalog import main
from catalog.adapters.demo_pack import read_demo_pack
from eforms import fields_of
from eforms.kinds import KINDS
from procedures import Procedure
from regulation.channels import Channel
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


ASKED = {"extract_copies": 2, "copies": 2, "sheets": 3}
FEES = {  # code, case, channel, what a dossier with those answers costs
    ("1.001193", "standard", "online"): "16.000 đồng (Miễn lệ phí đăng ký khai sinh đúng hạn; "
    "2 bản sao trích lục × 8.000 đồng)",
    ("1.013225", "house", "online"): "75.000 đồng (theo nghị quyết của HĐND tỉnh)",
    ("1.013225", "works", "online"): "150.000 đồng (theo nghị quyết của HĐND tỉnh)",
    ("2.000635", None, "online"): "16.000 đồng (2 bản sao × 8.000 đồng)",
    ("2.000815", None, "online"): "10.000 đồng (3 trang × 2 bản; "
    "từ trang thứ ba 1.000 đồng/trang, tối đa 200.000 đồng/bản)",
    ("1.000894", None, "post"): "Không thu",
    ("1.001612", None, "online"): "Không thu",
    ("1.001612", None, "counter"): "50.000 đồng",
}


async def test_r_cat_21_every_case_and_channel_of_the_province_has_one_limit_and_one_fee(session):
    events = await outbox_events(session)
    told = [data for type_, data in events if type_ == "catalog.procedure_published.v1"]
    published = {data["code"]: Procedure.model_validate(data) for data in told}
    said = {}
    for code, procedure in published.items():
        for case in procedure.case_ids or (None,):
            for channel in {fee.channel for fee in procedure.fees} - {None} or set(Channel):
                limit, cost = procedure.limit(case, channel), procedure.charge(case, channel, ASKED)
                assert limit is not None
                assert limit.clear
                assert cost.amount is not None
                assert cost.free is (cost.amount == 0)
                said[code, case, channel] = cost.words("vi")
    assert {place: said[place] for place in FEES} == FEES


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
    assert used <= set(KINDS)
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
