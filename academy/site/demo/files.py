"""The six files of the academy of May 2020, to be imported or tried out by hand."""

from academy.site.demo.facts import LIVE_SESSIONS, SLUG
from academy.site.demo.registration_file import registration_file
from academy.site.demo.zoom_files import file_name, participants_file

REGISTRATIONS = f"registrations_{SLUG}.csv"


def demo_files() -> dict[str, bytes]:
    """Return every file by its name: the answers to the form, then five lists of participants."""
    attendance = {file_name(each): participants_file(each) for each in LIVE_SESSIONS}
    return {REGISTRATIONS: registration_file(), **attendance}
