"""The ladder on the labelled corpus, beside a rule that accepts a name 60 % alike; and its time.

Run: make bench ARGS=matching. tests/attendance/test_corpus.py says what the figures mean.
Promises: precision 1.000, recall of at least 0.85, the truth among three suggestions for 90 % of
what stayed open and shows anything of a person.

The last table is of names that only a human recognises (tests/attendance/corpus_shown.py): whether
the person is among three suggested, by plain similarity (before) and by all that is suggested now;
promised is 90 %.

The other rule is that of Moodle's Zoom plug-in: the same address, else the same name, else the
name most alike by PHP's similar_text where it is 60 % or more. Its algorithm is difflib's.
"""

import sys
import time
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import cache

from academy.attendance.matching.candidates import Candidate, Identity
from tests.attendance.corpus import Corpus, make_corpus
from tests.attendance.corpus_run import Score, run_the_ladder
from tests.attendance.corpus_shown import Shares, measure_shares

ALIKE = 0.60


def run_the_similar_name(corpus: Corpus) -> Score:
    """Match each identity by address, name, or the most similar name, and score it."""
    most_alike = _most_alike([one for one in corpus.candidates if one.is_registrant])
    score = Score()
    for number, week in enumerate(corpus.weeks):
        for labelled in week:
            score.note(number, labelled, _by_address(labelled.identity, corpus.candidates)
                       or most_alike(labelled.identity.names[-1]))  # fmt: skip
    return score


def _by_address(identity: Identity, candidates: Sequence[Candidate]) -> int | None:
    owners = (one.person_id for one in candidates if identity.email in one.emails)
    return next(owners, None) if identity.email else None


def _most_alike(registrants: Sequence[Candidate]) -> Callable[[str], int | None]:
    @cache
    def find(name: str) -> int | None:
        matcher = SequenceMatcher(b=name.casefold(), autojunk=False)
        best, person = ALIKE, None
        for one in registrants:
            matcher.set_seq1(one.name.casefold())
            if matcher.real_quick_ratio() >= best and matcher.ratio() >= best:
                best, person = matcher.ratio(), one.person_id
        return person

    return find


def _tell(name: str, score: Score, seconds: float, identities: int) -> None:
    print(
        f"{name:24} {score.precision:9.3f} {score.recall:7.3f} {len(score.wrong):6} "
        f"{seconds:8.2f} s {identities / seconds:10,.0f}/s"
    )


def _tell_confusions(ladder: Score, similar: Score) -> None:
    print(f"\n{'matched rightly, of':40} {'all':>5} {'ladder':>7} {'60 % alike':>11}")
    for confusion, seen in ladder.seen.most_common():
        if not confusion.startswith("stranger"):
            found = ladder.found[confusion], similar.found[confusion]
            print(f"{confusion:40} {seen:5} {found[0]:7} {found[1]:11}")


def _tell_shares(shares: Shares) -> None:
    print(f"\n{'the person is among three suggested':40} {'all':>5} {'before':>7} {'now':>11}")
    for kind, seen in shares.seen.most_common():
        print(f"{kind:40} {seen:5} {shares.before[kind]:7} {shares.now[kind]:11}")
    print(f"{'all':40} {shares.seen.total():5} {shares.share_before:7.1%} {shares.share_now:11.1%}")


def main() -> int:
    """Print the figures; return 1 where a promise is missed."""
    corpus = make_corpus()
    identities = sum(map(len, corpus.weeks))
    begin = time.perf_counter()
    ladder = run_the_ladder(corpus)
    between = time.perf_counter()
    similar = run_the_similar_name(corpus)
    end = time.perf_counter()
    print(f"{identities:,} identities in {len(corpus.weeks)} live sessions, "
          f"{ladder.with_truth:,} of them {sum(one.is_registrant for one in corpus.candidates)} "
          "registrants\n")  # fmt: skip
    print(f"{'':24} {'precision':>9} {'recall':>7} {'wrong':>6} {'time':>10}")
    _tell("the ladder", ladder, between - begin, identities)
    _tell("a name 60 % alike", similar, end - between, identities)
    print(f"\nThe truth is among three suggestions for {ladder.hit_rate:.1%} of "
          f"{ladder.open_with_truth} open ones that show anything of a person, and for "
          f"{ladder.suggested_at_all} of all {ladder.open_at_all}.")  # fmt: skip
    _tell_confusions(ladder, similar)
    shares = measure_shares()
    _tell_shares(shares)
    is_helpful = shares.share_now >= 0.90 and ladder.hit_rate >= 0.90
    is_kept = is_helpful and ladder.precision == 1.0 and ladder.recall >= 0.85
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
