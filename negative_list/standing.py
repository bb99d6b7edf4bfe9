"""How one activity stands on one day, in one place, for one investor: the measures in force, applied and eased.

Every way in is tried: the list of the place, the national list, and each of them with each overlay that applies.
The kindest wins, and every step of it is cited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from negative_list.catalogue import Catalogue, Opening, Provision
from negative_list.model import Activity, Entry, Exemption, Instrument, Measure, Outcome, Proposal, Status
from negative_list.places import Gazetteer, Location
from negative_list.rules import RULES, Facts, Finding

# The terms that no data file states of a case: the certificate of the investor, doubts about a pilot, a stale list.
CERTIFICATE, CONFIRM, LAGGING = "cepa-certificate", "confirm-with-authority", "zone-list-lags"


@dataclass(frozen=True, slots=True)
class Situation:
    """What selects the law: the day, the place, where the investor comes from and whether it is certified there."""

    day: date
    location: Location | None = None
    origin: str | None = None
    certified: bool | None = None

    @classmethod
    def of(cls, proposal: Proposal) -> Situation:
        """The situation of a proposal whose day is settled."""
        assert proposal.as_of is not None
        return cls(
            day=proposal.as_of.value,
            location=None if proposal.location is None else proposal.location.value,
            origin=None if proposal.investor_origin is None else proposal.investor_origin.value.code,
            certified=None if proposal.origin_qualified is None else bool(proposal.origin_qualified.value),
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the answer: a measure, an opening, or the rule of national treatment, with citation and finding."""

    kind: str
    effect: Status
    finding: Finding
    instrument: Instrument
    entry: Entry
    measure: Measure | None = None
    lifted_by: Exemption | None = None
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A condition on which the answer rests, with the entry that asks for it."""

    id: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Standing:
    """How one activity stands on one reading of it, under which list, by which opening and on what terms."""

    status: Status
    outcome: Outcome | None
    max_foreign_share: float | None
    reasons: tuple[Reason, ...]
    access_list: Instrument
    opening: Opening | None = None
    terms: tuple[Term, ...] = ()

    @property
    def rank(self) -> tuple[Status, Outcome, float]:
        """From the kindest to the strictest."""
        share = 100.0 if self.max_foreign_share is None else self.max_foreign_share
        return self.status, self.outcome or Outcome.NO, -share

    @property
    def substance(self) -> tuple[Any, ...]:
        """What the law says here, apart from numbers of items: two standings of equal substance are the same rule."""
        binding = {
            (r.kind, str(r.measure.value)) for r in self.reasons if r.measure and r.effect is not Status.OPEN
        }
        return self.status, self.max_foreign_share, frozenset(binding), frozenset(term.id for term in self.terms)


class Bench:
    """Judges activities under the law of a catalogue. Pure; what is asked twice is remembered."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer) -> None:
        self.catalogue = catalogue
        self.gazetteer = gazetteer
        # The law alone, without a proposal: asked again for every date and place that might change an answer.
        self.bare = lru_cache(maxsize=8192)(self._bare)

    def stand(
        self, activity: Activity, situation: Situation, proposal: Proposal, *, other_reading: bool = False
    ) -> Standing:
        """The kindest standing that the situation allows; the list of the place goes before an equal national one."""
        concepts = self.catalogue.concepts(activity, other_reading=other_reading)
        lists = self.lists(situation)
        found = [self.under(activity, concepts, proposal, item, situation.day) for item in lists]
        if len(lists) > 1 and found[1].rank < found[0].rank:
            found[1] = _on_terms(found[1], (Term(LAGGING, found[0].reasons[0].entry),))
        if min(found, key=lambda item: item.rank).rank[:2] != (Status.OPEN, Outcome.YES):
            for opening in self.catalogue.openings(concepts):
                if not self.obstacles(opening, situation):
                    found += [
                        self.under(activity, concepts, proposal, item, situation.day, opening, situation.certified)
                        for item in lists
                    ]
        return min(found, key=lambda item: item.rank)

    def _bare(self, activity: str, situation: Situation, other_reading: bool = False) -> Standing:
        """How an activity stands by the law alone, whoever proposes what."""
        return self.stand(self.catalogue.activities[activity], situation, Proposal(), other_reading=other_reading)

    def kinds(self, day: date) -> dict[str, Status]:
        """How each activity stands on the national list of a day, with nothing else known."""
        situation, covered = Situation(day), self.catalogue.is_covered
        return {
            id_: self.bare(id_, situation).status if covered(id_) else Status.OPEN for id_ in self.catalogue.activities
        }

    def lists(self, situation: Situation) -> tuple[Instrument, ...]:
        """The access lists that apply: that of the place, where it has one, and the national one."""
        national = self.catalogue.access_list(situation.day)
        regime = self.gazetteer.regime(situation.location, situation.day)
        own = None if regime == "national" else self.catalogue.list_of(regime, situation.day)
        return (national,) if own is None else (own, national)

    def regimes(self, situation: Situation) -> tuple[str, ...]:
        """What sets a place apart on a day: the regime of its list, and the overlays that reach it."""
        regime = self.gazetteer.regime(situation.location, situation.day)
        overlays = {
            opening.instrument.id
            for opening in self.catalogue.all_openings
            if opening.easing.places
            and not opening.easing.origins
            and opening.instrument.in_force_on(situation.day)
            and situation.day in opening.easing.window
            and self.gazetteer.lies(situation.location, opening.easing.places, situation.day) == "inside"
        }
        return (*(() if regime == "national" else (regime,)), *sorted(overlays))

    def obstacles(self, opening: Opening, situation: Situation) -> tuple[str, ...]:
        """What keeps an overlay from applying, nothing where it applies: date, origin, certificate, place.

        An overlay that has ended says no more than that.
        """
        easing, day = opening.easing, situation.day
        start = max(opening.instrument.effective_from, easing.window.start or opening.instrument.effective_from)
        found = []
        if day < start:
            found.append("not_yet")
        elif not opening.instrument.in_force_on(day) or day not in easing.window:
            return ("ended",)
        if easing.origins and situation.origin not in easing.origins:
            found.append("origin_unsaid" if situation.origin is None else "origin")
        elif easing.certificate and situation.certified is False:
            found.append("certificate")
        if easing.places:
            lies = self.gazetteer.lies(situation.location, easing.places, day)
            if lies != "inside":
                found.append(f"place_{lies}")
        return tuple(found)

    def under(
        self,
        activity: Activity,
        concepts: frozenset[str],
        proposal: Proposal,
        access_list: Instrument,
        day: date,
        opening: Opening | None = None,
        certified: bool | None = None,
        *,
        alone: bool = False,
    ) -> Standing:
        """Apply every measure that covers the activity, under one list and at most one overlay.

        With `alone`, the list is taken by itself, without the statutes and regulations beside it.
        """
        provisions = self.catalogue.provisions(concepts, day, access_list)
        if alone:
            provisions = tuple(p for p in provisions if p.instrument is access_list)
        freed = {
            concept
            for p in provisions
            if p.instrument is access_list and p.lifted_by is not None
            for concept in p.measure.covers
        }
        kept: list[Provision] = []
        lifted: list[tuple[Provision, Opening | None]] = []
        for p in provisions:
            if opening is not None and p.lifted_by is None and not p.measure.covers.isdisjoint(opening.lifts):
                lifted.append((p, opening))
            elif p.lifted_by is not None or (p.measure.yields and not p.measure.covers.isdisjoint(freed)):
                lifted.append((p, None))
            else:
                kept.append(p)
        exceptions = {(p.entry.id, e.id): (p, e) for p, _ in lifted if (e := p.lifted_by) is not None}
        imposed = [
            Provision(p.instrument, p.entry, measure)
            for p, e in exceptions.values()
            for measure in e.imposes
            if day in measure.window
        ]
        terms = [Term(id_, p.entry) for p, e in exceptions.values() for id_ in e.conditions]
        if opening is not None:
            imposed += [
                Provision(opening.instrument, opening.entry, measure)
                for measure in opening.easing.imposes
                if day in measure.window
            ]
            terms += [Term(id_, opening.entry) for id_ in _terms_of(opening, certified)]
        facts = self._facts(activity, concepts, proposal, (*kept, *imposed))
        reasons = [_apply(p, facts) for p in (*kept, *imposed)]
        reasons += [_lift(p, facts, by) for p, by in lifted]
        if opening is not None:
            finding, at = Finding(None if terms else True, {}, {}, None), opening.instrument
            reasons.insert(0, Reason("opening", Status.OPEN, finding, at, opening.entry, opening=opening))
        elif not any(reason.effect is not Status.OPEN for reason in reasons):
            treatment = self.catalogue.note(access_list, "national_treatment")
            if treatment is not None:
                reasons.append(
                    Reason("national_treatment", Status.OPEN, Finding(True, {}, {}, 100), access_list, treatment)
                )
        reasons += _form_reasons(access_list, facts)
        return _on_terms(_sum(reasons, access_list, opening), tuple(terms))

    def _facts(
        self, activity: Activity, concepts: frozenset[str], proposal: Proposal, provisions: Iterable[Provision]
    ) -> Facts:
        """What the rules look at; the WTO commitment is that of the telecom categories, its own or those above it."""
        held = self.catalogue.telecom_categories
        categories = [held[code] for code in activity.telecom_categories]
        categories = categories or [category for category in held.values() if category.activity in concepts]
        shares = [c.wto_max_foreign_share for c in categories if c.wto_max_foreign_share is not None]
        # Of several services some may be committed and others not: which one is meant remains open.
        committed = {category.wto_committed for category in categories}
        return Facts(
            share=proposal.share,
            one_investor=proposal.one_investor,
            share_range=proposal.share_range,
            form=proposal.form_name,
            chinese_control=proposal.controlled_by_chinese,
            committed=committed.pop() if len(committed) == 1 else None,
            committed_share=min(shares) if shares else None,
            share_rule=any(RULES[p.measure.kind].is_share_rule for p in provisions),
        )

    def turning_days(self, activity: Activity, situation: Situation, *, other_reading: bool = False) -> list[date]:
        """The days, in order, on which the answer for an activity in a place may change."""
        concepts = self.catalogue.concepts(activity, other_reading=other_reading)
        days = set(self.catalogue.turning_days(concepts))
        if situation.location is not None:
            places = self.catalogue.containing(situation.location.place)
            days.update(place.effective_from for place in places if place.effective_from is not None)
        return sorted(day for day in days if day >= self.catalogue.first_day)


