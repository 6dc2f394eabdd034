"""How a decision is numbered: one series per agency and year, with the agency's short name."""

from regulation.letterhead import is_council


def agency_symbol(name: str) -> str:
    """Return the short name used in document numbers: UBND for a People's Committee, else the initials."""
    if is_council(name):
        return "UBND"
    return "".join(word[0] for word in name.split() if word[0].isalpha()).upper()


REGISTERS = frozenset({"birth_certificate"})
KINDS = {"rejection": "TB", "revocation": "QĐ", "apology": "PXL"}


def document_number(serial: int, year: int, document: str, agency_name: str) -> str:
    """Return the number printed on a document: `12/2026` for civil-status papers, else `12/2026/KQ-UBND`.

    Source: requirements §E E-07, E-18; R-PRC-03
    """
    if document in REGISTERS:
        return f"{serial:02d}/{year}"
    kind = KINDS.get(document, "KQ")
    return f"{serial:02d}/{year}/{kind}-{agency_symbol(agency_name)}"
