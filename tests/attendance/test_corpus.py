"""The ladder on the labelled corpus: never wrong, seldom silent, and helpful where it is silent.

What the figures mean. The corpus is run week after week; at the review desk somebody careful
decides what stayed open, and these decisions are remembered in the weeks that follow. Nothing that
the ladder matched is corrected.

- Precision: of all identities that the ladder matched by itself, the share whose person is the
  true one. A stranger taken for a registrant counts against it as much as a registrant taken for
  another.
- Recall: of all identities that truly are a registrant, the share that the ladder matched rightly
  by itself. All are in the denominator, also "iPhone", "S", masked telephones, second devices and
  namesakes, about whom no rule can be certain; and the first week of every habit.
- Hits: of those that stayed open though they are a registrant and that show anything of a person
  (an address, or a name that is no device, letter or telephone), the share whose truth is among the
  three suggestions. The benchmark prints it for all of them too.
"""

import pytest

from tests.attendance.corpus import WEEKS, Corpus, make_corpus
from tests.attendance.corpus_clicks import with_clicks
from tests.attendance.corpus_run import Score, run_the_ladder, says_something


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return make_corpus()


@pytest.fixture(scope="module")
def score(corpus: Corpus) -> Score:
    return run_the_ladder(corpus)


def test_the_corpus_is_as_large_as_promised_and_the_same_each_time(corpus: Corpus) -> None:
    assert len(corpus.weeks) == WEEKS == 20
    assert sum(map(len, corpus.weeks)) >= 2_000
    assert corpus == make_corpus()


@pytest.mark.parametrize(
    "confusion",
    ["twin", "namesake registered too", "same short name, two people", "address of an office",
     "daughter on her father's account", "second device", "renamed in the middle", "device",
     "one name", "first name", "one letter", "prefix, number, title, emoji",
     "device, name in brackets", "two scripts", "another spelling",
     "stranger: like a registrant", "stranger: same name as weeks before"],
)  # fmt: skip
def test_the_corpus_holds_each_confusion_in_several_weeks(corpus: Corpus, confusion: str) -> None:
    weeks = [week for week in corpus.weeks if any(one.confusion == confusion for one in week)]
    assert len(weeks) >= 3


def test_nobody_is_matched_wrongly(score: Score) -> None:
    assert score.wrong == []
    assert score.precision == 1.0


@pytest.mark.parametrize("seed", range(1, 7))
def test_nobody_is_matched_wrongly_in_other_corpora_either(seed: int) -> None:
    assert run_the_ladder(make_corpus(seed)).wrong == []


@pytest.mark.parametrize("seed", range(5))
def test_personal_links_match_more_and_nobody_wrongly(seed: int) -> None:
    """Everybody who opened a door arrived, one in seven of them only minutes later."""
    plain = make_corpus(seed)
    score = run_the_ladder(*with_clicks(plain, seed))
    assert score.wrong == []
    assert score.by_link >= 80
    assert score.right > run_the_ladder(plain).right


def test_doors_that_were_opened_in_vain_mislead_hardly_ever() -> None:
    """One in thirty of those who stay away opened the door: only nameless devices are left."""
    scores = [run_the_ladder(*with_clicks(make_corpus(n), n, lost=0.03)) for n in range(5)]
    wrong = [labelled for score in scores for _week, labelled, _person in score.wrong]
    assert len(wrong) <= 0.001 * sum(score.right for score in scores)
    assert all(not says_something(labelled.identity) for labelled in wrong)


def test_most_registrants_are_matched_without_a_human(score: Score) -> None:
    assert score.recall >= 0.85


def test_the_suggestions_hold_the_truth_for_nearly_all_that_stayed_open(score: Score) -> None:
    assert score.open_with_truth >= 100
    assert score.hit_rate >= 0.90


@pytest.mark.parametrize("confusion", ["device", "one letter", "second device"])
def test_what_says_nothing_is_never_matched(score: Score, confusion: str) -> None:
    assert score.seen[confusion] > 0
    assert score.found[confusion] == 0


def test_more_is_matched_as_weeks_pass(corpus: Corpus) -> None:
    first_week = Corpus(corpus.candidates, corpus.weeks[:1])
    assert run_the_ladder(first_week).recall < run_the_ladder(corpus).recall
