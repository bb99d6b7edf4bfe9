"""From a proposal to a determination, top to bottom. Pure: no clock, no network, no disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from negative_list.advising import Advice, advise
from negative_list.catalogue import Catalogue, Provision
from negative_list.index import SearchIndex
from negative_list.model import Activity, Entry, Exemption, Instrument, Licence, Measure, Outcome, Proposal, Status
from negative_list.proposal import Reader, Reading, regime_of
from negative_list.recognition import ACCEPT, SUSPECT, Match, Recogniser, Recognition
from negative_list.rules import RULES, Facts, Finding


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the answer: a measure (or the rule of national treatment) with its citation and its finding."""

    kind: str
    effect: Status
    finding: Finding
    instrument: Instrument
    entry: Entry
    measure: Measure | None = None
    lifted_by: Exemption | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one activity stands on one reading of it."""

    status: Status
    outcome: Outcome | None
    max_foreign_share: float | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """An activity recognised, how it stands, and how it would stand on the other reading where it is contested."""

    activity: Activity
    match: Match
    standing: Standing
    other: Standing | None = None
    licences: tuple[Licence, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """The outcome over both readings: where they part, it is conditional, save that what is prohibited stays no."""
        settled = (None, self.standing.outcome) if self.other is None else (self.other.outcome, None)
        if self.standing.outcome in settled or self.standing.status in (Status.PROHIBITED, Status.UNDETERMINED):
            return self.standing.outcome
        return Outcome.CONDITIONAL


@dataclass(frozen=True, slots=True)
class Condition:
    """Something the proposal leaves open that decides: from a reason, from a contested reading, or from the text."""

    id: str
    reason: Reason | None = None
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
class Determination:
    """The answer to one proposal, in no language yet."""

    proposal: Proposal
    access_list: Instrument
    regime: str
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

    def __init__(self, catalogue: Catalogue, index_root: Path) -> None:
        self.catalogue = catalogue
        self.index = SearchIndex(catalogue, index_root)
        self.reader = Reader(catalogue)
        self._recogniser = Recogniser(catalogue, self.index)

    def determine(self, fields: Mapping[str, Any], today: date) -> Determination:
        """Determine a proposal given as checked fields of the HTTP contract.

        `today` is the day asked about when the proposal names none. Raises ProposalError, TooEarly.
        """
        reading = self.reader.read(fields, today)
        return self._conclude(reading.proposal, self._recogniser.recognise(reading))

    def standing_today(self, activity: Activity, today: date) -> Verdict:
        """How an activity stands nationwide on a day with nothing else known."""
        reading = self.reader.read({"activity_ids": (activity.id,), "as_of": today}, today)
        access_list = self.catalogue.access_list(today)
        return self._judge(Match(activity.id, "id", 1.0), reading.proposal, access_list, today)

    def _conclude(self, proposal: Proposal, seen: Recognition) -> Determination:
        assert proposal.as_of is not None
        day = proposal.as_of.value
        regime = regime_of(self.reader.gazetteer, proposal)
        access_list = self.catalogue.access_list(day, regime)
        verdicts = tuple(self._judge(match, proposal, access_list, day) for match in seen.matches)
        suspects = self._suspects(seen, proposal, access_list, day)
        undetermined = self._undetermined(verdicts, seen, suspects, proposal, access_list, day)
        status, outcome = _overall(verdicts, undetermined)
        conditions = _conditions(verdicts, suspects)
        if outcome is Outcome.YES and suspects:
            outcome = Outcome.CONDITIONAL
        return Determination(
            proposal=proposal,
            access_list=access_list,
            regime=regime,
            status=status,
            outcome=outcome,
            verdicts=verdicts,
            undetermined=undetermined,
            conditions=conditions if outcome is Outcome.CONDITIONAL else (),
            advice=advise(self.catalogue, proposal, [(v.activity, v.standing.status) for v in verdicts], day),
            not_understood=seen.not_understood,
            excluded=seen.excluded,
        )

    def _judge(self, match: Match, proposal: Proposal, access_list: Instrument, day: date) -> Verdict:
        activity = self.catalogue.activities[match.activity]
        standing = self._stand(activity, proposal, access_list, day)
        other = None
        if activity.contested is not None:
            other = self._stand(activity, proposal, access_list, day, other_reading=True)
        licences = tuple(self.catalogue.licences[id_] for id_ in activity.licences)
        return Verdict(activity, match, standing, other, licences)

    def _stand(
        self,
        activity: Activity,
        proposal: Proposal,
        access_list: Instrument,
        day: date,
        *,
        other_reading: bool = False,
    ) -> Standing:
        """Apply every measure that covers the activity; the strictest effect and the strictest finding win."""
        concepts = self.catalogue.concepts(activity, other_reading=other_reading)
        provisions = self.catalogue.provisions(concepts, day, access_list)
        facts = self._facts(activity, concepts, proposal, provisions)
        reasons = [_apply(provision, facts) for provision in provisions]
        binding = [reason for reason in reasons if reason.effect is not Status.OPEN]
        if not binding:
            treatment = self.catalogue.note(access_list, "national_treatment")
            if treatment is not None:
                finding = Finding(True, {}, {}, 100)
                reasons.append(Reason("national_treatment", Status.OPEN, finding, access_list, treatment))
        reasons += self._form_reasons(access_list, facts)
        status = max((reason.effect for reason in reasons), default=Status.OPEN)
        caps = [r.finding.max_foreign_share for r in binding if r.finding.max_foreign_share is not None]
        if status is Status.UNDETERMINED:
            return Standing(status, None, None, tuple(reasons))
        outcome = max(reason.finding.outcome for reason in reasons)
        highest = min(caps) if caps else (100.0 if status is Status.OPEN else None)
        if status is Status.PROHIBITED:
            highest = 0.0
        return Standing(status, outcome, highest, tuple(reasons))

    def _facts(
        self, activity: Activity, concepts: frozenset[str], proposal: Proposal, provisions: Iterable[Provision]
    ) -> Facts:
        """What the rules look at; the WTO commitment is that of the telecom categories, its own or those above it."""
        held = self.catalogue.telecom_categories
        categories = [held[code] for code in activity.telecom_categories]
        categories = categories or [category for category in held.values() if category.activity in concepts]
        shares = [c.wto_max_foreign_share for c in categories if c.wto_max_foreign_share is not None]
        return Facts(
            share=proposal.share,
            form=proposal.form_name,
            chinese_control=proposal.controlled_by_chinese,
            committed=all(c.wto_committed for c in categories) if categories else None,
            committed_share=min(shares) if shares else None,
            share_rule=any(RULES[p.measure.kind].is_share_rule and p.lifted_by is None for p in provisions),
        )

    def _form_reasons(self, access_list: Instrument, facts: Facts) -> list[Reason]:
        found = []
        for entry in access_list.entries:
            for measure in () if entry.is_item else entry.measures:
                finding = RULES[measure.kind].apply(measure.value, facts)
                if finding.applies:
                    effect = RULES[measure.kind].effect
                    found.append(Reason(measure.kind, effect, finding, access_list, entry, measure))
        return found

    def _undetermined(
        self,
        verdicts: tuple[Verdict, ...],
        seen: Recognition,
        suspects: tuple[Match, ...],
        proposal: Proposal,
        access_list: Instrument,
        day: date,
    ) -> Undetermined | None:
        """Why there is no plain verdict, if there is none."""

        def stand(ids: Iterable[str]) -> tuple[Verdict, ...]:
            return tuple(self._judge(Match(id_, "candidate", 0.0), proposal, access_list, day) for id_ in ids)

        if seen.outbound or any(term.kind in ("outbound", "domestic") for term in seen.off_topic):
            return Undetermined("not_an_investment_question", "outbound")
        if any(verdict.standing.status is Status.UNDETERMINED for verdict in verdicts):
            return Undetermined("not_an_investment_question", "barred_to_all")
        for term in self._unresolved(seen, verdicts):
            candidates = stand(term.candidates)
            if not _agree(candidates):
                return Undetermined("ambiguous", "term", candidates, term.id)
        if suspects and all(verdict.standing.status is Status.OPEN for verdict in verdicts):
            return Undetermined("ambiguous", "suspect", stand(match.activity for match in suspects))
        if verdicts:
            return None
        if seen.off_topic and not seen.ambiguous:
            return Undetermined("not_an_investment_question", "off_topic")
        offered = stand(match.activity for match in seen.offered)
        if seen.ambiguous:
            return Undetermined("ambiguous", "term", stand(seen.ambiguous[0].candidates), seen.ambiguous[0].id)
        best = seen.offered[0].score if seen.offered else 0.0
        if len(offered) > 1 and best >= ACCEPT:
            return Undetermined("ambiguous", "which", offered)
        if seen.excluded and not seen.not_understood:
            return Undetermined("unrecognised", "only_excluded")
        return Undetermined("unrecognised", "rephrase", offered)

    def _suspects(
        self, seen: Recognition, proposal: Proposal, access_list: Instrument, day: date
    ) -> tuple[Match, ...]:
        """The activities, none of them open, that words left over beside a recognised activity come near to."""
        if not seen.matches:
            return ()
        return tuple(
            match
            for match in seen.offered
            if match.text in seen.not_understood
            and match.score >= SUSPECT
            and match.evidence > 1
            and self._judge(match, proposal, access_list, day).standing.status is not Status.OPEN
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


def _apply(provision: Provision, facts: Facts) -> Reason:
    rule = RULES[provision.measure.kind]
    finding, effect = rule.apply(provision.measure.value, facts), rule.effect
    if provision.lifted_by is not None:
        lifted: dict[str, Any] = {}
        for measure in provision.entry.measures:
            if measure.id in provision.lifted_by.lifts:
                lifted |= RULES[measure.kind].apply(measure.value, facts).requirement
        finding, effect = Finding(True, {"lifted": lifted}, {}, 100), Status.OPEN
    return Reason(
        rule.kind, effect, finding, provision.instrument, provision.entry, provision.measure, provision.lifted_by
    )


def _agree(verdicts: tuple[Verdict, ...]) -> bool:
    return len({(v.standing.status, v.outcome) for v in verdicts}) == 1


def _overall(verdicts: tuple[Verdict, ...], undetermined: Undetermined | None) -> tuple[Status, Outcome | None]:
    """The strictest of all activities.

    What is known to be restricted or prohibited stays so even when another part is not understood; what is open
    does not.
    """
    known = [v for v in verdicts if v.standing.status is not Status.UNDETERMINED]
    status = max((v.standing.status for v in known), default=Status.UNDETERMINED)
    outcomes = [v.outcome for v in known if v.outcome is not None]
    outcome = max(outcomes, default=None)
    if undetermined is None:
        return status, outcome
    if undetermined.question == "outbound" or status in (Status.OPEN, Status.UNDETERMINED):
        return Status.UNDETERMINED, None
    if any(v.standing.status is Status.UNDETERMINED for v in verdicts):
        return status, Outcome.NO
    return status, outcome if outcome is Outcome.NO else Outcome.CONDITIONAL


def _conditions(verdicts: tuple[Verdict, ...], suspects: tuple[Match, ...]) -> tuple[Condition, ...]:
    found: dict[tuple[str, str], Condition] = {}
    for verdict in verdicts:
        for reason in verdict.standing.reasons:
            if reason.finding.met is None and reason.measure is not None:
                found.setdefault((reason.entry.id, reason.measure.id), Condition(reason.kind, reason, verdict))
        if verdict.other is not None and verdict.outcome is Outcome.CONDITIONAL:
            found.setdefault(("contested", verdict.activity.id), Condition("contested_reading", None, verdict))
    if suspects:
        words = dict.fromkeys(match.text for match in suspects if match.text is not None)
        found["text", ""] = Condition("not_understood", words=tuple(words))
    return tuple(found.values())


__all__ = [
    "Condition",
    "Determination",
    "Engine",
    "Reading",
    "Reason",
    "Standing",
    "Undetermined",
    "Verdict",
]
