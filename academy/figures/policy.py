"""Who may see figures: everybody those of published series, organisers also drafts'."""

from academy.people.models import Person
from academy.programme.models import Series
from academy.programme.policy import PUBLIC, can_run_series


def can_see_figures(person: Person | None, series: Series) -> bool:
    """Whether the person (None: not signed in) may see the figures; they name nobody."""
    return series.status in PUBLIC or can_run_series(person)
