"""The week's selection as moderators put it together: the list, its order, its mail."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.db import now, session
from academy.discussion.errors import AlreadyChosen, ListClosed, ListFull, NotForEverybody
from academy.discussion.models import Selection, SelectionItem
from academy.discussion.policy import can_moderate
from academy.discussion.selection_news import path_of, say
from academy.discussion.selections import MOST_CHOSEN, find_selection, list_weeks, read_list
from academy.discussion.service.selecting import choose, choose_no_more, move_chosen, rewrite
from academy.discussion.weeks import Week, read_week, week_of
from academy.i18n.lengths import language_in_words
from academy.i18n.reader import page_language
from academy.messaging.digests import preview_digest
from academy.messaging.framing import show_in_frame
from academy.messaging.letters import Letter
from academy.moderation.forms import ChooseForm, EmptyForm, WhyForm
from academy.moderation.queries import count_told
from academy.moderation.views.blueprint import pages, signed_in
from academy.security.wall import staff_only

#: Languages of our mails.
LANGUAGES = ("en", "id")


@pages.app_template_global()
def may_select() -> bool:
    """Whether the reader puts the week's selection together."""
    return can_moderate(signed_in() if signed_in().is_authenticated else None)


@pages.route("/moderation/selection/", methods=["GET", "POST"])
@staff_only("moderator")
def selection() -> ResponseReturnValue:
    """Show this week's list, and put something on it."""
    asked = {name: request.args.get(name, "")[:300] for name in ("address", "why_en", "why_id")}
    form = ChooseForm(data=asked)
    if not form.validate_on_submit():
        return _show(week_of(now()), form), 400 if form.errors else 200
    try:
        choose(form.address.data or "", signed_in(), form.words())
    except NotForEverybody:
        form.address.errors = [_("Nothing that everybody may see has this address.")]
    except AlreadyChosen:
        form.address.errors = [_("It stands on the list already.")]
    except ListFull:
        form.address.errors = [
            _("The list is full: %(most)s is what people read.", most=MOST_CHOSEN)
        ]
    except ListClosed:
        form.address.errors = [_("The week is over.")]
    if form.errors:
        return _show(week_of(now()), form), 409
    flash(_("It is on the list."))
    return redirect(url_for(".selection"))


def _show(week: Week, form: ChooseForm | None = None) -> str:
    found = find_selection(week)
    return render_template(
        "moderation/selection.html", week=week, selection=found, chosen=read_list(found),
        form=form, weeks=_weeks(week_of(now())), language=page_language(), path=path_of(week),
        told=count_told(found.id) if found and found.published_at else None, most=MOST_CHOSEN,
        name_language=language_in_words,
    )  # fmt: skip


def _weeks(current: Week) -> list[tuple[Week, Selection | None]]:
    """Return this week and those before it that have a list."""
    lists = {Week(one.year, one.week): one for one in list_weeks()}
    return sorted({current: lists.get(current), **lists}.items(), reverse=True)


@pages.get("/moderation/selection/<week>/")
@staff_only("moderator")
def selection_of_week(week: str) -> ResponseReturnValue:
    """Show the list of another week, and how many it was sent to."""
    asked = read_week(week) or abort(404)
    if asked == week_of(now()):
        return redirect(url_for(".selection"))
    if find_selection(asked) is None:
        abort(404)
    return _show(asked)


def _load(item_id: int) -> SelectionItem:
    return session.get(SelectionItem, item_id) or abort(404)


def _back(item: SelectionItem, **more: Any) -> ResponseReturnValue:
    of = session.get_one(Selection, item.selection_id)
    week = Week(of.year, of.week)
    if week == week_of(now()):
        return redirect(url_for(".selection", **more))
    return redirect(url_for(".selection_of_week", week=week))


@pages.route("/moderation/selection/items/<int:item_id>/", methods=["GET", "POST"])
@staff_only("moderator")
def selection_item(item_id: int) -> ResponseReturnValue:
    """Say otherwise why something is on a list."""
    item = _load(item_id)
    form = WhyForm(data={f"why_{name}": item.words.get(name, "") for name in LANGUAGES})
    if not form.validate_on_submit():
        page = render_template("moderation/selection_item.html", form=form, item=item)
        return page, 400 if form.errors else 200
    rewrite(item, signed_in(), form.words())
    flash(_("Saved. Mails that have not left say it so, too."))
    return _back(item)


@pages.post("/moderation/selection/items/<int:item_id>/removal")
@staff_only("moderator")
def remove_selected(item_id: int) -> ResponseReturnValue:
    """Take something off a list; of this week's it stands in the form again, to undo."""
    item = _load(item_id)
    if not EmptyForm().validate_on_submit():
        return _back(item)
    path = next((one.thing.path for one in _lines(item) if one.item is item and one.thing), "")
    asked = {"address": path, **{f"why_{name}": words for name, words in item.words.items()}}
    answer = _back(item, **asked, _anchor="choose")
    choose_no_more(item, signed_in())
    flash(_("It is off the list. “Put it on the list” undoes that."))
    return answer


def _lines(item: SelectionItem) -> list[Any]:
    return read_list(session.get_one(Selection, item.selection_id))


@pages.post("/moderation/selection/items/<int:item_id>/place")
@staff_only("moderator")
def move_selected(item_id: int) -> ResponseReturnValue:
    """Let a line change places with its neighbour."""
    item = _load(item_id)
    if EmptyForm().validate_on_submit():
        try:
            move_chosen(item, signed_in(), -1 if request.form.get("step") == "up" else 1)
        except ListClosed:
            flash(_("The week is over: its order stays."), "danger")
    return _back(item)


@pages.get("/moderation/selection/<week>/preview")
@staff_only("moderator")
def preview_selection(week: str) -> str:
    """Show the mail that the list becomes, in one of the languages of our mails."""
    asked, language = read_week(week) or abort(404), _language()
    return render_template(
        "moderation/selection_preview.html", week=asked, letter=_letter(asked, language),
        language=language, languages=LANGUAGES, name_language=language_in_words,
    )  # fmt: skip


@pages.get("/moderation/selection/<week>/preview/html")
@staff_only("moderator")
def preview_selection_html(week: str) -> Response:
    """Give the HTML of the preview alone, for the frame of its page."""
    asked, language = read_week(week) or abort(404), _language()
    return show_in_frame(_letter(asked, language), language)


def _language() -> str:
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else "en"


def _letter(week: Week, language: str) -> Letter:
    chosen = read_list(find_selection(week))
    said = say(week, chosen, language)
    return preview_digest(signed_in(), language, said, path_of(week), week.closes_at)
