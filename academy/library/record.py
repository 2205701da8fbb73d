"""A case study as a structured record: what files, forms and the API give and are checked by."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from academy.lib.countries import is_country
from academy.library.vocabulary import Demand, Dimension, Feature, Kind, Toolkit

Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
#: Markdown of a few paragraphs.
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=6000)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


def _known_country(code: str) -> str:
    if not is_country(code):
        raise ValueError("this is no two-letter country code of ISO 3166-1, such as NP")
    return code


Country = Annotated[str, AfterValidator(_known_country)]


class Part(BaseModel):
    """What every part of a record shares: nothing that the schema does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(Part):
    """Where it is done: a country, and the place in it as people there call it."""

    country: Country
    locality: Line = ""


class Partner(Part):
    """An organisation, where it is at home if that is known, and what it does in the case."""

    name: Annotated[Line, Field(min_length=1)]
    country: Country | None = None
    role: Line = ""


class Result(Part):
    """One outcome; a number only with its unit and, where it is told, its year."""

    what: Annotated[Line, Field(min_length=1)]
    value: float | None = None
    unit: Word = ""
    year: Annotated[int, Field(ge=1800, le=2100)] | None = None
    #: The key of the source that says so.
    source: Key


class Source(Part):
    """Where facts come from."""

    key: Key
    title: Annotated[Line, Field(min_length=1)]
    authors: Line = ""
    publisher: Line = ""
    year: Annotated[int, Field(ge=1800, le=2100)] | None = None
    #: The part of it: an annex, a table, a page.
    part: Line = ""
    address: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)] | None = (
        None
    )


class Saying(Part):
    """What one source says where sources disagree."""

    source: Key
    text: Annotated[Line, Field(min_length=1)]


class Disagreement(Part):
    """A fact on which the sources differ: both are shown, none is picked."""

    about: Annotated[Line, Field(min_length=1)]
    sayings: Annotated[list[Saying], Field(min_length=2, max_length=6)]


class Picture(Part):
    """A picture beside the record, with the words for those who do not see it."""

    file: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.(png|jpe?g|webp)$")]
    alternative: Annotated[Line, Field(min_length=1)]
    credit: Line = ""


Evidence = Prose | None
Dimensions = dict[Dimension, Evidence]
Features = dict[Feature, Evidence]


class CaseRecord(Part):
    """A documented practice. An empty text is a question to the community, never a guess."""

    title: Annotated[Line, Field(min_length=1)]
    language: Language
    kind: Kind
    #: The card: one or two sentences.
    summary: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    places: Annotated[list[Place], Field(min_length=1, max_length=12)]
    organisation: Partner | None = None
    partners: Annotated[list[Partner], Field(max_length=40)] = []
    people_served: Prose = ""
    demands: Annotated[list[Demand], Field(min_length=1, max_length=6)]
    #: The same in words.
    demand: Prose = ""
    approach: Prose = ""
    technology: Prose = ""
    innovation: Prose = ""
    shared_across_borders: Prose = ""
    shared_within_country: Prose = ""
    results: Annotated[list[Result], Field(max_length=40)] = []
    lessons: Annotated[list[Prose], Field(max_length=20)] = []
    dimensions: Dimensions = {}
    #: Evidence, `not shown` where a source was read for it and has none, null where nobody knows.
    features: Features = {}
    goals: Annotated[list[Annotated[int, Field(ge=1, le=17)]], Field(max_length=17)] = []
    toolkits: Annotated[list[Toolkit], Field(max_length=4)] = []
    sources: Annotated[list[Source], Field(min_length=1, max_length=20)]
    disagreements: Annotated[list[Disagreement], Field(max_length=20)] = []
    pictures: Annotated[list[Picture], Field(max_length=12)] = []

    @model_validator(mode="after")
    def _sources_are_named(self) -> Self:
        if faults := [*self._keys_given_twice(), *self._strays()]:
            raise ValidationError.from_exception_data(type(self).__name__, faults)
        return self

    def _keys_given_twice(self) -> Iterator[InitErrorDetails]:
        keys = [source.key for source in self.sources]
        for at, key in enumerate(keys):
            if key in keys[:at]:
                error = PydanticCustomError("key_twice", "another source has this key")
                yield InitErrorDetails(type=error, loc=("sources", at, "key"), input=key)

    def _strays(self) -> Iterator[InitErrorDetails]:
        known = {source.key for source in self.sources}
        for place, key in self._cited():
            if key not in known:
                why = PydanticCustomError("stray_key", "no source has the key {key}", {"key": key})
                yield InitErrorDetails(type=why, loc=(*place, "source"), input=key)

    def _cited(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for at, result in enumerate(self.results):
            yield ("results", at), result.source
        for at, one in enumerate(self.disagreements):
            for number, saying in enumerate(one.sayings):
                yield ("disagreements", at, "sayings", number), saying.source
