"""A paper copy of an electronic document (bản giấy chuyển đổi): each page on A4, and below what it is the copy of."""

import io
from collections.abc import Mapping
from typing import Final

import pikepdf
from PIL import Image

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
_PAGE: Final = pikepdf.Rectangle(0, 0, 595, 842)
_COPIED: Final = pikepdf.Rectangle(36, 128, 559, 826)


class UncopiableError(Exception):
    """A document that is neither a PDF nor a picture, or cannot be read."""


def paper_copy(document: bytes, media_type: str, *, title: str, lines: Mapping[str, str], link: str) -> bytes:
    """Put each page of a PDF, or a picture, above a frame that says of what it is the copy, and return the PDF.

    `lines` are labels with what stands beside them: dossier, verification code, when and by whom it was copied.
    The QR code opens `link`. The copy is to be printed and stamped: it carries no signature of the original.

    Raises: UncopiableError.
    Source: QT Đ.21.2; NĐ 45/2020 Đ.18; R-RES-16
    """
    try:
        with pikepdf.open(io.BytesIO(_as_pdf(document, media_type))) as source, pikepdf.new() as copy:
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
    except (pikepdf.PdfError, OSError, Image.DecompressionBombError) as problem:
        raise UncopiableError from problem
    return written.getvalue()


def _as_pdf(document: bytes, media_type: str) -> bytes:
    if media_type == "application/pdf":
        return document
    if not media_type.startswith("image/"):
        raise UncopiableError
    written = io.BytesIO()
    with Image.open(io.BytesIO(document)) as picture:
        picture.convert("RGB").save(written, format="PDF", resolution=150)
    return written.getvalue()
