"""The vault: what is kept for a person, taken again, refused with its reason, used by whom, exported whole."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from common.ids import uuid7
from intake.api.vault_offers import SEEING, TAKING
from intake.models.marks import person_named
from suite.run.references import referenced
from suite.testing import citizen

PROVINCES = ("ninh-binh", "thai-nguyen", "binh-dinh", "ha-nam", "quang-tri")
KEPT = {"ninh-binh", "thai-nguyen", "quang-tri"}
PAPERS, COUNTER = "/api/intake/vault/papers", "/api/intake/counter"
BIRTH_PAPER = "giay-chung-sinh"


async def person(stage):
    """Let somebody else apply: nobody's vault holds what another test put there."""
    stage.citizen = citizen(str(uuid7()))
    return stage.citizen


async def vault(stage, who=None):
    answer = await stage.get("vault/papers", who or stage.citizen)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def send(stage, who, method, path, body):
    async with stage.client(who) as web:
        return await web.request(method, f"/api/intake/{path}", json=body, headers=stage.key())


async def offered(stage, draft, who=None, root="drafts"):
    answer = await stage.get(f"{root}/{draft}/vault-papers", who or stage.citizen)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def take(stage, draft, paper, component=BIRTH_PAPER, who=None, root="drafts"):
    body = {"component": component, "paper": paper}
    return await send(stage, who or stage.citizen, "POST", f"{root}/{draft}/vault-papers", body)


async def describe(stage, paper, **told):
    path = f"desk/dossiers/{paper['code']}/vault-papers/{paper['id']}"
    return await send(stage, stage.desk(), "PUT", path, told)


async def given(stage, **more):
    """Let the person give a paper that is accepted, and return it."""
    await stage.accepted(**more)
    return (await vault(stage))[0]


def result_of(stage, version, name="Giấy chứng sinh"):
    """Publish a version whose result is what the component of another asks for."""
    return stage.publish(stage.simple("2.000795", version, result={"name": name}))


async def issued(stage, version=9, **more):
    """Let the person get a result, and return the code of its dossier and its verification code."""
    await result_of(stage, 1)
    code = await stage.dossier(code="2.000795")
    await stage.act(code, "checklist", None, "PUT", items=[{"component": "to-khai", "verdict": "ok"}])
    assert (await stage.act(code, "acceptance")).status_code == 200
    return code, await stage.finish(code, version, **more)


async def corrected(stage, code, revokes, kind):
    type_ = f"processing.result_{kind}.v1"
    return await stage.finish(
        code, 12, "result_ready", type_=type_, revokes=revokes, decision_number="7/QĐ-UBND"
    )


@pytest.mark.parametrize("profile", PROVINCES)
async def test_r_vlt_02_every_account_has_its_vault_where_the_profile_keeps_one(make_stage, profile):
    stage = await make_stage(profile)
    await person(stage)
    more = {"source": "certified_e_copy"} if profile == "quang-tri" else {}
    await stage.accepted(**more)
    answer = await stage.get("vault/papers", stage.citizen)
    if profile not in KEPT:
        assert (answer.status_code, answer.json()["code"]) == (404, "vault-not-kept")
        pool = await stage.database.pool()
        owned = "select count(*) from vault_paper where owner_id = $1"
        assert await pool.fetchval(owned, stage.citizen.subject) == 0
        return
    (paper,) = answer.json()["items"]
    assert (paper["kind"], paper["name"], paper["offered"]) == ("component", "Giấy chứng sinh", True)
    away = await send(stage, stage.citizen, "PUT", f"vault/papers/{paper['id']}/offering", {"offered": False})
    assert (away.json()["fitness"], away.json()["offered"]) == ("withheld", False)
    draft = await stage.draft()
    refused = await take(stage, draft["id"], paper["id"])
    assert (refused.status_code, refused.json()["code"]) == (409, "vault-paper-not-reusable")
    stranger = await send(
        stage, citizen("v-other"), "PUT", f"vault/papers/{paper['id']}/offering", {"offered": True}
    )
    assert stranger.status_code == 404
    await send(stage, stage.citizen, "PUT", f"vault/papers/{paper['id']}/offering", {"offered": True})
    assert (await take(stage, draft["id"], paper["id"])).status_code == 201


