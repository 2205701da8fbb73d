"""The home page and the health of the processes."""

from hmac import compare_digest

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from academy.config import Settings
from academy.learning.ways import find_step
from academy.library.featured import MOST_AT_HOME, find_featured
from academy.messaging.queries import count_by_state
from academy.programme.queries import find_next_live_session, list_series
from academy.security.loopback import is_from_this_machine
from academy.security.metrics import measure_jobs, write_metrics
from academy.security.wall import own_authentication, public, staff_only
from academy.site.health import find_faults
from academy.site.job_queries import count_failures
from academy.site.job_views import (
    desk_bring_back_job,
    desk_dismiss_job,
    desk_jobs,
    desk_retry_job,
    desk_run_job,
    look_at_queues,
)
from academy.site.log_views import desk_log
from academy.site.search_views import search

pages = Blueprint("site", __name__)
pages.add_url_rule("/desk/log", view_func=desk_log)
pages.add_url_rule("/search/", view_func=search)
pages.add_url_rule("/desk/jobs/", view_func=desk_jobs)
pages.add_url_rule("/desk/jobs/run", view_func=desk_run_job, methods=["POST"])
for words, view in (
    ("retry", desk_retry_job), ("dismissal", desk_dismiss_job), ("return", desk_bring_back_job),
):  # fmt: skip
    pages.add_url_rule(f"/desk/jobs/<int:run_id>/{words}", view_func=view, methods=["POST"])


@pages.get("/")
@public
def home() -> str:
    """Show the next thing first: the live session that comes next, the series, featured cases."""
    return render_template(
        "site/home.html", next_live_session=find_next_live_session(), series=list_series(),
        cases=find_featured(MOST_AT_HOME),
        go_on=find_step(current_user) if current_user.is_authenticated else None,
    )  # fmt: skip


@pages.get("/desk/")
@staff_only("organiser", "focal_point")
def desk() -> ResponseReturnValue:
    """Lead to the first section of the desk."""
    return redirect(url_for("programme.desk_series"))


@pages.get("/healthz")
@public
def healthz() -> Response:
    """Say that this process answers."""
    return jsonify(status="ok")


@pages.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Say whether database, broker and migrations are as they must be; 503 where not."""
    faults = find_faults(current_app.config["ACADEMY"])
    return jsonify(
        status="ready" if not faults else "not ready", faults=faults
    ), 503 if faults else 200


@pages.get("/metrics")
@own_authentication
def metrics() -> Response:
    """Give numbers to Prometheus: to this machine, or with the token of the settings."""
    settings: Settings = current_app.config["ACADEMY"]
    sent = request.authorization.token if request.authorization else ""
    has_token = settings.metrics_token and compare_digest(
        (sent or "").encode(), settings.metrics_token.encode()
    )
    if not has_token and not is_from_this_machine():
        abort(404)
    measure_jobs(look_at_queues(), count_failures())
    return write_metrics(count_by_state())
