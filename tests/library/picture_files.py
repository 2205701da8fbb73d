"""Pictures for tests: made by Pillow as phones, editors and attackers make them; rows of them."""

import io
from typing import Any

from PIL import Image

from academy.db import transaction
from academy.lib.pictures.trial import bare_png
from academy.library.models import CasePicture


def encoded(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """Return the picture as a file of that format."""
    body = io.BytesIO()
    picture.save(body, form, **options)
    return body.getvalue()


def halves(width: int = 300, height: int = 200, mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (width, height), (200, 30, 30))
    picture.paste((30, 30, 200), (width // 2, 0, width, height))
    return picture.convert(mode)


def phone_photo(orientation: int = 6) -> bytes:
    """Return a JPEG as a phone writes it: turned, with the place and the device in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825).update({1: "N", 2: (27.0, 42.0, 1.5), 3: "E", 4: (85.0, 19.0, 2.5)})
    return encoded(halves(), exif=exif, comment=b"SecretComment", quality=95)


def png_of_claimed_size(width: int, height: int) -> bytes:
    """Return a few bytes that claim to be a picture of that size: all of it packed zeros."""
    return bare_png(width, height, 2, b"\0" * 100_000)


def opened(body: bytes) -> Image.Image:
    """Return what a browser would see."""
    picture = Image.open(io.BytesIO(body))
    picture.load()
    return picture


def keep_picture(
    case_id: int, digest: str, *, person_id: int | None = None, **facts: Any
) -> CasePicture:
    """Store a row of a picture without drawing one."""
    with transaction() as current:
        row = CasePicture(
            case_id=case_id, digest=digest, kind="jpeg", width=1200, height=900, small_width=480,
            large_size=90_000, small_size=20_000, large=b"large", small=b"small", plain=b"plain",
            created_by=person_id, **facts,
        )  # fmt: skip
        current.add(row)
    return row
