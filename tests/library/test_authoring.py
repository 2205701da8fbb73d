"""Writing a case by its services: sections that merge, records that are whole, who sees what."""

from typing import Any

import pytest
from sqlalchemy import func, select

from academy.db import session
from academy.library.draft_queries import list_invitations, read_contents, writer_ids
from academy.library.errors import (
    ChangedMeanwhile,
    DecidedMeanwhile,
    Incomplete,
    KeptFromWriting,
    NothingChanged,
    NotPossible,
    OwnCase,
)
from academy.library.models import CaseStudy, CaseVersion, CaseWriter
from academy.library.policy import visible_cases
from academy.library.queries import Wish, find_shelf, list_submitted
from academy.library.record import CaseRecord
from academy.library.service import (
    accept_invitation,
    ask_for_changes,
    comment,
    discard_draft,
    invite_writer,
    publish_case,
    put_back_case,
    restore_version,
    save_section,
    settle,
    submit_case,
    take_back_submission,
    withdraw_case,
)
from academy.library.working_copy import assemble, gaps, marks_of, progress_of, take_apart
from academy.messaging.models import Notice
from academy.moderation.service import decide_on_person
from academy.people.models import Person
from tests.cast import Cast
from tests.library.cases import TOLD, a_draft, a_submission, a_told_draft
from tests.library.conftest import record


def _marks(case: CaseStudy, section: str) -> dict[str, str]:
    return marks_of(section, read_contents(case.id)[section])


def _news(person: Person) -> list[str]:
    found = session.scalars(select(Notice).where(Notice.person_id == person.id).order_by(Notice.id))
    return [one.facts["what"] for one in found if one.kind.startswith("case_")]


def test_two_writers_on_two_sections_never_meet(cast: Cast) -> None:
    case = a_draft(cast.learner)
    need, lessons = _marks(case, "need"), _marks(case, "lessons")
    save_section(case, "need", cast.learner, {"approach": "In turns."}, need)
    save_section(case, "lessons", cast.other_learner, {"lessons": ["Begin small."]}, lessons)
    contents = read_contents(case.id)
    assert contents["need"]["approach"] == "In turns."
    assert contents["lessons"]["lessons"] == ["Begin small."]


def test_two_writers_in_two_fields_of_one_section_keep_both(cast: Cast) -> None:
    case = a_draft(cast.learner)
    base = _marks(case, "need")
    save_section(case, "need", cast.learner, {"approach": "In turns."}, base)
    saved = save_section(case, "need", cast.other_learner, {"technology": "Ropes."}, base)
    assert saved.content == {"approach": "In turns.", "technology": "Ropes."}
    assert saved.beside == cast.learner.id


def test_two_writers_in_one_field_are_told_and_nothing_is_lost(cast: Cast) -> None:
    case = a_draft(cast.learner)
    base = _marks(case, "need")
    save_section(case, "need", cast.learner, {"approach": "In turns."}, base)
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        save_section(case, "need", cast.other_learner, {"approach": "Together."}, base)
    assert meanwhile.value.both == ["approach"]
    assert meanwhile.value.theirs["approach"] == "In turns."
    assert read_contents(case.id)["need"]["approach"] == "In turns."
    # Having seen both, the second decides.
    seen = marks_of("need", meanwhile.value.theirs)
    save_section(case, "need", cast.other_learner, {"approach": "Both."}, seen)
    assert read_contents(case.id)["need"]["approach"] == "Both."


def test_the_same_words_of_two_are_no_conflict(cast: Cast) -> None:
    case = a_draft(cast.learner)
    base = _marks(case, "need")
    first = save_section(case, "need", cast.learner, {"approach": "In turns."}, base)
    again = save_section(case, "need", cast.other_learner, {"approach": "In turns."}, base)
    assert (first.version, again.version) == (2, 2)


def test_a_told_draft_makes_a_record_and_comes_back_from_it(cast: Cast) -> None:
    case = a_told_draft(cast.learner)
    made = assemble(read_contents(case.id))
    assert made.record is not None
    assert made.record.results[0].value == 1200
    assert assemble(take_apart(made.record)).record == made.record


def test_every_field_survives_being_taken_apart(cast: Cast) -> None:
    whole = record(
        results=[{"what": "Trees", "value": 2.5, "unit": "m", "year": 2001, "source": "book"}],
        organisation={"name": "Group", "country": "NP", "role": "Keeps it"}, lessons=["One."],
        features={"inclusion": "not shown", "horizontal": "Peers.", "triangular": None},
        disagreements=[{"about": "Where", "sayings": [
            {"source": "book", "text": "Here"}, {"source": "book", "text": "There"}]}],
    )  # fmt: skip
    again = assemble(take_apart(whole)).record
    assert again is not None
    assert _told(again) == _told(whole)


def _told(whole: CaseRecord) -> dict[str, Any]:
    document = whole.model_dump(mode="json")
    for name in ("dimensions", "features"):
        document[name] = {key: text for key, text in document[name].items() if text}
    return document


