"""Pages of figures."""

from flask import Blueprint

pages = Blueprint("figures", __name__)
