"""Plugs higher areas into the ports that lower ones declare; used by app, worker and commands."""

from academy.attendance.service import follow_programme, record_opened_door
from academy.config import Settings
from academy.messaging import post_office, service
from academy.messaging.ports import plug_gatekeeper, plug_writer
from academy.people.ports import plug_postman
from academy.programme.gate import find_outdated
from academy.programme.ports import plug_doorkeeper, plug_listener
from academy.reminders import gate as reminders_gate
from academy.reminders.kinds import REMINDERS
from academy.reminders.writing import write_reminders
from academy.security.digests import keep_key


def plug_areas(settings: Settings) -> None:
    """Connect every port; calling it twice changes nothing."""
    keep_key(settings.secret_key)
    post_office.open_for(settings)
    plug_postman(service.post)
    plug_gatekeeper("reminders", reminders_gate.find_outdated)
    plug_writer(REMINDERS, write_reminders)
    plug_gatekeeper("programme", find_outdated)
    plug_listener(follow_programme)
    plug_doorkeeper(record_opened_door)
