"""What search engines and catalogues read of a case: schema.org, the same facts as the page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from academy.lib.countries import country_name
from academy.library.citing import COLLECTION, PUBLISHER, Reference
from academy.library.record import CaseRecord, Partner, Place, Source

#: Google shows no longer headline.
LONGEST_HEADLINE = 110


def describe_case(
    record: CaseRecord, reference: Reference, moments: tuple[datetime | None, datetime], home: str
) -> dict[str, Any]:
    """Return the JSON-LD of a case (schema.org/Article), without what nobody has told.

    `moments` are when it was published and when it was changed last.
    """
    published_at, changed_at = moments
    academy = {"@type": "Organization", "name": PUBLISHER, "url": f"{home}/"}
    return _told({
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": reference.address,
        "url": reference.address,
        "mainEntityOfPage": reference.address,
        "name": record.title,
        "headline": record.title[:LONGEST_HEADLINE],
        "description": record.summary,
        "genre": "Case study",
        "inLanguage": record.language,
        "version": reference.version,
        "datePublished": published_at.isoformat() if published_at else None,
        "dateModified": changed_at.isoformat(),
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "Collection", "name": COLLECTION, "url": f"{home}/cases/"},
        "author": academy,
        "publisher": academy,
        "contentLocation": [_place(place) for place in record.places],
        "about": [_organisation(one) for one in _organisations(record)],
        "citation": [_source(source) for source in record.sources],
    })  # fmt: skip


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def _place(place: Place) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "addressCountry": place.country}
    if place.locality:
        address["addressLocality"] = place.locality
    return {"@type": "Place", "name": _named(place), "address": address}


def _named(place: Place) -> str:
    return ", ".join(part for part in (place.locality, country_name(place.country)) if part)


def _organisations(record: CaseRecord) -> Iterator[Partner]:
    if record.organisation:
        yield record.organisation
    yield from record.partners


def _organisation(one: Partner) -> dict[str, Any]:
    home = {"@type": "PostalAddress", "addressCountry": one.country} if one.country else None
    return _told({"@type": "Organization", "name": one.name, "address": home})


def _source(source: Source) -> dict[str, Any]:
    year = str(source.year) if source.year else None
    return _told({
        "@type": "CreativeWork", "name": source.title, "author": source.authors,
        "publisher": source.publisher, "datePublished": year, "url": source.address,
    })  # fmt: skip
