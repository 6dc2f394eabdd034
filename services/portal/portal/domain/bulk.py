"""What officers can do with many dossiers of a queue at once, in words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from regulation.roles import Right

from portal.domain.addresses import Page


@dataclass(frozen=True)
class Many:
    """One deed for many dossiers: its right, the button in the queue, the question, the button that orders it."""

    right: Right
    choose: str
    heading: str
    order: str
    done: str


MANY: Final = MappingProxyType(
    {
        "signature": Many(
            Right.DECIDE_DOSSIER, "Xem và ký số…", "Ký số các văn bản này?", "Ký số và phát hành", "Ký số"
        ),
        "assignment": Many(
            Right.ASSIGN_DOSSIER, "Giao việc…", "Giao các hồ sơ này cho ai?", "Giao hồ sơ", "Giao việc"
        ),
        "claim": Many(
            Right.TAKE_STEP,
            "Nhận giải quyết…",
            "Nhận giải quyết các hồ sơ này?",
            "Nhận giải quyết",
            "Nhận giải quyết",
        ),
        "step-completion": Many(
            Right.TAKE_STEP,
            "Chuyển bước tiếp theo…",
            "Chuyển các hồ sơ này sang bước tiếp theo?",
            "Chuyển bước tiếp theo",
            "Chuyển bước tiếp theo",
        ),
    }
)
"""Each deed by its name at the service."""
DEED, CODE, TICKED = "viec", "ho-so", "chon"
"""What an address of chosen dossiers says, and that all rows of a queue are ticked."""
MOST_CHOSEN: Final = 100


def offered(rights: Collection[str]) -> list[tuple[str, Many]]:
    """Return the deeds a visitor with these rights can choose dossiers for."""
    return [(deed, one) for deed, one in MANY.items() if one.right in rights]


def chosen_at(deed: str, codes: Iterable[str]) -> str:
    """Return the address at which these dossiers are chosen for a deed."""
    return Page.BULK_CHOSEN + "?" + urlencode([(DEED, deed), *((CODE, code) for code in codes)])
