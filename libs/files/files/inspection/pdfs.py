"""Look into PDFs: whether they open, and whether anything in them acts."""

import io
from collections.abc import Iterator
from typing import Final

import pikepdf

from files.dangers import is_harmless_link
from files.inspection.inflating import unpacked_size
from files.inspection.second_files import second_file, zip_behind
from files.inspection.text_layer import text_lines
from files.kinds import PDF
from files.refusals import FileFacts
from files.secrecy import grade_in_lines

_HEADER_WITHIN: Final = 1024
_END_OF_FILE: Final = b"%%EOF"
MAX_OBJECTS: Final = 100_000
MAX_PAGES: Final = 2_000
MAX_INFLATED: Final = 256 * 1024 * 1024
"""What all parts of a file that are no pictures may come to when they are unpacked (bytes)."""
# Entries of PDF dictionaries that make a reader act, and the words for them.
_ACTIVE: Final = {
    "/JavaScript": "JavaScript",
    "/JS": "JavaScript",
    "/Launch": "Launch",
    "/EmbeddedFile": "EmbeddedFile",
    "/EmbeddedFiles": "EmbeddedFile",
    "/RichMedia": "RichMedia",
    "/XFA": "XFA",
    "/GoToR": "GoToR",
    "/GoToE": "GoToE",
    "/SubmitForm": "SubmitForm",
    "/ImportData": "ImportData",
    "/AA": "AdditionalActions",
    "/Movie": "Movie",
    "/Sound": "Sound",
}
_ADDRESSES: Final = frozenset({"/URI", "/Base"})
_KINDS: Final = frozenset({"/S", "/Type", "/Subtype"})
# The kinds of dictionary that decide what a key in them means: in most a key is a word of PDF, in lists of names it
# is a name somebody chose, and the /S of an element of the document's structure names a paragraph, not an action.
_PLAIN, _RESOURCES, _NAMES, _STRUCTURE, _LOOKS = "plain", "resources", "names", "structure", "looks"
_CATEGORIES: Final = frozenset(
    {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties"}
)
_LEADS_TO: Final = {
    "/Resources": _RESOURCES,
    "/DR": _RESOURCES,
    "/CharProcs": _NAMES,
    "/Dests": _NAMES,
    "/ClassMap": _NAMES,
    "/RoleMap": _NAMES,
    "/Colorants": _NAMES,
    "/PieceInfo": _NAMES,
    "/AP": _LOOKS,
    "/Info": _NAMES,
    "/StructTreeRoot": _STRUCTURE,
}
_OUT_OF_STRUCTURE: Final = frozenset({"/Pg", "/Obj"})


def is_pdf(data: bytes) -> bool:
    """Tell whether the header of a PDF stands within the first 1,024 bytes, and nothing else before it."""
    place = data.find(b"%PDF-", 0, _HEADER_WITHIN + 5)
    return place >= 0 and not second_file(data[:place])


def inspect_pdf(data: bytes) -> FileFacts:
    """Return whether a PDF opens without a password, has pages, and what in it would act."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
            if len(pdf.objects) > MAX_OBJECTS or pages > MAX_PAGES:
                return FileFacts(PDF, complex=True)
            walk = _walked(pdf)
            secrecy = "" if walk.inflated > MAX_INFLATED else grade_in_lines(text_lines(pdf))
    except pikepdf.PasswordError:
        return FileFacts(PDF, encrypted=True)
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return FileFacts(PDF, damaged=True)
    behind = data[data.rfind(_END_OF_FILE) + len(_END_OF_FILE) :] if _END_OF_FILE in data else b""
    return FileFacts(
        PDF,
        damaged=pages == 0,
        active=tuple(sorted(walk.found)),
        second=second_file(behind) or zip_behind(data),
        links=tuple(walk.links),
        bomb=walk.inflated > MAX_INFLATED,
        pixels=walk.pixels,
        secrecy=secrecy,
    )


def _walked(pdf: pikepdf.Pdf) -> "_Walk":
    """Walk everything the trailer leads to, each object once for each kind of dictionary it stands for.

    What nothing leads to is judged as well: a reader that mends a broken file may still find it.
    """
    walk = _Walk()
    walk.from_(pdf.trailer, _PLAIN)
    for item in pdf.objects:  # numbers and the like among them come as Python's own, and lead nowhere
        if _holds(item) and item.objgen not in walk.reached:
            walk.from_(item, _PLAIN)
    if _is_script(pdf.Root.get("/OpenAction")):
        walk.found.add("OpenAction")
    return walk


class _Walk:
    """What was found so far, and where the walk has been."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.links: list[str] = []
        self.pixels = 0
        self.inflated = 0
        self.reached: set[tuple[int, int]] = set()
        self._been: set[tuple[tuple[int, int], str]] = set()

    def from_(self, start: pikepdf.Object, kind: str) -> None:
        """Walk on from an object that stands for one kind of dictionary."""
        waiting = [(start, kind)]
        while waiting:
            part, kind = waiting.pop()
            if part.is_indirect:
                if (part.objgen, kind) in self._been:
                    continue
                self._been.add((part.objgen, kind))
                if part.objgen not in self.reached and isinstance(part, pikepdf.Stream):
                    self._weigh(part)
                self.reached.add(part.objgen)
            waiting.extend(self._children(part, kind))

    def _children(self, part: pikepdf.Object, kind: str) -> Iterator[tuple[pikepdf.Object, str]]:
        if isinstance(part, pikepdf.Stream) and kind == _NAMES:
            kind = _PLAIN  # what is drawn has words of its own
        if isinstance(part, pikepdf.Array):
            for child in part:
                if _holds(child):
                    yield child, kind
        elif isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            for key, value in part.items():
                self._judge(key, value, kind)
                if _holds(value):
                    yield value, _kind_of(key, kind)

    def _judge(self, key: str, value: object, kind: str) -> None:
        if kind == _NAMES or (kind == _STRUCTURE and key == "/S"):
            return
        named = str(value) if key in _KINDS and isinstance(value, pikepdf.Name) else key
        self.found |= {_ACTIVE[mark] for mark in (key, named) if mark in _ACTIVE}
        if key in _ADDRESSES and isinstance(value, pikepdf.String) and not is_harmless_link(str(value)):
            self.links.append(str(value))

    def _weigh(self, part: pikepdf.Stream) -> None:
        """Add up what a stream comes to: a picture by its pixels, anything else by unpacking no more than is left."""
        if part.get("/Subtype") == pikepdf.Name("/Image"):
            self.pixels = max(self.pixels, _number(part, "/Width") * _number(part, "/Height"))
        elif self.inflated <= MAX_INFLATED:
            self.inflated += unpacked_size(part, MAX_INFLATED + 1 - self.inflated)


def _kind_of(key: str, kind: str) -> str:
    """Return what the value of a key stands for, in a dictionary of some kind."""
    if kind == _RESOURCES and key in _CATEGORIES:
        return _NAMES
    if kind == _LOOKS:
        return _NAMES
    if kind == _STRUCTURE and key not in _OUT_OF_STRUCTURE:
        return _STRUCTURE if key not in ("/ClassMap", "/RoleMap") else _NAMES
    return _LEADS_TO.get(key, _PLAIN) if kind in (_PLAIN, _RESOURCES) else _PLAIN


def _holds(value: object) -> bool:
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)


def _is_script(action: pikepdf.Object | None) -> bool:
    """Opening at a certain page is harmless; any other action on opening is not."""
    return isinstance(action, pikepdf.Dictionary) and action.get("/S") != pikepdf.Name("/GoTo")


def _number(part: pikepdf.Stream, key: str) -> int:
    value = part.get(key)
    return value if isinstance(value, int) else 0
