"""The desk's page of jobs: queues, workers, the timetable as it was kept, and what failed."""

from collections.abc import Callable, Mapping

import redis
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy.config import Settings
from academy.db import now
from academy.lib.sights import Sight, look
from academy.security.input import read_id
from academy.security.wall import staff_only
from academy.site import job_wording as wording
from academy.site.job_queries import SHOWS, read_failures, read_timetable
from academy.site.service import (
    NothingToRetryError,
    QueueAwayError,
    UnknownJobError,
    bring_back,
    dismiss_failure,
    retry_job,
    run_now,
)


@staff_only("organiser")
def desk_jobs() -> str:
    """Show what the academy does by itself, and how it goes."""
    show, number = request.args.get("show", "failed"), read_id("page") or 1
    if show not in SHOWS:
        abort(404)
    url, sight = _redis_url(), look_at_queues()
    failures = read_failures(show, number)
    moment = now()
    return render_template(
        "site/desk_jobs.html", sight=sight, has_broker=bool(url), show=show, failures=failures,
        entries=read_timetable(sight.asked if sight else {}, moment), moment=moment,
        put_aside=read_id("aside"), tabs_of_shows=_tabs(show, failures.counts), wording=wording,
        next_url=_url(show, failures.next_number(show)),
        previous_url=_url(show, number - 1 or None),
    )  # fmt: skip


def _redis_url() -> str:
    settings: Settings = current_app.config["ACADEMY"]
    return settings.redis_url


def look_at_queues() -> Sight | None:
    """Return what Redis shows; None where there is none or it is away, within a second."""
    try:
        return look(_redis_url()) if _redis_url() else None
    except redis.RedisError:
        return None


def _tabs(show: str, counts: Mapping[str, int]) -> list[dict[str, object]]:
    return [
        {"title": words, "url": _url(name, 1), "active": name == show, "count": counts[name]}
        for name, words in wording.SHOWS.items()
    ]


def _url(show: str, number: int | None) -> str:
    """Return the address of one page of a list; the first one of what failed is the page's own."""
    if not number:
        return ""
    return url_for(
        "site.desk_jobs", show=show if show != "failed" else None,
        page=number if number != 1 else None,
    )  # fmt: skip


@staff_only("organiser")
def desk_run_job() -> ResponseReturnValue:
    """Ask at once for what the timetable asks for later."""
    task = request.form.get("task", "")
    words = _("Asked for. It runs as soon as a worker is free.")
    return _tell(lambda: run_now(task, current_user.id, _redis_url()), words)


@staff_only("organiser")
def desk_retry_job(run_id: int) -> ResponseReturnValue:
    """Ask once more for a job that failed."""
    words = _("Asked for once more. It leaves this list when it goes well.")
    return _tell(lambda: retry_job(run_id, current_user.id, _redis_url()), words)


@staff_only("organiser")
def desk_dismiss_job(run_id: int) -> ResponseReturnValue:
    """Put a failure aside; the page that follows offers to undo it."""
    return _tell(lambda: dismiss_failure(run_id, current_user.id), "", aside=run_id)


@staff_only("organiser")
def desk_bring_back_job(run_id: int) -> ResponseReturnValue:
    """Undo it."""
    return _tell(lambda: bring_back(run_id, current_user.id), _("It is on the list again."))


def _tell(step: Callable[[], None], words: str, aside: int | None = None) -> ResponseReturnValue:
    """Do it, say what became of it, and go back to the page."""
    try:
        step()
    except (QueueAwayError, NothingToRetryError, UnknownJobError) as error:
        flash(_words_for(error), "danger")
        return redirect(url_for("site.desk_jobs"), 303)
    if words:
        flash(words)
    return redirect(url_for("site.desk_jobs", aside=aside), 303)


def _words_for(error: Exception) -> str:
    if isinstance(error, QueueAwayError):
        words = _("Redis does not answer, so nobody can be asked. Nothing was changed.")
    elif isinstance(error, UnknownJobError):
        words = _("There is no such job to be begun from here. Nothing was changed.")
    else:
        words = _("It went well by now, or was put aside. Nothing was changed.")
    return str(words)
