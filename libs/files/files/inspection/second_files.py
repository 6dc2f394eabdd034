"""Find a second file hidden before or behind the first one: what one program shows as a picture another would run."""

import re
from typing import Final

# Signatures that count at the first byte of what stands beside a file, and those that count anywhere in it.
_STARTS: Final = {
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"#!": "SH",
    b"\xca\xfe\xba\xbe": "CLASS",
    b"\xcf\xfa\xed\xfe": "APP",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"<": "HTML",
    b"{": "RTF",
}
_ANYWHERE: Final = (
    (re.compile(rb"PK(?:\x05\x06|\x03\x04|\x06\x06)"), "ZIP"),
    (
        re.compile(
            rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|hta:|\?php|object|embed)\b|<\?php",
            re.IGNORECASE,
        ),
        "HTML",
    ),
    (re.compile(rb"%PDF-\d"), "PDF"),
)
_BLANKS: Final = b"\xef\xbb\xbf\0\t\n\x0c\r "
END_OF_ZIP: Final = b"PK\x05\x06"
ZIP_TAIL: Final = 65_557
"""How far from the end of a file a reader of ZIP looks for its list."""


def second_file(beside: bytes) -> tuple[str, ...]:
    """Name the kind of file that stands in the bytes before or behind another; nothing for padding and notes."""
    plain = beside.lstrip(_BLANKS)
    for start, kind in _STARTS.items():
        if plain.startswith(start):
            return (kind,)
    return next(((kind,) for mark, kind in _ANYWHERE if mark.search(plain)), ())


def zip_behind(data: bytes) -> tuple[str, ...]:
    """Tell whether a reader of ZIP would find a list of files at the end of something that is none."""
    return ("ZIP",) if END_OF_ZIP in data[-ZIP_TAIL:] else ()
