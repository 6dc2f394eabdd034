"""How much of the access log somebody is shown, in words: a part that is passed on must not be taken for the whole."""

from typing import Final

from common.security import Caller
from regulation.roles import Reach, Right, Scope, view
from regulation.text import Lang

_SAID: Final = {
    Scope.OWN: (
        "Chỉ những dòng của chính bạn, không phải toàn bộ nhật ký.",
        "Your own lines only, not the whole log.",
    ),
    Scope.UNIT: (
        "Chỉ những dòng của người thuộc bộ phận {unit}, cơ quan {agency}, không phải toàn bộ nhật ký.",
        "Only lines of people of the unit {unit} of the agency {agency}, not the whole log.",
    ),
    Scope.AGENCY: (
        "Chỉ những dòng của người thuộc cơ quan {agency}. Dòng của người dân và của cơ quan khác không có ở đây.",
        "Only lines of people of the agency {agency}. Those of citizens and of other agencies are not here.",
    ),
    Scope.SUB_TREE: (
        "Chỉ những dòng của người thuộc cơ quan {agency} và các cơ quan bên dưới. "
        "Dòng của người dân và của cơ quan khác không có ở đây.",
        "Only lines of people of the agency {agency} and those below it. "
        "Those of citizens and of other agencies are not here.",
    ),
    Scope.PROVINCE: ("Mọi dòng của toàn tỉnh.", "Every line of the whole province."),
}


def reach_in(caller: Caller) -> Scope:
    """Return how far a caller is shown lines. Source: QT Đ.11.2.e; R-ACC-18; R-SEC-22"""
    return Scope[max(view(Right.READ_ACCESS_LOG, caller).reach, Reach.OWN).name]


def reach_said(caller: Caller, lang: Lang) -> str:
    """Return the same as a sentence in Vietnamese or English, with the agency and the unit it is about."""
    words = _SAID[reach_in(caller)][lang == "en"]
    return words.format(agency=caller.agency or "–", unit=caller.unit or "–")
