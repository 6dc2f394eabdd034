"""A wrong result: proposed, signed away or replaced, and said once."""

import io
import itertools
from datetime import date

import pytest
from common.errors import InvalidInputError
from common.files import FileStore
from eforms import read_form
from processing.adapters.typst_printer import TypstPrinter
from processing.domain.deeds import Issued, Whereabouts, possible_deeds_on_result
from processing.domain.revocation import Draft, check_draft
from processing.usecases.announce_dossiers import announce_dossiers
from pypdf import PdfReader
from regulation.roles import Role
from suite.testing import officer

CODE = "H42.101-261207-0001"
WHY = {"ground": "Ghi sai họ tên mẹ.", "legal_basis": "Điều 20 Luật Hộ tịch"}
FORM = read_form(TypstPrinter().definition("result"))
TODAY = date(2026, 12, 7)


def text_of(pdf: bytes) -> str:
    """Return the first page without blanks, which the layout sets where it likes."""
    return "".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


ISSUED = {"content": "Không đồng ý."}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, set()),
        ({"content": {"content": "Đồng ý."}}, set()),
        ({"ground": " "}, {"ground"}),
        ({"legal_basis": ""}, {"legal_basis"}),
        ({"content": {}}, {"content.content"}),
        ({"content": {"content": " Không đồng ý."}}, {"content"}),
        ({"ground": "", "legal_basis": "", "content": {}}, {"ground", "legal_basis", "content.content"}),
    ],
)
def test_r_prc_09_a_revocation_has_ground_and_basis_and_a_new_result_has_its_lines(changes, fields):
    draft = Draft(**{**WHY, "content": None, **changes})
    if not fields:
        assert check_draft(draft, FORM, TODAY, ISSUED).ground == WHY["ground"]
        return
    with pytest.raises(InvalidInputError) as refused:
        check_draft(draft, FORM, TODAY, ISSUED)
    assert {one.field for one in refused.value.problems()} == fields


@pytest.mark.parametrize(
    ("in_force", "proposed_by", "role"), list(itertools.product((True, False), (None, "an", "lan"), Role))
)
def test_r_prc_03_who_may_do_what_about_an_issued_result(in_force, proposed_by, role):
    expected = []
    if in_force and role is Role.SPECIALIST:
        expected = ["revocation-proposal"]
    if in_force and proposed_by and role in (Role.SIGNER, Role.AGENCY_HEAD):
        expected = ["revocation-sending-back", "revocation"][: 1 if proposed_by == "lan" else 2]
    here, lan = Whereabouts("H42.101", "tu-phap", None), {"agency": "H42.101", "scope": "agency"}
    who = officer(role, subject="lan", **lan)
    assert possible_deeds_on_result(Issued(here, in_force, proposed_by), who) == expected
    below = officer(role, subject="lan", **(lan | {"agency": "H42", "scope": "sub_tree"}))
    assert possible_deeds_on_result(Issued(here, in_force, proposed_by), below) == []


async def waiting(stage):
    """Return the codes of what waits for the leader's signature."""
    answer = await stage.get("lan", "/dossiers", filter="to_sign")
    assert (await stage.get("lan", "/dossiers/counts")).json()["lists"]["to_sign"] == len(
        answer.json()["items"]
    )
    return [one["code"] for one in answer.json()["items"] if one["revoking"]]