async def test_r_vlt_03_accepted_components_and_results_are_kept_with_what_is_known_of_them(stage):
    await person(stage)
    code = await stage.dossier()
    assert await vault(stage) == [], "nothing is kept before it is accepted"
    await stage.judged(code)
    await stage.act(code, "acceptance")
    (paper,) = await vault(stage)
    assert (paper["code"], paper["number"], paper["signature"]) == (code, None, "unchecked")
    check = next(job for job in stage.jobs() if job.name == "check-papers")
    await check.run(stage.database, stage.now)
    assert (await vault(stage))[0]["signature"] == "unsigned"
    told = {"number": "12/CS", "issuer": "Bệnh viện Sản Nhi", "issued_on": "2026-01-03", "lasting": True}
    described = await describe(stage, paper, **told)
    assert described.status_code == 200, described.text
    wrong = await describe(stage, paper, issued_on="2026-01-03", expires_on="2025-01-01")
    assert wrong.status_code == 422
    (paper,) = await vault(stage)
    assert {**paper, **told} == paper
    assert (paper["fitness"], paper["reason"]) == ("valid", "Còn hiệu lực.")
    number = await stage.finish(code)
    newest, _ = await vault(stage)
    assert (newest["kind"], newest["number"], newest["issuer"]) == ("result", number, "UBND phường Hoa Lư")
    assert (newest["issued_on"], newest["signature"]) == (f"{date(2026, 12, 7)}", "signed")
    await stage.finish(code)
    assert len(await vault(stage)) == 2, "told twice, kept once"


async def test_r_vlt_03_a_result_whose_signature_does_not_hold_and_a_rejection_are_not_kept(stage):
    await person(stage)
    code = await stage.accepted()
    await stage.finish(code, sign=False)
    other = await stage.accepted()
    await stage.finish(other, state="rejected")
    assert {paper["kind"] for paper in await vault(stage)} == {"component"}


@pytest.mark.parametrize("profile", sorted(KEPT))
async def test_r_vlt_01_what_was_given_once_is_offered_and_satisfies_the_component(make_stage, profile):
    stage = await make_stage(profile)
    await person(stage)
    more = {"source": "certified_e_copy"} if profile == "quang-tri" else {}
    paper = await given(stage, **more)
    draft = await stage.draft()
    (offer,) = await offered(stage, draft["id"])
    assert (offer["id"], offer["component"], offer["fitness"]) == (paper["id"], BIRTH_PAPER, "uncertain")
    assert "cán bộ" in offer["reason"], "who decides is told"
    taken = await take(stage, draft["id"], offer["id"])
    assert taken.status_code == 201, taken.text
    (file,) = taken.json()["items"]
    assert (file["component"], file["source"]) == (BIRTH_PAPER, "vault")
    assert (await take(stage, draft["id"], offer["id"])).json()["code"] == "vault-paper-already-taken"
    shown = (await stage.get(f"drafts/{draft['id']}", stage.citizen)).json()
    needed = {one["id"]: one["needed"] for one in shown["components"]}
    assert (needed[BIRTH_PAPER], shown["problems"]) == (False, [])
    code = (await stage.submit(draft_id=draft["id"])).json()["code"]
    assert (await stage.read(code))["flags"]["from_vault"] is True
    assert (await stage.judged(code)).status_code == 200
    assert (await stage.act(code, "acceptance")).status_code == 200
    assert len(await vault(stage)) == 1, "what came out of the vault is no new paper"
    wrong = await take(stage, (await stage.draft())["id"], paper["id"], "uy-quyen")
    assert wrong.json()["code"] == "vault-paper-does-not-fit"


async def test_r_vlt_01_what_was_written_down_at_a_counter_is_kept_only_in_a_full_vault(make_stage):
    for profile, kept in (("ninh-binh", 0), ("quang-tri", 1)):
        stage = await make_stage(profile)
        number = "037090008801" if kept else "037090008802"
        await walked_in(stage, number)
        pool = await stage.database.pool()
        theirs = (
            "select count(*) from vault_paper join dossier on code = dossier_code where channel = 'counter'"
        )
        assert await pool.fetchval(theirs) == kept


