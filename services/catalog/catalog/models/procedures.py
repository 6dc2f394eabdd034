"""Rows of procedures and their immutable versions."""

from datetime import date, datetime
from typing import Any

from common.database import Versioned
from pydantic import TypeAdapter
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from catalog.domain.content import Content
from catalog.domain.errors import ProcedureClosedError, VersionInReviewError, VersionNotEditableError
from catalog.domain.service_levels import Approval
from catalog.domain.versions import EDITABLE, State
from catalog.models.base import Base

CONTENT: TypeAdapter[Content] = TypeAdapter(Content)


def stored(content: Content) -> dict[str, Any]:
    """Return a content as it is kept in the database."""
    return CONTENT.dump_python(content, mode="json")  # type: ignore[no-any-return]


class Procedure(Versioned, Base):
    """An administrative procedure (thủ tục hành chính); what it says lives in its versions."""

    __tablename__ = "procedure"
    __table_args__ = (Index("ix_procedure_field", "field"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(server_default="")
    field: Mapped[str] = mapped_column(ForeignKey("field.code"))
    levels: Mapped[list[str]]
    route: Mapped[str] = mapped_column(server_default="own")
    common: Mapped[bool] = mapped_column(server_default="false")
    # Numbers run over versions and the repeal alike, so that events of one procedure have an order.
    last_number: Mapped[int] = mapped_column(server_default="0")
    current_number: Mapped[int | None]
    closed_from: Mapped[date | None]
    closed_decision: Mapped[str | None]
    closed_announced: Mapped[bool] = mapped_column(server_default="false")

    def next_number(self) -> int:
        """Take the next number of this procedure's history."""
        self.last_number += 1
        return self.last_number

    def closed_on(self, day: date) -> bool:
        """Tell whether the procedure is repealed on a local day. Source: QT Đ.8; R-CAT-16."""
        return self.closed_from is not None and self.closed_from <= day

    def refuse_when_closed(self) -> None:
        """Refuse changes of a procedure whose repeal has been announced. Raises: ProcedureClosedError."""
        if self.closed_announced:
            raise ProcedureClosedError(closed_from=self.closed_from)


class ProcedureVersion(Versioned, Base):
    """One version of a procedure (phiên bản thủ tục); never changed once approved."""

    __tablename__ = "procedure_version"
    __table_args__ = (Index("ix_procedure_version_state", "state", "effective_from"),)

    procedure: Mapped[str] = mapped_column(ForeignKey("procedure.code"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    content: Mapped[dict[str, Any]]
    decision_number: Mapped[str | None]
    decision_on: Mapped[date | None]
    effective_from: Mapped[date | None]
    effective_to: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    published_at: Mapped[datetime | None]
    approval_number: Mapped[str | None]
    """The decision by which it is taken online, where this version switches to that. Source: R-CAT-19"""
    approval_on: Mapped[date | None]

    def read(self) -> Content:
        """Return what the version says."""
        return CONTENT.validate_python(self.content)

    def write(self, content: Content) -> None:
        """Replace what a draft says; what was checked before is a draft again.

        Raises: VersionNotEditableError, VersionInReviewError.
        """
        if self.state == State.IN_REVIEW:
            raise VersionInReviewError
        if self.state not in EDITABLE:
            raise VersionNotEditableError
        self.content, self.state = stored(content), State.DRAFT

    def approve(
        self, decision_number: str, decision_on: date, effective_on: date, approval: Approval | None
    ) -> None:
        """Fix a draft under its decision. Raises: VersionNotEditableError."""
        if self.state not in EDITABLE:
            raise VersionNotEditableError
        self.state = State.APPROVED
        self.decision_number, self.decision_on = decision_number, decision_on
        self.effective_from = effective_on
        self.taken_online_by(approval)

    def taken_online_by(self, approval: Approval | None) -> None:
        """Keep the decision by which it is taken online, where there is one. Source: R-CAT-19"""
        if approval:
            self.approval_number, self.approval_on = approval.number, approval.on
