"""Identity: its answers about officers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer


class AuthorisationOut(Answer):
    """An authorisation, and whether it counts today."""

    agency: str
    counts: bool
    decision_number: str
    from_on: date
    given_at: datetime
    id: str
    procedures: tuple[str, ...]
    until_on: date
    withdrawn_at: datetime | None
    withdrawn_reason: str | None


class AuthorisationList(Answer):
    """An officer's authorisations, the newest first, and whether the caller may give one."""

    items: tuple[AuthorisationOut, ...]
    may_give: bool


class CommitmentOut(Answer):
    """A commitment; without a number it was accepted in the system."""

    document_number: str | None
    signed_on: date
    until_on: date


class EnteredOut(Answer):
    """What was entered."""

    id: str


class OfficerOut(Answer):
    """An officer as colleagues see him: no identity number, no telephone."""

    active: bool
    agency: str
    delivered: bool | None = None
    full_name: str
    id: str
    login: str
    must_change_password: bool
    role_names: tuple[str, ...] = ()
    roles: tuple[str, ...]
    scope: str
    scope_label: str = ""
    unit: str | None
    version: int
    waiting_names: tuple[str, ...] = ()
    waiting_scope_label: str | None = None


class GivenOut(Answer):
    """The officer, the password where the administrator hands it over, and whether the letter went out."""

    delivered: bool
    officer: OfficerOut
    password: str | None


class GrantProposalOut(Answer):
    """A proposal that waits, and what the caller may do about it."""

    actions: tuple[str, ...]
    agency: str
    email: str
    full_name: str
    id: str
    login: str
    officer_id: str
    proposed_at: datetime
    proposed_by: str
    role_names: tuple[str, ...]
    scope_label: str


class GrantProposalList(Answer):
    """Everything that waits in the caller's reach, the oldest first."""

    items: tuple[GrantProposalOut, ...]


class HolderOut(Answer):
    """Who holds a post, and whether it counts today."""

    body: str
    counts: bool
    document_number: str
    from_on: date | None
    post: str
    post_name: str
    substitute: str
    until_on: date | None


class HolderList(Answer):
    """Who holds each post today, then those before and to come; and whether the caller may name one."""

    items: tuple[HolderOut, ...]
    may_name: bool


class WrongOut(Answer):
    """What is wrong with a line, in the reader's language."""

    column: str
    line: int
    message: str


class ImportOut(Answer):
    """How many lines are right and wrong, the first wrong ones, and the mark of the file that was looked …"""

    good_count: int
    made: bool
    mark: str
    wrong: tuple[WrongOut, ...]
    wrong_count: int


class NoticeOut(Answer):
    """A notice, and the roles the officer had before."""

    document_number: str
    document_on: date
    entered_at: datetime
    kind: str
    roles_before: tuple[str, ...]


class OfficerOutPage(Answer):
    """One page of a list."""

    items: tuple[OfficerOut, ...]
    next: str | None = None
    total: int


class ReferenceOut(Answer):
    """A request that names the officer."""

    cases: tuple[str, ...]
    document_number: str
    document_on: date


class PapersOut(Answer):
    """What was written about an officer, and what counts now."""

    commitments: tuple[CommitmentOut, ...]
    held: tuple[str, ...]
    held_names: tuple[str, ...]
    may_notice: bool
    notices: tuple[NoticeOut, ...]
    population: str
    requests: tuple[ReferenceOut, ...]


class RegisteredOut(Answer):
    """One person of a request, the cases named in the reader's language."""

    case_names: tuple[str, ...]
    cases: tuple[str, ...]
    full_name: str
    login: str


class ReviewLineOut(Answer):
    """What became of one account."""

    fate: str
    full_name: str
    last_used_at: datetime | None
    login: str
    reason: str | None


class ReviewOut(Answer):
    """A review that was done."""

    agency: str
    entered_at: datetime
    id: str
    lines: tuple[ReviewLineOut, ...]
    since: datetime


class UnusedOut(Answer):
    """An officer with rights who did not sign in."""

    agency: str
    full_name: str
    id: str
    last_used_at: datetime | None
    login: str


class ReviewListOut(Answer):
    """The cycle in months (0 for none), what it finds now, when a review is due, and earlier reports."""

    due_at: datetime | None
    items: tuple[ReviewOut, ...]
    months: int
    since: datetime | None
    unused: tuple[UnusedOut, ...]


class RightsRequestOut(Answer):
    """A request, and its list."""

    agency: str
    document_number: str
    document_on: date
    entered_at: datetime
    id: str
    persons: tuple[RegisteredOut, ...]


class RightsRequestList(Answer):
    """The requests in the caller's reach, the newest first, and whether rights need one here."""

    items: tuple[RightsRequestOut, ...]
    needed: bool


class RoleOut(Answer):
    """A role, whether the officer has it, and whether a second person must confirm it."""

    held: bool
    name: str
    role: str
    second_word: bool


class ScopeOut(Answer):
    """A data scope, whether it is the officer's, and whether a second person must confirm it with the …"""

    held: bool
    name: str
    scope: str
    second_word: bool


class StandingOut(Answer):
    """An officer, how the account stands, and what the caller may do about it."""

    actions: tuple[str, ...]
    enrolled: bool
    first_password_days: int
    grantable: tuple[RoleOut, ...]
    lock_minutes: int
    locked: bool
    officer: OfficerOut
    password_is_shown: bool
    scopes: tuple[ScopeOut, ...]
