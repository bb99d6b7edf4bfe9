"""Lines found by what stands in them."""

from __future__ import annotations

import random
import re

import pytest

from negative_list.lines import BREAK, Lines

ROWS = {2: " online games", 3: " games", 5: "网络游戏", 7: "游戏 app", 8: " games online games", 11: "游戏"}


@pytest.fixture(scope="module")
def lines() -> Lines:
    return Lines(ROWS.items())


@pytest.mark.parametrize(
    ("piece", "rows"),
    [
        (" ga", [2, 3, 8]),
        (" games", [2, 3, 8]),
        (f"{BREAK} games", [3, 8]),
        (f"{BREAK} games{BREAK}", [3]),
        ("游", [5, 7, 11]),
        (f"{BREAK}游戏", [7, 11]),
        (f"{BREAK}游戏{BREAK}", [11]),
        (" app", [7]),
        (" zoo", []),
        (" a", [7]),
        # No search begins inside a Latin word.
        ("ames", []),
        (" games online games and more", []),
    ],
)
def test_a_piece_is_found_in_every_line_that_holds_it(lines: Lines, piece: str, rows: list[int]) -> None:
    assert lines.holding(piece) == rows


def test_a_line_is_given_back(lines: Lines) -> None:
    for row, line in ROWS.items():
        assert lines.line(row) == BREAK + line


def test_no_lines_hold_nothing() -> None:
    assert Lines([]).holding(" a") == []


def test_it_finds_what_a_scan_finds() -> None:
    drawn = random.Random(7)  # noqa: S311 - repeatable, not secret
    rows = dict(enumerate("".join(drawn.choices("ab游戏 ", k=drawn.randint(1, 9))) for _ in range(300)))
    lines = Lines(rows.items(), re.compile(r"[\s\S]"))
    for _ in range(300):
        piece = "".join(drawn.choices("ab游戏 ", k=drawn.randint(1, 4)))
        assert lines.holding(piece) == [row for row, line in rows.items() if piece in line]
        ending = piece + BREAK
        assert lines.holding(ending) == [row for row, line in rows.items() if line.endswith(piece)]
