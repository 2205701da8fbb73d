"""Ten thousand cases made by a die: words spread as unevenly as in a language, five scripts."""

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from sqlalchemy import insert, select

from academy.db import in_parts, now, session, transaction
from academy.lib.search_index import Text, put
from academy.library.fields import completeness, facets, words_of
from academy.library.models import KIND, CaseFacet, CaseStudy, CaseVersion
from academy.library.record import CaseRecord
from academy.library.service.loading import digest_of
from academy.library.vocabulary import DEMANDS, DIMENSIONS, GOALS, KINDS, TOOLKITS

CASES, WORDS, PARTNERS = 10_000, 20_000, 3_000


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COUNTRIES = _listed(
    "PH JP IN LA NP KH ID LK MY KE KR VN BD BR CN CH HT HK PK LS ZA SZ TH ZM MM TL MN BT MV FJ "
    "WS TO PG SB VU KZ KG TJ UZ TR JO LB EG MA SN GH"
)
COUNTRY_WEIGHTS = tuple(accumulate(1 / (rank + 2) for rank in range(len(COUNTRIES))))
#: Syllables of which words are made, and words of scripts that put no space between them.
LATIN = _listed("ba ko ri mu sa te lo na pi du fa ge hi jo ka le mo ni pa ru se ti vo wa yu za tor")
SCRIPTS = {
    "th": _listed("สหกรณ์ ชาวนา หมู่บ้าน ออมทรัพย์ ข้าว ป่า ตลาด แม่ ฝ้าย ทอ ปลา น้ำ ดิน"),
    "km": _listed("សហគមន៍ កសិករ ភូមិ ព្រៃឈើ ស្រូវ ផ្សារ ស្ត្រី ត្បាញ ត្រី ទឹក ដី សន្សំ"),
    "zh": _listed("合作社 农民 村庄 储蓄 稻米 森林 市场 妇女 棉花 编织 鱼 水 土地"),
    "ta": _listed("கூட்டுறவு விவசாயி கிராமம் சேமிப்பு அரிசி காடு சந்தை பெண்கள் மீன்"),
}


def make_cases(number: int = CASES, seed: int = 7) -> list[str]:
    """Store `number` cases with all that is found by them; return the words, the commonest first.

    The same seed makes the same cases on every database.
    """
    die = random.Random(seed)
    words = _make_words(die)
    dealer = _Dealer(die, words)
    for part in in_parts(range(number)):
        with transaction():
            _store([(each, dealer.deal(each)) for each in part])
    return words


def _make_words(die: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < WORDS:
        found["".join(die.choices(LATIN, k=die.choice((2, 2, 3, 3, 4))))] = None
    return list(found)


class _Dealer:
    """Deals records; the word of rank n comes 1/n times as often as the first (Zipf)."""

    def __init__(self, die: random.Random, words: Sequence[str]) -> None:
        self.die, self.words = die, words
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))

    def deal(self, number: int) -> CaseRecord:
        die = self.die
        language = die.choices(["en", *SCRIPTS], weights=[12, 1, 1, 1, 1])[0]
        return CaseRecord.model_validate({
            "title": f"{self._say(4, language)} {number}", "language": language,
            "kind": die.choice(KINDS), "summary": self._say(20, language),
            "places": [{"country": die.choices(COUNTRIES, cum_weights=COUNTRY_WEIGHTS)[0]}],
            "demands": die.sample(DEMANDS, 1), "approach": self._say(90, language),
            "people_served": self._say(20, language), "lessons": [self._say(30, language)],
            "toolkits": die.sample(TOOLKITS, die.choice((0, 1))),
            "goals": die.sample(GOALS, die.choice((1, 2, 3, 4))),
            "dimensions": {each: self._say(10, "en") for each in die.sample(DIMENSIONS, 4)},
            "partners": [{"name": f"Union {die.randrange(PARTNERS)}"} for _ in range(3)],
            "sources": [{"key": "dice", "title": "A die"}],
        })  # fmt: skip

    def _say(self, length: int, language: str) -> str:
        if language in SCRIPTS:
            return "".join(self.die.choices(SCRIPTS[language], k=length))
        return " ".join(self.die.choices(self.words, cum_weights=self.weights, k=length))


def _store(dealt: Sequence[tuple[int, CaseRecord]]) -> None:
    rows = [_row(number, record) for number, record in dealt]
    session.execute(insert(CaseStudy), rows)
    slugs = [row["slug"] for row in rows]
    stored = select(CaseStudy.id).where(CaseStudy.slug.in_(slugs)).order_by(CaseStudy.id)
    ids = session.scalars(stored).all()
    records = [record for _number, record in dealt]
    session.execute(insert(CaseFacet), list(_facets(ids, records)))
    versions = zip(ids, rows, strict=True)
    kept = [{"case_id": each, "version": 1, "record": row["record"]} for each, row in versions]
    session.execute(insert(CaseVersion), kept)
    texts = zip(ids, records, strict=True)
    put(KIND, [Text(case_id, *words_of(record)) for case_id, record in texts])


def _row(number: int, record: CaseRecord) -> dict[str, Any]:
    document = record.model_dump(mode="json")
    return {
        "slug": f"dealt-{number}", "status": "published", "origin": "academy",
        "title": record.title, "summary": record.summary, "language": record.language,
        "country": record.places[0].country, "kind": record.kind, "record": document,
        "completeness": completeness(record).percent, "digest": digest_of(document),
        "version": 1, "published_at": now(),
    }  # fmt: skip


def _facets(ids: Sequence[int], records: Sequence[CaseRecord]) -> Iterator[dict[str, Any]]:
    for case_id, record in zip(ids, records, strict=True):
        for name, value in facets(record):
            yield {"case_id": case_id, "facet": name, "value": value}
