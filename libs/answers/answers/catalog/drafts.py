"""Catalog: its answers about drafts."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer
from answers.catalog.parts import Gap


class CheckOut(Answer):
    """A check of the content: when it was asked for and what was found."""

    approved: bool | None
    asked_at: datetime
    decided_at: datetime | None
    reason: str


class MissingOut(Answer):
    """A procedure that a decision names and the portal does not show."""

    decision: str
    name: str
    procedure: str


class CoverageOut(Answer):
    """How much of what decisions name for an agency the portal shows; `percent` is cut to whole ones."""

    agency: str
    agency_name: str
    decided: int
    missing: tuple[MissingOut, ...]
    percent: int
    shown: int


class CoverageList(Answer):
    """The agencies with decided procedures, those with most gaps first, and the target of the profile."""

    decided: int
    items: tuple[CoverageOut, ...]
    shown: int
    target: str


class DifferenceOut(Answer):
    """One part that differs from the version it is compared with."""

    after: tuple[str, ...]
    before: tuple[str, ...]
    label: str
    part: str


class DraftItem(Answer):
    """A version that nobody outside sees yet."""

    code: str
    created_at: datetime
    name: str
    number: int
    state: str
    state_label: str


class DraftList(Answer):
    """The versions that wait, the oldest first, and whether the caller may begin one."""

    items: tuple[DraftItem, ...]
    may_begin: bool


class DraftOut(Answer):
    """What a version changes, what it lacks, what was found of it, and what the caller may do."""

    actions: tuple[str, ...]
    checks: tuple[CheckOut, ...]
    code: str
    compared_with: int | None
    created_at: datetime
    differences: tuple[DifferenceOut, ...]
    gaps: tuple[Gap, ...]
    name: str
    needs_approval: bool
    number: int
    state: str
    state_label: str
    version: int
