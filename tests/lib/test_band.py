"""The woven bands: light, always the same for one slug, many cloths, sound SVG."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from academy.lib.band import DYES, WEAVES, band_svg

LIGHT = 600


@given(st.text(max_size=60))
def test_every_band_is_lighter_than_600_bytes(slug: str) -> None:
    assert len(band_svg(slug, "wide").encode()) < LIGHT


def test_the_heaviest_of_five_thousand_bands_is_lighter_than_600_bytes() -> None:
    assert max(len(band_svg(f"series-{number}", "wide")) for number in range(5000)) < LIGHT


@given(st.text(max_size=60))
def test_a_slug_always_gets_the_same_band(slug: str) -> None:
    assert band_svg(slug) == band_svg(slug)


def test_bands_come_in_every_weave_and_every_dye() -> None:
    bands = {band_svg(f"series-{number}") for number in range(1000)}
    cloths = {band.split('fill="')[1][:7] for band in bands}
    assert cloths == {cloth for cloth, _figure, _thread in DYES}
    assert len(bands) > len(DYES) * len(WEAVES)


def test_one_band_in_two_places_of_a_page_has_two_ids() -> None:
    in_row, on_top = (ET.fromstring(band_svg("savings", place)) for place in ("tag", "wide"))  # noqa: S314 - our own text
    assert in_row[0].get("id") != on_top[0].get("id")


@given(st.text(max_size=60))
def test_a_band_is_sound_xml_whatever_the_slug(slug: str) -> None:
    assert ET.fromstring(band_svg(slug)).tag.endswith("svg")  # noqa: S314 - our own text
