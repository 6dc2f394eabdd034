"""What stands between a visitor and a page: sign-in, a first password, a second factor."""

from portal.adapters.sessions import Session
from portal.domain.addresses import Page, address

FACTOR_PAGES = frozenset(
    (
        Page.FACTOR,
        Page.ENROL,
        Page.ENROL_CODE,
        Page.PASSKEYS,
        Page.OFFER_PASSKEY,
        Page.ASK_PASSKEY,
        Page.SHOW_PASSKEY,
    )
)


class SignInNeededError(Exception):
    """The page belongs to somebody who must sign in first."""


class PasswordChangeNeededError(Exception):
    """The account may do nothing until its first password is replaced."""


class LostLinkError(Exception):
    """A link by which something is followed leads to nothing: it was cut, or never was one."""


class FactorNeededError(Exception):
    """The account may do nothing until its second factor is shown, or there is one."""


class StatementsNeededError(Exception):
    """The account may do nothing until what must be read is read and accepted."""


def pass_gates(session: Session, path: str, site: str) -> None:
    """Let a visitor on to a page, or to the one that must come before it.

    Raises: SignInNeededError, PasswordChangeNeededError, FactorNeededError, StatementsNeededError.
    """
    if not session.signed_in:
        raise SignInNeededError
    if path in FACTOR_PAGES:
        return
    if session.owes == "proof":
        raise FactorNeededError
    if path == address(Page.PASSWORD, site):
        return
    if session.must_change_password:
        raise PasswordChangeNeededError
    if session.owes:
        raise FactorNeededError
    if session.statements_due and path != address(Page.STATEMENTS, site):
        raise StatementsNeededError
