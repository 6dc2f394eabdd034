"""By which channels notices go, per province and per person, and what they say."""

import pytest
from notify.domain.channels import Channel, Contact, address_for, allowed_channels
from sqlalchemy import text

CODE = "H42.101-261207-0001"
ANH, DUC, LAN = "account-anh", "account-duc", "officer-lan"
BOTH = frozenset({Channel.EMAIL, Channel.SMS})
PER_PROFILE = [
    ("ninh-binh", {"portal", "email", "sms"}),
    ("thai-nguyen", {"portal", "email", "sms"}),
    ("binh-dinh", {"portal", "email", "sms"}),
    ("quang-tri", {"portal"}),
    ("ha-nam", {"portal", "email"}),
]


@pytest.mark.parametrize(("profile", "channels"), PER_PROFILE)
async def test_r_ntf_01_notices_go_by_the_channels_of_the_province_the_inbox_always(
    staging, profile, channels
):
    stage = await staging(profile)
    await stage.submitted()
    [message] = (await stage.inbox())["items"]
    assert {one["channel"] for one in message["deliveries"]} == channels
    await stage.deliver()
    assert len(stage.mailbox.mails) == ("email" in channels)
    assert len(stage.texts.sent) == ("sms" in channels)


async def test_r_ntf_01_the_user_chooses_the_channels(stage):
    stage.contacts.table[ANH] = Contact("anh@example.vn", "0912345678", "vi", frozenset({"portal", "sms"}))
    await stage.submitted()
    await stage.deliver()
    assert await stage.deliveries("email") == [("skipped", "not-chosen")]
    assert await stage.deliveries("sms") == [("sent", None)]
    assert await stage.deliveries("portal") == [("delivered", None)]


@pytest.mark.parametrize("kind", ["submitted", "accepted"])
async def test_r_ntf_01_a_notice_has_code_content_due_date_and_link_in_vietnamese(stage, kind):
    await getattr(stage, kind)()
    [message] = (await stage.inbox())["items"]
    words = message["subject"] + message["body"]
    assert CODE in words
    assert "đăng ký khai sinh" in words
    assert ("15 giờ 00 ngày 07/12/2026" if kind == "submitted" else "17 giờ 30 ngày 09/12/2026") in words
    assert message["link"] == f"https://dichvucong.example/ho-so-cua-toi/{CODE}"


async def test_every_kind_has_texts_in_both_languages_that_render(stage):
    seeds, renderer = stage.app.state.built.writer.seeds, stage.app.state.built.writer.renderer
    values = {"lang": "vi"}
    assert set(seeds) >= {"dossier_submitted", "dossier_rejected", "result_early", "officer_idle"}
    for kind, parts in seeds.items():
        for part in ("subject", "body", "sms"):
            assert set(parts[part]) == {"vi", "en"}, (kind, part)
            assert all(text.strip() for text in parts[part].values())
    assert renderer.text("{{ lang }}", {}, "vi") == values["lang"]


async def test_mail_is_in_the_language_of_the_recipient(stage):
    await stage.submitted(owner_id=DUC, submitter_id=DUC)
    await stage.deliver()
    [mail] = stage.mailbox.mails
    assert mail["subject"] == f"Dossier {CODE} was submitted"
    assert mail["content-language"] == "en"
    assert f"https://dichvucong.example/en/ho-so-cua-toi/{CODE}" in mail.get_body(("plain",)).get_content()


async def test_owner_and_submitter_are_both_told_and_nobody_twice(stage):
    await stage.submitted(owner_id=ANH, submitter_id=DUC)
    assert (await stage.inbox(ANH))["total"] == 1
    assert (await stage.inbox(DUC))["total"] == 1


async def test_a_counter_dossier_without_account_tells_nobody(stage):
    await stage.submitted(owner_id="", submitter_id="")
    assert await stage.deliveries("portal") == []


@pytest.mark.parametrize(("profile", "channels"), PER_PROFILE)
async def test_r_ntf_02_a_supplement_request_reaches_inbox_and_mail_or_sms_as_registered(
    staging, facts, profile, channels
):
    stage = await staging(profile)
    fact = facts(number=1, requested_at="2026-12-07T02:00:00Z", answer_by_on="2026-12-31")
    await stage.hear("intake.dossier_supplement_requested.v1", fact)
    await stage.deliver()
    [message] = (await stage.inbox())["items"]
    assert message["kind"] == "supplement_requested"
    assert "31/12/2026" in message["subject"]
    reached = {one["channel"] for one in message["deliveries"] if one["state"] in {"sent", "delivered"}}
    assert reached == channels
    assert [mail["to"] for mail in stage.mailbox.mails] == ["anh@example.vn"] * ("email" in channels)
    assert [phone for phone, _ in stage.texts.sent] == ["0912345678"] * ("sms" in channels)


@pytest.mark.parametrize(
    ("fact", "more", "kind", "words"),
    [
        (
            "supplement_reminded",
            {"number": 1, "answer_by_on": "2026-12-31"},
            "supplement_reminded",
            "31/12/2026",
        ),
        (
            "contact_corrected",
            {"email_changed": True, "phone_changed": False},
            "contact_corrected",
            "liên hệ",
        ),
    ],
)
async def test_a_reminder_and_a_corrected_contact_are_told_and_keep_the_promised_date(
    stage, facts, fact, more, kind, words
):
    await stage.accepted()
    await stage.hear(f"intake.dossier_{fact}.v1", facts(**more))
    message = (await stage.inbox())["items"][0]
    assert (message["kind"], words in message["subject"]) == (kind, True)
    async with stage.database.sessions() as session:
        assert await session.scalar(text("select due_at from dossier")) is not None


