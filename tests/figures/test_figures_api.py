"""/api/v1/series/<slug>/figures: the same objects as on the command line."""

from collections.abc import Callable

from academy.figures.queries import find_head, read_ledger, report_attendance, report_registrations
from academy.programme import service
from tests.cast import Cast
from tests.programme.scenes import a_series, somebody
from tests.programs import Program


def test_the_registrations_are_the_report_of_the_command_line(
    cast: Cast, program_of: Callable[..., Program]
) -> None:
    series = a_series("weaving")
    for country in ("MY", "MY", "NP", "DE", None):
        service.register(somebody(country=country), series, source="import")
    answer = program_of(cast.organiser)("GET", "/series/weaving/figures/registrations").json
    head = find_head("weaving")
    assert head is not None
    assert answer | {"as_of": ""} == report_registrations(read_ledger(head)) | {"as_of": ""}
    assert (answer["registrants"], answer["regions"]["asia"]["registrants"]) == (5, 3)


def test_the_attendance_is_the_report_of_the_command_line(
    cast: Cast, program_of: Callable[..., Program]
) -> None:
    a_series("weaving", weeks=2)
    answer = program_of(cast.organiser)("GET", "/series/weaving/figures/attendance").json
    head = find_head("weaving")
    assert head is not None
    assert answer | {"as_of": ""} == report_attendance(read_ledger(head)) | {"as_of": ""}


def test_a_series_that_is_not_there_is_404(cast: Cast, program_of: Callable[..., Program]) -> None:
    program = program_of(cast.organiser)
    assert program("GET", "/series/none/figures/attendance").status_code == 404


def test_figures_need_their_own_scope(cast: Cast, program_of: Callable[..., Program]) -> None:
    a_series("weaving")
    program = program_of(cast.organiser, "registrations:read")
    assert program("GET", "/series/weaving/figures/registrations").status_code == 403
