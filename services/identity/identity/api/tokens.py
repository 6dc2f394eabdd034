"""The answer of every way to sign in: a short-lived access token and the renewal token behind it."""

from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel
from regulation.proofs import proof_marks
from regulation.roles import Right, rights_of
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.api.deps import Built
from identity.domain.acceptance import Mode
from identity.domain.factor import Owed, owed
from identity.domain.keys import TOKEN_LIFETIME
from identity.domain.sessions import token_id, token_life
from identity.models import Account, Opened, Suspension
from identity.usecases.rotate_key import rotate_key

READING: Final = frozenset({Right.FOLLOW_DOSSIER})
"""What is left of a citizen's rights while the account may only be looked at."""


class AccountOut(BaseModel):
    """Who signed in, and what the roles allow: the rights of `docs/roles.md`."""

    id: str
    kind: Literal["citizen", "officer"]
    display_name: str
    roles: list[str]
    rights: list[str]
    agency: str | None
    unit: str | None
    scope: str

    @classmethod
    def of(cls, account: Account, *, limited: bool = False) -> "AccountOut":
        """Show an account."""
        return cls(
            id=str(account.id),
            kind="officer" if account.is_officer else "citizen",
            display_name=account.display_name,
            roles=account.roles,
            rights=sorted(rights_of(account.roles) & (READING if limited else set(Right))),
            agency=account.agency,
            unit=account.unit,
            scope=account.scope,
        )


class TokenOut(BaseModel):
    """An access token good for `expires_in` seconds, and what renews it."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a scheme
    expires_in: int
    refresh_token: str
    idle_seconds: int
    """After how long without a deed the sign-in ends."""
    ends_at: datetime
    """When the sign-in ends at the latest."""
    must_change_password: bool
    change_due: str
    """What an old password owes: `remind` or `enforce`; `off` for nothing."""
    statements_due: bool
    """Whether something must be read and accepted before anything else."""
    owes: str
    """What comes before anything else: `proof` of the second factor, or its `enrolment`; empty for nothing."""
    session_id: str
    device: str | None = None
    """What a device that asked for it keeps, to be known at the next sign-in."""
    account: AccountOut


async def token_out(session: AsyncSession, built: Built, opened: Opened, now: datetime) -> TokenOut:
    """Sign the access token of an open sign-in."""
    account, owes, proven_at = opened.account, Owed.NOTHING, opened.session.proven_at
    asked_of = built.rules.second_factor
    standing = await _standing(session, built, account, now)
    limited = await is_limited(session, account, now)
    if account.is_officer:
        enrolled = await queries.has_factor(session, account.id)
        owes = owed(account.roles, asked_of, enrolled=enrolled, proven=proven_at is not None)
    claims: dict[str, object] = {
        "sub": str(account.id),
        "kind": account.kind,
        "roles": account.roles,
        "agency": account.agency,
        "unit": account.unit,
        "scope": account.scope,
        "jti": token_id(opened.session.id),
        "mcp": standing.must_change,
        "owe": owes,
        "lim": limited,
        "pat": int(proven_at.timestamp()) if proven_at else 0 if owes else None,
        "prf": sorted(proof_marks(built.proof_key, account.proven)),
    }
    life = token_life(opened.session.expires_at, now)
    idle = built.rules.idling.of(account.roles, officer=account.is_officer)
    return TokenOut(
        access_token=await signed(session, built, claims, now, life),
        expires_in=int(life.total_seconds()),
        refresh_token=opened.secret,
        idle_seconds=int(idle.total_seconds()),
        ends_at=opened.session.expires_at,
        must_change_password=standing.must_change,
        change_due=standing.age,
        statements_due=standing.unread,
        owes=owes,
        session_id=str(opened.session.id),
        device=opened.device,
        account=AccountOut.of(account, limited=limited),
    )


class _Standing(NamedTuple):
    must_change: bool
    age: Mode
    unread: bool


async def _standing(session: AsyncSession, built: Built, account: Account, now: datetime) -> _Standing:
    """Tell what an account owes for its password's age, and whether something must be read."""
    rule = built.rules.password_age
    asked = await queries.asked(session, account, rule, now)
    age = rule.due(account.password_changed_at, now, outside=asked.outside)
    return _Standing(account.must_change_password or age is Mode.ENFORCE, age, bool(asked.due))


async def is_limited(session: AsyncSession, account: Account, now: datetime) -> bool:
    """Tell whether an account may only be looked at: it is being closed, or suspended by decision."""
    if account.is_officer:
        return False
    return account.closing_at is not None or (
        await Suspension.of(session, account.id, local_day(now)) is not None
    )


async def signed(
    session: AsyncSession,
    built: Built,
    claims: dict[str, object],
    now: datetime,
    life: timedelta = TOKEN_LIFETIME,
) -> str:
    """Sign claims with the key of the hour; the very first call makes it."""
    key = await built.keyring.current(session, now)
    if key is None:
        await rotate_key(session, built.chest, now, only_when_due=True)
        key = await built.keyring.current(session, now)
    assert key is not None, "the first key signs at once"
    return built.keyring.signer(key).sign(claims, life)