@pytest.mark.parametrize(
    ("section", "content", "anchor", "why"),
    [
        ("about", TOLD["about"] | {"title": ""}, "title", "missing"),
        ("about", TOLD["about"] | {"kind": "pear"}, "kind", "choice"),
        ("about", TOLD["about"] | {"summary": "x" * 501}, "summary", "long"),
        ("place", {"places": [{"locality": "Bohol"}]}, "places-0-country", "missing"),
        ("place", {"places": [{}, {"country": "XX"}]}, "places-1-country", "choice"),
        ("place", {"places": []}, "places", "missing"),
        ("results", {"results": [{}, {"what": "x", "value": "many", "source": "1"}]},
         "results-1-value", "number"),
        ("results", {"results": [{"what": "x", "year": "long ago", "source": "1"}]},
         "results-0-year", "year"),
        ("results", {"results": [{"what": "x", "source": "9"}]}, "results-0-source", "source"),
        ("results", {"results": [{"value": "1", "source": "1"}]}, "results-0-what", "missing"),
        ("sources", {"sources": [{"title": "x", "key": "1", "address": "javascript:1"}]},
         "sources-0-address", "address"),
        ("lessons", {"lessons": ["", "x" * 6001]}, "lessons-1", "long"),
        ("need", {"demands": []}, "demands", "missing"),
        ("features", {"features.inclusion": {"text": "x" * 6001}}, "features.inclusion", "long"),
        ("goals", {"goals": ["18"]}, "goals", "year"),
    ],
)  # fmt: skip
def test_each_problem_leads_to_its_field(
    cast: Cast, section: str, content: dict[str, Any], anchor: str, why: str
) -> None:
    case = a_told_draft(cast.learner, **{section: content})
    with pytest.raises(Incomplete) as found:
        submit_case(case, cast.learner)
    assert (found.value.problems[0].anchor, found.value.problems[0].why) == (anchor, why)
    assert found.value.problems[0].section == section
    assert case.status == "draft"


def test_completeness_counts_by_section_and_names_what_is_missing(cast: Cast) -> None:
    contents = read_contents(a_told_draft(cast.learner).id)
    assert (progress_of(contents, "about").told, progress_of(contents, "about").all) == (4, 5)
    assert progress_of(contents, "pictures").all == 0
    missing = list(gaps(contents))
    assert ("lessons", "lessons") in missing
    assert ("need", "approach") not in missing
    assert all(field not in {"toolkits", "partners", "pictures"} for _section, field in missing)


def test_a_draft_is_its_writers_alone_until_it_is_submitted(cast: Cast) -> None:
    case = a_told_draft(cast.learner)
    people = (cast.learner, cast.other_learner, cast.moderator, None)
    assert _who_sees(case, people) == [True, False, False, False]
    submit_case(case, cast.learner)
    assert _who_sees(case, people) == [True, False, True, False]


def _who_sees(case: CaseStudy, people: tuple[Person | None, ...]) -> list[bool]:
    return [
        session.scalar(visible_cases(one).where(CaseStudy.id == case.id)) is not None
        for one in people
    ]


def test_inviting_tells_nobody_who_is_a_member(cast: Cast) -> None:
    case = a_draft(cast.learner)
    assert cast.other_learner.id
    for address in ("Sutrisno@Example.org", "nobody@example.org"):
        invite_writer(case, cast.learner, address)
    rows = session.scalars(select(CaseWriter).order_by(CaseWriter.id)).all()
    assert [(one.address, one.person_id) for one in rows] == [
        ("sutrisno@example.org", None), ("nobody@example.org", None),
    ]  # fmt: skip
    assert _news(cast.other_learner) == ["invited"]
    assert _who_sees(case, (cast.other_learner,)) == [False]


def test_whoever_accepts_writes_too_and_the_address_is_forgotten(cast: Cast) -> None:
    case = a_draft(cast.learner)
    invite_writer(case, cast.learner, "sutrisno@example.org")
    [(writer, _case, asks)] = list_invitations(cast.other_learner)
    assert asks == cast.learner.name
    accept_invitation(writer, cast.other_learner)
    assert (writer.address, writer_ids(case)) == ("", {cast.learner.id, cast.other_learner.id})
    assert _who_sees(case, (cast.other_learner,)) == [True]


def test_what_is_published_is_what_was_submitted(cast: Cast) -> None:
    case, submission = a_submission(cast.learner)
    save_section(case, "need", cast.learner, {"demands": ["food"]})
    publish_case(submission, cast.moderator)
    assert case.record["demands"] == ["jobs"]
    assert [one.slug for one in find_shelf(Wish("seaweed"), None).rows] == [case.slug]
    [version] = session.scalars(select(CaseVersion).where(CaseVersion.case_id == case.id))
    assert (version.version, version.changed_by) == (1, cast.learner.id)
    assert _news(cast.learner) == ["published"]
    assert list_submitted().total == 0


