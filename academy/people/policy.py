"""Who may see which persons on the desk, and who may do what to them."""

from sqlalchemy import ColumnElement, false, true

from academy.people.models import ApiToken, Person

#: See all people; a focal point sees those of her countries.
SEES_ALL = ("organiser", "administrator")


def visible_to(viewer: Person) -> ColumnElement[bool]:
    """Limit a statement to the persons that `viewer` may see on the desk."""
    if viewer.has_role(*SEES_ALL):
        return true()
    if viewer.has_role("focal_point"):
        return Person.country.in_(viewer.focal_countries)
    return false()


def can_see_person(viewer: Person, person: Person) -> bool:
    """Whether `viewer` may open the page of `person`: what visible_to says, for one."""
    if person.erased_at is not None:
        return False
    return viewer.has_role(*SEES_ALL) or (
        viewer.has_role("focal_point") and person.country in viewer.focal_countries
    )


def can_manage_account(viewer: Person, person: Person) -> bool:
    """Whether `viewer` may close the account of `person` or end sign-ins; nobody her own here."""
    return viewer.has_role("administrator") and viewer.id != person.id


def can_change_roles(viewer: Person, person_id: int) -> bool:
    """Whether `viewer` may give or take roles of the person; nobody her own."""
    return viewer.has_role("administrator") and viewer.id != person_id


def can_make_tokens(viewer: Person) -> bool:
    """Whether `viewer` may make tokens for the API."""
    return viewer.has_role("organiser", "administrator")


def can_revoke_token(viewer: Person, token: ApiToken) -> bool:
    """Whether `viewer` may revoke the token: her own, an administrator everybody's."""
    return token.person_id == viewer.id or viewer.has_role("administrator")
