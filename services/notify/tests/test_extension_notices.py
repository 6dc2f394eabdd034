"""Who waits is told of the new date, with the apology, the reason and the signed letter."""

from common.files import FileStore
from notify.domain.kinds import LEGAL, Kind
from sqlalchemy import text

CODE = "H42.101-261207-0001"


async def test_r_prc_14_the_applicant_is_told_of_the_new_date_with_reason_letter_and_text_message(stage):
    await stage.accepted()
    kept = await FileStore(stage.settings.files_url).put(b"%PDF-1.7 a letter")
    document = {"sha256": kept.sha256, "size": kept.size, "name": "x.pdf", "media_type": "application/pdf"}
    told = {"code": CODE, "due_at": "2026-12-11T10:30:00Z", "until": "2026-12-16T10:30:00Z"}
    told |= {"reason": "Phải xác minh tại nơi sinh.", "document": document}
    await stage.hear("processing.dossier_extended.v1", told, agency="H42.101")
    message = (await stage.inbox())["items"][0]
    assert (message["kind"], len(message["attachments"])) == ("dossier_extended", 1)
    for words in ("xin lỗi", "11/12/2026", "16/12/2026", "Phải xác minh tại nơi sinh.", "một lần"):
        assert words in message["body"], message["body"]
    async with stage.database.sessions() as session:
        found = await session.scalars(
            text("SELECT sms ->> 'vi' FROM message WHERE kind = 'dossier_extended'")
        )
        assert found.one().startswith("Xin loi: ho so")
    assert Kind.DOSSIER_EXTENDED in LEGAL
