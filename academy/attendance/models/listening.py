"""Listening points: several people on one device, counted as people."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.attendance.models.ledger import Evidence, Identity
from academy.db import Base, now
from academy.people.models import Person
from academy.programme.models import LiveSession


class ListeningPoint(Base):
    """One device, many people: where they sat, how many, who hosts them."""

    __tablename__ = "listening_points"
    __table_args__ = (
        CheckConstraint("women >= 0 AND men >= 0 AND others >= 0", name="nobody_is_negative"),
        CheckConstraint("from_minute >= 0", name="from_the_start"),
        CheckConstraint("until_minute IS NULL OR until_minute > from_minute", name="until_later"),
        # A host has one room at a time; an index, for two could open it at the same moment.
        Index(
            "uq_listening_points_host",
            "live_session_id",
            "hosted_by",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    live_session_id: Mapped[int] = mapped_column(ForeignKey("live_sessions.id", ondelete="CASCADE"))
    #: As the host calls it: "Balai Desa Sukamaju".
    place: Mapped[str] = mapped_column(String(200))
    #: ISO 3166-1 alpha-2; a focal point sees the listening points of her countries.
    country: Mapped[str | None] = mapped_column(String(2), index=True)
    #: Is there, too, and counted by name; None where the academy does not know them.
    hosted_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    #: People who are NOT entered by name, the host not among them.
    women: Mapped[int] = mapped_column(default=0)
    men: Mapped[int] = mapped_column(default=0)
    others: Mapped[int] = mapped_column(default=0)
    #: Minutes after the start of the live session; `until_minute` None means its end.
    from_minute: Mapped[int] = mapped_column(default=0)
    until_minute: Mapped[int | None]
    #: When what it tells changes what is counted: as it begins, then as it ends; None: no more.
    counts_next_at: Mapped[datetime | None] = mapped_column(index=True)
    #: The device as it stands in the evidence of a file: never counted as a person.
    device_id: Mapped[int | None] = mapped_column(ForeignKey("identities.id", ondelete="SET NULL"))
    #: Rises with every change, so that nobody overwrites what they have not seen.
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))

    live_session: Mapped[LiveSession] = relationship()
    host: Mapped[Person | None] = relationship(foreign_keys=[hosted_by])
    device: Mapped[Identity | None] = relationship()
    entries: Mapped[list["PointEntry"]] = relationship(
        order_by="PointEntry.number", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def is_to_come(self) -> bool:
        """Whether it was told beforehand and has not begun: nobody is counted yet."""
        begins_at = self.live_session.starts_at + timedelta(minutes=self.from_minute)
        return begins_at > now()

    @property
    def people(self) -> int:
        """How many are counted without a name."""
        return self.women + self.men + self.others

    @property
    def named(self) -> list["PointEntry"]:
        """Those whom the host entered by name and who stand, the host not among them."""
        return [one for one in self.entries if one.number != HOST and one.taken_off_at is None]

    @property
    def together(self) -> int:
        """Everybody at the device: by name, without a name, and the host."""
        return self.people + len(self.named) + (self.hosted_by is not None)


#: The number of the host among the entries of a listening point.
HOST = 0


class PointEntry(Base):
    """One who was at a listening point by name; goes where the evidence goes."""

    __tablename__ = "listening_point_entries"
    __table_args__ = (UniqueConstraint("point_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("listening_points.id", ondelete="CASCADE"))
    #: Counted from 1 and never given twice; HOST is the host.
    number: Mapped[int]
    #: The line as it was typed; empty for the host.
    typed: Mapped[str] = mapped_column(String(320))
    #: The evidence that stands for this entry now.
    evidence_id: Mapped[int] = mapped_column(
        ForeignKey("evidence.id", ondelete="CASCADE"), index=True
    )
    #: When the host crossed the name out.
    taken_off_at: Mapped[datetime | None]

    evidence: Mapped[Evidence] = relationship()
