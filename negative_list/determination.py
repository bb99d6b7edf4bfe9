"""From a proposal to a determination, top to bottom. Pure: no clock, no network, no disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from negative_list.advising import Advice, advise
from negative_list.catalogue import Catalogue
from negative_list.index import SearchIndex
from negative_list.leftovers import SUSPECT, WHICH
from negative_list.matches import Match
from negative_list.model import Activity, Entry, Instrument, Licence, Outcome, Proposal, Status
from negative_list.proposal import Reader
from negative_list.recognition import Recogniser, Recognition
from negative_list.relaxations import Relaxation, relaxations
from negative_list.settling import Settler
from negative_list.standing import Bench, Reason, Situation, Standing, Term
from negative_list.suggesting import Suggester
from negative_list.timeline import Timeline, timeline
from negative_list.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Verdict:
    """An activity recognised, how it stands, and how it would stand on the other reading where it is contested."""

    activity: Activity
    match: Match
    standing: Standing
    other: Standing | None = None
    licences: tuple[Licence, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    neighbouring: tuple[Entry, ...] = ()
    timeline: Timeline | None = None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome over both readings: where they part, it is conditional, save that what is prohibited stays no."""
        settled = (None, self.standing.outcome) if self.other is None else (self.other.outcome, None)
        if self.standing.outcome in settled or self.standing.status in (Status.PROHIBITED, Status.UNDETERMINED):
            return self.standing.outcome
        return Outcome.CONDITIONAL


