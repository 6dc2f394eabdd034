"""The one new date: proposed with its reason, read and signed by a leader, refused in plain words when too late."""

from collections.abc import Callable
from typing import Any

from portal_stage.fakes import problem
from portal_stage.samples import CODE, at, sample
from portal_stage.site import Visitor
from portal_stage.world import page_of

Browse = Callable[..., Visitor]
HANDLING = f"/can-bo/giai-quyet/{CODE}"
PROPOSE, SIGN, BACK = f"{HANDLING}/hen-lai", f"{HANDLING}/ky-hen-lai", f"{HANDLING}/tra-lai-hen-lai"
PROCESSING = f"/api/processing/agencies/H42.101/dossiers/{CODE}"
WANTED = {"version": "2", "reason": "Phải xác minh.", "until_on": "26/11/2026"}


async def at_work(browse: Browse, role: str, **changes: Any) -> Visitor:
    """Sign an officer in, before a dossier with a new date to decide."""
    officer = await browse().sign_in(role)
    officer.fake.answers[f"GET {PROCESSING}"] = sample("handled", extensions=[sample("extension")], **changes)
    return officer


async def test_the_specialist_proposes_and_reads_why_it_is_too_late(browse: Browse) -> None:
    officer = await at_work(browse, "specialist", actions=["extension-proposal"])
    page = (await officer.get(HANDLING)).text
    for words in ("Xin lỗi, hẹn lại…", "Đề nghị hẹn lại, chờ ký", "Phải xác minh tại nơi sinh."):
        assert words in page
    assert "Được hẹn đến hết ngày 27/11/2026." in (await officer.get(PROPOSE)).text
    silent = (await officer.post(PROPOSE, PROPOSE, WANTED | {"reason": " ", "until_on": "mai"})).text
    assert 'href="#reason"' in silent
    assert (await officer.post(PROPOSE, PROPOSE, WANTED)).headers["location"] == HANDLING
    [sent] = officer.fake.calls("POST", f"{PROCESSING}/extension-proposal")
    assert sent.body == {"version": 2, "reason": "Phải xác minh.", "until_on": "2026-11-26"}
    too_late = problem(409, "extension-too-late", "Nay đã muộn. Hạn cũ giữ nguyên.")
    officer.fake.answers[f"POST {PROCESSING}/*"] = too_late
    refused = await officer.post(PROPOSE, PROPOSE, WANTED)
    assert (refused.status_code, "Nay đã muộn. Hạn cũ giữ nguyên." in refused.text) == (422, True)
    assert "Phải xác minh.</textarea>" in refused.text


async def test_the_leader_reads_the_letter_and_signs_or_sends_back(browse: Browse) -> None:
    leader = await at_work(browse, "signer", actions=["extension", "extension-sending-back"])
    page = (await leader.get(SIGN)).text
    for words in ("Không rút lại được", f'src="{HANDLING}/du-thao?phieu=hen-lai"', "Ký số phiếu xin lỗi"):
        assert words in page
    await leader.get(f"{HANDLING}/du-thao?phieu=hen-lai")
    assert leader.fake.calls("GET", f"{PROCESSING}/draft-document")[-1].query["apology"].lower() == "true"
    assert (await leader.post(SIGN, SIGN, {"version": "2"})).headers["location"] == HANDLING
    assert leader.fake.calls("POST", f"{PROCESSING}/extension")[0].body == {"version": 2}
    assert (await leader.post(BACK, BACK, {"version": "2", "remarks": " "})).status_code == 422
    sent_back = await leader.post(BACK, BACK, {"version": "2", "remarks": "Rõ hơn."})
    assert sent_back.headers["location"] == "/can-bo/ky"
    [sent] = leader.fake.calls("POST", f"{PROCESSING}/extension-sending-back")
    assert sent.body == {"version": 2, "remarks": "Rõ hơn."}


async def test_r_prc_14_the_applicant_reads_the_new_date_beside_the_first_one(browse: Browse) -> None:
    citizen = await browse().sign_in()
    until = "2026-11-26T10:00:00Z"
    citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = at("in_process", extended_until=until)
    citizen.fake.answers[f"GET /api/intake/tracking/{CODE}"] = sample("tracked", extended_until=until)
    row = page_of(sample("row", extended_until=until))
    citizen.fake.answers["GET /api/intake/dossiers"] = row
    for path in (f"/ho-so-cua-toi/{CODE}", f"/tra-cuu/{CODE}"):
        page = " ".join((await citizen.get(path)).text.split())
        assert all(words in page for words in ("Hẹn lại", "17:00 Thứ Năm, 26/11/2026", "Cơ quan xin lỗi")), (
            path
        )
        assert "17:00 Thứ Hai, 23/11/2026" in page
    assert "hẹn lại 17:00 Thứ Năm, 26/11/2026" in (await citizen.get("/ho-so-cua-toi")).text
