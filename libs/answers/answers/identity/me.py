"""Identity: its answers about me."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer


class AccessOut(Answer):
    """One line of the access log."""

    action: str
    address: str
    at: datetime
    browser: str
    device: str
    system: str


class StandingSuspensionOut(Answer):
    """By which decision an account is suspended, why, until when, and where to appeal."""

    appeal: str
    decision_number: str
    ground: str
    until_on: date


class AccountStandingOut(Answer):
    """Whether the account may only be looked at, and why."""

    closing_at: datetime | None
    closing_days: int
    erased_from: date | None
    limited: bool
    suspension: StandingSuspensionOut | None


class AskedOut(Answer):
    """A text the caller is asked to accept, and what was accepted of it."""

    accepted_at: datetime | None
    accepted_version: str | None
    due: bool
    grounds: str
    kind: str
    lines: tuple[str, ...]
    title: str
    version: str


class AskedList(Answer):
    """Every text the caller is asked to accept."""

    items: tuple[AskedOut, ...]


class ChangeOut(Answer):
    """One value before and after."""

    after: str | None
    before: str | None
    changed_at: datetime
    changed_by: str
    field: str
    version: int


class EmailChangeOut(Answer):
    """Where the code for the new address went."""

    change_id: str
    expires_at: datetime
    sent_to: str


class AccessOutPage(Answer):
    """One page of a list."""

    items: tuple[AccessOut, ...]
    next: str | None = None
    total: int


class ChangeOutPage(Answer):
    """One page of a list."""

    items: tuple[ChangeOut, ...]
    next: str | None = None
    total: int


class PhoneProofOut(Answer):
    """A code that is on its way to the telephone."""

    expires_at: datetime
    proof_id: str


class PopulationOut(Answer):
    """How the caller's right to use the population database stands, and a statement of it while it is …"""

    state: str
    statement: str | None


class ProfileOut(Answer):
    """A person's own data, as only that person sees it."""

    address: str | None
    agency: str | None
    channels: tuple[str, ...]
    correctable: tuple[str, ...]
    date_of_birth: date | None
    declaration_accepted_at: datetime | None
    declaration_version: str | None
    display_name: str
    email: str
    full_name: str
    id: str
    id_number: str
    kind: str
    language: str
    login: str | None
    nationality: str
    organisation_name: str | None
    phone: str | None
    phone_proven: bool
    realm: str
    roles: tuple[str, ...]
    scope: str
    tax_code: str | None
    unit: str | None
    version: int


class StatementOut(Answer):
    """A signed statement, None where there is nothing to state."""

    statement: str | None


class TermsOut(Answer):
    """A text to accept, in the reader's language."""

    grounds: str
    kind: str
    lines: tuple[str, ...]
    title: str
    version: str
