"""Answers that point elsewhere: an earlier dossier, a national register, a signature."""

import re
from typing import Any, Final

from regulation.codes import DossierCode, UnreadableDossierCodeError
from regulation.text import one_hyphen

from eforms.definition import Question
from eforms.kinds.base import WRONG_SHAPE, Kind, one_line, parts_of
from eforms.texts import AnswerRefusedError, Text

SIGNATURE: Final = ("signer", "signed_at", "sha256")
_CODE: Final = Text(
    "“{label}” phải là mã hồ sơ, ví dụ H42.15-261105-0001.",
    "“{label}” must be a dossier code, such as H42.15-261105-0001.",
)
_KEY: Final = Text(
    "“{label}” chỉ gồm chữ, số và dấu gạch nối.", "“{label}” takes letters, digits and hyphens."
)
_UNSIGNED: Final = Text("Hãy ký “{label}”.", "Sign “{label}”.")


def _earlier_dossier(typed: Any, question: Question) -> str:
    text = one_line(typed)
    try:
        return str(DossierCode.parse(text))
    except UnreadableDossierCodeError:
        raise AnswerRefusedError("dossier-code", _CODE) from None


def _look_up(typed: Any, question: Question) -> str:
    """Read the key by which a record is found; what the register answers is not the applicant's answer."""
    key = one_hyphen(one_line(typed)).replace(" ", "").upper()
    if not re.fullmatch(r"[0-9A-Z][0-9A-Z./-]{1,39}", key):
        raise AnswerRefusedError("key", _KEY)
    return key


def _signature(typed: Any, question: Question) -> dict[str, str]:
    if not isinstance(typed, dict):
        raise AnswerRefusedError("type", WRONG_SHAPE)
    parts = parts_of(typed, SIGNATURE)
    if not all(parts.values()) or not re.fullmatch(r"[0-9a-f]{64}", parts["sha256"]):
        raise AnswerRefusedError("signature", _UNSIGNED)
    return parts


EARLIER_DOSSIER: Final = Kind(read=_earlier_dossier, rules=("dossier-code",))
LOOK_UP: Final = Kind(read=_look_up, rules=("key",))
SIGNATURE_KIND: Final = Kind(
    read=_signature,
    write=lambda value, question: dict(value),
    tell=lambda value, question, lang: str(value["signer"]),
    parts=SIGNATURE,
    data=("object",),
    rules=("signature",),
)
