"""The API of the library, open to everybody: what is published, as the pages show it."""

from datetime import datetime

from flask import abort
from pydantic import Field

from academy.lib.strict import Answer, Paging, Query, make_cursor
from academy.library.addresses import address_of
from academy.library.facet_counts import FACETS
from academy.library.featured import MOST_SHOWN, Featured, find_featured
from academy.library.models import CaseStudy
from academy.library.queries import Wish, find_case, find_part
from academy.library.record import CaseRecord
from academy.library.showing import picture_facts
from academy.library.vocabulary import DEMANDS, DIMENSIONS, GOALS, KINDS, TOOLKITS
from academy.security.api import Calls

calls = Calls("library", is_open=True)

#: Values of one facet that a call may name, divided by commas: any of them fits.
MOST_VALUES = 40


def _any_of(*keys: str) -> str:
    each = f"({'|'.join(keys)})"
    return f"^{each}(,{each}){{0,{MOST_VALUES - 1}}}$"


class CaseQuery(Paging):
    """Which cases: values of one facet are divided by commas and mean any of them."""

    q: str = Field("", max_length=200, description="Words that the case holds, in any script.")
    country: str | None = Field(
        None, pattern=_any_of("[A-Z]{2}"), description="ISO 3166-1, such as NP or NP,KH."
    )
    demand: str | None = Field(None, pattern=_any_of(*DEMANDS), description="What people needed.")
    toolkit: str | None = Field(None, pattern=_any_of(*TOOLKITS), description="Kind of practice.")
    dimension: str | None = Field(
        None, pattern=_any_of(*DIMENSIONS), description="Dimension with evidence."
    )
    goal: str | None = Field(
        None, pattern=_any_of(*map(str, GOALS)), description="Sustainable Development Goal."
    )
    kind: str | None = Field(None, pattern=_any_of(*KINDS), description="How it was shared.")
    language: str | None = Field(
        None, pattern=_any_of("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"), description="BCP 47."
    )
    partner: str | None = Field(
        None, min_length=1, max_length=300, description="One partner by its whole name."
    )

    def wish(self) -> Wish:
        """Return what is looked for."""
        given = {name: getattr(self, name) for name in FACETS}
        chosen = {name: tuple(text.split(",")) for name, text in given.items() if text}
        if self.partner:
            chosen["partner"] = (self.partner,)
        if self.goal:
            chosen["goal"] = tuple(each.zfill(2) for each in chosen["goal"])
        return Wish(self.q, chosen)


class CaseCard(Answer):
    """A case as a list shows it."""

    slug: str
    address: str = Field(description="The page of the case.")
    title: str
    summary: str
    language: str
    country: str = Field(description="ISO 3166-1 of its first place.")
    kind: str
    completeness: int = Field(description="Of 100: the share of its fields that tell something.")
    version: int
    changed_at: datetime


class FacetCount(Answer):
    """How many of the cases that fit have one value of a facet."""

    value: str
    count: int


class CasePage(Answer):
    """A part of the cases that fit, the best first; by title where no words were asked."""

    items: list[CaseCard]
    next: str | None = Field(description="The cursor of the next part; null at the end.")
    total: int = Field(description="How many cases fit, in all parts.")
    mended: dict[str, str] = Field(description="Words that stand nowhere: what was taken for them.")
    facets: dict[str, list[FacetCount]] = Field(description="How all that fit are spread.")


class PictureAnswer(Answer):
    """One picture; without addresses where it was taken away."""

    file: str = Field(description="What the record calls it.")
    alternative: str = Field(description="What it shows, for those who do not see it.")
    credit: str
    address: str | None = Field(description="WebP, 1200 pixels wide at most.")
    small_address: str | None = Field(description="WebP, 480 pixels wide at most.")
    width: int | None
    height: int | None


class CaseAnswer(Answer):
    """One case: the record as it stands in its file, and what the library knows of it."""

    slug: str
    address: str = Field(description="The page of the case.")
    version: int
    completeness: int = Field(description="Of 100: the share of its fields that tell something.")
    published_at: datetime | None
    changed_at: datetime
    record: CaseRecord
    pictures: list[PictureAnswer] = Field(description="Those of the record, with addresses.")


@calls.get("/cases")
def list_cases(query: CaseQuery) -> CasePage:
    """List the published cases that fit, with the facets to narrow them by."""
    part = find_part(query.wish(), None, query.after, query.limit)
    behind = query.after + len(part.cases)
    counts = {
        name: [FacetCount(value=_value(name, value), count=count) for value, count in values]
        for name, values in part.facets.items()
    }
    return CasePage(
        items=[_card(case) for case in part.cases], total=part.total, facets=counts,
        next=make_cursor(behind) if part.cases and behind < part.total else None,
        mended=part.query.mended,
    )  # fmt: skip


def _value(facet: str, value: str) -> str:
    """Goals are kept as 01 to sort well; a call says 1."""
    return value.lstrip("0") if facet == "goal" else value


def _card(case: CaseStudy) -> CaseCard:
    return CaseCard(
        slug=case.slug, address=address_of(case.slug), title=case.title, summary=case.summary,
        language=case.language, country=case.country, kind=case.kind,
        completeness=case.completeness, version=case.version, changed_at=case.changed_at,
    )  # fmt: skip


@calls.get("/cases/<slug>")
def show_case(slug: str) -> CaseAnswer:
    """Show one published case with its whole record."""
    case = find_case(slug, None) or abort(404)
    return CaseAnswer(
        slug=case.slug, address=address_of(case.slug), version=case.version,
        completeness=case.completeness, published_at=case.published_at,
        changed_at=case.changed_at, record=CaseRecord.model_validate(case.record),
        pictures=[PictureAnswer(**one) for one in picture_facts(case)],
    )  # fmt: skip


class FeaturedCard(Answer):
    """A case that librarians put in front, and why."""

    slug: str
    address: str = Field(description="The page of the case.")
    title: str
    country: str = Field(description="ISO 3166-1 of its first place.")
    why: str
    language: str = Field(description="BCP 47, of that sentence.")


class FeaturedQuery(Query):
    """How many of them."""

    limit: int = Field(MOST_SHOWN, ge=1, le=MOST_SHOWN, description="So many at most.")


class FeaturedAnswer(Answer):
    """The cases that are in front now, in their order."""

    items: list[FeaturedCard]


@calls.get("/featured-cases")
def list_featured(query: FeaturedQuery) -> FeaturedAnswer:
    """List the cases with which librarians let readers begin, and why."""
    return FeaturedAnswer(items=[_featured(one) for one in find_featured(query.limit)])


def _featured(one: Featured) -> FeaturedCard:
    return FeaturedCard(
        slug=one.slug, address=address_of(one.slug), title=one.title, country=one.country,
        why=one.why, language=one.language,
    )  # fmt: skip
