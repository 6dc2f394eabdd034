"""A paper copy: every page of the source, the frame below, and nothing of a file that has no pages."""

import io

import pypdfium2
import pytest
from documents.paper_copy import UncopiableError, paper_copy
from documents.typesetting import render_pdf
from PIL import Image

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
