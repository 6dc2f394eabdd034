"""Decisions: rejection with reasons, authority to sign, release, hand-over to the desk, and rivals."""

import asyncio
import io
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from common.files import FileStore
from processing.domain.document import signatory
from processing.domain.errors import NoAuthorityToSignError, UnsignedResultError
from processing.domain.numbering import document_number
from processing.domain.signing import check_authority, check_release
from pypdf import PdfReader

CODE = "H42.101-261207-0001"
REASONS = {
    "outcome": "reject",
    "content": {},
    "reasons": "Giấy chứng sinh không có chữ ký.\nHọ tên mẹ không khớp.",
    "legal_basis": "Điều 16 Luật Hộ tịch",
}
LEVELS = ("1", "2", "3", "4", "partial", "full")


async def text_of(stage, sha256: str) -> str:
    pdf = await FileStore(stage.settings.files_url).get(sha256)
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


@pytest.mark.parametrize("missing", ["reasons", "legal_basis"])
async def test_r_prc_09_a_rejection_without_reasons_or_legal_basis_is_refused(stage, missing):
    await stage.act("an", "claim")
    answer = await stage.propose(**(REASONS | {missing: " "}))
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [missing]


async def test_r_prc_09_the_leader_signs_the_reasoned_document_and_the_dossier_closes_as_rejected(stage):
    await stage.to_leader(**REASONS)
    closed = (await stage.act("lan", "signature")).json()
    assert (closed["state"], closed["decision_number"]) == ("rejected", "01/2026/TB-UBND")
    [fact] = await stage.facts("processing.dossier_rejected.v1")
    assert fact["document"] == closed["document"]
    assert fact["signer"] == "Phạm Thị Lan"
    printed = await text_of(stage, fact["document"]["sha256"])
    for words in ("không đủ điều kiện", "Giấy chứng sinh không có chữ ký", "Điều 16 Luật Hộ tịch", CODE):
        assert words in printed
    assert [officer.id for officer in stage.signer.signed] == ["lan"]
    assert (await stage.propose()).json()["code"] == "dossier-closed"


async def test_r_prc_09_a_rejection_never_leaves_unsigned(staging, published):
    stage = await staging("ha-nam")
    await review_only(stage, published)
    await stage.to_leader(**REASONS)
    assert (await stage.act("lan", "approval")).json()["code"] == "result-unsigned"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("profile", "required"),
    [
        ("ninh-binh", ()),
        ("thai-nguyen", ("4", "full")),
        ("binh-dinh", ()),
        ("quang-tri", LEVELS),
        ("ha-nam", ()),
    ],
)
async def test_r_prc_11_an_unsigned_result_is_held_back_where_the_profile_says(
    staging, profile, required, level
):
    stage = await staging(profile)
    rule = stage.rules.result_signature
    if level in required:
        with pytest.raises(UnsignedResultError):
            check_release(rule, level, signed=False)
    else:
        check_release(rule, level, signed=False)
    check_release(rule, level, signed=True)


@pytest.mark.parametrize(
    ("profile", "status"), [("thai-nguyen", 422), ("quang-tri", 422), ("binh-dinh", 200)]
)
async def test_r_prc_11_a_process_without_signing_step_releases_only_where_it_may(
    staging, published, profile, status
):
    stage = await staging(profile)
    await review_only(stage, published)
    await stage.to_leader()
    answer = await stage.act("lan", "approval")
    assert answer.status_code == status
    ready = await stage.facts("processing.result_ready.v1")
    assert [fact["signer"] for fact in ready] == ([None] if status == 200 else [])


async def test_s7_an_approval_that_issues_the_result_asks_for_a_second_factor_shown_just_now(
    staging, published
):
    stage = await staging("binh-dinh")
    await review_only(stage, published)
    await stage.to_leader()
    long_ago = replace(stage.who("lan"), proven_at=1)
    refused = await stage.act(long_ago, "approval")
    assert (refused.status_code, refused.json()["code"]) == (403, "step-up-required")
    assert await stage.facts("processing.result_ready.v1") == []
    assert (
        await stage.act(replace(stage.who("lan"), proven_at=int(time.time())), "approval")
    ).status_code == 200


async def review_only(stage, published) -> None:
    """Publish a version whose leader reviews without signing, and accept a dossier under it."""
    version = published(version=2)
    version["process"]["steps"][1]["kind"] = "review"
    await stage.hear("catalog.procedure_published.v1", version)
    await stage.accept(procedure_version=2)


AUTHORITY = {"*": frozenset({"signer"}), "birth_certificate": frozenset({"agency_head"})}


def test_r_prc_11_authority_to_sign_is_configured_per_document_type():
    check_authority(AUTHORITY, "result", frozenset({"signer"}))
    check_authority(AUTHORITY, "birth_certificate", frozenset({"agency_head"}))
    with pytest.raises(NoAuthorityToSignError):
        check_authority(AUTHORITY, "birth_certificate", frozenset({"signer"}))


async def test_r_prc_11_a_leader_without_authority_for_the_document_does_not_sign(stage):
    heads_only = {"*": frozenset({"signer"}), "birth_certificate": frozenset({"agency_head"})}
    stage.app.state.built = replace(stage.app.state.built, rules=replace(stage.rules, authority=heads_only))
    await stage.to_leader()
    deputy = stage.who("lan", subject="deputy", roles=["signer"])
    refused = await stage.act(deputy, "signature")
    assert (refused.status_code, refused.json()["code"]) == (403, "no-authority-to-sign")
    assert stage.signer.signed == []
    assert (await stage.act("lan", "signature")).status_code == 200


