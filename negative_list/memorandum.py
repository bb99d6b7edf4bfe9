"""A determination as a memorandum for the file: its sections as plain data, in one language and in no format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from negative_list import __version__
from negative_list.determination import Determination, Verdict
from negative_list.model import Entry, Understood
from negative_list.presentation import Presenter
from negative_list.speech import outcome_word

_FACTS = (
    "foreign_share", "form", "chinese_control", "location", "investor_origin", "origin_qualified", "as_of",
)  # fmt: skip


_BETWEEN = {"en": "; ", "zh": "；"}


@dataclass(frozen=True, slots=True)
class Row:
    """A label with what stands beside it; `note` says where it was taken from."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A statement with the numbers of the authorities it rests on."""

    text: str
    lead: str = ""
    cites: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Points under one heading, which is an activity where `status` is set."""

    points: tuple[Point, ...]
    label: str = ""
    status: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the memorandum: a sentence, words quoted as they came, rows and groups of points, each if any."""

    id: str
    heading: str
    text: str = ""
    quote: str = ""
    rows: tuple[Row, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Authority:
    """A rule relied on: how it is cited, its instrument, and how its text is known."""

    number: int
    cited: str
    instrument: str
    basis: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Memorandum:
    """A determination as a lawyer files it, in the language `lang`."""

    lang: str
    title: str
    head: tuple[Row, ...]
    question: Section
    answer_heading: str
    status: str
    status_word: str
    outcome_word: str
    summary: str
    sections: tuple[Section, ...]
    authorities_heading: str
    authorities: tuple[Authority, ...]
    record: Section
    notice: str
    receipt: str
    page_word: str


@dataclass
class _Authorities:
    """The rules cited so far, each numbered once."""

    presenter: Presenter
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, entry: Entry) -> int:
        return self.numbers.setdefault(entry.id, len(self.numbers) + 1)

    def listed(self) -> Iterator[Authority]:
        say, catalogue, lang = self.presenter.say, self.presenter.catalogue, self.presenter.lang
        for id_, number in self.numbers.items():
            entry = catalogue.entries[id_]
            instrument = catalogue.instruments[entry.instrument]
            yield Authority(
                number=number,
                cited=_capital(_cited(self.presenter, entry)),
                instrument=say(
                    "memo.instrument" if instrument.document_number else "memo.instrument_unnumbered",
                    title=instrument.title[lang],
                    document=instrument.document_number[lang] if instrument.document_number else "",
                    date=instrument.effective_from.isoformat(),
                ),
                basis=say(f"memo.basis_{entry.provenance.basis}"),
                address=instrument.source_url,
            )


def memorandum(
    presenter: Presenter, result: Determination, made_on: date, ref: str | None = None, address: str = ""
) -> Memorandum:
    """The memorandum of a determination in the presenter's language.

    `made_on` is the day it is made, in Shanghai; `ref` the caller's own key; `address` the public address of the
    service without a slash at its end, empty where none is known.
    """
    body = presenter.determination(result, ref)
    say = presenter.say
    authorities = _Authorities(presenter)
    assert result.proposal.as_of is not None
    day = result.proposal.as_of.value.isoformat()
    outcome = outcome_word(result.outcome) or "none"
    head = [Row(say("memo.law_of"), day), Row(say("memo.made_on"), made_on.isoformat())]
    sections = [section for section in _sections(presenter, result, body, authorities) if section is not None]
    return Memorandum(
        lang=presenter.lang,
        title=say("memo.title"),
        head=(*head, *([Row(say("memo.ref"), ref)] if ref else [])),
        question=_question(presenter, result),
        answer_heading=say("memo.answer"),
        status=result.status.value,
        status_word=_capital(say(f"status.{result.status.value}")),
        outcome_word=say("memo.permitted", answer=say(f"permitted.{outcome}")),
        summary=body["summary"],
        sections=tuple(sections),
        authorities_heading=say("memo.authorities"),
        authorities=tuple(authorities.listed()),
        record=_record(presenter, body, day, made_on, address),
        notice=body["notice"],
        receipt=body["receipt"],
        page_word=say("memo.page"),
    )


def _sections(
    presenter: Presenter, result: Determination, body: dict[str, Any], authorities: _Authorities
) -> Iterator[Section | None]:
    say = presenter.say
    yield _section(presenter, "asked", groups=_candidates(presenter, result))
    yield Section("facts", say("memo.facts"), rows=tuple(_facts(presenter, result, body["understood"])))
    yield _section(presenter, "reasons", groups=_reasons(presenter, result, authorities))
    yield _section(presenter, "conditions", groups=_conditions(presenter, result, authorities))
    yield _section(presenter, "changes", groups=_changes(presenter, result, authorities))
    yield _section(presenter, "not_considered", rows=_not_considered(presenter, result, body))


