"""The answers of the tools in plain words, short, with every citation written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from negative_list.catalogue import Catalogue
from negative_list.presentation import Presenter

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "cited": "Cited:",
        "candidates": "To settle it, ask the question above, then assess again with one of these activity_ids.",
        "dataset": "Data set {version}, checked on {checked_on}.",
        "found": "{shown} of {total} entries:",
        "nothing": "No entry was found.",
        "did_you_mean": "Did you mean {words!r}?",
        "in_force": "In force from {start}.",
        "in_force_until": "In force from {start} to {end}.",
        "official": "Official text: {url}",
        "no_url": "no public address held",
        "first_day": "The first day held is {day}.",
        "instruments": "Instruments held:",
        "metadata": "title and dates only",
        "not_held": "Not held:",
        "uncertain": "Uncertain:",
        "rejected_claims": "Claims in circulation that are wrong:",
    },
    "zh": {
        "cited": "引用：",
        "candidates": "请先向用户提出上述问题，再以下列 activity_ids 之一重新判断。",
        "dataset": "数据版本 {version}，核对日期 {checked_on}。",
        "found": "共 {total} 条，列出 {shown} 条：",
        "nothing": "未找到任何条目。",
        "did_you_mean": "您是否要找“{words}”？",
        "in_force": "自 {start} 起施行。",
        "in_force_until": "自 {start} 起施行，至 {end} 止。",
        "official": "官方文本：{url}",
        "no_url": "未收录公开网址",
        "first_day": "收录的最早日期为 {day}。",
        "instruments": "收录的文件：",
        "metadata": "仅标题与日期",
        "not_held": "未收录：",
        "uncertain": "存疑：",
        "rejected_claims": "流传但不正确的说法：",
    },
}


def citations_in(node: Any) -> dict[str, None]:
    """The ids of all entries cited anywhere in an answer, each once, in order."""
    if isinstance(node, Mapping):
        if "entry" in node and "source_url" in node:
            return {node["entry"]: None}
        node = list(node.values())
    found: dict[str, None] = {}
    if isinstance(node, list):
        for part in node:
            found |= citations_in(part)
    return found


def _named(presenter: Presenter, id_: str) -> str:
    """An entry by id, as a lawyer would name it, with its title and the official address."""
    item = presenter.catalogue.entries[id_]
    name, title = presenter.cite(item), item.title[presenter.lang]
    # Articles and pilots are named by their titles, items of lists are not.
    titled = name if title in name else f"{name}; {title}"
    url = presenter.catalogue.instruments[item.instrument].source_url or WORDS[presenter.lang]["no_url"]
    return f"[{id_}] {titled}; {url}"


def cited(presenter: Presenter, citations: Iterable[str]) -> Iterator[str]:
    """The entries behind an answer, by their ids, one a line."""
    lines = [f"- {_named(presenter, id_)}" for id_ in citations]
    if lines:
        yield WORDS[presenter.lang]["cited"]
        yield from lines


def vouched(catalogue: Catalogue, lang: str) -> Iterator[str]:
    """The data behind an answer, and that it is no advice."""
    yield WORDS[lang]["dataset"].format(version=catalogue.version, checked_on=catalogue.checked_on)
    yield catalogue.notice[lang]


def found(body: Mapping[str, Any], presenter: Presenter) -> Iterator[str]:
    """Entries found."""
    words = WORDS[presenter.lang]
    if body["did_you_mean"]:
        yield words["did_you_mean"].format(words=body["did_you_mean"])
    if not body["total"]:
        yield words["nothing"]
        return
    yield words["found"].format(shown=len(body["items"]), total=body["total"])
    for item in body["items"]:
        yield f"- {_named(presenter, item['id'])}"
        yield f"  {item['text']}"


def entry(body: Mapping[str, Any], lang: str) -> Iterator[str]:
    """One entry with what it lays down and what it leaves out."""
    words = WORDS[lang]
    yield f"[{body['id']}] {body['cited_as']}; {body['title']}"
    yield body["text"]
    parts = (*body["measures"], *body["exceptions"], *body["eases"])
    yield from (f"- {part['text']}" for part in parts if part["text"] != body["text"])
    if body["note"]:
        yield body["note"]
    form = "in_force_until" if body["effective_to"] else "in_force"
    yield words[form].format(start=body["effective_from"], end=body["effective_to"])
    yield words["official"].format(url=body["source_url"] or words["no_url"])


def coverage(body: Mapping[str, Any], lang: str) -> Iterator[str]:
    """What is held and what is not."""
    words = WORDS[lang]
    yield words["first_day"].format(day=body["first_day"])
    yield words["instruments"]
    for item in body["instruments"]:
        window = f"{item['effective_from']} – {item['effective_to'] or ''}".rstrip()
        held = f"; {words['metadata']}" if item["held"] == "metadata" else ""
        yield f"- [{item['id']}] {item['title']}; {window}{held}"
    for part in ("not_held", "uncertain"):
        if body[part]:
            yield words[part]
            yield from (f"- {row['statement']}" for row in body[part])
    if body["rejected_claims"]:
        yield words["rejected_claims"]
        yield from (f"- {row['claim']} {row['why']}" for row in body["rejected_claims"])
