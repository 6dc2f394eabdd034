"""The person an officer has in front of him: read from the card, or known from an earlier dossier."""

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from eforms import Form, answers_of_applicant
from regulation.links import TRACKING
from regulation.text import cleaned_line, name_key, number_key

_CARD_NUMBER: Final = re.compile(r"\d{12}")
_CARD_FIELDS: Final = 6
_GARBLED_CARD: Final = re.compile(r"(\d{12})[^\d\s@.,;]")
_LOOKUP: Final = TRACKING.partition("{code}")[0]
SHOWN: Final = 4
"""How many of the last digits of a number tell two people of one name apart."""


@dataclass(frozen=True)
class Person:
    """Somebody as an earlier dossier or the card names them; "" is not known."""

    name: str
    id_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        """What two dossiers of one person have in common: the identity number, else name and telephone."""
        return number_key(self.id_number) or f"{name_key(self.name)} {number_key(self.phone)}"

    def is_meant(self, words: Collection[str]) -> bool:
        """Tell whether all the words that were looked for are of the own name, numbers or address.

        A dossier is found by everybody it names: who looks for the father is not offered the mother who applied.

        Source: QT Đ.18.1.c; R-TRK-04
        """
        own = {number_key(self.id_number), number_key(self.phone)}
        own.update(name_key(f"{self.name} {self.email}").split())
        return own.issuperset(words)

    def answers(self, form: Form) -> dict[str, Any]:
        """Return what is known of the person as answers of a form.

        Source: R-SUB-04
        """
        return answers_of_applicant(form, asdict(self))


def read_card(scanned: str) -> Person | None:
    """Read the line that the QR code of an identity card holds; None where it is no such line.

    The line is `number|old number|name|born|sex|residence|issued`, days as ddmmyyyy; newer cards may append more.

    Source: Luật Căn cước 26/2023 Đ.18; R-TRK-04
    """
    parts = [cleaned_line(part) for part in scanned.split("|")]
    if len(parts) < _CARD_FIELDS or not _CARD_NUMBER.fullmatch(parts[0]) or not parts[2]:
        return None
    return Person(name=parts[2], id_number=parts[0], address=parts[5])


def looked_for(words: str) -> str:
    """Return what a scanned or typed line asks for: of the address that a paper's QR code holds, its dossier code.

    A scanner set to another keyboard writes other signs between the parts of a card's line; its number is still one.

    Source: QT Đ.18.1.b-c; TN Đ.3.4; R-TRK-02, R-TRK-04
    """
    garbled = _GARBLED_CARD.match(words.strip())
    return garbled[1] if garbled else words.strip().rpartition(_LOOKUP)[2]


def person_of(applicant: Mapping[str, Any]) -> Person:
    """Return the applicant of a dossier as a person."""
    return Person(**{part: str(applicant.get(part) or "") for part in Person.__annotations__})


def ending(number: str) -> str:
    """Return the last digits of a number, enough to tell people apart; "" for a number as short as that."""
    key = number_key(number)
    return key[-SHOWN:] if len(key) > SHOWN else ""
