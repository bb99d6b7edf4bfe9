"""The sentences of an answer: citations, explanations, summaries and questions, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from negative_list.catalogue import Catalogue
from negative_list.determination import Determination, Verdict
from negative_list.model import Easing, Entry, Instrument, Outcome, Proposal, ShareRange, Status
from negative_list.origins import origins
from negative_list.relaxations import Relaxation
from negative_list.standing import Reason, Standing
from negative_list.timeline import Timeline

_FORM_KINDS = ("form_barred", "partnership_barred")


def number(value: float | None) -> float | int | None:
    """A number without a decimal part as an integer."""
    return int(value) if value is not None and float(value).is_integer() else value


def outcome_word(outcome: Outcome | None) -> str | None:
    return None if outcome is None else outcome.value


class Speaker:
    """Speaks one language, `en` or `zh`, with the phrases of the data set."""

    def __init__(self, catalogue: Catalogue, lang: str) -> None:
        self.catalogue = catalogue
        self.lang = lang
        # Chinese sentences follow each other without a space.
        self.gap = "" if lang == "zh" else " "

    def say(self, key: str, **values: Any) -> str:
        """A phrase of the data set with its blanks filled."""
        return self.catalogue.wording[key][self.lang].format(**values)

    # -- citations -----------------------------------------------------------------------------------------

    def cite(self, entry: Entry, instrument: Instrument | None = None) -> str:
        """How a lawyer would name an entry, in words."""
        instrument = instrument or self.catalogue.instruments[entry.instrument]
        kind, _, tail = entry.number.partition("-")
        form = "item" if entry.is_item else {"note": "note", "art": "article"}.get(kind, "other")
        if entry.is_item and instrument.enumeration == "own":
            form = "heading"
        elif entry.is_item and tail:
            form = f"item_{kind}"
        shown = tail or entry.number
        listed = instrument.short_title[self.lang]
        return self.say(f"cite.{form}", number=shown, list=listed, title=entry.title[self.lang])

    def citation(self, entry: Entry) -> dict[str, Any]:
        """The citation object of the HTTP contract."""
        instrument = self.catalogue.instruments[entry.instrument]
        return {
            "entry": entry.id,
            "instrument": instrument.id,
            "item": entry.number,
            "title": entry.title.en,
            "title_zh": entry.title.zh,
            "cited_as": self.cite(entry),
            "effective_from": instrument.effective_from.isoformat(),
            "href": f"/v1/entries/{entry.id}",
            "source_url": instrument.source_url,
        }

    def explain(self, reason: Reason) -> str:
        """A reason in plain words: the measure, then what the proposal makes of it."""
        if reason.measure is None:
            if reason.opening is not None:
                return reason.opening.easing.text[self.lang]
            return self.say("explain.national_treatment", list=reason.instrument.short_title[self.lang])
        if reason.lifted_by is not None:
            measure, exception = reason.measure.text[self.lang], reason.lifted_by.text[self.lang]
            return self.say("explain.lifted", measure=measure, exception=exception)
        if reason.opening is not None:
            cited = self.cite(reason.opening.entry, reason.opening.instrument)
            return self.say("explain.set_aside", measure=reason.measure.text[self.lang], citation=cited)
        if reason.effect is Status.OPEN and reason.finding.requirement.get("lifted"):
            return self.say("explain.yields", measure=reason.measure.text[self.lang])
        parts = [reason.measure.text[self.lang]]
        finding = reason.finding
        if reason.kind == "wto_commitments_only" and finding.max_foreign_share is not None:
            key = "explain.closed" if finding.max_foreign_share == 0 else "explain.committed"
            parts.append(self.say(key, max=number(finding.max_foreign_share)))
        if "foreign_share" in finding.proposed:
            parts.append(self._proposed_share(finding.proposed["foreign_share"]))
        if reason.effect is not Status.PROHIBITED:
            parts.append(self.say({True: "explain.met", False: "explain.unmet", None: "explain.unknown"}[finding.met]))
        return self.gap.join(parts)

    def _proposed_share(self, share: float | ShareRange) -> str:
        if not isinstance(share, ShareRange):
            return self.say("explain.share", share=number(share))
        if share.low == 0:
            key = "below" if share.high_excluded else "up_to"
        elif share.high == 100:
            key = "above" if share.low_excluded else "from"
        else:
            key = "between"
        return self.say(f"explain.share_{key}", low=number(share.low), high=number(share.high))

    def question(self, result: Determination) -> str:
        """The one question whose answer would settle an undetermined proposal."""
        assert result.undetermined is not None
        if result.undetermined.term is not None:
            term = next(term for term in self.catalogue.ambiguous if term.id == result.undetermined.term)
            return term.question[self.lang]
        return self.say(f"question.{result.undetermined.question}")

    # -- summaries -----------------------------------------------------------------------------------------

    def summary(self, result: Determination) -> str:
        """One or two plain sentences."""
        gap = "" if self.lang == "zh" else " "
        barred = [v for v in result.verdicts if v.standing.status is Status.UNDETERMINED]
        if result.status is Status.UNDETERMINED:
            if barred:
                return self._activity_sentence(barred[0], result)
            return self.question(result)
        strictest = max(
            result.verdicts, key=lambda v: (v.standing.status, Outcome.YES if v.outcome is None else v.outcome)
        )
        sentence = self._activity_sentence(strictest, result)
        if len(result.verdicts) > 1:
            sentence = self.say("summary.several", count=len(result.verdicts), strictest=sentence)
        if result.status is Status.PROHIBITED:
            return sentence
        sentence += gap + self.say(f"summary.{outcome_word(result.outcome)}")
        if strictest.other is not None and strictest.outcome is Outcome.CONDITIONAL:
            sentence += gap + self.say("summary.contested")
        return sentence

    def _activity_sentence(self, verdict: Verdict, result: Determination) -> str:
        standing = verdict.standing
        activity = verdict.activity.label[self.lang]
        decisive = self._decisive(standing)
        citation = self.cite(decisive.entry, decisive.instrument)
        listed = standing.access_list.short_title[self.lang]
        formed = next((r for r in standing.reasons if r.kind in ("form_barred", "partnership_barred")), None)
        if standing.status is Status.PROHIBITED:
            return self.say("summary.prohibited", activity=activity, citation=citation)
        if standing.status is Status.UNDETERMINED:
            return self.say("summary.barred_to_all", activity=activity, citation=citation)
        if standing.status is Status.RESTRICTED:
            if standing.max_foreign_share == 0:
                sentence = self.say("summary.closed", activity=activity, citation=citation)
            elif standing.max_foreign_share is not None:
                sentence = self.say(
                    "summary.capped", activity=activity, citation=citation, max=number(standing.max_foreign_share)
                )
            else:
                assert decisive.measure is not None
                sentence = self.say(
                    "summary.restricted",
                    activity=activity,
                    citation=citation,
                    measure=decisive.measure.text[self.lang],
                )
        elif standing.opening is not None:
            sentence = self.say("summary.opened", activity=activity, citation=citation)
        elif decisive.lifted_by is not None:
            sentence = self.say("summary.excepted", activity=activity, citation=citation)
        else:
            sentence = self.say("summary.open", activity=activity, citation=citation, list=listed)
        if formed is not None:
            sentence += self.gap + self.say(
                "summary.form", citation=self.cite(formed.entry, formed.instrument)
            )
        return sentence

    def _decisive(self, standing: Standing) -> Reason:
        """The reason to name first: of the status given, the opening, unmet before met, the list before other rules."""
        of_status = [r for r in standing.reasons if r.effect is standing.status and r.kind not in _FORM_KINDS]
        lifted = [r for r in of_status if r.lifted_by is not None]
        opened = [r for r in of_status if r.kind == "opening"]
        candidates = opened or lifted or of_status or list(standing.reasons)
        return min(candidates, key=lambda r: (r.instrument.kind != "access_list", r.finding.met is not False))

    def decided_by(self, standing: Standing) -> Entry:
        """The entry that decides how an activity stands."""
        return self._decisive(standing).entry

    # -- what would change the answer ------------------------------------------------------------------------

    def because(self, relaxation: Relaxation, result: Determination) -> str:
        """Why a relaxation applies or does not, and so what would make it apply."""
        if relaxation.applies:
            return self.say("because.applies")
        return self.gap.join(self._obstacle(obstacle, relaxation, result.proposal) for obstacle in relaxation.obstacles)

    def _obstacle(self, obstacle: str, relaxation: Relaxation, proposal: Proposal) -> str:
        if obstacle == "stated":
            assert relaxation.entry is not None
            return relaxation.entry.text[self.lang]
        values = {}
        if relaxation.opening is not None:
            easing, start = relaxation.opening.easing, relaxation.instrument.effective_from
            values["date"] = max(start, easing.window.start or start).isoformat()
            values["areas"] = self.join(self._areas(easing, proposal, nearby=obstacle == "place_around"))
            values["origins"] = self.join(origins()[code].label[self.lang] for code in sorted(easing.origins))
        if proposal.location is not None:
            values["place"] = proposal.location.value.place.label[self.lang]
        if proposal.investor_origin is not None:
            values["origin"] = proposal.investor_origin.value.label[self.lang]
        zone = f"_{relaxation.instrument.regime}" if obstacle.startswith("zone_") else ""
        return self.say(f"because.{obstacle}{zone}", **values)

    def _areas(self, easing: Easing, proposal: Proposal, *, nearby: bool) -> Iterator[str]:
        """The areas of an ease by name; only those inside the place asked about where `nearby`."""
        here = None if proposal.location is None else proposal.location.value.place
        for id_ in sorted(easing.places):
            area = self.catalogue.places[id_]
            if not nearby or here in self.catalogue.containing(area):
                yield area.label[self.lang]

    def join(self, words: Iterable[str]) -> str:
        """Words in a row."""
        return ("、" if self.lang == "zh" else ", ").join(words)

    def times(self, times: Timeline) -> str:
        """Since when the rule stands, what stood before, and what is known to follow."""
        key = "time.at_least_since" if times.from_the_first_day else "time.since"
        parts = [self.say(key, date=times.since.isoformat())]
        if times.before is not None:
            parts.append(self.say("time.before", rule=self._rule(times.before)))
        if times.until is not None and times.after is not None:
            parts.append(self.say("time.next", date=times.until.isoformat(), rule=self._rule(times.after)))
        return self.gap.join(parts)

    def _rule(self, standing: Standing) -> str:
        status = self.say(f"status.{standing.status.value}")
        decisive = self._decisive(standing)
        cited = self.cite(decisive.entry, decisive.instrument)
        key = "time.rule" if standing.max_foreign_share in (None, 0, 100) else "time.rule_capped"
        return self.say(key, status=status, max=number(standing.max_foreign_share), citation=cited)