async def test_r_prc_11_only_leaders_sign(stage):
    await stage.to_leader()
    for caller in ("an", "binh", "mai"):
        answer = await stage.act(caller, "signature")
        assert answer.status_code in {403, 404}
    assert stage.signer.signed == []


async def test_r_prc_13_the_result_is_recorded_passed_to_the_desk_in_time_and_ready_at_that_moment(stage):
    await stage.to_leader()
    stage.now += timedelta(hours=2)
    ready = (await stage.act("lan", "signature")).json()
    assert (ready["state"], ready["closed_at"], ready["overdue"]) == (
        "result_ready",
        "2026-12-07T03:00:00Z",
        False,
    )
    hand_over = ready["history"][-1]
    assert (hand_over["step_id"], hand_over["action"], hand_over["ended_at"]) == (
        "return",
        "handed_over",
        "2026-12-07T03:00:00Z",
    )
    [fact] = await stage.facts("processing.result_ready.v1")
    assert (fact["ready_at"], fact["document"]) == ("2026-12-07T03:00:00Z", ready["document"])
    assert fact["verification_code"] == ready["verification_code"]
    receipt = (await stage.act("mai", "receipt")).json()
    assert (receipt["received_by"]["name"], receipt["received_at"]) == ("Đỗ Thị Mai", "2026-12-07T03:00:00Z")
    stage.now += timedelta(hours=1)
    assert (await stage.act("mai", "receipt")).json() == receipt


async def test_r_prc_13_no_desk_confirms_what_is_not_ready_or_was_received_elsewhere(stage):
    assert (await stage.act("mai", "receipt")).json()["code"] == "nothing-to-receive"
    assert (await stage.act("an", "receipt")).status_code == 403
    await stage.to_leader()
    await stage.act("lan", "signature")
    assert (await stage.act(stage.who("mai", agency="H42.102"), "receipt")).status_code == 404


async def test_two_leaders_signing_at_once_make_one_decision(stage):
    await stage.to_leader()
    deputy = stage.who("lan", subject="deputy", roles=["signer"])
    seen = await stage.version()
    answers = await asyncio.gather(*(stage.act(one, "signature", version=seen) for one in ("lan", deputy)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(await stage.facts("processing.result_ready.v1")) == 1
    assert await stage.sql("SELECT last FROM decision_series") == [(1,)]


async def test_two_officers_claiming_at_once_get_one_dossier(stage):
    answers = await asyncio.gather(*(stage.act(one, "claim") for one in ("an", "binh")))
    # the loser sees it taken (409), or no longer sees it at all under scope "own" (404)
    assert sorted(answer.status_code for answer in answers)[0] == 200
    assert sorted(answer.status_code for answer in answers)[1] in {404, 409}
    assert len(await stage.facts("processing.dossier_assigned.v1")) == 1


async def test_a_stale_version_is_a_conflict_and_changes_nothing(stage):
    await stage.to_leader()
    answer = await stage.act("lan", "sending-back", version=1, remarks="Sửa")
    assert (answer.status_code, answer.json()["code"]) == (409, "stale-version")


async def test_a_crash_while_signing_keeps_the_number_and_the_second_try_finishes(stage):
    await stage.to_leader()

    async def fail() -> None:
        raise ConnectionError("the signing server is away")

    stage.signer.before = fail
    assert (await stage.act("lan", "signature")).status_code >= 500
    assert (await stage.get("lan", f"/dossiers/{CODE}")).json()["state"] == "awaiting_signature"
    stage.signer.before = None
    done = (await stage.act("lan", "signature")).json()
    assert (done["state"], done["decision_number"]) == ("result_ready", "01/2026")
    assert await stage.sql("SELECT last FROM decision_series") == [(1,)]


async def test_nothing_outside_happens_inside_a_transaction(stage):
    await stage.to_leader()
    open_transactions = []

    async def look() -> None:
        found = await stage.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND state = 'idle in transaction'"
        )
        open_transactions.append(found[0][0])

    stage.signer.before = look
    assert (await stage.act("lan", "signature")).status_code == 200
    assert open_transactions == [0]


async def test_decisions_are_numbered_per_agency_and_year(stage):
    for serial in (2, 3):
        await stage.accept(f"H42.101-261207-000{serial}")
    numbers = []
    for serial in (1, 2, 3):
        code = f"H42.101-261207-000{serial}"
        await stage.to_leader(code)
        numbers.append((await stage.act("lan", "signature", code)).json()["decision_number"])
    assert numbers == ["01/2026", "02/2026", "03/2026"]
    assert document_number(7, 2026, "result", "Sở Tư pháp") == "07/2026/KQ-STP"


@pytest.mark.parametrize(
    ("agency", "roles", "lines"),
    [
        ("UBND phường Hoa Lư", ["agency_head"], ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("Ủy ban nhân dân xã Gia Viễn", ["signer"], ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("Sở Tư pháp", ["signer", "agency_head"], ("GIÁM ĐỐC",)),
        ("Trung tâm Phục vụ hành chính công", ["signer"], ("KT. THỦ TRƯỞNG", "PHÓ THỦ TRƯỞNG")),
    ],
)
def test_the_signature_block_names_the_capacity(agency, roles, lines):
    assert signatory(agency, roles, "Phạm Thị Lan").lines == lines


async def test_the_printed_result_carries_code_number_and_verification(stage):
    await stage.to_leader()
    done = (await stage.act("lan", "signature")).json()
    printed = await text_of(stage, done["document"]["sha256"])
    for words in (
        "GIẤY KHAI SINH",
        "NGUYỄN MINH ANH",
        "15/11/2026",
        CODE,
        done["verification_code"],
        "Phạm Thị Lan",
    ):
        assert words in printed, words
