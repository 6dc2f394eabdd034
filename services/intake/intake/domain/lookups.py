"""When looking up by a code asks a second question: after misses, after very many codes, and who counts up."""

from typing import Final

from regulation.codes import DossierCode

SPAN: Final = 600
"""Seconds over which the look-ups of one network are counted."""
MISSES: Final = 6
"""Codes nobody has, of papers and dossiers together, before the question comes."""
LOOKS: Final = 60
"""Look-ups of different dossiers before the question comes."""
ANSWERS: Final = 10
"""Wrong answers before nobody is asked any more for a while."""
SIBLINGS: Final = 8
"""Different codes of one agency and day, in whatever order, before the question comes."""
DIGITS: Final = 4


def siblings(code: DossierCode) -> str:
    """Name the codes that differ from this one by their serial alone: whoever asks for many of them reads them off.

    Source: R-TRK-12; TN Đ.19.2
    """
    return f"{code.agency} {code.received_on}"


def answers(digits: str, *, phone: str | None, number: str | None) -> bool:
    """Tell whether digits are the last of the applicant's telephone or identity number.

    Source: R-TRK-12; TN Đ.19.2; QT Đ.4.5
    """
    given = "".join(one for one in digits if one.isdigit())
    known = {known[-DIGITS:] for known in (phone or "", number or "") if len(known) >= DIGITS}
    return len(given) == DIGITS and given in known
