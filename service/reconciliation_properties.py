"""The properties by which reconciled entities are extended and queries narrowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from negative_list.determination import Engine
from negative_list.model import Activity, Entry, Industry, Place, Text
from negative_list.presentation import Presenter
from negative_list.speech import number, outcome_word
from negative_list.standing import Situation, Standing

ALL = ("activity", "entry", "place", "industry")
Value = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """With what values are worked out: the engine, the presenter of a language, and the situation of the settings."""

    engine: Engine
    presenter: Presenter
    situation: Situation


@dataclass(frozen=True, slots=True)
class Property:
    """A property of entities of some types; `keys` are the values by which queries are narrowed, if they can be.

    `refers` is the type of its values where these are entities.
    """

    id: str
    name: Text
    types: tuple[str, ...]
    values: Callable[[Asked, Any], Iterable[Value]]
    keys: Callable[[Engine, Any], Iterable[str]] | None = None
    refers: str | None = None


def _standing(asked: Asked, item: Activity) -> Standing:
    return asked.engine.standing_on(item, asked.situation)


def _activities(engine: Engine, item: Activity | Industry) -> list[Activity]:
    """The activity itself, or those of an industry class."""
    if isinstance(item, Activity):
        return [item]
    ids = engine.catalogue.classified(item.code) if item.level == "class" else ()
    return [engine.catalogue.activities[id_] for id_ in ids]


def _status(asked: Asked, item: Activity | Industry) -> list[Value]:
    statuses = {_standing(asked, activity).status for activity in _activities(asked.engine, item)}
    return [{"str": status.value} for status in sorted(statuses)]


def _status_text(asked: Asked, item: Activity | Industry) -> list[Value]:
    return [{"str": asked.presenter.say(f"status.{value['str']}")} for value in _status(asked, item)]


def _permitted(asked: Asked, item: Activity) -> list[Value]:
    word = outcome_word(asked.engine.at_a_glance(item, asked.situation).outcome)
    return [] if word is None else [{"str": word}]


def _cap(asked: Asked, item: Activity) -> list[Value]:
    share = number(_standing(asked, item).max_foreign_share)
    return [] if share is None else [{"float": share}]


def _items(asked: Asked, item: Activity) -> list[Value]:
    standing = _standing(asked, item)
    entries = {r.entry.id: r.entry for r in standing.reasons if r.effect is standing.status}
    return [{"id": id_, "name": asked.presenter.cite(entries[id_])} for id_ in sorted(entries)]


def _measures(asked: Asked, item: Activity) -> list[Value]:
    standing = _standing(asked, item)
    kinds = {r.kind for r in standing.reasons if r.measure is not None and r.effect is standing.status}
    return [{"str": kind} for kind in sorted(kinds)]


def _entry_measures(_: Asked, item: Entry) -> list[Value]:
    return [{"str": kind} for kind in sorted({measure.kind for measure in item.measures})]


def _industries(asked: Asked, item: Activity) -> list[Value]:
    held = asked.engine.catalogue.industries
    lang = asked.presenter.lang
    return [{"id": code, "name": held[code].label[lang]} for code in item.gbt4754 if code in held]


def _industry_activities(asked: Asked, item: Industry) -> list[Value]:
    lang = asked.presenter.lang
    return [{"id": activity.id, "name": activity.label[lang]} for activity in _activities(asked.engine, item)]


def _licences(asked: Asked, item: Activity) -> list[Value]:
    held = asked.engine.catalogue.licences
    return [{"str": held[id_].label[asked.presenter.lang]} for id_ in item.licences]


def _instrument(asked: Asked, item: Entry) -> list[Value]:
    return [{"str": asked.engine.catalogue.instruments[item.instrument].short_title[asked.presenter.lang]}]


def _instrument_keys(engine: Engine, item: Entry) -> list[str]:
    held = engine.catalogue.instruments[item.instrument]
    return [held.id, held.short_title.en, held.short_title.zh, held.title.en, held.title.zh]


def _effective_from(asked: Asked, item: Entry) -> list[Value]:
    day = asked.engine.catalogue.instruments[item.instrument].effective_from
    return [{"date": f"{day.isoformat()}T00:00:00+08:00"}]


def _regimes(asked: Asked, item: Place) -> list[Value]:
    there = Situation(asked.situation.day, asked.engine.reader.gazetteer.resolve(item.id))
    return [{"str": regime} for regime in asked.engine.bench.regimes(there)]


def _label(lang: str) -> Callable[[Asked, Any], list[Value]]:
    return lambda _, item: [{"str": (item.title if isinstance(item, Entry) else item.label)[lang]}]


def _telecom(_: Asked, item: Activity) -> list[Value]:
    return [{"str": code} for code in item.telecom_categories]


_BUSINESS = ("activity", "industry")
PROPERTIES = {
    item.id: item
    for item in (
        Property("status", Text("Status", "状态"), _BUSINESS, _status),
        Property("status_text", Text("Status in words", "状态（文字）"), _BUSINESS, _status_text),
        Property("permitted", Text("Permitted, nothing else known", "其他条件未知时可否"), ("activity",), _permitted),
        Property("max_foreign_share", Text("Largest foreign share, percent", "外资比例上限（%）"), ("activity",), _cap),
        Property("items", Text("Decided by", "依据条目"), ("activity",), _items, refers="entry"),
        Property("measures", Text("Measures that decide", "起决定作用的措施"), ("activity",), _measures),
        Property(
            "gb_codes",
            Text("GB/T 4754-2017 codes", "国民经济行业代码"),
            ("activity",),
            _industries,
            lambda _, item: item.gbt4754,
            refers="industry",
        ),
        Property(
            "telecom_categories",
            Text("Telecom categories", "电信业务分类"),
            ("activity",),
            _telecom,
            lambda _, item: item.telecom_categories,
        ),
        Property("licences", Text("Licences needed in any case", "无论如何所需许可"), ("activity",), _licences),
        Property("activities", Text("Activities", "经营活动"), ("industry",), _industry_activities, refers="activity"),
        Property(
            "level",
            Text("Level", "层级"),
            ("industry",),
            lambda _, item: [{"str": item.level}],
            lambda _, item: [item.level],
        ),
        Property("instrument", Text("Instrument", "文件"), ("entry",), _instrument, _instrument_keys),
        Property(
            "item",
            Text("Number of the item", "条目序号"),
            ("entry",),
            lambda _, item: [{"str": item.number}],
            lambda _, item: [item.number],
        ),
        Property("entry_measures", Text("Measures of the entry", "条目的措施"), ("entry",), _entry_measures),
        Property("effective_from", Text("In force from", "施行日期"), ("entry",), _effective_from),
        Property("regimes", Text("What applies there", "当地适用的制度"), ("place",), _regimes),
        Property(
            "kind",
            Text("Kind of place", "地点类别"),
            ("place",),
            lambda _, item: [{"str": item.kind}],
            lambda _, item: [item.kind],
        ),
        Property("label_en", Text("Label in English", "英文名称"), ALL, _label("en")),
        Property("label_zh", Text("Label in Chinese", "中文名称"), ALL, _label("zh")),
    )
}
