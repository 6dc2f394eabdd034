"""The internal process: approved before use, within the limit, its steps in order and in time."""

import time
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from common.handling import InboxHandler
from common.ids import uuid7
from common.inbox import Arrival, store
from processing.domain.errors import ProcessMissingError
from processing.subscribers import subscriptions
from suite.check.shapes import fact

CODE = "H42.101-261207-0001"
PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
APPROVERS = ("ubnd", "competent_body", "agency", "chairman", "agency")


@pytest.mark.parametrize(("profile", "approver"), list(zip(PROFILES, APPROVERS, strict=True)))
async def test_r_prc_01_a_dossier_runs_under_the_approved_process_with_its_decision(
    staging, profile, approver
):
    stage = await staging(profile)
    await stage.accept()
    process = (await stage.get("an", f"/dossiers/{CODE}")).json()["process"]
    assert (process["decision_number"], process["decision_on"]) == ("123/QĐ-UBND", "2026-07-01")
    assert process["approver"] == approver
    assert [(one["unit"], one["role"], one["hours"]) for one in process["steps"]] == [
        ("tu-phap-ho-tich", "specialist", "4 wh"),
        ("lanh-dao", "signer", "2 wh"),
        ("mot-cua", "desk_officer", "1 wh"),
    ]


@pytest.mark.parametrize("missing", ["process", "decision_number", "steps"])
async def test_r_prc_01_without_an_approved_process_no_dossier_is_taken_over(staging, published, missing):
    stage = await staging()
    version = published(version=2)
    if missing == "process":
        version["process"] = None
    else:
        version["process"][missing] = [] if missing == "steps" else ""
    await stage.hear("catalog.procedure_published.v1", version)
    with pytest.raises(ProcessMissingError):
        await stage.accept(procedure_version=2)
    assert await stage.sql("SELECT 1 FROM dossier") == []


@pytest.mark.parametrize(("case", "first"), [("verify", "Xác minh"), ("standard", "Thẩm định hồ sơ")])
async def test_r_prc_01_a_dossier_begins_at_the_first_step_of_its_own_case(staging, published, case, first):
    stage = await staging()
    version = published(version=2)
    steps = version["process"]["steps"]
    verify = {"id": "verify", "name": "Xác minh", "hours": "1 wh", "condition": "case = verify"}
    steps.insert(0, steps[0] | verify)
    await stage.hear("catalog.procedure_published.v1", version)
    await stage.accept(procedure_version=2, case=case)
    assert (await stage.get("an", f"/dossiers/{CODE}")).json()["step"]["name"] == first


async def test_r_prc_01_what_is_published_is_not_judged_again(stage, published):
    longer = published(version=2)
    longer["process"]["steps"][0]["hours"] = "9 wh"
    await stage.hear("catalog.procedure_published.v1", longer)
    await stage.accept("H42.101-261207-0002", procedure_version=2)
    assert (await stage.get("an", "/dossiers/H42.101-261207-0002")).json()["procedure_version"] == 2


async def test_r_prc_01_running_dossiers_keep_their_version(stage, published):
    shorter = published(version=3)
    shorter["process"]["steps"][0] |= {"hours": "1 wh", "name": "Bước mới"}
    await stage.hear("catalog.procedure_published.v1", shorter)
    await stage.accept("H42.101-261207-0002", procedure_version=3)
    old = (await stage.get("an", f"/dossiers/{CODE}")).json()
    new = (await stage.get("an", "/dossiers/H42.101-261207-0002")).json()
    assert (old["step"]["name"], old["procedure_version"]) == ("Thẩm định hồ sơ", 1)
    assert (new["step"]["name"], new["procedure_version"]) == ("Bước mới", 3)


async def test_r_prc_04_start_end_actor_and_remarks_of_every_step_are_recorded(staging, published):
    stage = await staging()
    two_tasks = published(version=2)
    first = two_tasks["process"]["steps"][0] | {"id": "study", "name": "Nghiên cứu", "hours": "1 wh"}
    two_tasks["process"]["steps"].insert(0, first)
    await stage.hear("catalog.procedure_published.v1", two_tasks)
    await stage.accept(procedure_version=2)
    await stage.act("an", "claim")
    stage.now += timedelta(minutes=45)
    done = (await stage.act("an", "step-completion", remarks="Đã nghiên cứu")).json()
    [study, check] = done["history"]
    assert (study["started_at"], study["ended_at"]) == ("2026-12-07T01:00:00Z", "2026-12-07T01:45:00Z")
    assert (study["actor"]["name"], study["remarks"], study["action"]) == (
        "Lê Văn An",
        "Đã nghiên cứu",
        "completed",
    )
    assert (study["due_at"], study["late"]) == ("2026-12-07T02:00:00Z", False)
    assert (check["started_at"], check["ended_at"], check["due_at"]) == (
        "2026-12-07T01:45:00Z",
        None,
        "2026-12-07T07:45:00Z",  # 4 working hours over the noon break
    )
    [fact] = await stage.facts("processing.step_completed.v1")
    assert (fact["step_no"], fact["step_count"], fact["step_name"]) == (2, 4, "Thẩm định hồ sơ")


async def test_r_prc_04_no_step_can_be_skipped(stage):
    await stage.act("an", "claim")
    for caller, action, extra in [
        ("lan", "signature", {}),
        ("lan", "approval", {}),
        ("lan", "sending-back", {"remarks": "x"}),
        ("an", "step-completion", {}),
    ]:
        answer = await stage.act(caller, action, **extra)
        assert answer.status_code == 409, action
        assert answer.json()["code"] in {"step-out-of-order", "proposal-missing"}
    await stage.propose()
    assert (await stage.propose()).json()["code"] == "step-out-of-order"


async def test_r_prc_04_a_late_step_is_shown_late(stage):
    await stage.act("an", "claim")
    stage.now += timedelta(hours=7)  # 15:00, the step was due at noon and a half
    shown = (await stage.get("an", f"/dossiers/{CODE}")).json()
    assert shown["step"]["remaining_minutes"] < 0
    assert [one["late"] for one in shown["history"]] == [True]


async def test_a_dossier_that_arrives_before_its_procedure_waits_and_is_opened_later(
    staging, published, dossier
):
    stage = await staging(furnished=False)
    handler = InboxHandler(stage.database, subscriptions(stage.rules), first_delay=0.01, lease=0.05)
    pool = await stage.database.pool()
    await store(pool, [arrival("intake.dossier_accepted.v1", CODE, dossier())])
    await handler.one_pass()
    waiting = await stage.sql("SELECT attempts, dead_at, waits_for FROM inbox")
    assert waiting == [(0, None, "procedure 1.001193/1")]
    await store(pool, [arrival("catalog.procedure_published.v1", "1.001193", published())])
    deadline = time.monotonic() + 30
    while not await stage.sql("SELECT 1 FROM dossier") and time.monotonic() < deadline:
        await handler.one_pass()
    assert await stage.sql("SELECT count(*) FROM inbox WHERE done_at IS NULL") == [(0,)]


def arrival(type_: str, subject: str, data: dict) -> Arrival:
    id_ = uuid7()
    envelope = {
        "specversion": "1.0",
        "id": str(id_),
        "source": "motcua/x",
        "type": type_,
        "subject": subject,
        "time": datetime(2026, 12, 7, 1, tzinfo=UTC).isoformat(),
        "data": fact(type_, data),
        "aggregateversion": 1,
    }
    return Arrival(id_, type_, orjson.dumps(envelope).decode())
