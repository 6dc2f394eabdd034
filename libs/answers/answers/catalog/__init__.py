"""What catalog answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.catalog.agencies import (
    AddressUnitList,
    AddressUnitOut,
    AgencyList,
    AgencyOut,
    FieldList,
    FieldOut,
    UnitOut,
)
from answers.catalog.forms import FormOut
from answers.catalog.procedures import HistoryLine
from answers.catalog.search import (
    NoteOut,
    ProcedureItem,
    ProcedureList,
    ServiceItem,
    ServiceList,
    Suggestion,
)
from answers.catalog.shared import (
    BlankFormOut,
    Case,
    Component,
    Content,
    Fee,
    FormUse,
    Gap,
    Limit,
    Measure,
    Offer,
    OfferOut,
    ProcedureOut,
    Process,
    Result,
    Step,
    TermOut,
    VersionSummary,
)

__all__ = [
    "AddressUnitList",
    "AddressUnitOut",
    "AgencyList",
    "AgencyOut",
    "BlankFormOut",
    "Case",
    "Component",
    "Content",
    "Fee",
    "FieldList",
    "FieldOut",
    "FormOut",
    "FormUse",
    "Gap",
    "HistoryLine",
    "Limit",
    "Measure",
    "NoteOut",
    "Offer",
    "OfferOut",
    "ProcedureItem",
    "ProcedureList",
    "ProcedureOut",
    "Process",
    "Result",
    "ServiceItem",
    "ServiceList",
    "Step",
    "Suggestion",
    "TermOut",
    "UnitOut",
    "VersionSummary",
]
