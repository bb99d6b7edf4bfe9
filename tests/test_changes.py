"""The changes as events, and as feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from xml.etree import ElementTree as ET

import orjson
import pytest

from negative_list.catalogue import Catalogue
from negative_list.changes import Event, events, turning_days
from negative_list.chronicle import event_text, event_title
from negative_list.determination import Engine
from negative_list.feeds import atom, json_feed
from negative_list.model import LANGUAGES, Text
from negative_list.presentation import Presenter
from negative_list.standing import Bench

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def found(engine: Engine) -> tuple[Event, ...]:
    return events(engine.bench)


def test_newest_first_and_each_once(found: tuple[Event, ...]) -> None:
    assert [event.day for event in found] == sorted((event.day for event in found), reverse=True)
    assert len({event.id for event in found}) == len(found)


@pytest.mark.parametrize(
    ("id_", "day"),
    [
        ("cn/national/2024/in-force", date(2024, 11, 1)),
        ("cn/pilot/vats-2024/announced", date(2024, 4, 8)),
        ("cn/pilot/vats-2024/in-force", date(2024, 10, 23)),
        ("cn/treaty/cepa-2025/in-force", date(2025, 3, 1)),
        ("cn/national/2018/lapsed-2020-01-01", None),
        ("cn/national/2019/lapsed-2020-01-01", date(2020, 1, 1)),
        ("cn/national/2019/lapsed-2020-04-01", date(2020, 4, 1)),
    ],
)
def test_what_happened_when(found: tuple[Event, ...], id_: str, day: date | None) -> None:
    days = {event.id: event.day for event in found}
    assert days.get(id_) == day


def test_every_event_falls_on_a_turning_day(found: tuple[Event, ...], catalogue: Catalogue) -> None:
    days = turning_days(catalogue)
    assert list(days) == sorted(set(days))
    assert {event.day for event in found} <= set(days)
    assert {place.effective_from for place in catalogue.places.values()} - {None} <= set(days)


def test_between_turning_days_nothing_changes_its_state(catalogue: Catalogue) -> None:
    days = turning_days(catalogue)
    for day in {item.effective_from for item in catalogue.instruments.values()}:
        assert day in days
    for item in catalogue.instruments.values():
        states = [item.state_on(day) for day in days]
        turns = {days[at] for at in range(1, len(days)) if states[at] != states[at - 1]}
        assert turns <= {item.effective_from, item.effective_to}


def test_a_new_edition_tells_what_it_changed(found: tuple[Event, ...]) -> None:
    [edition] = [event for event in found if event.id == "cn/national/2024/in-force"]
    assert {entry.number for change in edition.changes for entry in change.old} == {"6", "7"}


def test_a_correction_is_an_event(engine: Engine) -> None:
    correction = {
        "date": date(2026, 12, 1),
        "entries": ["cn/national/2024/15"],
        "statement": Text("Item 15 was wrong.", "第15项有误。"),
    }
    mended = replace(engine.catalogue, corrections=(correction,))
    event = events(Bench(mended, engine.reader.gazetteer))[0]
    assert (event.kind, event.day, event.entries) == ("correction", date(2026, 12, 1), ("cn/national/2024/15",))
    assert event_text(event, Presenter(mended, "zh")) == "第15项有误。"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_event_has_words(engine: Engine, found: tuple[Event, ...], lang: str) -> None:
    presenter = Presenter(engine.catalogue, lang)
    for event in found:
        assert event_title(event, presenter)
        assert event_text(event, presenter)


def test_json_feed(engine: Engine, found: tuple[Event, ...]) -> None:
    feed = orjson.loads(json_feed(found, Presenter(engine.catalogue, "en"), date(2026, 11, 23), "https://example.org"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://example.org/v1/changes"
    assert len(feed["items"]) == len(found)
    for item, event in zip(feed["items"], found, strict=True):
        assert datetime.fromisoformat(item["date_published"]).date() == event.day
        assert item["url"].startswith("https://example.org/v1/")
        assert item["_negative_list"]["to_come"] is (event.day > date(2026, 11, 23))


def test_atom_feed(engine: Engine, found: tuple[Event, ...]) -> None:
    body = atom(found, Presenter(engine.catalogue, "zh"), date(2026, 11, 23), "https://example.org")
    feed = ET.fromstring(body)  # noqa: S314 - our own answer
    assert feed.findtext(f"{ATOM}id")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated") or "")
    for entry in feed.findall(f"{ATOM}entry"):
        assert all(entry.findtext(f"{ATOM}{tag}") for tag in ("id", "title", "updated", "content"))
