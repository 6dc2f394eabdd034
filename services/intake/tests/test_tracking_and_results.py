"""Following a dossier, and getting its result: signed, checked, delivered, downloadable for ever."""

import hashlib
import io
import random
from datetime import timedelta

import pytest
import zxingcpp
from common.ids import uuid7
from common.inbox import NotYetError
from intake.domain.errors import ForeignDossierError
from pypdfium2 import PdfDocument
from suite.testing import citizen, officer


async def test_r_trk_01_anybody_looks_a_dossier_up_by_code_and_sees_state_step_and_due_date(stage):
    code = await stage.accepted()
    await stage.unit_tells(code, "in_process", 2, step=2)
    seen = (await stage.get(f"tracking/{code}")).json()
    assert (seen["state"], seen["state_label"], seen["step"]) == (
        "in_process",
        "Đang giải quyết",
        "2/3 · Bước 2",
    )
    assert seen["due_at"] == "2026-12-10T10:30:00Z"
    assert "17:30 thứ Năm ngày 10/12/2026" in seen["due_sentence"]
    english = (await stage.get(f"tracking/{code.lower()}", language="en")).json()
    assert (english["state_label"], english["step"]) == ("In process", "2/3 · Step 2")


@pytest.mark.parametrize(
    "code", ["H42.101-261207-9999", "H42.999-260101-0001", "abc", "H42.101-261399-0001", "' or 1=1"]
)
async def test_r_trk_01_an_unknown_or_malformed_code_gets_one_neutral_answer(stage, code):
    answer = await stage.get(f"tracking/{code}")
    known = {key: value for key, value in answer.json().items() if key != "trace_id"}
    reference = (await stage.get("tracking/H42.101-200101-0001")).json()
    assert answer.status_code == 404
    assert known == {key: value for key, value in reference.items() if key != "trace_id"}


@pytest.mark.parametrize("kind", ["confirmation", "receipt", "supplement", "refusal", "redirection"])
async def test_r_trk_02_every_paper_carries_a_qr_code_that_opens_the_lookup(stage, kind):
    code = await _with_paper(stage, kind)
    paper = next(item for item in (await stage.read(code))["documents"] if item["kind"] == kind)
    pdf = (await stage.get(f"dossiers/{code}/documents/{paper['id']}", stage.citizen)).content
    picture = PdfDocument(io.BytesIO(pdf))[0].render(scale=3).to_pil()
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == f"https://dvc.example/tra-cuu/{code}"


async def _with_paper(stage, kind):
    if kind == "receipt":
        return await stage.accepted()
    code = await stage.dossier()
    if kind == "supplement":
        await stage.judged(code, giay_chung_sinh="wrong")
        items = [{"component": "giay-chung-sinh", "note": "Chụp lại"}]
        await stage.act(code, "supplement-requests", reason="Mờ", guidance="Chụp rõ", items=items)
    if kind == "refusal":
        await stage.act(code, "refusal", reason="Sai", legal_basis="Đ.16")
    if kind == "redirection":
        await stage.act(code, "redirection", reason="Nơi khác", competent_agency=stage.GIA_VIEN)
    return code


async def test_r_trk_03_the_signed_in_applicant_sees_data_state_flow_result_and_requests(stage):
    code = await stage.accepted()
    await stage.unit_tells(code, "in_process", 1)
    await stage.finish(code)
    seen = await stage.read(code)
    assert seen["answers"]["child_name"] == "Nguyễn Minh Anh"
    actions = [row["action"] for row in seen["timeline"]]
    assert actions == ["submit", "accept", "start", "complete", "return"]
    assert (seen["steps"]["count"], seen["requests"]) == (3, [])
    assert [item["kind"] for item in seen["documents"]] == ["confirmation", "receipt", "result"]
    assert (await stage.get("dossiers", stage.citizen)).json()["items"][0]["code"] == code
    assert (await stage.get(f"dossiers/{code}", citizen(str(uuid7())))).status_code == 404
    asked = (await stage.read(await _with_paper(stage, "supplement")))["requests"]
    assert [(item["number"], item["reason"], item["answered_at"]) for item in asked] == [(1, "Mờ", None)]


