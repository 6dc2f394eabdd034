"""Rows of accounts, sign-ins, codes, keys and the access log."""

from identity.models.acceptance import Acceptance
from identity.models.access import AccessEntry, Action
from identity.models.account import Account
from identity.models.authorisation import DeskAuthorisation
from identity.models.base import Base
from identity.models.challenge import Challenge
from identity.models.change import AccountChange
from identity.models.device import KnownDevice
from identity.models.factor import Authenticator, FactorOffer, RecoveryCode
from identity.models.federation import ProviderAccount, ProviderAttempt
from identity.models.former import FormerMail
from identity.models.grant import GrantProposal
from identity.models.hold import Hold
from identity.models.holder import RoleHolder
from identity.models.key import SigningKey
from identity.models.passkey import Passkey, PasskeyChallenge
from identity.models.registered import Commitment, OfficerNotice, RegisteredPerson, RightsRequest
from identity.models.review import UsageReview, UsageReviewLine
from identity.models.session import Opened, RefreshToken, SignInSession
from identity.models.suspension import Suspension
from identity.models.tally import SignInTally, SpentWork, count_attempt, count_letter, forgive, is_locked

__all__ = [
    "Acceptance",
    "AccessEntry",
    "Account",
    "AccountChange",
    "Action",
    "Authenticator",
    "Base",
    "Challenge",
    "Commitment",
    "DeskAuthorisation",
    "FactorOffer",
    "FormerMail",
    "GrantProposal",
    "Hold",
    "KnownDevice",
    "OfficerNotice",
    "Opened",
    "Passkey",
    "PasskeyChallenge",
    "ProviderAccount",
    "ProviderAttempt",
    "RecoveryCode",
    "RefreshToken",
    "RegisteredPerson",
    "RightsRequest",
    "RoleHolder",
    "SignInSession",
    "SignInTally",
    "SigningKey",
    "SpentWork",
    "Suspension",
    "UsageReview",
    "UsageReviewLine",
    "count_attempt",
    "count_letter",
    "forgive",
    "is_locked",
]
