"""Papers: Vietnamese letters, QR codes, signatures that hold and ones that do not."""

import asyncio
import io
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import typst
import zxingcpp
from documents.demo_ca import make_demo_ca
from documents.signing import PdfSigner
from documents.typesetting import qr_svg, render_pdf, told_in_print
from documents.verifying import verify_pdf

TEMPLATE = """#set text(lang: "vi")
#let d = json(bytes(sys.inputs.data))
= GIẤY TIẾP NHẬN
#d.name
#image(bytes(d.qr), format: "svg", width: 3cm, alt: "QR")
"""
NAME = "Nguyễn Thị Hồng Ánh, ấp Bưng Riềng; ữ ỡ ặ ẵ ệ ỷ ợ Đ đ Ư Ơ"
LINK = "http://127.0.0.1:8080/xac-minh/AB12"
AT = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render_pdf(TEMPLATE, {"name": NAME, "qr": qr_svg(LINK)})


@pytest.fixture(scope="module")
def authority():
    return make_demo_ca(AT)


@pytest.fixture(scope="module")
def signed(paper, authority) -> bytes:
    cert, key = authority.issue("Lê Văn Tuấn", "UBND phường Hoa Lư")
    return PdfSigner(cert, key, authority.ca_cert_pem).sign(paper, "Kết quả", "Lê Văn Tuấn", "Ninh Bình", AT)


def text_of(pdf: bytes) -> str:
    return unicodedata.normalize("NFC", pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text())


def test_a_paper_holds_every_vietnamese_letter(paper):
    assert NAME in text_of(paper)


def test_decomposed_letters_come_out_the_same(paper):
    assert NAME in text_of(
        render_pdf(TEMPLATE, {"name": unicodedata.normalize("NFD", NAME), "qr": qr_svg(LINK)})
    )


def test_the_qr_code_on_the_paper_can_be_read(paper):
    image = pypdfium2.PdfDocument(paper)[0].render(scale=3).to_pil().convert("L")
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [LINK]


def test_one_template_gives_each_caller_its_own_data():
    first, second = (render_pdf(TEMPLATE, {"name": name, "qr": qr_svg("x")}) for name in ("An", "Bình"))
    assert ("An" in text_of(first), "Bình" in text_of(second), "An" in text_of(second)) == (True, True, False)


async def test_papers_typeset_in_threads_do_not_mix():
    names = [f"người {n}" for n in range(12)]
    papers = await asyncio.gather(
        *(asyncio.to_thread(render_pdf, TEMPLATE, {"name": n, "qr": qr_svg("x")}) for n in names)
    )
    assert all(name in text_of(paper) for name, paper in zip(names, papers, strict=True))


def test_a_template_cannot_reach_files_outside():
    for path in ("/etc/passwd", "/pyproject.toml", "pyproject.toml", "../../../../etc/passwd"):
        with pytest.raises(typst.TypstError):
            render_pdf(f'#read("{path}")', {})


def test_a_signed_paper_holds(signed, authority):
    report = verify_pdf(signed, authority.ca_cert_pem)
    assert (report.valid, report.intact, report.trusted, report.problem) == (True, True, True, None)
    assert (report.signer, report.signed_at) == ("Lê Văn Tuấn", AT)


def test_any_flipped_byte_breaks_the_signature(signed, authority):
    for place in (100, len(signed) // 3, len(signed) - 40):
        broken = bytearray(signed)
        broken[place] ^= 1
        assert not verify_pdf(bytes(broken), authority.ca_cert_pem).valid, place


def test_something_added_after_signing_is_noticed(signed, authority):
    writer = pypdf.PdfWriter(io.BytesIO(signed), incremental=True)
    writer.add_metadata({"/Title": "khác"})
    out = io.BytesIO()
    writer.write(out)
    report = verify_pdf(out.getvalue(), authority.ca_cert_pem)
    assert (report.valid, report.problem) == (False, "changed")


def test_a_signature_of_another_authority_is_not_trusted(signed):
    report = verify_pdf(signed, make_demo_ca(AT).ca_cert_pem)
    assert (report.valid, report.intact, report.trusted, report.problem) == (False, True, False, "untrusted")


@pytest.mark.parametrize("rubbish", [b"", b"%PDF-1.7", b"hello"])
def test_rubbish_is_unreadable(rubbish, authority):
    assert verify_pdf(rubbish, authority.ca_cert_pem).problem == "unreadable"


def test_an_unsigned_paper_says_so(paper, authority):
    assert verify_pdf(paper, authority.ca_cert_pem).problem == "unsigned"


async def test_signing_and_checking_are_right_inside_a_running_loop(paper, signed, authority):
    assert verify_pdf(signed, authority.ca_cert_pem).problem is None
    own = PdfSigner(*authority.issue("A", "B"), authority.ca_cert_pem).sign(paper, "r", "A", "Hà Nội", AT)
    assert verify_pdf(own, authority.ca_cert_pem).valid


def test_the_example_of_the_readme_runs(tmp_path, monkeypatch):
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    told: dict[str, Any] = {}
    exec(readme.split("```python")[1].split("```")[0], told)
    assert told["desk"].check(told["signed"]).valid


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Nguyễn Thị Ánh – 5 m², 200.000 ₫ → «Đủ» Ω Ж", "Nguyễn Thị Ánh – 5 m², 200.000 ₫ → «Đủ» Ω Ж"),
        ("tên 王小明 ở đây", "tên [3 ký tự không in được trên giấy] ở đây"),
        ("cảm ơn 🙏🏽!", "cảm ơn [2 ký tự không in được trên giấy]!"),
        ("สมชาย", "[5 ký tự không in được trên giấy]"),
    ],
)
def test_letters_no_face_can_draw_are_told_of_in_words(typed, printed):
    assert told_in_print(typed) == printed


