"""How far a right or an account reaches: own, unit, agency, the agencies below, province."""

from enum import IntEnum, StrEnum


class Scope(StrEnum):
    """How much data an officer's account sees (phạm vi dữ liệu). Source: QT Đ.11.2.e; R-ACC-18"""

    OWN = "own"
    UNIT = "unit"
    AGENCY = "agency"
    SUB_TREE = "sub_tree"
    PROVINCE = "province"

    def said(self, lang: str) -> str:
        """Return the scope in Vietnamese or English."""
        return _SAID[self][lang == "en"]


_SAID = {
    Scope.OWN: ("Việc của chính mình", "Own work"),
    Scope.UNIT: ("Bộ phận của mình", "Own unit"),
    Scope.AGENCY: ("Cả cơ quan", "The whole agency"),
    Scope.SUB_TREE: ("Cơ quan và các cơ quan bên dưới", "The agency and those below it"),
    Scope.PROVINCE: ("Toàn tỉnh", "The whole province"),
}


class Reach(IntEnum):
    """How far somebody reaches; a wider one is greater. `SUB_TREE` is an agency with all below it."""

    NONE = 0
    OWN = 1
    UNIT = 2
    AGENCY = 3
    SUB_TREE = 4
    PROVINCE = 5

    @classmethod
    def of(cls, scope: str | None) -> "Reach":
        """Return the reach of an account's scope; who was given none sees his own.

        Source: QT Đ.11.2.e; R-ACC-18
        """
        return cls[Scope(scope).name] if scope else cls.OWN
