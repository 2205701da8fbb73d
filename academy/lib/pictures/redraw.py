"""The child process that decodes a picture and draws it anew: bytes in, pictures out.

It runs as a file of its own under `python -I`, knows nothing of the academy, binds itself before
it reads a byte, and is the only place that imports Pillow. What it says is one line of JSON,
then the pictures one after the other; or one line with the reason why there are none.
"""

import io
import json
import os
import sys
import warnings
from collections.abc import Iterator
from typing import NoReturn

from PIL import Image, ImageCms, JpegImagePlugin

try:
    import resource
except ImportError:  # Windows has no such limits; the bounds of head.py hold there alone.
    resource = None  # type: ignore[assignment]

#: Bytes of address space: what all that head.py lets through needs (384 MB measured), but for a
#: progressive JPEG of the largest: that one is refused as too heavy.
MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 15
#: (name, format, most pixels wide, most high, most bytes, best quality). JPEG is for browsers of
#: before 2020 and for the previews of other sites.
SIZES = (
    ("large", "WEBP", 1200, 1600, 120_000, 82),
    ("small", "WEBP", 480, 640, 25_000, 80),
    ("plain", "JPEG", 640, 854, 60_000, 80),
)
#: Whichever way it is turned, nothing of it is needed larger.
TALLEST = 1600
WORST_QUALITY = 36
PAPER = (255, 255, 255)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
_ORIENTATION = 0x0112


def main(kind: str, most_pixels: int) -> None:
    """Read standard input, write what it becomes to standard output."""
    bind()
    data = sys.stdin.buffer.read()
    try:
        picture = decode(data, kind, most_pixels)
        parts = list(draw(picture, is_drawing=kind in {"PNG", "GIF"}))
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        refuse("too_heavy")
    except Exception:  # noqa: BLE001 (decoders raise nearly everything over a damaged file)
        refuse("damaged")
    say({"parts": [[name, *size, len(body)] for name, size, body in parts]})
    for _name, _size, body in parts:
        sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


def bind() -> None:
    """Take away what decoding does not need: memory, time, files, a place in the queue."""
    if resource is None:
        return
    os.nice(5)
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0),
    ):  # fmt: skip
        try:
            resource.setrlimit(what, (limit, limit))
        except (ValueError, OSError):  # macOS knows no bound of address space
            continue


def refuse(reason: str) -> NoReturn:
    """Say why there is no picture, and end."""
    say({"refused": reason})
    sys.stdout.buffer.flush()
    os._exit(0)


def say(line: object) -> None:
    """Write one line of JSON."""
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")


def decode(data: bytes, kind: str, most_pixels: int) -> Image.Image:
    """Return the first frame upright, in sRGB, without anything but its pixels.

    Truncated files raise: half a picture would be shown as a whole one.
    """
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = most_pixels
    with Image.open(io.BytesIO(data), formats=[kind]) as opened:
        if isinstance(opened, JpegImagePlugin.JpegImageFile):
            opened.draft(None, (TALLEST, TALLEST))
        opened.load()
        turn = _turn_of(opened)
        flat = _to_srgb(opened)
    flat.thumbnail((TALLEST, TALLEST), Image.Resampling.LANCZOS, reducing_gap=3.0)
    upright = flat.transpose(turn) if turn is not None else flat
    clean = Image.new("RGB", upright.size, PAPER)
    clean.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return clean


def _turn_of(picture: Image.Image) -> Image.Transpose | None:
    """Say how to turn it so that it stands as it was taken; broken EXIF means not at all."""
    try:
        return _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 (EXIF is a format of its own, and often broken)
        return None


def _to_srgb(picture: Image.Image) -> Image.Image:
    """Return RGB, or RGBA where it is see-through, in the colours of screens."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith(("I", "F")):
        # 16 bits a pixel: a plain conversion would cut everything above 255 off.
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.mode in {"RGB", "CMYK", "L"} and profile:
        try:
            return _by_profile(picture, profile)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a broken profile: the colours are read as everybody's
    is_see_through = picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"}
    is_see_through = is_see_through or "transparency" in picture.info
    return picture.convert("RGBA" if is_see_through else "RGB")


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    screens = ImageCms.createProfile("sRGB")
    found = ImageCms.profileToProfile(picture, theirs, screens, outputMode="RGB")
    if found is None:
        raise ValueError("no colours came out")
    return found


def draw(picture: Image.Image, *, is_drawing: bool) -> Iterator[tuple[str, tuple[int, int], bytes]]:
    """Give every size: (name, (width, height), bytes). Nothing is made larger than it was."""
    for name, form, wide, high, most, best in SIZES:
        fitting = picture.copy()
        fitting.thumbnail((wide, high), Image.Resampling.LANCZOS, reducing_gap=3.0)
        yield name, *_within(fitting, form, most, best, is_drawing=is_drawing)


def _within(
    picture: Image.Image, form: str, most: int, best: int, *, is_drawing: bool
) -> tuple[tuple[int, int], bytes]:
    """Encode it within `most` bytes: by a lower quality, and if that does not do, smaller."""
    if is_drawing and form == "WEBP":
        exact = _encode(picture, form, 70, lossless=True)
        if len(exact) <= min(most, len(_encode(picture, form, best))):
            return picture.size, exact
    while True:
        for quality in range(best, WORST_QUALITY - 1, -9):
            body = _encode(picture, form, quality)
            if len(body) <= most:
                return picture.size, body
        picture = picture.resize((picture.width * 4 // 5 or 1, picture.height * 4 // 5 or 1))


def _encode(picture: Image.Image, form: str, quality: int, *, lossless: bool = False) -> bytes:
    body = io.BytesIO()
    if form == "JPEG":
        picture.save(body, form, quality=quality, optimize=True, progressive=True)
    else:
        picture.save(body, form, quality=quality, method=4, lossless=lossless)
    return body.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
