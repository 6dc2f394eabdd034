"""Why an officer opened somebody's dossier, as its owner may read it: which part, in which role, on which ground."""

from enum import StrEnum
from typing import NamedTuple

from regulation.roles.policy import POLICY, WATCHERS
from regulation.roles.rights import Right
from regulation.roles.roles import Role
from regulation.roles.visibility import Holder


class Part(StrEnum):
    """What of a dossier was opened."""

    DOSSIER = "dossier"
    FILE = "file"
    PAPER = "paper"
    HANDLING = "handling"
    DRAFT_DECISION = "draft_decision"

    def said(self, lang: str) -> str:
        """Return the part in Vietnamese or English."""
        return _PARTS[self][lang == "en"]


class Ground(StrEnum):
    """Why a dossier was opened (căn cứ xem hồ sơ)."""

    DESK = "desk"
    HANDLING = "handling"
    OVERSIGHT = "oversight"

    def said(self, lang: str) -> str:
        """Return the ground in Vietnamese or English."""
        return _GROUNDS[self][lang == "en"]


class Admission(NamedTuple):
    """In which role somebody was let in to a dossier, and on which ground."""

    role: Role
    ground: Ground


_PARTS = {
    Part.DOSSIER: ("Hồ sơ", "Dossier"),
    Part.FILE: ("Tệp đính kèm", "Attached file"),
    Part.PAPER: ("Giấy tờ do cơ quan lập", "Paper made by the agency"),
    Part.HANDLING: ("Quá trình giải quyết", "Handling"),
    Part.DRAFT_DECISION: ("Dự thảo kết quả", "Draft of the result"),
}
_GROUNDS = {
    Ground.DESK: (
        "Tiếp nhận, kiểm tra, trả kết quả tại một cửa",
        "Receiving, checking and returning at the one-stop desk",
    ),
    Ground.HANDLING: ("Giải quyết hồ sơ", "Handling the dossier"),
    Ground.OVERSIGHT: ("Điều phối, giám sát, kiểm tra", "Coordination, oversight, inspection"),
}


def admission(right: Right, who: Holder) -> Admission:
    """Return the role in which a right let an officer in, and why; of several roles the one that reaches furthest.

    Raises:
        ValueError: no role of theirs has the right.

    Source: QT Đ.11.2.e; QT Đ.29.7; R-ACC-18; R-ACC-24
    """
    grants = POLICY[right].grants
    role = max(
        (role for role in grants if role in who.roles), key=lambda one: grants[one].for_scope(who.scope)
    )
    if role in WATCHERS:
        return Admission(role, Ground.OVERSIGHT)
    return Admission(role, Ground.DESK if right is Right.READ_DESK else Ground.HANDLING)
