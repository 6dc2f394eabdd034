"""A notice that failed takes another way, officers see how it went, and telephone calls are written down."""

import pytest
from notify.domain.channels import Channel, Contact, channels_for
from notify.domain.delivery import State, Way, unreached
from notify.domain.kinds import PAPERS, Kind
from notify.usecases.fall_back import fall_back
from regulation.roles import Right, who_may
from suite.testing import officer
from suite.testing.rights import let_in

CODE = "H42.101-261207-0001"
ANH = "account-anh"
HERE = f"/api/notify/dossiers/{CODE}"
CALL = {"direction": "outgoing", "result": "told", "note": "", "called_at": "2026-12-07T02:00:00Z"}
MAIL_ONLY = Contact("anh@example.vn", "0912345678", "vi", frozenset({"portal", "email"}))


def clerk(agency="H42.101", *roles):
    return officer(*(roles or ("desk_officer",)), agency=agency, subject="officer-lan")


async def clock(stage):
    """Let the clock send what is due, and what takes another's place."""
    await stage.deliver()
    again = await fall_back(stage.database, stage.app.state.built.writer.channels, stage.now)
    await stage.deliver()
    return again


async def reached(stage, caller=None):
    async with stage.api(caller=caller or clerk()) as http:
        return await http.get(f"{HERE}/notices")


@pytest.mark.parametrize(
    ("profile", "unasked", "chosen"),
    [
        ("thai-nguyen", 4, 4),
        ("ninh-binh", 0, 4),
        ("binh-dinh", 0, 4),
        ("quang-tri", 0, 0),
        ("ha-nam", 0, 0),
    ],
)
async def test_r_ntf_03_a_text_message_goes_with_every_signed_paper_as_the_province_says(
    staging, facts, profile, unasked, chosen
):
    papers = {"sha256": "0" * 64, "size": 1, "name": "a.pdf", "media_type": "application/pdf"}
    for contact, expected in ((MAIL_ONLY, unasked), (None, chosen)):
        stage = await staging(profile)
        stage.contacts.table[ANH] = contact or stage.contacts.table[ANH]
        await stage.hear("intake.dossier_supplement_requested.v1", facts(number=1, answer_by_on="2026-12-31"))
        await stage.accepted()
        extended = {"due_at": "2026-12-09T10:30:00Z", "until": "2026-12-14T10:30:00Z", "reason": "x"}
        extended |= {"code": CODE, "document": papers}
        await stage.hear("processing.dossier_extended.v1", extended)
        await stage.hear("intake.dossier_refused.v1", facts(state="refused"))
        await stage.submitted()  # no paper goes with it: a text message only for who chose them
        stage.means.documents.get = _nothing
        await stage.deliver()
        sent = [words for _, words in stage.texts.sent if "da nop" not in words]
        assert len(sent) == expected
        assert len(stage.texts.sent) - len(sent) == (1 if contact is None and chosen else 0)


async def _nothing(_digest):
    return b"%PDF"


@pytest.mark.parametrize("kind", sorted(Kind))
def test_r_ntf_03_which_notices_owe_a_text_message(kind):
    portal = (Channel.PORTAL,)
    assert (Channel.SMS in channels_for(kind, portal, texted=True)) is (kind in PAPERS)
    assert channels_for(kind, portal, texted=False) == portal
    assert channels_for(kind, (*portal, Channel.SMS), texted=True) == (*portal, Channel.SMS)


async def test_r_ntf_03_an_owed_text_message_without_a_gateway_is_no_silence(staging, facts):
    stage = await staging("thai-nguyen", sms=False)
    await stage.hear("intake.dossier_refused.v1", facts(state="refused"))
    await stage.deliver()
    assert await stage.deliveries("sms") == [("failed", "sms-not-set-up")]
    assert await stage.deliveries("email") == [("sent", None)]


