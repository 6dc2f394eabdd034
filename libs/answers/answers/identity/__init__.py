"""What identity answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.identity.access_log import AccessLineOut, AccessLinePageOut
from answers.identity.contacts import ContactOut, ContactsOut
from answers.identity.counter import CounterCodeOut, CounterStatementOut
from answers.identity.holds import HoldList, HoldOut
from answers.identity.me import (
    AccessOut,
    AccessOutPage,
    AccountStandingOut,
    AskedList,
    AskedOut,
    ChangeOut,
    ChangeOutPage,
    EmailChangeOut,
    PhoneProofOut,
    ProfileOut,
    StandingSuspensionOut,
    StatementOut,
    TermsOut,
)
from answers.identity.officers import (
    AuthorisationList,
    AuthorisationOut,
    GivenOut,
    GrantProposalList,
    GrantProposalOut,
    OfficerOut,
    OfficerOutPage,
    RoleOut,
    ScopeOut,
    StandingOut,
)
from answers.identity.parts import AccountOut
from answers.identity.passwords import ResetOut
from answers.identity.provider import BegunOut
from answers.identity.registrations import DeclarationOut, RegistrationOut
from answers.identity.second_factor import (
    CodesOut,
    ConfirmedOut,
    FactorOut,
    OfferOut,
    OptionsOut,
    PasskeyOut,
    PasskeysOut,
    ProvedOut,
)
from answers.identity.service_tokens import ServiceTokenOut
from answers.identity.sessions import EndedOut, WorkOut
from answers.identity.shared import TokenOut
from answers.identity.suspensions import SuspensionList, SuspensionOut
from answers.identity.words import (
    Deed,
    GrantDeed,
    Held,
    Help,
    HoldDeed,
    HoldState,
    Scope,
    SuspensionDeed,
)

__all__ = [
    "AccessLineOut",
    "AccessLinePageOut",
    "AccessOut",
    "AccessOutPage",
    "AccountOut",
    "AccountStandingOut",
    "AskedList",
    "AskedOut",
    "AuthorisationList",
    "AuthorisationOut",
    "BegunOut",
    "ChangeOut",
    "ChangeOutPage",
    "CodesOut",
    "ConfirmedOut",
    "ContactOut",
    "ContactsOut",
    "CounterCodeOut",
    "CounterStatementOut",
    "DeclarationOut",
    "Deed",
    "EmailChangeOut",
    "EndedOut",
    "FactorOut",
    "GivenOut",
    "GrantDeed",
    "GrantProposalList",
    "GrantProposalOut",
    "Held",
    "Help",
    "HoldDeed",
    "HoldList",
    "HoldOut",
    "HoldState",
    "OfferOut",
    "OfficerOut",
    "OfficerOutPage",
    "OptionsOut",
    "PasskeyOut",
    "PasskeysOut",
    "PhoneProofOut",
    "ProfileOut",
    "ProvedOut",
    "RegistrationOut",
    "ResetOut",
    "RoleOut",
    "Scope",
    "ScopeOut",
    "ServiceTokenOut",
    "StandingOut",
    "StandingSuspensionOut",
    "StatementOut",
    "SuspensionDeed",
    "SuspensionList",
    "SuspensionOut",
    "TermsOut",
    "TokenOut",
    "WorkOut",
]
