"""Pictures from strangers: drawn anew without what they say, refused by their bounds."""

import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from academy.lib.pictures import Busy, NotDrawn, draw, drawing, in_turn
from academy.lib.pictures.output import read_parts
from tests.library.picture_files import (
    encoded,
    halves,
    opened,
    phone_photo,
    png_of_claimed_size,
)

SCRIPT = b"<script>alert(1)</script>"


def _noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


def test_a_photo_stands_upright_and_keeps_nothing_of_the_place_or_the_phone() -> None:
    sent = phone_photo(orientation=6)
    drawn = draw(sent)
    assert (drawn.large.width, drawn.large.height) == (200, 300)
    above = opened(drawn.large.body).convert("RGB").getpixel((100, 20))
    assert isinstance(above, tuple)
    assert above[0] > above[2]  # red was left, and is on top after a quarter turn clockwise
    for part in (drawn.large, drawn.small, drawn.plain):
        seen = opened(part.body)
        assert dict(seen.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment"} & seen.info.keys()
        for secret in (b"SecretPhone", b"SecretComment", b"Exif", b"GPS"):
            assert secret not in part.body
    assert b"SecretPhone" in sent


def test_sizes_and_weights_stay_within_their_bounds_even_for_noise() -> None:
    drawn = draw(encoded(_noise(800, 600), quality=70))
    assert drawn.large.width <= 1200
    assert len(drawn.large.body) <= 120_000
    assert len(drawn.small.body) <= 25_000
    assert len(drawn.plain.body) <= 60_000


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (lambda: encoded(halves(mode="CMYK")), "jpeg"),
        (lambda: encoded(halves(mode="L"), "PNG"), "png"),
        (lambda: encoded(halves(mode="P"), "PNG"), "png"),
        (lambda: encoded(halves(), "WEBP"), "webp"),
        (lambda: encoded(halves(mode="P"), "GIF", save_all=True,
                         append_images=[Image.new("P", (300, 200))]), "gif"),
        (lambda: encoded(halves(), icc_profile=b"no profile at all"), "jpeg"),
        (lambda: encoded(halves(), icc_profile=ImageCms.ImageCmsProfile(
            ImageCms.createProfile("sRGB")).tobytes()), "jpeg"),
    ],
    ids=["cmyk", "grey", "palette", "webp", "animated", "broken profile", "profile"],
)  # fmt: skip
def test_every_kind_of_file_becomes_what_was_seen(data: Callable[[], bytes], kind: str) -> None:
    drawn = draw(data())
    assert drawn.head.kind == kind
    picture = opened(drawn.large.body).convert("L")
    left, right = picture.getpixel((40, 100)), picture.getpixel((260, 100))
    assert isinstance(left, int)
    assert isinstance(right, int)
    assert 15 < right < left < 120
    assert getattr(opened(drawn.large.body), "n_frames", 1) == 1


def test_sixteen_bits_of_grey_stay_grey_and_see_through_becomes_paper() -> None:
    grey = opened(draw(encoded(Image.new("I;16", (80, 80), 30_000), "PNG")).large.body)
    assert grey.convert("L").getpixel((9, 9)) in range(114, 120)
    clear = opened(draw(encoded(Image.new("RGBA", (80, 80), (9, 9, 9, 0)), "PNG")).large.body)
    assert clear.convert("L").getpixel((9, 9)) == 255


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "an iPhone's": (HEIC, "heic"),
    "a drawing under a false name": (b"<?xml version='1.0'?><svg onload='alert(1)'/>", "svg"),
    "a page": (b"<!doctype html>" + SCRIPT, "other_kind"),
    "a page that begins as a picture": (b"GIF89a/*" + SCRIPT + b"*/=1;", "too_many_pixels"),
    "one pixel": (encoded(Image.new("RGB", (1, 1)), "PNG"), "too_small"),
    "a bomb": (png_of_claimed_size(20_000, 20_000), "too_many_pixels"),
    "a JPEG without a picture": (b"\xff\xd8\xff\xd9", "damaged"),
    "a torn PNG": (encoded(halves(), "PNG")[:14], "damaged"),
    "twelve megabytes": (b"\xff\xd8\xff" + b"\0" * 13_000_000, "too_large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_head_tells_is_refused_before_anything_decodes_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_ask_child", lambda _data, _head: pytest.fail("it was decoded"))
    data, reason = REFUSED[name]
    with pytest.raises(NotDrawn) as refusal:
        draw(data)
    assert refusal.value.reason == reason


