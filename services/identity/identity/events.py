"""The facts this service announces."""

from typing import ClassVar

from common.events import Event


class OfficerChanged(Event):
    """An officer was created, or his agency, unit, roles, scope or activity changed."""

    type: ClassVar[str] = "identity.officer_changed.v1"

    officer_id: str
    display_name: str
    unit: str | None
    roles: tuple[str, ...]
    scope: str
    active: bool


class AccountClosingDue(Event):
    """The days in which a person may take the closing of an account back are over: may it be erased?"""

    type: ClassVar[str] = "identity.account_closing_due.v1"

    account_id: str


class HoldChanged(Event):
    """A decision keeps a person's account, a dossier or a question from being erased, or keeps it no longer."""

    type: ClassVar[str] = "identity.hold_changed.v1"

    hold_id: str
    kind: str
    subject: str
    keeps: bool


class AccountErased(Event):
    """An account says nothing of anybody any more; whoever keeps something only for its person erases it."""

    type: ClassVar[str] = "identity.account_erased.v1"

    account_id: str


class ControlLost(Event):
    """A person said that others may have had the account: every sign-in was ended, its password opens nothing."""

    type: ClassVar[str] = "identity.control_lost.v1"

    account_id: str
    kind: str


class SignInSuperseded(Event):
    """An officer signed in while the account was in use elsewhere; the sign-in there was ended."""

    type: ClassVar[str] = "identity.sign_in_superseded.v1"

    officer_id: str
