"""Any table of people: its columns are known by their headings and by what stands in them."""

from academy.programme.formats.shape import Shape

SHAPE = Shape(name="table", recognises=lambda _heading: True)