@pytest.mark.parametrize(
    ("profile", "texted"),
    [("ninh-binh", 1), ("thai-nguyen", 1), ("binh-dinh", 1), ("quang-tri", 0), ("ha-nam", 0)],
)
async def test_r_ntf_13_what_failed_takes_the_other_channel_and_the_officer_sees_both(
    staging, profile, texted
):
    stage = await staging(profile)
    stage.contacts.table[ANH] = MAIL_ONLY
    await stage.submitted()
    stage.mailbox.answers = ["550 no such user"]
    await clock(stage)
    assert len(stage.texts.sent) == texted
    assert await clock(stage) == 0, "once is enough"
    [notice] = (await reached(stage)).json()["notices"]
    ways = {way["channel"]: way for way in notice["ways"]}
    assert ways["portal"]["state"] == "delivered"
    if "email" in ways:
        mail = ways["email"]
        assert (mail["state"], mail["reason"], mail["attempts"]) == ("failed", "smtp-550-server", 1)
        assert mail["finished_at"] is not None
    if texted:
        assert (ways["sms"]["state"], ways["sms"]["instead_of"]) == ("sent", "email")
    assert notice["unreached"] is (profile == "ha-nam")


async def test_r_ntf_13_who_wants_a_channel_and_left_no_address_is_reached_by_the_other(stage):
    stage.contacts.table[ANH] = Contact("anh@example.vn", None, "vi", frozenset({"portal", "sms"}))
    await stage.submitted()
    await clock(stage)
    assert await stage.deliveries("sms") == [("skipped", "no-address")]
    assert len(stage.mailbox.mails) == 1


async def test_r_ntf_13_where_nothing_reaches_anybody_the_call_is_written_down_by_hand(stage):
    stage.contacts.table[ANH] = Contact("anh@example.vn", None, "vi", frozenset({"portal", "email"}))
    await stage.submitted()
    stage.mailbox.answers = ["550 no such user"]
    await clock(stage)
    told = (await reached(stage)).json()
    assert (told["may_call"], told["notices"][0]["unreached"]) == (True, True)
    await stage.hear(
        "identity.officer_changed.v1",
        {
            "officer_id": "officer-lan",
            "agency": "H42.101",
            "display_name": "Trần Thị Lan",
            "roles": [],
            "active": True,
        },
    )
    async with stage.api(caller=clerk()) as http:
        for _ in range(2):  # the same request sent again writes nothing more
            sent = await http.post(
                f"{HERE}/calls", json=CALL | {"note": "Đã hẹn"}, headers={"Idempotency-Key": "k"}
            )
            assert sent.status_code == 201
        for key, at, code in (
            ("l", "2026-12-08T02:00:00Z", "future-call"),
            ("m", "2026-11-29T02:00:00Z", "old-call"),
        ):
            sent = await http.post(
                f"{HERE}/calls", json=CALL | {"called_at": at}, headers={"Idempotency-Key": key}
            )
            assert (sent.status_code, sent.json()["code"]) == (409, code)
        turned = CALL | {"note": "\u200b\u202eabc\u200b", "called_at": "2026-12-06T02:00:00Z"}
        sent = await http.post(f"{HERE}/calls", json=turned, headers={"Idempotency-Key": "n"})
        assert sent.json()["note"] == "abc", "nothing that is not seen, or turns letters around"
    call, _ = (await reached(stage)).json()["calls"]
    assert (call["called_by"], call["note"], call["result"]) == ("Trần Thị Lan", "Đã hẹn", "told")


async def test_r_acc_18_only_who_sees_the_dossier_sees_how_its_people_were_reached(stage):
    await stage.submitted()
    read = who_may(Right.READ_HANDLING)
    assert read > who_may(Right.READ_DESK)
    assert await let_in(stage.app, "GET", f"{HERE}/notices") == read
    assert await let_in(stage.app, "POST", f"{HERE}/calls", CALL) == who_may(Right.LOG_CALL)
    assert (await reached(stage, clerk("H42.102"))).status_code == 404
    async with stage.api(caller=clerk("H42.102")) as http:
        sent = await http.post(f"{HERE}/calls", json=CALL, headers={"Idempotency-Key": "k"})
        assert sent.status_code == 404


@pytest.mark.parametrize(
    ("ways", "nobody"),
    [
        ([], False),
        ([("portal", "delivered", None)], False),
        ([("email", "failed", "x")], True),
        ([("email", "failed", "x"), ("sms", "sent", None)], False),
        ([("email", "failed", "x"), ("sms", "queued", None)], False),
        ([("email", "failed", "x"), ("sms", "skipped", "no-address")], True),
        ([("email", "skipped", "not-chosen"), ("sms", "skipped", "not-chosen")], False),
    ],
)
def test_r_ntf_13_when_somebody_should_telephone(ways, nobody):
    assert unreached(Way(Channel(c), State(s), reason) for c, s, reason in ways) is nobody
