"""What is electronic is copied on paper by the desk: with code, QR, time, who did it, and a line in the log."""

import io
import uuid

import pytest
import zxingcpp
from intake.models import Officer
from pypdfium2 import PdfDocument
from suite.testing import officer


async def papers(stage, code):
    return {one["kind"]: one for one in (await stage.read(code, stage.desk()))["documents"]}


def copied(answer):
    """Return the words of a copy's first page and what its lowest QR code opens."""
    assert answer.status_code == 200, answer.text
    page = PdfDocument(io.BytesIO(answer.content))[0]
    width, height = page.get_size()
    assert (round(width), round(height)) == (595, 842)
    found = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    lowest = max(found, key=lambda one: one.position.top_left.y)
    return " ".join(page.get_textpage().get_text_bounded().split()), lowest.text


async def finished(stage):
    async with stage.database.sessions.begin() as session:
        await session.merge(Officer(id="desk-1", version=1, display_name="Hoàng Thị Bình"))
    code = await stage.accepted()
    await stage.unit_tells(code, "in_process", 1)
    return code, await stage.finish(code)


async def test_r_res_16_a_result_is_copied_on_paper_with_code_time_officer_and_agency_and_written_down(stage):
    code, number = await finished(stage)
    result = (await papers(stage, code))["result"]
    answer = await stage.get(f"dossiers/{code}/documents/{result['id']}/paper-copy", stage.desk())
    words, link = copied(answer)
    assert "BẢN GIẤY CHUYỂN ĐỔI TỪ VĂN BẢN ĐIỆN TỬ" in words
    for said in (code, number, "Hoàng Thị Bình", "Nội dung đúng như văn bản điện tử", "07/12/2026"):
        assert said in words
    assert link == f"https://dvc.example/xac-minh/{number}"
    pool = await stage.database.pool()
    lines = await pool.fetch(
        "select purpose, subject from audit_line where route like '%documents%paper-copy'"
    )
    assert [tuple(line) for line in lines] == [
        ("Chuyển đổi văn bản điện tử ra bản giấy", f"{code}/{result['id']}")
    ]


async def test_r_res_16_a_paper_of_the_dossier_is_copied_too_and_a_picture_stands_on_a_page(stage):
    code, _ = await finished(stage)
    seen = await stage.read(code, stage.desk())
    files = [file for part in seen["components"] for file in part["files"]]
    assert files
    for file in files:
        place = f"dossiers/{code}/files/{file['id']}/paper-copy"
        words, link = copied(await stage.get(place, stage.desk(), unscanned="open"))
        assert code in words
        assert link == f"https://dvc.example/tra-cuu/{code}"


async def test_r_res_16_what_counts_no_more_is_not_copied(stage):
    code, _ = await finished(stage)
    result = (await papers(stage, code))["result"]
    pool = await stage.database.pool()
    await pool.execute("update document set revoked_at = now() where id = $1", uuid.UUID(result["id"]))
    answer = await stage.get(f"dossiers/{code}/documents/{result['id']}/paper-copy", stage.desk())
    assert (answer.status_code, answer.json()["code"]) == (409, "revoked-paper")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (officer("o-9", "desk_officer", agency="H42.999"), 404),
        (officer("o-8", "specialist", agency="H42.101"), 403),
        (None, 401),
    ],
)
async def test_r_res_16_only_the_desk_that_returns_the_dossier_copies(stage, who, status):
    code, _ = await finished(stage)
    result = (await papers(stage, code))["result"]
    answer = await stage.get(f"dossiers/{code}/documents/{result['id']}/paper-copy", who)
    assert answer.status_code == status
    assert (
        await stage.get(f"dossiers/{code}/documents/{result['id']}/paper-copy", stage.citizen)
    ).status_code == 403


async def test_r_res_16_no_copy_of_what_belongs_to_another_dossier(stage):
    code, _ = await finished(stage)
    other = await stage.accepted()
    result = (await papers(stage, code))["result"]
    answer = await stage.get(f"dossiers/{other}/documents/{result['id']}/paper-copy", stage.desk())
    assert answer.status_code == 404
