"""A determination for a terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from negative_list import plain
from negative_list.catalogue import Catalogue
from negative_list.determination import Determination
from negative_list.model import LANGUAGES
from negative_list.presentation import Presenter


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    ["online game operation", "互联网数据中心，外资占六成", "coffee shop and data centre", "platform", "asdkjh qwelkj"],
)
def test_it_ends_in_the_notice_and_one_newline(
    catalogue: Catalogue, determine: Callable[..., Determination], lang: str, text: str
) -> None:
    written = plain.render(Presenter(catalogue, lang), determine(text))
    assert written.endswith(f"\n{catalogue.notice[lang]}\n")
    assert [line for line in written.splitlines() if line != line.rstrip()] == []
    assert "\n\n\n" not in written
    assert "None" not in written


def test_it_says_what_the_contract_says(catalogue: Catalogue, determine: Callable[..., Determination]) -> None:
    presenter = Presenter(catalogue, "en")
    result = determine("互联网数据中心", foreign_share=60)
    written = plain.render(presenter, result)
    body = presenter.determination(result)
    for part in (
        body["summary"],
        body["activities"][0]["activity"]["id"],
        *(reason["explanation"] for reason in body["activities"][0]["reasons"]),
        *(licence["label"] for licence in body["activities"][0]["licences"]),
        body["understood"]["as_of"]["value"],
        str(result.access_list.source_url),
    ):
        assert part in written


def test_candidates_are_listed_with_their_status(
    catalogue: Catalogue, determine: Callable[..., Determination]
) -> None:
    result = determine("platform")
    written = plain.render(Presenter(catalogue, "en"), result)
    assert result.undetermined is not None
    for candidate in result.undetermined.candidates:
        assert f"[{candidate.activity.id}]: {candidate.standing.status.value}" in written