def _terms_of(opening: Opening, certified: bool | None) -> Iterable[str]:
    yield from opening.easing.conditions
    if opening.easing.certificate and not certified:
        yield CERTIFICATE
    if opening.easing.unconfirmed:
        yield CONFIRM


def _apply(provision: Provision, facts: Facts) -> Reason:
    rule = RULES[provision.measure.kind]
    finding = rule.apply(provision.measure.value, facts)
    return Reason(rule.kind, rule.effect, finding, provision.instrument, provision.entry, provision.measure)


def _lift(provision: Provision, facts: Facts, opening: Opening | None) -> Reason:
    """A measure set aside, with what it would have asked; `opening` where an overlay does it."""
    lifted: dict[str, Any] = {}
    exemption = provision.lifted_by
    for measure in provision.entry.measures:
        if measure is provision.measure or (exemption is not None and measure.id in exemption.lifts):
            lifted |= RULES[measure.kind].apply(measure.value, facts).requirement
    finding = Finding(True, {"lifted": lifted}, {}, 100)
    kind = provision.measure.kind
    return Reason(
        kind, Status.OPEN, finding, provision.instrument, provision.entry, provision.measure, exemption, opening
    )


def _form_reasons(access_list: Instrument, facts: Facts) -> list[Reason]:
    found = []
    for entry in access_list.entries:
        for measure in () if entry.is_item else entry.measures:
            finding = RULES[measure.kind].apply(measure.value, facts)
            if finding.applies:
                effect = RULES[measure.kind].effect
                found.append(Reason(measure.kind, effect, finding, access_list, entry, measure))
    return found


