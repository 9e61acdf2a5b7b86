"""Files by digest and the evidence they are."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base
from tracker.units.models import Unit


class StoredFile(Base):
    """The content of a file, kept once, named by its SHA-256 digest."""

    __tablename__ = "files"
    recorded = False

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]


class Evidence(Base):
    """A piece of evidence (tài liệu kiểm chứng): a file or only a document's number and date.

    One piece serves many tasks and criteria.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str | None] = mapped_column(ForeignKey("files.digest"), index=True)
    file_name: Mapped[str] = mapped_column(String(200), default="")
    document_number: Mapped[str] = mapped_column(String(100), default="")
    document_date: Mapped[date | None]
    issuer: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    added_at: Mapped[datetime]

    file: Mapped[StoredFile | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