@dataclass(frozen=True, slots=True)
class Condition:
    """Something the proposal leaves open that decides: a reason, a term, a contested reading, or words of the text."""

    id: str
    reason: Reason | None = None
    term: Term | None = None
    verdict: Verdict | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undetermined:
    """Why no verdict is given, and what to ask."""

    reason: str
    question: str
    candidates: tuple[Verdict, ...] = ()
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts on what was recognised, what else may be meant, and why there is no plain verdict, if so."""

    verdicts: tuple[Verdict, ...]
    suspects: tuple[Match, ...]
    undetermined: Undetermined | None


@dataclass(frozen=True, slots=True)
class Determination:
    """The answer to one proposal, in no language yet."""

    proposal: Proposal
    access_list: Instrument
    regimes: tuple[str, ...]
    status: Status
    outcome: Outcome | None
    verdicts: tuple[Verdict, ...]
    undetermined: Undetermined | None
    conditions: tuple[Condition, ...]
    advice: tuple[Advice, ...]
    not_understood: tuple[str, ...]
    excluded: tuple[str, ...]


class Engine:
    """Answers proposals against one catalogue. Everything is prepared when it is made; `determine` is pure."""

    def __init__(
        self,
        catalogue: Catalogue,
        index_root: Path,
        vocabulary: Vocabulary | None = None,
        suggester: Suggester | None = None,
    ) -> None:
        self.catalogue = catalogue
        self._suggester = suggester
        self.index = SearchIndex(catalogue, index_root)
        vocabulary = vocabulary or Vocabulary.of(catalogue)
        self.reader = Reader(
            catalogue, vocabulary.lexicon, vocabulary.speller, vocabulary.gazetteer, vocabulary.passages
        )
        self.bench = Bench(catalogue, self.reader.gazetteer)
        self.kinds = vocabulary.gist.kinds
        self.recogniser = Recogniser(catalogue, vocabulary.ranker, vocabulary.gist)
        contested = [activity.id for activity in catalogue.activities.values() if activity.contested is not None]
        self._settler = Settler(self.kinds, contested)
        self._surroundings = lru_cache(maxsize=8192)(self._look_around)

    @cached_property
    def suggester(self) -> Suggester:
        """Suggests activities and places; made when first asked for, unless it was given."""
        return self._suggester or Suggester.of(self.catalogue)

    def determine(self, fields: Mapping[str, Any], today: date) -> Determination:
        """Determine a proposal given as checked fields of the HTTP contract.

        `today` is the day asked about when the proposal names none. Raises ProposalError, TooEarly.
        """
        reading = self.reader.read(fields, today)
        proposal, seen = reading.proposal, self.recogniser.recognise(reading)
        judged = self._weigh(proposal, seen)
        settled = self._settler.settle(proposal.heard, seen, *self._told(judged))
        if settled is not None:
            seen, judged = settled, self._weigh(proposal, settled)
        return self._conclude(proposal, seen, judged)

    def by_labels(self, fields: Mapping[str, Any], today: date) -> Determination:
        """What `determine` would answer if it did not hear the text as a whole. Raises ProposalError, TooEarly."""
        reading = self.reader.read(fields, today)
        seen = self.recogniser.recognise(reading)
        return self._conclude(reading.proposal, seen, self._weigh(reading.proposal, seen))

    def _told(self, judged: Judged) -> tuple[Status, tuple[str, ...]]:
        """The kind of business that labels alone tell, and the activities asked about."""
        asked = () if judged.undetermined is None else tuple(v.activity.id for v in judged.undetermined.candidates)
        kind = max((self.kinds[verdict.activity.id] for verdict in judged.verdicts), default=Status.UNDETERMINED)
        if judged.undetermined is not None and kind is Status.OPEN:
            kind = Status.UNDETERMINED
        return kind, asked

    def standing_on(self, activity: Activity, situation: Situation) -> Standing:
        """How an activity stands in a situation with nothing else known. Raises TooEarly."""
        return self.bench.bare(activity.id, situation)

    def at_a_glance(self, activity: Activity, situation: Situation) -> Verdict:
        """How an activity stands in a situation with nothing else known, on both readings. Raises TooEarly."""
        other = None
        if activity.contested is not None:
            other = self.bench.bare(activity.id, situation, other_reading=True)
        licences = tuple(self.catalogue.licences[id_] for id_ in activity.licences)
        match = Match(activity.id, "id", 1.0)
        return Verdict(activity, match, self.standing_on(activity, situation), other, licences)

    def _weigh(self, proposal: Proposal, seen: Recognition) -> Judged:
        """What is recognised, judged, and why that gives no plain verdict, if it gives none."""
        plain, mixed = self._classes(seen, proposal)
        verdicts = (*plain, *mixed)
        suspects = self._suspects(seen, proposal, max((v.standing.status for v in verdicts), default=Status.OPEN))
        return Judged(verdicts, suspects, self._undetermined(verdicts, mixed, seen, suspects, proposal))

    def _conclude(self, proposal: Proposal, seen: Recognition, judged: Judged) -> Determination:
        situation = Situation.of(proposal)
        access_list = self.bench.lists(situation)[0]
        verdicts = tuple(self._surrounded(verdict, situation) for verdict in judged.verdicts)
        suspects, undetermined = judged.suspects, judged.undetermined
        status, outcome = _overall(verdicts, undetermined)
        unknown = seen.unknown if status is Status.OPEN else ()
        conditions = _conditions(verdicts, (*(match.text for match in suspects), *unknown))
        if outcome is Outcome.YES and (suspects or unknown):
            outcome = Outcome.CONDITIONAL
        standings = [(v.activity, v.standing.status) for v in verdicts]
        return Determination(
            proposal=proposal,
            access_list=access_list,
            regimes=self.bench.regimes(situation),
            status=status,
            outcome=outcome,
            verdicts=verdicts,
            undetermined=undetermined,
            conditions=conditions if outcome is Outcome.CONDITIONAL else (),
            advice=advise(self.catalogue, proposal, standings, situation.day),
            not_understood=seen.not_understood,
            excluded=seen.excluded,
        )

    def _classes(self, seen: Recognition, proposal: Proposal) -> tuple[list[Verdict], list[Verdict]]:
        """The verdicts on what was named, and those on industry classes that hold both listed and unlisted business.

        A class whose activities all stand alike is one verdict; one that something named beside it falls into adds
        nothing to it.
        """
        plain = [self._judge(match, proposal) for match in seen.matches]
        mixed: list[Verdict] = []
        ancestry = self.catalogue.ancestry
        for parts in seen.classes:
            if any(
                part.activity in ancestry[match.activity] or match.activity in ancestry[part.activity]
                for part in parts
                for match in seen.matches
            ):
                continue
            verdicts = [self._judge(part, proposal) for part in parts]
            if _agree(verdicts):
                plain.append(verdicts[0])
            else:
                mixed += verdicts
        return plain, mixed

    def _judge(self, match: Match, proposal: Proposal) -> Verdict:
        activity = self.catalogue.activities[match.activity]
        situation = Situation.of(proposal)
        standing = self.bench.stand(activity, situation, proposal)
        other = None
        if activity.contested is not None:
            other = self.bench.stand(activity, situation, proposal, other_reading=True)
        licences = tuple(self.catalogue.licences[id_] for id_ in activity.licences)
        return Verdict(activity, match, standing, other, licences)

    def _surrounded(self, verdict: Verdict, situation: Situation) -> Verdict:
        """A verdict with what stands around it: what would better it, neighbouring layers, and its place in time."""
        eased, neighbouring, times = self._surroundings(verdict.activity.id, situation)
        return replace(verdict, relaxations=eased, neighbouring=neighbouring, timeline=times)

    def _look_around(
        self, id_: str, situation: Situation
    ) -> tuple[tuple[Relaxation, ...], tuple[Entry, ...], Timeline]:
        activity = self.catalogue.activities[id_]
        regime = self.reader.gazetteer.regime(situation.location, situation.day)
        return (
            relaxations(self.bench, activity, situation),
            self.catalogue.concerning(self.catalogue.ancestry[id_], situation.day, regime),
            timeline(self.bench, activity, situation),
        )

    def _undetermined(
        self,
        verdicts: tuple[Verdict, ...],
        mixed: list[Verdict],
        seen: Recognition,
        suspects: tuple[Match, ...],
        proposal: Proposal,
    ) -> Undetermined | None:
        """Why there is no plain verdict, if there is none."""

        if seen.outbound or any(term.kind in ("outbound", "domestic") for term in seen.off_topic):
            return Undetermined("not_an_investment_question", "outbound")
        if any(verdict.standing.status is Status.UNDETERMINED for verdict in verdicts):
            return Undetermined("not_an_investment_question", "barred_to_all")
        for term in self._unresolved(seen, verdicts):
            candidates = self._candidates(term.candidates, proposal)
            # Readings that agree leave nothing to ask, unless they are stricter than what is understood beside them.
            if not _agree(candidates) or candidates[0].standing.status is not Status.OPEN:
                return Undetermined("ambiguous", "term", candidates, term.id)
        if seen.contradicted is not None:
            return self._contradiction(seen.contradicted, proposal)
        if mixed:
            return Undetermined("ambiguous", "industry", tuple(mixed))
        if self._is_chatter(seen, verdicts, proposal):
            return Undetermined("not_an_investment_question", "off_topic")
        if suspects:
            ids = [match.activity for match in suspects]
            return Undetermined("ambiguous", "suspect", self._candidates(ids, proposal))
        return None if verdicts else self._unnamed(seen, proposal)

    def _contradiction(self, asked: Iterable[str], proposal: Proposal) -> Undetermined:
        """What to ask where the text as a whole does not bear out what its labels name."""
        candidates = self._candidates(asked, proposal)
        if len(candidates) > 1:
            return Undetermined("ambiguous", "which", candidates)
        return Undetermined("unrecognised", "rephrase", candidates)

    def _unnamed(self, seen: Recognition, proposal: Proposal) -> Undetermined:
        """Why a text that names no activity has no verdict."""
        if seen.off_topic and not seen.ambiguous:
            return Undetermined("not_an_investment_question", "off_topic")
        if seen.ambiguous:
            term = seen.ambiguous[0]
            return Undetermined("ambiguous", "term", self._candidates(term.candidates, proposal), term.id)
        offered = self._candidates([match.activity for match in seen.offered], proposal)
        best = seen.offered[0].score if seen.offered else 0.0
        if len(offered) > 1 and best >= WHICH:
            return Undetermined("ambiguous", "which", offered)
        if seen.excluded and not seen.not_understood:
            return Undetermined("unrecognised", "only_excluded")
        return Undetermined("unrecognised", "rephrase", offered)

    def _candidates(self, ids: Iterable[str], proposal: Proposal) -> tuple[Verdict, ...]:
        return tuple(self._judge(Match(id_, "candidate", 0.0), proposal) for id_ in ids)

    @staticmethod
    def _is_chatter(seen: Recognition, verdicts: tuple[Verdict, ...], proposal: Proposal) -> bool:
        """Whether words of small talk or of a private errand go with nothing that an investor would say.

        "Which hotpot place is good" names restaurants, and nobody who invests in one.
        """
        facts = (proposal.foreign_share, proposal.form, proposal.investor_origin)
        aside = any(term.kind in ("chatter", "personal") for term in seen.off_topic)
        return aside and facts == (None, None, None) and all(v.standing.status is Status.OPEN for v in verdicts)

    def _suspects(self, seen: Recognition, proposal: Proposal, status: Status) -> tuple[Match, ...]:
        """The activities that a text may name beside those recognised, and that stand stricter than these do.

        Labels of which it is not sure whose business they name, and what words left over come near to. What is only
        broader than something recognised is none.
        """
        if not seen.matches:
            return ()
        above = {id_ for match in seen.matches for id_ in self.catalogue.ancestry[match.activity]}
        near = [
            match
            for match in seen.offered
            if match.text in seen.not_understood and match.score >= SUSPECT and match.evidence > 1
        ]
        return tuple(
            match
            for match in (*seen.doubted, *near)
            if match.activity not in above and self._judge(match, proposal).standing.status > status
        )

    def _unresolved(self, seen: Recognition, verdicts: tuple[Verdict, ...]) -> Iterable[Any]:
        """The vague words that no recognised activity explains.

        A word is explained when one of its readings, or something above or below it, was recognised.
        """
        ancestry = self.catalogue.ancestry
        for term in seen.ambiguous:
            explained = any(
                candidate in ancestry[verdict.activity.id] or verdict.activity.id in ancestry[candidate]
                for candidate in term.candidates
                for verdict in verdicts
            )
            if not explained:
                yield term


def _agree(verdicts: Sequence[Verdict]) -> bool:
    return len({(v.standing.status, v.outcome) for v in verdicts}) == 1


def _overall(verdicts: tuple[Verdict, ...], undetermined: Undetermined | None) -> tuple[Status, Outcome | None]:
    """The strictest of all activities.

    What is known to be restricted or prohibited stays so even when another part is not understood; what is open
    does not, nor does what is only restricted beside what is barred to all.
    """
    known = [v for v in verdicts if v.standing.status is not Status.UNDETERMINED]
    status = max((v.standing.status for v in known), default=Status.UNDETERMINED)
    outcomes = [v.outcome for v in known if v.outcome is not None]
    outcome = max(outcomes, default=None)
    if undetermined is None:
        return status, outcome
    if undetermined.question in ("outbound", "industry") or status in (Status.OPEN, Status.UNDETERMINED):
        return Status.UNDETERMINED, None
    if any(v.standing.status is Status.UNDETERMINED for v in verdicts):
        return (status, Outcome.NO) if status is Status.PROHIBITED else (Status.UNDETERMINED, None)
    return status, outcome if outcome is Outcome.NO else Outcome.CONDITIONAL


def _conditions(verdicts: tuple[Verdict, ...], unknown: Iterable[str | None]) -> tuple[Condition, ...]:
    found: dict[tuple[str, str], Condition] = {}
    for verdict in verdicts:
        for reason in verdict.standing.reasons:
            if reason.finding.met is None and reason.measure is not None:
                key = (reason.entry.id, reason.measure.id)
                found.setdefault(key, Condition(reason.kind, reason, verdict=verdict))
        for term in verdict.standing.terms:
            found.setdefault((term.entry.id, term.id), Condition(term.id, term=term, verdict=verdict))
        if verdict.other is not None and verdict.outcome is Outcome.CONDITIONAL:
            found.setdefault(("contested", verdict.activity.id), Condition("contested_reading", verdict=verdict))
    if words := dict.fromkeys(text for text in unknown if text is not None):
        found["text", ""] = Condition("not_understood", words=tuple(words))
    return tuple(found.values())

