"""The ladder: certain matches are certain, and everything else is left to a human."""

import datetime as dt

import pytest

from academy.attendance.matching.ladder import (
    Candidate,
    Identity,
    Known,
    LinkUse,
    Outcome,
    Reason,
    match_all,
    pairs_of,
)
from academy.attendance.matching.memory import memory_of

SITI, BUDI, ALI, FATHER, DAUGHTER = 1, 2, 3, 4, 5
NINE = dt.datetime(2020, 5, 2, 9, tzinfo=dt.UTC)


def _candidate(
    person: int, name: str, *emails: str, verified: bool = True, registered: bool = True
) -> Candidate:
    proved = frozenset(emails) if verified else frozenset()
    return Candidate(person, name, proved, frozenset(emails), is_registrant=registered)


CAST = [
    _candidate(SITI, "Siti Aminah", "siti@coop.example"),
    _candidate(BUDI, "Budi Santoso", "budi@coop.example", verified=False),
    _candidate(ALI, "Ali"),
    _candidate(FATHER, "Ahmad Yusof", "ahmad@home.example"),
    _candidate(DAUGHTER, "Nur Yusof"),
]


def _identity(
    *names: str, email: str | None = None, original: str | None = None, key: str = "one"
) -> Identity:
    return Identity(key, names, (original,) if original else (), email)


def _match(*identities: Identity, cast: list[Candidate] | None = None) -> Outcome:
    return match_all(identities, Known(CAST if cast is None else cast))[0]


def _reasons(outcome: Outcome, person: int) -> tuple[Reason, ...]:
    assert outcome.person_id is None
    return next((one.reasons for one in outcome.suggestions if one.person_id == person), ())


def test_an_external_id_that_we_gave_out_is_certain() -> None:
    cast = [Candidate(9, "Somebody", external_ids=frozenset({"reg-212"}))]
    outcome = match_all(
        [Identity("k", ("iPhone",), external_ids=frozenset({"reg-212"}))], Known(cast)
    )
    assert (outcome[0].person_id, outcome[0].rule) == (9, "external_id")


@pytest.mark.parametrize("name", ["Siti Aminah", "iPhone", "S", "Aunty Siti", "60123456789"])
def test_a_verified_address_is_certain_whatever_the_name(name: str) -> None:
    outcome = _match(_identity(name, email="siti@coop.example"))
    assert (outcome.person_id, outcome.rule) == (SITI, "email")


def test_a_verified_address_counts_in_any_case() -> None:
    cast = [_candidate(SITI, "Siti", "Siti@Coop.example")]
    assert _match(_identity("x y", email="siti@coop.example"), cast=cast).rule == "email"


def test_an_address_that_nobody_proved_is_only_a_suggestion() -> None:
    outcome = _match(_identity("Galaxy A12", email="budi@coop.example"))
    assert "unverified_email" in _reasons(outcome, BUDI)


OFFICE = [
    _candidate(1, "Siti Aminah", "office@x.example"),
    _candidate(2, "Budi", "office@x.example"),
]


@pytest.mark.parametrize("name", ["Office", "iPhone", "Siti A."])
def test_an_address_of_a_whole_office_names_nobody(name: str) -> None:
    outcome = _match(_identity(name, email="office@x.example"), cast=OFFICE)
    assert "shared_email" in _reasons(outcome, 1)
    assert "shared_email" in _reasons(outcome, 2)


def test_an_exact_name_tells_who_of_an_office_it_was() -> None:
    outcome = _match(_identity("Siti Aminah", email="office@x.example"), cast=OFFICE)
    assert (outcome.person_id, outcome.rule) == (1, "unique_name")
    both = _identity("Siti Aminah", "Budi", email="office@x.example")
    assert _match(both, cast=OFFICE).person_id is None


def test_a_daughter_at_her_fathers_device_is_left_to_a_human() -> None:
    outcome = _match(_identity("Nur Yusof", email="ahmad@home.example"))
    assert "email_of_another_person" in _reasons(outcome, DAUGHTER)
    assert "name_of_another_person" in _reasons(outcome, FATHER)


def test_a_daughter_on_her_fathers_account_without_address_is_left_to_a_human() -> None:
    outcome = _match(_identity("Nur Yusof", original="Ahmad Yusof"))
    assert "name_of_another_person" in _reasons(outcome, DAUGHTER)


