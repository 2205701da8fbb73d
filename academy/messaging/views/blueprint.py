"""The blueprint that the pages of messaging share."""

from flask import Blueprint

pages = Blueprint("messaging", __name__)