async def test_r_trk_09_a_step_finished_in_processing_is_visible_at_once(stage):
    code = await stage.accepted()
    for version, (state, step) in enumerate(
        (("forwarded", 1), ("in_process", 2), ("awaiting_signature", 3)), start=1
    ):
        stage.now += timedelta(minutes=1)
        await stage.unit_tells(code, state, version, step)
        seen = (await stage.get(f"tracking/{code}")).json()
        assert (seen["state"], seen["step"]) == (state, f"{step}/3 · Bước {step}")
        assert (await stage.read(code))["timeline"][-1]["step_name"] == f"Bước {step}"


async def test_r_trk_09_shuffled_and_repeated_news_end_in_the_newest_state(stage):
    code = await stage.accepted()
    news = [("forwarded", 1), ("in_process", 2), ("in_process", 3), ("awaiting_signature", 4)] * 3
    random.Random(7).shuffle(news)
    for state, version in news:
        await stage.unit_tells(code, state, version)
    assert (await stage.read(code))["state"] == "awaiting_signature"
    await stage.finish(code, version=5)
    await stage.unit_tells(code, "in_process", 3)
    assert (await stage.read(code))["state"] == "returned"


@pytest.mark.parametrize("kind", ["confirmation", "receipt", "supplement", "refusal", "redirection"])
async def test_r_trk_10_the_code_is_printed_on_every_paper(stage, kind):
    code = await _with_paper(stage, kind)
    text = await stage.paper(code, kind)
    assert text.count(code) >= 2
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "ngày 07 tháng 12 năm 2026" in text


async def test_r_trk_12_the_public_lookup_shows_a_masked_name_and_no_personal_data(stage):
    code = await stage.accepted()
    answer = await stage.get(f"tracking/{code}")
    assert answer.json()["owner_masked"] == "N*** T*** Á***"
    for personal in ("Nguyễn Thị Ánh", "0912345678", "anh@example.org", "037090001234", "Minh Anh"):
        assert personal not in answer.text


async def test_r_res_02_a_ready_result_shows_at_once_to_applicant_and_public(stage):
    code = await stage.accepted(result_channel="counter")
    await stage.finish(code)
    assert (await stage.get(f"tracking/{code}")).json()["state_label"] == "Đã có kết quả"
    assert (await stage.read(code))["timeline"][-1]["action"] == "complete"
    waiting = (await stage.get("desk/dossiers", stage.desk(), state="result_ready", limit=200)).json()[
        "items"
    ]
    assert code in [row["code"] for row in waiting]
    done = await stage.act(code, "handover", way="counter")
    assert (done.json()["state"], done.json()["return_way"]) == ("returned", "counter")
    assert (await stage.events(code))[-1][1]["way"] == "counter"


async def test_r_res_03_an_electronic_result_is_verified_on_release_delivered_and_its_time_recorded(stage):
    code = await stage.accepted(result_channel="online")
    stage.now += timedelta(hours=3)
    await stage.finish(code)
    seen = await stage.read(code)
    assert (seen["state"], seen["return_way"], seen["returned_at"]) == (
        "returned",
        "online",
        "2026-12-07T04:00:00Z",
    )
    name, fact = (await stage.events(code))[-1]
    assert (name, fact["returned_at"], fact["way"]) == (
        "intake.dossier_returned.v1",
        "2026-12-07T04:00:00Z",
        "online",
    )


async def test_r_res_03_a_result_without_a_valid_signature_is_not_released(stage):
    code = await stage.accepted(result_channel="online")
    await stage.finish(code, sign=False)
    seen = await stage.read(code)
    result = seen["documents"][-1]
    assert (seen["state"], result["state"], result["problem"]) == ("result_ready", "blocked", "unsigned")
    shut = await stage.get(f"dossiers/{code}/documents/{result['id']}", stage.citizen)
    assert (shut.status_code, shut.json()["code"]) == (409, "document-not-ready")
    assert (await stage.act(code, "handover", way="online")).json()["code"] == "document-not-ready"


