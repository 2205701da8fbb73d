"""What is said when something of the programme cannot be done; for pages, commands and the API."""

from collections.abc import Callable

from academy.programme import errors
from academy.programme.rules import (
    LARGEST_CAPACITY,
    LARGEST_MEGABYTES,
    LONGEST_TITLE,
    MOST_MONTHS,
    MOST_WEEKS,
)

#: Turns an English sentence with %(name)s places and its values into the reader's language.
Translate = Callable[..., str]


def in_english(sentence: str, **values: object) -> str:
    """Fill in the values and leave the sentence as it is, for the command line."""
    return sentence % values if values else sentence


#: Why no file changes a series any more; pages, commands and the API show it as it is.
FROZEN = (
    "The people of this series were anonymised and its figures are frozen: no file changes it any"
    " more. Nothing was stored."
)


def explain(error: errors.ProgrammeError, _: Translate = in_english) -> str:
    """Return one sentence: what is wrong, and what to do instead."""
    match error:
        case errors.BadSlugError():
            said = _("The address may hold small letters, digits and single hyphens only, "
                     "such as sse-academy-2020.")  # fmt: skip
        case errors.SlugTakenError():
            said = _("There is a series with this address already. Choose another one.")
        case errors.BadTitleError():
            said = _("Give a title of one line and at most %(most)s letters.", most=LONGEST_TITLE)
        case errors.LiveSessionFullError():
            said = _("No place is free. Raise the capacity first.")
        case errors.LiveSessionOverError():
            said = _("This live session is over. Nothing was changed.")
        case errors.SeriesAnonymisedError():
            said = _("The people of this series are anonymised and its figures are frozen. "
                     "Nothing was changed.")  # fmt: skip
        case errors.BadRetentionError():
            said = _("People are kept for 1 to %(most)s months; leave it empty to keep them.",
                     most=MOST_MONTHS)  # fmt: skip
        case errors.RegistrationClosedError():
            said = _("This series takes no registrations. Nothing was changed.")
        case errors.NotRegisteredError():
            said = _("There is no registration that stands. Nothing was changed.")
        case _other:
            said = _explain_time(error, _)
    return said


def _explain_time(error: errors.ProgrammeError, _: Translate) -> str:
    match error:
        case errors.UnknownZoneError():
            said = _("This is no time zone. Write it as a continent and a city, such as "
                     "Asia/Kuala_Lumpur.")  # fmt: skip
        case errors.BadStartError():
            said = _("The start is not within the years 1990 to 2200.")
        case errors.StartMissingError():
            said = _("On %(day)s the clocks of %(zone)s skip %(hour)s, because summer time begins. "
                     "Choose another hour.", day=f"{error.local:%Y-%m-%d}", zone=error.zone,
                     hour=f"{error.local:%H:%M}")  # fmt: skip
        case errors.BadLengthError():
            said = _("A live session lasts from one minute to 24 hours.")
        case errors.BadWeeksError():
            said = _("A series has from one to %(most)s weeks.", most=MOST_WEEKS)
        case _other:
            said = _explain_capacity(error, _)
    return said


def _explain_capacity(error: errors.ProgrammeError, _: Translate) -> str:
    match error:
        case errors.BadCapacityError():
            said = _("The capacity is a whole number from 1 to %(most)s; leave it out for no "
                     "limit.", most=LARGEST_CAPACITY)  # fmt: skip
        case errors.BadWebAddressError():
            said = _("Give a whole address that begins with https:// and holds no spaces.")
        case errors.BadSizeError():
            said = _("The size is a whole number of megabytes from 1 to %(most)s.",
                     most=LARGEST_MEGABYTES)  # fmt: skip
        case errors.CapacityBelowTakenError():
            said = _("%(taken)s people have a place already. The capacity cannot be smaller.",
                     taken=error.taken)  # fmt: skip
        case _other:
            said = _("This cannot be done. Nothing was changed.")
    return said
