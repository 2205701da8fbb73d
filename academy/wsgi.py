"""Entry point of the web server: `granian academy.wsgi:app` or `gunicorn academy.wsgi:app`."""

import gc
import os
import subprocess
import sys
from functools import partial
from wsgiref.headers import Headers

from whitenoise import WhiteNoise

from academy import db
from academy.app import create_app
from academy.config import ROOT, Settings
from academy.lib import jobs
from academy.lib.alone import JobsInThisProcess
from academy.lib.celery_app import make_celery, send
from academy.lib.compression import PackedPages, Server
from academy.lib.courier import Courier
from academy.lib.moment import KeptForAMoment
from academy.lib.revisions import current_revision, head_revision
from academy.security.logs import set_up_logs
from academy.site.service import note_run
from academy.sockets import tell


def make_server(settings: Settings) -> Server:
    """Join the app with its queue, its bus and its static files.

    In the embedded way the database is brought up to date first; in production that is a step of
    the deployment (`academy db upgrade`), because several web processes start at once there.
    """
    if settings.is_embedded:
        _bring_up_to_date(settings)
    set_up_logs(settings)
    app = create_app(settings)
    courier = Courier()
    jobs.plug(courier.carrying(_queue_of(settings)), courier.carrying(tell))
    _spare_the_collector()
    server = WhiteNoise(
        app,
        root=ROOT / "static",
        prefix="static/",
        allow_all_origins=False,
        immutable_file_test=_is_hashed,
        add_headers_function=_guard,
    )
    kept = KeptForAMoment(server)
    # In production nginx packs what it hands out.
    return PackedPages(kept) if settings.is_embedded else kept


def _bring_up_to_date(settings: Settings) -> None:
    """Let another process apply what is missing: this one would keep Alembic's 9 MB for ever."""
    engine = db.connect(settings.database_url)
    with engine.connect() as connection:
        revision = current_revision(connection)
    engine.dispose()
    if revision != head_revision():
        subprocess.run([sys.executable, "-m", "academy", "db", "upgrade"], check=True)


def _queue_of(settings: Settings) -> jobs.Runner:
    """Say who takes jobs: the broker's workers, or threads of ours where there is no broker."""
    celery = make_celery(settings)
    if settings.redis_url:
        return partial(send, celery)
    alone = JobsInThisProcess(celery, note_run)
    alone.keep_time()
    return alone.send


def _spare_the_collector() -> None:
    """Leave what stands for ever out of the search for garbage: a twentieth of a page's time.

    It also keeps the memory that processes share after a fork from being written to.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def _is_hashed(_path: str, url: str) -> bool:
    """The front end's build names its files by their contents, so they may be kept for ever."""
    return url.startswith("/static/dist/") and "-" in url.rsplit("/", 1)[-1]


def _guard(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = "default-src 'none'"


app = make_server(Settings.from_environment(os.environ))
