"""How a page is made: template, language, words, addresses, cache."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import jinja2
from flask import Flask, Response, current_app, render_template, request
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from negative_list import __version__
from negative_list.model import LANGUAGES
from service import caching
from service.assets import Assets, assets
from service.negotiation import HTML, language
from service.pages.texts import load
from service.state import state

# The script is simplified Chinese, which decides the glyphs that a browser picks.
TAGS = {"en": "en", "zh": "zh-Hans"}
_KEY = "pages"


@dataclass(frozen=True)
class Pages:
    """What all pages are made of; `version` is a digest of it, for validators."""

    texts: Mapping[str, Mapping[str, str]]
    version: str


class _Kept(FileSystemBytecodeCache):
    """Compiled templates beside the index, whose folder the engine has checked; where it cannot be written, none."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one compiled template."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def register(app: Flask, beside: Path) -> None:
    """Load the texts and compile the templates, to be kept in a folder that only we and root write.

    Raises ValueError when a text is missing or said twice.
    """
    held: Assets = app.extensions["assets"]
    texts = load()
    digest = hashlib.blake2b(f"{held.version}{sorted(texts.items())}".encode(), digest_size=6)
    folder = files("service").joinpath("templates")
    for template in sorted(folder.iterdir(), key=lambda file: file.name):
        digest.update(template.read_bytes())
    app.extensions[_KEY] = Pages(texts, digest.hexdigest())
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = _Kept(str(beside), f"template-{jinja2.__version__}-{__version__}-%s")
    # Compiled before the workers fork, so that no reader waits for it.
    for template in folder.iterdir():
        app.jinja_env.get_template(template.name)


def page_language() -> str:
    """The language of a page: the `lang` of the address where it is one, else what the browser asks for."""
    asked = request.args.get("lang")
    return language(asked if asked in LANGUAGES else None)


def say(lang: str, key: str, **values: Any) -> str:
    """A text of the pages with its blanks filled; raises KeyError when there is none."""
    text = _pages().texts[key][lang]
    return text.format(**values) if values else text


def _pages() -> Pages:
    return cast(Pages, current_app.extensions[_KEY])


def render(template: str, lang: str, **values: Any) -> str:
    """A template filled in one language.

    It is given: `lang`; `say(key, …)`, the texts of the pages; `word(key, …)`, those of the data set; `to(path, …)`,
    an address in the same language; `here(lang)`, this page in another language; `asset(name)`; `dataset`, the data
    set in use; `public_url`.
    """
    current = state()
    # A language chosen by the reader goes along; one that the browser asks for need not.
    chosen = {"lang": lang} if "lang" in request.args else {}

    def to(path: str, **query: Any) -> str:
        pairs = {key: value for key, value in query.items() if value not in (None, "")} | chosen
        return f"{path}?{urlencode(pairs, doseq=True)}" if pairs else path

    def here(other: str) -> str:
        query = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
        # A query alone: a path from the address bar, put into a link, could lead to another host.
        return f"?{urlencode([*query, ('lang', other)])}"

    return render_template(
        template,
        lang=lang,
        tag=TAGS[lang],
        tags=TAGS,
        other=next(language for language in LANGUAGES if language != lang),
        say=partial(say, lang),
        word=current.presenters[lang].say,
        to=to,
        here=here,
        asset=assets().href,
        dataset=current.catalogue,
        public_url=current.settings.public_url,
        **values,
    )


def page(
    template: str, make: Callable[[str], Mapping[str, Any]] = lambda lang: {}, *, confidential: bool = False
) -> Response:
    """Answer a GET with a page that lives until midnight in Shanghai; `make(lang)` gives what the template shows.

    A page that holds a proposal is `confidential`: no shared cache keeps it.
    """
    lang = page_language()
    media = f"{HTML};{_pages().version}"
    return caching.answer(lang, media, lambda: html(render(template, lang, **make(lang))), confidential=confidential)


def html(text: str, status: int = 200) -> Response:
    """An HTML response in UTF-8."""
    return Response(text, status, mimetype=HTML)
