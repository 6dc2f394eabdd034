"""The main road of a dossier: opened, claimed, proposed, sent back, signed."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from common.files import FileStore
from documents.demo_ca import make_demo_ca
from documents.folder import FolderSigner
from documents.verifying import verify_pdf
from processing.adapters.officer_signer import OfficerSigner

CODE = "H42.101-261207-0001"


async def test_an_accepted_dossier_is_opened_once_and_announced(stage):
    await stage.accept()
    answer = (await stage.get("an", f"/dossiers/{CODE}")).json()
    assert answer["state"] == "forwarded"
    assert answer["step"] | {"due_at": None, "remaining_minutes": None} == {
        "no": 1,
        "count": 3,
        "id": "check",
        "name": "Thẩm định hồ sơ",
        "name_en": "Check the dossier",
        "kind": "task",
        "unit": "tu-phap-ho-tich",
        "role": "specialist",
        "due_at": None,
        "remaining_minutes": None,
    }
    [opened] = await stage.facts("processing.dossier_opened.v1")
    assert opened["aggregate_version"] == 1
    assert (opened["code"], opened["agency"], opened["state"], opened["step_no"], opened["step_count"]) == (
        CODE,
        "H42.101",
        "forwarded",
        1,
        3,
    )


async def test_r_prc_03_specialist_proposes_leader_returns_with_remarks_then_approves_and_signs(stage):
    await stage.to_leader()
    stage.now += timedelta(minutes=30)
    sent_back = await stage.act("lan", "sending-back", remarks="Bổ sung quê quán theo thỏa thuận của cha mẹ.")
    assert sent_back.status_code == 200
    assert sent_back.json()["state"] == "in_process"
    assert sent_back.json()["sent_back_remarks"] == "Bổ sung quê quán theo thỏa thuận của cha mẹ."
    assert (await stage.propose()).json()["state"] == "awaiting_signature"
    approved = await stage.act("lan", "approval", remarks="Đồng ý")
    assert approved.json()["proposal"]["approved_by"]["name"] == "Phạm Thị Lan"
    signed = (await stage.act("lan", "signature")).json()
    assert signed["state"] == "result_ready"
    assert [(one["step_id"], one["action"]) for one in signed["history"]] == [
        ("check", "proposed"),
        ("sign", "sent_back"),
        ("check", "proposed"),
        ("sign", "signed"),
        ("return", "handed_over"),
    ]
    assert signed["signer"] == "Phạm Thị Lan"


async def test_r_prc_03_a_return_without_remarks_is_refused(stage):
    await stage.to_leader()
    answer = await stage.act("lan", "sending-back", remarks="  ")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "remarks"


async def test_r_prc_03_nobody_approves_or_signs_an_own_proposal(stage):
    both = stage.who("an", roles=["specialist", "signer"], scope="agency")
    await stage.act(both, "claim")
    assert (await stage.propose(both)).status_code == 200
    for action in ("approval", "signature"):
        answer = await stage.act(both, action)
        assert (answer.status_code, answer.json()["code"]) == (403, "own-proposal")
    assert stage.signer.signed == []


async def test_a_proposal_with_empty_lines_names_each_line(stage):
    await stage.act("an", "claim")
    answer = await stage.propose(content={"child_name": "Nguyễn Minh Anh"})
    assert answer.status_code == 422
    fields = {error["field"] for error in answer.json()["errors"]}
    assert {"content.child_born_on", "content.mother_name"} <= fields
    assert "content.child_name" not in fields


async def test_one_text_as_content_uses_the_plain_result(stage):
    await stage.act("an", "claim")
    answer = (await stage.propose(content="Đồng ý giải quyết.")).json()
    assert (answer["template"], answer["proposal"]["content"]) == (
        "result",
        {"content": "Đồng ý giải quyết."},
    )


async def test_a_real_key_gives_a_valid_signature_in_the_shared_store(stage, tmp_path: Path):
    keys = tmp_path / "keys"
    keys.mkdir()
    authority = make_demo_ca(datetime.now(UTC))  # a certificate is checked against the real time
    (keys / "ca.cert.pem").write_bytes(authority.ca_cert_pem)
    (keys / "ca.key.pem").write_bytes(authority.ca_key_pem)
    signer = OfficerSigner(FolderSigner(keys, demonstration=True))
    built = stage.app.state.built
    stage.app.state.built = replace(built, means=replace(built.means, signer=signer))
    await stage.to_leader()
    document = (await stage.act("lan", "signature")).json()["document"]
    pdf = await FileStore(stage.settings.files_url).get(document["sha256"])
    report = await asyncio.to_thread(verify_pdf, pdf, authority.ca_cert_pem)
    assert (report.valid, report.signer) == (True, "Phạm Thị Lan")
    assert len(pdf) == document["size"]


async def test_the_preview_is_a_draft_without_number(stage):
    await stage.to_leader()
    answer = await stage.get("lan", f"/dossiers/{CODE}/draft-document")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert (await stage.sql("SELECT decision_number FROM dossier"))[0][0] is None
