"""What the desk found when form and papers were signed and compared at pick-up."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.models.base import Base


class PickupFinding(Base):
    """Kết quả ký, đối chiếu một thành phần khi nhận kết quả: the newest; earlier ones stand in the history."""

    __tablename__ = "pickup_finding"

    dossier_code: Mapped[str] = mapped_column(ForeignKey("dossier.code"), primary_key=True)
    component_id: Mapped[str] = mapped_column(primary_key=True)
    finding: Mapped[str]
    note: Mapped[str]
    found_by: Mapped[str]
    found_at: Mapped[datetime]
