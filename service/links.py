"""`Link` relations (RFC 8288) and the addresses of answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, request

# What chooses a representation or a data set, and not what is asked.
ASIDE = ("lang", "dataset")
DESCRIPTION = "/openapi.json"


def add(response: Response, target: str, *relations: str, **attributes: str) -> None:
    """Add a link from this answer to a target."""
    told = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    link = f'<{target}>; rel="{" ".join(relations)}"{told}'
    given = response.headers.get("Link")
    response.headers["Link"] = link if given is None else f"{given}, {link}"


def describe(response: Response) -> None:
    """Name the description of the service, and within it that of this route."""
    add(response, DESCRIPTION, "service-desc", type="application/json")
    if request.url_rule is not None:
        add(response, _operation(request.url_rule.rule), "describedby")


@cache
def _operation(rule: str) -> str:
    """Where the description speaks of a GET of this route: a JSON pointer (RFC 6901) as a fragment."""
    path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule)
    return f"{DESCRIPTION}#{quote('/paths/' + path.replace('~', '~0').replace('/', '~1') + '/get')}"


def pairs(query: Mapping[str, Any], *left_out: str) -> list[tuple[str, str]]:
    """A checked query as sorted pairs, the same for the same question however it was written."""
    found: list[tuple[str, str]] = []
    for name in sorted(query):
        value = query[name]
        if value is not None and name not in left_out:
            found += [(name, _text(item)) for item in (value if isinstance(value, list | tuple) else [value])]
    return found


def address(path: str, query: Iterable[tuple[str, str]]) -> str:
    """A path with a query, if there is any."""
    written = urlencode(list(query))
    return f"{quote(path)}?{written}" if written else quote(path)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) and value == float(f"{value:g}") else str(value)
