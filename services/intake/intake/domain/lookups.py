"""When looking up by a code asks a second question: after misses, after very many codes, and who counts up."""

from typing import Final, NamedTuple

from regulation.codes import DossierCode

SPAN: Final = 600
"""Seconds over which the look-ups of one network are counted."""
MISSES: Final = 6
"""Codes nobody has, of papers and dossiers together, before the question comes."""
LOOKS: Final = 60
"""Look-ups of different dossiers before the question comes."""
ANSWERS: Final = 10
"""Wrong answers before nobody is asked any more for a while."""
STEPS: Final = 8
"""Neighbouring codes one after the other that no person asks for."""
STRIDE: Final = 3
DIGITS: Final = 4


class Walk(NamedTuple):
    """The code a network asked for last, and how many neighbours came one after the other."""

    last: DossierCode
    steps: int = 0


def walked(before: Walk | None, code: DossierCode) -> Walk:
    """Go on with a walk: the same code stays, a neighbour is a step, any other begins anew.

    Source: R-TRK-12; TN Đ.19.2
    """
    if before is None or (before.last.agency, before.last.received_on) != (code.agency, code.received_on):
        return Walk(code)
    stride = abs(code.serial - before.last.serial)
    if stride == 0:
        return before
    return Walk(code, before.steps + 1 if stride <= STRIDE else 0)


def answers(digits: str, *, phone: str | None, number: str | None) -> bool:
    """Tell whether digits are the last of the applicant's telephone or identity number.

    Source: R-TRK-12; TN Đ.19.2; QT Đ.4.5
    """
    given = "".join(one for one in digits if one.isdigit())
    known = {known[-DIGITS:] for known in (phone or "", number or "") if len(known) >= DIGITS}
    return len(given) == DIGITS and given in known
