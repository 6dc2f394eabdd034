"""How a dossier is found in a work list: by the parts of its code, or by words of its procedure."""

import re
from dataclasses import dataclass
from typing import Final

from regulation.text import cleaned_line, name_key, one_hyphen

_AGENCY: Final = re.compile(r"[A-Z]{1,3}\d[\dA-Z.]*")
_LONGEST_SERIAL: Final = 5


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: agency, day and number of a code, its bare serial number, words of the procedure."""

    point: str = ""
    number: str = ""
    serial: str = ""
    words: tuple[str, ...] = ()

    @property
    def reads_as_code(self) -> bool:
        """Tell whether some part of a code was typed."""
        return bool(self.point or self.number or self.serial)

    def __bool__(self) -> bool:
        """Tell whether anything is looked for."""
        return self.reads_as_code or bool(self.words)


def read_query(query: str) -> Sought:
    """Read what was typed into the search box; what reads like a code may still be a word.

    Source: requirements §0.3.4; R-PRC-16
    """
    text = one_hyphen(cleaned_line(query)).strip(" .,;:")
    words = tuple(dict.fromkeys(name_key(text).split()))
    first, *rest = text.upper().replace(" ", "-").split("-")
    point = first if _AGENCY.fullmatch(first) else ""
    numbers = rest if point else [first, *rest]
    if len(numbers) > 2 or not all(number.isdecimal() for number in numbers if number):
        return Sought(words=words)
    if not point and len(numbers) == 1 and len(numbers[0]) <= _LONGEST_SERIAL:
        return Sought(serial=numbers[0], words=words)
    return Sought(point=point, number="-".join(numbers), words=words)
