"""The desk's roles: who holds which, giving one, taking one away."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.people import policy
from academy.people.forms.desk import ROLE_WORDS, RoleForm
from academy.people.queries import find_person_by_address, find_role, list_roles
from academy.people.service.roles import LastAdministrator, RoleRefused, grant_role, revoke_role
from academy.people.views.blueprint import fresh_only, me, pages
from academy.security.wall import staff_only


@pages.get("/desk/roles/")
@staff_only()
def desk_roles() -> ResponseReturnValue:
    """Show who holds which role, and the form to give one."""
    return _show(RoleForm())


def _show(form: RoleForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "people/desk_roles.html", form=form, grants=list_roles(), role_words=ROLE_WORDS
    )
    return page, status


@pages.post("/desk/roles/")
@staff_only()
@fresh_only
def desk_roles_give() -> ResponseReturnValue:
    """Give a role; the person signs in anew."""
    form = RoleForm()
    if not form.validate_on_submit():
        return _show(form, 422)
    person = find_person_by_address(form.email.data)
    if person is None:
        form.email.errors = [_("Nobody has this address. The person signs up first.")]
        return _show(form, 422)
    if not policy.can_change_roles(me(), person.id):
        form.email.errors = [_("Nobody changes her own roles. Ask another administrator.")]
        return _show(form, 403)
    try:
        grant_role(person, form.role.data, country=form.country.data or "", granted_by=me().id)
    except RoleRefused as refused:
        return _show(_with_reason(form, refused.reason), 422)
    flash(_("The role is given. The person signs in anew."))
    return redirect(url_for("people.desk_roles"), 303)


def _with_reason(form: RoleForm, reason: str) -> RoleForm:
    if reason == "country":
        form.country.errors = [_("A focal point has a country, the other roles have none.")]
    elif reason == "twice":
        form.role.errors = [_("This person holds the role already.")]
    else:
        form.role.errors = [_("Choose a role.")]
    return form


@pages.post("/desk/roles/<int:grant_id>/removal")
@staff_only()
@fresh_only
def desk_roles_take(grant_id: int) -> ResponseReturnValue:
    """Take a role away; the person signs in anew."""
    grant = find_role(grant_id)
    if grant is None:
        abort(404)
    if not policy.can_change_roles(me(), grant.person_id):
        abort(403)
    try:
        revoke_role(grant_id, by=me().id)
    except LastAdministrator:
        flash(_("This is the last administrator. Give the role to somebody else first."), "danger")
    else:
        flash(_("The role is taken away."))
    return redirect(url_for("people.desk_roles"), 303)
