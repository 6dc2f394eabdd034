"""The slip that controls how a dossier was handled lists every hand-over with its time, people and lateness."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from processing.domain.control_slip import HandOver, Verdict
from pypdf import PdfReader

CODE = "H42.101-261207-0001"
AT = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)
DUE = datetime(2026, 12, 8, 4, 0, tzinfo=UTC)


async def slip(stage, who="lan"):
    answer = await stage.get(who, f"/dossiers/{CODE}/control-slip")
    assert answer.status_code == 200, answer.text
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


async def test_r_prc_18_the_slip_lists_all_hand_overs_with_times_people_and_lateness(stage):
    await stage.hear("catalog.agency_changed.v1", {"code": "H42.15", "name": "Sở Tư pháp", "parent": "H42"})
    told = {"officer_id": "tam", "display_name": "Vũ Tâm", "agency": "H42.15", "unit": None, "active": True}
    await stage.hear("identity.officer_changed.v1", told | {"roles": ["agency_head"]}, "tam")
    assert (await stage.act("an", "claim")).status_code == 200
    asked = {"agency": "H42.15", "question": "Đã đăng ký kết hôn chưa?", "within": "2 wh"}
    assert (await stage.act("an", "consultation", **asked)).status_code == 200
    given = {"officer_id": "binh", "reason": "An nghỉ phép"}
    assert (await stage.act("an", "transfer", **given)).status_code == 200
    stage.now = AT + timedelta(hours=6, minutes=30)  # half an hour after the specialist's four hours
    before = await slip(stage, "binh")
    assert "Quáhạn(0giờ30phútlàmviệc)" in before, before
    assert (await stage.propose("binh")).status_code == 200
    assert (await stage.act("lan", "sending-back", remarks="Sửa ngày sinh")).status_code == 200
    assert (await stage.propose("binh")).status_code == 200
    assert (await stage.act("lan", "signature")).status_code == 200
    assert (await stage.act("mai", "receipt")).status_code == 200
    said = await slip(stage)
    for words in (
        "PHIẾUKIỂMSOÁTQUÁTRÌNHGIẢIQUYẾTHỒSƠ",
        CODE,
        "Cơquanphốihợpgiảiquyếthồsơ:SởTưpháp",
        "08giờ00,07/12/2026",
        "BộphậnMộtcửaLêVănAn",
        "LêVănAnHoàngThịBình",
        "Annghỉphép",
        "Quáhạn(0giờ30phútlàmviệc)",
        "Trảlại.Sửangàysinh",
        "Lấyýkiến:SởTưpháp",
        "BộphậnMộtcửanhậnkếtquảPhạmThịLanĐỗThịMai",
        "Đúnghạn",
    ):
        assert words in said, (words, said)
    looks = [fact["part"] for fact in await stage.facts("processing.dossier_looked_at.v1")]
    assert looks == ["paper", "paper"]
    stranger = stage.who("binh", subject="x", agency="H42.102")
    assert (await stage.get(stranger, f"/dossiers/{CODE}/control-slip")).status_code == 404


@pytest.mark.parametrize(
    ("due", "done", "now", "verdict"),
    [
        (DUE, DUE - timedelta(days=1), DUE, Verdict.EARLY),
        (DUE, DUE, DUE + timedelta(days=1), Verdict.ON_TIME),
        (DUE, DUE + timedelta(seconds=1), DUE, Verdict.LATE),
        (DUE, None, DUE, Verdict.UNDER_WAY),
        (DUE, None, DUE + timedelta(seconds=1), Verdict.LATE),
        (None, None, DUE, None),
    ],
)
def test_r_prc_18_a_hand_over_is_early_on_time_or_late_by_its_own_due_time(due, done, now, verdict):
    assert HandOver("Thẩm định", "", "", AT, due, done).verdict(now) == verdict
