"""Connects sign-ins to Flask-Login: the cookie holds a secret, the database says whose."""

from flask import Flask, session
from flask_login import LoginManager

from academy.people.queries import find_signed_in

login_manager = LoginManager()


def remember_in_cookie(token: str) -> None:
    """Put the secret of a sign-in into the cookie, which starts anew (no fixation)."""
    session.clear()
    session["_user_id"] = token
    session["_fresh"] = True
    session.permanent = True


def recognise_people(app: Flask) -> None:
    """Let `current_user` be the person of this request."""
    login_manager.session_protection = None
    login_manager.init_app(app)
    login_manager.user_loader(find_signed_in)
