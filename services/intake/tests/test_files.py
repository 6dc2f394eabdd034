"""Papers as files: what may be attached, what is scanned, what is never opened."""

import io
import zipfile
import zlib
from datetime import timedelta

import pikepdf
import pytest
from files.kinds import clean_name
from files.refusals import Limits
from files.scanning import ScanVerdict
from hypothesis import given
from hypothesis import strategies as st
from regulation.profiles import PROVINCES
from suite.testing import officer

SOURCES = {name: ["photo_or_scan"] for name in PROVINCES}
SOURCES["quang-tri"] = ["certified_e_copy", "master_register_e_copy", "vault"]


def script(pdf: pikepdf.Pdf) -> None:
    """Make a PDF run JavaScript when it is opened."""
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))


def embedded(pdf: pikepdf.Pdf) -> None:
    """Hide a file in a PDF."""
    pdf.attachments["x.exe"] = b"MZ"


def button(pdf: pikepdf.Pdf) -> None:
    """Let a PDF start a program at a click."""
    launch = pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F=pikepdf.String("cmd.exe"))
    link = pikepdf.Dictionary(
        Type=pikepdf.Name("/Annot"), Subtype=pikepdf.Name("/Link"), Rect=[0, 0, 9, 9], A=launch
    )
    pdf.pages[0].Annots = pikepdf.Array([link])


