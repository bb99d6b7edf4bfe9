"""The words of the pages: both languages, each key used and each used key held."""

from __future__ import annotations

import re
from importlib.resources import files
from string import Formatter

from service.pages.texts import load

SERVICE = files("service")
# say("key", …), say("group." ~ name) and say(lang, f"group.{name}"): a key in full, or how the keys of a group begin.
CHOSEN = re.compile(r"""\bsay\("([\w.]+)" if [\w.]+ else "([\w.]+)"\)""")
SAID = re.compile(r"""\bsay\((?:lang, f?)?["']([\w.-]+)(?:["']\s*)?([~{])?""")


def sources() -> list[str]:
    """Templates and modules of the pages."""
    folders = [SERVICE.joinpath("templates"), SERVICE.joinpath("pages")]
    return [
        file.read_text(encoding="utf-8")
        for folder in folders
        for file in folder.iterdir()
        if file.name.endswith((".html", ".py", ".txt"))
    ]


def test_every_text_said_is_held_and_every_text_held_is_said() -> None:
    texts = load()
    said = [match for source in sources() for match in SAID.findall(source)]
    keys = {key for key, group in said if not group} | {
        key for source in sources() for pair in CHOSEN.findall(source) for key in pair
    }
    groups = tuple(key for key, group in said if group)
    assert keys <= set(texts)
    assert [group for group in groups if not any(key.startswith(group) for key in texts)] == []
    assert [key for key in texts if key not in keys and not key.startswith(groups)] == []


def test_both_languages_have_the_same_blanks() -> None:
    for key, text in load().items():
        blanks = [{name for _, name, _, _ in Formatter().parse(words) if name} for words in text.values()]
        assert blanks[0] == blanks[1], key


def test_chinese_has_chinese_punctuation() -> None:
    for key, text in load().items():
        assert not re.search(r"[\u4e00-\u9fff] ?[,;:!?]|[,;:!?] ?[\u4e00-\u9fff]", text["zh"]), key
