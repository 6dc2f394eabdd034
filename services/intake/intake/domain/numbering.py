"""The dossier code around its serial number."""

from datetime import date
from functools import lru_cache
from typing import Final

from regulation.codes import DossierCode, UnreadableAgencyCodeError

from intake.domain.errors import AgencyUnknownError

_SERIAL: Final = 7777  # no agency group and no date holds these four digits in a row


@lru_cache(maxsize=4096)
def code_parts(agency: str, day: date, pattern: str) -> tuple[str, str]:
    """Return what stands before and after the serial number in the codes of an agency's local day.

    The database fills in the serial, because it alone counts without gaps or doubles.

    Raises:
        AgencyUnknownError: no code can be made of that agency identifier.

    Source: TN PL.B1; NB Đ.16.2; TT 01/2018 Đ.19; R-SUB-14
    """
    try:
        written = DossierCode(agency, day, _SERIAL).format(pattern)
    except UnreadableAgencyCodeError:
        raise AgencyUnknownError(field="agency", rule="known", agency=agency) from None
    head, tail = written.split(str(_SERIAL), 1)
    return head, tail