def test_librarians_are_told_and_find_it_in_their_list(cast: Cast) -> None:
    assert cast.moderator.id
    case, submission = a_submission(cast.learner)
    [(found, of, who)] = list_submitted().rows
    assert (found.id, of.id, who) == (submission.id, case.id, cast.learner.name)
    assert _news(cast.moderator) == ["submitted"]


def test_asking_for_changes_gives_it_back_with_a_note(cast: Cast) -> None:
    case, submission = a_submission(cast.learner)
    ask_for_changes(submission, cast.moderator, "Which year?")
    assert (case.status, submission.note) == ("draft", "Which year?")
    assert _news(cast.learner) == ["returned"]
    with pytest.raises(DecidedMeanwhile):
        publish_case(submission, cast.organiser)


def test_a_submission_sent_again_replaces_the_first(cast: Cast) -> None:
    case, first = a_submission(cast.learner)
    save_section(case, "need", cast.learner, {"demands": ["food"]})
    second = submit_case(case, cast.learner)
    with pytest.raises(DecidedMeanwhile):
        publish_case(first, cast.moderator)
    assert publish_case(second, cast.moderator).record["demands"] == ["food"]


def test_taken_back_it_is_a_draft_again(cast: Cast) -> None:
    case, submission = a_submission(cast.learner)
    take_back_submission(case, cast.learner)
    assert case.status == "draft"
    with pytest.raises(DecidedMeanwhile):
        publish_case(submission, cast.moderator)


def test_nobody_publishes_their_own_case(cast: Cast) -> None:
    _case, submission = a_submission(cast.moderator)
    with pytest.raises(OwnCase):
        publish_case(submission, cast.moderator)
    publish_case(submission, cast.organiser)


def test_a_published_case_stays_as_it_is_until_the_next_one_is_published(cast: Cast) -> None:
    case, submission = a_submission(cast.learner)
    publish_case(submission, cast.moderator)
    with pytest.raises(NothingChanged):
        submit_case(case, cast.learner)
    save_section(case, "about", cast.learner, TOLD["about"] | {"title": "Other"})
    assert case.title == "Seaweed by turns"
    again = submit_case(case, cast.learner, "A better title")
    assert (case.status, case.record["title"]) == ("published", "Seaweed by turns")
    publish_case(again, cast.moderator)
    assert (case.record["title"], case.version) == ("Other", 2)


def test_an_older_version_comes_back_into_the_working_copy_only(cast: Cast) -> None:
    case, submission = a_submission(cast.learner)
    publish_case(submission, cast.moderator)
    save_section(case, "need", cast.learner, {"demands": ["food"]})
    publish_case(submit_case(case, cast.learner), cast.moderator)
    first = session.scalars(select(CaseVersion).order_by(CaseVersion.version)).first()
    assert first is not None
    restore_version(case, first, cast.learner)
    assert read_contents(case.id)["need"]["demands"] == ["jobs"]
    assert case.record["demands"] == ["food"]


def test_a_withdrawn_case_is_found_no_more_and_can_come_back(cast: Cast) -> None:
    case, submission = a_submission(cast.learner)
    publish_case(submission, cast.moderator)
    withdraw_case(case, cast.moderator, "Its people asked us to.")
    assert find_shelf(Wish("seaweed"), None).total == 0
    assert _who_sees(case, (cast.learner, cast.other_learner, None)) == [True, False, False]
    put_back_case(case, cast.moderator)
    assert find_shelf(Wish("seaweed"), None).total == 1
    with pytest.raises(NotPossible):
        put_back_case(case, cast.moderator)


def test_comments_are_told_to_the_other_side_and_an_answer_opens_them(cast: Cast) -> None:
    case, _submission = a_submission(cast.learner)
    asked = comment(case, cast.moderator, "results", "Which year?")
    assert _news(cast.learner) == ["comment"]
    settle(asked, cast.learner)
    comment(case, cast.learner, "", "2024, as the report says.", asked)
    assert asked.settled_at is None
    assert _news(cast.moderator)[-1] == "comment"


def test_whoever_moderators_silenced_submits_and_invites_nothing(cast: Cast) -> None:
    case = a_told_draft(cast.learner)
    decide_on_person(cast.learner, cast.moderator, "silence", "spam", note="")
    save_section(case, "lessons", cast.learner, {"lessons": ["Mine."]})
    for deed in (
        lambda: submit_case(case, cast.learner),
        lambda: invite_writer(case, cast.learner, "sutrisno@example.org"),
        lambda: comment(case, cast.learner, "", "Hello"),
    ):
        with pytest.raises(KeptFromWriting):
            deed()


def test_a_draft_can_be_thrown_away_but_nothing_that_was_published(cast: Cast) -> None:
    case, submission = a_submission(cast.learner)
    publish_case(submission, cast.moderator)
    with pytest.raises(NotPossible):
        discard_draft(case, cast.learner)
    discard_draft(a_draft(cast.learner), cast.learner)
    assert session.scalar(select(func.count()).select_from(CaseStudy)) == 1
