"""How deliveries end: sent, failed with a reason, tried again, never twice."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from common.files import FileStore
from notify.adapters.smtp_mail import SmtpMail
from notify.domain.channels import SMS_LENGTH
from notify.domain.delivery import MAX_ATTEMPTS, next_attempt, quiet_until
from notify.domain.kinds import LEGAL, Kind
from notify.usecases.deliver import LANES
from notify.usecases.revise_template import sample_values
from sqlalchemy import text

CODE = "H42.101-261207-0001"
ANH, DUC, LAN = "account-anh", "account-duc", "officer-lan"
MORNING = "2026-12-07T02:00:00Z"
PDF = b"%PDF-1.7 reasoned document"


async def document(stage) -> dict:
    kept = await FileStore(stage.settings.files_url).put(PDF)
    return {
        "sha256": kept.sha256,
        "size": kept.size,
        "name": "thong-bao.pdf",
        "media_type": "application/pdf",
    }


async def test_r_ntf_05_a_rejection_carries_the_reasoned_document_as_attachment(stage):
    await stage.accepted()
    stage.mailbox.mails.clear()
    fact = {"code": CODE, "document": await document(stage), "rejected_at": stage.now.isoformat()}
    await stage.hear("processing.dossier_rejected.v1", fact)
    await stage.deliver()
    mail = next(one for one in stage.mailbox.mails if "không đủ điều kiện" in one["subject"])
    [attachment] = mail.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content_type()) == ("thong-bao.pdf", "application/pdf")
    assert attachment.get_content() == PDF
    message = (await stage.inbox())["items"][0]
    async with stage.api() as http:
        got = await http.get(message["attachments"][0]["url"])
    assert (got.status_code, got.content, got.headers["content-type"]) == (200, PDF, "application/pdf")


async def test_a_strangers_attachment_is_not_found(stage):
    await stage.accepted()
    await stage.hear("processing.dossier_rejected.v1", {"code": CODE, "document": await document(stage)})
    url = (await stage.inbox())["items"][0]["attachments"][0]["url"]
    async with stage.api(DUC) as http:
        assert (await http.get(url)).status_code == 404


@pytest.mark.parametrize(
    ("profile", "channels"),
    [
        ("ninh-binh", {"portal", "email", "sms"}),
        ("thai-nguyen", {"portal", "email", "sms"}),
        ("binh-dinh", {"portal", "email", "sms"}),
        ("quang-tri", {"portal", "email", "sms"}),
        ("ha-nam", {"portal", "email", "sms"}),
    ],
)
async def test_r_ntf_08_an_early_result_is_announced_by_portal_and_the_users_channels(
    staging, profile, channels
):
    stage = await staging(profile)
    await stage.accepted()
    fact = {"code": CODE, "document": await document(stage), "ready_at": "2026-12-08T03:00:00Z"}
    await stage.hear("processing.result_ready.v1", fact)
    message = (await stage.inbox())["items"][0]
    assert message["kind"] == "result_early"
    assert "sớm hơn hẹn" in message["body"]
    assert {one["channel"] for one in message["deliveries"]} == channels


async def test_r_ntf_08_a_result_on_its_day_and_the_hand_over_are_announced(stage, facts):
    await stage.accepted()
    fact = {"code": CODE, "document": await document(stage), "ready_at": "2026-12-09T02:00:00Z"}
    await stage.hear("processing.result_ready.v1", fact)
    handed = facts(returned_at="2026-12-09T02:05:00Z", way="online")
    await stage.hear("intake.dossier_returned.v1", handed)
    await stage.deliver()
    kinds = [one["kind"] for one in (await stage.inbox())["items"]]
    assert kinds == ["dossier_returned", "result_ready", "dossier_accepted"]
    told = (await stage.inbox())["items"][0]["body"]
    assert "trực tuyến lúc 9 giờ 05 ngày 09/12/2026" in told
    assert f"/ho-so-cua-toi/{CODE}/danh-gia/result (" in told, "R-SAT-01: rated by a link in the notice"
    assert len(stage.mailbox.mails) == 3


async def test_r_ntf_14_the_same_event_told_again_makes_no_second_notice(stage):
    first = await stage.submitted(owner_id=ANH, submitter_id=DUC)
    fact = {
        "code": CODE,
        "owner_id": ANH,
        "submitter_id": DUC,
        "procedure_code": "1.001193",
        "procedure_version": 1,
        "channel": "online",
        "receiving_point": "H42.101",
        "competent_agency": "H42.101",
    }
    for _ in range(3):
        await stage.hear("intake.dossier_submitted.v1", fact, id_=first)
    assert await stage.deliver() == 4  # two people, mail and text message each; Đức has no text messages
    await stage.deliver()
    assert len(stage.mailbox.mails) == 2
    assert len(stage.texts.sent) == 1


async def test_r_ntf_14_text_messages_are_short_and_free_of_personal_data(stage):
    seeds, renderer = stage.app.state.built.writer.seeds, stage.app.state.built.writer.renderer
    values = sample_values()
    for kind, parts in seeds.items():
        for lang in ("vi", "en"):
            shown = renderer.text(parts["sms"][lang], values[lang], lang)
            assert len(shown) <= SMS_LENGTH, kind
            assert not re.search(r"\{\{ *(procedure|officer|papers)", parts["sms"][lang]), kind


@pytest.mark.parametrize("kind", sorted(Kind))
def test_r_ntf_14_quiet_hours_hold_optional_messages_and_never_a_legal_notice(kind):
    quiet = (time(21, 30), time(6, 30))
    night = datetime(2026, 12, 7, 16, 0, tzinfo=UTC)  # 23:00 in Hà Nội
    until = quiet_until(kind, night, quiet)
    assert until == (None if kind in LEGAL else datetime(2026, 12, 7, 23, 30, tzinfo=UTC))
    assert quiet_until(kind, datetime(2026, 12, 7, 2, 0, tzinfo=UTC), quiet) is None
    assert quiet_until(kind, night, None) is None


async def test_r_ntf_14_a_text_message_at_night_leaves_in_the_morning_a_legal_one_at_once(staging, facts):
    stage = await staging(quiet="21:30-06:30")
    stage.now = datetime(2026, 12, 7, 16, 0, tzinfo=UTC)
    await stage.submitted()
    await stage.hear("intake.dossier_supplement_requested.v1", facts(answer_by_on="2026-12-31"))
    await stage.deliver()
    assert [text for _, text in stage.texts.sent] == [
        f"Ho so {CODE} can bo sung truoc 31/12/2026. Xem tren Cong dich vu cong."
    ]
    stage.now += timedelta(hours=8)
    await stage.deliver()
    assert len(stage.texts.sent) == 2


async def test_mail_is_text_and_html_with_headers_and_without_name(stage):
    await stage.submitted()
    await stage.deliver()
    [mail] = stage.mailbox.mails
    assert mail["to"] == "anh@example.vn"
    assert mail["x-dossier-code"] == CODE
    assert mail["auto-submitted"] == "auto-generated"
    assert mail["date"].datetime == stage.now
    assert mail["message-id"].endswith("@ninhbinh.example>")
    plain, html = mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()
    for body in (plain, html):
        assert CODE in body
        assert f"https://dichvucong.example/ho-so-cua-toi/{CODE}" in body
    assert '<html lang="vi">' in html


async def test_a_temporary_refusal_is_tried_again_with_growing_waits_and_the_same_id(stage):
    await stage.submitted()
    stage.mailbox.answers = ["451 later", "452 later"]
    for wait in (30, 60):
        await stage.deliver()
        assert await stage.deliveries("email") == [
            ("queued", "smtp-451-server" if wait == 30 else "smtp-452-server")
        ]
        stage.now += timedelta(seconds=wait - 1)
        assert await stage.deliver() == 0
        stage.now += timedelta(seconds=1)
    await stage.deliver()
    assert await stage.deliveries("email") == [("sent", None)]
    assert len(stage.mailbox.mails) == 1


async def test_a_final_refusal_ends_as_failed_with_its_reason(stage):
    await stage.submitted()
    stage.mailbox.answers = ["550 no such user anh@example.vn"]
    await stage.deliver()
    assert await stage.deliveries("email") == [("failed", "smtp-550-server")]
    [message] = (await stage.inbox())["items"]
    shown = {one["channel"]: (one["state"], one["reason"]) for one in message["deliveries"]}
    assert shown["email"] == ("failed", "smtp-550-server")


async def test_after_the_last_attempt_a_delivery_has_failed(stage):
    stage.contacts.down = True
    await stage.submitted()
    for _ in range(MAX_ATTEMPTS):
        await stage.deliver()
        stage.now += timedelta(hours=1)
    assert await stage.deliveries("email") == [("failed", "contacts-unreachable")]
    assert await stage.deliver() == 0


def test_waits_double_up_to_an_hour():
    now = datetime(2026, 12, 7, tzinfo=UTC)
    waits = [(next_attempt(n, now) - now).total_seconds() for n in range(1, MAX_ATTEMPTS)]
    assert waits == [30, 60, 120, 240, 480, 960, 1920]
    assert next_attempt(MAX_ATTEMPTS, now) is None


async def test_a_delivery_left_by_a_dead_process_is_taken_up_with_the_same_message_id(stage):
    await stage.submitted()
    await stage.deliver()
    async with stage.database.sessions.begin() as session:
        await session.execute(text("UPDATE delivery SET state = 'sending' WHERE channel = 'email'"))
    assert await stage.deliver() == 0
    stage.now += timedelta(minutes=11)
    assert await stage.deliver() == 1
    first, second = stage.mailbox.mails
    assert first["message-id"] == second["message-id"]


async def test_no_mail_server_is_a_temporary_failure(stage):
    stage.means = replace(stage.means, mail=SmtpMail("127.0.0.1", 1, "a@b.example"))
    await stage.submitted()
    await stage.deliver()
    [(state, reason)] = await stage.deliveries("email")
    assert (state, reason.split(":")[0]) == ("queued", "smtp-unreachable")


async def test_many_mails_leave_on_few_connections_and_a_server_that_hangs_up_loses_none(stage):
    for number in range(3):
        await stage.submitted(code=f"{CODE[:-1]}{number}")
    await stage.deliver()
    assert (len(stage.mailbox.mails), stage.mailbox.connections) == (3, LANES)
    stage.mailbox.hangs_up = True
    for number in range(3, 6):
        await stage.submitted(code=f"{CODE[:-1]}{number}")
    await stage.deliver()
    assert (len(stage.mailbox.mails), stage.mailbox.connections) == (6, LANES + 3)
    assert {state for state, _ in await stage.deliveries("email")} == {"sent"}


async def test_one_question_to_identity_reaches_everybody_of_a_batch(stage):
    for number, person in enumerate((ANH, DUC, "nobody", ANH)):
        await stage.submitted(code=f"{CODE[:-1]}{number}", owner_id=person, submitter_id=person)
    await stage.deliver()
    assert stage.contacts.asked == [{ANH, DUC, "nobody"}]
    assert len(stage.mailbox.mails) == 3


async def test_two_facts_about_one_dossier_in_one_batch_are_both_told_in_their_order(stage, facts):
    told = [
        ("intake.dossier_submitted.v1", {"submitted_at": MORNING, "check_due_at": "2026-12-07T08:00:00Z"}),
        ("intake.dossier_supplement_requested.v1", {"number": 1, "answer_by_on": "2026-12-20"}),
        (
            "intake.dossier_resubmitted.v1",
            {"resubmitted_at": MORNING, "check_due_at": "2026-12-08T08:00:00Z"},
        ),
    ]
    await stage.hear_all([(type_, facts(**more)) for type_, more in told])
    kinds = [one["kind"] for one in (await stage.inbox())["items"]]
    assert kinds == ["dossier_resubmitted", "supplement_requested", "dossier_submitted"]


async def test_an_unknown_account_is_skipped(stage):
    await stage.submitted(owner_id="nobody", submitter_id="nobody")
    await stage.deliver()
    assert await stage.deliveries("email") == [("skipped", "no-account")]


async def test_addresses_never_reach_logs_or_reasons(stage, capsys):
    await stage.submitted()
    stage.mailbox.answers = ["550 anh@example.vn unknown"]
    await stage.deliver()
    assert "anh@example.vn" not in capsys.readouterr().out
    assert "anh@example.vn" not in str(await stage.deliveries("email"))


async def test_overdue_tells_applicant_and_officer_and_idle_officers_tell_their_head(stage):
    await stage.accepted()
    await stage.hear("identity.officer_changed.v1", {"officer_id": LAN, "agency": "H42.101"})
    fact = {"code": CODE, "officer_id": LAN, "due_at": "2026-12-09T10:30:00Z"}
    await stage.hear("processing.dossier_overdue.v1", fact)
    await stage.hear("processing.dossier_due_soon.v1", fact)
    idle = {"officer_name": "Lê Văn An", "tell": [LAN], "open_count": 3, "since": "2026-12-07T01:00:00Z"}
    await stage.hear("processing.officer_idle.v1", idle)
    assert (await stage.inbox())["items"][0]["kind"] == "dossier_overdue"
    kinds = [one["kind"] for one in (await stage.inbox(LAN))["items"]]
    assert kinds == ["officer_idle", "officer_due_soon", "officer_overdue"]
    assert (await stage.inbox(LAN))["items"][0]["link"] == "https://dichvucong.example/can-bo/giai-quyet"


async def test_a_fact_before_its_dossier_waits(stage):
    with pytest.raises(Exception, match=r"dossier H42\.101-261207-9999"):
        await stage.hear(
            "processing.result_ready.v1", {"code": "H42.101-261207-9999", "document": await document(stage)}
        )


async def test_a_notice_whose_document_is_missing_waits_and_does_not_hold_up_others(stage):
    await stage.accepted()
    lost = {"sha256": "0" * 64, "size": 1, "name": "x.pdf", "media_type": "application/pdf"}
    await stage.hear("processing.dossier_rejected.v1", {"code": CODE, "document": lost})
    await stage.submitted(code="H42.101-261207-0002")
    await stage.deliver()
    assert [state for state, _ in await stage.deliveries("email")] == ["sent", "queued", "sent"]
    assert len(stage.mailbox.mails) == 2


@pytest.mark.parametrize(
    ("type_", "kind", "said"),
    [
        ("processing.result_revoked.v1", "result_revoked", "đã thu hồi kết quả"),
        ("processing.result_replaced.v1", "result_replaced", "Hãy dùng kết quả mới"),
    ],
)
async def test_a_result_that_counts_no_more_is_told_at_once_with_the_paper_that_says_why(
    stage, type_, kind, said
):
    await stage.accepted()
    fact = {"code": CODE, "document": await document(stage), "decided_at": stage.now.isoformat()}
    await stage.hear(type_, fact)
    message = (await stage.inbox())["items"][0]
    assert (message["kind"], len(message["attachments"])) == (kind, 1)
    assert said in message["body"]
    assert Kind(kind) in LEGAL


async def test_r_sub_18_who_applies_and_who_submits_are_both_told_and_a_joined_account_from_then_on(stage):
    code = "H42.101-261207-0718"
    await stage.submitted(code=code, owner_id="person-x", submitter_id=DUC)
    await stage.joined(code=code, owner_id=ANH, submitter_id=DUC)
    await stage.accepted(code=code, owner_id=ANH, submitter_id=DUC)
    async with stage.database.sessions() as session:
        told = text("select kind, recipient from message where dossier_code = :code")
        found = {tuple(one) for one in await session.execute(told, {"code": code})}
    submitted, accepted = "dossier_submitted", "dossier_accepted"
    assert found == {(submitted, "person-x"), (submitted, DUC), (accepted, ANH), (accepted, DUC)}
