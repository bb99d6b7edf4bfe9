"""A proposal and its answer as one digest, and the address that gives the answer again. Nothing is stored.

Whoever holds a receipt can check a guess of the whole proposal by making the receipt anew, for it must come out the
same everywhere and so holds no secret. It is therefore kept as confidential as the proposal wherever that is short or
usual. No part of it is a digest of the proposal alone, which would be guessed field by field and would tell that two
answers of different years belong to one matter.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

import orjson

from negative_list import __version__
from negative_list.determination import Determination
from negative_list.errors import ProposalError
from negative_list.model import Proposal, Understood
from negative_list.speech import number

_RECEIPT = re.compile(r"nlr1:(?P<data>[0-9a-f]{8}):(?P<engine>[0-9A-Za-z.+-]{1,32}):(?P<digest>[0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Which data and which engine gave an answer, and the digest of proposal, law date, both of these, and answer.

    Data and engine are public; they tell a receipt of another version from a false one.
    """

    data: str
    engine: str
    digest: str

    def __str__(self) -> str:
        return f"nlr1:{self.data}:{self.engine}:{self.digest}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a receipt. Raises ProposalError."""
        found = _RECEIPT.fullmatch(text.strip())
        if found is None:
            detail = "This is no receipt; it reads nlr1:, 8 hex digits, a version and 32 hex digits, parted by colons."
            raise ProposalError("receipt", "malformed_receipt", detail)
        return cls(**found.groupdict())

    @classmethod
    def of(cls, result: Determination, body: dict[str, Any], digest: str) -> Self:
        """The receipt of a determination, its JSON and the digest of the data set.

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
                    "cited": [reason["citation"]["entry"] for reason in item["reasons"]],
                }
                for item in body["activities"]
            ],
        }
        parts = [normalised(result.proposal), answer, digest, __version__]
        encoded = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
        return cls(short(digest), __version__, hashlib.blake2b(encoded, digest_size=16).hexdigest())


def short(digest: str) -> str:
    """The first 8 hex digits of the digest of a data set."""
    return digest.partition(":")[2][:8]


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