async def issued(stage):
    await stage.to_leader()
    answer = await stage.act("lan", "signature")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_result_is_revoked_by_a_signed_decision_and_the_dossier_keeps_its_times(stage):
    before = await issued(stage)
    assert (before["result_actions"], before["revocations"]) == ([], [])
    proposed = (await stage.act("an", "revocation-proposal", **WHY)).json()
    assert proposed["version"] == before["version"] + 1
    assert proposed["revocations"][0]["proposed_by"]["name"] == "Lê Văn An"
    assert await waiting(stage) == [CODE]
    preview = await stage.get("lan", f"/dossiers/{CODE}/draft-document")
    assert "thuhồi" in text_of(preview.content).lower()
    assert await stage.facts("processing.result_revoked.v1") == []
    answer = await stage.act("lan", "revocation")
    assert answer.status_code == 200, answer.text
    after, [one] = answer.json(), answer.json()["revocations"]
    assert (one["decided_by"]["id"], one["replaces"], one["signer"]) == ("lan", False, "Phạm Thị Lan")
    assert one["decision_number"] == "02/2026/QĐ-UBND"
    assert await waiting(stage) == []
    for kept in ("state", "closed_at", "verification_code", "decision_number", "document", "actions"):
        assert after[kept] == before[kept], kept
    [fact] = await stage.facts("processing.result_revoked.v1")
    assert (fact["revokes"], fact["verification_code"]) == (
        before["verification_code"],
        one["verification_code"],
    )
    assert fact["decision_number"] == one["decision_number"]
    assert (fact["state"], fact["aggregate_version"]) == ("result_ready", 5)
    assert len(await stage.facts("processing.result_ready.v1")) == 1
    printed = text_of(await FileStore(stage.settings.files_url).get(fact["document"]["sha256"]))
    for said in ("QUYẾT ĐỊNH", before["decision_number"], before["verification_code"], *WHY.values()):
        assert "".join(said.split()) in printed, said


async def test_a_result_is_replaced_by_a_new_signed_one_which_can_be_revoked_in_turn(stage):
    before = await issued(stage)
    content = {**before["proposal"]["content"], "mother_name": "Nguyễn Thị Ánh Tuyết"}
    assert (await stage.act("an", "revocation-proposal", **WHY, content=content)).status_code == 200
    preview = await stage.get("lan", f"/dossiers/{CODE}/draft-document")
    assert "NGUYỄNTHỊÁNHTUYẾT" in text_of(preview.content).upper()
    [one] = (await stage.act("lan", "revocation")).json()["revocations"]
    assert "Nguyễn Thị Ánh Tuyết" in [line["text"] for line in one["lines"]]
    [fact] = await stage.facts("processing.result_replaced.v1")
    assert (fact["revokes"], fact["verification_code"]) == (
        before["verification_code"],
        one["verification_code"],
    )
    assert (one["decision_number"], fact["document"]["name"]) == ("02/2026", f"birth_certificate-{CODE}.pdf")
    printed = text_of(await FileStore(stage.settings.files_url).get(fact["document"]["sha256"]))
    assert "NGUYỄNTHỊÁNHTUYẾT" in printed.upper()
    assert (await stage.act("an", "revocation-proposal", **WHY)).status_code == 200
    assert (await stage.act("lan", "revocation")).status_code == 200
    [fact] = await stage.facts("processing.result_revoked.v1")
    assert fact["revokes"] == one["verification_code"]
    late = await stage.act("an", "revocation-proposal", **WHY)
    assert (late.status_code, late.json()["code"]) == (409, "nothing-to-revoke")


async def test_what_cannot_be_revoked_or_by_whom_is_refused(stage):
    await stage.to_leader()
    early = await stage.act("an", "revocation-proposal", **WHY)
    assert (early.status_code, early.json()["code"]) == (409, "nothing-to-revoke")
    await stage.act("lan", "signature")
    unasked = await stage.act("lan", "revocation")
    assert (unasked.status_code, unasked.json()["code"]) == (409, "revocation-missing")
    empty = await stage.act("an", "revocation-proposal", ground=" ", legal_basis="x")
    assert (empty.status_code, empty.json()["errors"][0]["field"]) == (422, "ground")
    both = stage.who("an", roles=["specialist", "signer"], scope="agency")
    stale = await stage.version()
    assert (await stage.act(both, "revocation-proposal", **WHY)).status_code == 200
    own = await stage.act(both, "revocation")
    assert (own.status_code, own.json()["code"]) == (403, "own-proposal")
    unseen = await stage.act("lan", "revocation", version=stale)
    assert (unseen.status_code, unseen.json()["code"]) == (409, "stale-version")
    assert len(stage.signer.signed) == 1


