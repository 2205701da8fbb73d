"""Countries: the codes, the region, the names shown and above all the names recognised."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel import Locale

from academy.lib.countries import (
    ASIA,
    NAMES_FILE,
    all_countries,
    country_codes,
    country_name,
    is_country,
    is_in_asia,
    recognise_country,
    region_of,
)

ROOT = Path(__file__).parents[2]


def _load_maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_country_names", ROOT / "scripts" / "make_country_names.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


maker = _load_maker()


def test_there_are_the_249_codes_of_the_standard_and_kosovo() -> None:
    codes = country_codes()
    assert len(codes) == 250
    assert "XK" in codes
    assert {"MY", "TL", "TW", "PS", "GB"} <= codes
    assert not {"UK", "EU", "ZZ", "AC"} & codes


def test_the_names_file_is_what_its_script_writes() -> None:
    assert NAMES_FILE.read_text(encoding="utf-8") == maker.table(), (
        "run: PYTHONPATH=. .venv/bin/python scripts/make_country_names.py"
    )


def test_asia_is_the_un_region_142() -> None:
    assert len(ASIA) == 51
    assert country_codes() >= ASIA
    assert is_in_asia("TL")
    assert is_in_asia("CY")
    assert not is_in_asia("RU")
    assert not is_in_asia("EG")


def test_every_country_has_one_region_and_no_country_is_unknown() -> None:
    assert {region_of(code) for code in country_codes()} == {"asia", "elsewhere"}
    assert region_of("NP") == "asia"
    assert region_of("FJ") == "elsewhere"
    assert region_of(None) == "unknown"
    assert region_of("ZZ") == "unknown"


def test_a_name_comes_in_the_language_of_the_reader() -> None:
    assert country_name("KR") == "South Korea"
    assert country_name("KR", "ms") == "Korea Selatan"
    assert country_name("MY", "zh-Hans") == "马来西亚"
    assert country_name("JP", Locale("fr")) == "Japon"


def test_an_unknown_language_falls_back_to_english_and_an_unknown_code_to_itself() -> None:
    assert country_name("PH", "xx-YY") == "Philippines"
    assert country_name("PH", "") == "Philippines"
    assert country_name("ZZ") == "ZZ"


def test_a_select_list_is_sorted_without_regard_to_accents() -> None:
    names = [name for _code, name in all_countries("en")]
    assert names.index("Albania") == names.index("Åland Islands") + 1
    assert names[-1] == "Zimbabwe"
    assert len(names) == len(country_codes())


def test_is_country_wants_capitals() -> None:
    assert is_country("MY")
    assert not is_country("my")


@pytest.mark.parametrize("language", ["en", "ms", "hi", "ta", "th", "km", "my", "zh", "ar", "fr"])
def test_every_name_that_is_shown_is_recognised_unless_it_is_refused(language: str) -> None:
    missed = {
        code
        for code, name in all_countries(language)
        if recognise_country(name) not in {code, None}
    }
    lost = [name for code, name in all_countries(language) if recognise_country(name) is None]
    assert not missed
    assert len(lost) <= 2, lost


@pytest.mark.parametrize("code", sorted(country_codes() - {"NA"}))
def test_every_code_is_recognised_in_capitals(code: str) -> None:
    assert recognise_country(code) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Viet Nam", "VN"),
        ("VIETNAM", "VN"),
        ("Việt Nam", "VN"),
        ("South Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Korea (South)", "KR"),
        ("대한민국", "KR"),
        ("North Korea", "KP"),
        ("DPRK", "KP"),
        ("USA", "US"),
        ("U.S.A", "US"),
        ("u.s.", "US"),
        ("the United States of America", "US"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("Lao PDR", "LA"),
        ("LAO P.D.R.", "LA"),
        ("Laos", "LA"),
        ("ລາວ", "LA"),
        ("Hong Kong", "HK"),
        ("Hongkong SAR", "HK"),
        ("香港", "HK"),
        ("Burma", "MM"),
        ("Myanmar (Burma)", "MM"),
        ("မြန်မာ", "MM"),
        ("Timor Leste", "TL"),
        ("East Timor", "TL"),
        ("Chinese Taipei", "TW"),
        ("Taiwan, Province of China", "TW"),
        ("Brunei", "BN"),
        ("Brunei Darussalam", "BN"),
        ("Iran", "IR"),
        ("Iran (Islamic Republic of)", "IR"),
        ("ایران", "IR"),
        ("إيران", "IR"),
        ("Russia", "RU"),
        ("Palestine", "PS"),
        ("Ivory Coast", "CI"),
        ("cote d'ivoire", "CI"),
        ("CÔTE D’IVOIRE", "CI"),
        ("Czechia", "CZ"),
        ("Czech Republic", "CZ"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("TURKIYE", "TR"),
        ("Turkey/Türkiye", "TR"),
        ("Macau", "MO"),
        ("UAE", "AE"),
        ("DR Congo", "CD"),
        ("Congo-Brazzaville", "CG"),
        ("Guinea", "GN"),
        ("Guinea-Bissau", "GW"),
        ("Papua New Guinea", "PG"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Dominica", "DM"),
        ("Dominican Republic", "DO"),
        ("Georgia", "GE"),
        ("The Philippines", "PH"),
        ("Philippines (the)", "PH"),
        ("Pilipinas", "PH"),
        ("Trinidad & Tobago", "TT"),
        ("Srilanka", "LK"),
        ("ශ්‍රී ලංකාව", "LK"),
        ("இலங்கை", "LK"),
        ("भारत", "IN"),
        ("नेपाल", "NP"),
        ("বাংলাদেশ", "BD"),
        ("កម្ពុជា", "KH"),
        ("ประเทศไทย", "TH"),
        ("日本", "JP"),
        ("中国", "CN"),
        ("Монгол", "MN"),
        ("España", "ES"),
        ("espana", "ES"),
        ("MYS", "MY"),
        ("my", "MY"),
        ("🇲🇾", "MY"),
        ("🇲🇾 Malaysia", "MY"),
        ("MY - Malaysia", "MY"),
        ("Malaysia (马来西亚)", "MY"),
        ("  malaysia.\n", "MY"),
        ("Áo", "AT"),
        ("AO", "AO"),
        ("NGA", "NG"),
    ],
)
def test_a_name_in_use_is_recognised(typed: str, code: str) -> None:
    assert recognise_country(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        "Korea",
        "Congo",
        "America",
        "Asia",
        "ASEAN",
        "Indo",
        "Timor",
        "Borneo",
        "Virgin Islands",
        "Republic of China",
        "Malaysia / Singapore",
        "India and Nepal",
        "Georgia, USA",
        "Kuala Lumpur, Malaysia",
        "Malaysa",
        "Ao",
        "My",
        "NA",
        "n/a",
        "No",
        "none",
        "EU",
        "",
        " ",
        "-",
        "?",
        "12",
        "\x00",
        "Malaysia " * 40,
    ],
)
def test_what_is_unclear_is_not_guessed(typed: str) -> None:
    assert recognise_country(typed) is None


def test_every_alias_means_its_country() -> None:
    _refused, aliases = maker.read_aliases()
    wrong = [
        (code, name)
        for code, names in aliases.items()
        for name in names
        if recognise_country(name) != code
    ]
    assert not wrong


def test_every_refused_word_means_none() -> None:
    refused, _aliases = maker.read_aliases()
    assert "korea" in refused
    assert not [word for word in refused if recognise_country(word)]
