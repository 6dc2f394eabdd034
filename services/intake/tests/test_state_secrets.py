"""A file that bears a mark of state secrecy is refused, kept nowhere, and reported."""

import hashlib

import pytest
import typst
from common.files import FileMissingError
from suite.testing import officer


def paper(stamp: str) -> bytes:
    """Typeset a page with a stamp."""
    return typst.compile(f"#set page(width: 12cm, height: 8cm)\nBáo cáo\n\n*{stamp}*\n\nKính gửi".encode())


@pytest.mark.parametrize(
    ("name", "stamp", "grade"),
    [
        ("giay.pdf", "TUYỆT MẬT", "TUYỆT MẬT"),
        ("Kế hoạch TỐI MẬT.pdf", "Thường", "TỐI MẬT"),
        ("a.pdf", "MẬT", "MẬT"),
    ],
)
async def test_r_sec_17_a_file_marked_secret_is_refused_reported_and_not_stored(stage, name, stamp, grade):
    draft, data = await stage.draft(), paper(stamp)
    refused = await stage.attach(draft["id"], "giay-chung-sinh", data, name)
    assert (refused.status_code, refused.json()["code"]) == (422, "file-state-secret")
    assert grade in refused.json()["detail"]
    async with stage.client(stage.citizen) as web:
        assert (await web.get(f"/api/intake/drafts/{draft['id']}")).json()["attachments"] == []
    head = officer("agency_head", agency=stage.HOA_LU)
    reports = (await stage.get("desk/malware-reports", head)).json()["items"]
    digest = hashlib.sha256(data).hexdigest()
    found = [one for one in reports if one["sha256"] == digest]
    assert [one["signature"] for one in found] == [f"Bí mật nhà nước: {grade}"]
    with pytest.raises(FileMissingError):
        await stage.means.files.get(digest)


async def test_r_sec_17_an_ordinary_paper_is_taken(stage):
    draft = await stage.draft()
    taken = await stage.attach(draft["id"], "giay-chung-sinh", paper("KHẨN"), "Cam kết bảo mật.pdf")
    assert taken.status_code == 201, taken.text
