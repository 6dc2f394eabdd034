"""Catalog: what several kinds of question are answered with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date

from answers.answer import Answer
from answers.catalog.parts import (
    AgreedOut,
    BlankFormOut,
    Content,
    Gap,
    OfferOut,
    TermOut,
    VersionSummary,
)


class ProcedureOut(Answer):
    """A procedure with everything its version says; `incomplete` names what national information leaves …"""

    agreed: tuple[AgreedOut, ...]
    closed_from: date | None
    code: str
    content: Content
    decision_number: str | None
    decision_on: date | None
    effective_from: date | None
    effective_to: date | None
    field: str
    field_name: str
    forms: tuple[BlankFormOut, ...]
    incomplete: tuple[Gap, ...]
    levels: tuple[str, ...]
    name: str
    name_en: str
    offers: tuple[OfferOut, ...]
    online: bool
    route: str
    route_url: str | None
    row_version: int
    state: str
    terms: tuple[TermOut, ...]
    version: int
    versions: tuple[VersionSummary, ...]
