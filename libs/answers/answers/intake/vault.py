"""Intake: its answers about vault."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer
from answers.intake.shared import AttachmentOut


class VaultFileOut(Answer):
    """One file of a kept paper; `number` counts from 1."""

    media_type: str
    name: str
    number: int
    size: int


class OfferedPaperOut(Answer):
    """A paper that is of the type a component asks for, and whether it stands there already."""

    code: str
    component: str
    expires_on: date | None
    files: tuple[VaultFileOut, ...]
    fitness: str
    id: str
    issued_on: date | None
    issuer: str | None
    kept_at: datetime
    kind: str
    lasting: bool
    name: str
    number: str | None
    offered: bool
    reason: str
    reusable: bool
    signature: str
    signature_label: str
    taken: bool


class OfferedPapersOut(Answer):
    """What the vault holds for the components of a draft or dossier."""

    items: tuple[OfferedPaperOut, ...]
    total: int


class VaultUseOut(Answer):
    """One use: seen by an officer, or taken for a dossier; without a dossier it is a draft, or was taken …"""

    agency_name: str | None
    at: datetime
    by_owner: bool
    code: str | None
    deed: str
    officer: str | None
    taken_out: bool


class OwnPaperOut(Answer):
    """A paper as its owner reads it, with every use of it."""

    code: str
    expires_on: date | None
    files: tuple[VaultFileOut, ...]
    fitness: str
    id: str
    issued_on: date | None
    issuer: str | None
    kept_at: datetime
    kind: str
    lasting: bool
    name: str
    number: str | None
    offered: bool
    reason: str
    reusable: bool
    signature: str
    signature_label: str
    uses: tuple[VaultUseOut, ...]


class OwnPaperOutPage(Answer):
    """One page of a list."""

    items: tuple[OwnPaperOut, ...]
    next: str | None = None
    total: int


class TakenOut(Answer):
    """The files that stand for the component since."""

    items: tuple[AttachmentOut, ...]
    total: int
