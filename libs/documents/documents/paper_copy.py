"""A paper copy of an electronic document (bản giấy chuyển đổi): each page on A4, and below what it is the copy of."""

import io
from collections.abc import Mapping
from typing import Final

import pikepdf
from PIL import Image, ImageOps

from documents.typesetting import qr_svg, render_pdf

_FRAME: Final = """#import sys: inputs
#let data = json(bytes(inputs.data))
#show: office-paper.with(title: data.title, margin: (top: 25.3cm, bottom: 0.6cm, left: 2.2cm, right: 1.4cm))
#set text(size: 9pt)
#set par(justify: false, leading: 0.45em, spacing: 0.5em)
#for page in range(1, data.pages + 1) [
  #if page > 1 [#pagebreak()]
  #block(stroke: 0.8pt, inset: 6pt, width: 100%, height: 3.4cm, breakable: false, grid(
    columns: (2.7cm, 1fr, 4.2cm),
    gutter: 8pt,
    image(bytes(data.qr), format: "svg", width: 2.7cm, alt: "Mã QR dẫn đến bản điện tử"),
    [
      #text(11pt, weight: "bold")[BẢN GIẤY CHUYỂN ĐỔI TỪ VĂN BẢN ĐIỆN TỬ] \\
      #for line in data.lines [#line.label: *#line.text* \\ ]
      #data.confirmation · Trang #page/#data.pages
    ],
    align(center)[*Người chuyển đổi* \\ #text(9pt)[(Ký, ghi rõ họ tên, đóng dấu)]],
  ))
]"""
_CONFIRMATION: Final = (
    "Nội dung đúng như văn bản điện tử; quét mã để xem bản điện tử còn nguyên, còn giá trị hay không."
)
_UNREADABLE: Final = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    pikepdf.DataDecodingError,
    OSError,
    ValueError,
    TypeError,
    SyntaxError,
    Image.DecompressionBombError,
)
"""What the libraries say of a file that cannot be read."""
_MOST_FIELDS: Final = 10_000
_PAGE: Final = pikepdf.Rectangle(0, 0, 595, 842)
_COPIED: Final = pikepdf.Rectangle(36, 128, 559, 826)
_SHEET: Final = (3508, 3508)
"""The longer side of a sheet in pixels, at 300 to the inch: a picture is kept no finer than it is printed."""
MOST_PAGES: Final = 500
MOST_PIXELS: Final = 100_000_000
"""Pixels of a picture that can only be read whole; a JPEG is read as coarsely as the sheet needs."""


class UncopiableError(Exception):
    """A document that is neither a PDF nor a picture, cannot be read, or would not look on paper as on the screen."""


def paper_copy(document: bytes, media_type: str, *, title: str, lines: Mapping[str, str], link: str) -> bytes:
    """Put each page of a PDF, or a picture, above a frame that says of what it is the copy, and return the PDF.

    `lines` are labels with what stands beside them: dossier, verification code, when and by whom it was copied.
    The QR code opens `link`. The copy is to be printed and stamped: it carries no signature of the original, but what
    is seen of one, of stamps and of a form that was filled in stands on it, as readers print it.

    Raises: UncopiableError.
    Source: QT Đ.21.2; NĐ 45/2020 Đ.18; R-RES-16
    """
    try:
        with pikepdf.open(io.BytesIO(_as_pdf(document, media_type))) as source, pikepdf.new() as copy:
            _settle(source)
            data = {
                "title": title,
                "pages": len(source.pages),
                "qr": qr_svg(link),
                "lines": [{"label": label, "text": text} for label, text in lines.items()],
                "confirmation": _CONFIRMATION,
            }
            with pikepdf.open(io.BytesIO(render_pdf(_FRAME, data))) as frames:
                for page, frame in zip(source.pages, frames.pages, strict=True):
                    copy.add_blank_page(page_size=(595, 842))
                    copy.pages[-1].add_overlay(page, _COPIED)
                    copy.pages[-1].add_overlay(frame, _PAGE)
                copy.docinfo["/Title"] = title
                written = io.BytesIO()
                copy.save(written)
    except _UNREADABLE as problem:
        raise UncopiableError from problem
    return written.getvalue()


def _settle(source: pikepdf.Pdf) -> None:
    """Make what lies above the pages a part of them: stamps, visible signatures, answers in a form.

    Raises: UncopiableError, where a reader has to draw the answers first: nobody can say here what it would show.
    """
    if not 0 < len(source.pages) <= MOST_PAGES:
        raise UncopiableError
    form = source.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and form.get("/NeedAppearances", False):
        if _is_filled(form):
            raise UncopiableError
        form.NeedAppearances = False
    source.flatten_annotations("print")


def _is_filled(form: pikepdf.Dictionary) -> bool:
    """Tell whether a field of a form has an answer, however deep it stands."""
    waiting, seen = [*form.get("/Fields", ())], 0
    while waiting and seen < _MOST_FIELDS:
        field, seen = waiting.pop(), seen + 1
        if str(field.get("/V", "")) not in ("", "/Off"):
            return True
        waiting += field.get("/Kids", ())
    return bool(waiting)


def _as_pdf(document: bytes, media_type: str) -> bytes:
    if media_type == "application/pdf":
        return document
    if not media_type.startswith("image/"):
        raise UncopiableError
    written = io.BytesIO()
    with Image.open(io.BytesIO(document)) as picture:
        if picture.format != "JPEG" and picture.width * picture.height > MOST_PIXELS:
            raise UncopiableError
        _upright(picture).save(written, format="PDF", resolution=150)
    return written.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """Return a picture as viewers show it: turned as the camera was held, on white where it is transparent."""
    picture.draft(None, _SHEET)
    shown = picture.convert("RGBA") if picture.mode in {"P", "PA", "LA", "RGBA"} else picture.convert("RGB")
    shown.thumbnail(_SHEET)
    turned = ImageOps.exif_transpose(shown)
    if turned.mode == "RGB":
        return turned
    sheet = Image.new("RGB", turned.size, "white")
    sheet.paste(turned, mask=turned.getchannel("A"))
    return sheet
