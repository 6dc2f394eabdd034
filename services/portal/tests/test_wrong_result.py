"""A wrong result: the specialist proposes, another person signs, and every page says which paper counts."""

from collections.abc import Callable
from typing import Any

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import CODE, at, revoked, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
HANDLING, DESK = f"/can-bo/giai-quyet/{CODE}", f"/can-bo/tiep-nhan/{CODE}"
PROPOSE, SIGN = f"{HANDLING}/thu-hoi", f"{HANDLING}/ky-thu-hoi"
SEND_BACK = f"{HANDLING}/tra-lai-thu-hoi"
PROCESSING = f"/api/processing/agencies/H42.101/dossiers/{CODE}"
INTAKE = f"/api/intake/dossiers/{CODE}"
WHY = {"version": "2", "ground": "Ghi sai tên mẹ", "legal_basis": "Điều 20"}
PROPOSED = {"revoking": True, "revocations": [sample("revocation", decided_at=None, decision_number=None)]}


async def at_work(browse: Browse, role: str, **changes: Any) -> Visitor:
    """Sign an officer in, before a dossier with an issued result."""
    officer = await browse().sign_in(role)
    told = {"actions": [], "proposal": sample("proposal"), **changes}
    officer.fake.answers[f"GET {PROCESSING}"] = sample("handled", **told)
    return officer


async def test_only_who_may_do_it_is_shown_the_work(browse: Browse) -> None:
    for actions, words in (
        (["revocation-proposal"], "Thu hồi, thay thế kết quả…"),
        (["revocation-sending-back"], "Trả lại đề xuất về kết quả…"),
        (["revocation"], "Xem và ký quyết định về kết quả…"),
    ):
        page = (await (await at_work(browse, "specialist", result_actions=actions)).get(HANDLING)).text
        assert words in page
        assert words not in (await (await at_work(browse, "specialist")).get(HANDLING)).text


@pytest.mark.parametrize("way", ["revoke", "replace"])
async def test_a_proposal_says_why_and_only_a_replacement_has_lines(browse: Browse, way: str) -> None:
    officer = await at_work(browse, "specialist")
    page = (await officer.get(PROPOSE)).text
    assert 'name="c-child_name" type="text" spellcheck="false" value="Nguyễn Minh Anh"' in page
    answer = await officer.post(PROPOSE, PROPOSE, {**WHY, "way": way, "c-child_name": "Nguyễn Minh Ánh"})
    assert answer.headers["location"] == HANDLING
    content = {"child_name": "Nguyễn Minh Ánh"} if way == "replace" else None
    sent = officer.fake.calls("POST", f"{PROCESSING}/revocation-proposal")[0].body
    assert sent == {"version": 2, "ground": "Ghi sai tên mẹ", "legal_basis": "Điều 20", "content": content}


async def test_an_undecided_or_refused_proposal_keeps_what_was_typed(browse: Browse) -> None:
    officer = await at_work(browse, "specialist")
    typed = {**WHY, "c-child_name": "An123"}
    undecided = await officer.post(PROPOSE, PROPOSE, typed)
    assert (undecided.status_code, 'href="#way"' in undecided.text) == (422, True)
    assert officer.fake.calls("POST", f"{PROCESSING}/revocation-proposal") == []
    wrong = [
        {"field": "legal_basis", "rule": "R-PRC-09", "message": "Hãy ghi căn cứ."},
        {"field": "content.child_born_on", "rule": "required", "message": "Hãy ghi ngày sinh."},
        {"field": "content.child_name", "rule": "name", "message": "Tên không có chữ số."},
    ]
    officer.fake.answers[f"POST {PROCESSING}/*"] = problem(422, "invalid-input", "x", wrong)
    refused = await officer.post(PROPOSE, PROPOSE, {**typed, "way": "replace"})
    for page in (undecided.text, refused.text):
        assert "Ghi sai tên mẹ</textarea>" in page
        assert 'value="An123"' in page
    assert 'href="#c-child_born_on-day"' in refused.text
    assert 'id="c-child_born_on-day"' in refused.text
    for place in ("legal_basis", "c-child_name"):
        assert f'href="#{place}"' in refused.text
        assert f'id="{place}-error"' in refused.text


async def test_a_newer_proposal_starts_from_the_one_that_waits(browse: Browse) -> None:
    page = (await (await at_work(browse, "specialist", **PROPOSED)).get(PROPOSE)).text
    assert "Đề xuất bạn gửi sẽ thay đề xuất đó." in page
    assert "Ghi sai tên mẹ</textarea>" in page
    assert 'value="replace" checked' in page
    assert 'value="Nguyễn Minh Ánh"' in page


