"""Determinations put into the JSON of the HTTP contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from negative_list.advising import Advice
from negative_list.determination import Condition, Determination, Verdict
from negative_list.model import Entry, Licence, ShareRange, Understood
from negative_list.places import Location
from negative_list.receipts import Receipt, memo_link, self_link
from negative_list.relaxations import Relaxation
from negative_list.speech import Speaker, number, outcome_word
from negative_list.standing import Reason, Standing
from negative_list.timeline import Timeline


class Presenter(Speaker):
    """Puts determinations of one catalogue into one language, `en` or `zh`."""

    def determination(self, result: Determination, ref: str | None = None) -> dict[str, Any]:
        """The determination object of the HTTP contract."""
        catalogue = self.catalogue
        body: dict[str, Any] = {
            "status": result.status.value,
            "permitted_as_proposed": outcome_word(result.outcome),
            "summary": self.summary(result),
            "undetermined": self._undetermined(result),
            "activities": [self.verdict(verdict, result) for verdict in result.verdicts],
            "conditions": [self.condition(condition) for condition in result.conditions],
            "advisories": [self.advisory(advice) for advice in result.advice],
            "understood": self.understood(result),
            "not_understood": list(result.not_understood),
            "caveats": self.caveats(result),
            "dataset": self.dataset(),
        }
        body["receipt"] = str(Receipt.of(result, body, catalogue.digest))
        body["links"] = {
            "self": self_link(result.proposal, self.lang),
            "memo": memo_link(result.proposal, self.lang),
        }
        body["notice"] = catalogue.notice[self.lang]
        if ref is not None:
            body["ref"] = ref
        return body

    def dataset(self) -> dict[str, Any]:
        """The data behind an answer."""
        held = self.catalogue
        return {"version": held.version, "digest": held.digest, "checked_on": held.checked_on.isoformat()}

    def caveats(self, result: Determination) -> list[str]:
        """What the answer leaves out or cannot vouch for."""
        proposal, first = result.proposal, self.catalogue.first_day
        lists = {verdict.standing.access_list.id: verdict.standing.access_list for verdict in result.verdicts}
        found = []
        if proposal.asked_too_early is not None and proposal.as_of is not None:
            days = {"date": proposal.asked_too_early, "first": first, "day": proposal.as_of.value}
            found.append(self.say("caveat.too_early", **{name: day.isoformat() for name, day in days.items()}))
        if proposal.excerpt is not None:
            read = " ".join(f"“{sentence}”" for sentence in proposal.excerpt)
            found.append(self.say("caveat.excerpt", sentences=read) if read else self.say("caveat.no_sentence"))
        found += [
            self.say("caveat.own_enumeration", list=item.short_title[self.lang])
            for item in lists.values()
            if item.enumeration == "own"
        ]
        return found + [
            self.say("caveat.gist", activity=verdict.activity.label[self.lang])
            for verdict in result.verdicts
            if verdict.match.by == "gist"
        ]

    def verdict(self, verdict: Verdict, result: Determination) -> dict[str, Any]:
        """One activity of a determination."""
        match = verdict.match
        body: dict[str, Any] = {
            "activity": self.activity_ref(verdict),
            "match": {
                "by": match.by,
                "score": match.score,
                "text": match.text,
                "span": None if match.span is None else list(match.span),
            },
            "status": verdict.standing.status.value,
            "permitted_as_proposed": outcome_word(verdict.outcome),
            "max_foreign_share": number(verdict.standing.max_foreign_share),
            "reasons": [self.reason(reason) for reason in verdict.standing.reasons],
            "relaxations": [self.relaxation(item, result) for item in verdict.relaxations],
            "history": None if verdict.timeline is None else self.history(verdict.timeline),
            "neighbouring": [self.neighbouring(entry) for entry in verdict.neighbouring],
            "licences": [self.licence(licence) for licence in verdict.licences],
        }
        if verdict.other is not None and verdict.activity.contested is not None:
            body["contested"] = {
                "explanation": verdict.activity.contested.explanation[self.lang],
                "status": verdict.other.status.value,
                "permitted_as_proposed": outcome_word(verdict.other.outcome),
                "max_foreign_share": number(verdict.other.max_foreign_share),
                "reasons": [self.reason(reason) for reason in verdict.other.reasons],
            }
        return body

    def activity_ref(self, verdict: Verdict) -> dict[str, Any]:
        """Id, label and address of an activity."""
        activity = verdict.activity
        return {"id": activity.id, "label": activity.label[self.lang], "href": f"/v1/activities/{activity.id}"}

    def reason(self, reason: Reason) -> dict[str, Any]:
        """One step of an answer with its citation."""
        finding = reason.finding
        return {
            "measure": reason.kind,
            "effect": reason.effect.value,
            "requirement": _plain_numbers(finding.requirement),
            "proposed": _plain_numbers(finding.proposed),
            "met": finding.met,
            "explanation": self.explain(reason),
            "citation": self.citation(reason.entry),
        }

    def relaxation(self, relaxation: Relaxation, result: Determination) -> dict[str, Any]:
        """A list or overlay that opens more, whether it applies and how the activity stands by it."""
        entry, standing = relaxation.entry, relaxation.standing
        return {
            "regime": relaxation.instrument.id,
            "title": relaxation.instrument.short_title[self.lang],
            "applies": relaxation.applies,
            "because": self.because(relaxation, result),
            "effect": {} if standing is None else self._rule_of(standing),
            "conditions": []
            if standing is None
            else [self.catalogue.conditions[term.id].text[self.lang] for term in standing.terms],
            "citation": None if entry is None else self.citation(entry),
        }

    def history(self, times: Timeline) -> dict[str, Any]:
        """How long the rule has stood, the one before it where that changed lately, and the next one if known."""
        return {
            "since": times.since.isoformat(),
            "earlier_law_not_held": times.from_the_first_day,
            "before": None if times.before is None else self._rule_of(times.before, cited=True),
            "next": None
            if times.until is None or times.after is None
            else {"from": times.until.isoformat(), **self._rule_of(times.after, cited=True)},
            "text": self.times(times),
        }

    def _rule_of(self, standing: Standing, *, cited: bool = False) -> dict[str, Any]:
        body = {"status": standing.status.value, "max_foreign_share": number(standing.max_foreign_share)}
        return body | ({"citation": self.citation(self.decided_by(standing))} if cited else {})

    def neighbouring(self, entry: Entry) -> dict[str, Any]:
        """An entry of another layer that speaks of the activity and does not enter the answer."""
        kind = self.catalogue.instruments[entry.instrument].kind
        return {
            "layer": kind,
            "because": self.say(f"neighbouring.{kind}"),
            "text": entry.text[self.lang],
            "citation": self.citation(entry),
        }

    def licence(self, licence: Licence) -> dict[str, Any]:
        """A licence with the authorities that grant it."""
        names = [self.catalogue.authorities[id_][self.lang] for id_ in licence.authority]
        return {"id": licence.id, "label": licence.label[self.lang], "authority": ", ".join(names)}

    def condition(self, condition: Condition) -> dict[str, Any]:
        """Something that decides and was not stated, in words and as data."""
        body: dict[str, Any] = {"id": condition.id, "text": "", "activity": None, "requirement": {}, "citation": None}
        if condition.verdict is not None:
            body["activity"] = condition.verdict.activity.id
        if condition.reason is not None and condition.reason.measure is not None:
            finding = condition.reason.finding
            body["requirement"] = _plain_numbers(finding.requirement)
            body["citation"] = self.citation(condition.reason.entry)
            text = condition.reason.measure.text[self.lang]
            if finding.max_foreign_share and "foreign_share" not in finding.proposed:
                text += self.gap + self.say(
                    "condition.share", max=number(finding.max_foreign_share)
                )
            body["text"] = text
        elif condition.term is not None:
            body["text"] = self.catalogue.conditions[condition.term.id].text[self.lang]
            body["citation"] = self.citation(condition.term.entry)
        elif condition.verdict is not None and condition.verdict.other is not None:
            contested, other = condition.verdict.activity.contested, condition.verdict.other
            assert contested is not None
            body["text"] = self.say(
                "condition.contested_reading",
                explanation=contested.explanation[self.lang] + self.gap,
                status=self.say(f"status.{other.status.value}"),
                permitted=self.say(f"permitted.{outcome_word(other.outcome) or 'none'}"),
            ).replace("  ", " ")
        else:
            body["text"] = self.say("condition.not_understood", words="; ".join(condition.words))
        return body

    def advisory(self, advice: Advice) -> dict[str, Any]:
        """An advisory with why it is raised and the rules behind it."""
        advisory = advice.advisory
        return {
            "id": advisory.id,
            "label": advisory.label[self.lang],
            "severity": advisory.severity,
            "because": "; ".join(self.say(f"advice.{key}") for key in advice.because),
            "message": advisory.message[self.lang],
            "citation": {
                "instruments": [
                    {
                        "title": item["title"][self.lang],
                        "title_zh": item["title"].zh,
                        "document_number": None
                        if item["document_number"] is None
                        else item["document_number"][self.lang],
                        "articles": item["articles"],
                        "effective_from": _iso(item["effective_from"]),
                    }
                    for item in advisory.instruments
                ]
            },
        }

    def understood(self, result: Determination) -> dict[str, Any]:
        """The facts of the proposal, each with where it was taken from."""
        proposal = result.proposal
        return {
            "foreign_share": _share(proposal.foreign_share),
            "form": _fact(proposal.form),
            "chinese_control": _fact(proposal.chinese_control),
            "location": self._location(proposal.location, result.regimes),
            "investor_origin": _origin(proposal.investor_origin, self.lang),
            "origin_qualified": _fact(proposal.origin_qualified),
            "as_of": _fact(proposal.as_of, _iso),
            "excluded": [{"id": id_, "label": label} for id_ in result.excluded if (label := self._named(id_))],
        }

    def _named(self, id_: str) -> str | None:
        """The label of an activity, or of a vague word, that a text excludes."""
        if id_ in self.catalogue.activities:
            return self.catalogue.activities[id_].label[self.lang]
        labels = [term.labels[self.lang] for term in self.catalogue.ambiguous if term.id == id_]
        return labels[0][0] if labels else None

    def _location(self, fact: Understood | None, regimes: tuple[str, ...]) -> dict[str, Any] | None:
        if fact is None:
            return None
        location: Location = fact.value
        return {
            "id": location.place.id,
            "label": location.place.label[self.lang],
            "regimes": list(regimes),
            "from": fact.taken_from,
        } | ({} if fact.words is None or fact.taken_from == "field" else {"words": fact.words})

    def _undetermined(self, result: Determination) -> dict[str, Any] | None:
        if result.undetermined is None:
            return None
        return {
            "reason": result.undetermined.reason,
            "question": self.question(result),
            "candidates": [
                {
                    **self.activity_ref(candidate),
                    "status": candidate.standing.status.value,
                    "permitted_as_proposed": outcome_word(candidate.outcome),
                }
                for candidate in result.undetermined.candidates
            ],
        }


def _plain_numbers(data: Mapping[str, Any]) -> dict[str, Any]:
    """A requirement or proposal with whole numbers as integers, nested ones too."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return _plain_numbers(value)
        if isinstance(value, ShareRange):
            return share_range(value)
        return number(value) if isinstance(value, float) else value

    return {key: plain(value) for key, value in data.items()}


def share_range(share: ShareRange) -> dict[str, Any]:
    """A range of shares in the words of JSON Schema."""
    return {
        "minimum": number(share.low),
        "maximum": number(share.high),
        "exclusive_minimum": share.low_excluded,
        "exclusive_maximum": share.high_excluded,
    }


def _share(fact: Understood | None) -> dict[str, Any] | None:
    if fact is None or not isinstance(fact.value, ShareRange):
        return _fact(fact, number)
    return {"value": None, "range": share_range(fact.value), "from": fact.taken_from, "words": fact.words}


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _fact(fact: Understood | None, shown: Any = lambda value: value) -> dict[str, Any] | None:
    if fact is None:
        return None
    body = {"value": shown(fact.value), "from": fact.taken_from}
    return body if fact.words is None else body | {"words": fact.words}


def _origin(fact: Understood | None, lang: str) -> dict[str, Any] | None:
    if fact is None:
        return None
    body = {"value": fact.value.code, "label": fact.value.label[lang], "from": fact.taken_from}
    return body | ({} if fact.words is None or fact.taken_from == "field" else {"words": fact.words})
