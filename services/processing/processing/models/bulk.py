"""One deed ordered for many dossiers, and what became of each; kept for thirty days."""

from common.bulk import BulkItemRow, BulkRow
from sqlalchemy import Index, text

from processing.models.base import Base


class Bulk(BulkRow, Base):
    """An order for many dossiers at once (xử lý hàng loạt). Source: NB Đ.24.1; R-PRC-16; decision 0091"""

    __tablename__ = "bulk"
    __table_args__ = (
        Index("ix_bulk_unfinished", "started_at", postgresql_where=text("finished_at is null")),
        Index("ix_bulk_started_by", "started_by", "started_at"),
    )


class BulkItem(BulkItemRow, Base):
    """One dossier of an order."""

    __tablename__ = "bulk_item"
