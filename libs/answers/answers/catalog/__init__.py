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
from answers.catalog.words import Channel, FeeStatus, Filing, Route, Rule, StepKind

__all__ = [
    "AddressUnitList",
    "AddressUnitOut",
    "AgencyList",
    "AgencyOut",
    "BlankFormOut",
    "Case",
    "Channel",
    "Component",
    "Content",
    "Fee",
    "FeeStatus",
    "FieldList",
    "FieldOut",
    "Filing",
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
    "Route",
    "Rule",
    "ServiceItem",
    "ServiceList",
    "Step",
    "StepKind",
    "Suggestion",
    "TermOut",
    "UnitOut",
    "VersionSummary",
]
