"""What files are by their content, class by class: taken as people make them, refused when they could do harm."""

import io
import zlib

import pikepdf
import pytest
from files.inspection import ContentInspector
from files.kinds import (
    DOCX,
    HEIC,
    JPEG,
    PDF,
    PICTURES,
    PNG,
    USUAL,
    WEBP,
    XLSX,
    accepted_kinds,
    clean_name,
    picker,
)
from files.refusals import FileRefusedError, Limits, refuse_content
from PIL import Image
from suite.testing.uploads import SHEET, WORD, heic, large_jpeg, office, pdf, picture

MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
Name, Dictionary, Array = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array
SCRIPT = Dictionary(S=Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))


def verdict(name: str, data: bytes, accepted: tuple[str, ...] = (*USUAL, DOCX, XLSX)) -> str:
    """Return the media type of a file that is taken, or the code of its refusal."""
    facts = ContentInspector().inspect(data)
    try:
        refuse_content(clean_name(name), facts, accepted, Limits())
    except FileRefusedError as refusal:
        return refusal.code
    return str(facts.media_type)


GOOD = pdf()
NAMES = {
    "anh.jfif": JPEG,
    "anh.JPE": JPEG,
    "anh.pjpeg": JPEG,
    "Đơn đề nghị ngày 12.11.2026": PDF,
    "QĐ số 15.UBND": PDF,
    "Tờ trình v1.2 (ban cuoi)": PDF,
    "Đơn của bà Ng. T. C.": PDF,
    "khong ten": PDF,
    "giay.pdf.exe": "file-name-disagrees",
    "giay.pdf.exe. ": "file-name-disagrees",
    "giay.docx": "file-name-disagrees",
    "giay.html": "file-name-disagrees",
    "giay.zip": "file-name-disagrees",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_content_decides_and_a_name_is_refused_only_when_it_claims_another_known_type(name):
    data = picture("JPEG") if name.startswith("anh") else GOOD
    assert verdict(name, data) == NAMES[name]


@pytest.mark.parametrize(
    ("typed", "kind", "kept"),
    [
        ("QĐ số 15.UBND", PDF, "QĐ số 15.UBND.pdf"),
        ("Đơn ngày 12.11.2026", PDF, "Đơn ngày 12.11.2026.pdf"),
        ("anh.jfif", JPEG, "anh.jfif"),
        ("anh", HEIC, "anh.heic"),
        ("v1.2 (ban cuoi).pdf", PDF, "v1.2 (ban cuoi).pdf"),
    ],
)
def test_a_name_without_the_ending_of_its_kind_gets_the_right_one(typed, kind, kept):
    assert clean_name(typed, kind) == kept


def animated() -> bytes:
    """Return a moving WebP."""
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


PHOTOS = {
    "telephone with 200 million pixels": (large_jpeg(16_320, 12_240), JPEG),
    "A3 scanned at 600 dpi": (large_jpeg(7_016, 9_921), JPEG),
    "A4 scanned at 600 dpi, whole": (picture("JPEG", (4_960, 7_016), quality=5), JPEG),
    "progressive": (picture("JPEG", progressive=True), JPEG),
    "something behind the end": (picture("JPEG") + bytes(64), JPEG),
    "PNG": (picture("PNG"), PNG),
    "HEIC": (heic(), HEIC),
    "WebP": (picture("WEBP"), WEBP),
    "moving WebP": (animated(), WEBP),
    "more pixels than the limit": (large_jpeg(16_320, 16_320), "picture-too-large"),
    "JPEG cut off": (picture("JPEG", (400, 300))[:-40], "file-damaged"),
    "PNG cut off": (picture("PNG", (400, 300))[:-20], "file-damaged"),
    "PNG with a wrong checksum": (picture("PNG").replace(b"IDAT", b"IDAU"), "file-damaged"),
    "HEIC cut off": (heic()[:-40], "file-damaged"),
    "WebP cut off": (picture("WEBP", (400, 300))[:-40], "file-damaged"),
    "GIF": (picture("GIF"), "file-kind"),
    "TIFF": (picture("TIFF"), "file-kind"),
}


@pytest.mark.parametrize("what", PHOTOS)
def test_pictures_as_telephones_and_scanners_make_them_are_taken_and_broken_ones_are_not(what):
    data, expected = PHOTOS[what]
    assert verdict("anh", data) == expected


MADE = [
    heic,
    animated,
    *(lambda kind=kind: picture(kind, (3_000, 2_000)) for kind in ("WEBP", "JPEG", "PNG")),
]


@pytest.mark.parametrize("made", MADE)
def test_every_picture_has_a_jpeg_for_the_viewer(made):
    shown = ContentInspector().rendition(made())
    assert shown is not None
    with Image.open(io.BytesIO(shown)) as image:
        assert (image.format, max(image.size) <= 2_560) == ("JPEG", True)


@pytest.mark.parametrize(
    "data",
    [GOOD, picture("WEBP", (400, 300))[:60], heic()[:90], b""],
)
def test_nothing_else_gets_a_rendition(data):
    assert ContentInspector().rendition(data) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_s35_a_picture_is_shown_without_place_time_and_telephone(kind):
    tags, out = Image.Exif(), io.BytesIO()
    tags[0x010F], tags[0x0132] = "Canary", "2026:11:02 08:00:00"
    tags[0x8825] = {1: "N", 2: (20.0, 15.0, 0.0), 3: "E", 4: (105.0, 58.0, 0.0)}
    comment = {"comment": b"canary"} if kind == "JPEG" else {}
    Image.new("RGB", (300, 200), "white").save(out, kind, exif=tags, **comment)
    with Image.open(io.BytesIO(out.getvalue())) as sent:
        assert sent.getexif().get_ifd(0x8825)
    shown = ContentInspector().rendition(out.getvalue())
    assert b"anary" not in shown
    with Image.open(io.BytesIO(shown)) as image:
        assert not image.getexif()
        assert not image.info.get("comment")


def test_a_rendition_of_a_see_through_picture_lies_on_white_paper():
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "WEBP", lossless=True)
    shown = ContentInspector().rendition(out.getvalue())
    with Image.open(io.BytesIO(shown or b"")) as image:
        assert image.getpixel((4, 4)) == (255, 255, 255)


