"""The tools: what each takes, what it gives, and how it is worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import orjson
from marshmallow import Schema, ValidationError

from negative_list import chronicle, finding, plain, records
from negative_list.errors import NotHeld, ProposalError, Withdrawn
from negative_list.history import UNCHANGED
from negative_list.model import Instrument
from service.answer_schemas import DeterminationSchema
from service.mcp import texts
from service.mcp.schemas import (
    AssessArguments,
    CoverageArguments,
    DiffArguments,
    EntryArguments,
    FoundEntries,
    SearchArguments,
    VouchedCoverage,
    VouchedDiff,
    VouchedEntry,
    json_schema,
)
from service.problems import MAX_ERRORS, nearest, validation_errors
from service.state import State, today


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as data and in words."""

    body: dict[str, Any]
    text: str


class Refused(Exception):
    """Arguments that cannot be accepted; `errors` are items of the HTTP contract, with pointers into the arguments."""

    def __init__(self, errors: Iterable[dict[str, Any]]) -> None:
        self.errors = list(errors)
        self.detail = " ".join(item["detail"] for item in self.errors[:3])
        super().__init__(self.detail)


@dataclass(frozen=True)
class Tool:
    """Something a model can ask."""

    name: str
    title: str
    description: str
    takes: type[Schema]
    gives: type[Schema]
    run: Callable[[State, dict[str, Any]], Answer]

    @cached_property
    def input_schema(self) -> dict[str, Any]:
        """The arguments as JSON Schema."""
        return json_schema(self.takes)

    @cached_property
    def output_schema(self) -> dict[str, Any]:
        """The structured answer as JSON Schema."""
        return json_schema(self.gives)

    def call(self, current: State, arguments: Mapping[str, Any]) -> Answer:
        """Check the arguments and answer. Raises Refused."""
        schema = self.takes()
        try:
            # Some parsers let through what JSON cannot hold, such as lone surrogates; no answer could echo them.
            given = orjson.loads(orjson.dumps(arguments))
            return self.run(current, schema.load(given))
        except orjson.JSONEncodeError:
            detail = "The arguments hold what is not JSON in UTF-8, or a number beyond 64 bits."
            raise Refused([{"pointer": "", "code": "malformed_json", "detail": detail}]) from None
        except ValidationError as error:
            raise Refused(islice(validation_errors({"json": error.messages}, schema), MAX_ERRORS)) from None
        except ProposalError as error:
            item = {"pointer": f"/{error.field}", "code": error.code, "detail": error.detail}
            more = {"allowed": error.allowed, "nearest": error.nearest}
            raise Refused([item | {key: value for key, value in more.items() if value}]) from None
        except (NotHeld, Withdrawn) as error:
            named = next(key for key, value in given.items() if value == error.id)
            code = "not_held" if isinstance(error, NotHeld) else "withdrawn"
            item = {"pointer": f"/{named}", "code": code, "detail": str(error)}
            suggestion = getattr(error, "nearest", None)
            raise Refused([item | ({"nearest": suggestion} if suggestion else {})]) from None


