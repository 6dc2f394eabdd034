"""A paper copy: every page of the source, the frame below, and nothing of a file that has no pages."""

import io

import pikepdf
import pypdfium2
import pytest
from documents.paper_copy import MOST_PAGES, UncopiableError, paper_copy
from documents.typesetting import render_pdf
from PIL import Image, ImageDraw

SAID = {"Mã hồ sơ": "H42.101-261207-0001", "Người chuyển đổi": "Hoàng Thị Bình, " + "Ủy ban nhân dân " * 6}


def copy_of(document: bytes, media_type: str = "application/pdf") -> pypdfium2.PdfDocument:
    made = paper_copy(document, media_type, title="Giấy", lines=SAID, link="https://dvc.example/xac-minh/A")
    return pypdfium2.PdfDocument(made)


def words(document: pypdfium2.PdfDocument, page: int) -> str:
    return " ".join(document[page].get_textpage().get_text_bounded().split())


def test_each_page_is_copied_and_says_which_of_how_many_it_is():
    source = render_pdf('#set page(paper: "a5", flipped: true)\nTrang một #pagebreak() Trang hai', {})
    copy = copy_of(source)
    assert len(copy) == 2
    for number, said in enumerate(("Trang một", "Trang hai")):
        assert said in words(copy, number)
        assert f"Trang {number + 1}/2" in words(copy, number)
        assert SAID["Mã hồ sơ"] in words(copy, number)


@pytest.mark.parametrize(("kind", "size"), [("JPEG", (3000, 700)), ("PNG", (10, 900))])
def test_a_picture_stands_above_the_frame(kind, size):
    written = io.BytesIO()
    Image.new("RGB", size, "orange").save(written, kind)
    copy = copy_of(written.getvalue(), f"image/{kind.lower()}")
    shown = copy[0].render(scale=1).to_pil().convert("RGB")
    orange = [
        y for y in range(shown.height) if (255, 165, 0) in {shown.getpixel((x, y)) for x in range(0, 595, 3)}
    ]
    assert orange, "the picture is seen"
    assert max(orange) < 842 - 128, "and ends above the frame"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(b"%PDF-1.7 nothing", "application/pdf"), (b"GIF89a", "image/gif"), (b"x", "text/plain")],
)
def test_what_has_no_pages_is_refused(data, media_type):
    with pytest.raises(UncopiableError):
        copy_of(data, media_type)


def shown(document: pypdfium2.PdfDocument) -> Image.Image:
    return document[0].render(scale=1).to_pil().convert("RGB")


def test_a_photograph_stands_as_the_camera_was_held():
    """Telephones turn nothing: they write down how they were held, and viewers turn it."""
    picture, held = Image.new("RGB", (600, 300), "white"), Image.Exif()
    ImageDraw.Draw(picture).rectangle((0, 0, 60, 300), fill="orange")
    held[0x0112] = 6
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=95, exif=held)
    page = shown(copy_of(written.getvalue(), "image/jpeg"))
    box = (
        page.point(lambda value: 255 if value > 128 else 0)
        .crop((0, 0, 595, 714))
        .split()[2]
        .point(lambda v: 255 - v)
    )
    left, top, right, bottom = box.getbbox()
    assert right - left > bottom - top, "what was on the left of the sensor is on top"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_paper(mode):
    picture = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((100, 100, 200, 200), fill=(0, 0, 0, 255))
    written = io.BytesIO()
    picture.convert(mode).save(written, "PNG", **({"transparency": 0} if mode == "P" else {}))
    page = shown(copy_of(written.getvalue(), "image/png")).crop((0, 0, 595, 714))
    black = sum(count for count, colour in page.getcolors(1 << 20) if max(colour) < 60)
    assert 0 < black < page.width * page.height / 4


def filled(*, undrawn: bool = False, answer: str = "", pages: int = 1) -> bytes:
    """Return a PDF whose only mark is what a field on it shows: a red box of 100 by 50."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    drawn = pdf.make_stream(b"1 0 0 rg 0 0 100 50 re f")
    drawn.Type, drawn.Subtype, drawn.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 100, 50]
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="s"
    )
    field.Rect, field.F, field.AP = [100, 400, 200, 450], 4, pikepdf.Dictionary(N=drawn)
    field.V = answer
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(field)])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pdf.pages[0].Annots, NeedAppearances=undrawn)
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


@pytest.mark.parametrize("undrawn", [False, True])
def test_the_stamp_of_a_signature_and_answers_in_a_form_stand_on_the_copy(undrawn):
    page = shown(copy_of(filled(undrawn=undrawn)))
    red = [colour for _, colour in page.getcolors(1 << 20) if colour[0] > 200 and colour[1] < 90]
    assert red


@pytest.mark.parametrize(
    "pdf", [{"undrawn": True, "answer": "Nguyễn"}, {"pages": MOST_PAGES + 1}, {"pages": 0}]
)
def test_what_would_not_look_as_on_the_screen_is_refused(pdf):
    if pdf.get("pages") == 0:
        written = io.BytesIO()
        pikepdf.new().save(written)
        data = written.getvalue()
    else:
        data = filled(**pdf)
    with pytest.raises(UncopiableError):
        copy_of(data)