async def walked_in(stage, number, component=True):
    """Accept a dossier that was written down at the desk for somebody."""
    draft = await at_desk(stage, number)
    if component:
        sent = await attached(stage, draft)
        assert sent.status_code == 201, sent.text
    code = await handed_in(stage, draft)
    assert (await stage.judged(code)).status_code == 200
    assert (await stage.act(code, "acceptance")).status_code == 200
    return code


def named(stage, number):
    """Return answers about somebody whom no other test looks for by telephone."""
    return {**stage.ANSWERS, "id_number": number, "phone": "0987000111"}


async def at_desk(stage, number):
    async with stage.client(stage.desk()) as web:
        body = {"procedure_code": stage.BIRTH}
        draft = (await web.post(f"{COUNTER}/drafts", json=body, headers=stage.key())).json()
        answers = {"answers": named(stage, number), "version": draft["version"]}
        assert (await web.patch(f"{COUNTER}/drafts/{draft['id']}", json=answers)).status_code == 200
    return draft["id"]


async def attached(stage, draft):
    async with stage.client(stage.desk()) as web:
        return await web.post(
            f"{COUNTER}/drafts/{draft}/attachments",
            data={"component": BIRTH_PAPER},
            files={"file": ("giay.pdf", stage.pdf())},
            headers=stage.key(),
        )


async def handed_in(stage, draft, status=201):
    body = {"draft_id": draft, "way": "desk", "confirmation": "signature"}
    body |= {"declaration_accepted": True, "declaration_version": "1"}
    answer = await send(stage, stage.desk(), "POST", "counter/dossiers", body)
    assert answer.status_code == status, answer.text
    return answer.json()["code"] if status == 201 else answer.json()


async def test_r_vlt_04_what_expired_was_revoked_or_replaced_is_shown_with_its_reason_and_not_taken(stage):
    await person(stage)
    paper = await given(stage)
    assert (await describe(stage, paper, expires_on="2026-12-07")).json()["fitness"] == "valid"
    draft = await stage.draft()
    code, number = await issued(stage)
    await corrected(stage, code, number, "revoked")
    other, second = await issued(stage)
    replacing = await corrected(stage, other, second, "replaced")
    stage.now += timedelta(days=1)
    found = {one["number"] or one["id"]: one for one in await offered(stage, draft["id"])}
    assert found[paper["id"]]["reason"] == "Đã hết hiệu lực ngày 07/12/2026."
    assert found[number]["reason"].endswith("theo Quyết định số 7/QĐ-UBND.")
    states = {name: one["fitness"] for name, one in found.items()}
    assert states == {
        paper["id"]: "expired",
        number: "revoked",
        second: "replaced",
        replacing: "uncertain",
    }
    for one in found.values():
        answer = await take(stage, draft["id"], one["id"])
        assert answer.status_code == (201 if one["number"] == replacing else 409)
        assert answer.status_code == 201 or one["reason"] in answer.json()["detail"]


async def test_r_vlt_04_a_paper_that_expires_or_is_revoked_after_it_was_taken_is_told_at_submission(stage):
    await person(stage)
    paper = await given(stage)
    await describe(stage, paper, expires_on="2026-12-08")
    code, number = await issued(stage)
    drafts = []
    for one in (paper["id"], next(p["id"] for p in await vault(stage) if p["number"] == number)):
        drafts.append((await stage.draft())["id"])
        assert (await take(stage, drafts[-1], one)).status_code == 201
    await corrected(stage, code, number, "revoked")
    stage.now += timedelta(days=3)
    for draft, why in zip(drafts, ("Đã hết hiệu lực ngày 08/12/2026.", "Đã bị thu hồi"), strict=True):
        shown = (await stage.get(f"drafts/{draft}", stage.citizen)).json()["problems"]
        refused = await stage.submit(draft_id=draft)
        (problem,) = refused.json()["errors"]
        assert (refused.status_code, problem["field"], problem["rule"]) == (422, BIRTH_PAPER, "vaultPaper")
        assert why in problem["message"]
        assert [one["message"] for one in shown] == [problem["message"]]
    file = (await stage.get(f"drafts/{drafts[0]}", stage.citizen)).json()["attachments"][0]["id"]
    async with stage.client(stage.citizen) as web:
        gone = await web.delete(f"/api/intake/drafts/{drafts[0]}/attachments/{file}")
        assert gone.status_code == 204
    assert (await stage.attach(drafts[0], BIRTH_PAPER)).status_code == 201
    assert (await stage.submit(draft_id=drafts[0])).status_code == 201
    uses = next(p["uses"] for p in await vault(stage) if p["id"] == paper["id"])
    assert [use["taken_out"] for use in uses if use["deed"] == "taken"] == [True]


