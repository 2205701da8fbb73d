"""Plugs higher areas into the ports that lower ones declare; used by app, worker and commands."""

from academy.attendance.holding import HOLDER as ATTENDANCE
from academy.attendance.keeping import KEEPER
from academy.attendance.objections.notices import NOTICES as OBJECTIONS
from academy.attendance.objections.queries import count_open_in_series
from academy.attendance.ports import plug_measurer
from academy.attendance.review.news import KIND as NAMES_TO_REVIEW
from academy.attendance.service import follow_programme, record_opened_door
from academy.config import Settings
from academy.discussion.holding import HOLDER as DISCUSSION
from academy.discussion.news_kinds import KINDS as THREAD_NEWS
from academy.discussion.ports import plug_gatekeeper as plug_thread_gate
from academy.discussion.ports import plug_hold_keeper
from academy.discussion.ports import plug_subjects as plug_thread_subjects
from academy.discussion.subjects import FINDERS
from academy.figures.freezing import freeze
from academy.figures.queries import report_as_if
from academy.learning.groups import letters
from academy.learning.groups.keeping import KEEPER as LETTERS
from academy.learning.holding import HOLDER as LEARNING
from academy.library.holding import HOLDER as LIBRARY
from academy.library.news_kinds import KINDS as CASE_NEWS
from academy.library.ports import plug_doorkeeper as plug_library_door
from academy.messaging import digests, post_office, service
from academy.messaging.holding import HOLDER as MESSAGES
from academy.messaging.kinds import ANNOUNCEMENT, DIGEST, LETTER
from academy.messaging.notices import plug_notices
from academy.messaging.ports import (
    plug_encloser,
    plug_follower,
    plug_gatekeeper,
    plug_nightwatch,
    plug_subjects,
    plug_writer,
)
from academy.moderation.gate import is_suspended, judge, keeps_from_writing
from academy.moderation.holding import HOLDER as MODERATION
from academy.moderation.news_kinds import KINDS as MODERATION_NEWS
from academy.moderation.service import keep_held
from academy.people.ports import (
    plug_holders,
    plug_postman,
    plug_suspension,
    plug_timekeeper,
)
from academy.programme import invitations
from academy.programme.gate import find_outdated
from academy.programme.holding import HOLDER as PROGRAMME
from academy.programme.ports import (
    plug_doorkeeper,
    plug_freezer,
    plug_keepers,
    plug_listener,
    plug_objections,
)
from academy.programme.subjects import newest_live_sessions
from academy.reminders import gate as reminders_gate
from academy.reminders import happenings
from academy.reminders.announcements import gate as announcements_gate
from academy.reminders.announcements import night as announcements_night
from academy.reminders.announcements.following import follow
from academy.reminders.announcements.keeping import KEEPER as ANNOUNCEMENTS
from academy.reminders.announcements.service import plan_anew as announce_anew
from academy.reminders.announcements.writing import write_announcements
from academy.reminders.kinds import HAPPENINGS, PLANS
from academy.reminders.night import find_sleeping
from academy.reminders.service import plan_anew
from academy.reminders.writing import write_reminders
from academy.security.digests import keep_key


def plug_areas(settings: Settings) -> None:
    """Connect every port; calling it twice changes nothing."""
    keep_key(settings.secret_key)
    post_office.open_for(settings)
    plug_postman(service.post)
    plug_holders((MODERATION, DISCUSSION, LEARNING, LIBRARY, ATTENDANCE, PROGRAMME, MESSAGES))
    plug_keepers(KEEPER, ANNOUNCEMENTS, LETTERS)
    plug_freezer(freeze)
    plug_gatekeeper("reminders", reminders_gate.find_outdated)
    plug_timekeeper("reminders", plan_anew)
    plug_nightwatch("reminders", find_sleeping)
    plug_writer(PLANS, write_reminders)
    plug_gatekeeper("programme", find_outdated)
    plug_gatekeeper("news", digests.find_outdated)
    plug_notices(OBJECTIONS)
    plug_timekeeper("news", service.plan_notices_anew)
    plug_nightwatch("news", digests.find_sleeping)
    plug_writer((DIGEST,), digests.write_digests)
    plug_notices(NAMES_TO_REVIEW)
    plug_gatekeeper("happenings", happenings.find_switched_off)
    plug_writer(HAPPENINGS, happenings.write_happenings, again=True)
    _plug_announcements()
    plug_gatekeeper("letters", letters.find_outdated)
    plug_nightwatch("letters", letters.find_sleeping)
    plug_writer([LETTER], letters.write_letters)
    plug_encloser(invitations.KINDS, invitations.enclose)
    plug_subjects(newest_live_sessions)
    plug_listener(follow_programme)
    plug_measurer(report_as_if)
    plug_doorkeeper(record_opened_door)
    plug_objections(count_open_in_series)


def _plug_announcements() -> None:
    plug_gatekeeper("announcements", announcements_gate.find_outdated)
    plug_timekeeper("announcements", announce_anew)
    plug_nightwatch("announcements", announcements_night.find_sleeping)
    plug_writer([ANNOUNCEMENT], write_announcements)
    plug_follower([ANNOUNCEMENT], follow)
    plug_notices(*THREAD_NEWS)
    for kind, finder in FINDERS.items():
        plug_thread_subjects(kind, finder)
    plug_thread_gate(judge)
    plug_suspension(is_suspended)
    plug_hold_keeper(keep_held)
    plug_notices(*MODERATION_NEWS)
    plug_notices(*CASE_NEWS)
    plug_library_door(keeps_from_writing)
