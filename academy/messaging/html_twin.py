"""The HTML twin of a letter, made of its very text: for programs that show HTML only, and for eyes.

Nothing is loaded from elsewhere and nothing reports that it was read. A line that is nothing but an
address is a link, the first such paragraph a button; what a person typed never stands alone on a
line, so no name becomes a link, and all of it is escaped.
"""

import re
from html import escape

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
#: What the button says, by the first word of the path it leads to; "" is every other path.
LABELS: dict[str, dict[str, str]] = {
    "en": {
        "": "Open the page", "j": "Your way in", "sign-in": "Sign in",
        "verify-address": "Yes, this is my address", "reset-password": "Choose a new password",
        "series": "See all dates", "live-sessions": "See the live session",
        "attendance": "See what is noted",
    },
    "id": {
        "": "Buka halaman", "j": "Pintu masuk Anda", "sign-in": "Masuk",
        "verify-address": "Ya, ini alamat saya", "reset-password": "Pilih kata sandi baru",
        "series": "Lihat semua tanggal", "live-sessions": "Lihat sesi langsung",
        "attendance": "Lihat yang tercatat",
    },
}  # fmt: skip
#: The tokens of static/css/tokens.css, as mail programs understand them.
_STYLE = """\
body{margin:0;background:#faf6ee;color:#211c16;font:17px/1.6 system-ui,-apple-system,"Segoe UI",\
Roboto,"Noto Sans",sans-serif}
main{max-width:34em;margin:0 auto;padding:24px 20px 40px;border-top:6px solid #27407a}
h1{font:600 23px/1.25 "Iowan Old Style",Charter,"Noto Serif",Georgia,serif;margin:0 0 20px}
p{margin:0 0 16px;overflow-wrap:anywhere}
a{color:#27407a}
.to{font-size:14px}
.end{border-top:1px solid #e2d8c6;padding-top:16px;margin-top:28px;font-size:15px;color:#574e43}
.end+.end{border:0;padding:0;margin-top:0}
@media (prefers-color-scheme:dark){
body{background:#17130e;color:#f1e8d8}
a{color:#a9bcec}
.end{border-color:#3d3428;color:#c2b5a1}
}"""
#: It carries its looks itself: some programs drop the style sheet. Readable on light and dark.
_BUTTON = (
    "display:inline-block;background:#27407a;color:#fffdf8;padding:13px 22px;border-radius:6px;"
    "border:1px solid #6f86bd;font-weight:600;text-decoration:none"
)
_HEAD = (
    '<!doctype html>\n<html lang="{language}" dir="auto">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n'
    '<meta name="supported-color-schemes" content="light dark">\n'
    "<title>{subject}</title>\n<style>\n" + _STYLE.replace("{", "{{").replace("}", "}}")
    + '\n</style>\n</head>\n<body>\n<main>\n<h1 dir="auto">{subject}</h1>\n'
)  # fmt: skip
_TAIL = "</main>\n</body>\n</html>\n"


def write_html(subject: str, text: str, language: str) -> str:
    """Return the whole HTML page of a letter, its paragraphs those of `text`."""
    labels = LABELS.get(language, LABELS["en"])
    parts = [_HEAD.format(language=escape(language), subject=escape(subject))]
    has_button = is_over = False
    for paragraph in text.strip().split("\n\n"):
        is_link = _ADDRESS.fullmatch(paragraph) is not None
        is_over = is_over or _is_signature(paragraph)
        if is_link and not has_button and not is_over:
            has_button = True
            parts.append(_button(paragraph, labels))
        else:
            mark = ' class="end"' if is_over else ""
            parts.append(f'<p dir="auto"{mark}>{_lines(paragraph)}</p>\n')
    return "".join([*parts, _TAIL])


def _is_signature(paragraph: str) -> bool:
    """Whether the letter ends here: a name, and under it an address that leads to no page."""
    name, _break, address = paragraph.rpartition("\n")
    return bool(name) and "\n" not in name and bool(_ADDRESS.fullmatch(address))


def _button(address: str, labels: dict[str, str]) -> str:
    word = f"{address}///".split("/")[3].partition("?")[0]
    there = escape(address)
    label = labels.get(word, labels[""])
    return (
        f'<p dir="auto"><a href="{there}" style="{_BUTTON}">{label}</a></p>\n'
        f'<p class="to" dir="ltr"><a href="{there}">{there}</a></p>\n'
    )


#: A paragraph so long that ends with its own address has its first line as a title.
_LINES_OF_AN_ENTRY = 3


def _lines(paragraph: str) -> str:
    lines = paragraph.split("\n")
    shown = [*map(_line, lines)]
    if len(lines) >= _LINES_OF_AN_ENTRY and _ADDRESS.fullmatch(lines[-1]):
        shown[0] = f"<b>{shown[0]}</b>"
    return "<br>\n".join(shown)


def _line(line: str) -> str:
    words = escape(line)
    return f'<a href="{words}" dir="ltr">{words}</a>' if _ADDRESS.fullmatch(line) else words
