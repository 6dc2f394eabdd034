"""Drafts: nothing typed is lost, and what changed since is said plainly."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from common.ids import uuid7
from suite.testing import citizen


async def test_a_page_is_saved_as_typed_with_the_problems_of_that_page_only(stage):
    draft = await stage.draft(stage.PLAIN)
    async with stage.client(stage.citizen) as web:
        url = f"/api/intake/drafts/{draft['id']}/pages"
        values = {
            "full_name": "  Nguye\u0302\u0303n A\u0301nh ",
            "phone": "091 234.567",
            "email": "",
            "unknown": "x",
        }
        saved = (await web.put(f"{url}/who", json={"values": values})).json()
        assert (saved["answers"]["full_name"], saved["answers"]["phone"]) == (
            "Nguy\u1ec5n \u00c1nh",
            "091 234.567",
        )
        assert ("email" in saved["answers"], "unknown" in saved["answers"]) == (False, False)
        assert [problem["field"] for problem in saved["problems"]] == ["phone"]
        assert saved["answers"]["child_name"] == "Nguyễn Minh Anh"
        nowhere = await web.put(f"{url}/nowhere", json={"values": {}})
        assert (nowhere.status_code, nowhere.json()["errors"][0]["field"]) == (422, "page")


async def test_a_hidden_question_keeps_its_answer_in_the_draft_and_drops_it_at_submission(stage):
    draft = await stage.draft(stage.PLAIN)
    async with stage.client(stage.citizen) as web:
        body = {"answers": {"hospital": "Bệnh viện Sản nhi"}, "version": draft["version"]}
        kept = (await web.patch(f"/api/intake/drafts/{draft['id']}", json=body)).json()
    assert kept["answers"]["hospital"] == "Bệnh viện Sản nhi"
    code = (await stage.submit(draft_id=draft["id"])).json()["code"]
    assert "hospital" not in (await stage.read(code))["answers"]


async def test_an_autosave_over_a_newer_version_is_a_conflict_and_changes_nothing(stage):
    draft = await stage.draft(stage.PLAIN)
    async with stage.client(stage.citizen) as web:
        url = f"/api/intake/drafts/{draft['id']}"
        body = {"answers": {"full_name": "Trần Văn Đức"}, "version": draft["version"]}
        stage.now += timedelta(seconds=1)
        assert (await web.patch(url, json=body)).status_code == 200
        lost = await web.patch(url, json={**body, "answers": {"full_name": "Ai khác"}})
        assert (lost.status_code, lost.json()["code"]) == (409, "stale-version")
        assert (await web.get(url)).json()["answers"]["full_name"] == "Trần Văn Đức"


async def test_drafts_are_listed_discarded_and_seen_by_their_owner_only(stage):
    draft = await stage.draft(stage.PLAIN)
    [row] = (await stage.get("drafts", stage.citizen)).json()["items"]
    assert (row["id"], row["agency_name"]) == (draft["id"], draft["agency_name"])
    assert row["agency_name"] != row["agency"]
    stranger = citizen(str(uuid7()))
    assert (await stage.get("drafts", stranger)).json()["items"] == []
    assert (await stage.get(f"drafts/{draft['id']}", stranger)).status_code == 404
    async with stage.client(stage.citizen) as web:
        assert (await web.delete(f"/api/intake/drafts/{draft['id']}")).status_code == 204
        assert (await web.get(f"/api/intake/drafts/{draft['id']}")).json()["code"] == "draft-not-found"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"agency": "H42.190"}, "agency-without-desk"),
        ({"agency": "H42.999"}, "agency-unknown"),
        ({"agency": "H42.15"}, "procedure-not-offered"),
        ({"procedure_code": "9.999999"}, "procedure-not-found"),
        ({"procedure_code": "nonsense"}, "procedure-not-found"),
        ({"case": "nonsense"}, "invalid-input"),
    ],
)
async def test_what_cannot_be_submitted_is_not_begun(stage, body, problem):
    async with stage.client(stage.citizen) as web:
        whole = {"procedure_code": stage.PLAIN, "agency": stage.HOA_LU, **body}
        answer = await web.post("/api/intake/drafts", json=whole, headers=stage.key())
    assert answer.json()["code"] == problem


async def test_a_procedure_code_without_its_dot_begins_the_same_draft_and_one_key_begins_one(stage):
    key = stage.key()
    async with stage.client(stage.citizen) as web:
        body = {"procedure_code": "2000777", "agency": stage.HOA_LU, "case": "thuong"}
        first, again = [await web.post("/api/intake/drafts", json=body, headers=key) for _ in range(2)]
    assert (first.status_code, first.json()["procedure_code"], first.json()["case"]) == (
        201,
        stage.PLAIN,
        "thuong",
    )
    assert again.json()["id"] == first.json()["id"]


async def test_a_procedure_closed_since_is_warned_of_and_takes_no_submission(stage):
    code = "2.000661"
    await stage.publish(stage.simple(code))
    draft = await stage.draft(code)
    assert draft["warnings"] == []
    await stage.hear("catalog.procedure_closed.v1", {"code": code, "closed_from": "2026-12-07"})
    (warning,) = (await stage.get(f"drafts/{draft['id']}", stage.citizen)).json()["warnings"]
    assert (warning["code"], "07/12/2026" in warning["message"]) == ("procedure-closed", True)
    refused = await stage.submit(draft_id=draft["id"])
    assert (refused.status_code, refused.json()["code"]) == (409, "procedure-closed")
    assert (await stage.get(f"drafts/{draft['id']}", stage.citizen)).json()["answers"]["child_name"]


async def test_a_new_version_in_force_asks_for_renewal_and_keeps_the_answers(stage):
    code = "2.000662"
    await stage.publish(stage.simple(code))
    draft = await stage.draft(code)
    await stage.publish(stage.simple(code, 2, effective_from="2026-12-08"))
    coming = (await stage.get(f"drafts/{draft['id']}", stage.citizen)).json()["warnings"]
    assert [warning["code"] for warning in coming] == ["new-version-coming"]
    stage.now += timedelta(days=1)
    refused = await stage.submit(draft_id=draft["id"])
    assert (refused.status_code, refused.json()["code"]) == (409, "procedure-version-superseded")
    async with stage.client(stage.citizen) as web:
        renewed = await web.post(
            f"/api/intake/drafts/{draft['id']}/renewal", json={"version": draft["version"]}
        )
    assert (renewed.json()["procedure_version"], renewed.json()["warnings"]) == (2, [])
    submitted = await stage.submit(draft_id=draft["id"])
    assert (submitted.status_code, (await stage.read(submitted.json()["code"]))["procedure"]["version"]) == (
        201,
        2,
    )


async def test_a_desk_closed_since_is_warned_of_and_takes_no_submission(stage):
    told = {
        "code": "H42.180",
        "name": "UBND xã Thử",
        "level": "commune",
        "desk": {"address": "Số 2", "phone": "", "email": ""},
    }
    await stage.hear("catalog.agency_changed.v1", told, 1)
    offers = [{"agency": "H42.180", "service_level": "full", "unit": None}]
    await stage.publish(stage.simple("2.000663", offers=offers))
    draft = await stage.draft("2.000663", "H42.180")
    await stage.hear("catalog.agency_changed.v1", {**told, "desk": None}, 3)
    await stage.hear("catalog.agency_changed.v1", told, 2)  # late and older: changes nothing
    warnings = (await stage.get(f"drafts/{draft['id']}", stage.citizen)).json()["warnings"]
    assert [warning["code"] for warning in warnings] == ["agency-without-desk"]
    assert (await stage.submit(draft_id=draft["id"])).json()["code"] == "agency-without-desk"


async def test_abandoned_and_submitted_drafts_are_forgotten_in_time_and_dossiers_stay(stage):
    stage.now = datetime(2026, 1, 5, 2, tzinfo=UTC)
    abandoned, submitted = await stage.draft(stage.PLAIN), await stage.draft(stage.PLAIN)
    code = (await stage.submit(draft_id=submitted["id"])).json()["code"]
    forget = {job.name: job for job in stage.jobs()}["forget-drafts"]
    pool = await stage.database.pool()
    ids = [uuid.UUID(abandoned["id"]), uuid.UUID(submitted["id"])]
    for days, left in ((6, 2), (8, 1), (181, 0)):
        await forget.run(stage.database, stage.now + timedelta(days=days))
        assert await pool.fetchval("select count(*) from draft where id = any($1)", ids) == left
    assert (await stage.read(code))["state"] == "submitted"


async def test_r16_one_person_opens_only_so_many_drafts_and_another_is_not_hindered(make_stage):
    stage = await make_stage(max_drafts=2)
    stage.citizen = citizen(str(uuid7()))
    first, _ = await stage.draft(stage.PLAIN), await stage.draft(stage.PLAIN)
    body = {"procedure_code": stage.PLAIN, "agency": first["agency"], "case": None}
    async with stage.client(stage.citizen) as web:
        refused = await web.post("/api/intake/drafts", json=body, headers=stage.key())
        assert (refused.status_code, refused.json()["code"]) == (409, "too-many-drafts")
        await web.delete(f"/api/intake/drafts/{first['id']}")
        assert (await web.post("/api/intake/drafts", json=body, headers=stage.key())).status_code == 201
    async with stage.client(citizen(str(uuid7()))) as other:
        assert (await other.post("/api/intake/drafts", json=body, headers=stage.key())).status_code == 201


async def test_sec_20_what_was_forgotten_is_told_in_the_access_log_with_the_rule(stage):
    stage.now = datetime(2026, 2, 5, 2, tzinfo=UTC)
    await stage.draft(stage.PLAIN)
    forget = {job.name: job for job in stage.jobs()}["forget-drafts"]
    await forget.run(stage.database, stage.now + timedelta(days=179))
    pool = await stage.database.pool()
    told = (
        "select subject, purpose, details from audit_line where route = 'job forget-drafts' order by seq desc"
    )
    before = len(await pool.fetch(told))
    await forget.run(stage.database, stage.now + timedelta(days=181))
    lines = await pool.fetch(told)
    assert len(lines) == before + 1
    assert tuple(lines[0])[:2] == ("draft", "retention.draft_days")
    assert '"count":' in lines[0]["details"]


async def test_a_submitted_draft_says_where_its_dossier_is_and_takes_no_more_changes(stage):
    draft = await stage.draft(stage.PLAIN)
    code = (await stage.submit(draft_id=draft["id"])).json()["code"]
    url = f"/api/intake/drafts/{draft['id']}"
    async with stage.client(stage.citizen) as web:
        for answer in (
            await web.get(url),
            await web.put(f"{url}/pages/who", json={"values": {"full_name": "Ai khác"}}),
            await web.delete(url),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "draft-already-submitted")
            assert answer.headers["location"] == f"/api/intake/dossiers/{code}"
    async with stage.client(citizen(str(uuid7()))) as stranger:
        assert (await stranger.get(url)).status_code == 404
