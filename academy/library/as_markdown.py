"""A case as Markdown: everything that its record tells, to be read or carried on anywhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from academy.i18n.setup import country_in_words, number
from academy.library import wording
from academy.library.fields import open_fields
from academy.library.record import CaseRecord, Partner, Result, Source
from academy.library.showing import Shown
from academy.library.vocabulary import NOT_SHOWN

#: What CommonMark takes for more than itself inside a line (CommonMark 0.31, 2.4).
_SIGNS = re.compile(r"([\\`*_\[\]<>])")


def as_markdown(
    record: CaseRecord, pictures: Sequence[Shown], address: str, version: int
) -> str:  # fmt: skip
    """Return the record as a text of CommonMark in the reader's language.

    Prose stays as its writers wrote it; titles and names are escaped. What nobody has told yet
    stands at the end, as questions.
    """
    blocks = [
        f"# {_plain(record.title)}", _plain(record.summary), _list(_card(record)),
        *_pictures(pictures), *_doing(record), *_evidence(record), *_disagreements(record),
        *_section(_("Sources"), _list(_source(one) for one in record.sources)),
        *_section(_("What nobody has told yet"), _list(_questions(record))),
        f"<{address}> " + _("(version %(number)s)", number=version),
    ]  # fmt: skip
    return "\n\n".join(block for block in blocks if block) + "\n"


def _card(record: CaseRecord) -> Iterator[str]:
    places = (
        ", ".join(filter(None, (place.locality, country_in_words(place.country))))
        for place in record.places
    )
    yield _fact(_("Where"), "; ".join(places))
    if record.organisation:
        yield f"**{_('Who runs it')}:** {_partner(record.organisation)}"
    if record.toolkits:
        yield _fact(_("Kind of practice"), _joined(wording.TOOLKITS, record.toolkits))
    yield _fact(_("What people needed"), _joined(wording.DEMANDS, record.demands))
    yield _fact(_("How it was shared"), str(wording.KINDS[record.kind]))


def _fact(words: str, value: str) -> str:
    return f"**{words}:** {_plain(value)}"


def _joined(words: dict[str, Any], keys: Iterable[str]) -> str:
    return ", ".join(str(words[key]) for key in keys)


def _partner(one: Partner) -> str:
    country = f" ({country_in_words(one.country)})" if one.country else ""
    return _plain(f"{one.name}{country}{': ' if one.role else ''}{one.role}")


def _pictures(pictures: Iterable[Shown]) -> Iterator[str]:
    for one in pictures:
        words = _plain(one.alternative)
        yield f"{f'![{words}]({one.large})' if one.large else words} {_plain(one.credit)}".strip()


def _doing(record: CaseRecord) -> Iterator[str]:
    yield from _section(_("People it serves"), record.people_served)
    yield from _section(_("What people needed"), record.demand)
    yield from _section(_("What is done"), record.approach)
    yield from _section(_("Tools and techniques"), record.technology)
    yield from _section(_("What is new"), record.innovation)
    yield from _section(_("Shared across borders"), record.shared_across_borders)
    yield from _section(_("Shared within the country"), record.shared_within_country)
    yield from _section(_("Partners"), _list(_partner(one) for one in record.partners))
    yield from _section(_("What came of it"), _list(_result(one) for one in record.results))
    yield from _section(_("What was learned"), _list(record.lessons))


def _result(one: Result) -> str:
    figure = "" if one.value is None else f": {number(one.value)} {one.unit}".rstrip()
    year = f" ({one.year})" if one.year else ""
    return _plain(f"{one.what}{figure}{year} [{one.source}]")


def _evidence(record: CaseRecord) -> Iterator[str]:
    yield from _section(_("The five dimensions"), _said(wording.DIMENSIONS, record.dimensions))
    yield from _section(
        _("Sustainable Development Goals"),
        _list(f"{goal} {wording.GOALS[f'{goal:02}']}" for goal in record.goals),
    )
    yield from _section(_("Features of good practice"), _said(wording.FEATURES, record.features))


def _said(words: dict[str, Any], evidence: Any) -> str:
    told = ((title, evidence.get(key)) for key, title in words.items())
    absent = _("Its sources show none.")
    return _list(f"**{title}:** {absent if text == NOT_SHOWN else text}"
                 for title, text in told if text)  # fmt: skip


def _disagreements(record: CaseRecord) -> Iterator[str]:
    if record.disagreements:
        yield f"## {_('Where the sources disagree')}"
    for one in record.disagreements:
        yield f"### {_plain(one.about)}"
        yield _list(_plain(f"{saying.text} [{saying.source}]") for saying in one.sayings)


def _source(one: Source) -> str:
    authors = f"{one.authors}: " if one.authors else ""
    printed = ", ".join(str(part) for part in (one.title, one.publisher, one.year) if part)
    line = _plain(f"[{one.key}] {authors}{printed}{'. ' if one.part else ''}{one.part}")
    return f"{line} {_link(one.address)}" if one.address else line


def _link(address: str) -> str:
    return f"<{address.replace('<', '%3C').replace('>', '%3E')}>"


def _questions(record: CaseRecord) -> Iterator[str]:
    fields = open_fields(record)
    return (str(wording.QUESTIONS[field]) for field in fields if field in wording.QUESTIONS)


def _section(title: str, text: str) -> list[str]:
    return [f"## {title}", text] if text else []


def _list(texts: Iterable[str]) -> str:
    return "\n".join("- " + text.replace("\n", "\n  ") for text in texts)


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
