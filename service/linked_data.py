"""Entries and instruments as schema.org/Legislation, the form in which the law of other countries is linked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from negative_list.catalogue import Catalogue
from negative_list.model import Entry, Instrument
from negative_list.records import iso

SCHEMA = {
    "type": "object",
    "description": "schema.org/Legislation as JSON-LD.",
    "properties": {"@context": {"type": "string"}, "@type": {"type": "string"}, "@id": {"type": "string"}},
    "required": ["@context", "@type", "@id"],
}
_CONTEXT = "https://schema.org"
_FORCE = {
    "in_force": f"{_CONTEXT}/InForce",
    "not_yet_in_force": f"{_CONTEXT}/NotInForce",
    "no_longer_in_force": f"{_CONTEXT}/NotInForce",
}
_LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def instrument(catalogue: Catalogue, item: Instrument, lang: str, today: date, base: str) -> dict[str, Any]:
    """An instrument with its parts; `base` is the public address of the service, or empty."""
    passed_by = [
        {"@type": "GovernmentOrganization", "name": catalogue.authorities[id_][lang]} for id_ in item.issuers
    ]
    return _with_context(
        {
            **_common(item, lang, today),
            "@id": _id("instruments", item.id, base),
            "name": item.title[lang],
            "alternateName": item.short_title[lang],
            "legislationIdentifier": item.title["zh"] if item.document_number is None else item.document_number["zh"],
            "legislationType": item.kind,
            "legislationDate": item.issued.isoformat(),
            "datePublished": iso(item.published),
            "legislationPassedBy": passed_by,
            "legislationChanges": None if item.replaces is None else _reference("instruments", item.replaces, base),
            "hasPart": [_reference("entries", entry.id, base) for entry in item.entries],
            "isBasedOn": _based_on(catalogue, item.source_url, item.provenance.sources),
        }
    )


def entry(catalogue: Catalogue, item: Entry, lang: str, today: date, base: str) -> dict[str, Any]:
    """One item, note or article as a part of its instrument."""
    whole = catalogue.instruments[item.instrument]
    number = whole.title["zh"] if whole.document_number is None else whole.document_number["zh"]
    return _with_context(
        {
            **_common(whole, lang, today),
            "@id": _id("entries", item.id, base),
            "name": item.title[lang],
            "text": item.text[lang],
            "legislationIdentifier": f"{number} {item.number}",
            "legislationDate": whole.issued.isoformat(),
            "isPartOf": {**_reference("instruments", whole.id, base), "name": whole.title[lang]},
            "isBasedOn": _based_on(catalogue, whole.source_url, item.provenance.sources),
        }
    )


def _common(item: Instrument, lang: str, today: date) -> dict[str, Any]:
    return {
        "@type": "Legislation",
        "inLanguage": _LANGUAGES[lang],
        "legislationDateVersion": item.effective_from.isoformat(),
        "legislationLegalForce": _FORCE[item.state_on(today)],
        "legislationJurisdiction": "CN",
        # The official text is another one.
        "legislationLegalValue": f"{_CONTEXT}/UnofficialLegalValue",
        "temporalCoverage": f"{item.effective_from.isoformat()}/{_last(item)}",
    }


def _last(item: Instrument) -> str:
    """The last day of force (ISO 8601 counts it in); two points where no end is known."""
    return ".." if item.effective_to is None else (item.effective_to - timedelta(days=1)).isoformat()


def _based_on(catalogue: Catalogue, official: str | None, ids: tuple[str, ...]) -> list[str]:
    addresses = (official, *(catalogue.sources[id_]["url"] for id_ in ids))
    return list(dict.fromkeys(address for address in addresses if address is not None))


def _id(kind: str, id_: str, base: str) -> str:
    return f"{base}/v1/{kind}/{id_}"


def _reference(kind: str, id_: str, base: str) -> dict[str, Any]:
    return {"@type": "Legislation", "@id": _id(kind, id_, base)}


def _with_context(body: dict[str, Any]) -> dict[str, Any]:
    return {"@context": _CONTEXT} | {key: value for key, value in body.items() if value not in (None, [])}