@pytest.mark.parametrize(
    "name", ["Siti Aminah", "siti aminah", "Aminah, Siti", "MY - Siti Aminah", "Dr. Siti Aminah 🌸"]
)
def test_an_exact_name_that_nobody_else_bears_is_certain(name: str) -> None:
    outcome = _match(_identity(name))
    assert (outcome.person_id, outcome.rule) == (SITI, "unique_name")


@pytest.mark.parametrize(
    "name",
    ["Siti Amina", "Siti", "Aminah", "Siti Aminah Binti Ali", "Siti binti Aminah", "Sitti Aminah",
     "S. Aminah", "Siti Aminah's iPhone", "Siti Aminah & Budi", "Siti Aminah 2"],
)  # fmt: skip
def test_a_name_that_is_only_similar_is_never_matched(name: str) -> None:
    outcome = _match(_identity(name))
    assert outcome.person_id is None


@pytest.mark.parametrize("name", ["Siti Amina", "Siti Aminah binti Ali", "Siti Aminah's iPhone"])
def test_a_similar_name_is_suggested_with_reasons(name: str) -> None:
    outcome = _match(_identity(name))
    assert [one.person_id for one in outcome.suggestions] == [SITI]
    assert "similar_name" in _reasons(outcome, SITI)


@pytest.mark.parametrize(
    "name", ["iPhone", "Galaxy A12", "SM-A105F", "Zoom User", "60123456789", "A", "🌸", "Guest"]
)
def test_devices_telephones_and_letters_match_nobody_even_if_somebody_is_called_so(
    name: str,
) -> None:
    outcome = _match(_identity(name), cast=[_candidate(1, name)])
    assert outcome.person_id is None
    assert outcome.suggestions == ()


def test_namesakes_among_registrants_are_left_to_a_human() -> None:
    cast = [_candidate(1, "Siti Aminah"), _candidate(2, "Aminah Siti")]
    outcome = _match(_identity("Siti Aminah"), cast=cast)
    assert "several_people_of_this_name" in _reasons(outcome, 1)
    assert "several_people_of_this_name" in _reasons(outcome, 2)


def test_a_namesake_who_did_not_register_is_enough_to_doubt() -> None:
    cast = [_candidate(1, "Siti Aminah"), _candidate(2, "Siti Aminah", registered=False)]
    outcome = _match(_identity("Siti Aminah"), cast=cast)
    assert [one.person_id for one in outcome.suggestions] == [1, 2]


def test_a_name_that_two_people_show_is_certain_for_none() -> None:
    twins = [_identity("Siti Aminah", key="a"), _identity("Aminah Siti", key="b")]
    outcomes = match_all(twins, Known(CAST))
    assert [outcome.person_id for outcome in outcomes] == [None, None]
    assert "name_shown_twice" in _reasons(outcomes[0], SITI)


def test_a_name_that_somebody_else_in_the_room_shows_too_is_not_certain() -> None:
    open_one, decided = _identity("Siti Aminah", key="a"), _identity("Siti Aminah", key="b")
    [outcome] = match_all([open_one], Known(CAST), everybody=[open_one, decided])
    assert "name_shown_twice" in _reasons(outcome, SITI)


def test_a_second_device_without_address_is_left_to_a_human() -> None:
    devices = [_identity("Siti Aminah", email="siti@coop.example", key="a"),
               _identity("Siti Aminah", key="b")]  # fmt: skip
    first, second = match_all(devices, Known(CAST))
    assert (first.person_id, first.rule) == (SITI, "email")
    assert "name_shown_twice" in _reasons(second, SITI)


def test_a_name_with_the_address_of_another_person_is_never_matched_by_name() -> None:
    outcome = _match(_identity("Siti Aminah", email="budi@coop.example"))
    assert outcome.person_id is None
    assert "email_of_another_person" in _reasons(outcome, SITI)


def test_a_name_with_an_address_that_nobody_knows_may_be_certain() -> None:
    assert _match(_identity("Siti Aminah", email="new@x.example")).rule == "unique_name"


def test_a_person_who_is_known_but_not_registered_is_matched_by_address_only() -> None:
    cast = [_candidate(1, "Siti Aminah", "siti@coop.example", registered=False)]
    assert _match(_identity("Siti Aminah"), cast=cast).person_id is None
    assert _match(_identity("x", email="siti@coop.example"), cast=cast).person_id == 1


def test_a_lone_word_is_certain_only_if_it_is_part_of_no_other_name() -> None:
    assert _match(_identity("Ali")).rule == "unique_name"
    cast = [*CAST, _candidate(9, "Ali Hassan", registered=False)]
    assert "one_word_name" in _reasons(_match(_identity("Ali"), cast=cast), ALI)


