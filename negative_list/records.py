"""Records of the data set as plain mappings: what the API, the command line and the pages show of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from negative_list.catalogue import Catalogue
from negative_list.determination import Engine
from negative_list.industries import above
from negative_list.model import (
    LANGUAGES,
    Activity,
    Easing,
    Entry,
    Industry,
    Instrument,
    Measure,
    Place,
    Provenance,
    Text,
)
from negative_list.origins import origins
from negative_list.places import Location
from negative_list.presentation import Presenter
from negative_list.provenance import tally
from negative_list.speech import number
from negative_list.standing import Situation


def iso(day: date | None) -> str | None:
    """A day as YYYY-MM-DD, or None."""
    return None if day is None else day.isoformat()


def both(text: Text | None) -> dict[str, str] | None:
    """A bilingual text as a mapping."""
    return None if text is None else {"en": text.en, "zh": text.zh}


def sourced(catalogue: Catalogue, provenance: Provenance) -> dict[str, Any]:
    """How a fact is known, with the titles and addresses of its sources."""
    return {"basis": provenance.basis, "sources": sources(catalogue, provenance.sources)}


def sources(catalogue: Catalogue, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Sources by id, with titles and addresses."""
    return [
        {"id": id_, "title": catalogue.sources[id_]["title"], "url": catalogue.sources[id_]["url"]} for id_ in ids
    ]


def entry(catalogue: Catalogue, item: Entry, presenter: Presenter, today: date) -> dict[str, Any]:
    """An entry with its measures, exceptions, authorities and sources."""
    instrument = catalogue.instruments[item.instrument]
    section = next((s for s in instrument.sections if s.number == item.section), None)
    return {
        **entry_summary(catalogue, item, presenter, today),
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
                "imposes": [_imposed(measure, presenter.lang) for measure in exemption.imposes],
                "conditions": _conditions(catalogue, exemption.conditions, presenter.lang),
            }
            for exemption in item.exceptions
        ],
        "authorities": [
            {"id": id_, "label": catalogue.authorities[id_][presenter.lang]} for id_ in item.authorities
        ],
        "digital": item.digital,
        "gbt4754": list(item.gbt4754),
        "note": None if item.note is None else item.note[presenter.lang],
        "effective_to": iso(instrument.effective_to),
        "eases": [_easing(catalogue, easing, presenter.lang) for easing in item.eases],
        "concerns": _covers(catalogue, item.concerns, presenter.lang),
        **sourced(catalogue, item.provenance),
    }


def entry_summary(catalogue: Catalogue, item: Entry, presenter: Presenter, today: date) -> dict[str, Any]:
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
        "state": instrument.state_on(today),
        "href": f"/v1/entries/{item.id}",
        "source_url": instrument.source_url,
    }


def plain_value(measure: Measure) -> Any:
    """The value of a measure as JSON has it."""
    return list(measure.value) if isinstance(measure.value, tuple) else measure.value


def _measure(catalogue: Catalogue, measure: Measure, lang: str) -> dict[str, Any]:
    return {
        "id": measure.id,
        "kind": measure.kind,
        "value": plain_value(measure),
        "covers": _covers(catalogue, measure.covers, lang),
        "text": measure.text[lang],
        "effective_from": iso(measure.window.start),
        "effective_to": iso(measure.window.end),
    }


def _imposed(measure: Measure, lang: str) -> dict[str, Any]:
    return {"id": measure.id, "kind": measure.kind, "value": plain_value(measure), "text": measure.text[lang]}


def _conditions(catalogue: Catalogue, ids: tuple[str, ...], lang: str) -> list[dict[str, str]]:
    return [{"id": id_, "text": catalogue.conditions[id_].text[lang]} for id_ in ids]


def _easing(catalogue: Catalogue, easing: Easing, lang: str) -> dict[str, Any]:
    return {
        "id": easing.id,
        "covers": _covers(catalogue, easing.covers, lang),
        "except": _covers(catalogue, easing.excluded, lang),
        "imposes": [_imposed(measure, lang) for measure in easing.imposes],
        "places": [
            {"id": id_, "label": catalogue.places[id_].label[lang], "href": f"/v1/places/{id_}"}
            for id_ in sorted(easing.places)
        ],
        "origins": [{"id": code, "label": origins()[code].label[lang]} for code in sorted(easing.origins)],
        "certificate": easing.certificate,
        "conditions": _conditions(catalogue, easing.conditions, lang),
        "unconfirmed": easing.unconfirmed,
        "effective_from": iso(easing.window.start),
        "effective_to": iso(easing.window.end),
        "text": easing.text[lang],
    }


def activity_ref(item: Activity, lang: str) -> dict[str, str]:
    """Id, label and address of an activity."""
    return {"id": item.id, "label": item.label[lang], "href": f"/v1/activities/{item.id}"}


def instrument_ref(item: Instrument, lang: str) -> dict[str, Any]:
    """An instrument by id, short title, window and address."""
    return {
        "id": item.id,
        "title": item.short_title[lang],
        "effective_from": item.effective_from.isoformat(),
        "effective_to": iso(item.effective_to),
        "href": f"/v1/instruments/{item.id}",
    }


def _covers(catalogue: Catalogue, concepts: frozenset[str], lang: str) -> list[dict[str, str]]:
    return [
        {"id": id_, "label": catalogue.activities[id_].label[lang], "href": f"/v1/activities/{id_}"}
        for id_ in sorted(concepts)
    ]


