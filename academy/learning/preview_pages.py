"""The pages of `academy content preview`: those of the site's templates that need no database."""

import json
from collections.abc import Iterable, Mapping
from mimetypes import guess_type
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, MisdirectedRequest, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.utils import send_from_directory
from werkzeug.wrappers import Request, Response

from academy.config import ROOT
from academy.i18n.reader import direction_of
from academy.learning.previewing import Desk
from academy.lib.countries import country_name

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_RULES = Map([
    Rule("/", endpoint="contents", methods=["GET"]),
    Rule("/stamp", endpoint="stamp", methods=["GET"]),
    Rule("/courses/<course>/", endpoint="contents", methods=["GET"]),
    Rule("/courses/<course>/<module>/<lesson>/", endpoint="lesson", methods=["GET"]),
    Rule("/figures/<course>/<name>", endpoint="figure", methods=["GET"]),
    Rule("/static/<path:name>", endpoint="static", methods=["GET"]),
])  # fmt: skip
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "script-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
#: Nobody else's page may read an author's files by a name that it points at this machine.
_HOSTS = frozenset({"127.0.0.1", "localhost"})


class Preview:
    """A WSGI application for one author on one machine; it reads files and changes nothing."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.templates = _templates()

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        return self.answer(Request(environ))(environ, start)

    def answer(self, request: Request) -> Response:
        """Return the page that was asked for, or say in words why there is none."""
        try:
            if request.host.partition(":")[0] not in _HOSTS:
                raise MisdirectedRequest
            name, values = _RULES.bind_to_environ(request.environ).match()
            self.desk.look()
            response: Response = getattr(self, name)(request, **values)
        except NotFound:
            words = "This is not in the files. The preview shows lessons, not the rest of the site."
            response = self._page("learning/preview.html", course="", missing=words, status=404)
        except HTTPException as error:
            return Response.from_app(error, request.environ)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
        return response

    def stamp(self, _request: Request) -> Response:
        """Say the mark of what the files say now: the page asks, and shows itself anew."""
        return Response(self.desk.stamp, mimetype="text/plain")

    def contents(self, _request: Request, course: str = "") -> Response:
        """List the lessons of every course, or of one."""
        if course and course not in self.desk.courses and not self._is_broken(course):
            raise NotFound
        chosen = [one for slug, one in self.desk.courses.items() if course in ("", slug)]
        return self._page(
            "learning/preview.html", course=course, courses=chosen, title_of=self.desk.title
        )

    def lesson(self, request: Request, course: str, module: str, lesson: str) -> Response:
        """Show a lesson as its readers will see it, with its quiz and the answers below."""
        files = self.desk.courses.get(course)
        planned = next(
            (one for one in files.lessons if one.address == f"{module}/{lesson}"), None
        ) if files else None  # fmt: skip
        if files is None or planned is None:
            if self._is_broken(course):
                return self._page("learning/preview.html", course=course)
            raise NotFound
        tags = files.plan.languages
        tag = request.args.get("language", "")
        text = self.desk.shown(files, module, lesson, tag if tag in tags else tags[0])
        if text is None:
            return self._page("learning/preview.html", course=course)
        around = SimpleNamespace(
            lesson=SimpleNamespace(id=0), line=planned.plan, terms=self.desk.terms(files, text)
        )
        return self._page(
            "learning/preview_lesson.html", course=course, text=text, page=around, language=tag,
            tags=tags, ties=SimpleNamespace(cases=self.desk.cases(text)), is_words_only=False,
            contents=SimpleNamespace(course=files),
        )  # fmt: skip

    def figure(self, _request: Request, course: str, name: str) -> Response:
        """Send a figure; a drawing may do nothing."""
        file = self.desk.figures(course).get(name)
        if file is None:
            raise NotFound
        return Response(file.read_bytes(), mimetype=guess_type(name)[0])

    def static(self, request: Request, name: str) -> Response:
        """Send a style sheet of the site, or the script that reloads the page."""
        return send_from_directory(ROOT / "static", name, request.environ)

    def _is_broken(self, course: str) -> bool:
        return any(one.file.startswith(f"{course}/") for one in self.desk.faults)

    def _page(self, template: str, *, course: str, status: int = 200, **values: Any) -> Response:
        faults = self.desk.faults_with_lines(course)
        page = self.templates.get_template(template)
        html = page.render(course=course, faults=faults, stamp=self.desk.stamp, **values)
        return Response(html, status, mimetype="text/html")


def _templates() -> Environment:
    """Return the site's templates in English, for somebody who is not signed in."""
    made = Environment(
        loader=FileSystemLoader(ROOT / "templates"), autoescape=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(
        _=_say,
        url_for=_address,
        country_name=country_name,
        locale="en",
        direction="ltr",
        direction_of=direction_of,
        built=_built(),
        current_user=SimpleNamespace(is_authenticated=False),
        number=lambda value: f"{value:,}",
    )
    return made


def _say(text: str, **values: Any) -> str:
    said = Markup(text)  # noqa: S704 (a text of ours)
    return said % values if values else said


def _address(endpoint: str, **values: Any) -> str:
    if endpoint == ".figure":
        return f"/figures/{values['course']}/{values['name']}"
    return f"/cases/{values['slug']}/" if endpoint == "library.case" else "#"


def _built() -> Mapping[str, str]:
    """Return the addresses of the built style sheet and mark, or of what they are built from."""
    manifest = ROOT / "static/dist/manifest.json"
    names = json.loads(manifest.read_text()) if manifest.is_file() else {}
    if "site.css" not in names or "mark.svg" not in names:
        return {"style": "/static/css/site.css", "icon": "data:,"}
    return {
        "style": f"/static/dist/{names['site.css']}", "icon": f"/static/dist/{names['mark.svg']}",
    }  # fmt: skip
