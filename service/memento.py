"""The law of a day asked for by `Accept-Datetime` (RFC 7089): each address is its own timegate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

from flask import Response, request
from werkzeug.http import http_date

from service import links
from service.problems import Problem
from service.state import SHANGHAI, midnight

HEADER = "Accept-Datetime"
_MOMENT = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """The day whose law is asked, None for today, and whether the header asks for it."""

    day: date | None
    by_header: bool = False

    def within(self, query: Mapping[str, Any]) -> dict[str, Any]:
        """The query with the day in it."""
        return {**query} if self.day is None else {**query, "as_of": self.day}


def asked(query: Mapping[str, Any]) -> Asked:
    """The day that `as_of` gives, else the day in Shanghai that Accept-Datetime gives. Raises Problem 400."""
    given: date | None = query.get("as_of")
    if given is not None:
        return Asked(given)
    moment = request.headers.get(HEADER)
    if moment is None:
        return Asked(None)
    try:
        if not _MOMENT.fullmatch(moment):
            raise ValueError
        return Asked(parsedate_to_datetime(moment).astimezone(SHANGHAI).date(), by_header=True)
    except (ValueError, OverflowError):
        detail = f"{HEADER} is no moment; give one such as 'Fri, 01 Nov 2024 00:00:00 GMT', or a day in as_of."
        raise Problem(400, detail, [{"parameter": HEADER, "code": "malformed_datetime", "detail": detail}]) from None


def mark(response: Response, day: Asked, query: Mapping[str, Any], *, confidential: bool) -> None:
    """Say of which moment the answer is, and where the law of other moments is asked for.

    Of a confidential answer no header repeats the query: it names its own address, empty as a relative reference, and
    only where that leaves the day open.
    """
    is_open = day.day is None or day.by_header
    if is_open:
        response.vary.add(HEADER)
    if confidential and not is_open:
        return
    if day.day is not None:
        response.headers["Memento-Datetime"] = http_date(midnight(day.day))
    timegate = "" if confidential else links.address(request.path, links.pairs(query, "as_of"))
    links.add(response, timegate, "original", "timegate")