def test_titles_that_contradict_are_left_to_a_human() -> None:
    cast = [_candidate(1, "Mr Tan Wei Ming")]
    assert _match(_identity("Tan Wei Ming"), cast=cast).person_id == 1
    outcome = _match(_identity("Mrs Tan Wei Ming"), cast=cast)
    assert "other_title" in _reasons(outcome, 1)
    assert _match(_identity("Lee"), cast=[_candidate(1, "Mr Lee")]).person_id is None


def test_fathers_and_sons_are_told_apart() -> None:
    cast = [_candidate(1, "Ali bin Ahmad")]
    assert _match(_identity("Ali bin Ahmad"), cast=cast).person_id == 1
    assert _match(_identity("Ahmad bin Ali"), cast=cast).person_id is None


def test_names_that_changed_must_all_be_of_one_person() -> None:
    assert _match(_identity("Siti Aminah", "Aminah Siti", email="n@x.example")).person_id == SITI
    assert _match(_identity("Siti Aminah", "Budi Santoso", email="n@x.example")).person_id is None
    assert _match(_identity("Siti Aminah", "iPhone", email="n@x.example")).person_id is None
    assert _match(_identity("Siti Aminah", "Ketua", email="n@x.example")).person_id is None


def test_the_name_in_brackets_alone_is_only_a_suggestion() -> None:
    outcome = _match(_identity("iPhone", original="Siti Aminah"))
    assert "original_name" in _reasons(outcome, SITI)


def test_a_remembered_decision_is_certain_for_the_same_pair_of_names() -> None:
    identity = _identity("Aunty 5", original="Galaxy A12")
    remembered = dict.fromkeys(pairs_of(identity), BUDI)
    [outcome] = match_all([identity], Known(CAST), remembered=remembered)
    assert (outcome.person_id, outcome.rule) == (BUDI, "remembered")
    [other] = match_all([_identity("Aunty 5")], Known(CAST), remembered=remembered)
    assert other.person_id is None


@pytest.mark.parametrize(
    ("name", "original", "is_certain"),
    [
        ("iPhone", None, False),
        ("iPhone", "Galaxy A12", False),
        ("iPhone", "Aunty Wati", True),
        ("60123456789", None, True),
        ("+60 12-***-1234", None, False),
        ("A", None, False),
        ("Aunty Wati", None, True),
        ("Pak Santoso", None, True),
        ("Siti", None, False),
        ("Siti's iPhone", None, False),
        ("陈伟良", None, True),
        ("LAPTOP-7QK2M1", None, False),
    ],
)
def test_a_device_is_not_remembered_without_a_name(
    name: str, original: str | None, *, is_certain: bool
) -> None:
    identity = _identity(name, original=original)
    remembered = dict.fromkeys(pairs_of(identity), BUDI)
    [outcome] = match_all([identity], Known(CAST), remembered=remembered)
    assert (outcome.person_id == BUDI) is is_certain


def test_a_remembered_name_is_unclear_once_somebody_else_bears_it() -> None:
    remembered = {("siti a", ""): SITI}
    [alone] = match_all([_identity("Siti A.")], Known(CAST), remembered=remembered)
    assert alone.rule == "remembered"
    cast = [*CAST, _candidate(9, "Siti A. Rahim")]
    [outcome] = match_all([_identity("Siti A.")], Known(cast), remembered=remembered)
    assert "several_people_of_this_name" in _reasons(outcome, SITI)


def test_a_remembered_name_is_unclear_once_somebody_is_called_more_alike() -> None:
    remembered = {("sitti amina", ""): SITI}
    [alone] = match_all([_identity("Sitti Amina")], Known(CAST), remembered=remembered)
    assert alone.rule == "remembered"
    cast = [*CAST, _candidate(9, "Siti Amina")]
    [outcome] = match_all([_identity("Sitti Amina")], Known(cast), remembered=remembered)
    assert "several_people_of_this_name" in _reasons(outcome, SITI)


def test_a_first_name_is_remembered_only_with_the_address_that_stood_beside_it() -> None:
    remembered = memory_of([(_identity("Ros", email="ros@x.example"), BUDI)])
    [same] = match_all(
        [_identity("Ros", email="ros@x.example")], Known(CAST), remembered=remembered
    )
    assert (same.person_id, same.rule) == (BUDI, "remembered")
    for email in (None, "rosa@x.example"):
        [other] = match_all([_identity("Ros", email=email)], Known(CAST), remembered=remembered)
        assert "unclear_memory" in _reasons(other, BUDI)


