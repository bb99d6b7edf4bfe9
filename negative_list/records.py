"""Records of the data set as plain mappings: what the API, the command line and the pages show of them."""

from __future__ import annotations

from typing import Any

from negative_list.catalogue import Catalogue
from negative_list.determination import Engine
from negative_list.model import Activity, Entry, Instrument, Measure, Provenance, Text
from negative_list.presentation import Presenter
from negative_list.speech import number


def both(text: Text | None) -> dict[str, str] | None:
    """A bilingual text as a mapping."""
    return None if text is None else {"en": text.en, "zh": text.zh}


def sourced(catalogue: Catalogue, provenance: Provenance) -> dict[str, Any]:
    """How a fact is known, with the titles and addresses of its sources."""
    return {
        "basis": provenance.basis,
        "sources": [
            {"id": id_, "title": catalogue.sources[id_]["title"], "url": catalogue.sources[id_]["url"]}
            for id_ in provenance.sources
        ],
    }


def entry(catalogue: Catalogue, item: Entry, presenter: Presenter) -> dict[str, Any]:
    """An entry with its measures, exceptions, authorities and sources."""
    instrument = catalogue.instruments[item.instrument]
    section = next((s for s in instrument.sections if s.number == item.section), None)
    return {
        **entry_summary(catalogue, item, presenter),
        "texts": both(item.text),
        "titles": both(item.title),
        "cited_as": presenter.cite(item),
        "section": None
        if section is None
        else {"number": section.number, "heading": section.heading[presenter.lang], "gbt4754": section.gbt4754},
        "topic": item.topic,
        "measures": [_measure(catalogue, measure, presenter.lang) for measure in item.measures],
        "exceptions": [
            {
                "id": exemption.id,
                "lifts": sorted(exemption.lifts),
                "covers": _covers(catalogue, exemption.covers, presenter.lang),
                "text": exemption.text[presenter.lang],
            }
            for exemption in item.exceptions
        ],
        "authorities": [
            {"id": id_, "label": catalogue.authorities[id_][presenter.lang]} for id_ in item.authorities
        ],
        "digital": item.digital,
        "gbt4754": list(item.gbt4754),
        "note": None if item.note is None else item.note[presenter.lang],
        "effective_to": None if instrument.effective_to is None else instrument.effective_to.isoformat(),
        **sourced(catalogue, item.provenance),
    }


def entry_summary(catalogue: Catalogue, item: Entry, presenter: Presenter) -> dict[str, Any]:
    """An entry as a list shows it."""
    instrument = catalogue.instruments[item.instrument]
    return {
        "id": item.id,
        "instrument": item.instrument,
        "instrument_title": instrument.short_title[presenter.lang],
        "item": item.number,
        "title": item.title[presenter.lang],
        "text": item.text[presenter.lang],
        "measure_kinds": sorted({measure.kind for measure in item.measures}),
        "basis": item.provenance.basis,
        "effective_from": instrument.effective_from.isoformat(),
        "href": f"/v1/entries/{item.id}",
        "source_url": instrument.source_url,
    }


def _measure(catalogue: Catalogue, measure: Measure, lang: str) -> dict[str, Any]:
    value = list(measure.value) if isinstance(measure.value, tuple) else measure.value
    return {
        "id": measure.id,
        "kind": measure.kind,
        "value": value,
        "covers": _covers(catalogue, measure.covers, lang),
        "text": measure.text[lang],
    }


def _covers(catalogue: Catalogue, concepts: frozenset[str], lang: str) -> list[dict[str, str]]:
    return [
        {"id": id_, "label": catalogue.activities[id_].label[lang], "href": f"/v1/activities/{id_}"}
        for id_ in sorted(concepts)
    ]


def instrument(catalogue: Catalogue, item: Instrument, lang: str) -> dict[str, Any]:
    """An instrument with its window of force."""
    return {
        "id": item.id,
        "kind": item.kind,
        "regime": item.regime,
        "title": item.title[lang],
        "titles": both(item.title),
        "short_title": item.short_title[lang],
        "document_number": None if item.document_number is None else item.document_number[lang],
        "issuers": [{"id": id_, "label": catalogue.authorities[id_][lang]} for id_ in item.issuers],
        "issued": item.issued.isoformat(),
        "published": None if item.published is None else item.published.isoformat(),
        "effective_from": item.effective_from.isoformat(),
        "effective_to": None if item.effective_to is None else item.effective_to.isoformat(),
        "replaces": item.replaces,
        "item_count": item.item_count,
        "entry_count": len(item.entries),
        "source_url": item.source_url,
        "href": f"/v1/instruments/{item.id}",
        **sourced(catalogue, item.provenance),
    }


def activity(engine: Engine, item: Activity, lang: str, today: Any) -> dict[str, Any]:
    """An activity of the thesaurus with how it stands nationwide on a day."""
    catalogue = engine.catalogue
    verdict = engine.standing_today(item, today)
    return {
        "id": item.id,
        "label": item.label[lang],
        "labels": both(item.label),
        "alternative_labels": {language: list(labels) for language, labels in item.alt.items()},
        "definition": None if item.definition is None else item.definition[lang],
        "reading": None if item.reading is None else item.reading[lang],
        "broader": list(item.broader),
        "narrower": list(catalogue.narrower.get(item.id, ())),
        "related": list(item.related),
        "telecom_categories": list(item.telecom_categories),
        "gbt4754": list(item.gbt4754),
        "licences": list(item.licences),
        "contested": None if item.contested is None else item.contested.explanation[lang],
        "status": verdict.standing.status.value,
        "max_foreign_share": number(verdict.standing.max_foreign_share),
        "decided_by": sorted({r.entry.id for r in verdict.standing.reasons if r.effect is verdict.standing.status}),
        "as_of": today.isoformat(),
        "href": f"/v1/activities/{item.id}",
        **sourced(catalogue, item.provenance),
    }