async def test_r_vlt_05_only_the_owner_or_an_officer_for_that_persons_dossier_uses_a_paper_and_each_use_is_told(
    stage,
):
    owner = await person(stage)
    paper = await given(stage)
    thief = citizen("v-thief")
    draft = await stage.draft(caller=thief)
    assert await offered(stage, draft["id"], thief) == []
    assert (await take(stage, draft["id"], paper["id"], who=thief)).status_code == 404
    number = "037090008803"
    pool = await stage.database.pool()
    mark = person_named(number, stage.database.ring)
    await pool.execute("insert into person_account values ($1, $2, $3)", mark, owner.subject, stage.now)
    desk = stage.desk()
    other = await at_desk(stage, "037090008804")
    assert await offered(stage, other, desk, "counter/drafts") == []
    assert (await take(stage, other, paper["id"], who=desk, root="counter/drafts")).status_code == 404
    right = await at_desk(stage, number)
    (offer,) = await offered(stage, right, desk, "counter/drafts")
    assert (await take(stage, right, offer["id"], who=desk, root="counter/drafts")).status_code == 201
    moved = await draft_of(stage, right)
    answers = {"answers": named(stage, "037090008804"), "version": moved["version"]}
    async with stage.client(desk) as web:
        assert (await web.patch(f"{COUNTER}/drafts/{right}", json=answers)).status_code == 200
    problem = (await handed_in(stage, right, 422))["errors"][0]
    assert "thuộc về người khác" in problem["message"], "the dossier became another person's"
    answers |= {"version": (await draft_of(stage, right))["version"]}
    answers["answers"] = named(stage, number)
    async with stage.client(desk) as web:
        await web.patch(f"{COUNTER}/drafts/{right}", json=answers)
    code = await handed_in(stage, right)
    (mine,) = [one for one in await vault(stage) if one["id"] == paper["id"]]
    told = [(use["deed"], use["by_owner"], use["code"]) for use in mine["uses"]]
    assert told == [("taken", False, code), ("seen", False, None)]
    assert {use["agency_name"] for use in mine["uses"]} == {"UBND phường Hoa Lư"}
    asked = "select purpose from audit_line where route like '%counter%vault-papers' and outcome < 300"
    lines = await pool.fetch(asked)
    assert {line["purpose"] for line in lines} == {SEEING, TAKING}


async def draft_of(stage, draft):
    return (await stage.get(f"counter/drafts/{draft}", stage.desk())).json()


async def test_r_vlt_01_a_paper_that_is_asked_for_again_is_told_to_the_desk_and_taken_from_the_vault(stage):
    await person(stage)
    paper = await given(stage)
    code = await stage.dossier()
    hints = (await stage.get(f"desk/dossiers/{code}/vault-papers", stage.desk())).json()["items"]
    assert [(one["component"], one["id"], one["reusable"]) for one in hints] == [
        (BIRTH_PAPER, paper["id"], True)
    ]
    assert (
        await stage.get(f"desk/dossiers/{code}/vault-papers", stage.desk(stage.GIA_VIEN))
    ).status_code == 404
    await stage.judged(code, giay_chung_sinh="wrong")
    asked = {"reason": "Mờ", "guidance": "Nộp", "items": [{"component": BIRTH_PAPER, "note": "Chụp lại"}]}
    assert (await stage.act(code, "supplement-requests", **asked)).status_code == 200
    (offer,) = await offered(stage, code, root="dossiers")
    assert (await take(stage, code, offer["id"], root="dossiers")).status_code == 201
    version = (await stage.read(code))["version"]
    answer = await stage.act(code, "supplement-answer", stage.citizen, version=version, note="Dùng lại")
    assert answer.status_code == 200, answer.text
    (mine,) = await vault(stage)
    assert [(use["deed"], use["code"]) for use in mine["uses"]] == [("taken", code), ("seen", code)]


