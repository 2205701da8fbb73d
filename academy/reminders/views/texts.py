"""Subject and text of one kind in one language: changed, tried on, brought back."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.messaging.letters import Letter
from academy.reminders import service, texts
from academy.reminders.forms import TextForm
from academy.reminders.models import OwnText
from academy.reminders.placeholders import UnfitText, check, names_for
from academy.reminders.previewing import Shown, preview_draft
from academy.reminders.queries import find_sample
from academy.reminders.service.texts import NothingChanges, TextChangedMeanwhile
from academy.reminders.versions import Which, find_newest, find_version, list_versions
from academy.reminders.views.blueprint import load, pages, signed_in
from academy.security.input import read_id
from academy.security.wall import staff_only

_RULE = "/desk/series/<slug>/reminders/<plan>/text/<language>"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the form: the text as it would be read, or that of somebody else."""

    shown: Shown | None = None
    theirs: OwnText | None = None


NOTHING = Beside()


def _load(slug: str, plan: str, language: str) -> Which:
    return Which(load(slug, plan, language), plan, language)


@pages.get(_RULE)
@staff_only("organiser")
def desk_text(slug: str, plan: str, language: str) -> str:
    """Show the text in force, or an earlier version of it, to be changed."""
    which, wanted = _load(slug, plan, language), read_id("version")
    newest = find_newest(which)
    chosen = (find_version(which, wanted) or abort(404)) if wanted else newest
    built_in = texts.built_in(plan, language)
    letter = Letter(chosen.subject, chosen.text) if chosen and chosen.is_own else built_in
    seen = newest.version if newest else 0
    return _show(which, TextForm(None, seen=seen, subject=letter.subject, text=letter.text))


def _show(which: Which, form: TextForm, beside: Beside = NOTHING) -> str:
    versions = list_versions(which)
    return render_template(
        "reminders/desk_text.html", series=which.series, plan=which.kind, language=which.language,
        form=form, versions=versions, current=versions[0] if versions else None,
        shown=beside.shown, theirs=beside.theirs, names=names_for(which.kind),
        built_in=texts.built_in(which.kind, which.language),
        end=texts.end_of(which.kind, which.language),
    )  # fmt: skip


@pages.post(_RULE)
@staff_only("organiser")
def desk_keep_text(slug: str, plan: str, language: str) -> ResponseReturnValue:
    """Keep the text as a new version, or show what it would look like."""
    which, form = _load(slug, plan, language), TextForm()
    if not form.validate():
        return _show(which, form), 422
    try:
        if request.form.get("do") == "preview":
            return _show(which, form, Beside(shown=_try_on(which, form)))
        service.save_text(which, form.letter(), seen=form.seen.data or 0, actor_id=signed_in().id)
    except UnfitText as error:
        form.put_faults(error)
        return _show(which, form), 422
    except TextChangedMeanwhile:
        return _meet(which, form), 409
    except NothingChanges:
        flash(_("This is the text in force: nothing changed."), "waiting")
    else:
        flash(_("The text is in force for what leaves from now on."))
    return redirect(url_for(".desk_text", slug=slug, plan=plan, language=language), 303)


def _try_on(which: Which, form: TextForm) -> Shown | None:
    draft, sample = check(which.kind, form.letter()), find_sample(which.series, which.kind)
    if sample is None:
        return None
    return preview_draft(which.kind, signed_in(), sample, draft, which.language)


def _meet(which: Which, form: TextForm) -> str:
    """Show both texts: theirs, which is in force, and the one that was not kept."""
    theirs = find_newest(which)
    form.seen.raw_data, form.seen.data = None, theirs.version if theirs else 0
    return _show(which, form, Beside(theirs=theirs))


@pages.post(f"{_RULE}/built-in")
@staff_only("organiser")
def desk_bring_back(slug: str, plan: str, language: str) -> ResponseReturnValue:
    """Put the academy's own text into force again."""
    which = _load(slug, plan, language)
    seen = request.form.get("seen", type=int)
    try:
        service.bring_back(which, seen=-1 if seen is None else seen, actor_id=signed_in().id)
    except TextChangedMeanwhile:
        flash(_("Somebody else changed the text meanwhile. Look at it first."), "danger")
    except NothingChanges:
        flash(_("The academy's own text is in force already."), "waiting")
    else:
        flash(_("The academy's own text is in force again. Yours is kept below."))
    return redirect(url_for(".desk_text", slug=slug, plan=plan, language=language), 303)
