"""The tables of persons, their addresses, roles, consents and ways of signing in."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, now

ROLES = ("learner", "organiser", "focal_point", "moderator", "administrator")
STAFF_ROLES = ("organiser", "focal_point", "moderator", "administrator")

#: How long a sign-in lasts without use, and at all; staff see other people's data.
LEARNER_TIMEOUTS = (timedelta(days=30), timedelta(days=90))
STAFF_TIMEOUTS = (timedelta(hours=12), timedelta(days=7))


class Person(Base):
    """One human, named as they write it; with a password, or only a sign-in link by mail."""

    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    #: How to greet; empty means: by the name.
    called: Mapped[str] = mapped_column(String(100), default="")
    #: The name in Latin letters for certificates, where the person gave one.
    latin_name: Mapped[str] = mapped_column(String(200), default="")
    #: ISO 3166-1 alpha-2; None where unknown, never guessed.
    country: Mapped[str | None] = mapped_column(String(2), index=True)
    organisation: Mapped[str] = mapped_column(String(200), default="")
    #: BCP 47.
    language: Mapped[str] = mapped_column(String(35), default="en")
    #: IANA; empty where the person has not said (pages then guess from the browser).
    zone: Mapped[str] = mapped_column(String(64), default="")
    #: argon2id in the PHC format; None for a person who signs in by link or never yet.
    password_hash: Mapped[str | None] = mapped_column(String(255))
    password_changed_at: Mapped[datetime | None]
    #: base32 (RFC 6238); in use once totp_confirmed_at is set.
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_confirmed_at: Mapped[datetime | None]
    #: The 30-second step of the last accepted code: none is accepted twice.
    totp_last_step: Mapped[int | None]
    #: Which address of their calendar holds: renewing raises it.
    calendar_version: Mapped[int] = mapped_column(default=1)
    disabled_at: Mapped[datetime | None]
    #: When the person was erased: what is left is a nameless somebody of a country, in figures.
    erased_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    addresses: Mapped[list["EmailAddress"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="EmailAddress.id"
    )
    roles: Mapped[list["RoleGrant"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", foreign_keys="RoleGrant.person_id"
    )

    #: What Flask-Login asks of a user; a disabled person's sign-ins are not loaded at all.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    #: True while a member of staff is signed in without a second factor: she is a learner then.
    roles_asleep = False

    @property
    def greeting(self) -> str:
        """How a mail or a page addresses this person."""
        return self.called or self.name

    def has_role(self, *names: str) -> bool:
        """Whether the person may act in one of the roles; everybody is a learner."""
        awake = not self.roles_asleep and any(grant.role in names for grant in self.roles)
        return "learner" in names or awake

    def was_given(self, role: str) -> bool:
        """Whether the person was given the role, asleep or not."""
        return any(grant.role == role for grant in self.roles)

    @property
    def holds_staff_role(self) -> bool:
        """Whether the person was given a role that needs a second factor, given yet or not."""
        return any(grant.role in STAFF_ROLES for grant in self.roles)

    @property
    def is_staff(self) -> bool:
        """Whether the person may act as staff now: role given, second factor given."""
        return self.has_role(*STAFF_ROLES)

    @property
    def has_second_factor(self) -> bool:
        """Whether the person has set up a second factor and is asked for it at each sign-in."""
        return self.totp_confirmed_at is not None

    @property
    def focal_countries(self) -> frozenset[str]:
        """The countries to whose people a focal point's view is limited."""
        return frozenset(g.country for g in self.roles if g.role == "focal_point" and g.country)

    @property
    def primary_address(self) -> "EmailAddress | None":
        """The address to which the academy writes."""
        return next((one for one in self.addresses if one.is_primary), None)


class EmailAddress(Base):
    """An address of one person; nobody else can hold it."""

    __tablename__ = "email_addresses"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    #: As the person writes it.
    address: Mapped[str] = mapped_column(String(254))
    #: Casefolded: what is compared.
    normal: Mapped[str] = mapped_column(String(254), unique=True)
    is_primary: Mapped[bool] = mapped_column(default=False)
    #: When the person proved that mail to it reaches them.
    verified_at: Mapped[datetime | None]
    #: "sign_up", "import", "command", "added".
    source: Mapped[str] = mapped_column(String(20), default="sign_up")
    created_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(back_populates="addresses")

    @property
    def is_claim(self) -> bool:
        """Whether somebody added it to an account and never proved it: it may be another's."""
        return self.verified_at is None and self.source == "added"


class RoleGrant(Base):
    """A role that somebody gave to a person; a focal point's has a country."""

    __tablename__ = "role_grants"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "country"),
        CheckConstraint("(role = 'focal_point') = (country <> '')", name="country_of_focal_point"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    #: ISO 3166-1 alpha-2 for a focal point, else empty (not None: NULLs would defeat the key).
    country: Mapped[str] = mapped_column(String(2), default="")
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    granted_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(back_populates="roles", foreign_keys=[person_id])


class Consent(Base):
    """That a person agreed to one thing, in which wording, when, and when they took it back."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    #: "privacy", "mail_reminders", "mail_news", "recording".
    kind: Mapped[str] = mapped_column(String(30))
    wording: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]


class SignIn(Base):
    """One browser in which a person is signed in (a "login session"; listed and ended)."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    #: SHA-256 of the secret in the cookie.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: A short word for the browser and system, for the list; no address is kept.
    device: Mapped[str] = mapped_column(String(80), default="")
    second_factor_at: Mapped[datetime | None]
    #: When the person last gave a password or followed a mailed link in this browser.
    proved_at: Mapped[datetime] = mapped_column(default=now)
    created_at: Mapped[datetime] = mapped_column(default=now)
    #: When it was last used, give or take a quarter of an hour.
    seen_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    @property
    def is_pending(self) -> bool:
        """Whether the second factor is still to come; nobody is signed in until then."""
        return self.person.has_second_factor and self.second_factor_at is None

    def is_open(self, at: datetime) -> bool:
        """Whether it was neither ended nor left alone too long, nor is too old, nor disabled."""
        idle, whole = STAFF_TIMEOUTS if self.person.holds_staff_role else LEARNER_TIMEOUTS
        in_time = at - self.seen_at < idle and at - self.created_at < whole
        return in_time and self.ended_at is None and self.person.disabled_at is None


class OneTimeToken(Base):
    """A secret sent by mail that does one thing once: sign in, reset, verify an address."""

    __tablename__ = "one_time_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: Casefolded address that it was sent to, and the only one it works for.
    address: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """One of ten codes that stand in for a lost second factor, once."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class ApiToken(Base):
    """An organiser's token for /api/v1: hashed, limited to scopes, revocable, shown once."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: The last four characters, to tell tokens apart in the list.
    ending: Mapped[str] = mapped_column(String(4))
    scopes: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


Index(
    "uq_email_addresses_primary",
    EmailAddress.person_id,
    unique=True,
    sqlite_where=text("is_primary"),
    postgresql_where=text("is_primary"),
)