def with_header_at(place: int, before: bytes = b"\n") -> bytes:
    """Return a PDF whose header comes late."""
    return before * (place // len(before)) + GOOD


HEADERS = {
    "at the first byte": (GOOD, PDF),
    "behind a byte order mark": (b"\xef\xbb\xbf" + GOOD, PDF),
    "behind an empty line": (b"\r\n" + GOOD, PDF),
    "behind a printer's job header": (b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n" + GOOD, PDF),
    "within 1,024 bytes": (with_header_at(1_024), PDF),
    "too late": (with_header_at(1_025), "file-kind"),
    "behind a program": (b"MZ\x90\x00" + GOOD, "file-kind"),
    "behind a page": (b"<html><script>alert(1)</script>" + GOOD, "file-kind"),
    "behind a page after blanks": (b"\n <svg onload=alert(1)>" + GOOD, "file-kind"),
    "behind a script": (b"#!/bin/sh\n" + GOOD, "file-kind"),
    "a picture with the words in it": (picture("JPEG", comment=b"%PDF-1.7"), JPEG),
}


@pytest.mark.parametrize("what", HEADERS)
def test_a_pdf_may_begin_within_its_first_1024_bytes_behind_nothing_that_is_something_else(what):
    data, expected = HEADERS[what]
    assert verdict("giay", data) == expected


@pytest.mark.parametrize(
    ("locks", "expected"),
    [
        (pikepdf.Encryption(owner="chu", user=""), PDF),
        (pikepdf.Encryption(owner="chu", user="", R=4, allow=pikepdf.Permissions(extract=False)), PDF),
        (pikepdf.Encryption(owner="chu", user="mo"), "file-encrypted"),
    ],
)
def test_only_a_pdf_that_asks_for_a_password_to_be_read_is_refused(locks, expected):
    assert verdict("giay.pdf", pdf(encryption=locks)) == expected


def test_a_locked_but_readable_pdf_is_still_searched_for_what_acts():
    made = pdf(lambda doc: doc.Root.__setattr__("OpenAction", SCRIPT), encryption=pikepdf.Encryption("chu"))
    assert verdict("giay.pdf", made) == "file-active-content"


def resources(doc: pikepdf.Pdf, **found: object) -> None:
    """Give the page resources."""
    doc.pages[0].obj.Resources = Dictionary(**found)


def structure(doc: pikepdf.Pdf) -> None:
    """Tag a document whose paragraphs go by names of their own."""
    root = doc.make_indirect(Dictionary(Type=Name("/StructTreeRoot")))
    leaf = Dictionary(Type=Name("/StructElem"), S=Name("/Sound"), P=root, Pg=doc.pages[0].obj)
    root.K = Array([doc.make_indirect(leaf)])
    root.RoleMap = Dictionary(Sound=Name("/P"), Launch=Name("/P"))
    doc.Root.StructTreeRoot = root


def appearance(doc: pikepdf.Pdf, name: str) -> None:
    """Give a check box a state with a name."""
    drawn = doc.make_stream(b"")
    box = Dictionary(Type=Name("/Annot"), Subtype=Name("/Widget"), Rect=[0, 0, 9, 9])
    box.AP = Dictionary(N=Dictionary({name: drawn}))
    doc.pages[0].obj.Annots = Array([box])


FONT = Dictionary(Type=Name("/Font"), Subtype=Name("/Type1"), BaseFont=Name("/Helvetica"))
HARMLESS = {
    "a font called AA": lambda doc: resources(doc, Font=Dictionary(AA=FONT)),
    "a colour called Sound": lambda doc: resources(doc, ColorSpace=Dictionary(Sound=Name("/DeviceRGB"))),
    "a drawing called Launch": lambda doc: resources(doc, XObject=Dictionary(Launch=doc.make_stream(b""))),
    "paragraphs called Sound": structure,
    "a state called JS": lambda doc: appearance(doc, "/JS"),
    "a word about the document called Movie": lambda doc: doc.docinfo.__setitem__("/Movie", "x"),
    "opening at the second page": lambda doc: doc.Root.__setattr__(
        "OpenAction", Dictionary(S=Name("/GoTo"), D=Array([doc.pages[0].obj, Name("/Fit")]))
    ),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_a_name_somebody_chose_is_no_action(what):
    assert verdict("giay.pdf", pdf(HARMLESS[what])) == PDF


def shared(doc: pikepdf.Pdf) -> None:
    """Let the page itself stand among the fonts: it acts all the same."""
    page = doc.pages[0].obj
    page.AA = Dictionary(O=Dictionary(S=Name("/Named"), N=Name("/Print")))
    page.Resources = Dictionary(Font=Dictionary(F1=page))


def loose(doc: pikepdf.Pdf) -> None:
    """Leave an action in the file that nothing leads to."""
    doc.make_indirect(SCRIPT)


ALIVE = {
    "script in the resources": lambda doc: resources(doc, Font=Dictionary(F1=Dictionary(AA=SCRIPT))),
    "script behind a font's name": lambda doc: resources(doc, Font=Dictionary(AA=SCRIPT)),
    "additional actions of a page": lambda doc: doc.pages[0].obj.__setattr__("AA", Dictionary(O=SCRIPT)),
    "a page among the fonts": shared,
    "a program": lambda doc: doc.Root.__setattr__("OpenAction", Dictionary(S=Name("/Launch"), F="cmd.exe")),
    "XFA": lambda doc: doc.Root.__setattr__("AcroForm", Dictionary(XFA=doc.make_stream(b"<x/>"))),
    "a file inside": lambda doc: doc.attachments.__setitem__("x.exe", b"MZ"),
    "an action in the structure": lambda doc: (
        structure(doc),
        doc.Root.StructTreeRoot.__setattr__("A", SCRIPT),
    ),
    "sending the form": lambda doc: doc.Root.__setattr__(
        "A", Dictionary(S=Name("/SubmitForm"), F="http://x")
    ),
    "a sound": lambda doc: doc.pages[0].obj.__setattr__(
        "Annots", Array([Dictionary(Subtype=Name("/Sound"))])
    ),
}


@pytest.mark.parametrize("what", ALIVE)
def test_real_actions_forms_and_embedded_files_stay_refused(what):
    assert verdict("giay.pdf", pdf(ALIVE[what])) == "file-active-content"


def test_an_action_that_nothing_leads_to_is_found_in_a_file_that_keeps_it():
    whole = GOOD[: GOOD.rindex(b"startxref")] + b"9 0 obj\n<< /S /JavaScript /JS (x) >>\nendobj\n"
    assert verdict("giay.pdf", whole + b"trailer\n<< /Root 1 0 R /Size 10 >>\n%%EOF") == "file-active-content"


PACKAGES = {
    "the usual letter": (office(), DOCX),
    "a main part elsewhere": (office("docs/main_1.xml"), DOCX),
    "a strict sheet elsewhere": (office("xl/buch.xml", SHEET, STRICT), XLSX),
    "macros by their content type": (office(kind=MACRO), "file-active-content"),
    "macros by their usual place": (office(word__vbaProject=b"x"), "file-active-content"),
    "macros hidden under another name": (
        office(
            **{
                "[Content_Types].xml": '<Types><Override PartName="/word/document.xml" ContentType="'
                f'{WORD}"/><Override PartName="/a.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
            }
        ),
        "file-active-content",
    ),
    "a package of something else": (office(kind="application/epub+zip"), "file-kind"),
    "a main part that is not there": (office(**{"_rels__.rels": "<R/>"}), "file-kind"),
    "entities in its lists": (office(**{"_rels__.rels": '<!DOCTYPE a [<!ENTITY b "c">]><R/>'}), "file-kind"),
    "lists that are no XML": (office(**{"_rels__.rels": "<R"}), "file-kind"),
    "a list without end": (
        office(**{"_rels__.rels": b"<R>" + zlib.compress(b"") + b" " * 3_000_000}),
        "file-bomb",
    ),
    "a thousand parts too many": (office(**{f"part{n}": b"" for n in range(2_000)}), "file-bomb"),
}


@pytest.mark.parametrize("what", PACKAGES)
def test_an_office_file_is_known_by_its_packaging_wherever_its_main_part_lies(what):
    data, expected = PACKAGES[what]
    assert verdict("thu", data) == expected


@pytest.mark.parametrize(
    ("accepts", "kinds"),
    [
        ((), USUAL),
        (("pdf",), (PDF,)),
        (("application/pdf", "image/jpeg", "image/png"), USUAL),
        (("image/*",), PICTURES),
        ((".docx", "PDF"), (DOCX, PDF)),
        (("dwg",), USUAL),
    ],
)
def test_who_takes_one_kind_of_picture_takes_all_and_the_picker_offers_no_other_file(accepts, kinds):
    assert accepted_kinds(accepts) == kinds
    offered = picker(accepted_kinds(accepts))
    assert (".heic" in offered, "image/webp" in offered) == (HEIC in kinds, WEBP in kinds)
    assert (".docx" in offered) is (DOCX in kinds)


def written_by_hand(*objects: bytes) -> bytes:
    """Return a PDF with these objects beside its page, as other programs than ours write them."""
    page = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )
    body, rows = b"%PDF-1.5\n", b"0000000000 65535 f \n"
    for number, written in enumerate((*page, *objects), 1):
        rows += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    size = len(objects) + 4
    end = b"xref\n0 %d\n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return body + end % (size, rows, size, len(body))


@pytest.mark.parametrize("single", [b"42", b"4.2", b"true", b"null", b"(x)", b"/Name", b"[null 1]", b"5 0 R"])
def test_a_number_or_word_that_stands_alone_in_a_pdf_harms_nobody(single: bytes) -> None:
    assert verdict("a.pdf", written_by_hand(single)) == PDF


def test_what_acts_is_found_beside_what_stands_alone() -> None:
    alive = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
    assert verdict("a.pdf", written_by_hand(b"42", alive, b"null")) == "file-active-content"
