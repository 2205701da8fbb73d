"""What can stand in the way of a use case of the programme; edges turn these into words."""

from datetime import datetime


class ProgrammeError(ValueError):
    """The parent of all: nothing was changed."""


class BadSlugError(ProgrammeError):
    """An address part that is not small letters, digits and single hyphens."""


class SlugTakenError(ProgrammeError):
    """Another series has this address."""


class UnknownZoneError(ProgrammeError):
    """A time zone that the IANA database does not know."""


class BadTitleError(ProgrammeError):
    """A title that is empty or longer than 200 characters."""


class BadLengthError(ProgrammeError):
    """A length that is not between one minute and a day."""


class BadWeeksError(ProgrammeError):
    """A number of weeks that is not between 1 and 60."""


class BadCapacityError(ProgrammeError):
    """A capacity below one."""


class BadStartError(ProgrammeError):
    """A start before 1990 or after 2200."""


class StartMissingError(ProgrammeError):
    """A start that the clocks of the zone skip when summer time begins."""

    def __init__(self, local: datetime, zone: str) -> None:
        super().__init__(f"{local:%Y-%m-%d %H:%M} does not exist in {zone}")
        self.local, self.zone = local, zone


class CapacityBelowTakenError(ProgrammeError):
    """A capacity smaller than the number of people who already go."""

    def __init__(self, taken: int) -> None:
        super().__init__(f"{taken} people go already")
        self.taken = taken


class SeriesAnonymisedError(ProgrammeError):
    """A series whose people are forgotten: its figures are frozen and nobody is added to it."""


class BadRetentionError(ProgrammeError):
    """A number of months for which nobody is kept: less than one, or more than ten years."""


class RegistrationClosedError(ProgrammeError):
    """A series that is not published, is over, or takes no more registrations."""


class LiveSessionOverError(ProgrammeError):
    """A live session that has ended or was cancelled: its places stand as they are."""


class NotRegisteredError(ProgrammeError):
    """A registration that does not stand, where a standing one is needed."""


class LiveSessionFullError(ProgrammeError):
    """A place that cannot be given by hand, for none is free."""


class DoorClosedError(ProgrammeError):
    """A live session into which this person cannot go now."""


class BadWebAddressError(ProgrammeError):
    """An address that is not one of the web, or hides something."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class BadSizeError(ProgrammeError):
    """A size of a recording below one megabyte, or beyond any recording."""
