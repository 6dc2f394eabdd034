"""One rule for each kind of answer, under the name its widget has in definitions."""

from collections.abc import Mapping
from typing import Any, Final

from eforms.kinds.base import LONG_TEXT, TEXT, Kind
from eforms.kinds.choosing import AGENCY, DECLARATION, MANY_OF, ONE_OF, TWO_LEVEL, YES_NO
from eforms.kinds.contacts import EMAIL, PHONE
from eforms.kinds.days import DATE, PERIOD, TIME
from eforms.kinds.groups import group_kind
from eforms.kinds.links import EARLIER_DOSSIER, LOOK_UP, SIGNATURE_KIND
from eforms.kinds.numbers import CALCULATED, MONEY, NUMBER
from eforms.kinds.people import IDENTITY_NUMBER, ORGANISATION_NAME, PERSON_NAME, TAX_CODE
from eforms.kinds.places import ACCOUNT_KIND, ADDRESS_KIND, PARCEL_KIND

SILENT: Final = Kind(read=lambda typed, question: None, silent=True, data=())
"""A paper to upload, or a text to read: no answer."""


BY_PAPER: Final = frozenset({"file", "photo"})
"""The widgets whose question is answered by a paper, not on its page."""


def kind_of(widget: str) -> Kind:
    """Return the kind of answer a widget takes; an unknown widget is one line of text."""
    return KINDS.get(widget, TEXT)


KINDS: Final[Mapping[str, Kind]] = {
    "text": TEXT,
    "long_text": LONG_TEXT,
    "number": NUMBER,
    "money": MONEY,
    "yes_no": YES_NO,
    "one_of": ONE_OF,
    "many_of": MANY_OF,
    "two_level": TWO_LEVEL,
    "code_list": ONE_OF,
    "date": DATE,
    "time": TIME,
    "period": PERIOD,
    "person_name": PERSON_NAME,
    "organisation_name": ORGANISATION_NAME,
    "identity_number": IDENTITY_NUMBER,
    "tax_code": TAX_CODE,
    "phone": PHONE,
    "email": EMAIL,
    "address": ADDRESS_KIND,
    "agency": AGENCY,
    "land_parcel": PARCEL_KIND,
    "bank_account": ACCOUNT_KIND,
    "group": group_kind(kind_of),
    "look_up": LOOK_UP,
    "earlier_dossier": EARLIER_DOSSIER,
    "declaration": DECLARATION,
    "signature": SIGNATURE_KIND,
    "calculated": CALCULATED,
    **dict.fromkeys(BY_PAPER, SILENT),
    "explanation": SILENT,
}


def is_empty(value: Any) -> bool:
    """Tell whether nothing was answered."""
    return not value and (value is None or value in ("", [], {}))