def test_a_photo_that_is_cut_off_is_refused_and_not_shown_by_half() -> None:
    whole = encoded(_noise(300, 200))
    with pytest.raises(NotDrawn, match="damaged"):
        draw(whole[: len(whole) * 2 // 3])


def test_what_hides_behind_a_good_picture_is_gone() -> None:
    drawn = draw(encoded(halves(mode="P"), "GIF") + SCRIPT)
    assert SCRIPT not in drawn.large.body + drawn.small.body + drawn.plain.body


def test_the_child_bounds_itself_whatever_the_head_said() -> None:
    """The bomb unpacks to 1.2 GB; even if the head let it through, the child has no such memory."""
    child = Path(drawing.__file__).parent / "redraw.py"
    bomb = png_of_claimed_size(20_000, 20_000)
    asked = [sys.executable, "-I", str(child), "PNG", "900000000"]
    said = subprocess.run(asked, input=bomb, capture_output=True, check=False).stdout
    assert b'"refused"' in said or said == b""
    assert b"parts" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space")
def test_more_memory_than_its_own_is_not_to_be_had_in_the_child() -> None:
    folder = str(Path(drawing.__file__).parent)
    words = f"import sys; sys.path.insert(0, {folder!r}); import redraw; redraw.bind(); "
    words += "bytearray({})"
    ask = [sys.executable, "-I", "-c"]
    fits = subprocess.run([*ask, words.format(10**8)], capture_output=True, check=False)
    bursts = subprocess.run([*ask, words.format(10**9)], capture_output=True, check=False)
    assert (fits.returncode, b"MemoryError" in bursts.stderr) == (0, True)


def test_a_child_that_falls_without_a_word_is_a_picture_too_heavy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawing, "_CHILD", Path(os.devnull))
    with pytest.raises(NotDrawn, match="too_heavy"):
        draw(encoded(halves()))


def test_a_child_is_not_believed() -> None:
    webp, jpeg = encoded(halves(), "WEBP"), encoded(halves())
    told = [["large", 300, 200, len(webp)], ["small", 300, 200, len(webp)],
            ["plain", 300, 200, len(jpeg)]]  # fmt: skip
    assert read_parts(told, webp + webp + jpeg) is not None
    speaking = encoded(halves(), "WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0")
    told[0][3] = len(speaking)
    assert read_parts(told, speaking + webp + jpeg) is None
    told[0][3] = len(webp) + len(SCRIPT)
    assert read_parts(told, webp + SCRIPT + webp + jpeg) is None
    nonsenses: list[object] = [{}, [["large"]], [["large", "x", 1, 1]], None, []]
    for nonsense in nonsenses:
        assert read_parts(nonsense, webp) is None


def test_beyond_those_who_wait_everybody_is_told_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However many bombs come at once, one is drawn and a few wait."""
    gate, begun = threading.Event(), threading.Semaphore(0)
    running: list[int] = []

    def hold(_data: bytes, _head: object) -> bytes:
        running.append(1)
        begun.release()
        gate.wait(30)
        running.pop()
        return b'{"refused": "damaged"}\n'

    monkeypatch.setattr(drawing, "_ask_child", hold)
    monkeypatch.setattr(drawing, "WAITING_SECONDS", 600)
    picture = encoded(halves())
    places = drawing.AT_ONCE + drawing.MOST_WAITING
    threads = [threading.Thread(target=_swallow, args=(picture,)) for _each in range(places)]
    for each in threads:
        each.start()
    assert begun.acquire(timeout=30)
    while drawing._waiting._value:  # noqa: SLF001 (until all have come in; the last takes it)
        threads[0].join(0.01)
    assert len(running) == drawing.AT_ONCE
    with pytest.raises(Busy), in_turn():
        pytest.fail("it got in")
    gate.set()
    for each in threads:
        each.join(30)
    _swallow(picture)


def _swallow(picture: bytes) -> None:
    with pytest.raises(NotDrawn), in_turn():
        draw(picture)
