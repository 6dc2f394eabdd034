"""What identity answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.identity.contacts import ContactOut, ContactsOut
from answers.identity.me import (
    AccessOut,
    AccessOutPage,
    ChangeOut,
    ChangeOutPage,
    EmailChangeOut,
    ProfileOut,
)
from answers.identity.officers import OfficerOut, OfficerOutPage
from answers.identity.passwords import ResetOut
from answers.identity.registrations import DeclarationOut, RegistrationOut
from answers.identity.service_tokens import ServiceTokenOut
from answers.identity.sessions import CaptchaOut
from answers.identity.shared import AccountOut, TokenOut
from answers.identity.words import Scope

__all__ = [
    "AccessOut",
    "AccessOutPage",
    "AccountOut",
    "CaptchaOut",
    "ChangeOut",
    "ChangeOutPage",
    "ContactOut",
    "ContactsOut",
    "DeclarationOut",
    "EmailChangeOut",
    "OfficerOut",
    "OfficerOutPage",
    "ProfileOut",
    "RegistrationOut",
    "ResetOut",
    "Scope",
    "ServiceTokenOut",
    "TokenOut",
]
