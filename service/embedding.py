"""The script of the check inside pages of others: put together once from its code, its words and its style sheet."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import orjson
import yaml

from negative_list.model import LANGUAGES

FOLDER = files("service").joinpath("static", "embed")


@dataclass(frozen=True)
class Script:
    """The script with its version, 16 hex digits of its digest, and its integrity (W3C Subresource Integrity)."""

    content: bytes
    version: str
    integrity: str


@cache
def script() -> Script:
    """The script as it is sent."""
    answer, element, style = (
        FOLDER.joinpath(name).read_text(encoding="utf-8") for name in ("answer.js", "element.js", "style.css")
    )
    given = ", ".join(orjson.dumps(value).decode() for value in (words(), style))
    content = f'((words, css) => {{\n"use strict";\n{answer}\n{element}}})({given});\n'.encode()
    digest = hashlib.sha384(content).digest()
    return Script(content, digest.hex()[:16], f"sha384-{base64.b64encode(digest).decode()}")


def words() -> dict[str, dict[str, str]]:
    """What the script says, by language and key."""
    texts = yaml.load(FOLDER.joinpath("words.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return {lang: {key: text[lang] for key, text in texts.items()} for lang in LANGUAGES}
