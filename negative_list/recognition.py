"""From words to activities: exact labels first, then a ranked search for what they leave over."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from negative_list.catalogue import Catalogue
from negative_list.index import SearchIndex
from negative_list.model import LANGUAGES, AmbiguousTerm, OffTopicTerm
from negative_list.proposal import Reading
from negative_list.text import Token, stem, terms, terms_with_spans, tokens
from negative_list.thesaurus import Spotted, Spotter, with_regional_variants

# Measured on the tuning cases: a ranked match below ACCEPT is a guess, below OFFER not worth naming.
ACCEPT = 0.7
OFFER = 0.34
# Words left over that come this near to a listed activity may name it: the answer is then not a plain yes.
SUSPECT = 0.5
# Two ranked matches closer than this are told apart only by asking.
MARGIN = 0.08
# How many tokens may stand between a negation and what it excludes.
REACH = 3

_JOINING = frozenset({"or", "nor", "、", "/", "和", "或", "及", "与", "以及", "and"})


@dataclass(frozen=True, slots=True)
class Match:
    """An activity recognised in the text: how, how surely, and in which words.

    `evidence` counts the search terms that a ranked match shares with the text.
    """

    activity: str
    by: str
    score: float
    text: str | None = None
    span: tuple[int, int] | None = None
    evidence: int = 0


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a text was understood to name."""

    matches: tuple[Match, ...] = ()
    outbound: bool = False
    ambiguous: tuple[AmbiguousTerm, ...] = ()
    off_topic: tuple[OffTopicTerm, ...] = ()
    offered: tuple[Match, ...] = ()
    excluded: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()


Known = tuple[str, str]