def test_a_remembered_name_with_a_new_address_is_left_to_a_human() -> None:
    remembered = memory_of([(_identity("Aunty Wati"), BUDI)])
    [outcome] = match_all(
        [_identity("Aunty Wati", email="wati@x.example")], Known(CAST), remembered=remembered
    )
    assert "unverified_email" in _reasons(outcome, BUDI)


def test_a_name_that_stood_for_two_people_in_two_weeks_suggests_both_the_latest_first() -> None:
    remembered = memory_of([(_identity("Aunty 5"), BUDI), (_identity("Aunty 5"), ALI)])
    [outcome] = match_all([_identity("Aunty 5")], Known(CAST), remembered=remembered)
    assert outcome.person_id is None
    assert [one.person_id for one in outcome.suggestions] == [ALI, BUDI]


def test_a_name_that_stood_for_nobody_once_is_no_longer_certain() -> None:
    remembered = memory_of([(_identity("Siti Aminah"), None)])
    [outcome] = match_all([_identity("Siti Aminah")], Known(CAST), remembered=remembered)
    assert "unclear_memory" in _reasons(outcome, SITI)


@pytest.mark.parametrize("name", ["Nur", "Nurr Yusof"])
def test_a_daughter_shown_by_half_her_name_is_not_taken_for_her_father(name: str) -> None:
    outcome = _match(_identity(name, email="ahmad@home.example"))
    assert "name_of_another_person" in _reasons(outcome, FATHER)
    assert "email_of_another_person" in _reasons(outcome, DAUGHTER)


def test_a_daughter_is_remembered_by_her_name_at_her_fathers_address() -> None:
    identity = _identity("Nur Yusof", email="ahmad@home.example")
    [outcome] = match_all([identity], Known(CAST), remembered=memory_of([(identity, DAUGHTER)]))
    assert (outcome.person_id, outcome.rule) == (DAUGHTER, "remembered")


def test_a_remembered_pair_that_two_people_show_is_certain_for_none() -> None:
    identities = [_identity("Aunty 5", key="a"), _identity("Aunty 5", key="b")]
    remembered = {("aunty 5", ""): BUDI}
    outcomes = match_all(identities, Known(CAST), remembered=remembered)
    assert [outcome.person_id for outcome in outcomes] == [None, None]
    assert "unclear_memory" in _reasons(outcomes[0], BUDI)


def test_a_remembered_decision_does_not_overrule_an_address() -> None:
    identity = _identity("Aunty 5", email="siti@coop.example")
    remembered = {("aunty 5", ""): BUDI}
    assert match_all([identity], Known(CAST), remembered=remembered)[0].person_id == SITI
    identity = _identity("Aunty 5", email="budi@coop.example")
    remembered = {("aunty 5", ""): SITI}
    assert match_all([identity], Known(CAST), remembered=remembered)[0].person_id is None


def _joined(key: str, second: int, name: str = "iPhone") -> Identity:
    return Identity(key, (name,), joined=(NINE + dt.timedelta(seconds=second),))


def test_a_personal_link_names_the_only_one_who_joined_in_that_minute() -> None:
    links = [LinkUse(BUDI, NINE)]
    first, second = match_all([_joined("a", 20), _joined("b", 300)], Known(CAST), links=links)
    assert (first.person_id, first.rule) == (BUDI, "personal_link")
    assert second.person_id is None


def test_two_links_or_two_arrivals_in_one_minute_name_nobody() -> None:
    crowd = match_all(
        [_joined("a", 20), _joined("b", 30)], Known(CAST), links=[LinkUse(BUDI, NINE)]
    )
    assert [outcome.person_id for outcome in crowd] == [None, None]
    links = [LinkUse(BUDI, NINE), LinkUse(ALI, NINE)]
    assert match_all([_joined("a", 20)], Known(CAST), links=links)[0].person_id is None


def test_a_link_does_not_overrule_the_name_of_somebody_else() -> None:
    [outcome] = match_all(
        [_joined("a", 20, "Siti Aminah")], Known(CAST), links=[LinkUse(BUDI, NINE)]
    )
    assert outcome.person_id is None


def test_outcomes_stand_in_the_order_of_the_identities() -> None:
    identities = [
        _identity(name, key=name) for name in ("Siti Aminah", "Nobody Known", "Ahmad Yusof")
    ]
    outcomes = match_all(identities, Known(CAST))
    assert [outcome.identity.key for outcome in outcomes] == [one.key for one in identities]
    assert [outcome.person_id for outcome in outcomes] == [SITI, None, FATHER]
