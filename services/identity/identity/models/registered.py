"""The agencies' papers about officers: requests for rights, notices, commitments. Rows are only ever added."""

import uuid
from datetime import date, datetime

from common.ids import uuid7
from sqlalchemy import BigInteger, Date, ForeignKey, Identity, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.registered import Case, Document, NoticeKind, Person
from identity.models.account import Account
from identity.models.base import Base


class RightsRequest(Base):
    """A request of an agency for officers' rights (văn bản đăng ký quyền). Source: QT Đ.11.2; R-ACC-17."""

    __tablename__ = "rights_request"
    __table_args__ = (Index("ix_rights_request_agency", "agency", "entered_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(String(60))
    document_number: Mapped[str] = mapped_column(String(60))
    document_on: Mapped[date] = mapped_column(Date)
    entered_by: Mapped[str] = mapped_column(String(60))
    entered_at: Mapped[datetime]

    @classmethod
    def entered(cls, agency: str, paper: Document, by: str, now: datetime) -> "RightsRequest":
        """Write a request down."""
        return cls(
            id=uuid7(),
            agency=agency,
            document_number=paper.number,
            document_on=paper.dated,
            entered_by=by,
            entered_at=now,
        )


class RegisteredPerson(Base):
    """One person of a request's list, by sign-in name, and the cases. Source: QT Đ.11.2; R-ACC-17."""

    __tablename__ = "registered_person"
    __table_args__ = (Index("ix_registered_person_login", "login"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rights_request.id"), index=True)
    login: Mapped[str] = mapped_column(String(60))
    full_name: Mapped[str] = mapped_column(String(100))
    cases: Mapped[list[str]]

    @classmethod
    def listed(cls, request: RightsRequest, person: Person) -> "RegisteredPerson":
        """Write one line of the list down."""
        cases = sorted(case.value for case in person.cases)
        return cls(request_id=request.id, login=person.login, full_name=person.full_name, cases=cases)


class OfficerNotice(Base):
    """A notice that an officer's rights change or end (thông báo thay đổi, hủy quyền). Source: QT Đ.11.3; R-ACC-19."""

    __tablename__ = "officer_notice"
    __table_args__ = (Index("ix_officer_notice_account", "account_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(20))
    document_number: Mapped[str] = mapped_column(String(60))
    document_on: Mapped[date] = mapped_column(Date)
    roles_before: Mapped[list[str]]
    entered_by: Mapped[str] = mapped_column(String(60))
    entered_at: Mapped[datetime]

    @classmethod
    def entered(
        cls, account: Account, kind: NoticeKind, paper: Document, by: str, now: datetime
    ) -> "OfficerNotice":
        """Write a notice down, with the roles the officer had."""
        return cls(
            id=uuid7(),
            account_id=account.id,
            kind=kind.value,
            document_number=paper.number,
            document_on=paper.dated,
            roles_before=list(account.roles),
            entered_by=by,
            entered_at=now,
        )


class Commitment(Base):
    """A personal security commitment (bản cam kết cá nhân), on paper or in the system. Source: QT Đ.13.4; R-ACC-21."""

    __tablename__ = "commitment"
    __table_args__ = (Index("ix_commitment_account", "account_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    document_number: Mapped[str | None] = mapped_column(String(60))
    """The number of the signed paper; None where it was accepted in the system."""
    signed_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    entered_by: Mapped[str] = mapped_column(String(60))
    entered_at: Mapped[datetime]

    @property
    def case(self) -> Case:
        """The case it is about."""
        return Case.POPULATION
