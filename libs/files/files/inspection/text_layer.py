"""The words of a PDF's first pages, line by line, as far as the file says which letters its signs are."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

PAGES: Final = 3
"""A stamp of secrecy stands on the first page; a cover sheet or two may come before it."""
MOST_SIGNS: Final = 20_000
"""Operators of a page that are read."""
MOST_MAP: Final = 512 * 1024
"""Bytes of a table of letters that are read."""
_SHOWN: Final = frozenset({"Tj", "TJ", "'", '"'})
_MOVED: Final = frozenset({"Td", "TD", "Tm", "T*", "BT", "ET"})
_WIDE: Final = -180
"""A step back by so much between two signs is a space."""
_BLOCK: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_RANGE: Final = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[((?:\s*<[0-9A-Fa-f\s]*>)*)\s*\])"
)
Letters = dict[bytes, str]


def text_lines(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Give what stands on the first pages, run by run, and once more by the height it stands at."""
    for page in list(pdf.pages)[:PAGES]:
        try:
            yield from _lines_of(page)
        except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError, AttributeError):
            continue  # whoever cannot read a page finds nothing on it; other looks say whether it is broken


def _lines_of(page: pikepdf.Page) -> Iterator[str]:
    runs: list[str] = []
    by_height: dict[int, str] = {}
    resources: Any = page.obj.get("/Resources")
    fonts: Any = resources.get("/Font") if resources is not None else None
    letters: Letters | None = None
    height = 0.0
    signs: Any = pikepdf.parse_content_stream(page)[:MOST_SIGNS]
    for operands, operator in signs:
        name = str(operator)
        if name == "Tf":
            letters = _letters(fonts.get(str(operands[0])) if fonts is not None else None)
        elif name in _MOVED:
            height = _height(name, operands, height)
            runs.append("")
        elif name in _SHOWN:
            said = _said(operands[-1], letters)
            runs[-1:] = [(runs[-1] if runs else "") + said]
            place = round(height)
            by_height[place] = by_height.get(place, "") + said
    yield from (run for run in runs if run)
    yield from by_height.values()


def _height(name: str, operands: Any, before: float) -> float:
    if name == "Tm":
        return float(operands[5])
    return before + float(operands[1]) if name in ("Td", "TD") else before


def _said(shown: Any, letters: Letters | None) -> str:
    if isinstance(shown, pikepdf.Array):
        parts = [
            one if isinstance(one, pikepdf.String) else " " if float(one) < _WIDE else "" for one in shown
        ]
        return "".join(one if isinstance(one, str) else _decoded(bytes(one), letters) for one in parts)
    return _decoded(bytes(shown), letters)


def _decoded(signs: bytes, letters: Letters | None) -> str:
    if not letters:
        return signs.decode("cp1252", "ignore")
    width = len(next(iter(letters)))
    return "".join(letters.get(signs[at : at + width], "") for at in range(0, len(signs), width))


def _letters(font: Any) -> Letters | None:
    """Read which letters the signs of a font are, where the font says so."""
    table = font.get("/ToUnicode") if font is not None else None
    if not isinstance(table, pikepdf.Stream):
        return None
    found: Letters = {}
    for kind, body in _BLOCK.findall(table.read_bytes()[:MOST_MAP]):
        found |= _single(body) if kind == b"bfchar" else _ranges(body)
    return found


def _single(body: bytes) -> Letters:
    hexes = _HEX.findall(body)
    return {bytes.fromhex(a.decode()): _utf16(b) for a, b in zip(hexes[::2], hexes[1::2], strict=False)}


def _ranges(body: bytes) -> Letters:
    found: Letters = {}
    for first, last, begin, listed in _RANGE.findall(body):
        width, low, high = len(first) // 2, int(first, 16), int(last, 16)
        names = [_utf16(one) for one in _HEX.findall(listed)]
        start = int(begin, 16) if begin and len(begin) <= 4 else 0
        for step in range(min(high - low + 1, 65_536)):
            said = names[step] if step < len(names) else chr(start + step) if begin else ""
            found[(low + step).to_bytes(width, "big")] = said
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(re.sub(r"\s", "", digits.decode())).decode("utf-16-be", "ignore")