def _sum(reasons: list[Reason], access_list: Instrument, opening: Opening | None) -> Standing:
    """The strictest effect and the strictest finding of all reasons, and the smallest cap."""
    status = max((reason.effect for reason in reasons), default=Status.OPEN)
    if status is Status.UNDETERMINED:
        return Standing(status, None, None, tuple(reasons), access_list, opening)
    binding = [reason for reason in reasons if reason.effect is not Status.OPEN]
    caps = [r.finding.max_foreign_share for r in binding if r.finding.max_foreign_share is not None]
    highest = min(caps) if caps else (100.0 if status is Status.OPEN else None)
    if status is Status.PROHIBITED:
        highest = 0.0
    outcome = max(reason.finding.outcome for reason in reasons)
    return Standing(status, outcome, highest, tuple(reasons), access_list, opening)


def _on_terms(standing: Standing, terms: tuple[Term, ...]) -> Standing:
    """A standing that rests on terms as well: what would pass outright passes on conditions."""
    if not terms:
        return standing
    outcome = Outcome.CONDITIONAL if standing.outcome is Outcome.YES else standing.outcome
    return Standing(
        standing.status,
        outcome,
        standing.max_foreign_share,
        standing.reasons,
        standing.access_list,
        standing.opening,
        (*standing.terms, *terms),
    )