def zip_of(members: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def huge_picture() -> bytes:
    """Return a tiny PNG that claims 50,000 by 50,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = (50_000).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    picture = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + picture


@pytest.mark.parametrize("profile", PROVINCES)
async def test_r_sub_04_a_photograph_counts_where_the_profile_takes_one_and_no_certified_copy_is_demanded(
    make_stage, profile
):
    stage = await make_stage(profile)
    draft = await stage.draft()
    accepted = [source for source in SOURCES[profile] if source != "vault"]
    for source in ("photo_or_scan", "certified_e_copy", "master_register_e_copy", "vault"):
        answer = await stage.attach(draft["id"], "giay-chung-sinh", stage.photo(), "anh.jpg", source=source)
        assert (answer.status_code, source) == (201 if source in accepted else 422, source)
    default = await stage.attach(draft["id"], "giay-chung-sinh", stage.photo(), "anh.jpg")
    assert default.json()["source"] == accepted[0]
    code = (await stage.submit(draft_id=draft["id"])).json()["code"]
    assert (await stage.read(code))["flags"]["from_vault"] is False, "nobody uploads out of the vault"


async def test_r_sub_05_a_missing_mandatory_component_blocks_submission_and_is_named(stage):
    draft = await stage.draft()
    answer = await stage.submit(draft_id=draft["id"])
    (problem,) = answer.json()["errors"]
    assert (answer.status_code, problem["field"], problem["rule"]) == (
        422,
        "giay-chung-sinh",
        "componentRequired",
    )
    assert "Giấy chứng sinh" in problem["message"]
    async with stage.client(stage.citizen) as web:
        body = {"answers": {"relation": "relative"}, "version": draft["version"]}
        needed = (await web.patch(f"/api/intake/drafts/{draft['id']}", json=body)).json()["components"]
    assert {item["id"] for item in needed if item["needed"]} == {"giay-chung-sinh", "uy-quyen"}


async def test_r_sub_05_one_file_does_not_serve_two_components_silently(stage):
    draft, paper = await stage.draft(), stage.pdf()
    assert (await stage.attach(draft["id"], "giay-chung-sinh", paper)).status_code == 201
    again = await stage.attach(draft["id"], "uy-quyen", paper)
    assert (again.status_code, again.json()["code"]) == (409, "file-used-twice")
    assert "Giấy chứng sinh" in again.json()["detail"]
    assert (await stage.attach(draft["id"], "giay-chung-sinh", stage.pdf(), "trang 2.pdf")).status_code == 201


REFUSED = {
    "empty": ("a.pdf", b"", "file-empty"),
    "wrong kind": ("a.exe", b"MZ\x90\x00" + bytes(60), "file-kind"),
    "text called pdf": ("a.pdf", b"hello", "file-kind"),
    "svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file-kind"),
    "ending disagrees": ("a.png", None, "file-name-disagrees"),
    "double ending": ("a.pdf.exe", None, "file-name-disagrees"),
    "damaged": ("a.pdf", b"%PDF-1.7\n" + b"x" * 300, "file-damaged"),
    "zip bomb": ("a.zip", zip_of({"0": bytes(30_000_000)}), "file-bomb"),
    "picture bomb": ("a.png", huge_picture(), "picture-too-large"),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_r_sub_05_empty_damaged_disguised_and_exploding_files_are_refused(stage, what):
    name, data, problem = REFUSED[what]
    draft = await stage.draft()
    answer = await stage.attach(draft["id"], "giay-chung-sinh", data, name)
    assert (answer.status_code, answer.json()["code"]) == (422, problem)
    assert (await stage.get(f"drafts/{draft['id']}", stage.citizen)).json()["attachments"] == []


async def test_r_sub_05_encrypted_and_active_pdfs_are_refused_with_what_was_found(stage):
    draft = await stage.draft()
    locked = stage.pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    assert (await stage.attach(draft["id"], "giay-chung-sinh", locked)).json()["code"] == "file-encrypted"
    for change, found in ((script, "JavaScript"), (embedded, "EmbeddedFile"), (button, "Launch")):
        answer = await stage.attach(draft["id"], "giay-chung-sinh", stage.pdf(change=change))
        assert (answer.json()["code"], found in answer.json()["detail"]) == ("file-active-content", True)
    polyglot = await stage.attach(draft["id"], "giay-chung-sinh", stage.pdf() + zip_of({"a": b"b"}))
    assert (polyglot.status_code, polyglot.json()["code"]) == (422, "file-two-in-one")


async def test_r_sub_05_size_and_quota_are_configuration(make_stage):
    stage = await make_stage(limits=Limits(file_bytes=1 << 20, dossier_bytes=3 << 19))
    draft = await stage.draft()
    big = stage.photo() + bytes(1 << 20)
    answer = await stage.attach(draft["id"], "giay-chung-sinh", big, "a.jpg")
    assert (answer.status_code, answer.json()["code"]) == (413, "file-too-large")
    half = stage.photo() + bytes(900_000)
    assert (await stage.attach(draft["id"], "giay-chung-sinh", half, "a.jpg")).status_code == 201
    second = await stage.attach(draft["id"], "giay-chung-sinh", stage.photo() + bytes(900_000), "b.jpg")
    assert (second.status_code, second.json()["code"]) == (413, "upload-quota")


async def test_s51_the_drafts_of_one_person_hold_only_so_much_and_a_discarded_one_makes_room(make_stage):
    stage = await make_stage(limits=Limits(file_bytes=1 << 20, person_bytes=3 << 19))
    first, second = await stage.draft(), await stage.draft()
    half = stage.photo() + bytes(900_000)
    assert (await stage.attach(first["id"], "giay-chung-sinh", half, "a.jpg")).status_code == 201
    refused = await stage.attach(second["id"], "giay-chung-sinh", half + b"\0", "b.jpg")
    assert (refused.status_code, refused.json()["code"]) == (413, "upload-quota-person")
    async with stage.client(stage.citizen) as web:
        await web.delete(f"/api/intake/drafts/{first['id']}")
    taken = await stage.attach(second["id"], "giay-chung-sinh", half + b"\0", "b.jpg")
    assert taken.status_code == 201


async def test_r16_uploading_and_discarding_again_and_again_fills_no_disk_and_ends_when_the_store_let_go(
    make_stage,
):
    stage = await make_stage(limits=Limits(file_bytes=1 << 20, person_bytes=1 << 20))
    draft, half = await stage.draft(), stage.photo() + bytes(900_000)
    codes = []
    async with stage.client(stage.citizen) as web:
        for number in range(5):
            answer = await stage.attach(draft["id"], "giay-chung-sinh", half + bytes([number]), "a.jpg")
            codes.append(answer.json().get("code", answer.status_code))
            if answer.status_code == 201:
                await web.delete(f"/api/intake/drafts/{draft['id']}/attachments/{answer.json()['id']}")
    assert codes == [201, 201, 201, 201, "upload-quota-discarded"]
    forget = {job.name: job for job in stage.jobs()}["forget-drafts"]
    await forget.run(stage.database, stage.now + timedelta(days=61))
    assert (await stage.attach(draft["id"], "giay-chung-sinh", half, "a.jpg")).status_code == 201


async def test_a_thirty_megabyte_file_is_refused_at_the_usual_limit(stage):
    draft = await stage.draft()
    answer = await stage.attach(draft["id"], "giay-chung-sinh", stage.photo() + bytes(30 << 20), "a.jpg")
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (413, "maxSize")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Gia\u0302\u0301y khai sinh.pdf", "Gi\u1ea5y khai sinh.pdf"),
        ("\U0001f476\ufe0f gi\u1ea5y \U0001f389.pdf", "gi\u1ea5y.pdf"),
        ("..\\..\\etc/passwd.pdf", "passwd.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("\x00\n.pdf", "tep.pdf"),
        ("\U0001f600", "tep.pdf"),
        ('x" onload=alert(1).pdf', "x onload=alert(1).pdf"),
        ("a%0D%0ASet-Cookie%3A x.pdf", "aSet-Cookie%3A x.pdf"),
        ("a%%0d0D.pdf", "a.pdf"),
        ("%2e%2F..%5cgiay%22.pdf", "giay.pdf"),
        ("giam 50%.pdf", "giam 50%.pdf"),
        ("=cmd|'x'!A1.pdf", "cmd'x'!A1.pdf"),
        ("+-@=SUM(A1).pdf", "SUM(A1).pdf"),
        ("\u202e\u2066fdp.exe\u2069.pdf", "fdp.exe.pdf"),
        ("CON.pdf", "tep CON.pdf"),
        ("nul.tar.pdf", "tep nul.tar.pdf"),
        ("LPT1", "tep LPT1.pdf"),
        ("Công văn.pdf", "Công văn.pdf"),
        ("giay:an?*.pdf", "giayan.pdf"),
    ],
)
def test_file_names_are_normalised_and_cleaned(typed, kept):
    assert clean_name(typed, "application/pdf") == kept


@given(st.text(max_size=400))
def test_a_clean_name_is_safe_wherever_it_is_written_and_stays_as_it_is(typed):
    name = clean_name(typed, "application/pdf")
    assert clean_name(name, "application/pdf") == name
    assert name[0] not in "=+-@. "
    assert len(name.encode()) < 200
    assert not set(name) & set('\r\n\0"/\\:*?<>|\u202e\u2066')


def test_a_very_long_name_is_cut_at_a_letter():
    name = clean_name("ấ" * 300 + ".pdf")
    assert len(name.encode()) <= 190
    assert name.endswith("ấ.pdf")


async def test_a_repeated_upload_with_one_key_is_one_file(stage):
    draft, paper, key = await stage.draft(), stage.pdf(), stage.key()
    async with stage.client(stage.citizen) as web:
        send = {"data": {"component": "giay-chung-sinh"}, "files": {"file": ("a.pdf", paper)}, "headers": key}
        answers = [await web.post(f"/api/intake/drafts/{draft['id']}/attachments", **send) for _ in range(3)]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await stage.get(f"drafts/{draft['id']}", stage.citizen)).json()["attachments"]) == 1


async def test_r_sec_05_an_infected_file_is_quarantined_told_and_reported(make_stage, scanner):
    stage = await make_stage(scanner=scanner)
    draft = await stage.draft(agency=stage.GIA_VIEN)
    bad = stage.photo() + b"EICAR"
    answer = await stage.attach(draft["id"], "giay-chung-sinh", bad, "anh.jpg")
    assert (answer.status_code, answer.json()["code"]) == (403, "file-quarantined")
    assert (await stage.get(f"drafts/{draft['id']}", stage.citizen)).json()["attachments"] == []
    head = officer("agency_head", agency=stage.GIA_VIEN)
    (report,) = (await stage.get("desk/malware-reports", head)).json()["items"]
    assert (report["signature"], report["file_name"]) == ("Eicar-Test", "anh.jpg")
    assert not await stage.means.files.exists(report["sha256"])
    assert await stage.means.files.quarantined(report["sha256"]) == bad
    operator = officer("operator", agency="H42", scope="province")
    assert report in (await stage.get("desk/malware-reports", operator)).json()["items"]
    assert report not in (await stage.get("desk/malware-reports", officer("agency_head"))).json()["items"]
    assert (await stage.get("desk/malware-reports", stage.desk())).status_code == 403


async def test_r_sec_05_no_officer_opens_a_file_the_scanner_has_not_cleared(make_stage, scanner):
    stage = await make_stage(scanner=scanner)
    scanner.answer = ScanVerdict("pending", "away")
    code = await stage.dossier()
    file = await first_file(stage, code)
    assert file["scan"] == "pending"
    path = f"dossiers/{code}/files/{file['id']}"
    for query in ({}, {"unscanned": "open"}):
        shut = await stage.get(path, stage.desk(), **query)
        assert (shut.status_code, shut.json()["code"]) == (409, "file-not-scanned")
    rescan = {job.name: job for job in stage.jobs()}["rescan-files"]
    await rescan.run(stage.database, stage.now)
    assert (await first_file(stage, code))["scan"] == "pending"
    scanner.answer = None
    await rescan.run(stage.database, stage.now)
    assert (await first_file(stage, code))["scan"] == "clean"
    opened = await stage.get(path, stage.desk())
    assert opened.headers["content-disposition"].startswith("attachment")
    assert (opened.status_code, opened.headers["x-content-type-options"]) == (200, "nosniff")


async def test_r_sec_05_a_file_found_infected_later_stays_shut_for_everybody(make_stage, scanner):
    stage = await make_stage(scanner=scanner)
    scanner.answer = ScanVerdict("pending", "away")
    code = await stage.dossier(agency=stage.HOA_LU)
    scanner.answer = ScanVerdict("infected", "Late-Test")
    await {job.name: job for job in stage.jobs()}["rescan-files"].run(stage.database, stage.now)
    file = await first_file(stage, code)
    for who in (stage.citizen, stage.desk()):
        answer = await stage.get(f"dossiers/{code}/files/{file['id']}", who, unscanned="open")
        assert (answer.status_code, answer.json()["code"]) == (403, "file-quarantined")
    reports = (await stage.get("desk/malware-reports", officer("agency_head"))).json()["items"]
    assert code in [report["dossier_code"] for report in reports]


async def test_r_sec_05_without_a_scanner_the_officer_must_confirm_a_warning_unless_scanning_is_required(
    make_stage,
):
    stage = await make_stage()
    code = await stage.dossier()
    file = await first_file(stage, code)
    path = f"dossiers/{code}/files/{file['id']}"
    assert file["scan"] == "not_scanned"
    assert (await stage.get(path, stage.desk())).json()["code"] == "file-not-scanned"
    assert (await stage.get(path, stage.desk(), unscanned="open")).status_code == 200
    assert (await stage.get(path, stage.citizen)).status_code == 200
    strict = await make_stage(scanning_required=True)
    assert (await strict.get(path, strict.desk(), unscanned="open")).json()["code"] == "file-not-scanned"


async def first_file(stage, code):
    """Return the first file of the birth notification."""
    dossier = await stage.read(code)
    return next(item for item in dossier["components"] if item["files"])["files"][0]
