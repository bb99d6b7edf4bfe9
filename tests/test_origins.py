"""The places of origin: codes, names in both languages, and what is none."""

from __future__ import annotations

import re

import pytest

from negative_list.catalogue import Catalogue
from negative_list.origins import origins


@pytest.mark.parametrize(
    ("code", "en", "zh"),
    [
        ("DE", "Germany", "德国"),
        ("US", "United States", "美国"),
        ("JP", "Japan", "日本"),
        ("HK", "Hong Kong", "香港"),
        ("MO", "Macao", "澳门"),
        ("TW", "Taiwan", "台湾"),
    ],
)
def test_an_origin_has_a_name_in_both_languages(code: str, en: str, zh: str) -> None:
    origin = origins()[code]
    assert (origin.code, origin.label.en, origin.label.zh) == (code, en, zh)


@pytest.mark.parametrize("code", ["CN", "EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "001", "150", "de"])
def test_what_is_no_origin(code: str) -> None:
    assert code not in origins()


def test_codes_have_two_letters_and_names_are_told_apart() -> None:
    found = origins()
    assert all(re.fullmatch(r"[A-Z]{2}", code) and origin.code == code for code, origin in found.items())
    assert all(origin.label.en and origin.label.zh for origin in found.values())
    assert len({origin.label.en for origin in found.values()}) == len(found)
    assert len({origin.label.zh for origin in found.values()}) == len(found)


def test_every_origin_that_the_data_names_is_held(catalogue: Catalogue) -> None:
    eased = {code for opening in catalogue.all_openings for code in opening.easing.origins}
    treaties = {code for entry in catalogue.entries.values() for code in entry.origins}
    assert eased
    assert (set(catalogue.origins) - {"CN"} | eased | treaties) <= set(origins())
