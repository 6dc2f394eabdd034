"""Marks of state secrecy (dấu chỉ độ mật) on papers: what bears one is not taken, and nowhere kept."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from files.refusals import FileFacts, FileRefusedError

GRADES: Final = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
"""The three grades, the gravest first. Source: Luật Bảo vệ bí mật nhà nước 2018 Đ.8; QT Đ.13.1; R-SEC-17"""
_CLOSE: Final = {re.sub(r"\s", "", grade): grade for grade in GRADES}
_LABEL: Final = re.compile(r"^ĐỘMẬT:?(?=.)")
_GRAVE: Final = re.compile(r"\b(TUYỆT|TỐI)\s+MẬT\b", re.IGNORECASE)
_UNMARKED: Final = re.compile(r"\b(TUYET|TOI)\s+MAT\b")
_PLAIN: Final = re.compile(r"(?<!BẢO )(?<!BÍ )\bMẬT\b(?! KHẨU| ONG| ĐỘ| MÃ| THƯ)")
_WITH_MARKS: Final = {"TUYET": GRADES[0], "TOI": GRADES[1]}


class StateSecretError(FileRefusedError):
    """It bears a mark of state secrecy. Source: QT Đ.13.1; QT Đ.4.1; NB Đ.6.1; TN Đ.21.1; R-SEC-17."""

    code = "file-state-secret"
    vi = (
        "Tệp “{name}” mang dấu {grade}. Không gửi bí mật nhà nước qua Cổng: tệp không được lưu, và việc này được báo "
        "cho người có trách nhiệm. Hãy liên hệ trực tiếp cơ quan giải quyết."
    )
    en = (
        "The file “{name}” is marked {grade}. State secrets are not sent over the portal: the file was not kept, and "
        "whoever is responsible is told. Contact the agency in person."
    )


def grade_in_name(name: str) -> str:
    """Return the grade a file calls itself by, "" where it calls itself by none.

    `MẬT` alone counts in capitals only, and not as a part of an ordinary word such as bảo mật or mật khẩu.

    Source: QT Đ.13.1; NB Đ.6.1; TN Đ.21.1; R-SEC-17
    """
    words = re.sub(r"[_\-.()\[\]]+", " ", unicodedata.normalize("NFC", name))
    if found := _GRAVE.search(words):
        return next(grade for grade in GRADES if grade.startswith(found[1].upper()))
    if found := _UNMARKED.search(words):
        return _WITH_MARKS[found[1]]
    return GRADES[2] if _PLAIN.search(words) else ""


def grade_in_lines(lines: Iterable[str]) -> str:
    """Return the gravest grade that stands alone on a line, as its stamp does; a sentence that speaks of one is none.

    Source: QT Đ.13.1; NB Đ.6.1; TN Đ.21.1; R-SEC-17
    """
    close = (re.sub(r"\s", "", unicodedata.normalize("NFC", line)) for line in lines)
    found = {_CLOSE.get(_LABEL.sub("", line), "") for line in close}
    return next((grade for grade in GRADES if grade in found), "")


def refuse_secret(name: str, facts: FileFacts) -> None:
    """Refuse a file that calls itself a state secret, or bears the stamp of one.

    Raises: StateSecretError.
    Source: QT Đ.13.1; QT Đ.4.1; NB Đ.6.1; TN Đ.21.1; R-SEC-17
    """
    if grade := facts.secrecy or grade_in_name(name):
        raise StateSecretError(field="file", rule="state-secret", name=name, grade=grade)
