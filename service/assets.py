"""Style sheets, scripts and pictures of the pages, held in memory under addresses that change with their content."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from flask import Blueprint, Flask, Response, current_app

from service.problems import Problem

blueprint = Blueprint("assets", __name__)
FOLDER = files("service").joinpath("static")
YEAR = 31_536_000
_KEY = "assets"


@dataclass(frozen=True)
class Assets:
    """The files by name; `version` is a digest of all of them, so that one may name another beside it."""

    content: dict[str, bytes]
    version: str

    @classmethod
    def read(cls) -> Assets:
        """Read every file of the folder."""
        content = {file.name: file.read_bytes() for file in FOLDER.iterdir() if file.is_file()}
        parts = (part for name in sorted(content) for part in (name.encode(), content[name]))
        return cls(content, hashlib.blake2b(b"\0".join(parts), digest_size=6).hexdigest())

    def href(self, name: str) -> str:
        """The address of a file; raises KeyError when there is none of this name."""
        if name not in self.content:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"


def register(app: Flask) -> None:
    """Read the files and serve them."""
    app.extensions[_KEY] = Assets.read()
    app.register_blueprint(blueprint)


def assets() -> Assets:
    """The files of the application that answers this request."""
    return cast(Assets, current_app.extensions[_KEY])


@blueprint.get("/static/<version>/<name>")
def asset(version: str, name: str) -> Response:
    """A file. Another version than the one held is answered too, for a page made just before an upgrade."""
    response = file(name)
    response.headers["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if version == assets().version else "no-store"
    )
    return response


def file(name: str) -> Response:
    """A file by name; raises Problem 404."""
    content = assets().content.get(name)
    if content is None:
        raise Problem(404, "There is no such file.")
    return Response(content, mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