async def test_r_prc_03_a_leader_sends_a_revocation_back_and_the_specialist_proposes_anew(stage):
    before = await issued(stage)
    await stage.act("an", "revocation-proposal", **WHY)
    empty = await stage.act("lan", "revocation-sending-back", remarks=" ")
    assert (empty.status_code, empty.json()["errors"][0]["field"]) == (422, "remarks")
    seen = await stage.version()
    answer = await stage.act("lan", "revocation-sending-back", remarks="Nêu rõ tên đúng của mẹ.")
    assert answer.status_code == 200, answer.text
    after, [one] = answer.json(), answer.json()["revocations"]
    assert (one["sent_back_by"]["name"], one["decided_at"]) == ("Phạm Thị Lan", None)
    assert after["sent_back_remarks"] == one["sent_back_remarks"] == "Nêu rõ tên đúng của mẹ."
    assert (after["revoking"], after["result_actions"], await waiting(stage)) == (False, [], [])
    kept = ("state", "closed_at", "verification_code", "decision_number", "document", "actions")
    assert {key: after[key] for key in kept} == {key: before[key] for key in kept}
    assert await stage.facts("processing.result_revoked.v1") == []
    for action, version in (("revocation", None), ("revocation-sending-back", None), ("revocation", seen)):
        chosen = {"version": version} if version else {}
        late = await stage.act("lan", action, remarks="Sửa", **chosen)
        assert (late.status_code, late.json()["code"]) == (
            (409, "stale-version") if version else (409, "revocation-missing")
        )
    listed = (await stage.get("an", "/dossiers", filter="sent_back")).json()["items"]
    assert [(row["code"], row["sent_back"]) for row in listed] == [(CODE, True)]
    assert (await stage.act("an", "revocation-proposal", **WHY)).status_code == 200
    assert (await stage.get("an", "/dossiers", filter="sent_back")).json()["items"] == []
    revocations = (await stage.act("lan", "revocation")).json()["revocations"]
    assert [(one["number"], one["decided_at"] is None) for one in revocations] == [(1, True), (2, False)]
    assert len(await stage.facts("processing.result_revoked.v1")) == 1


async def test_a_rejection_is_no_result_to_revoke(stage):
    await stage.to_leader(outcome="reject", reasons="Thiếu giấy chứng sinh.", legal_basis="Điều 16")
    await stage.act("lan", "signature")
    answer = await stage.act("an", "revocation-proposal", **WHY)
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing-to-revoke")


async def test_of_two_leaders_one_revokes_and_the_number_is_taken_once(stage):
    await issued(stage)
    await stage.act("an", "revocation-proposal", **WHY)
    version = await stage.version()

    async def rival():
        stage.signer.before = None
        assert (await stage.act("lan", "revocation", version=version)).status_code == 200

    stage.signer.before = rival
    late = await stage.act("lan", "revocation", version=version)
    assert (late.status_code, late.json()["code"]) == (409, "stale-version")
    assert len(await stage.facts("processing.result_revoked.v1")) == 1
    assert await stage.sql("SELECT last FROM decision_series") == [(2,)]


async def test_a_revocation_is_told_again_after_the_result_it_takes_back(stage):
    await issued(stage)
    await stage.act("an", "revocation-proposal", **WHY)
    await stage.act("lan", "revocation")
    async with stage.database.sessions() as session:
        [told] = await announce_dossiers(session, "", 10)
    [ready] = await stage.facts("processing.result_ready.v1")
    [revoked] = await stage.facts("processing.result_revoked.v1")
    assert [fact.model_dump(mode="json") for fact in told.facts] == [ready, revoked]
