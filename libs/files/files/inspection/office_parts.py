"""Look through the parts of an Office file for what would run a program or fetch something from elsewhere."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from files.dangers import is_harmless_link

MAX_READ: Final = 64 * 1024 * 1024
"""How much text of an Office file is read (bytes); a hundred pages of a table are a tenth of it."""
# Words in the names and content types of parts, and in the types of relationships: what they stand for.
_NAMED: Final = {
    "vbaproject": "Macro",
    "vbadata": "Macro",
    "macroenabled": "Macro",
    "macrosheet": "Macro",
    "attachedtoolbars": "Macro",
    "customui": "Macro",
    "dialogsheet": "Macro",
    "activex": "ActiveX",
    "oleobject": "OleObject",
    "/embeddings/": "EmbeddedFile",
    "afchunk": "EmbeddedFile",
    "relationships/package": "EmbeddedFile",
    "webextension": "AddIn",
    "externallink": "External",
    "xl/connections": "External",
    "querytable": "External",
}
_HYPERLINK: Final = "/hyperlink"
# Fields of Word and functions of Excel that call a program or read another file.
_FIELDS: Final = re.compile(
    r"\b(DDEAUTO|DDE|LINK|INCLUDETEXT|INCLUDEPICTURE|IMPORT|DATABASE|RD|QUOTE)\b", re.IGNORECASE
)
_FIELD_LINK: Final = re.compile(
    r"\bHYPERLINK\s+(?:\\[a-z]\s+)*\"([^\"]*)\"(?:\s+\\[a-z]\s+\"[^\"]*\")*", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_FETCHES: Final = re.compile(r"\b(WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE)\s*\(", re.IGNORECASE)
_CELL_LINK: Final = re.compile(r"\bHYPERLINK\s*\(\s*\"([^\"]*)\"", re.IGNORECASE)


@dataclass
class Findings:
    """What was found in an Office file so far."""

    active: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)

    def by_name(self, said: str) -> None:
        """Judge the name or type of a part or relationship, in small letters."""
        self.active |= {danger for word, danger in _NAMED.items() if word in said}

    def by_link(self, address: str) -> None:
        """Judge an address that the paper leads to."""
        if not is_harmless_link(address):
            self.links.append(address)

    def by_field(self, code: str) -> None:
        """Judge the code of a field of Word, put together from its pieces."""
        for name in _FIELDS.findall(_FIELD_LINK.sub("", code)):
            self.active.add("DDE" if name.upper().startswith("DDE") else "External")
        for address in _FIELD_LINK.findall(code):
            self.by_link(address)

    def by_formula(self, code: str) -> None:
        """Judge a formula of Excel; outside of quoted text a bar stands only in a call of another program."""
        plain = _QUOTED.sub('""', code)
        if "|" in plain:
            self.active.add("DDE")
        if _FETCHES.search(plain):
            self.active.add("External")
        for address in _CELL_LINK.findall(code):
            self.by_link(address)


def look_through(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], types: dict[str, str], findings: Findings
) -> bool:
    """Read every list of relationships and every text part; return whether that was too much to read.

    Raises:
        ValueError: a part is no XML, or declares entities, which packages never do.
    """
    left = MAX_READ
    for name, member in parts.items():
        findings.by_name(name)
        said = type_of(name, types)
        if not name.endswith((".rels", ".xml", ".vml")) and ("xml" not in said or "svg" in said):
            continue
        left -= member.file_size
        if left < 0:
            return True
        with archive.open(member) as opened:
            _Reader(findings).read(opened.read(member.file_size + 1), name)
    return False


def type_of(name: str, types: dict[str, str]) -> str:
    """Return the content type of a part: its own, or that of its ending."""
    return types.get(f"/{name}") or types.get(f".{name.rpartition('.')[2]}", "")


class _Reader:
    """Reads one part and hands what matters to the findings."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._in: str | None = None
        self._said: list[str] = []
        self._codes: list[str] = []

    def read(self, text: bytes, name: str) -> None:
        """Read the whole part. Raises: ValueError."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.buffer_text = True
        try:
            parser.Parse(text, True)
        except expat.ExpatError as error:
            raise ValueError(name) from error
        self._judge_codes()

    def _refuse(self, *_: object) -> None:
        raise ValueError("doctype")

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        word = tag.rpartition(" ")[2]
        if word == "Relationship":
            self._relation(attributes)
        elif word == "p":
            self._judge_codes()
        elif word == "fldChar":
            self._codes.append(" ")
        elif word == "fldSimple":
            self._codes.extend(said for key, said in attributes.items() if key.endswith("instr"))
            self._codes.append(" ")
        elif word in ("instrText", "delInstrText", "f", "definedName", "formula1", "formula2"):
            self._in, self._said = word, []

    def _relation(self, said: dict[str, str]) -> None:
        kind, target = said.get("Type", "").lower(), said.get("Target", "")
        self._findings.by_name(kind)
        if said.get("TargetMode", "").lower() != "external":
            return
        if kind.endswith(_HYPERLINK):
            self._findings.by_link(target)
        else:
            self._findings.active.add("External")

    def _text(self, text: str) -> None:
        if self._in:
            self._said.append(text)

    def _end(self, tag: str) -> None:
        if self._in is None or tag.rpartition(" ")[2] != self._in:
            return
        said = "".join(self._said)
        if "nstr" in self._in:
            self._codes.append(said)
        else:
            self._findings.by_formula(said)
        self._in = None

    def _judge_codes(self) -> None:
        """Judge the fields of a paragraph, whose codes Word may have cut into pieces."""
        if self._codes:
            self._findings.by_field("".join(self._codes))
            self._codes = []
