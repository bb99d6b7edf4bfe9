"""The changes as feeds: JSON Feed 1.1 and Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from xml.etree.ElementTree import Element, SubElement, tostring
from zoneinfo import ZoneInfo

import orjson

from negative_list.changes import Event
from negative_list.chronicle import event_record, event_text, event_title
from negative_list.presentation import Presenter

_SHANGHAI = ZoneInfo("Asia/Shanghai")
# Feeds are identified apart from the address they are served under.
_IDENTITY = "tag:negative-list,2026:changes"
_ATOM = "http://www.w3.org/2005/Atom"


def json_feed(found: Iterable[Event], presenter: Presenter, today: date, base: str) -> bytes:
    """The events as JSON Feed 1.1; `base` is the public address of the service, or empty."""
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": presenter.say("feed.title"),
        "description": presenter.say("feed.description"),
        "language": presenter.lang,
        "home_page_url": f"{base}/",
        "feed_url": f"{base}/v1/changes",
        "items": [
            {
                "id": f"{_IDENTITY}/{event.id}",
                "url": _address(event, base),
                "title": event_title(event, presenter),
                "content_text": event_text(event, presenter),
                "date_published": _moment(event.day),
                "tags": [event.kind, *([event.instrument.kind] if event.instrument is not None else [])],
                "_negative_list": event_record(event, presenter, today),
            }
            for event in found
        ],
    }
    return orjson.dumps(body)


def atom(found: Iterable[Event], presenter: Presenter, today: date, base: str) -> bytes:
    """The same events as an Atom feed."""
    found = list(found)
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": presenter.lang})
    _text(feed, "id", _IDENTITY)
    _text(feed, "title", presenter.say("feed.title"))
    _text(feed, "subtitle", presenter.say("feed.description"))
    SubElement(feed, "link", {"rel": "self", "href": f"{base}/v1/changes.atom"})
    author = SubElement(feed, "author")
    _text(author, "name", presenter.say("feed.author"))
    checked = presenter.catalogue.checked_on
    _text(feed, "updated", _moment(max([checked, *(event.day for event in found if event.day <= today)])))
    for event in found:
        entry = SubElement(feed, "entry")
        _text(entry, "id", f"{_IDENTITY}/{event.id}")
        _text(entry, "title", event_title(event, presenter))
        _text(entry, "updated", _moment(event.day))
        SubElement(entry, "link", {"rel": "alternate", "href": _address(event, base)})
        SubElement(entry, "category", {"term": event.kind})
        _text(entry, "content", event_text(event, presenter))
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8")


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _moment(day: date) -> str:
    """The first moment of a day in Shanghai (RFC 3339)."""
    return datetime.combine(day, time(), _SHANGHAI).isoformat()


def _address(event: Event, base: str) -> str:
    if event.instrument is not None:
        return f"{base}/v1/instruments/{event.instrument.id}"
    return f"{base}/v1/entries/{event.entries[0]}" if event.entries else f"{base}/v1/coverage"
