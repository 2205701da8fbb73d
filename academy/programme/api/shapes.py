"""What the API of the programme takes and gives: series, live sessions, registrations."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from academy.i18n.zones import is_zone
from academy.lib.countries import is_country
from academy.lib.strict import Answer, Body, ClockTime, Instant
from academy.people.addresses import LONGEST_ADDRESS, is_address


def _zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError("this is no zone of the IANA database, such as Asia/Kuala_Lumpur")
    return name


def _country(code: str) -> str:
    if not is_country(code):
        raise ValueError("this is no code of ISO 3166-1 alpha-2, such as MY")
    return code


def _address(text: str) -> str:
    if not is_address(text):
        raise ValueError("this is no address to which mail can be sent")
    return text


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(max_length=500)]
Zone = Annotated[str, Field(max_length=64, examples=["Asia/Manila"]), AfterValidator(_zone)]
Language = Annotated[
    str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35, examples=["en"])
]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["MY"]), AfterValidator(_country)]
Email = Annotated[str, Field(max_length=LONGEST_ADDRESS), AfterValidator(_address)]
Capacity = Annotated[int, Field(ge=1, le=1_000_000)]


class NewSeries(Body):
    """A series to create, with its weekly live sessions SLUG-1, SLUG-2 and so on."""

    slug: Slug
    title: Title
    zone: Zone
    starts: ClockTime = Field(description="The first start, on the clocks of the zone.")
    minutes: int = Field(ge=1, le=1440)
    weekly: int = Field(1, ge=1, le=60, description="How many live sessions, one a week.")
    capacity: Capacity | None = None
    summary: Words = ""
    description: Annotated[str, Field(max_length=20_000)] = ""
    language: Language = "en"
    published: bool = False


class SeriesChange(Body):
    """What to change of a series; what is left out stays as it is."""

    title: Title | None = None
    summary: Words | None = None
    description: Annotated[str, Field(max_length=20_000)] | None = None
    language: Language | None = None
    capacity: Capacity | None = None
    registration_closes_at: Instant | None = None
    status: Literal["draft", "published", "cancelled"] | None = None


class SeriesAnswer(Answer):
    """One series."""

    slug: str
    title: str
    summary: str
    description: str
    zone: str
    language: str
    status: str
    capacity: int | None
    registration_closes_at: datetime | None
    created_at: datetime
    illustrative: str = Field(description="What is invented in it; empty for a real series.")


class SeriesPage(Answer):
    """A part of the list of series."""

    items: list[SeriesAnswer]
    next: str | None = Field(description="The cursor of the next part; null at the end.")


class LiveSessionAnswer(Answer):
    """One live session."""

    slug: str
    series: str
    number: int
    title: str
    summary: str
    starts_at: datetime
    minutes: int
    zone: str
    status: str
    capacity: int | None
    places_taken: int
    recording_url: str


class LiveSessionList(Answer):
    """The live sessions of a series, the earliest first."""

    items: list[LiveSessionAnswer]


class NewRegistration(Body):
    """A person to register; somebody whose address is known is not made twice."""

    name: Title
    email: Email
    country: Country | None = None
    organisation: Annotated[str, Field(max_length=200)] = ""
    language: Language = "en"
    zone: Zone | None = None
    answers: dict[Annotated[str, Field(max_length=300)], Annotated[str, Field(max_length=2000)]] = (
        Field(default_factory=dict, max_length=50)
    )


class PersonAnswer(Answer):
    """Whose registration it is."""

    id: int
    name: str
    country: str | None
    organisation: str
    email: str | None


class PlaceAnswer(Answer):
    """What the registration means for one live session: going, waiting or not_going."""

    live_session: str
    state: str


class RegistrationAnswer(Answer):
    """One registration with its places."""

    id: int
    person: PersonAnswer
    registered_at: datetime
    cancelled_at: datetime | None
    source: str
    answers: dict[str, str]
    places: list[PlaceAnswer]


class RegistrationPage(Answer):
    """A part of the list of registrations."""

    items: list[RegistrationAnswer]
    next: str | None = Field(description="The cursor of the next part; null at the end.")