def vouched(current: State, body: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """An answer with the data behind it and the notice that it is no advice."""
    return {**body, "dataset": current.presenters[lang].dataset(), "notice": current.catalogue.notice[lang]}


def _text(*parts: Iterable[str]) -> str:
    return "\n".join(line for part in parts for line in part)


def _assess(current: State, proposal: dict[str, Any]) -> Answer:
    presenter = current.presenters[proposal["lang"]]
    result = current.determine(proposal)
    body = presenter.determination(result, proposal.get("ref"))
    open_question = body["undetermined"] is not None and body["undetermined"]["candidates"]
    asks = [texts.WORDS[presenter.lang]["candidates"]] if open_question else []
    cited = texts.cited(presenter, texts.citations_in(body))
    dataset = next(texts.vouched(current.catalogue, presenter.lang))
    return Answer(body, _text([plain.render(presenter, result)], asks, cited, [dataset]))


def _search_entries(current: State, query: dict[str, Any]) -> Answer:
    catalogue, lang, words = current.catalogue, query["lang"], query.get("q")
    wanted = query.get("instrument")
    if wanted is not None and wanted not in catalogue.instruments:
        raise NotHeld("instrument", wanted, nearest(wanted, catalogue.instruments))
    presenter = current.presenters[lang]
    chosen = finding.find(current.engine, query)
    items = [
        records.entry_summary(catalogue, entry, presenter, today()) | ({} if words is None else {"score": score})
        for entry, score in chosen[: query["limit"]]
    ]
    meant = finding.did_you_mean(catalogue, words) if words and not chosen else None
    body = vouched(current, {"items": items, "total": len(chosen), "did_you_mean": meant}, lang)
    return Answer(body, _text(texts.found(body, presenter), texts.vouched(catalogue, lang)))


def _get_entry(current: State, asked: dict[str, Any]) -> Answer:
    lang = asked["lang"]
    body = vouched(current, entry_record(current, asked["id"], lang), lang)
    return Answer(body, _text(texts.entry(body, lang), texts.vouched(current.catalogue, lang)))


def entry_record(current: State, id_: str, lang: str) -> dict[str, Any]:
    """An entry by id, also by one that was renamed. Raises NotHeld, Withdrawn."""
    catalogue = current.catalogue
    entry = catalogue.entries.get(catalogue.renames.current("entry", id_))
    if entry is None:
        raise NotHeld("entry", id_, nearest(id_, catalogue.entries))
    return records.entry(catalogue, entry, current.presenters[lang], today())


def _diff_instruments(current: State, asked: dict[str, Any]) -> Answer:
    presenter = current.presenters[asked["lang"]]
    old, new = _list(current, asked["old"]), _list(current, asked["new"])
    changes = current.diff(old, new)
    named = {entry.id: entry for change in changes if change.kind != UNCHANGED for entry in change.old + change.new}
    diff = chronicle.diff(old, new, changes, presenter)
    body = vouched(
        current, {**diff, "citations": [presenter.citation(entry) for entry in named.values()]}, presenter.lang
    )
    official = [
        f"{item.short_title[presenter.lang]}: {item.source_url or texts.WORDS[presenter.lang]['no_url']}"
        for item in (old, new)
    ]
    lines = (line for line in chronicle.diff_lines(old, new, changes, presenter) if line)
    return Answer(body, _text(lines, official, texts.vouched(current.catalogue, presenter.lang)))


def _list(current: State, id_: str) -> Instrument:
    lists = {item.id: item for item in current.catalogue.access_lists}
    new = current.catalogue.renames.current("instrument", id_)
    if new not in lists:
        raise NotHeld("access list", id_, nearest(id_, lists))
    return lists[new]


def _coverage(current: State, asked: dict[str, Any]) -> Answer:
    lang = asked["lang"]
    body = vouched(current, records.coverage(current.catalogue, lang, today()), lang)
    return Answer(body, _text(texts.coverage(body, lang), texts.vouched(current.catalogue, lang)))


TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "assess",
            "Assess a foreign investment",
            "Determine whether a proposed foreign investment in China is open, restricted or prohibited on a day, with "
            "the item of the list behind every reason. Give `activity` in the user's own words, Chinese or English, or "
            "at least one of `activity_ids`, `industry_codes`, `telecom_categories`. Give share, form, place, origin "
            "and day only if the user has stated them; leave out what is not known. `conditional` means that something "
            "not stated decides: name the `conditions`. `undetermined` means that the text does not settle it: put "
            "`undetermined.question` to the user, then assess again; never choose a reading yourself.",
            AssessArguments,
            DeterminationSchema,
            _assess,
        ),
        Tool(
            "search_entries",
            "Search the lists",
            "Full-text search, in Chinese or English, over items, notes and articles of the negative lists, pilots, "
            "treaties and regulations held. Without `q` it lists them; the filters narrow both. It finds what the law "
            "says; whether a business is open is for `assess` to answer.",
            SearchArguments,
            FoundEntries,
            _search_entries,
        ),
        Tool(
            "get_entry",
            "Read one entry",
            "One item, note or article by its id, in both languages, with its measures, exceptions, authorities, dates "
            "and sources, and whether it was read on a public page (`verified`) or is known in general (`recalled`).",
            EntryArguments,
            VouchedEntry,
            _get_entry,
        ),
        Tool(
            "diff_instruments",
            "Compare two lists",
            "What one negative list changed against another: items added, removed, eased, tightened, reworded and "
            "renumbered, with the old and new wording and the activities each change moves.",
            DiffArguments,
            VouchedDiff,
            _diff_instruments,
        ),
        Tool(
            "coverage",
            "What is held",
            "Which instruments are held, from which day, when the data were last checked, what is not held or is "
            "uncertain, and claims about the law that circulate and are wrong. Ask it before saying that something is "
            "not listed, and for the ids of instruments.",
            CoverageArguments,
            VouchedCoverage,
            _coverage,
        ),
    )
}
