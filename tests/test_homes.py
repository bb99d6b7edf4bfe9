"""Cities abroad that an investor is named after."""

from __future__ import annotations

from datetime import date

import pytest

from negative_list.catalogue import Catalogue
from negative_list.determination import Engine


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("A Munich group wants a subsidiary in Suzhou", "DE"),
        ("Osaka-based maker of bathroom ceramics", "JP"),
        ("My husband is from Lagos, shoe shop", "NG"),
        ("a family office in Zurich, art gallery", "CH"),
        ("Kowloon factoring house in Qianhai", "HK"),
        ("总部在东京的公司想开咖啡店", "JP"),
        ("慕尼黑一家做激光焊接的企业", "DE"),
        ("台北母公司，擬於南京設立研發中心", "TW"),
        ("新竹半导体封装厂在昆山再投一家子公司", "TW"),
        # Where something goes, or is, is nobody's home.
        ("noodle factory, exports to Hamburg", None),
        ("coffee like in Milan", None),
        # A country says more than a city, but for one that something goes to.
        ("Swiss owner, workshop of a Lyon chef", "CH"),
        ("Osaka maker of pumps, ships to Brazil", "JP"),
        # Chinese runs words together: what looks like a city may be the end of one word and the start of the next.
        ("数据平台中心的运营", None),
        ("沿运河内侧建仓库", None),
        ("烟台北部的酒店", None),
        ("a business", None),
    ],
)
def test_origins_by_city(engine: Engine, today: date, text: str, origin: str | None) -> None:
    found = engine.reader.read({"activity": text}, today).proposal.investor_origin
    assert (None if found is None else found.value.code) == origin


def test_each_city_lies_in_one_country_and_none_in_china(catalogue: Catalogue) -> None:
    names = [
        name.casefold()
        for labels in catalogue.cities_abroad.values()
        for words in labels.values()
        for name in words
    ]
    assert len(names) == len(set(names))
    here = {name.casefold() for place in catalogue.places.values() for name in (place.label.en, place.label.zh)}
    assert here.isdisjoint(names)
