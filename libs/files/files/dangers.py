"""What inside a file may harm who opens it, in the words of a citizen, and which links papers may carry."""

import re
from typing import Final

from regulation.text import Lang

DANGERS: Final[dict[str, tuple[str, str]]] = {
    "ActiveX": ("nút điều khiển ActiveX", "ActiveX controls"),
    "AdditionalActions": ("thao tác tự chạy", "automatic actions"),
    "AddIn": ("phần mở rộng Office", "an Office add-in"),
    "DDE": ("lệnh gọi chương trình khác (DDE)", "calls of other programs (DDE)"),
    "EmbeddedFile": ("tệp nhúng bên trong", "a file inside it"),
    "External": ("nội dung tự lấy từ nơi khác", "content fetched from elsewhere"),
    "GoToE": ("lệnh mở tệp nhúng", "the opening of a file inside it"),
    "GoToR": ("lệnh mở tệp khác", "the opening of another file"),
    "ImportData": ("lệnh nhập dữ liệu", "the import of data"),
    "JavaScript": ("mã lệnh", "a script"),
    "Launch": ("lệnh chạy chương trình", "the start of a program"),
    "Macro": ("mã macro", "macros"),
    "Movie": ("phim", "a film"),
    "OleObject": ("đối tượng nhúng OLE", "OLE objects"),
    "OpenAction": ("thao tác tự chạy khi mở", "actions on opening"),
    "RichMedia": ("nội dung đa phương tiện", "rich media"),
    "Sound": ("âm thanh", "sound"),
    "SubmitForm": ("lệnh gửi dữ liệu đi", "the sending of data"),
    "XFA": ("biểu mẫu động", "a dynamic form"),
}
"""The technical name of each danger, and the words for it in Vietnamese and English."""

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+-]*):", re.ASCII | re.IGNORECASE)
_HARMLESS_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "sms", "fax", "ftp", "urn", "doi"})
_SHOWN: Final = 60


def told(dangers: tuple[str, ...], lang: Lang) -> str:
    """Name dangers for a citizen, with the technical word for who helps him: mã lệnh (JavaScript)."""
    words = {danger: DANGERS[danger][lang == "en"] for danger in dangers}
    return ", ".join(said if danger in said else f"{said} ({danger})" for danger, said in words.items())


def is_harmless_link(address: str) -> bool:
    """Tell whether a link leads to a page, a mailbox, a telephone or a place in the paper, and runs or opens nothing.

    What readers skip over in an address is left out first: `java\\nscript:` is a script.

    Source: NB Đ.14.2.a; R-SUB-05
    """
    plain = "".join(sign for sign in address if sign > " " and sign.isprintable())
    if plain.startswith(("\\\\", "//")):
        return False
    scheme = _SCHEME.match(plain)
    return scheme is None or scheme[1].lower() in _HARMLESS_SCHEMES


def shown(address: str) -> str:
    """Shorten an address for a message, without characters that do not show."""
    plain = "".join(sign for sign in address if sign.isprintable())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