def test_whatever_is_left_in_print_can_be_drawn():
    # PDF/A refuses a letter that no face has, where a plain PDF prints an empty box.
    compiler = typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False))
    source = '#set document(title: "x", date: datetime(year: 2026, month: 1, day: 1))\n#sys.inputs.said'
    drawn = [
        chr(point)
        for point in range(0x20, 0x2600)
        if told_in_print(chr(point)) == chr(point) and unicodedata.category(chr(point)) not in ("Cn", "Cc")
    ]
    assert len(drawn) > 2000

    def print_strictly(said: str) -> bytes:
        compiled = compiler.compile(
            input=source.encode(), format="pdf", sys_inputs={"said": said}, pdf_standards="a-2u"
        )
        assert isinstance(compiled, bytes)
        return compiled

    assert print_strictly(" ".join(drawn)).startswith(b"%PDF")
    with pytest.raises(typst.TypstError, match="displayed"):
        print_strictly("王")
    assert b"%PDF" in render_pdf("#json(bytes(sys.inputs.data)).name", {"name": "王小明 🙏"})


OFFICE = """#show: office-paper.with(title: "Thông báo", mark: signature-mark([UBND phường Hoa Lư]))
#letterhead("Tỉnh Ninh Bình", ("Ủy ban nhân dân phường Hoa Lư",))
#number-and-date-line("1/TB", "Hoa Lư", "ngày 07 tháng 12 năm 2026")
#paper-title-of("Thông báo", about: [Về việc hẹn lại])
#recipients(("Như trên", "Lưu: VT"))
#pagebreak()
Trang sau."""


@pytest.fixture(scope="module")
def office() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render_pdf(OFFICE, {})))


def placed(page: pypdf.PageObject) -> list[tuple[str, float, float, float]]:
    """Return the words of a page with where they begin (points from left and bottom) and their size."""
    found: list[tuple[str, float, float, float]] = []

    def keep(text: str, matrix: list[float], at: list[float], _font: Any, size: float) -> None:
        if text.strip():
            x = at[4] * matrix[0] + at[5] * matrix[2] + matrix[4]
            y = at[4] * matrix[1] + at[5] * matrix[3] + matrix[5]
            found.append((unicodedata.normalize("NFC", text.strip()), x, y, size))

    page.extract_text(visitor_text=keep)
    return found


def test_an_offices_paper_has_the_page_and_the_faces_of_the_decree(office):
    first, _second = office.pages
    assert [round(float(side) / 72 * 25.4) for side in first.mediabox[2:]] == [210, 297]
    faces = {str(face["/BaseFont"]) for page in office.pages for face in faces_of(page)}
    assert faces
    assert all("Tinos" in face for face in faces)
    said = text_of_page(first)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said
    assert "TỈNH NINH BÌNH" in said
    left = min(x for _, x, _, _ in placed(first))
    assert left / 72 * 2.54 >= 2.9  # the margin for binding


def faces_of(page: pypdf.PageObject) -> list[Any]:
    return [one.get_object() for one in page["/Resources"]["/Font"].values()]


def text_of_page(page: pypdf.PageObject) -> str:
    return unicodedata.normalize("NFC", page.extract_text())


def test_the_number_of_a_page_stands_on_top_of_all_but_the_first_and_a_signature_on_the_first(office):
    first, second = (text_of_page(page) for page in office.pages)
    assert "Đã ký số" in first
    assert "UBND phường Hoa Lư" in first
    assert "Đã ký số" not in second
    assert second.splitlines()[0].strip() == "2"
    assert first.splitlines()[0].strip() != "1"


def test_a_paper_is_kept_for_decades_and_can_be_read_aloud(office):
    root = office.trailer["/Root"]
    told = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in told
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in told
    assert root["/MarkInfo"]["/Marked"] is not None
    assert root["/StructTreeRoot"]
    assert str(root["/Lang"]).startswith("vi")


def test_an_image_that_nobody_could_hear_is_refused():
    with pytest.raises(typst.TypstError):
        render_pdf(
            "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>\"), format: \"svg\")",
            {},
        )


def test_every_letter_that_is_said_to_be_drawn_is_in_a_face_of_ours():
    assert "Tinos" in " ".join(str(face["/BaseFont"]) for face in faces_of(first_page("ỆỰẵ ₫ € → Ω Ж")))


def first_page(words: str) -> pypdf.PageObject:
    pdf = render_pdf("#show: office-paper\n#json(bytes(sys.inputs.data)).words", {"words": words})
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
