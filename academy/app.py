"""create_app(settings): the one place where the parts are joined."""

from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

from flask import Flask, request
from flask.templating import Environment
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from academy import db, wiring
from academy.attendance.codes.views import accept_code_by_link
from academy.attendance.listening.host_views import LINKED as LINKED_HOSTS
from academy.attendance.views import pages as attendance_pages
from academy.config import ROOT, Settings
from academy.discussion.sockets import open_thread_sockets
from academy.discussion.views import pages as discussion_pages
from academy.figures.views import pages as figures_pages
from academy.i18n.setup import speak_languages
from academy.learning.groups.views import groups as group_pages
from academy.learning.views import pages as learning_pages
from academy.learning.views.editing_files import save_file
from academy.learning.views.lessons import note_lesson
from academy.learning.views.quizzes import answer_quiz
from academy.library.views import pages as library_pages
from academy.library.views.picture_step import save_pictures
from academy.library.views.steps import save_step
from academy.messaging.views import pages as messaging_pages
from academy.messaging.views.choices import choose_by_link, unsubscribe
from academy.messaging.views.hooks import take_returned_mail
from academy.moderation.views import pages as moderation_pages
from academy.people.login import recognise_people
from academy.people.queries import find_api_token
from academy.people.service.api_tokens import note_token_use
from academy.people.views import pages as people_pages
from academy.people.views.languages import choose_language
from academy.programme.views import pages as programme_pages
from academy.programme.views.personal_links import open_door
from academy.reminders.views import pages as reminders_pages
from academy.security.api_tokens import recognise_tokens
from academy.security.headers import add_headers, csp_nonce
from academy.security.input import refuse_broken_input
from academy.security.limits import limit_rates
from academy.security.metrics import count_requests
from academy.security.request_logs import follow_requests
from academy.security.wall import raise_the_wall
from academy.site.api import AREAS as API
from academy.site.api import pages as api_pages
from academy.site.assets import find_assets, keep_addresses
from academy.site.desk import show_desk_sections
from academy.site.errors import answer_errors
from academy.site.sockets import open_desk_socket
from academy.site.views import pages as site_pages
from academy.sockets import open_sockets

csrf = CSRFProtect()

PAGES = (
    people_pages,
    messaging_pages,
    programme_pages,
    attendance_pages,
    learning_pages,
    group_pages,
    library_pages,
    discussion_pages,
    moderation_pages,
    reminders_pages,
    figures_pages,
    site_pages,
    api_pages,
)


def create_app(settings: Settings) -> Flask:
    """Join areas and foundations into one Flask app for `settings`."""
    app = Flask("academy", root_path=str(ROOT), template_folder="templates", static_folder="static")
    _configure(app, settings)
    db.configure(settings.database_url)
    app.before_request(_know_the_intent)
    app.teardown_request(lambda _error: db.session.remove())
    _join_foundations(app, settings)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    _open_api(app)
    # The token in the address is the secret; nobody is signed in by a cookie there.
    for view in (open_door, accept_code_by_link, choose_by_link, unsubscribe, *LINKED_HOSTS):
        csrf.exempt(view)
    csrf.exempt(take_returned_mail)  # signed by another program
    csrf.exempt(choose_language)  # changes a cookie alone; no page needs a login cookie for it
    for view in (save_step, save_pictures, save_file, answer_quiz, note_lesson):
        csrf.exempt(view)  # they look at the token themselves, to give back what was typed
    wiring.plug_areas(settings)
    return app


class LeanEnvironment(Environment):
    """Templates that share one table of globals, which Jinja else lays anew over each of them."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: the environment's own where it adds none."""
        return super().make_globals(d) if d else self.globals


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        ACADEMY=settings,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-academy" if settings.is_https else "academy",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        # people/login.py sends the cookie again while the sign-in is in use.
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=settings.upload_megabytes * 1024 * 1024,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
    )
    app.jinja_environment = LeanEnvironment
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]


def _know_the_intent() -> None:
    db.writing.set(request.method not in {"GET", "HEAD", "OPTIONS"})


def _join_foundations(app: Flask, settings: Settings) -> None:
    follow_requests(app, settings)
    count_requests(app)
    refuse_broken_input(app)
    csrf.init_app(app)
    recognise_people(app)
    limit_rates(app, settings)
    raise_the_wall(app)
    speak_languages(app)
    add_headers(app, settings)
    find_assets(app)
    keep_addresses(app)
    show_desk_sections(app)
    answer_errors(app)
    app.jinja_env.globals.update(csp_nonce=csp_nonce)
    open_sockets(app, settings)
    open_desk_socket()
    open_thread_sockets(settings.redis_url)


def _open_api(app: Flask) -> None:
    """Answer /api/v1; no page can forge its calls, because a cookie opens nothing there."""
    recognise_tokens(find_api_token, note_token_use)
    for area in API:
        csrf.exempt(area.blueprint)
        app.register_blueprint(area.blueprint)
