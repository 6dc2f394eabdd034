"""The published procedure as one value, and what a case costs, takes and asks for."""

from procedures.appointment import Appointment, Row, appointment
from procedures.asking import AskingFaults, FreeItem, asking_faults
from procedures.charges import Charge, Line, charge, closest
from procedures.parts import (
    Case,
    Component,
    DeskContact,
    EForm,
    Fee,
    FormUse,
    Limit,
    Measure,
    Offer,
    Process,
    PublishedOffer,
    Result,
    Step,
)
from procedures.published import Procedure
from procedures.shelf import shelf_of
from procedures.terms import Term, side_by_side
from procedures.vocabulary import FeeStatus, Route, StepKind
from procedures.wording import limit_words, money

__all__ = [
    "Appointment",
    "AskingFaults",
    "Case",
    "Charge",
    "Component",
    "DeskContact",
    "EForm",
    "Fee",
    "FeeStatus",
    "FormUse",
    "FreeItem",
    "Limit",
    "Line",
    "Measure",
    "Offer",
    "Procedure",
    "Process",
    "PublishedOffer",
    "Result",
    "Route",
    "Row",
    "Step",
    "StepKind",
    "Term",
    "appointment",
    "asking_faults",
    "charge",
    "closest",
    "limit_words",
    "money",
    "shelf_of",
    "side_by_side",
]