async def test_r_res_05_the_result_stays_stored_and_is_downloaded_any_time(stage):
    code = await stage.accepted()
    await stage.finish(code)
    stage.now += timedelta(days=3650)
    result = (await stage.read(code))["documents"][-1]
    pool = await stage.database.pool()
    stored = await pool.fetchval("select sha256 from document where id = $1", result["id"])
    for _ in range(2):
        got = await stage.get(f"dossiers/{code}/documents/{result['id']}", stage.citizen)
        assert (got.status_code, got.headers["content-type"]) == (200, "application/pdf")
        assert hashlib.sha256(got.content).hexdigest() == stored


async def test_r_res_07_the_verification_page_validates_the_signature_for_anybody(stage):
    code = await stage.accepted()
    number = await stage.finish(code)
    seen = (await stage.get(f"verifications/{number.lower()}")).json()
    assert (seen["valid"], seen["problem"], seen["document_kind"]) == (True, None, "result")
    assert (seen["dossier_code"], seen["agency_name"]) == (code, "UBND phường Hoa Lư")
    assert "Lê Văn Lãnh Đạo" in seen["signer"]
    assert "giá trị pháp lý như văn bản giấy" in seen["legal_value"]
    assert seen["signed_at"].startswith("2026-12-07")
    assert (await stage.get("verifications/AAAA-AAAA-AAAA-AAAA")).status_code == 404


async def test_r_res_07_an_unsigned_paper_never_counts_as_valid(stage):
    code = await stage.accepted()
    number = await stage.finish(code, sign=False)
    seen = (await stage.get(f"verifications/{number}")).json()
    assert (seen["valid"], seen["problem"], seen["legal_value"]) == (False, "unsigned", "")


async def test_a_rejection_waits_at_the_desk_with_its_reasoned_paper_until_it_is_handed_over(stage):
    code = await stage.accepted()
    await stage.finish(code, state="rejected")
    seen = await stage.read(code)
    assert (seen["state"], seen["documents"][-1]["kind"], seen["documents"][-1]["state"]) == (
        "rejected",
        "rejection",
        "ready",
    )


async def test_the_handling_specialist_sees_the_accepted_dossier_and_no_other_unit_does(stage):
    code = await stage.accepted()
    await stage.unit_tells(code, "in_process", 1)
    unit = {"agency": stage.HOA_LU, "scope": "own"}
    handler = officer("specialist", unit="tu-phap-ho-tich", subject="o-1", **unit)
    colleague = officer("specialist", unit="tu-phap-ho-tich", subject="o-2", **unit)
    other = officer("specialist", unit="dia-chinh", subject="o-3", agency=stage.HOA_LU, scope="unit")
    answers = [(await stage.get(f"dossiers/{code}", who)).status_code for who in (handler, colleague, other)]
    assert answers == [200, 404, 404]


DECISION = {"decision_number": "02/2026/QĐ-UBND"}


async def test_r_res_07_a_revoked_result_is_said_to_be_revoked_and_stays_readable(stage):
    code = await stage.accepted()
    old = await stage.finish(code)
    before = await stage.read(code)
    decision = await stage.finish(code, 10, type_="processing.result_revoked.v1", revokes=old, **DECISION)
    seen = (await stage.get(f"verifications/{old}")).json()
    assert (seen["valid"], seen["legal_value"], seen["replaced_by"]) == (False, "", None)
    said = (
        "Văn bản này đã bị thu hồi theo quyết định số 02/2026/QĐ-UBND ngày 07/12/2026 và không còn giá trị."
    )
    assert seen["revocation_sentence"] == said
    assert (await stage.get(f"verifications/{decision}")).json()["valid"] is True
    after = await stage.read(code)
    for kept in ("state", "due", "result_channel"):
        assert after[kept] == before[kept]
    wrong, right = after["documents"][-2:]
    assert (wrong["kind"], wrong["state"], wrong["successor"]) == ("result", "ready", decision)
    assert wrong["revocation_sentence"] == said
    assert (right["kind"], right["revoked_at"], right["revocation_sentence"]) == ("revocation", None, "")
    assert (await stage.get(f"dossiers/{code}/documents/{wrong['id']}", stage.citizen)).status_code == 200


