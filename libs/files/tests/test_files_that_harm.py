"""Files that would harm who opens them, class by class: refused in words a citizen understands."""

import io
import sys
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from files.dangers import DANGERS, is_harmless_link
from files.inspection import COMMAND, ContentInspector
from files.inspection.pdfs import MAX_OBJECTS
from files.kinds import DOCX, HEIC, JPEG, PDF, PNG, USUAL, WEBP, XLSX
from files.refusals import FileFacts, FileRefusedError, Limits, refuse_content
from suite.testing.uploads import SHEET, heic, office, pdf, picture

from .test_inspection import GOOD, verdict

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Name, Dictionary, Array, String = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array, pikepdf.String


def archive() -> bytes:
    """Return an archive with a program in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        opened.writestr("chay.exe", b"MZ")
    return out.getvalue()


PAGE = b"<html><script>alert(1)</script></html>"
PROGRAM = b"MZ\x90\x00" + bytes(60)
TAILS = {"archive": archive(), "page": PAGE, "page after blanks": b"\r\n\0 <!DOCTYPE html>", "PDF": GOOD}
TAILS |= {"program": PROGRAM, "PHP": b"\n<?php system($_GET['a']);", "page behind a note": b"note" + PAGE}
CARRIERS = {
    "JPEG": picture("JPEG"),
    "progressive JPEG": picture("JPEG", (200, 90), progressive=True),
    "PNG": picture("PNG"),
    "WebP": picture("WEBP"),
}


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_picture_with_another_file_behind_it_is_refused(carrier, tail):
    assert verdict("anh", CARRIERS[carrier] + TAILS[tail]) == "file-two-in-one"


@pytest.mark.parametrize("tail", ["archive", "page", "PHP", "program", "page behind a note"])
def test_a_pdf_with_another_file_behind_it_is_refused(tail):
    assert verdict("giay.pdf", GOOD + TAILS[tail]) == "file-two-in-one"


@pytest.mark.parametrize("before", [PAGE, b"note " + PAGE, b"\x1b%-1 " + PAGE, archive()[:40], b"{\\rtf1"])
def test_a_pdf_with_something_else_before_it_is_no_pdf(before):
    assert verdict("giay.pdf", before + GOOD) in ("file-kind", "file-damaged")


MOTION = picture("JPEG") + b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 40
WHAT_PEOPLE_HAVE = {
    "a moving photograph of a telephone": (MOTION, JPEG),
    "a second picture for depth": (picture("JPEG") + picture("JPEG", (40, 30)), JPEG),
    "padding of a scanner": (picture("JPEG") + bytes(512), JPEG),
    "the rest of an older screenshot": (picture("PNG") + b"\x8f\x11IDAT" + bytes(200), PNG),
    "words of another program in a comment": (picture("JPEG", comment=b"%PDF-1.7 <html>"), JPEG),
    "a PDF with blanks behind it": (GOOD + b"\n\0\0\0\n", PDF),
    "HEIC": (heic(), HEIC),
    "WebP": (picture("WEBP"), WEBP),
}


@pytest.mark.parametrize("what", WHAT_PEOPLE_HAVE)
def test_what_cameras_and_scanners_leave_behind_a_picture_harms_nobody(what):
    data, kind = WHAT_PEOPLE_HAVE[what]
    assert verdict("tep", data) == kind


LINKS = {
    "https://dichvucong.gov.vn/a?b=javascript:1": True,
    "www.ninhbinh.gov.vn": True,
    "ninhbinh.gov.vn:8080/a": True,
    "mailto:motcua@ninhbinh.gov.vn": True,
    "tel:+84229123456": True,
    "#trang-2": True,
    "": True,
    "javascript:alert(1)": False,
    " JaVa\tScRiPt\n:alert(1)": False,
    "java\u200bscript:alert(1)": False,
    "vbscript:x": False,
    "data:text/html,<script>": False,
    "file:///C:/Windows/win.ini": False,
    "C:\\Windows\\win.ini": False,
    "\\\\may-chu\\chung\\a.docx": False,
    "//may-chu/chung": False,
    "ms-word:ofe|u|http://x": False,
    "search-ms:query=a": False,
    "ms-msdt:/id": False,
}


@pytest.mark.parametrize("address", LINKS)
def test_a_link_may_lead_to_a_page_a_mailbox_or_a_telephone_and_nowhere_else(address):
    assert is_harmless_link(address) is LINKS[address]


def linked(address: str, key: str = "/URI") -> bytes:
    """Return a PDF with a link."""
    action = Dictionary({"/S": Name("/URI"), key: String(address)})
    link = Dictionary(Type=Name("/Annot"), Subtype=Name("/Link"), Rect=[0, 0, 9, 9], A=action)
    return pdf(lambda doc: doc.pages[0].obj.__setattr__("Annots", Array([link])))


@pytest.mark.parametrize("address", LINKS)
def test_links_of_a_pdf_are_judged(address):
    assert verdict("giay.pdf", linked(address)) == (PDF if LINKS[address] else "file-unsafe-link")


def test_the_address_all_links_of_a_pdf_begin_with_is_judged():
    assert verdict("giay.pdf", linked("javascript:1", "/Base")) == "file-unsafe-link"


def part(relation: str, target: str, mode: str = "External") -> dict[str, str]:
    """Return the relationships of a letter with one more."""
    entry = f'<Relationship Id="9" Type="{RELATION}/{relation}" Target="{target}" TargetMode="{mode}"/>'
    return {
        "word__rels__x.rels".replace("word__", "word___"): f'<Relationships xmlns="r">{entry}</Relationships>'
    }


def letter(text: str) -> bytes:
    """Return a letter with this text."""
    return office(**{"word__document.xml": f'<w:document xmlns:w="w"><w:p>{text}</w:p></w:document>'})


def sheet(text: str) -> bytes:
    """Return a workbook with this formula."""
    return office("xl/workbook.xml", SHEET, **{"xl__worksheets__sheet1.xml": f"<s><c><f>{text}</f></c></s>"})


def field(code: str) -> str:
    """Return a field of Word whose code is cut into pieces of three letters, as Word does."""
    pieces = "".join(
        f"<w:r><w:instrText>{code[at : at + 3]}</w:instrText></w:r>" for at in range(0, len(code), 3)
    )
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


OFFICE_FILES = {
    "a template from elsewhere": (
        office(**part("attachedTemplate", "http://x/a.dotm")),
        "file-active-content",
    ),
    "a template of a computer": (
        office(**part("attachedTemplate", "file:///C:/a.dotm")),
        "file-active-content",
    ),
    "a picture from elsewhere": (office(**part("image", "http://x/a.png")), "file-active-content"),
    "an object from elsewhere": (office(**part("oleObject", "http://x/a")), "file-active-content"),
    "a frame from elsewhere": (office(**part("frame", "http://x/a")), "file-active-content"),
    "a page inside": (office(**part("aFChunk", "a.html", "Internal")), "file-active-content"),
    "a link to a page": (office(**part("hyperlink", "https://ninhbinh.gov.vn")), DOCX),
    "a link to a script": (office(**part("hyperlink", "javascript:alert(1)")), "file-unsafe-link"),
    "a link to a file": (office(**part("hyperlink", "file:///C:/a.exe")), "file-unsafe-link"),
    "an OLE object": (office(**{"word__embeddings__oleObject1.bin": b"\xd0\xcf"}), "file-active-content"),
    "a workbook inside": (office(**{"word__embeddings__a.xlsx": b"PK"}), "file-active-content"),
    "ActiveX": (office(**{"word__activeX__activeX1.xml": "<a/>"}), "file-active-content"),
    "an add-in": (office(**{"word__webextensions__taskpanes.xml": "<a/>"}), "file-active-content"),
    "DDE in pieces": (letter(field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"')), "file-active-content"),
    "DDE behind another field": (letter(field("MERGEFORMAT") + field("DDE x y")), "file-active-content"),
    "DDE in quotes of a condition": (letter(field('IF 1=1 "DDE x y" ""')), "file-active-content"),
    "DDE in one piece": (letter('<w:fldSimple w:instr=" DDE x y "/>'), "file-active-content"),
    "a text from elsewhere": (letter(field('INCLUDETEXT "http://x/a"')), "file-active-content"),
    "the number of the page": (letter(field("PAGE \\* MERGEFORMAT")), DOCX),
    "a list of contents": (letter(field('TOC \\o "1-3" \\h \\z \\u')), DOCX),
    "a field with a link": (letter(field('HYPERLINK "https://x.vn/link/import"')), DOCX),
    "a field with a link to a script": (letter(field('HYPERLINK "javascript:1"')), "file-unsafe-link"),
    "words about links": (letter("<w:t>DDE, LINK, INCLUDETEXT</w:t>"), DOCX),
    "a sum": (sheet("SUM(A1:A9)&amp;\"a|b\"+'Quý I|II'!A1"), XLSX),
    "DDE in a cell": (sheet("cmd|'/c calc'!A0"), "file-active-content"),
    "fetching in a cell": (sheet('_xlfn.WEBSERVICE("http://x")'), "file-active-content"),
    "a link in a cell": (sheet('HYPERLINK("file:///c:/a.exe","x")'), "file-unsafe-link"),
    "another workbook": (
        office("xl/workbook.xml", SHEET, **{"xl__externalLinks__externalLink1.xml": "<a/>"}),
        "file-active-content",
    ),
    "old macros": (
        office("xl/workbook.xml", SHEET, **{"xl__macrosheets__s.xml": "<a/>"}),
        "file-active-content",
    ),
    "entities in its text": (
        office(**{"word__document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><w/>'}),
        "file-kind-or-damaged",
    ),
    "too much text": (
        office(**{"word__x.xml": "<a>" + "0123456789abcdef" * 4_300_000 + "</a>"}),
        "file-bomb",
    ),
    "a PDF before its list": (archive()[:30] + GOOD + office(), "file-two-in-one"),
}


@pytest.mark.parametrize("what", OFFICE_FILES)
def test_an_office_file_neither_runs_nor_fetches_nor_hides_anything(what):
    data, expected = OFFICE_FILES[what]
    found = verdict("thu", data)
    assert found in (("file-kind", "file-damaged") if expected == "file-kind-or-damaged" else (expected,))


def test_two_parts_of_one_name_are_refused_because_programs_differ_in_which_they_read():
    out = io.BytesIO(office())
    with zipfile.ZipFile(out, "a") as opened:
        opened.writestr("WORD/document.xml", "<w/>")
    assert verdict("thu", out.getvalue()) in ("file-kind", "file-damaged")


def with_stream(data: bytes, **entries: object) -> Callable[[pikepdf.Pdf], None]:
    """Return a change that puts a packed stream on the page."""

    def change(doc: pikepdf.Pdf) -> None:
        stream = doc.make_stream(data)
        for key, value in entries.items():
            stream[f"/{key}"] = value
        doc.pages[0].obj.Contents = stream

    return change


def packed(megabytes: int, times: int = 1) -> bytes:
    """Return zeros packed so many times over; one packed block is repeated, which takes no time to make."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    data = b"\x78\x9c" + block * megabytes
    return data if times == 1 else zlib.compress(data, 9)


