"""The tables of the case library: cases, what they are found by, versions, and how they grow."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, now
from academy.people.models import Person

#: What cases are called in the index of words.
KIND = "case"
STATUSES = ("draft", "submitted", "published", "withdrawn")
#: What became of a submission: waits for a librarian; on the shelf; changes were asked for;
#: taken back by its writers, or another one sent after it.
SUBMISSION_STATES = ("waiting", "published", "returned", "taken_back", "replaced")


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


class CaseSection(Base):
    """One section of a member's working copy, as it was typed: two people never share a row."""

    __tablename__ = "case_sections"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case_studies.id", ondelete="CASCADE"), primary_key=True
    )
    #: One of steps.SECTIONS: "about", "results", …
    section: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: What stands in the form's fields, right or wrong: {"title": "…", "partners": [{…}]}.
    content: Mapped[dict[str, Any]]
    #: Rises with every change.
    version: Mapped[int] = mapped_column(default=1)
    changed_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    changed_at: Mapped[datetime] = mapped_column(default=now)


class CaseWriter(Base):
    """Somebody whom the author asked to write with them; whether they have said yes."""

    __tablename__ = "case_writers"
    __table_args__ = (UniqueConstraint("case_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_studies.id", ondelete="CASCADE"))
    #: Casefolded, until the invitation is accepted; then empty. Whether somebody here holds it
    #: is looked up when they read, so that inviting tells nobody who is a member.
    address: Mapped[str] = mapped_column(String(254), index=True)
    #: None until the invitation is accepted.
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True
    )
    invited_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    invited_at: Mapped[datetime] = mapped_column(default=now)
    accepted_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], lazy="raise")


class CaseSubmission(Base):
    """A record that its writers sent to be looked at: what was sent is what will be published."""

    __tablename__ = "case_submissions"
    __table_args__ = (
        Index("ix_case_submissions_state_submitted_at", "state", "submitted_at"),
        Index("ix_case_submissions_case_id", "case_id"),
        # At most one of a case waits.
        Index(
            "uq_case_submissions_waiting", "case_id", unique=True,
            sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_studies.id", ondelete="CASCADE"))
    #: record.CaseRecord as JSON.
    record: Mapped[dict[str, Any]]
    #: One of SUBMISSION_STATES.
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    submitted_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    submitted_at: Mapped[datetime] = mapped_column(default=now)
    #: What its writers say of it: what changed.
    words: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    decided_at: Mapped[datetime | None]
    #: What the librarian answered.
    note: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[CaseStudy] = relationship(lazy="raise")


class CaseComment(Base):
    """What a librarian or a writer says of one field before it is published."""

    __tablename__ = "case_comments"
    __table_args__ = (Index("ix_case_comments_case_id_settled_at", "case_id", "settled_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_studies.id", ondelete="CASCADE"))
    #: The field as in a record ("lessons", "dimensions.planet"); empty for the whole case.
    field: Mapped[str] = mapped_column(String(60), default="")
    #: The comment that it answers.
    answers: Mapped[int | None] = mapped_column(
        ForeignKey("case_comments.id", ondelete="CASCADE"), index=True
    )
    #: Markdown.
    words: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=now)
    settled_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    settled_at: Mapped[datetime | None]

    author: Mapped[Person | None] = relationship(foreign_keys=[author_id], lazy="raise")


class CaseWithdrawal(Base):
    """That a published case was taken from the shelf: by whom, why, and whether it came back."""

    __tablename__ = "case_withdrawals"
    __table_args__ = (Index("ix_case_withdrawals_case_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_studies.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(Text)
    withdrawn_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    withdrawn_at: Mapped[datetime] = mapped_column(default=now)
    undone_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    undone_at: Mapped[datetime | None]


class FeaturedCase(Base):
    """A case that librarians put in front of everybody for a time, and why."""

    __tablename__ = "featured_cases"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case_studies.id", ondelete="CASCADE"), primary_key=True
    )
    #: Why it is worth looking at now, in a sentence.
    why: Mapped[str] = mapped_column(String(300))
    #: BCP 47, of that sentence.
    language: Mapped[str] = mapped_column(String(35))
    #: Its first and last day (UTC); without a last one it stays.
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    #: Its place among the others, from 1.
    position: Mapped[int]
    chosen_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    chosen_at: Mapped[datetime] = mapped_column(default=now)
