"""Accounts: one row is one person with one way in, and every change of the profile is kept."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from common.database import Versioned
from common.sealed import Sealed, SealedRow
from regulation.roles import Role
from sqlalchemy import Date, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.contacts import mailbox, reachable
from identity.domain.errors import AccountClosingError
from identity.domain.helping import FIRST_PASSWORD_LASTS
from identity.domain.officers import Officer
from identity.domain.registration import Applicant, Declaration
from identity.events import AccountClosingDue, AccountErased, ControlLost, OfficerChanged
from identity.models.base import Base
from identity.models.change import AccountChange
from identity.models.indexes import ACCOUNT_INDEXES

OFFICER = "officer"


class Account(SealedRow, Versioned, Base):
    """An account (tài khoản) of an individual, an organisation's representative or an officer."""

    __tablename__ = "account"
    __table_args__ = ACCOUNT_INDEXES

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    realm: Mapped[str] = mapped_column(String(20))
    login: Mapped[str | None] = mapped_column(String(60))
    full_name: Mapped[str] = mapped_column(String(100))
    plain_id_number: Mapped[str | None] = mapped_column("id_number", String(12))
    id_number_sealed: Mapped[str | None] = mapped_column(Text)
    id_number_mark: Mapped[str | None] = mapped_column(String(32))
    id_number = Sealed[str](str, marks={"id_number_mark": str})
    id_kind: Mapped[str] = mapped_column(String(20))
    nationality: Mapped[str] = mapped_column(String(2))
    organisation_name: Mapped[str | None] = mapped_column(String(200))
    plain_tax_code: Mapped[str | None] = mapped_column("tax_code", String(14))
    tax_code_sealed: Mapped[str | None] = mapped_column(Text)
    tax_code_mark: Mapped[str | None] = mapped_column(String(32))
    tax_code = Sealed[str | None](str, str, marks={"tax_code_mark": str})
    plain_email: Mapped[str | None] = mapped_column("email", String(254))
    email_sealed: Mapped[str | None] = mapped_column(Text)
    email_mark: Mapped[str | None] = mapped_column(String(32))
    mailbox_mark: Mapped[str | None] = mapped_column(String(32))
    email = Sealed[str](str, marks={"email_mark": str, "mailbox_mark": mailbox})
    plain_phone: Mapped[str | None] = mapped_column("phone", String(16))
    phone_sealed: Mapped[str | None] = mapped_column(Text)
    phone_mark: Mapped[str | None] = mapped_column(String(32))
    phone = Sealed[str | None](str, str, marks={"phone_mark": str})
    phone_proven: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    plain_address: Mapped[str | None] = mapped_column("address", String(300))
    address_sealed: Mapped[str | None] = mapped_column(Text)
    address = Sealed[str | None](str, str)
    plain_date_of_birth: Mapped[date | None] = mapped_column("date_of_birth", Date)
    date_of_birth_sealed: Mapped[str | None] = mapped_column(Text)
    date_of_birth = Sealed[date | None](date.fromisoformat, str)
    language: Mapped[str] = mapped_column(String(2), default="vi")
    channels: Mapped[list[str]]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    password_changed_at: Mapped[datetime | None]
    first_password_until: Mapped[datetime | None]
    declaration_version: Mapped[str | None] = mapped_column(String(20))
    declaration_accepted_at: Mapped[datetime | None]
    roles: Mapped[list[str]]
    agency: Mapped[str | None] = mapped_column(String(60))
    unit: Mapped[str | None] = mapped_column(String(60))
    scope: Mapped[str] = mapped_column(String(10), default="own")
    active: Mapped[bool] = mapped_column(default=True)
    closing_at: Mapped[datetime | None]
    """When its person asked to close it; None where nobody did, or took it back."""
    erased_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @classmethod
    def registered(
        cls,
        identifier: uuid.UUID,
        who: Applicant,
        declaration: Declaration,
        password_hash: str,
        now: datetime,
    ) -> "Account":
        """Make the account of a citizen or an organisation whose contact was verified."""
        # An organisation acts through its representative, who may do what a citizen may (requirements C).
        roles = [Role.CITIZEN.value] + ([Role.ORGANISATION.value] if who.kind == Role.ORGANISATION else [])
        return cls(
            id=identifier,
            realm=who.kind,
            full_name=who.full_name,
            id_number=who.identity.value,
            id_kind=who.identity.kind.value,
            nationality=who.nationality,
            organisation_name=who.organisation_name,
            tax_code=who.tax_code,
            email=who.email,
            phone=who.phone,
            channels=list(who.channels),
            password_hash=password_hash,
            password_changed_at=now,
            declaration_version=declaration.version,
            declaration_accepted_at=now,
            roles=roles,
            scope="own",
            created_at=now,
        )

    @classmethod
    def of_officer(
        cls, identifier: uuid.UUID, who: Officer, password_hash: str, now: datetime, *, must_change: bool
    ) -> "Account":
        """Make the account of an officer, whose first password waits to be changed."""
        return cls(
            id=identifier,
            realm=OFFICER,
            login=who.login,
            full_name=who.full_name,
            id_number=who.identity.value,
            id_kind=who.identity.kind.value,
            nationality="VN",
            email=who.email,
            phone=who.phone,
            channels=["portal", "email"],
            password_hash=password_hash,
            must_change_password=must_change,
            first_password_until=now + FIRST_PASSWORD_LASTS if must_change else None,
            roles=list(who.roles),
            agency=who.agency,
            unit=who.unit,
            scope=who.scope.value,
            created_at=now,
        )

    @property
    def is_officer(self) -> bool:
        """Say whether this account belongs to an officer."""
        return self.realm == OFFICER

    @property
    def kind(self) -> str:
        """Give the caller kind that stands in this account's tokens: citizen or officer."""
        return OFFICER if self.is_officer else "citizen"

    @property
    def display_name(self) -> str:
        """Give the name shown to others: the organisation's where there is one."""
        return self.organisation_name or self.full_name

    @property
    def proven(self) -> dict[str, str | None]:
        """Give what a person proved, or cannot change: number of papers, address, telephone; nothing of an officer."""
        if self.is_officer:
            return {}
        phone = self.phone if self.phone_proven else None
        return {"id_number": self.id_number, "email": reachable(self.email), "phone": phone}

    def own_data(self) -> list[str]:
        """Give the names and numbers a password must not hold."""
        return [
            datum for datum in (self.full_name, self.id_number, self.email, self.phone, self.login) if datum
        ]

    def set_password(self, password_hash: str, now: datetime) -> None:
        """Replace the password by one the person chose."""
        self.password_hash = password_hash
        self.password_changed_at = now
        self.must_change_password, self.first_password_until = False, None

    def set_first_password(self, password_hash: str, now: datetime) -> None:
        """Replace the password by one that somebody else gave: to be changed at once, and gone when nobody uses it."""
        self.password_hash, self.must_change_password = password_hash, True
        self.first_password_until = now + FIRST_PASSWORD_LASTS

    def lose_password(self) -> None:
        """Make the password worth nothing: only a new one, by the way back in, opens the account again."""
        self.password_hash, self.first_password_until = None, None

    def comes_in(self, door: str | None, now: datetime) -> bool:
        """Say whether a right password opens this account at a door; a first password lapses."""
        lapsed = self.first_password_until is not None and now >= self.first_password_until
        return self.active and not lapsed and door in (None, self.kind)

    def close(self, now: datetime) -> None:
        """Close the account at its person's wish; until it is erased the person may take that back.

        Raises: AccountClosingError.
        """
        if self.closing_at is not None:
            raise AccountClosingError(rule="once")
        self.closing_at = now

    def erase(self, now: datetime) -> None:
        """Take everything away that says whose account it was. What points at it points at nobody from now on.

        Source: Luật 91/2025; R-SEC-16; R-SEC-20
        """
        mark = self.id.hex
        self.full_name, self.id_number, self.email = "", mark[-12:], f"{mark}@erased.invalid"
        self.login = self.organisation_name = self.tax_code = self.phone = self.address = None
        self.date_of_birth = self.password_hash = None
        self.phone_proven, self.active = False, False
        self.roles, self.channels = [], []
        self.erased_at = now

    def change(self, values: Mapping[str, Any], *, by: str, now: datetime) -> list[AccountChange]:
        """Set new values and give one history row per value that really changed."""
        changed = {name: value for name, value in values.items() if getattr(self, name) != value}
        if not changed:
            return []
        history = [
            AccountChange(
                account_id=self.id,
                version=self.version + 1,
                changed_at=now,
                changed_by=by,
                field=name,
                before=_shown(getattr(self, name)),
                after=_shown(value),
            )
            for name, value in changed.items()
        ]
        for name, value in changed.items():
            setattr(self, name, value)
        return history

    def closing_due(self, now: datetime) -> AccountClosingDue:
        """Give the fact that the days for taking the closing back are over."""
        return AccountClosingDue(**self._told(now))

    def erased(self, now: datetime) -> AccountErased:
        """Give the fact that the account says nothing of anybody any more."""
        return AccountErased(**self._told(now))

    def control_lost(self, now: datetime) -> ControlLost:
        """Give the fact that its person lost control of the account."""
        told = {**self._told(now), "agency": self.agency}
        return ControlLost(**told, kind=self.kind)

    def _told(self, now: datetime) -> dict[str, Any]:
        named = {"aggregate_id": str(self.id), "account_id": str(self.id)}
        return {**named, "aggregate_version": self.version, "agency": None, "occurred_at": now}

    def officer_changed(self, now: datetime) -> OfficerChanged:
        """Give the fact that other services keep about this officer."""
        return OfficerChanged(
            aggregate_id=str(self.id),
            aggregate_version=self.version,
            agency=self.agency,
            occurred_at=now,
            officer_id=str(self.id),
            display_name=self.full_name,
            unit=self.unit,
            roles=tuple(self.roles),
            scope=self.scope,
            active=self.active,
        )


def _shown(value: object) -> str | None:
    if value is None:
        return None
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
