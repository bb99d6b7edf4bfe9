"""One entry: what it asks, what it leaves out, and the same matter through the editions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response

from negative_list import chronicle, records
from negative_list.model import Entry
from negative_list.redlining import merged
from negative_list.rules import RULES
from service import linked_data
from service.pages.rendering import page
from service.renames import held
from service.state import state, today

blueprint = Blueprint("entries_pages", __name__)


@blueprint.get("/entries/<path:entry_id>")
def one_entry(entry_id: str) -> Response:
    """One item, note or article; raises Withdrawn, NotHeld."""
    found = held("entry", entry_id, state().catalogue.entries)
    return page("entry.html", lambda lang: _shown(found, lang))


def _shown(entry: Entry, lang: str) -> dict[str, Any]:
    current = state()
    presenter = current.presenters[lang]
    found = current.stages(entry)
    history = chronicle.entry_history(entry, found, presenter)["stages"]
    linked = linked_data.entry(current.catalogue, entry, lang, today(), current.settings.public_url)
    return {
        "linked": linked,
        "entry": records.entry(current.catalogue, entry, presenter, today()),
        "effects": {measure.kind: RULES[measure.kind].effect.value for measure in entry.measures},
        "stages": list(_compared(history))[::-1] if len(history) > 1 else [],
    }


def _compared(history: Sequence[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """Each edition with the wording of its entries, marked against the edition before."""
    before = ""
    for stage in history:
        texts = [entry["text"] for entry in stage["entries"]]
        # Where a matter is spread over several entries, words that moved between them are no change.
        single = len(texts) == 1 and before
        wordings = [merged(before, text) if single else (("both", text),) for text in texts]
        yield {**stage, "wordings": list(zip(stage["entries"], wordings, strict=True))}
        before = texts[0] if len(texts) == 1 else ""
