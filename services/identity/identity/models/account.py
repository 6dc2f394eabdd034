"""Accounts: one row is one person with one way in, and every change of the profile is kept."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from common.database import Versioned
from regulation.roles import Role
from sqlalchemy import BigInteger, Date, ForeignKey, Identity, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.officers import Officer
from identity.domain.registration import Applicant, Declaration
from identity.events import OfficerChanged
from identity.models.base import Base

OFFICER = "officer"


class Account(Versioned, Base):
    """An account (tài khoản) of an individual, an organisation's representative or an officer."""

    __tablename__ = "account"
    __table_args__ = (
        # Source: R-ACC-01, R-ACC-11: one person, one account; an organisation is one by its tax code.
        Index(
            "uq_account_id_number",
            "realm",
            "id_number",
            unique=True,
            postgresql_where=text("realm <> 'organisation'"),
        ),
        Index("uq_account_email", "email", unique=True, postgresql_where=text("realm <> 'officer'")),
        Index("uq_account_phone", "phone", unique=True, postgresql_where=text("realm <> 'officer'")),
        Index("uq_account_tax_code", "tax_code", unique=True),
        Index("uq_account_login", "login", unique=True),
        Index("ix_account_agency", "agency", postgresql_where=text("realm = 'officer'")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    realm: Mapped[str] = mapped_column(String(20))
    login: Mapped[str | None] = mapped_column(String(60))
    full_name: Mapped[str] = mapped_column(String(100))
    id_number: Mapped[str] = mapped_column(String(12))
    id_kind: Mapped[str] = mapped_column(String(20))
    nationality: Mapped[str] = mapped_column(String(2))
    organisation_name: Mapped[str | None] = mapped_column(String(200))
    tax_code: Mapped[str | None] = mapped_column(String(14))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(16))
    address: Mapped[str | None] = mapped_column(String(300))
    date_of_birth: Mapped[date | None] = mapped_column(Date)
    language: Mapped[str] = mapped_column(String(2), default="vi")
    channels: Mapped[list[str]]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    password_changed_at: Mapped[datetime | None]
    declaration_version: Mapped[str | None] = mapped_column(String(20))
    declaration_accepted_at: Mapped[datetime | None]
    roles: Mapped[list[str]]
    agency: Mapped[str | None] = mapped_column(String(60))
    unit: Mapped[str | None] = mapped_column(String(60))
    scope: Mapped[str] = mapped_column(String(10), default="own")
    active: Mapped[bool] = mapped_column(default=True)
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

    def own_data(self) -> list[str]:
        """Give the names and numbers a password must not hold."""
        return [
            datum for datum in (self.full_name, self.id_number, self.email, self.phone, self.login) if datum
        ]

    def set_password(self, password_hash: str, now: datetime) -> None:
        """Replace the password by one the person chose."""
        self.password_hash = password_hash
        self.password_changed_at = now
        self.must_change_password = False

    def change(self, values: Mapping[str, Any], *, by: str, now: datetime) -> list["AccountChange"]:
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


class AccountChange(Base):
    """One value of a profile before and after a change (lịch sử thay đổi). Source: R-ACC-09."""

    __tablename__ = "account_change"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    version: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(60))
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[str | None] = mapped_column(String(400))
    after: Mapped[str | None] = mapped_column(String(400))


def _shown(value: object) -> str | None:
    if value is None:
        return None
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
