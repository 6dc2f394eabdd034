"""Files of questions and feedback: taken ahead, scanned, kept as sent, seen by who handles them and nobody else."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from common.ids import uuid7
from files.kinds import HEIC
from files.scanning import ScanVerdict
from qa.domain.attachments import MOST_FILES
from qa.jobs import jobs
from qa.usecases.erase_askers import forget_account
from qa_stage import AGENCY, QA, TEXT, body
from regulation import profiles
from regulation.retention import retention_of
from sqlalchemy import text
from suite.testing import client, officer
from suite.testing.uploads import FakeScanner, heic, office, pdf, picture

AWAY = ScanVerdict("pending", "away")
WORDS = {
    "category": "conduct",
    "title": "Thái độ tại bộ phận một cửa",
    "text": "Cán bộ tại bộ phận một cửa yêu cầu tôi bổ sung giấy tờ ngoài danh mục đã công khai.",
    "sender": {"name": "Nguyễn Thị Ánh", "phone": "0912345678"},
}
PHONED = {**WORDS, "channel": "published_contacts", "came_at": "2026-11-16T01:30:00Z"}


@pytest.fixture
def scanner(stage):
    """Give an obedient antivirus to the service of the stage."""
    fake = FakeScanner()
    built = stage.app.state.built
    stage.app.state.built = replace(built, reception=replace(built.reception, scanner=fake))
    return fake


async def sent(stage, data=None, name="giay.pdf", who="nobody", address="192.0.2.7"):
    """Send a file ahead."""
    files = {"file": (name, pdf() if data is None else data)}
    headers = {"Idempotency-Key": str(uuid7()), "X-Forwarded-For": address}
    return await stage.people[who].post(f"{QA}/uploads", files=files, headers=headers)


async def taken(stage, *args, **more):
    """Send a file that is taken; give its ticket."""
    answer = await sent(stage, *args, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()["ticket"]


async def clockwork(stage, name, later=timedelta()):
    """Let one job of the clock run."""
    built = stage.app.state.built
    due = jobs(built.rules, retention_of(profiles.load("thai-nguyen")), built.reception)
    job = next(one for one in due if one.name == name)
    await job.run(stage.database, stage.app.state.now() + later)


async def followed(stage, key):
    """Read a question by its key."""
    return (await stage.send("nobody", "POST", "/follow-ups", {"key": key})).json()


async def by_key(stage, key, file, **more):
    """Fetch a file by the key of its question."""
    return await stage.send("nobody", "POST", "/follow-ups/files", {"key": key, "file": file, **more})


async def rows(stage, what="count(*)"):
    """Ask the table of files."""
    return await (await stage.database.pool()).fetchval(f"select {what} from attachment")


async def test_a_file_comes_with_a_question_and_only_who_handles_it_and_who_asked_open_it(stage, scanner):
    data = pdf()
    asked = await stage.asked("asker", files=[await taken(stage, data, "Giấy khai sinh.pdf", "asker")])
    number = asked["number"]
    [file] = (await followed(stage, asked["key"]))["files"]
    assert (file["name"], file["scan"], file["source"]) == ("Giấy khai sinh.pdf", "clean", "sender")
    assert (await stage.seen("centre", number))["files"] == [file]
    await stage.does("centre", number, "triage", agency=AGENCY, topic="legal_rules")
    mine, theirs = f"/own-questions/{number}/files/{file['id']}", f"/questions/{number}/files/{file['id']}"
    opened = [(await stage.send(who, "GET", theirs)).content for who in ("centre", "owner", "head")]
    opened += [(await stage.send("asker", "GET", mine)).content]
    opened += [(await by_key(stage, asked["key"], file["id"])).content]
    assert opened == [data] * 5
    shut = [await stage.send(who, "GET", theirs) for who in ("other", "asker", "stranger", "nobody")]
    shut += [await stage.send("stranger", "GET", mine), await stage.send("nobody", "GET", mine)]
    assert [one.status_code for one in shut] == [404, 403, 403, 401, 404, 401]


async def test_a_file_goes_out_as_a_download_under_our_name_and_never_as_a_page(stage, scanner):
    asked = await stage.asked(files=[await taken(stage, name="..\\..\\a\u202egnp.exe.pdf")])
    [file] = (await followed(stage, asked["key"]))["files"]
    assert file["name"] == "agnp.exe.pdf"
    answer = await by_key(stage, asked["key"], file["id"])
    headers = answer.headers
    assert headers["content-disposition"] == "attachment; filename*=UTF-8''agnp.exe.pdf"
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "private, no-store")
    assert "default-src 'none'" in headers["content-security-policy"]


async def test_a_telephones_picture_is_kept_as_sent_and_shown_as_jpeg(stage, scanner):
    data = heic()
    asked = await stage.asked(files=[await taken(stage, data, "IMG_1.HEIC")])
    [file] = (await followed(stage, asked["key"]))["files"]
    assert (file["on_screen"], file["media_type"]) == (True, HEIC)
    kept = await by_key(stage, asked["key"], file["id"])
    shown = await by_key(stage, asked["key"], file["id"], shown="screen")
    assert (kept.content, shown.content[:3]) == (data, b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"", "file-empty"),
        ("a.pdf", b"MZ" + bytes(90), "file-kind"),
        ("a.png", pdf(), "file-name-disagrees"),
        ("a.pdf.exe", pdf(), "file-name-disagrees"),
        ("a.pdf", pdf() + b"<html><script>alert(1)</script></html>", "file-two-in-one"),
        ("a.jpg", picture("JPEG") + pdf(), "file-two-in-one"),
        ("a.docx", office(word__vbaProject="x"), "file-active-content"),
        ("a.jpg", picture("JPEG") + bytes(20 << 20), "file-too-large"),
    ],
)
async def test_what_harms_or_is_too_large_is_refused_with_its_reason_and_leaves_nothing(
    stage, scanner, name, data, code
):
    answer = await sent(stage, data, name)
    assert (answer.status_code in (413, 422), answer.json()["code"]) == (True, code)
    assert answer.json()["detail"]
    assert await rows(stage) == 0


async def test_r_sec_05_malware_is_quarantined_and_reported_to_the_operator(stage, scanner):
    bad = picture("JPEG") + b"EICAR"
    answer = await sent(stage, bad, "anh.jpg")
    assert (answer.status_code, answer.json()["code"]) == (403, "file-quarantined")
    store, digest = stage.app.state.built.reception.store, hashlib.sha256(bad).hexdigest()
    assert (await store.exists(digest), await store.quarantined(digest)) == (False, bad)
    operator = officer("operator", agency="H42", scope="province")
    async with client(stage.app, operator) as web:
        [report] = (await web.get(f"{QA}/malware-reports")).json()["items"]
    assert (report["signature"], report["file_name"]) == ("Eicar-Test", "anh.jpg")
    assert (await stage.send("head", "GET", "/malware-reports")).json()["items"] == []
    assert (await stage.send("owner", "GET", "/malware-reports")).status_code == 403


async def test_r_sec_05_while_the_scanner_is_away_a_file_is_held_and_shown_once_it_was_found_clean(
    stage, scanner
):
    scanner.answer = AWAY
    asked = await stage.asked(files=[await taken(stage)])
    [file] = (await followed(stage, asked["key"]))["files"]
    path = f"/questions/{asked['number']}/files/{file['id']}"
    for answer in (
        await stage.send("centre", "GET", f"{path}?unscanned=open"),
        await by_key(stage, asked["key"], file["id"]),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "file-not-scanned")
    await clockwork(stage, "rescan-files")
    assert (await followed(stage, asked["key"]))["files"][0]["scan"] == "pending"
    scanner.answer = None
    await clockwork(stage, "rescan-files")
    assert (await stage.send("centre", "GET", path)).status_code == 200


async def test_r_sec_05_a_file_found_infected_later_stays_shut_and_its_agency_hears_of_it(stage, scanner):
    scanner.answer = AWAY
    asked = await stage.forwarded(files=[await taken(stage)])
    waits = await taken(stage)
    scanner.answer = ScanVerdict("infected", "Late-Test")
    await clockwork(stage, "rescan-files")
    [file] = (await followed(stage, asked["key"]))["files"]
    for answer in (
        await stage.send("head", "GET", f"/questions/{asked['number']}/files/{file['id']}?unscanned=open"),
        await by_key(stage, asked["key"], file["id"]),
        await stage.send("nobody", "POST", "/questions", body(text=TEXT + " Cảm ơn.", files=[waits])),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "file-quarantined")
    [report] = (await stage.send("head", "GET", "/malware-reports")).json()["items"]
    assert (report["number"], report["signature"]) == (asked["number"], "Late-Test")


async def test_without_a_scanner_an_officer_confirms_the_warning_and_where_scanning_is_required_nobody_opens(
    stage,
):
    asked = await stage.asked(files=[await taken(stage)])
    [file] = (await followed(stage, asked["key"]))["files"]
    path = f"/questions/{asked['number']}/files/{file['id']}"
    assert file["scan"] == "not_scanned"
    assert (await stage.send("centre", "GET", path)).json()["code"] == "file-not-scanned"
    assert (await stage.send("centre", "GET", f"{path}?unscanned=open")).status_code == 200
    assert (await by_key(stage, asked["key"], file["id"])).status_code == 200
    built = stage.app.state.built
    strict = replace(built, reception=replace(built.reception, scanning_required=True))
    stage.app.state.built = strict
    assert (await stage.send("centre", "GET", f"{path}?unscanned=open")).status_code == 409


async def test_a_ticket_is_good_once_and_a_number_or_a_strangers_key_opens_nothing(stage, scanner):
    ticket = await taken(stage)
    asked = await stage.asked(files=[ticket])
    again = await stage.send("nobody", "POST", "/questions", body(text=TEXT + " Cảm ơn.", files=[ticket]))
    assert (again.status_code, again.json()["code"]) == (422, "file-gone")
    assert (await stage.events("question_asked"))[-1]["number"] == asked["number"], "nothing was asked"
    [file] = (await followed(stage, asked["key"]))["files"]
    other = await stage.asked(text=TEXT + " Xin hỏi.")
    for key in (other["key"], asked["number"].ljust(43, "x")):
        assert (await by_key(stage, key, file["id"])).status_code == 404
    place = f"/questions/{other['number']}/files/{file['id']}"
    assert (await stage.send("centre", "GET", place)).status_code == 404
    assert ticket not in str(await rows(stage, "string_agg(attachment::text, '')"))


async def test_more_files_than_are_taken_ask_nothing_and_can_be_sent_again(stage, scanner):
    tickets = [await taken(stage) for _ in range(MOST_FILES + 1)]
    refused = await stage.send("nobody", "POST", "/questions", body(files=tickets))
    assert (refused.status_code, refused.json()["code"]) == (422, "files-too-many")
    asked = await stage.asked(files=tickets[1:])
    assert len((await followed(stage, asked["key"]))["files"]) == MOST_FILES


async def test_what_waits_too_long_is_let_go_of_and_uploading_alone_fills_no_disk(
    stage, scanner, monkeypatch
):
    ticket = await taken(stage)
    await clockwork(stage, "forget-uploads", timedelta(hours=7))
    assert await rows(stage) == 0
    gone = await stage.send("nobody", "POST", "/questions", body(files=[ticket]))
    assert gone.json()["code"] == "file-gone"
    monkeypatch.setattr("qa.domain.attachments.MOST_WAITING_OF_ONE", 2000)
    data = pdf() + b"%" * 500
    codes = [(await sent(stage, data, who="asker")).json().get("code") for _ in range(4)]
    assert codes[0] is None
    assert codes[-1] == "files-waiting"
    monkeypatch.setattr("qa.domain.attachments.MOST_WAITING", 0)
    assert (await sent(stage)).json()["code"] == "files-waiting"


async def test_one_network_takes_no_room_from_other_visitors_nor_all_visitors_from_accounts(
    stage, scanner, monkeypatch
):
    data = pdf() + b"%" * 9000
    monkeypatch.setattr("qa.domain.attachments.MOST_WAITING_OF_ONE", 2 * len(data))
    monkeypatch.setattr("qa.api.patience.MOST_OF_A_NETWORK", 3.5 * len(data) / 1000)
    flood = [await sent(stage, data, address="203.0.113.7") for _ in range(5)]
    assert [one.json().get("code") for one in flood] == [None] * 3 + ["files-waiting"] * 2
    assert (await sent(stage, data, address="198.51.100.7")).status_code == 201, "another network has its own"
    monkeypatch.setattr("qa.domain.attachments.MOST_WAITING_OF_VISITORS", 4 * len(data))
    assert (await sent(stage, data, address="192.0.2.9")).json()["code"] == "files-waiting"
    assert (await sent(stage, data, who="asker")).status_code == 201, "accounts keep their room"


async def test_files_that_come_at_once_are_counted_one_after_the_other(stage, scanner, monkeypatch):
    data = pdf() + b"%" * 9000
    monkeypatch.setattr("qa.domain.attachments.MOST_WAITING_OF_ONE", 2 * len(data))
    told = await asyncio.gather(*(sent(stage, data, who="asker") for _ in range(6)))
    assert sorted(one.status_code for one in told) == [201, 201, 413, 413, 413, 413]
    assert await rows(stage) == 2


async def test_a_stranger_sends_so_many_files_in_an_hour_and_a_large_one_counts_more(stage, monkeypatch):
    monkeypatch.setattr("qa.api.patience.NETWORK", 2 / 1000)
    big = picture("JPEG") + bytes(11 << 20)
    small = [(await sent(stage, address="203.0.113.7")).status_code for _ in range(5)]
    assert small == [201, 201, 201, 201, 429]
    assert [(await sent(stage, address="198.51.100.7")).status_code for _ in range(2)] == [201, 201]
    assert (await sent(stage, big, "a.jpg", address="198.51.100.7")).status_code == 429


async def test_r_fbk_01_feedback_comes_with_files_which_go_with_what_is_erased(stage, scanner):
    files = [await taken(stage, who="asker")]
    receipt = (await stage.send("asker", "POST", "/feedback", {**WORDS, "files": files})).json()
    place = f"/feedback/{receipt['number']}"
    shown = (await stage.send("centre", "GET", place)).json()
    [file] = shown["files"]
    assert (await stage.send("asker", "GET", f"/own-feedback/{receipt['number']}")).json()["files"] == [file]
    for who, path in (("centre", place), ("asker", f"/own-feedback/{receipt['number']}")):
        assert (await stage.send(who, "GET", f"{path}/files/{file['id']}")).status_code == 200
    assert (await stage.send("head", "GET", f"{place}/files/{file['id']}")).status_code == 404
    assert (await stage.send("owner", "GET", f"{place}/files/{file['id']}")).status_code == 403
    closing = {"version": shown["version"], "ground": "prohibited", "reason": "Nội dung bị cấm."}
    assert (await stage.send("centre", "POST", f"{place}/closing", closing)).status_code == 201
    await clockwork(stage, "forget-askers", timedelta(days=800))
    assert await rows(stage) == 0


async def test_r_fbk_03_an_officer_enters_the_scan_of_a_paper_and_it_is_told_from_what_a_sender_sends(
    stage, scanner
):
    entry = {**PHONED, "files": [await taken(stage, who="centre")]}
    entered = (await stage.send("centre", "POST", "/feedback/entries", entry)).json()
    [file] = (await stage.send("centre", "GET", f"/feedback/{entered['number']}")).json()["files"]
    assert file["source"] == "officer"


async def test_a_supplement_has_files_of_its_own(stage, scanner):
    asked = await stage.answered()
    more = {"key": asked["key"], "text": TEXT + " Còn lệ phí?", "files": [await taken(stage)]}
    second = (await stage.send("nobody", "POST", "/follow-ups/supplements", more)).json()
    assert len((await followed(stage, second["key"]))["files"]) == 1
    assert (await followed(stage, asked["key"]))["files"] == []


@pytest.mark.parametrize("profile", ["binh-dinh"])
async def test_r_fbk_06_the_files_of_a_question_that_is_feedback_move_over_with_it(stage, scanner):
    values = {"name": "Ánh", "reply_phone": "0912345678"}
    asked = await stage.asked(values=values, files=[await taken(stage)])
    moved = await stage.does("centre", asked["number"], "feedback", category="procedure")
    [file] = moved["files"]
    assert (await by_key(stage, asked["key"], file["id"])).status_code == 200


async def test_what_is_public_and_what_is_announced_name_no_file(stage, scanner):
    asked = await stage.published(files=[await taken(stage, name="Bí mật.pdf")])
    [file] = (await followed(stage, asked["key"]))["files"]
    public = [
        (await stage.send("nobody", "GET", path)).text
        for path in (f"/answers/{asked['number']}", "/answers", "/answers.atom")
    ]
    assert asked["number"] in public[0]
    for told in (*public, str(await stage.events())):
        assert not any(word in told for word in ("Bí mật", file["id"], '"files"'))


async def test_an_erased_account_leaves_no_file_but_those_of_what_is_still_owed_an_answer(stage, scanner):
    answered = await stage.asked("asker", files=[await taken(stage, who="asker")])
    sentence = {"ground": "prohibited", "reason": "Nội dung bị cấm."}
    await stage.does("centre", answered["number"], "refusal", **sentence)
    waiting = await stage.asked("asker", text=TEXT + " Cảm ơn.", files=[await taken(stage, who="asker")])
    await taken(stage, who="asker")
    async with stage.database.sessions.begin() as session:
        await forget_account(session, "asker", stage.app.state.now())
    assert len((await stage.seen("centre", waiting["number"]))["files"]) == 1
    assert await rows(stage) == 1
    async with stage.database.engine.connect() as connection:
        left = await connection.scalar(text("select string_agg(a::text, '') from attachment a"))
    assert "asker" not in left


async def test_r_acc_18_an_officers_look_at_a_file_stands_in_the_access_log(stage, scanner):
    asked = await stage.asked(files=[await taken(stage)])
    [file] = (await stage.seen("centre", asked["number"]))["files"]
    await stage.send("centre", "GET", f"/questions/{asked['number']}/files/{file['id']}")
    line = await (await stage.database.pool()).fetchrow(
        "select actor, deed, subject from audit_line where route like '%/files/%' order by seq desc limit 1"
    )
    assert (line["actor"], line["deed"]) == ("centre", "view")
    assert asked["number"] in line["subject"]
