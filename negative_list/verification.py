"""Whether a receipt, or a whole determination that was filed, is what its proposal gives when it is worked out anew."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

from negative_list import __version__
from negative_list.determination import Engine
from negative_list.errors import ProposalError
from negative_list.model import LANGUAGES
from negative_list.presentation import Presenter
from negative_list.receipts import Receipt, short
from negative_list.schema import FORMS

VALID, DIFFERS, OTHER_VERSION = "valid", "differs", "other_version"
# What one answer may say differently each time: the caller's key, its row in a batch, and addresses.
_ASIDE = {"ref", "row", "links"}
# What of an answer tells the version it was made with; of another version, only the rest is compared.
_OF_THE_VERSION = {"receipt", "dataset"}
_LISTS = ("activity_ids", "industry_codes", "telecom_categories")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is to be verified: a receipt with its proposal as fields, and the determination where all of it is held."""

    receipt: Receipt
    fields: Mapping[str, Any]
    determination: Mapping[str, Any] | None = None

    @classmethod
    def of_determination(cls, body: Mapping[str, Any]) -> Claim:
        """The claim that a determination as the API returned it makes; its own link states the proposal.

        Raises ProposalError for `receipt` and `links/self`.
        """
        receipt, links = body.get("receipt"), body.get("links")
        link = links.get("self") if isinstance(links, Mapping) else None
        if not isinstance(receipt, str):
            raise ProposalError("receipt", "required", "The determination holds no receipt; give it as returned.")
        try:
            stated = parse_qs(urlsplit(str(link)).query, strict_parsing=True, max_num_fields=100)
            if not stated:
                raise ValueError
            fields = fields_of({key: given if key in _LISTS else given[-1] for key, given in stated.items()})
        except (ValueError, ProposalError):
            detail = "The determination states no proposal in links.self; give it as returned."
            raise ProposalError("links/self", "unreadable", detail) from None
        return cls(Receipt.parse(receipt), fields, body)


@dataclass(frozen=True, slots=True)
class Verification:
    """What came out: `valid` is None where it cannot be told; `differing` names what was presented otherwise.

    `as_of` is the day whose law was asked to find out.
    """

    valid: bool | None
    reason: str
    made_with: Receipt
    receipt: Receipt | None
    as_of: date | None
    differing: tuple[str, ...]


def verify(engine: Engine, claim: Claim, today: date) -> Verification:
    """Work a claim out anew; `today` is the day asked about when its proposal names none.

    Raises ProposalError where the proposal cannot be read with the very data it is said to have been read with.
    """
    found = _worked_out(engine, claim, claim.fields, today)
    if found.valid is False and (day := claim.fields.get("as_of")):
        # A link names the day that was the default then; days that the text speaks of are read by that day, too.
        fields = {key: value for key, value in claim.fields.items() if key != "as_of"}
        as_then = _worked_out(engine, claim, fields, day)
        found = as_then if as_then.valid and as_then.as_of == day else found
    return found


def _worked_out(engine: Engine, claim: Claim, fields: Mapping[str, Any], today: date) -> Verification:
    held = claim.receipt
    same_version = (held.data, held.engine) == (short(engine.catalogue.digest), __version__)
    try:
        result = engine.determine(fields, today)
    except ProposalError:
        if same_version:
            raise
        return Verification(None, OTHER_VERSION, held, None, None, ())
    presenter = Presenter(engine.catalogue, str(fields.get("lang") or LANGUAGES[0]))
    body = orjson.loads(orjson.dumps(presenter.determination(result)))
    made, as_of = Receipt.parse(body["receipt"]), date.fromisoformat(body["understood"]["as_of"]["value"])
    differing = [] if claim.determination is None else _differing(claim.determination, body)
    if not same_version:
        changed = tuple(key for key in differing if key not in _OF_THE_VERSION)
        return Verification(None, OTHER_VERSION, held, made, as_of, changed)
    if made != held and "receipt" not in differing:
        differing.append("receipt")
    return Verification(not differing, DIFFERS if differing else VALID, held, made, as_of, tuple(differing))


def report(engine: Engine, found: Verification, lang: str) -> dict[str, Any]:
    """A verification as the JSON of the HTTP contract, explained in one language."""
    catalogue = engine.catalogue
    presenter = Presenter(catalogue, lang)
    explanation = presenter.say(
        f"verify.{found.reason}",
        version=catalogue.version,
        data=short(catalogue.digest),
        engine=__version__,
        made_data=found.made_with.data,
        made_engine=found.made_with.engine,
        keys=", ".join(found.differing),
    )
    return {
        "valid": found.valid,
        "reason": found.reason,
        "explanation": explanation,
        "differing": list(found.differing),
        "as_of": None if found.as_of is None else found.as_of.isoformat(),
        "receipt": None if found.receipt is None else str(found.receipt),
        "made_with": {"data": found.made_with.data, "engine": found.made_with.engine},
        "dataset": presenter.dataset(),
        "engine": __version__,
    }


def fields_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """A proposal from JSON or from the words of a query as the fields that the engine takes. Raises ProposalError."""
    fields: dict[str, Any] = {}
    for key, value in given.items():
        if key not in _READ:
            raise ProposalError(key, "unknown_field", f"{key!r} is no field of a proposal.", allowed=list(_READ))
        try:
            fields[key] = _READ[key](value)
        except (KeyError, ValueError, TypeError, OverflowError):
            raise ProposalError(key, "invalid", f"{key} cannot be read as it stands.") from None
    return fields


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(item) for item in value)


def _share(value: Any) -> float:
    share = math.nan if isinstance(value, bool) else float(value)
    if not 0 < share <= 100:
        raise ValueError
    return share


def _truth(value: Any) -> bool:
    return value if isinstance(value, bool) else {"true": True, "false": False}[value]


def _day(value: Any) -> date:
    if not _DAY.fullmatch(value):
        raise ValueError
    return date.fromisoformat(value)


def _one_of(known: Iterable[str]) -> Any:
    def read(value: Any) -> str:
        if value not in known:
            raise ValueError
        return str(value)

    return read


_READ = {
    "activity": _text,
    **dict.fromkeys(_LISTS, _texts),
    "foreign_share": _share,
    "form": _one_of(FORMS),
    "chinese_control": _truth,
    "location": _text,
    "investor_origin": _text,
    "origin_qualified": _truth,
    "as_of": _day,
    "lang": _one_of(LANGUAGES),
    "ref": _text,
}


def _differing(presented: Mapping[str, Any], body: dict[str, Any]) -> list[str]:
    """The keys of a determination whose values differ, in the order of the answer; what was added counts too."""
    keys = [key for key in dict.fromkeys((*body, *presented)) if key not in _ASIDE]
    return [
        key
        for key in keys
        if key not in presented or key not in body or _settled(key, presented[key]) != _settled(key, body[key])
    ]


def _settled(key: str, value: Any) -> Any:
    """A value without what a link does not keep: whether the day was given, read from the text, or the default."""
    if key != "understood" or not isinstance(value, dict) or not isinstance(value.get("as_of"), dict):
        return value
    return value | {"as_of": value["as_of"].get("value")}
