"""Two lists side by side: what was added, removed, eased, tightened and reworded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response
from marshmallow import Schema

from negative_list import chronicle
from negative_list.history import ADDED, EASED, MIXED, REMOVED, RENUMBERED, REWORDED, TIGHTENED, UNCHANGED
from negative_list.model import Instrument
from negative_list.redlining import redline
from service.pages import queries
from service.pages.rendering import page, say
from service.problems import Problem, nearest
from service.schemas import line
from service.state import state, today

blueprint = Blueprint("compare", __name__)
# In the order in which a reader wants to know of them.
SHOWN = (REMOVED, EASED, MIXED, TIGHTENED, ADDED, REWORDED)


class PairQuery(Schema):
    """Which two lists."""

    a = line()
    b = line()


@blueprint.get("/compare")
def compare() -> Response:
    """What one access list changed against another; without a choice, the present national list."""
    lists = state().catalogue.access_lists
    query = queries.read(PairQuery())
    new = _chosen(lists, query, "b") or state().catalogue.access_list(today())
    old = _chosen(lists, query, "a") or next((item for item in lists if item.id == new.replaces), lists[0])
    return page("compare.html", lambda lang: _shown(lists, old, new, lang))


def _chosen(lists: Sequence[Instrument], query: Mapping[str, str], name: str) -> Instrument | None:
    """The list that a parameter names, if it names one. Raises Problem 400."""
    if name not in query:
        return None
    held = {item.id: item for item in lists}
    if query[name] not in held:
        detail = f"No access list held with its items has the id {query[name]!r}."
        fault = {"parameter": name, "code": "unknown_id", "detail": detail, "allowed": sorted(held)}
        if suggestion := nearest(query[name], held):
            fault["nearest"] = suggestion
        raise Problem(400, detail, [fault])
    return held[query[name]]


def _shown(lists: Sequence[Instrument], old: Instrument, new: Instrument, lang: str) -> dict[str, Any]:
    current = state()
    choices = [
        (item.id, f"{say(lang, f'regime.{item.regime}')} · {item.short_title[lang]}")
        for regime in ("national", "ftz", "hainan")
        for item in reversed(lists)
        if item.regime == regime
    ]
    shown: dict[str, Any] = {"choices": choices, "old": old, "new": new, "same": old is new}
    if old is new:
        return shown
    record = chronicle.diff(old, new, current.diff(old, new), current.presenters[lang])
    by_kind = {
        kind: [_side_by_side(change) for change in record["changes"] if change["kind"] == kind] for kind in SHOWN
    }
    return shown | {
        "counts": [(kind, record["counts"][kind]) for kind in SHOWN],
        "changes": {kind: changes for kind, changes in by_kind.items() if changes},
        "renumbered": [change for change in record["changes"] if change["kind"] == RENUMBERED],
        "unchanged": record["counts"][UNCHANGED],
    }


def _side_by_side(change: Mapping[str, Any]) -> dict[str, Any]:
    """A change with the wordings of both sides, marked where one entry faces one."""
    texts = [_wordings(change, side) for side in ("old", "new")]
    # What stands on one side only has changed as a whole; several entries on a side are not told apart word by word.
    whole = change["kind"] in (ADDED, REMOVED)
    old = [[("old" if whole else "both", text)] for text in texts[0]]
    new = [[("new" if whole else "both", text)] for text in texts[1]]
    if len(texts[0]) == len(texts[1]) == 1:
        before, after = redline(texts[0][0], texts[1][0])
        old = [[("old" if part.changed else "both", part.text) for part in before]]
        new = [[("new" if part.changed else "both", part.text) for part in after]]
    titles = [entry["title"] for entry in change["new"] or change["old"]]
    return {
        **change,
        "titles": list(dict.fromkeys(titles)),
        "sides": [
            ("before", list(zip(change["old"], old, strict=True))),
            ("after", list(zip(change["new"], new, strict=True))),
        ],
    }


def _wordings(change: Mapping[str, Any], side: str) -> list[str]:
    """The text of each entry of a side; its measures, where the texts of both sides are the same."""
    texts = {name: [entry["text"] for entry in change[name]] for name in ("old", "new")}
    if texts["old"] != texts["new"]:
        return texts[side]
    return [" ".join(m["text"] for m in entry["measures"]) or entry["text"] for entry in change[side]]
