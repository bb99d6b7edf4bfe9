"""Names of places, and which list applies there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from negative_list.catalogue import ZONES, Catalogue
from negative_list.determination import Engine
from negative_list.errors import ProposalError
from negative_list.evaluation import DEFAULT_DAY
from negative_list.lexicon import Lexicon
from negative_list.model import LANGUAGES
from negative_list.places import Gazetteer, words_of
from negative_list.text import tokens


@pytest.fixture(scope="module")
def gazetteer(engine: Engine) -> Gazetteer:
    return engine.reader.gazetteer


@pytest.mark.parametrize(
    ("name", "regime"),
    [
        # A province or a city that contains a zone is outside it.
        ("Shanghai", "national"),
        ("上海", "national"),
        ("上海市", "national"),
        ("Guangdong", "national"),
        ("Shenzhen", "national"),
        ("Wuhan", "national"),
        ("China", "national"),
        # A zone or an area of one is inside.
        ("Shanghai FTZ", "ftz"),
        ("上海自贸区", "ftz"),
        ("上海自貿區", "ftz"),
        ("中国（上海）自由贸易试验区", "ftz"),
        ("上海自贸区临港新片区", "ftz"),
        ("Lingang", "ftz"),
        ("zone/lingang", "ftz"),
        ("上海自贸区外高桥", "ftz"),
        ("上海自贸区外商", "ftz"),
        # The whole island has one regime.
        ("Hainan", "hainan"),
        ("海口", "hainan"),
        ("Sanya", "hainan"),
        # Expressly outside.
        ("Shanghai outside the FTZ", "national"),
        ("Shanghai, not in the free trade zone", "national"),
        ("上海自贸区外", "national"),
        ("outside the FTZ", "national"),
        ("自贸区外", "national"),
    ],
)
def test_regime(gazetteer: Gazetteer, today: date, name: str, regime: str) -> None:
    assert gazetteer.regime(gazetteer.resolve(name), today) == regime


def test_without_a_place_the_national_list_applies(gazetteer: Gazetteer, today: date) -> None:
    assert gazetteer.regime(None, today) == "national"


def test_a_zone_counts_from_its_launch(gazetteer: Gazetteer, catalogue: Catalogue) -> None:
    zone = catalogue.places["zone/ftz-xinjiang"]
    launched = zone.effective_from
    assert launched is not None
    location = gazetteer.resolve(zone.id)
    assert gazetteer.regime(location, launched) == "ftz"
    assert gazetteer.regime(location, launched - timedelta(days=1)) == "national"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("CN-31", "CN-31"),
        (" cn-31 ", "CN-31"),
        ("吉林", "CN-22"),
        ("吉林市", "CN-22-02"),
        ("Suzhou, Jiangsu", "CN-32-05"),
        ("Xi’an", "CN-61-01"),
        ("Lingang in Shanghai", "zone/lingang"),
        ("Shanghai outside the FTZ", "CN-31"),
        # A place beside a zone of its province only tells where in the zone.
        ("Wuhan (Hubei FTZ)", "zone/ftz-hubei-wuhan"),
        ("Sichuan FTZ, Chengdu", "zone/ftz-sichuan"),
        ("the Suzhou area of the Jiangsu free trade zone", "zone/ftz-jiangsu-suzhou"),
        ("Pudong, Shanghai FTZ", "zone/ftz-shanghai"),
        ("Pudong, outside the Shanghai FTZ", "CN-31-15"),
    ],
)
def test_the_narrowest_place_named(gazetteer: Gazetteer, name: str, place: str) -> None:
    assert gazetteer.resolve(name).place.id == place


@pytest.mark.parametrize(
    ("name", "nearest"), [("Shangai", "Shanghai"), ("Shenzen", "Shenzhen"), ("Guangdon", "Guangdong")]
)
def test_an_unknown_place_is_refused_and_the_nearest_named(gazetteer: Gazetteer, name: str, nearest: str) -> None:
    with pytest.raises(ProposalError) as caught:
        gazetteer.resolve(name)
    error = caught.value
    assert (error.field, error.code, error.nearest) == ("location", "unknown_place", nearest)
    assert name in error.detail


@pytest.mark.parametrize("name", ["", "   ", "?!"])
def test_an_empty_name_is_refused(gazetteer: Gazetteer, name: str) -> None:
    with pytest.raises(ProposalError):
        gazetteer.resolve(name)


def test_every_id_and_every_label_resolves_to_its_place(gazetteer: Gazetteer, catalogue: Catalogue) -> None:
    assert [id_ for id_ in catalogue.places if gazetteer.resolve(id_).place.id != id_] == []
    labels = [(place.id, place.label[lang]) for place in catalogue.places.values() for lang in LANGUAGES]
    assert [(id_, label) for id_, label in labels if gazetteer.resolve(label).place.id != id_] == []


def test_places_lie_within_the_country(gazetteer: Gazetteer, catalogue: Catalogue) -> None:
    outside = [
        place.id for place in catalogue.places.values() if "CN" not in {p.id for p in catalogue.containing(place)}
    ]
    assert outside == []


def test_names_are_found_in_a_sentence_as_whole_words(gazetteer: Gazetteer, catalogue: Catalogue) -> None:
    lexicon = Lexicon({}, verbatim=words_of(catalogue))
    location, matches = gazetteer.spot(lexicon.scan(tokens("a call centre in Wuhan, Hubei")))
    assert location is not None
    assert location.place.label.en == "Wuhan"
    assert len(matches) == 2
    assert gazetteer.spot(lexicon.scan(tokens("wuhanese chinaware"))) == (None, ())


@pytest.mark.parametrize(
    "text",
    [
        "a store in the Sichuan FTZ, headquarters of the group are in Chengdu",
        "an office in the Hubei FTZ and a nursery in Wuhan",
        "a nursery in Wuhan and an office in the Hubei FTZ",
        "Chengdu, Hubei FTZ",
    ],
)
def test_a_place_far_from_a_zone_is_another(engine: Engine, text: str) -> None:
    location, _ = engine.reader.gazetteer.spot(engine.reader.read({"activity": text}, DEFAULT_DAY).scan)
    assert location is None or location.place.kind not in ZONES


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("language school on Nanjing Road, Shanghai", "CN-31"),
        ("餐厅，南京东路", None),
        ("Beijing duck restaurant", None),
        ("restaurant in Canton", "CN-44-01"),
        ("a repair shop in Tsingtao", "CN-37-02"),
    ],
)
def test_what_is_named_after_a_place_lies_anywhere(engine: Engine, today: date, text: str, place: str | None) -> None:
    found = engine.reader.read({"activity": text}, today).proposal.location
    assert (None if found is None else found.value.place.id) == place