def instrument(catalogue: Catalogue, item: Instrument, lang: str, today: date) -> dict[str, Any]:
    """An instrument with its window of force."""
    replaced_by = next((other.id for other in catalogue.instruments.values() if other.replaces == item.id), None)
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
        "published": iso(item.published),
        "announced": iso(item.announced),
        "effective_from": item.effective_from.isoformat(),
        "effective_to": iso(item.effective_to),
        "state": item.state_on(today),
        "replaces": item.replaces,
        "replaced_by": replaced_by,
        "areas": None if item.areas is None else item.areas[lang],
        "note": None if item.note is None else item.note[lang],
        "item_count": item.item_count,
        "entry_count": len(item.entries),
        "enumeration": item.enumeration,
        "held": item.held,
        "source_url": item.source_url,
        "href": f"/v1/instruments/{item.id}",
        **sourced(catalogue, item.provenance),
    }


def place(engine: Engine, item: Place, lang: str, day: date) -> dict[str, Any]:
    """A place with what contains it and what sets it apart on a day."""
    situation = Situation(day, Location(item))
    access_list = engine.bench.lists(situation)[0]
    return {
        "id": item.id,
        "kind": item.kind,
        "label": item.label[lang],
        "labels": both(item.label),
        "alternative_labels": {language: list(labels) for language, labels in item.alt.items()},
        "within": list(item.within),
        "effective_from": iso(item.effective_from),
        "access_list": access_list.id,
        "regimes": list(engine.bench.regimes(situation)),
        "as_of": day.isoformat(),
        "href": f"/v1/places/{item.id}",
        **sourced(engine.catalogue, item.provenance),
    }


def coverage(catalogue: Catalogue, lang: str, today: date) -> dict[str, Any]:
    """What the data hold and what they do not, how it is known, and when it was last checked."""
    held = catalogue.coverage
    digital = Counter(entry.digital for entry in catalogue.entries.values() if entry.digital is not None)
    return {
        "dataset": {"version": catalogue.version, "digest": catalogue.digest},
        "checked_on": catalogue.checked_on.isoformat(),
        "first_day": catalogue.first_day.isoformat(),
        "instruments": [
            {
                **instrument_ref(item, lang),
                "kind": item.kind,
                "regime": item.regime,
                "state": item.state_on(today),
                "held": item.held,
                "enumeration": item.enumeration,
                "item_count": item.item_count,
                "entry_count": len(item.entries),
            }
            for item in sorted(catalogue.instruments.values(), key=lambda item: (item.kind, item.effective_from))
        ],
        "counts": {
            "activities": len(catalogue.activities),
            "labels": sum(len(a.labels(language)) for a in catalogue.activities.values() for language in LANGUAGES),
            "places": len(catalogue.places),
            "entries": len(catalogue.entries),
            "digital": dict(sorted(digital.items())),
        },
        "provenance": [
            {"kind": row.kind, "verified": row.verified, "recalled": row.recalled} for row in tally(catalogue)
        ],
        "not_held": [_statement(catalogue, row, lang) for row in held["not_held"]],
        "uncertain": [_statement(catalogue, row, lang) for row in held["uncertain"]],
        "watch": [_statement(catalogue, row, lang) for row in held["watch"]],
        "rejected_claims": [
            {
                "id": row["id"],
                "claim": row["claim"][lang],
                "why": row["why"][lang],
                "sources": sources(catalogue, row["sources"]),
            }
            for row in held["rejected_claims"]
        ],
    }


def _statement(catalogue: Catalogue, row: Mapping[str, Any], lang: str) -> dict[str, Any]:
    return {
        "id": row["id"],
        "statement": row["statement"][lang],
        "date": iso(row["date"]),
        "concerns": list(row["concerns"]),
        "sources": sources(catalogue, row["sources"]),
    }


def activity(engine: Engine, item: Activity, lang: str, today: date) -> dict[str, Any]:
    """An activity of the thesaurus with how it stands nationwide on a day."""
    catalogue = engine.catalogue
    standing = engine.standing_on(item, Situation(today))
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
        "status": standing.status.value,
        "max_foreign_share": number(standing.max_foreign_share),
        "decided_by": sorted({r.entry.id for r in standing.reasons if r.effect is standing.status}),
        "as_of": today.isoformat(),
        "href": f"/v1/activities/{item.id}",
        **sourced(catalogue, item.provenance),
    }


def industry(engine: Engine, item: Industry, lang: str, today: date) -> dict[str, Any]:
    """A code of the industry classification, a class with its activities and how each stands nationwide on a day."""
    catalogue = engine.catalogue
    found = [catalogue.activities[id_] for id_ in catalogue.classified(item.code)] if item.level == "class" else []
    standings = [engine.standing_on(activity, Situation(today)) for activity in found]
    return {
        "code": item.code,
        "level": item.level,
        "label": item.label[lang],
        "labels": both(item.label),
        "alternative_labels": {language: list(labels) for language, labels in item.alt.items()},
        "within": above(item),
        "activities": [
            {
                "id": activity.id,
                "label": activity.label[lang],
                "href": f"/v1/activities/{activity.id}",
                "status": standing.status.value,
                "max_foreign_share": number(standing.max_foreign_share),
            }
            for activity, standing in zip(found, standings, strict=True)
        ],
        "as_of": today.isoformat(),
        "href": f"/v1/industries/{item.code}",
    }