async def test_r_ntf_04_the_acceptance_notice_states_appointment_papers_and_fee(stage):
    bring = [
        {"vi": "Bản chính để đối chiếu: Giấy chứng sinh", "en": "Original to compare: Birth notification"}
    ]
    await stage.accepted(submitter_id=DUC, result_channel="counter", bring=bring)
    for subject in (ANH, DUC):
        [message] = (await stage.inbox(subject))["items"]
        assert "Hẹn trả kết quả: 17 giờ 30 ngày 09/12/2026" in message["body"]
        assert "hãy mang theo: Bản chính để đối chiếu: Giấy chứng sinh." in message["body"]
        assert "Phí, lệ phí: 16.000 đồng (2 bản sao × 8.000 đồng)." in message["body"]
    [english] = (await stage.inbox(DUC, "en"))["items"]
    assert "Your appointment: 17:30 on 9 December 2026" in english["body"]
    assert "bring: Original to compare: Birth notification." in english["body"]
    assert "Fee: 16,000 dong (2 copies × 8,000 dong)." in english["body"]


async def test_r_int_13_no_appointment_is_told_of_what_was_settled_in_the_same_visit(stage, facts):
    await stage.accepted(state="returned")
    assert (await stage.inbox())["items"] == []
    returned = facts(state="returned", returned_at=stage.now.isoformat(), way="counter")
    await stage.hear("intake.dossier_returned.v1", returned)
    assert [one["kind"] for one in (await stage.inbox())["items"]] == ["dossier_returned"]


SAID = ("mang theo", "bản chính", "bưu chính", "tải về tại trang hồ sơ", "chuyển cho")
IDENTITY = {"vi": "Giấy tờ tùy thân", "en": "Identity paper"}
FACTS = [
    ({"result_channel": "online"}, {"tải về tại trang hồ sơ"}),
    ({"result_channel": "post"}, {"bưu chính"}),
    ({"result_channel": "post", "bring": [IDENTITY]}, {"bưu chính"}),
    ({"result_channel": "counter", "bring": [IDENTITY]}, {"mang theo"}),
    ({"result_channel": "online", "competent_agency": "H42.15"}, {"tải về tại trang hồ sơ", "chuyển cho"}),
]


@pytest.mark.parametrize(("fact", "said"), FACTS)
async def test_r_ntf_04_the_sentences_of_the_notice_follow_the_facts(stage, fact, said):
    await stage.accepted(**fact)
    body = (await stage.inbox())["items"][0]["body"]
    assert {words for words in SAID if words in body} == said


async def test_a_redirection_names_the_agency_that_is_competent(stage, facts):
    other = {"code": "H42.102", "name": "UBND phường Tam Điệp", "name_en": "Tam Diep ward"}
    await stage.hear("catalog.agency_changed.v1", other)
    await stage.hear("intake.dossier_redirected.v1", facts(redirected_to="H42.102"))
    body = (await stage.inbox())["items"][0]["body"]
    assert "không thuộc thẩm quyền tiếp nhận của UBND phường Hoa Lư" in body
    assert "Cơ quan có thẩm quyền: UBND phường Tam Điệp" in body


@pytest.mark.parametrize(("signer", "signed"), [("Lê Văn Lãnh Đạo", True), (None, False)])
async def test_only_a_signed_result_is_called_signed(stage, signer, signed):
    await stage.accepted()
    await stage.hear("processing.result_ready.v1", {"code": CODE, "ready_at": stage.now, "signer": signer})
    assert ("ký số" in (await stage.inbox())["items"][0]["body"]) is signed


async def test_r_ntf_04_the_notice_waits_for_the_name_of_the_procedure(stage):
    with pytest.raises(Exception, match=r"procedure 1\.001193/9"):
        await stage.accepted(procedure_version=9)
    assert (await stage.inbox())["total"] == 0


def test_only_working_channels_are_offered_and_user_choice_means_all_outside_ones():
    assert allowed_channels(("portal", "email", "sms", "phone"), frozenset()) == (Channel.PORTAL,)
    assert allowed_channels(("portal", "user_choice"), BOTH) == (Channel.PORTAL, Channel.EMAIL, Channel.SMS)
    assert allowed_channels(("email",), BOTH) == (Channel.PORTAL, Channel.EMAIL)


def test_a_chosen_channel_without_address_has_none():
    contact = Contact(None, "0912345678", "vi", frozenset({"email", "sms"}))
    assert address_for(Channel.EMAIL, contact) is None
    assert address_for(Channel.SMS, contact) == "0912345678"


async def test_r_ntf_01_a_mail_leads_to_where_channels_are_chosen_unless_the_law_asks_for_it(stage, facts):
    await stage.submitted()
    await stage.hear("intake.dossier_refused.v1", facts(state="refused"))
    fact = {"code": CODE, "officer_id": LAN, "due_at": "2026-12-09T10:30:00Z"}
    await stage.hear("processing.dossier_due_soon.v1", fact)
    await stage.deliver()
    submitted, refused, officers = (
        next(mail for mail in stage.mailbox.mails if words in f"{mail['subject']} {mail['to']}")
        for words in ("đã được nộp", "từ chối", "lan@example.vn")
    )
    place = "https://dichvucong.example{}/thong-bao/kenh"
    assert submitted["list-unsubscribe"] == f"<{place.format('')}>"
    assert officers["list-unsubscribe"] == f"<{place.format('/can-bo')}>"
    for part in ("plain", "html"):
        assert place.format("") in submitted.get_body((part,)).get_content()
        assert "/thong-bao/kenh" not in refused.get_body((part,)).get_content()
    assert refused["list-unsubscribe"] is None
