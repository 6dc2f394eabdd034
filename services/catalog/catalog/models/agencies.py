"""Rows of the directory: levels, agencies, their units and their fields of work."""

from datetime import date

from common.database import Versioned
from procedures import DeskContact
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from catalog.domain.agencies import Level
from catalog.models.base import Base


class AgencyLevel(Base):
    """An administrative level (cấp hành chính) with validity dates: tiers change, code does not."""

    __tablename__ = "agency_level"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str]
    rank: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    def as_level(self) -> Level:
        """Return the level as the rules read it."""
        return Level(self.id, self.name, self.name_en, self.rank, self.valid_from, self.valid_to)


class Agency(Versioned, Base):
    """An agency (cơ quan, đơn vị) of the directory. Source: NB Đ.9.1.a; R-CAT-01."""

    __tablename__ = "agency"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(server_default="")
    level: Mapped[str] = mapped_column(ForeignKey("agency_level.id"))
    kind: Mapped[str] = mapped_column(server_default="committee")
    parent: Mapped[str | None] = mapped_column(ForeignKey("agency.code"))
    address: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @property
    def contact(self) -> tuple[str, str, str] | None:
        """Return address, phone and e-mail of the desk, nothing when none is known."""
        told = (self.address, self.phone, self.email)
        return told if any(told) else None

    @property
    def desk(self) -> DeskContact | None:
        """Return the desk's contact as events and pages carry it."""
        return DeskContact(*self.contact) if self.contact else None


class AgencyUnit(Base):
    """A unit (phòng, bộ phận) inside an agency."""

    __tablename__ = "agency_unit"

    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(server_default="")


class Field(Base):
    """A field (lĩnh vực) of procedures; its code is unique in the province. Source: TN Đ.3.4; R-CAT-29."""

    __tablename__ = "field"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str] = mapped_column(server_default="")
    sector: Mapped[str | None]
