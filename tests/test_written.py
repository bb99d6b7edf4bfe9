"""Texts of which only some sentences are read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from negative_list.determination import Engine


def test_what_is_left_keeps_its_place_and_is_parted(engine: Engine) -> None:
    text = "Bakery: 40%\nGames\nA  Café."
    whole = engine.reader.written(text)
    part = whole.part([range(4), range(5, len(whole.parts))])
    assert [text[token.start : token.end] for token in part.parts] == ["Bakery", ":", "40", "%", "A", "Café", "."]
    assert part.folded == "bakery: 40% a cafe."
    assert [text[place] for place in part.offsets[:6]] == list("Bakery")
    assert len(part.offsets) == len(part.folded) + 1
    assert {match.label for match in part.scan.of("labels")} <= {match.label for match in whole.scan.of("labels")}


def test_a_mark_parts_what_has_none(engine: Engine) -> None:
    whole = engine.reader.written("one bakery two games three cafés")
    parts = whole.part([range(2), range(4, 6)]).parts
    assert [(part.form, part.is_break) for part in parts][1:4] == [("bakery", False), (".", True), ("three", False)]


@given(text=st.text("ab面包店 游戏.。%7ÀⅣ\n", min_size=1, max_size=60), cut=st.integers(0, 20))
def test_a_part_is_as_if_the_rest_were_not_there(engine: Engine, text: str, cut: int) -> None:
    whole = engine.reader.written(text)
    if cut >= len(whole.parts):
        return
    part = whole.part([range(cut, len(whole.parts))])
    assert part.parts == whole.parts[cut:]
    assert len(part.offsets) == len(part.folded) + 1
    assert list(part.offsets) == sorted(part.offsets)
    held = {(m.value, m.first - cut) for m in whole.scan.all_of("labels") if m.first >= cut}
    assert {(m.value, m.first) for m in part.scan.all_of("labels")} == held