FLATE = Name("/FlateDecode")
HEAVY = {
    "a page that unpacks to 300 MB": (with_stream(packed(300), Filter=FLATE), "file-bomb"),
    "packed twice": (with_stream(packed(300, 2), Filter=Array([FLATE, FLATE])), "file-bomb"),
    "a page that unpacks to 20 MB": (with_stream(packed(20), Filter=FLATE), PDF),
    "a picture of 400 million pixels": (
        with_stream(b"x", Subtype=Name("/Image"), Width=20_000, Height=20_000),
        "picture-too-large",
    ),
    "2,001 pages": (lambda doc: [doc.pages.append(doc.pages[0]) for _ in range(2_000)], "file-too-complex"),
}


@pytest.mark.parametrize("what", HEAVY)
def test_a_pdf_that_would_exhaust_who_opens_it_is_refused(what):
    change, expected = HEAVY[what]
    as_made = pdf(change, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert verdict("giay.pdf", as_made) == expected


def test_a_pdf_with_more_parts_than_any_paper_is_refused_at_once():
    assert verdict("giay.pdf", pdf(_crowd)) == "file-too-complex"


def _crowd(doc: pikepdf.Pdf) -> None:
    doc.Root.Crowd = Array([doc.make_indirect(Dictionary()) for _ in range(MAX_OBJECTS + 1)])


def object_stream_bomb() -> bytes:
    """Return a PDF whose list of objects itself unpacks to a thousand million bytes."""
    data = packed(1_024)
    head = b"%PDF-1.5\n"
    said = b"<</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>" % len(data)
    body = b"3 0 obj\n" + said + b"\nstream\n" + data + b"\nendstream\nendobj\n"
    return head + body + b"startxref\n%d\n%%%%EOF" % len(head)


def test_a_file_that_takes_more_memory_than_there_is_for_one_takes_nothing_from_the_service():
    inspector = ContentInspector(command=(*COMMAND, str(512 << 20)))
    refused = inspector.inspect(object_stream_bomb())
    assert refused.complex or refused.damaged
    assert inspector.inspect(GOOD) == FileFacts(PDF)


def test_looking_that_takes_too_long_is_ended_and_the_next_file_is_looked_at_as_ever():
    stuck = ContentInspector(
        seconds=0.2, command=(sys.executable, "-c", "import sys; sys.stdin.buffer.read()")
    )
    assert stuck.inspect(GOOD) == FileFacts(None, complex=True)
    assert stuck.inspect(GOOD) == FileFacts(None, complex=True)
    assert stuck.rendition(picture("WEBP")) is None


def test_who_opens_files_is_given_no_secret(monkeypatch):
    monkeypatch.setenv("MOTCUA_DATABASE_URL", "postgresql://secret")
    spy = "import os, sys; sys.stdout.buffer.write(bytes(7) + b'\\x01' + b'%d' % ('MOTCUA_DATABASE_URL' in os.environ))"
    assert ContentInspector(command=(sys.executable, "-c", spy)).rendition(GOOD) == b"0"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_refusal_names_the_file_what_was_found_and_what_to_do(language):
    facts = FileFacts(DOCX, active=("Macro", "OleObject"))
    with pytest.raises(FileRefusedError) as refused:
        refuse_content("bảng {kê}.docx", facts, (DOCX,), Limits())
    said = refused.value.message(language)
    words = ("bảng {kê}.docx", DANGERS["Macro"][language == "en"], "OLE", "PDF")
    assert all(word in said for word in words), said
    (problem,) = refused.value.problems()
    assert (problem.rule, problem.vi != problem.en) == ("active", True)


def test_what_cannot_be_looked_into_says_how_to_send_it_instead():
    with pytest.raises(FileRefusedError) as refused:
        refuse_content("giay.pdf", FileFacts(None, complex=True), USUAL, Limits())
    assert refused.value.code == "file-too-complex"
    assert "300 dpi" in refused.value.message("vi")


def many_scans(count: int, *, progressive: bool) -> bytes:
    """Return a JPEG whose last pass comes so many times: small, and each costs as much as the first."""
    data = picture("JPEG", (1_200, 900), progressive=progressive)
    start = data.rindex(b"\xff\xda")
    return data[:start] + data[start:-2] * count + data[-2:]


@pytest.mark.parametrize("progressive", [True, False])
def test_a_picture_that_is_drawn_many_times_over_is_refused_before_it_is_drawn(progressive):
    assert verdict("anh", many_scans(400, progressive=progressive)) == "file-too-complex"
    assert verdict("anh", many_scans(2, progressive=True)) == JPEG


@pytest.mark.parametrize(
    "name",
    [
        "../../evil",
        "word/../evil",
        "/etc/evil",
        "a\\evil",
        "C:/evil",
        "word/./a",
        "word//a",
        "a\x01b",
        "word/..",
    ],
)
def test_an_office_file_with_a_member_elsewhere_than_it_says_is_refused(name):
    assert verdict("don.docx", office(**{name.replace("/", "__"): "x"})) in NO_PACKAGE


def test_an_office_file_with_a_name_that_ends_early_is_refused():
    assert verdict("don.docx", office(aQb="x").replace(b"aQb", b"a\0b")) in NO_PACKAGE


def test_an_office_file_with_a_link_in_the_place_of_a_part_is_refused():
    out = io.BytesIO(office())
    with zipfile.ZipFile(out, "a") as opened:
        link = zipfile.ZipInfo("word/media/a.png")
        link.external_attr = 0o120777 << 16
        opened.writestr(link, "/etc/passwd")
    assert verdict("don.docx", out.getvalue()) in NO_PACKAGE
    assert verdict("don.docx", office(word__media__="")) == DOCX, "folders are no harm"


NO_PACKAGE = ("file-kind", "file-damaged")
