"""A proposal as a form holds it: what was filled in, what the engine is given of it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from marshmallow import ValidationError
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import MultiDict

from negative_list.errors import ProposalError
from service.problems import nearest
from service.schemas import ProposalSchema

# The facts that a text may state as well; a field of each stands in the form.
FACTS = (
    "foreign_share",
    "form",
    "chinese_control",
    "location",
    "investor_origin",
    "origin_qualified",
    "as_of",
)
LISTS = ("activity_ids", "industry_codes", "telecom_categories")
# Fields of this prefix say what a fact filled in was read as, so that a fact left alone is read anew from the text.
READ = "read."
_SCHEMA = ProposalSchema()


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field, by a code, with the value that would do where one is near."""

    code: str
    nearest: str | None = None


@dataclass(frozen=True)
class Draft:
    """A filled-in form: `shown` as text by field, `fields` as the engine takes them, `faults` by field."""

    shown: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, list[str]] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.shown or self.lists)

    def refused(self, error: ProposalError) -> Draft:
        """The draft with what the engine found wrong."""
        return replace(self, faults={error.field: Fault(error.code, error.nearest)})


def read(values: MultiDict[str, str]) -> Draft:
    """Read a form or a query; empty fields count as absent. Faults are returned, never raised."""
    given: MultiDict[str, str] = MultiDict()
    for name, text in values.items(multi=True):
        if text.strip() and not name.startswith(READ) and text != values.get(READ + name):
            given.add(name, text)
    given.poplist("lang")
    faults = {}
    for name in given:
        if name not in _SCHEMA.fields:
            faults[name] = Fault("unknown", nearest(name, _SCHEMA.fields))
        elif name not in LISTS and len(given.getlist(name)) > 1:
            faults[name] = Fault("repeated")
    known = MultiDict((name, text) for name, text in given.items(multi=True) if name not in faults)
    fields: Mapping[str, Any] = {}
    try:
        fields = _SCHEMA.load(MultiDictProxy(known, _SCHEMA))
    except ValidationError as error:
        faults |= {str(name): Fault("invalid") for name in error.messages_dict}
    if given and not known.keys() & {"activity", *LISTS}:
        faults.setdefault("activity", Fault("required"))
    return Draft(
        shown={name: text for name, text in known.items() if name not in LISTS},
        lists={name: known.getlist(name) for name in LISTS if name in known},
        fields=fields,
        faults=faults,
    )


def facts_read(understood: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """For each fact that was read from the text: how a field would state it, and the words it was read from.

    `understood` is that of a determination. A share that is a range has no single value: an empty text stands for it.
    """
    found = {}
    for name in FACTS:
        fact = understood[name]
        if fact is not None and fact["from"] == "text":
            found[name] = (_stated(fact.get("label", fact.get("value"))), fact["words"])
    return found


def _stated(value: Any) -> str:
    """A fact as a field would hold it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
