"""The control: a Flask app with a bare page of twenty or a hundred rows, and one that inserts.

It stands on the academy's own database and engine; `benchmarks.bare:app` serves it.
"""

import os
from uuid import uuid4

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import Engine, insert, select

from academy import db
from academy.people.models import Person
from academy.security.models import Attempts

TWENTY_ROWS = """<!doctype html><html lang="en"><head><title>People</title></head><body>
<table>{% for row in rows %}<tr><td>{{ row.id }}</td><td>{{ row.name }}</td>
<td>{{ row.country }}</td><td>{{ row.zone }}</td></tr>{% endfor %}</table></body></html>"""


def bare_app(engine: Engine) -> Flask:
    """Return the control on `engine`."""
    bare = Flask("bare")
    bare.jinja_loader = DictLoader({"twenty.html": TWENTY_ROWS})  # type: ignore[assignment]

    @bare.get("/twenty", defaults={"most": 20})
    @bare.get("/hundred", defaults={"most": 100})
    def people(most: int) -> str:
        db.writing.set(False)
        people = select(Person.id, Person.name, Person.country, Person.zone).limit(most)
        with engine.connect() as connection:
            return render_template("twenty.html", rows=connection.execute(people).all())

    @bare.post("/insert")
    def insert_one() -> str:
        db.writing.set(True)
        with engine.begin() as connection:
            connection.execute(insert(Attempts).values(key=f"bench{uuid4().hex}", count=1))
        return "stored"

    return bare


if "ACADEMY_DATABASE_URL" in os.environ:
    app = bare_app(db.connect(os.environ["ACADEMY_DATABASE_URL"]))
