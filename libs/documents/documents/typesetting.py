"""Set a paper in type from a template, and draw the QR code that goes on it."""

import re
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import orjson
import segno
import typst

_FACES = files("documents") / "faces"
_STANDARD: Final = "a-2a"
"""Kept for decades and read aloud: PDF/A-2, level A, with the structure of the text (ISO 19005-2)."""


class _Typesetter:
    """One typst with its faces loaded; it works on one document at a time."""

    def __init__(self, fonts: tuple[str, ...]) -> None:
        # No system fonts: the same paper must come out everywhere. Our faces cover Vietnamese.
        faces = typst.Fonts(include_system_fonts=False, font_paths=[str(_FACES), *fonts])
        with tempfile.TemporaryDirectory() as nothing:  # gone in a moment: a template has no file to read
            self._compiler = typst.Compiler(root=nothing, font_paths=faces)
        self._lock = threading.Lock()

    def render(self, template: str, data: str) -> bytes:
        with self._lock:
            pdf = self._compiler.compile(
                input=template.encode(), format="pdf", sys_inputs={"data": data}, pdf_standards=_STANDARD
            )
        assert isinstance(pdf, bytes)
        return pdf


# What the faces draw: Latin with all of Vietnamese, Greek, Cyrillic, punctuation, currencies, arrows, signs.
_DRAWN = "\u0000-\u04ff\u1e00-\u1eff\u2000-\u2040\u2070-\u20bf\u2100-\u211e\u2122\u2190-\u22ff\u2500-\u25ff"
_NOT_DRAWN = re.compile(f"[^{_DRAWN}]+")


def told_in_print(text: str) -> str:
    """Return a text with a remark in place of letters no face can draw (Chinese, Thai, emoji), never an empty box.

    The dossier keeps the letters as they were typed; the remark counts them, so that nobody takes them for absent.
    """
    return _NOT_DRAWN.sub(lambda run: f"[{len(run[0])} ký tự không in được trên giấy]", text)


_MASK = 4
_typesetter = lru_cache(maxsize=8)(_Typesetter)


def render_pdf(template: str, data: Mapping[str, Any], fonts: Sequence[str] | None = None) -> bytes:
    """Typeset a template of typst source with data, read there as `json(bytes(sys.inputs.data))`.

    Letters that no face can draw are told of in words (`told_in_print`).
    What `manners.typ` says holds for every paper: long words break, names of places do not, signatures stay whole.
    `office.typ` lends the layout of an office's paper. The PDF is PDF/A-2a: an image without `alt` is refused.

    Takes about 6 ms of CPU: call it in a thread. `fonts` are folders with further faces. Raises: typst.TypstError.
    """
    said = told_in_print(orjson.dumps(data).decode())
    return _typesetter(tuple(fonts or ())).render(_manners() + template, said)


@cache
def _manners() -> str:
    return "".join((files("documents") / name).read_text("utf-8") for name in ("manners.typ", "office.typ"))


def qr_svg(text: str) -> str:
    """Draw a QR code as SVG without a fixed size.

    The mask is given: weighing all eight takes three quarters of the time, and every reader reads each of them.
    """
    return segno.make_qr(text, error="m", mask=_MASK).svg_inline(omitsize=True, border=2)
