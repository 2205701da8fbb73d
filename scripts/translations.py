"""Bring the catalogues of the pages' texts up to date, check them, or compile them.

`update` reads every text that learners and visitors see out of code and templates and puts it into
each `academy/translations/<language>/LC_MESSAGES/messages.po`; what nobody translated yet stays
empty, and pages say it in English. `check` names what is missing or wrong. `compile` writes the
`.mo` files that pages read; the set-up does it, so that they never stand in the repository.
"""

import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from wtforms.i18n import messages_path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "academy" / "translations"
METHODS = {".py": "python", ".html": "jinja2", ".atom": "jinja2"}
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
#: Files whose texts only staff read: those pages speak English (academy/i18n/reader.py).
STAFF_ALONE = (
    "templates/desk.html", "templates/*/desk_*", "templates/*/_desk_*", "*/desk_*.py",
    "templates/reminders/*", "academy/reminders/*", "templates/*/dev_*", "*/views/dev_*",
    "templates/attendance/_[bchimrt]*", "templates/attendance/_o[bf]*",
    "templates/attendance/_drop_zone.html", "templates/attendance/_search.html",
    "academy/attendance/importing/*", "academy/attendance/matrix/*",
    "academy/attendance/review/*", "academy/attendance/roll/*", "academy/attendance/rules/*",
    "academy/attendance/listening/host_views.py", "academy/attendance/clocks.py",
    "academy/attendance/views.py", "templates/learning/*preview*", "*/forms/desk.py",
    "templates/learning/groups/*", "academy/learning/groups/*",
    "academy/learning/editing_*.py", "academy/learning/views/editing*.py",
    "academy/library/views/featured.py", "academy/messaging/wording.py",
    "academy/messaging/views/outbox.py", "templates/moderation/[bcelnpqrstw]*",
    "templates/moderation/_[!s]*", "templates/moderation/_s[!t]*",
    "academy/moderation/rearranging_forms.py", "academy/moderation/views/[bcnpqrsw]*",
    "templates/programme/*import_*", "templates/programme/_retention_*",
    "academy/programme/import_*", "academy/programme/views/registrants.py",
    "templates/site/_jobs_*", "templates/site/*api_*", "academy/site/job_*",
    "academy/site/desk.py",
)  # fmt: skip
#: What a text lets the page put in; each of them stands in every translation.
_PLACE = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")


def main(arguments: list[str]) -> int:
    """Do what the one argument says; 1 where a check found something."""
    if arguments == ["update"]:
        return update()
    if arguments == ["compile"]:
        return compile_all()
    if arguments == ["check"]:
        faults = list(check())
        print("\n".join(faults) or "Every text is there in every language.")
        return 1 if faults else 0
    print("usage: python scripts/translations.py update|check|compile")
    return 2


def update() -> int:
    """Add new texts, drop those that no page says any more, and tell what is left to do."""
    template = texts()
    for file in sorted(CATALOGUES.glob("*/LC_MESSAGES/messages.po")):
        catalogue = read(file)
        # A text that resembles an old one is another text: nothing is guessed.
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with file.open("wb") as to:
            write_po(to, catalogue, width=100, sort_by_file=True, include_lineno=False)
        empty = sum(not is_said(message) for message in messages(catalogue))
        print(f"- {file.relative_to(ROOT)}: {len(catalogue)} texts, {empty} to translate")
    return 0


def compile_all() -> int:
    """Write beside each catalogue what pages read, unless it is as new."""
    for file in CATALOGUES.glob("*/LC_MESSAGES/messages.po"):
        made = file.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < file.stat().st_mtime:
            with made.open("wb") as to:
                write_mo(to, read(file))
    return 0


def check() -> Iterator[str]:
    """Name each text that a catalogue lacks, and each that does not keep what is put in."""
    template = texts()
    for file in sorted(CATALOGUES.glob("*/LC_MESSAGES/messages.po")):
        catalogue, name = read(file), file.relative_to(ROOT)
        for wanted in messages(template):
            found = catalogue.get(wanted.id)
            if found is None or not is_said(found):
                where = wanted.locations[0][0] if wanted.locations else "?"
                yield f"{name}: nobody translated {_text(wanted)!r} ({where})"
        for message in messages(catalogue):
            if template.get(message.id) is None:
                yield f"{name}: no page says {_text(message)!r}"
            elif is_said(message) and not _keeps_places(message):
                yield f"{name}: {_text(message)!r} is not translated with what is put in"


def texts() -> Catalog:
    """Return every text of code and templates that a learner or visitor can see."""
    found = Catalog(charset="utf-8")
    for file in sources():
        name, method = file.relative_to(ROOT).as_posix(), METHODS[file.suffix]
        for _line, text, _comments, _context in extract_from_file(method, file, KEYWORDS):
            if text and text != ("", ""):
                found.add(text, locations=[(name, 1)])
    # The words of the forms' library, for languages that it does not speak.
    with Path(messages_path(), "wtforms.pot").open("rb") as lent:
        for message in messages(read_po(lent)):
            found.add(message.id, locations=[("wtforms", 1)])
    return found


def sources() -> Iterator[Path]:
    """Return the files that say something to learners and visitors."""
    files = [*(ROOT / "academy").rglob("*.*"), *(ROOT / "templates").rglob("*.*")]
    for file in sorted(files):
        name = file.relative_to(ROOT).as_posix()
        if file.suffix in METHODS and not any(fnmatch(name, pattern) for pattern in STAFF_ALONE):
            yield file


def read(file: Path) -> Catalog:
    """Return a catalogue as it stands in the repository."""
    with file.open("rb") as source:
        return read_po(source, locale=file.parts[-3])


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Return its messages, without the head."""
    return (message for message in catalogue if message.id)


def is_said(message: Message) -> bool:
    """Whether every form is translated."""
    said: Any = message.string
    return bool(said) and all(said)


def _text(message: Message) -> str:
    text: Any = message.id
    return text if isinstance(text, str) else text[-1]


def _keeps_places(message: Message) -> bool:
    said: Any = message.string
    forms = [said] if isinstance(said, str) else list(said)
    wanted = sorted(_PLACE.findall(_text(message)))
    return all(sorted(_PLACE.findall(form)) == wanted for form in forms)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
