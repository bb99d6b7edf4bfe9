"""Determinations and records put into words: the JSON of the HTTP contract, and plain text for a terminal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import orjson

from negative_list import __version__
from negative_list.advising import Advice
from negative_list.catalogue import Catalogue
from negative_list.determination import Condition, Determination, Reason, Standing, Verdict
from negative_list.model import Entry, Instrument, Licence, Outcome, Proposal, Status, Understood
from negative_list.places import Location


def number(value: float | None) -> float | int | None:
    """A number without a decimal part as an integer."""
    return int(value) if value is not None and float(value).is_integer() else value


class Presenter:
    """Puts results of one catalogue into one language, `en` or `zh`."""

    def __init__(self, catalogue: Catalogue, lang: str) -> None:
        self._catalogue = catalogue
        self.lang = lang

    def say(self, key: str, **values: Any) -> str:
        """A phrase of the data set with its blanks filled."""
        return self._catalogue.wording[key][self.lang].format(**values)

    # -- citations -----------------------------------------------------------------------------------------

    def cite(self, entry: Entry, instrument: Instrument | None = None) -> str:
        """How a lawyer would name an entry, in words."""
        instrument = instrument or self._catalogue.instruments[entry.instrument]
        kind, _, tail = entry.number.partition("-")
        form = "item" if entry.is_item else {"note": "note", "art": "article"}.get(kind, "other")
        shown = entry.number if entry.is_item else tail
        return self.say(f"cite.{form}", number=shown, list=instrument.short_title[self.lang])

    def citation(self, entry: Entry) -> dict[str, Any]:
        """The citation object of the HTTP contract."""
        instrument = self._catalogue.instruments[entry.instrument]
        return {
            "entry": entry.id,
            "instrument": instrument.id,
            "item": entry.number,
            "title": entry.title.en,
            "title_zh": entry.title.zh,
            "effective_from": instrument.effective_from.isoformat(),
            "href": f"/v1/entries/{entry.id}",
            "source_url": instrument.source_url,
        }

    # -- determinations ------------------------------------------------------------------------------------

    def determination(self, result: Determination, ref: str | None = None) -> dict[str, Any]:
        """The determination object of the HTTP contract."""
        catalogue = self._catalogue
        body: dict[str, Any] = {
            "status": result.status.value,
            "permitted_as_proposed": _outcome(result.outcome),
            "summary": self.summary(result),
            "undetermined": self._undetermined(result),
            "activities": [self.verdict(verdict, result) for verdict in result.verdicts],
            "conditions": [self.condition(condition) for condition in result.conditions],
            "advisories": [self.advisory(advice) for advice in result.advice],
            "understood": self.understood(result),
            "not_understood": list(result.not_understood),
            "caveats": self.caveats(result),
            "dataset": {
                "version": catalogue.version,
                "digest": catalogue.digest,
                "checked_on": catalogue.checked_on.isoformat(),
            },
        }
        body["receipt"] = receipt(result, body, catalogue.digest)
        body["links"] = {"self": self_link(result.proposal, self.lang)}
        body["notice"] = catalogue.notice[self.lang]
        if ref is not None:
            body["ref"] = ref
        return body

    def caveats(self, result: Determination) -> list[str]:
        """What the answer leaves out."""
        found = []
        if result.regime != result.access_list.regime and result.proposal.location is not None:
            place = result.proposal.location.value.place.label[self.lang]
            found.append(self.say("caveat.list_not_held", place=place))
        if any(v.standing.status in (Status.RESTRICTED, Status.PROHIBITED) for v in result.verdicts):
            found.append(self.say("caveat.overlays"))
        return found

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
            "permitted_as_proposed": _outcome(verdict.outcome),
            "max_foreign_share": number(verdict.standing.max_foreign_share),
            "reasons": [self.reason(reason, result.access_list) for reason in verdict.standing.reasons],
            "relaxations": [],
            "licences": [self.licence(licence) for licence in verdict.licences],
        }
        if verdict.other is not None and verdict.activity.contested is not None:
            body["contested"] = {
                "explanation": verdict.activity.contested.explanation[self.lang],
                "status": verdict.other.status.value,
                "permitted_as_proposed": _outcome(verdict.other.outcome),
                "max_foreign_share": number(verdict.other.max_foreign_share),
                "reasons": [self.reason(reason, result.access_list) for reason in verdict.other.reasons],
            }
        return body

    def activity_ref(self, verdict: Verdict) -> dict[str, Any]:
        """Id, label and address of an activity."""
        activity = verdict.activity
        return {"id": activity.id, "label": activity.label[self.lang], "href": f"/v1/activities/{activity.id}"}

    def reason(self, reason: Reason, access_list: Instrument) -> dict[str, Any]:
        """One step of an answer with its citation."""
        finding = reason.finding
        return {
            "measure": reason.kind,
            "effect": reason.effect.value,
            "requirement": {key: number(v) if isinstance(v, float) else v for key, v in finding.requirement.items()},
            "proposed": {key: number(v) if isinstance(v, float) else v for key, v in finding.proposed.items()},
            "met": finding.met,
            "explanation": self.explain(reason, access_list),
            "citation": self.citation(reason.entry),
        }

    def explain(self, reason: Reason, access_list: Instrument) -> str:
        """A reason in plain words: the measure, then what the proposal makes of it."""
        if reason.measure is None:
            return self.say("explain.national_treatment", list=access_list.short_title[self.lang])
        if reason.lifted_by is not None:
            return self.say("explain.lifted", exception=reason.lifted_by.text[self.lang])
        parts = [reason.measure.text[self.lang]]
        finding = reason.finding
        if reason.kind == "wto_commitments_only" and finding.max_foreign_share is not None:
            key = "explain.closed" if finding.max_foreign_share == 0 else "explain.committed"
            parts.append(self.say(key, max=number(finding.max_foreign_share)))
        if "foreign_share" in finding.proposed:
            parts.append(self.say("explain.share", share=number(finding.proposed["foreign_share"])))
        if reason.effect is not Status.PROHIBITED:
            parts.append(self.say({True: "explain.met", False: "explain.unmet", None: "explain.unknown"}[finding.met]))
        return ("" if self.lang == "zh" else " ").join(parts)

    def licence(self, licence: Licence) -> dict[str, Any]:
        """A licence with the authorities that grant it."""
        names = [self._catalogue.authorities[id_][self.lang] for id_ in licence.authority]
        return {"id": licence.id, "label": licence.label[self.lang], "authority": ", ".join(names)}

    def condition(self, condition: Condition) -> dict[str, Any]:
        """Something that decides and was not stated, in words and as data."""
        body: dict[str, Any] = {"id": condition.id, "text": "", "activity": None, "requirement": {}, "citation": None}
        if condition.verdict is not None:
            body["activity"] = condition.verdict.activity.id
        if condition.reason is not None and condition.reason.measure is not None:
            finding = condition.reason.finding
            body["requirement"] = {k: number(v) if isinstance(v, float) else v for k, v in finding.requirement.items()}
            body["citation"] = self.citation(condition.reason.entry)
            text = condition.reason.measure.text[self.lang]
            if finding.max_foreign_share and "foreign_share" not in finding.proposed:
                text += ("" if self.lang == "zh" else " ") + self.say(
                    "condition.share", max=number(finding.max_foreign_share)
                )
            body["text"] = text
        elif condition.verdict is not None and condition.verdict.other is not None:
            contested, other = condition.verdict.activity.contested, condition.verdict.other
            assert contested is not None
            body["text"] = self.say(
                "condition.contested_reading",
                explanation=contested.explanation[self.lang] + ("" if self.lang == "zh" else " "),
                status=self.say(f"status.{other.status.value}"),
                permitted=self.say(f"permitted.{_outcome(other.outcome) or 'none'}"),
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
            "foreign_share": _fact(proposal.foreign_share, number),
            "form": _fact(proposal.form),
            "chinese_control": _fact(proposal.chinese_control),
            "location": self._location(proposal.location, result.regime),
            "investor_origin": _origin(proposal.investor_origin, self.lang),
            "origin_qualified": _fact(proposal.origin_qualified),
            "as_of": _fact(proposal.as_of, _iso),
            "excluded": [
                {"id": id_, "label": self._catalogue.activities[id_].label[self.lang]}
                for id_ in result.excluded
                if id_ in self._catalogue.activities
            ],
        }

    def _location(self, fact: Understood | None, regime: str) -> dict[str, Any] | None:
        if fact is None:
            return None
        location: Location = fact.value
        return {
            "id": location.place.id,
            "label": location.place.label[self.lang],
            "regimes": [regime],
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
                    "permitted_as_proposed": _outcome(candidate.outcome),
                }
                for candidate in result.undetermined.candidates
            ],
        }

    def question(self, result: Determination) -> str:
        """The one question whose answer would settle an undetermined proposal."""
        assert result.undetermined is not None
        if result.undetermined.term is not None:
            term = next(term for term in self._catalogue.ambiguous if term.id == result.undetermined.term)
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
        sentence += gap + self.say(f"summary.{_outcome(result.outcome)}")
        if strictest.other is not None and strictest.outcome is Outcome.CONDITIONAL:
            sentence += gap + self.say("summary.contested")
        return sentence

    def _activity_sentence(self, verdict: Verdict, result: Determination) -> str:
        standing = verdict.standing
        activity = verdict.activity.label[self.lang]
        decisive = self._decisive(standing)
        citation = self.cite(decisive.entry, decisive.instrument)
        listed = result.access_list.short_title[self.lang]
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
        elif decisive.lifted_by is not None:
            sentence = self.say("summary.excepted", activity=activity, citation=citation)
        else:
            sentence = self.say("summary.open", activity=activity, citation=citation, list=listed)
        if formed is not None:
            sentence += ("" if self.lang == "zh" else " ") + self.say(
                "summary.form", citation=self.cite(formed.entry, formed.instrument)
            )
        return sentence

    def _decisive(self, standing: Standing) -> Reason:
        """The reason to name first: of the status given, unmet before met, the list before other rules."""
        of_status = [r for r in standing.reasons if r.effect is standing.status and r.kind not in _FORM_KINDS]
        lifted = [r for r in of_status if r.lifted_by is not None]
        candidates = lifted or of_status or list(standing.reasons)
        return min(candidates, key=lambda r: (r.instrument.kind != "access_list", r.finding.met is not False))

    # -- plain text ----------------------------------------------------------------------------------------

    def plain(self, result: Determination) -> str:
        """The answer for a terminal, at most 100 columns of prose, ending in one newline."""
        lines = [
            f"{self.say('plain.status')}: {self.say(f'status.{result.status.value}')}",
            self.say("plain.permitted") + ": " + self.say("permitted." + (_outcome(result.outcome) or "none")),
            "",
            self.summary(result),
        ]
        for verdict in result.verdicts:
            lines += ["", f"{verdict.activity.label[self.lang]} [{verdict.activity.id}]"]
            lines.append("  " + self.say("plain.status") + ": " + self.say(f"status.{verdict.standing.status.value}"))
            if verdict.match.text:
                lines.append(f"  {self.say('plain.matched')}: “{verdict.match.text}”")
            if verdict.standing.max_foreign_share is not None:
                lines.append(f"  {self.say('plain.share')}: {number(verdict.standing.max_foreign_share)}%")
            lines.append(f"  {self.say('plain.why')}:")
            for reason in verdict.standing.reasons:
                lines.append(f"  - {self.cite(reason.entry, reason.instrument)}: "
                             f"{self.explain(reason, result.access_list)}")
            if verdict.licences:
                labels = "; ".join(licence.label[self.lang] for licence in verdict.licences)
                lines.append(f"  {self.say('plain.licences')}: {labels}")
        if result.conditions:
            lines += ["", self.say("plain.conditions") + ":"]
            lines += ["- " + self.condition(condition)["text"] for condition in result.conditions]
        if result.undetermined is not None and result.undetermined.candidates:
            lines += ["", self.say("plain.candidates") + ":"]
            lines += [
                f"- {c.activity.label[self.lang]} [{c.activity.id}]: {self.say(f'status.{c.standing.status.value}')}"
                for c in result.undetermined.candidates
            ]
        if result.advice:
            lines += ["", self.say("plain.advisories") + ": " + "; ".join(
                advice.advisory.label[self.lang] for advice in result.advice
            )]
        lines += ["", *self.caveats(result)]
        assert result.proposal.as_of is not None
        lines.append(f"{self.say('plain.as_of')} {result.proposal.as_of.value.isoformat()}; "
                     f"{result.access_list.title[self.lang]}")
        if result.access_list.source_url:
            lines.append(f"{self.say('plain.official')}: {result.access_list.source_url}")
        lines.append(self._catalogue.notice[self.lang])
        return "\n".join(lines) + "\n"


_FORM_KINDS = ("form_barred", "partnership_barred")


def _outcome(outcome: Outcome | None) -> str | None:
    return None if outcome is None else outcome.value


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
        ("location", proposal.location, lambda value: value.place.id),
        ("investor_origin", proposal.investor_origin, lambda value: value.code),
        ("origin_qualified", proposal.origin_qualified, lambda value: str(value).lower()),
    ]
    found: dict[str, Any] = {"activity": proposal.text} if proposal.text else {}
    for key, ids in (("activity_ids", proposal.activity_ids), ("telecom_categories", proposal.telecom_categories)):
        if ids:
            found[key] = list(ids)
    found |= {key: shown(fact.value) for key, fact, shown in facts if fact is not None and fact.taken_from == "field"}
    assert proposal.as_of is not None
    found["as_of"] = proposal.as_of.value.isoformat()
    return found


def self_link(proposal: Proposal, lang: str) -> str:
    """The address that gives this determination again, on the same day's law."""
    return "/v1/determinations?" + urlencode({**normalised(proposal), "lang": lang}, doseq=True)