async def test_r_res_07_a_replaced_result_names_the_one_that_counts(stage):
    code = await stage.accepted()
    old = await stage.finish(code)
    new = await stage.finish(code, 10, type_="processing.result_replaced.v1", revokes=old, **DECISION)
    seen = (await stage.get(f"verifications/{old}")).json()
    assert (seen["valid"], seen["replaced_by"]) == (False, new)
    said = f"thay thế bằng văn bản số 02/2026/QĐ-UBND, mã xác minh {new}, ngày 07/12/2026"
    assert said in seen["revocation_sentence"]
    assert said in (await stage.read(code))["documents"][-2]["revocation_sentence"]
    fresh = (await stage.get(f"verifications/{new}")).json()
    assert (fresh["valid"], fresh["revocation_sentence"], fresh["document_kind"]) == (True, "", "result")


async def test_a_revocation_waits_for_its_result_and_told_twice_happens_once(stage):
    code = await stage.accepted()
    with pytest.raises(NotYetError):
        await stage.finish(code, 10, type_="processing.result_revoked.v1", revokes="AAAA-AAAA-AAAA-AAAA")
    old = await stage.finish(code)
    for _ in range(2):
        await stage.finish(code, 10, type_="processing.result_revoked.v1", revokes=old)
    kinds = [one["kind"] for one in (await stage.read(code))["documents"]]
    assert (kinds.count("result"), kinds.count("revocation")) == (1, 1)


async def test_an_agency_that_tells_of_a_dossier_of_another_is_not_believed(stage):
    code = await stage.accepted()
    with pytest.raises(ForeignDossierError):
        await stage.unit_tells(code, "in_process", 9, agency=stage.GIA_VIEN)
    assert (await stage.get(f"tracking/{code}")).json()["state"] == "accepted"
    await stage.unit_tells(code, "in_process", 9)
    assert (await stage.get(f"tracking/{code}")).json()["state"] == "in_process"


async def test_r_prc_14_the_applicant_sees_the_new_date_beside_the_first_with_the_letter(stage):
    code = await stage.accepted()
    await stage.unit_tells(code, "in_process", 2)
    first = (await stage.read(code))["due"]["due_at"]
    letter = {"document": await stage.paper_of_the_unit("xin-loi.pdf"), "signer": "Lê Văn Lãnh Đạo"}
    told = {"until": "2026-12-15T10:00:00Z", "reason": "Chờ xác minh", "extended_at": "2026-12-08T03:00:00Z"}
    for version in (3, 3, 4):  # told twice, and an agency may extend once
        await stage.hear(
            "processing.dossier_extended.v1", {"code": code, **told, **letter}, version, stage.HOA_LU
        )
    seen = await stage.read(code)
    assert (seen["state"], seen["due"]["due_at"], seen["extended_until"]) == (
        "in_process",
        first,
        told["until"],
    )
    [paper] = [one for one in seen["documents"] if one["kind"] == "apology"]
    assert (paper["signed"], paper["verification_code"]) == (True, None)
    [row] = [one for one in seen["timeline"] if one["action"] == "extend"]
    assert (row["label"], row["reason"]) == ("Xin lỗi và hẹn lại ngày trả kết quả", told["reason"])
    pdf = await stage.get(f"dossiers/{code}/documents/{paper['id']}", stage.citizen)
    assert (pdf.status_code, pdf.content[:4]) == (200, b"%PDF")
    public = (await stage.get(f"tracking/{code}")).json()
    assert (public["due_at"], public["extended_until"]) == (first, told["until"])
    await stage.finish(code, 9)
    assert (await stage.read(code))["state"] == "returned"
