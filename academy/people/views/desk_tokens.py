"""The desk's API tokens: making one that is shown once, seeing where it is used, revoking it."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.db import now
from academy.people import policy
from academy.people.forms.desk import SCOPE_WORDS, TokenForm
from academy.people.queries import find_token_by_id, list_api_tokens
from academy.people.service.api_tokens import create_api_token, revoke_api_token
from academy.people.views.blueprint import fresh_only, me, pages
from academy.security.wall import staff_only


@pages.get("/desk/tokens/")
@staff_only("organiser")
def desk_tokens() -> ResponseReturnValue:
    """Show the tokens in force: one's own, to an administrator everybody's."""
    return _show(TokenForm())


def _show(form: TokenForm, status: int = 200, secret: str = "") -> ResponseReturnValue:
    tokens = list_api_tokens(None if me().has_role("administrator") else me().id)
    page = render_template(
        "people/desk_tokens.html", form=form, tokens=tokens, secret=secret, scope_words=SCOPE_WORDS
    )
    return page, status


@pages.post("/desk/tokens/")
@staff_only("organiser")
@fresh_only
def desk_tokens_make() -> ResponseReturnValue:
    """Make a token and show it, once: it is on no other page and in no address."""
    form = TokenForm()
    if not form.validate_on_submit():
        return _show(form, 422)
    expires_at = now() + timedelta(days=int(form.days.data))
    _token, secret = create_api_token(me(), form.name.data, form.scopes.data or (), expires_at)
    return _show(TokenForm(formdata=None), 201, secret)


@pages.post("/desk/tokens/<int:token_id>/revocation")
@staff_only("organiser")
def desk_tokens_revoke(token_id: int) -> ResponseReturnValue:
    """Revoke a token; somebody else's is not there, unless for an administrator."""
    token = find_token_by_id(token_id)
    if token is None or not policy.can_revoke_token(me(), token):
        abort(404)
    revoke_api_token(token_id, by=me().id)
    flash(_("The token opens nothing any more."))
    return redirect(url_for("people.desk_tokens"), 303)
