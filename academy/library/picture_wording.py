"""What is said of pictures that were not taken, and how an alternative text gets better."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from academy.lib.pictures import LARGEST_BYTES, Busy, NotDrawn
from academy.library.errors import KeptFromWriting
from academy.library.questions import KEPT_FROM_WRITING
from academy.library.service.picturing import MOST_PICTURES

REASONS: dict[str, Any] = {
    "empty": _l("%(name)s is empty. Choose it once more."),
    "too_large": _l(
        "%(name)s is larger than %(megabytes)s MB. Make it smaller first: a messenger does when "
        "you send it to yourself."
    ),
    "heic": _l(
        "%(name)s is a HEIC file of an iPhone, which many devices cannot show. Send the photo to "
        "yourself by mail, which makes a JPEG of it; or choose Settings, Camera, Formats, “Most "
        "Compatible” for the next ones."
    ),
    "svg": _l("%(name)s is an SVG drawing. Save it as PNG, 1200 pixels wide, and send that."),
    "other_kind": _l("%(name)s is no picture that we know. Save it as JPEG or PNG, and send that."),
    "damaged": _l(
        "%(name)s could not be read to its end. Copy it once more from where it comes from."
    ),
    "too_small": _l(
        "%(name)s has only %(width)s × %(height)s pixels: nothing would be seen. Send the original."
    ),
    "too_many_pixels": _l(
        "%(name)s has %(width)s × %(height)s pixels, more than we can open. 1200 across is enough."
    ),
    "too_heavy": _l("%(name)s takes more memory than we have. Save it 1200 pixels wide."),
}
WEAK: dict[str, Any] = {
    "file_name": _l(
        "This is the name of a file. Say what is to be seen: who does what, and where."
    ),
    "opening": _l("Leave the first words out: whoever hears it knows that it is a picture."),
    "short": _l("Say a little more: who does what, and where."),
}


def word_for_refusal(name: str, error: Exception) -> str:
    """Say why a file was not taken, and what to do."""
    if isinstance(error, NotDrawn):
        head = error.head
        return str(REASONS[error.reason]) % {
            "name": name, "megabytes": LARGEST_BYTES // 1024 // 1024,
            "width": head.width if head else 0, "height": head.height if head else 0,
        }  # fmt: skip
    if isinstance(error, Busy):
        return str(_("Many pictures are being sent just now, and %(name)s was not taken. Send it "
                     "again in a minute; all else is kept.", name=name))  # fmt: skip
    if isinstance(error, KeptFromWriting):
        return str(KEPT_FROM_WRITING)
    return str(_("%(name)s was not taken: a case has %(most)s pictures at most, and nobody sends "
                 "more than a hundred in a day.", name=name, most=MOST_PICTURES))  # fmt: skip