class Recogniser:
    """Recognises activities against one catalogue and its index; everything is prepared once."""

    def __init__(self, catalogue: Catalogue, index: SearchIndex) -> None:
        self._catalogue = catalogue
        self._index = index
        self._ambiguous = {term.id: term for term in catalogue.ambiguous}
        self._off_topic = {term.id: term for term in catalogue.off_topic}
        self._spotter: Spotter[Known] = Spotter(self._known_labels())
        self._stopwords = Spotter((word, True) for words in catalogue.stopwords.values() for word in words)
        phrases = catalogue.phrases
        self._negations = Spotter(
            [(word, True) for words in phrases["negations"].values() for word in words]
            + [(word, False) for words in phrases["not_negations"].values() for word in words]
        )
        self._operating = self._phrases("operating")
        self._domestic_investor = self._phrases("chinese_investor")
        self._supplying = self._phrases("supplying_to")
        self._internal_use = self._phrases("internal_use")
        self._acquiring = self._phrases("acquiring")
        self._before = Spotter(
            (word, role["becomes"]) for role in phrases["roles"] for words in role["before"].values() for word in words
        )
        self._after = Spotter(
            (word, role["becomes"]) for role in phrases["roles"] for words in role["after"].values() for word in words
        )
        self._label_terms = {
            activity.id: [
                bag for lang in LANGUAGES for label in activity.labels(lang) if (bag := frozenset(terms(label)))
            ]
            for activity in catalogue.activities.values()
        }
        self._weights = self._inverse_frequencies()
        self._rarest = max(self._weights.values(), default=1.0)
        self._vocabulary = self._known_words()
        self._long_words = defaultdict(list)
        for word in self._vocabulary:
            if len(word) > 4:
                self._long_words[word[0]].append(word)

    def _phrases(self, key: str) -> Spotter[bool]:
        return Spotter((word, True) for words in self._catalogue.phrases[key].values() for word in words)

    def _known_labels(self) -> Iterator[tuple[str, Known]]:
        variants = self._catalogue.phrases["regional_variants"]
        for activity in self._catalogue.activities.values():
            for lang in LANGUAGES:
                labels: Iterable[str] = activity.labels(lang)
                for label in with_regional_variants(labels, variants) if lang == "zh" else labels:
                    yield label, ("activity", activity.id)
        for ambiguous in self._catalogue.ambiguous:
            for lang in LANGUAGES:
                for label in ambiguous.labels.get(lang, ()):
                    yield label, ("ambiguous", ambiguous.id)
        for off_topic in self._catalogue.off_topic:
            for lang in LANGUAGES:
                for label in off_topic.labels.get(lang, ()):
                    yield label, ("off_topic", off_topic.id)

    def _inverse_frequencies(self) -> dict[str, float]:
        seen: Counter[str] = Counter()
        for bags in self._label_terms.values():
            seen.update(frozenset().union(*bags) if bags else ())
        total = len(self._label_terms)
        return {term: math.log(1 + total / count) for term, count in seen.items()}

    def _known_words(self) -> set[str]:
        catalogue = self._catalogue
        texts = [label for activity in catalogue.activities.values() for label in activity.labels("en")]
        texts += [label for term in catalogue.ambiguous for label in term.labels.get("en", ())]
        texts += [label for term in catalogue.off_topic for label in term.labels.get("en", ())]
        texts += catalogue.stopwords.get("en", ())
        texts += [name for place in catalogue.places.values() for name in (place.label.en, *place.alt.get("en", ()))]
        return {part.form for text in texts for part in tokens(text) if part.form.isalpha() and not part.is_han}

    def _corrected(self, parts: list[Token]) -> list[Token]:
        """Tokens with one slip in a long English word put right, where the word meant is plain."""
        return [
            replace(part, key=stem(word)) if (word := self._correction(part)) is not None else part for part in parts
        ]

    def _correction(self, part: Token) -> str | None:
        word = part.form
        if part.is_han or len(word) < 5 or not word.isalpha() or word in self._vocabulary:
            return None
        if part.key in self._weights:
            return None
        slips = 1 if len(word) < 9 else 2
        found = process.extract(
            word, self._long_words.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips, limit=2
        )
        if not found or (len(found) > 1 and found[1][1] == found[0][1] and stem(found[0][0]) != stem(found[1][0])):
            return None
        return str(found[0][0])

    def recognise(self, reading: Reading) -> Recognition:
        """Find the activities, the vague words and the exclusions in a reading of a proposal."""
        given = [Match(id_, "id", 1.0) for id_ in reading.proposal.activity_ids]
        for code in reading.proposal.telecom_categories:
            activity = self._catalogue.telecom_categories[code].activity
            if activity is not None:
                given.append(Match(activity, "telecom_category", 1.0))
        if not reading.proposal.text.strip():
            return Recognition(_distinct(given))

        parts = self._corrected(reading.parts)
        spotted = self._spotter.spot(parts)
        negated = self._negated(parts, spotted)
        matches: list[Match] = []
        excluded: list[str] = []
        vague: list[Spotted[Known]] = []
        named: list[Spotted[Known]] = []
        off_topic: list[OffTopicTerm] = []
        taken: set[int] = set(reading.used)
        customers = self._customers(parts, spotted)
        internal = self._internal_use.spot(parts)
        for phrase in internal:
            taken.update(range(phrase.first, phrase.after))
        for hit in spotted:
            kind, id_ = hit.value
            if hit in customers:
                taken.update(range(hit.first, hit.after))
                continue
            taken.update(range(hit.first, hit.after))
            if hit in negated:
                excluded.append(id_)
            elif kind == "ambiguous":
                vague.append(hit)
            elif kind == "off_topic":
                off_topic.append(self._off_topic[id_])
            else:
                named.append(hit)
                activity, extra = self._in_role(id_, hit, parts)
                taken.update(extra)
                matches.append(self._match(reading, activity, "term", 0.98, hit.first, hit.after))
        leftover = self._leftover(parts, taken)
        offered: list[Match] = []
        not_understood: list[str] = []
        negation_ends = {match.after for match in self._negations.spot(parts) if match.value}
        for run in leftover:
            if not negation_ends.isdisjoint(range(run[0] - 1, run[0] + 1)):
                continue
            found = self._ranked(reading, parts, run)
            if found and found[0].score >= ACCEPT:
                close = [match for match in found if found[0].score - match.score < MARGIN]
                if len(close) == 1 or not matches:
                    matches.extend(close[:1] if len(close) == 1 else [])
                    offered.extend(close if len(close) > 1 else [])
                    continue
            offered.extend(match for match in found[:4] if match.score >= OFFER)
            not_understood.append(self._words(reading, parts, run))
        if internal and len({match.activity for match in matches}) == 1 and self._is_digital(matches[0].activity):
            # A company's own data centre or model, offered to nobody, is no telecom or information business.
            matches = [replace(matches[0], activity=self._catalogue.phrases["internal_use_becomes"])]
            not_understood.clear()
            offered.clear()
        return Recognition(
            outbound=self._is_outbound(reading),
            matches=self._narrowest(_distinct([*given, *matches])),
            ambiguous=tuple(self._ambiguous[hit.value[1]] for hit in vague if not self._only_qualifies(hit, named)),
            off_topic=tuple(off_topic),
            offered=_distinct(sorted(offered, key=lambda match: -match.score))[:6],
            excluded=tuple(dict.fromkeys(excluded)),
            not_understood=tuple(not_understood),
        )

    def _match(self, reading: Reading, activity: str, by: str, score: float, first: int, after: int) -> Match:
        start, end = reading.parts[first].start, reading.parts[after - 1].end
        return Match(activity, by, score, reading.proposal.text[start:end], (start, end))

    def _negated(self, parts: list[Token], spotted: list[Spotted[Known]]) -> set[Spotted[Known]]:
        """The matches that a negation in the same clause excludes, and those joined to them by "or", "、" and the like."""
        ends = {match.after for match in self._negations.spot(parts) if match.value}
        found: set[Spotted[Known]] = set()
        previous: Spotted[Known] | None = None
        for hit in spotted:
            reach = range(max(0, hit.first - REACH), hit.first + 1)
            near = [end for end in ends if end in reach and not any(p.is_break for p in parts[end : hit.first])]
            if near and not self._operates(parts[max(near) : hit.first]):
                found.add(hit)
            elif previous in found and previous is not None:
                between = [part.form for part in parts[previous.after : hit.first]]
                if between and all(form in _JOINING for form in between):
                    found.add(hit)
            previous = hit
        return found

    def _is_outbound(self, reading: Reading) -> bool:
        """Whether a Chinese investor is said to buy or set up something in another country, in this order."""
        investors = self._domestic_investor.spot(reading.parts)
        if not investors:
            return False
        after = [m for m in self._acquiring.spot(reading.parts) if m.first >= investors[0].after]
        abroad = [first for first, _ in reading.origins]
        return bool(after) and any(first >= after[0].after for first in abroad) and min(abroad) > investors[0].first

    def _customers(self, parts: list[Token], spotted: list[Spotted[Known]]) -> set[Spotted[Known]]:
        """Activities that are only whom something is made for or sold to: the hospitals of "robots for hospitals".

        Counted so when a supplying trade (making, software, wholesale and the like) is named beside them. Where
        nothing that was understood is supplied, only an activity that no measure covers is: dropping it can make
        the answer less certain, never kinder.
        """
        supplied = any(kind == "activity" and self._supplies(id_) for kind, id_ in (hit.value for hit in spotted))
        named = {i for hit in spotted for i in range(hit.first, hit.after)}
        found = set()
        for preposition in self._supplying.spot(parts):
            for hit in spotted:
                gap = parts[preposition.after : hit.first]
                if hit.first < preposition.after or len(gap) > REACH or any(part.is_break for part in gap):
                    continue
                kind, id_ = hit.value
                unknown = any(not part.is_break and i not in named for i, part in enumerate(parts[: preposition.first]))
                if kind == "activity" and not self._supplies(id_):
                    if supplied or (unknown and not self._catalogue.is_covered(id_)):
                        found.add(hit)
                break
        return found

    def _supplies(self, activity: str) -> bool:
        domains = self._catalogue.phrases["supplying_trades"]
        return activity in domains or activity.partition("/")[0] in domains

    def _only_qualifies(self, vague: Spotted[Known], named: list[Spotted[Known]]) -> bool:
        """Whether a vague word adds no activity of its own beside those that were named.

        Before an activity it only qualifies it: the "map" of "map software". A carrier ("app", "platform") only
        carries a digital business that was named; beside an offline trade it may be one: a used-car website is
        not a used-car dealer.
        """
        if any(vague.after == hit.first for hit in named):
            return True
        return self._ambiguous[vague.value[1]].carrier and any(self._is_digital(hit.value[1]) for hit in named)

    def _is_digital(self, activity: str) -> bool:
        return activity.partition("/")[0] in self._catalogue.phrases["digital_domains"]

    def _operates(self, parts: list[Token]) -> bool:
        """Whether words between a negation and an activity turn back to carrying on a business ("not only …, but")."""
        return any(part.form in ("only", "just", "but", "仅", "只", "但") for part in parts)

    def _in_role(self, activity: str, hit: Spotted[Known], parts: list[Token]) -> tuple[str, Iterable[int]]:
        """The activity that words beside a label make of it, and the tokens of those words.

        Software for hospitals is software. Where the same clause also speaks of operating, the label keeps its
        own meaning, which is the stricter.
        """
        start = max((i + 1 for i in range(hit.first) if parts[i].is_break), default=0)
        stop = next((i for i in range(hit.after, len(parts)) if parts[i].is_break), len(parts))
        clause = parts[start:stop]
        if self._operating.spot(clause):
            return activity, ()
        for role in self._after.spot(parts[hit.after : stop]):
            if role.first == 0:
                return role.value, range(hit.after, hit.after + role.after)
        for role in self._before.spot(parts[start : hit.first]):
            if start + role.after == hit.first:
                return role.value, range(start + role.first, hit.first)
        return activity, ()

    def _leftover(self, parts: list[Token], taken: set[int]) -> list[tuple[int, int]]:
        """Runs of tokens that nothing explains: not matched, no fact, no stopword, no number."""
        quiet = set(taken)
        for spotter in (self._stopwords, self._negations):
            for match in spotter.spot(parts):
                quiet.update(range(match.first, match.after))
        runs: list[tuple[int, int]] = []
        first: int | None = None
        for index, part in enumerate([*parts, None]):
            ends = part is None or part.is_break or (index in taken)
            if not ends and index not in quiet and first is None:
                first = index
            if ends and first is not None:
                last = max(i for i in range(first, index) if i not in quiet)
                runs.append((first, last + 1))
                first = None
        return [run for run in runs if self._carries_meaning(parts, run, quiet)]

    def _carries_meaning(self, parts: list[Token], run: tuple[int, int], quiet: set[int]) -> bool:
        loud = [parts[i] for i in range(*run) if i not in quiet]
        if not loud or all(part.form.isdigit() for part in loud):
            return False
        # One stray Chinese character or letter is grammar, not a business.
        return sum(1 if part.is_han else len(part.form) for part in loud) > 1

    def _words(self, reading: Reading, parts: list[Token], run: tuple[int, int]) -> str:
        return reading.proposal.text[parts[run[0]].start : parts[run[1] - 1].end]

    def _ranked(self, reading: Reading, parts: list[Token], run: tuple[int, int]) -> list[Match]:
        """Activities for a run of tokens, best first, scored by how much of label and run each other covers."""
        quiet = {
            i + run[0]
            for match in self._stopwords.spot(parts[run[0] : run[1]])
            for i in range(match.first, match.after)
        }
        wanted = {
            term
            for term, first, after in terms_with_spans(parts[run[0] : run[1]])
            if any(first + run[0] + i not in quiet for i in range(after - first))
        }
        if not wanted:
            return []
        total = sum(self._weight(term) for term in wanted)
        found = []
        for hit in self._index.activities(sorted(wanted, key=self._weight, reverse=True)):
            score, bag = max(
                ((self._overlap(bag, wanted, total), bag) for bag in self._label_terms[hit.id]), key=itemgetter(0)
            )
            if score > 0:
                match = self._match(reading, hit.id, "index", round(score, 3), *run)
                found.append(replace(match, evidence=len(bag & wanted)))
        return sorted(found, key=lambda match: -match.score)

    def _weight(self, term: str) -> float:
        return self._weights.get(term, self._rarest)

    def _overlap(self, bag: frozenset[str], wanted: set[str], total: float) -> float:
        """Harmonic mean of the shares of the label and of the text that both have, each term by its rarity."""
        shared = sum(self._weight(term) for term in bag & wanted)
        return 2 * shared / (total + sum(self._weight(term) for term in bag))

    def _narrowest(self, matches: tuple[Match, ...]) -> tuple[Match, ...]:
        """Without matches that only name what another match is a kind of."""
        above = {
            concept
            for match in matches
            for concept in self._catalogue.ancestry[match.activity]
            if concept != match.activity
        }
        return tuple(match for match in matches if match.activity not in above)


def _distinct(matches: Iterable[Match]) -> tuple[Match, ...]:
    found: dict[str, Match] = {}
    for match in matches:
        found.setdefault(match.activity, match)
    return tuple(found.values())
