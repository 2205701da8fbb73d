"""Pages of persons: sign-in, sign-up, one's own account."""

from flask import Blueprint, render_template

from academy.security.wall import public

pages = Blueprint("people", __name__)


@pages.get("/sign-in")
@public
def sign_in() -> str:
    """Show the ways to sign in."""
    return render_template("people/sign_in.html")
