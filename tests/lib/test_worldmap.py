"""The map of people: circles on one cached land, the largest named, nobody's country lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from academy.lib import worldmap
from academy.lib.worldmap import MapIsMissing, world_map

WORLD = {
    "viewBox": "0 0 1000 440",
    "countries": {},
    "centroids": {"MY": [360, 230], "SG": [385, 236], "NP": [339, 138], "BR": [940, 260]},
}
NAMES = {"MY": "Malaysia", "SG": "Singapore", "NP": "Nepal", "BR": "Brazil"}


@pytest.fixture(autouse=True)
def _a_small_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "world.json").write_text(json.dumps(WORLD))
    (tmp_path / "manifest.json").write_text('{"world.svg": "world-1234.svg"}')
    monkeypatch.setattr(worldmap, "DIST", tmp_path)
    worldmap.forget_world()
    yield
    worldmap.forget_world()


def _circles(picture: str) -> list[ET.Element]:
    tree = ET.fromstring(picture)  # noqa: S314 - our own text
    return [element for element in tree if element.tag.endswith("circle")]


def test_every_country_with_people_gets_a_circle() -> None:
    assert len(_circles(world_map({"MY": 48, "NP": 31, "SG": 0}, NAMES))) == 2


def test_the_area_of_a_circle_is_its_number() -> None:
    large, small = _circles(world_map({"MY": 48, "NP": 12}, NAMES))
    assert float(large.get("r", "")) == pytest.approx(2 * float(small.get("r", "")), abs=0.1)


def test_the_land_is_referred_to_and_not_carried_along() -> None:
    picture = world_map({"MY": 48}, NAMES)
    assert 'href="/static/dist/world-1234.svg#land"' in picture
    assert "<path" not in picture


def test_the_map_of_asia_leaves_out_who_is_elsewhere() -> None:
    assert len(_circles(world_map({"MY": 48, "BR": 2}, NAMES, view="asia"))) == 1


def test_a_code_that_no_map_knows_is_left_to_the_table() -> None:
    assert _circles(world_map({"XX": 3}, NAMES)) == []


def test_the_map_is_told_in_words() -> None:
    assert "<desc" in world_map({"MY": 48, "NP": 31}, NAMES)
    assert "Malaysia 48; Nepal 31" in world_map({"MY": 48, "NP": 31}, NAMES)


def test_a_page_before_the_front_end_is_built_says_how_to_build_it(tmp_path: Path) -> None:
    (tmp_path / "world.json").unlink()
    worldmap.forget_world()
    with pytest.raises(MapIsMissing, match=r"build_front_end\.py"):
        world_map({"MY": 48}, NAMES)


def test_circles_that_lead_somewhere_carry_their_number_and_lie_side_by_side() -> None:
    links = {"MY": "/?a=1&b=2", "SG": "/sg"}
    picture = world_map({"MY": 7, "SG": 7}, NAMES, view="asia", links=links)
    tree = ET.fromstring(picture)  # noqa: S314 - our own text
    ways = [element for element in tree if element.tag.endswith("a")]
    assert [way.get("href") for way in ways] == ["/?a=1&b=2", "/sg"]
    assert [way.findtext("text") for way in ways] == ["7", "7"]
    one, other = [way.findall("circle")[-1] for way in ways]
    apart = [float(one.get(each, "")) - float(other.get(each, "")) for each in ("cx", "cy")]
    assert sum(each**2 for each in apart) ** 0.5 >= 2 * float(one.get("r", ""))


def test_a_name_that_would_be_cut_at_the_edge_stands_on_the_other_side() -> None:
    long = {"SG": "S" * 23}
    tree = ET.fromstring(world_map({"SG": 3}, long, view="asia"))  # noqa: S314 - our own text
    [label] = [element for element in tree if element.tag.endswith("text")]
    assert label.get("text-anchor") == "end"
