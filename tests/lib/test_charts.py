"""Drawn figures: sound SVG that is read aloud, fits a phone, and says what it is given."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from academy.lib.charts import Bar, Panel, Part, draw_bars, draw_presence, draw_presences

COUNTS = st.lists(st.integers(min_value=0, max_value=5000), max_size=240)
SVG = "{http://www.w3.org/2000/svg}"


def _read(picture: str) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314 - our own text


@given(COUNTS, st.text(max_size=30).filter(str.isprintable))
def test_a_curve_of_any_presence_is_sound_xml(present: list[int], words: str) -> None:
    picture = draw_presence(present, title=words, description=words, peak=words, hours=[words])
    assert _read(picture).get("role") == "img"


def test_a_curve_is_named_and_described_for_whoever_listens() -> None:
    picture = _read(draw_presence([1, 2], title="Presence", description="Two at most", peak="2"))
    words = {element.get("id"): element.text for element in picture if element.get("id")}
    names = (picture.get("aria-labelledby") or "").split()
    assert [words[name] for name in names] == ["Presence", "Two at most"]


def test_an_hour_in_which_nothing_changes_weighs_two_points() -> None:
    picture = draw_presence([7] * 60, title="Presence", description="", peak="7")
    edge = picture.split("<polyline")[1].split('points="')[1].split('"')[0]
    assert edge == "0,0 59,0"


def test_a_thin_bar_below_stands_on_the_same_scale() -> None:
    bars = [Bar("Week 1", (Part(50),), "50 people", under=(Part(100, 3),))]
    picture = draw_bars(bars, title="Reached", description="")
    pieces = [part.split('"')[0] for part in picture.split('%" width="')[1:]]
    assert pieces == ["50%", "100%"]
    assert "chart__piece--3" in picture


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = [Bar("Asia", (Part(150), Part(45, 1)), "195"), Bar("Elsewhere", (Part(39),), "39")]
    picture = draw_bars(bars, title="Registered", description="")
    pieces = [part.split('"')[0] for part in picture.split('%" width="')[1:]]
    assert pieces == ["76.92%", "23.08%", "20%"]


def test_parts_of_a_bar_differ_by_pattern_and_not_by_colour_alone() -> None:
    bar = Bar("Came", (Part(3), Part(2, 1)), "5")
    picture = draw_bars([bar], title="Came", description="")
    assert picture.count("<pattern") == 1
    assert 'fill="url(#' in picture


def test_several_curves_share_one_scale() -> None:
    panels = [Panel("2 May", [0, 74], "74"), Panel("30 May", [0, 37], "37")]
    assert draw_presences(panels, title="Presence").count('viewBox="0 0 1 74"') == len(panels)


def test_what_a_person_wrote_stays_text_in_a_picture() -> None:
    bar = Bar("<script>alert(1)</script>", (Part(1),), "1")
    assert "<script" not in draw_bars([bar], title="<b>", description='"&')


def test_no_picture_carries_a_style_of_its_own() -> None:
    picture = draw_presence([1, 2, 3], title="Presence", description="", peak="3", hours=["14:00"])
    assert "style=" not in picture
    assert "#" not in picture.replace("url(#", "")