async def test_a_vault_is_exported_whole_stands_sealed_and_nobody_deletes_from_it(stage):
    await person(stage)
    paper = await given(stage)
    await describe(stage, paper, number="SO-BI-MAT-77", issuer="Bệnh viện Kín")
    _, number = await issued(stage)
    answer = await stage.get("vault/export", stage.citizen)
    assert answer.headers["content-type"] == "application/zip"
    bundle = zipfile.ZipFile(io.BytesIO(answer.content))
    told = json.loads(bundle.read("danh-muc.json"))
    assert {one["number"] for one in told["papers"]} == {number, "SO-BI-MAT-77"}
    assert sorted(name for one in told["papers"] for name in one["files"]) == sorted(bundle.namelist())[:-1]
    one = await stage.get(f"vault/papers/{paper['id']}/files/1", stage.citizen)
    assert one.content in {bundle.read(name) for name in bundle.namelist()}
    assert (await stage.get(f"vault/papers/{paper['id']}/files/2", stage.citizen)).status_code == 404
    assert (await stage.get(f"vault/papers/{paper['id']}/files/1", citizen("v-no"))).status_code == 404
    async with stage.client(stage.citizen) as web:
        for path in (f"{PAPERS}/{paper['id']}", PAPERS):
            assert (await web.delete(path)).status_code in (404, 405)
    result = next(one for one in await vault(stage) if one["kind"] == "result")
    kept = await send(
        stage, stage.citizen, "PUT", f"vault/papers/{result['id']}/offering", {"offered": False}
    )
    assert (kept.status_code, kept.json()["code"]) == (409, "vault-result-stays")
    pool = await stage.database.pool()
    rows = await pool.fetch(
        "select t::text as line from vault_paper t where owner_id = $1", stage.citizen.subject
    )
    assert not any("BI-MAT" in row["line"] or "Bệnh viện Kín" in row["line"] for row in rows)


async def test_a_file_stays_as_long_as_any_row_names_it_and_an_erased_account_keeps_no_vault(stage):
    owner = await person(stage)
    paper = await given(stage)
    pool = await stage.database.pool()
    files = await pool.fetchval("select files from vault_paper where id = $1::text::uuid", paper["id"])
    (file,) = json.loads(files)
    draft = await stage.draft()
    await take(stage, draft["id"], paper["id"])
    async with stage.client(owner) as web:
        assert (await web.delete(f"/api/intake/drafts/{draft['id']}")).status_code == 204
    held = await pool.fetchval("select count(*) from discarded_file where owner_id = $1", owner.subject)
    assert held == 0, "what came out of the vault counts for nobody"
    assert file["sha256"] in await referenced([stage.database.dsn], lambda *_: None)
    await stage.hear("identity.account_erased.v1", {"account_id": owner.subject}, 2)
    assert await vault(stage) == []


async def test_r_vlt_03_what_a_desk_writes_down_of_a_paper_is_what_somebody_can_see_on_it(stage):
    await person(stage)
    paper = await given(stage)
    told = (await describe(stage, paper, number="\u202e12\u200b/CS", issuer="\u200b\u200b")).json()
    assert (told["number"], told["issuer"]) == ("12/CS", None)
    today = stage.now.date()
    refused = await describe(stage, paper, issued_on=str(today + timedelta(days=2)))
    assert (refused.status_code, refused.json()["code"]) == (422, "vault-dates-contradict")
    assert (await describe(stage, paper, issued_on=str(today))).status_code == 200
