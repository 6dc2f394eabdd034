"""A paper copy is accepted at the counter by its code: the electronic document behind it stands in the dossier."""

import pytest
from intake.domain.entry import CONFIRMED_BY, Way

PAPER, COUNTER = "giay-chung-sinh", "/api/intake/counter"


async def written(stage):
    """Begin a draft for somebody at the counter and fill its form."""
    async with stage.client(stage.desk()) as web:
        body = {"procedure_code": stage.BIRTH}
        began = (await web.post(f"{COUNTER}/drafts", json=body, headers=stage.key())).json()
        told = {"answers": {**stage.ANSWERS, **began["answers"]}, "version": began["version"]}
        saved = await web.patch(f"{COUNTER}/drafts/{began['id']}", json=told)
    assert saved.status_code == 200, saved.text
    return saved.json()


async def hand_in(stage, draft):
    body = {"draft_id": draft["id"], "way": "desk", "confirmation": CONFIRMED_BY[Way.DESK].value}
    body |= {"declaration_accepted": True, "declaration_version": "1"}
    async with stage.client(stage.desk()) as web:
        return await web.post(f"{COUNTER}/dossiers", json=body, headers=stage.key())


async def copied(stage):
    """Let somebody get a result, and return (dossier, what the QR code of its paper copy opens)."""
    code = await stage.accepted()
    number = await stage.finish(code)
    return code, f"https://dvc.example/xac-minh/{number}"


async def accept(stage, draft, scanned, component=PAPER, who=None):
    async with stage.client(who or stage.desk()) as web:
        path = f"/api/intake/counter/drafts/{draft['id']}/paper-copies"
        return await web.post(path, json={"component": component, "scanned": scanned}, headers=stage.key())


async def test_r_res_17_scanning_a_paper_copy_shows_its_source_unchanged_and_stands_in_the_dossier(stage):
    source, link = await copied(stage)
    draft = await written(stage)
    answer = await accept(stage, draft, link)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["dossier_code"], told["document_name"]) == (source, "Kết quả giải quyết")
    assert (told["signer"], told["verification_code"]) == ("Lê Văn Lãnh Đạo", link.rpartition("/")[2])
    assert told["agency_name"] == "UBND phường Hoa Lư"
    handed = await hand_in(stage, draft)
    assert handed.status_code == 201, handed.text
    parts = (await stage.read(handed.json()["code"], stage.desk()))["components"]
    [file] = next(part["files"] for part in parts if part["id"] == PAPER)
    assert (file["source"], file["name"]) == ("paper_copy", "ket-qua.pdf")
    pool = await stage.database.pool()
    purposes = await pool.fetch("select purpose from audit_line where route like '%paper-copies%'")
    assert {row["purpose"] for row in purposes} == {"Đối chiếu bản giấy chuyển đổi với văn bản điện tử"}


@pytest.mark.parametrize("written_as", ["bare", "small letters", "another address"])
async def test_r_res_17_the_code_is_read_however_it_was_scanned_or_typed(stage, written_as):
    _, link = await copied(stage)
    number = link.rpartition("/")[2]
    ways = {
        "bare": number,
        "small letters": f" {number.lower()} ",
        "another address": f"http://x.example/{number}/",
    }
    draft = await written(stage)
    assert (await accept(stage, draft, ways[written_as])).status_code == 201
    again = await accept(stage, draft, link)
    assert (again.status_code, again.json()["code"]) == (409, "copy-already-accepted")


@pytest.mark.parametrize(
    "scanned", ["xin chào", "https://dvc.example/tra-cuu/H42.101-261207-0001", "0000-0000-0000-0000"]
)
async def test_r_res_17_what_no_document_carries_is_not_accepted(stage, scanned):
    draft = await written(stage)
    answer = await accept(stage, draft, scanned)
    assert (answer.status_code, answer.json()["code"]) == (409, "copy-source-unknown")


async def test_r_res_17_a_changed_or_revoked_source_is_not_accepted(stage):
    _, link = await copied(stage)
    number, pool = link.rpartition("/")[2], await stage.database.pool()
    draft = await written(stage)
    other = await stage.means.files.put(stage.pdf())
    where = "where verification_code = $1"
    kept = await pool.fetchval(f"select sha256 from document {where}", number)
    await pool.execute(f"update document set sha256 = $2 {where}", number, other.sha256)
    changed = await accept(stage, draft, link)
    assert (changed.status_code, changed.json()["code"]) == (409, "copy-source-changed")
    now = f"update document set sha256 = $2, revoked_at = now(), revoked_by = '7/QĐ-UBND' {where}"
    await pool.execute(now, number, kept)
    revoked = await accept(stage, draft, link)
    assert (revoked.status_code, revoked.json()["code"]) == (409, "copy-source-revoked")
    assert "7/QĐ-UBND" in revoked.json()["detail"]


async def test_r_res_17_only_the_officer_who_writes_the_draft_accepts_for_it(stage):
    _, link = await copied(stage)
    draft = await written(stage)
    colleague = await accept(stage, draft, link, who=stage.desk(subject="desk-2"))
    assert colleague.status_code == 404
    assert (await accept(stage, draft, link, who=stage.citizen)).status_code == 403
    unknown = await accept(stage, draft, link, component="khong-co")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "component-unknown")
