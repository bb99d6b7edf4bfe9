"""A proposal and its answer as one digest, and the address that gives the answer again. Nothing is stored."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlencode

import orjson

from negative_list import __version__
from negative_list.determination import Determination
from negative_list.model import Proposal, Understood
from negative_list.speech import number


def receipt(result: Determination, body: dict[str, Any], digest: str) -> str:
    """A digest of proposal, law date, data, engine and answer: `nlr1:` and 32 hex digits.

    The language of the answer does not enter, so both languages carry the same receipt.
    """
    answer = {
        "status": body["status"],
        "permitted_as_proposed": body["permitted_as_proposed"],
        "activities": [
            {
                "id": item["activity"]["id"],
                "status": item["status"],
                "permitted_as_proposed": item["permitted_as_proposed"],
                "max_foreign_share": item["max_foreign_share"],
            }
            for item in body["activities"]
        ],
    }
    parts = [normalised(result.proposal), answer, digest, __version__]
    encoded = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
    return "nlr1:" + hashlib.blake2b(encoded, digest_size=16).hexdigest()


def normalised(proposal: Proposal) -> dict[str, Any]:
    """A proposal as the query parameters that state it in full, facts read from the text left in the text."""
    facts: list[tuple[str, Understood | None, Any]] = [
        ("foreign_share", proposal.foreign_share, number),
        ("form", proposal.form, str),
        ("chinese_control", proposal.chinese_control, lambda value: str(value).lower()),
        ("location", proposal.location, None),
        ("investor_origin", proposal.investor_origin, lambda value: value.code),
        ("origin_qualified", proposal.origin_qualified, lambda value: str(value).lower()),
    ]
    found: dict[str, Any] = {"activity": proposal.text} if proposal.text else {}
    for key in ("activity_ids", "industry_codes", "telecom_categories"):
        if ids := getattr(proposal, key):
            found[key] = list(ids)
    found |= {
        # A place is named as it was given: "outside the Shanghai FTZ" has no id.
        key: fact.words if shown is None else shown(fact.value)
        for key, fact, shown in facts
        if fact is not None and fact.taken_from == "field"
    }
    assert proposal.as_of is not None
    found["as_of"] = proposal.as_of.value.isoformat()
    return found


def self_link(proposal: Proposal, lang: str) -> str:
    """The address that gives this determination again, on the same day's law."""
    return "/v1/determinations?" + _query(proposal, lang)


def memo_link(proposal: Proposal, lang: str) -> str:
    """The address of the memo of this determination, on the same day's law."""
    return "/memo?" + _query(proposal, lang)


def _query(proposal: Proposal, lang: str) -> str:
    return urlencode({**normalised(proposal), "lang": lang}, doseq=True)