async def test_the_leader_sees_what_is_signed_and_is_asked_first(browse: Browse) -> None:
    leader = await at_work(browse, "signer", result_actions=["revocation"], **PROPOSED)
    page = (await leader.get(SIGN)).text
    for said in ("Không rút lại được.", "Ghi sai tên mẹ", f'src="{HANDLING}/du-thao"', "Ký số quyết định"):
        assert said in page
    await leader.post(SIGN, SIGN, {"version": "2"})
    assert leader.fake.calls("POST", f"{PROCESSING}/revocation")[0].body == {"version": 2}
    leader.fake.answers[f"POST {PROCESSING}/revocation"] = problem(403, "own-proposal", "Người khác phải ký.")
    own = await leader.post(SIGN, SIGN, {"version": "2"})
    assert (own.status_code, "Người khác phải ký." in own.text) == (422, True)


async def test_the_leader_sends_a_proposal_back_only_with_remarks(browse: Browse) -> None:
    leader = await at_work(browse, "signer", result_actions=["revocation-sending-back"], **PROPOSED)
    assert "Ghi sai tên mẹ" in (await leader.get(SEND_BACK)).text
    silent = await leader.post(SEND_BACK, SEND_BACK, {"version": "2", "remarks": " "})
    assert (silent.status_code, 'href="#remarks"' in silent.text) == (422, True)
    sent = f"{PROCESSING}/revocation-sending-back"
    assert leader.fake.calls("POST", sent) == []
    answer = await leader.post(SEND_BACK, SEND_BACK, {"version": "2", "remarks": "Nêu tên đúng."})
    assert answer.headers["location"] == "/can-bo/ky"
    assert leader.fake.calls("POST", sent)[0].body == {"version": 2, "remarks": "Nêu tên đúng."}


async def test_the_specialist_reads_why_and_starts_from_what_was_sent_back(browse: Browse) -> None:
    said = {"sent_back_at": "2026-11-26T02:00:00Z", "sent_back_remarks": "Nêu tên đúng."}
    returned = sample("revocation", decided_at=None, sent_back_by={"id": "o-2", "name": "Lê Văn Sơn"}, **said)
    told = {"sent_back": True, "sent_back_remarks": "Nêu tên đúng.", "revocations": [returned]}
    officer = await at_work(browse, "specialist", **told)
    page = (await officer.get(HANDLING)).text
    for words in ("Đề xuất về kết quả bị trả lại ngày 26/11/2026", "Lê Văn Sơn", "Nêu tên đúng."):
        assert words in page
    page = (await officer.get(PROPOSE)).text
    for words in ("Nêu tên đúng.", "Ghi sai tên mẹ</textarea>", 'value="replace" checked'):
        assert words in page
    assert "Không có đề xuất" in (await officer.get(SEND_BACK)).text


async def test_where_nothing_waits_nothing_is_signed(browse: Browse) -> None:
    page = (await (await at_work(browse, "signer")).get(SIGN)).text
    assert "Không có đề xuất thu hồi, thay thế nào chờ ký." in page
    assert "Ký số quyết định</button>" not in page


async def test_the_list_and_the_dossier_say_what_became_of_the_result(browse: Browse) -> None:
    officer = await at_work(browse, "signer", revocations=[sample("revocation")])
    row = sample("handled_row", revoking=True)
    listed = {"items": [row], "total": 1, "next": None, "capped": False}
    officer.fake.answers["GET /api/processing/agencies/H42.101/dossiers"] = listed
    assert "thu hồi, thay thế</strong>" in (await officer.get("/can-bo/ky")).text
    page = (await officer.get(HANDLING)).text
    assert "Kết quả trước đã bị thay thế ngày 26/11/2026, bởi văn bản số 02/2026" in page


async def test_applicant_and_desk_read_that_a_paper_counts_no_more_and_open_the_one_that_does(
    browse: Browse,
) -> None:
    citizen, clerk = await browse().sign_in(), await browse().sign_in("desk_officer")
    citizen.fake.answers[f"GET {INTAKE}"] = sample("dossier", documents=revoked())
    clerk.fake.answers[f"GET {INTAKE}"] = at("result_ready", "desk_officer", documents=revoked())
    for visitor, page, file in ((citizen, f"/ho-so-cua-toi/{CODE}", "/ho-so-cua-toi"), (clerk, DESK, DESK)):
        text = (await visitor.get(page)).text
        assert "Văn bản này đã được thay thế bằng văn bản số 02/2026" in text
        assert "hết giá trị</strong>" in text
        assert f"{file.removesuffix(CODE).rstrip('/')}/{CODE}/van-ban/d-3/tai-ve" in text


async def test_the_desk_hands_the_replacement_over_and_not_the_wrong_paper(browse: Browse) -> None:
    clerk = await browse().sign_in("desk_officer")
    clerk.fake.answers[f"GET {INTAKE}"] = at("result_ready", "desk_officer", documents=revoked())
    page = (await clerk.get(f"{DESK}/tra-ket-qua")).text
    assert "Không trao “Kết quả giải quyết” ký ngày 24/11/2026." in page
    assert f"{DESK}/van-ban/d-3/tai-ve" in page
    assert f"{DESK}/van-ban/d-2/tai-ve" not in page
