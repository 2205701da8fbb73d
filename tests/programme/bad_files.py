"""Files that nobody can import, each made when a test asks for it."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping


def _broken_workbook() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook><broken")
    return stream.getvalue()


#: What is wrong → the content.
BAD_FILES: Mapping[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "blank lines": lambda: b"\n\n \n",
    "binary": lambda: random.Random(1).randbytes(4_000),
    "a picture called csv": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "a broken workbook": _broken_workbook,
    "a cut workbook": lambda: b"PK\x03\x04broken",
    "prose": lambda: b"Once upon a time, there was a village.\nIt had a mill, and a well.\n",
    "an unclosed quotation mark": lambda: b'Name,Email\nA,a@x.org\n"B,b@x.org\n',
    "too large": lambda: b"Name,Email\n" + b"a" * 60_000_000,
    "ten million commas": lambda: b"," * 10_000_000,
    "a heading only": lambda: b"Name,Email\n",
    "no name": lambda: b"Name,Email\n,a@x.org\n",
    "no address": lambda: b"Name,Email\nSiti,nope\n",
    "a country nobody knows": lambda: b"Name,Email,Country\nSiti,s@x.org,Atlantis\n",
    "who came": lambda: b"Name (Original Name),User Email,Join Time,Leave Time\nA,a@x.org,1,2\n",
}