def _section(
    presenter: Presenter, id_: str, rows: Iterable[Row] = (), groups: Iterable[Group] = ()
) -> Section | None:
    held, gathered = tuple(rows), tuple(groups)
    return Section(id_, presenter.say(f"memo.{id_}"), rows=held, groups=gathered) if held or gathered else None


def _question(presenter: Presenter, result: Determination) -> Section:
    proposal, catalogue, say = result.proposal, presenter.catalogue, presenter.say
    assert proposal.as_of is not None
    named = [
        (say("memo.activity_ids"), [f"{_label(presenter, id_)} [{id_}]" for id_ in proposal.activity_ids]),
        (say("memo.industry_codes"), [_industry(presenter, code) for code in proposal.industry_codes]),
        (
            say("memo.telecom_categories"),
            [
                f"{code} {catalogue.telecom_categories[code].label[presenter.lang]}"
                if code in catalogue.telecom_categories
                else code
                for code in proposal.telecom_categories
            ],
        ),
    ]
    rows = tuple(Row(label, presenter.join(values)) for label, values in named if values)
    asked = say("memo.whether", date=proposal.as_of.value.isoformat())
    return Section("question", say("memo.question"), text=asked, quote=proposal.text, rows=rows)


def _label(presenter: Presenter, id_: str) -> str:
    known = presenter.catalogue.activities.get(id_)
    return id_ if known is None else known.label[presenter.lang]


def _industry(presenter: Presenter, code: str) -> str:
    known = presenter.catalogue.industries.get(code)
    return code if known is None else f"{code} {known.label[presenter.lang]}"


def _candidates(presenter: Presenter, result: Determination) -> Iterator[Group]:
    if result.undetermined is None:
        return
    points = tuple(
        Point(presenter.say(f"status.{item.standing.status.value}"), lead=item.activity.label[presenter.lang])
        for item in result.undetermined.candidates
    )
    yield Group(points, label=presenter.question(result))


def _facts(presenter: Presenter, result: Determination, understood: dict[str, Any]) -> Iterator[Row]:
    say, missing = presenter.say, []
    for key in _FACTS:
        fact: Understood | None = getattr(result.proposal, key)
        if fact is None:
            missing.append(say(f"memo.{key}"))
        else:
            yield Row(say(f"memo.{key}"), _value(presenter, key, understood[key]), _taken_from(presenter, fact))
    if missing:
        yield Row(say("memo.not_stated"), presenter.join(missing))
    if understood["excluded"]:
        yield Row(say("memo.excluded"), presenter.join(item["label"] for item in understood["excluded"]))


def _value(presenter: Presenter, key: str, fact: dict[str, Any]) -> str:
    say = presenter.say
    if "range" in fact:
        low, high = fact["range"]["minimum"], fact["range"]["maximum"]
        if low == 0:
            kind = "below" if fact["range"]["exclusive_maximum"] else "up_to"
        elif high == 100:
            kind = "above" if fact["range"]["exclusive_minimum"] else "from"
        else:
            kind = "between"
        return say(f"memo.share_{kind}", low=low, high=high)
    if "label" in fact:
        return str(fact["label"])
    value = fact["value"]
    if key == "foreign_share":
        return f"{value}%"
    if isinstance(value, bool):
        return say("memo.true" if value else "memo.false")
    return say(f"memo.form_{value}") if key == "form" else str(value)


def _taken_from(presenter: Presenter, fact: Understood) -> str:
    if fact.taken_from == "text" and fact.words:
        return presenter.say("memo.from_words", words=fact.words)
    return presenter.say(f"memo.from_{fact.taken_from}")


def _reasons(presenter: Presenter, result: Determination, authorities: _Authorities) -> Iterator[Group]:
    say = presenter.say
    for verdict in result.verdicts:
        standing = verdict.standing
        points = [
            Point(presenter.explain(reason), cites=(authorities.number(reason.entry),)) for reason in standing.reasons
        ]
        times = verdict.timeline
        if times is not None and (times.before is not None or times.until is not None):
            points.append(Point(presenter.times(times)))
        if verdict.other is not None and verdict.activity.contested is not None:
            explanation = verdict.activity.contested.explanation[presenter.lang]
            other = say("memo.other_reading", status=say(f"status.{verdict.other.status.value}"))
            cites = tuple(dict.fromkeys(authorities.number(reason.entry) for reason in verdict.other.reasons))
            points.append(Point(presenter.gap.join((explanation, other)), cites=cites))
        if verdict.licences:
            licences = [presenter.licence(licence) for licence in verdict.licences]
            shown = _BETWEEN[presenter.lang].join(say("memo.licence", **licence) for licence in licences)
            points.append(Point(shown, lead=say("memo.licences")))
        yield Group(
            tuple(points),
            label=verdict.activity.label[presenter.lang],
            status=standing.status.value,
            note=_standing_in_words(presenter, verdict),
        )


