"""The tables of the case library: cases, what they can be sorted by, and their versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, now

#: What cases are called in the index of words.
KIND = "case"
STATUSES = ("draft", "submitted", "published", "withdrawn")


class CaseStudy(Base):
    """A documented practice: its record, and what lists and searches need of it."""

    __tablename__ = "case_studies"
    __table_args__ = (Index("ix_case_studies_status_title", "status", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    status: Mapped[str] = mapped_column(String(12), default="draft")
    #: "academy": from a file under courses/, changed only there; "member": written on the site.
    origin: Mapped[str] = mapped_column(String(12))
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(String(500))
    #: BCP 47.
    language: Mapped[str] = mapped_column(String(35))
    #: ISO 3166-1 of its first place; all of them are facets.
    country: Mapped[str] = mapped_column(String(2))
    #: One of vocabulary.KINDS.
    kind: Mapped[str] = mapped_column(String(20))
    #: record.CaseRecord as JSON.
    record: Mapped[dict[str, Any]]
    #: Of 100: the share of its fields that tell something.
    completeness: Mapped[int] = mapped_column(default=0)
    #: SHA-256 of the record: an unchanged file changes nothing.
    digest: Mapped[str] = mapped_column(String(64))
    #: Rises with every change.
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None] = mapped_column(index=True)

    facets: Mapped[list["CaseFacet"]] = relationship(
        back_populates="case", cascade="all, delete-orphan", passive_deletes=True
    )


class CaseFacet(Base):
    """One value by which a case is found: ("country", "NP"), ("toolkit", "commons")."""

    __tablename__ = "case_facets"
    __table_args__ = (Index("ix_case_facets_facet_value", "facet", "value"),)

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case_studies.id", ondelete="CASCADE"), primary_key=True
    )
    facet: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(300), primary_key=True)

    case: Mapped[CaseStudy] = relationship(back_populates="facets")


class CaseVersion(Base):
    """A case as it stood after one change: for differences, and to go back."""

    __tablename__ = "case_versions"
    __table_args__ = (UniqueConstraint("case_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_studies.id", ondelete="CASCADE"))
    version: Mapped[int]
    record: Mapped[dict[str, Any]]
    #: None: a file was loaded.
    changed_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    changed_at: Mapped[datetime] = mapped_column(default=now)
    note: Mapped[str] = mapped_column(Text, default="")


class CasePicture(Base):
    """A picture of one case, drawn anew by us: nothing of the file that was sent is kept.

    Whether it is shown is said by records alone: a published one that names it shows it to all.
    """

    __tablename__ = "case_pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("case_studies.id", ondelete="CASCADE"), index=True
    )
    #: Of the case and of the file that was sent: the same file twice is one picture.
    digest: Mapped[str] = mapped_column(String(32), unique=True)
    #: What was sent: jpeg, png, webp, gif.
    kind: Mapped[str] = mapped_column(String(4))
    #: Of the large one, in pixels.
    width: Mapped[int]
    height: Mapped[int]
    small_width: Mapped[int]
    #: In bytes.
    large_size: Mapped[int]
    small_size: Mapped[int]
    #: WebP of about 1200 and 480 pixels, and a JPEG of 640 for browsers that know no WebP.
    large: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    small: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    plain: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    #: None: a file under courses/, or somebody who is gone.
    created_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