def _standing_in_words(presenter: Presenter, verdict: Verdict) -> str:
    say, share = presenter.say, verdict.standing.max_foreign_share
    words = [say(f"status.{verdict.standing.status.value}")]
    if share is not None:
        words.append(say("memo.largest_share", max=f"{share:g}"))
    if verdict.match.text:
        words.append(say("memo.matched", words=verdict.match.text))
    return " · ".join(words)


def _conditions(presenter: Presenter, result: Determination, authorities: _Authorities) -> Iterator[Group]:
    points = []
    for condition in result.conditions:
        rule = condition.reason or condition.term
        cites = () if rule is None else (authorities.number(rule.entry),)
        points.append(Point(presenter.condition(condition)["text"], cites=cites))
    if points:
        yield Group(tuple(points))


def _changes(presenter: Presenter, result: Determination, authorities: _Authorities) -> Iterator[Group]:
    several = len(result.verdicts) > 1
    for verdict in result.verdicts:
        points = tuple(_changing(presenter, result, verdict, authorities))
        if points:
            yield Group(points, label=verdict.activity.label[presenter.lang] if several else "")


def _changing(
    presenter: Presenter, result: Determination, verdict: Verdict, authorities: _Authorities
) -> Iterator[Point]:
    say, standing = presenter.say, verdict.standing
    if standing.max_foreign_share and outcome_word(standing.outcome) == "no":
        yield Point(say("memo.lower_share", max=f"{standing.max_foreign_share:g}"))
    held_off = [relaxation for relaxation in verdict.relaxations if not relaxation.applies]
    for relaxation in held_off:
        eased = relaxation.standing
        lead = relaxation.instrument.short_title[presenter.lang]
        if eased is not None:
            key = "memo.eased" if eased.max_foreign_share in (None, 0, 100) else "memo.eased_capped"
            status = say(f"status.{eased.status.value}")
            lead = say(key, title=lead, status=status, max=f"{eased.max_foreign_share or 0:g}")
        yield Point(
            presenter.because(relaxation, result),
            lead=lead,
            cites=() if relaxation.entry is None else (authorities.number(relaxation.entry),),
        )
    if any(relaxation.standing is not None and relaxation.standing.terms for relaxation in held_off):
        yield Point(say("memo.further_conditions"))


def _not_considered(presenter: Presenter, result: Determination, body: dict[str, Any]) -> Iterator[Row]:
    say = presenter.say
    between = _BETWEEN[presenter.lang]
    if result.not_understood:
        yield Row(say("memo.not_understood"), between.join(f"“{words}”" for words in result.not_understood))
    layers = dict.fromkeys(presenter.cite(entry) for verdict in result.verdicts for entry in verdict.neighbouring)
    if layers:
        yield Row(say("memo.layers"), between.join(_capital(cited) for cited in layers))
    if result.advice:
        yield Row(say("memo.advisories"), between.join(item["label"] for item in body["advisories"]))
    if body["caveats"]:
        yield Row(say("memo.caveats"), presenter.gap.join(body["caveats"]))


def _record(presenter: Presenter, body: dict[str, Any], day: str, made_on: date, address: str) -> Section:
    say, dataset = presenter.say, body["dataset"]
    rows = (
        Row(say("memo.receipt"), body["receipt"]),
        Row(
            say("memo.data"),
            say("memo.data_version", version=dataset["version"], date=dataset["checked_on"]),
            note=dataset["digest"],
        ),
        Row(say("memo.engine"), say("memo.made", version=__version__, law=day, made=made_on.isoformat())),
        Row(say("memo.verify"), say("memo.how_to_verify", address=f"{address}/v1/receipts/verify")),
    )
    return Section("record", say("memo.record"), rows=rows)


def _cited(presenter: Presenter, entry: Entry) -> str:
    """How an entry is cited, with its title where the citation does not name it already."""
    cited, title = presenter.cite(entry), entry.title[presenter.lang]
    return cited if title in cited else presenter.say("memo.cited_with_title", cited=cited, title=title)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
