"""From words to activities: exact labels first, then a ranked search for what they leave over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import chain

from negative_list.catalogue import Catalogue
from negative_list.context import Context, Hit, Known
from negative_list.industries import is_class
from negative_list.lexicon import Words, with_endings, with_regional_variants, with_verb_first
from negative_list.mentions import Mentions
from negative_list.model import LANGUAGES, AmbiguousTerm, OffTopicTerm
from negative_list.proposal import Reading
from negative_list.ranking import Ranker
from negative_list.text import Token, terms_with_spans

# A label that less likely names the investor's own business is none; a vague word is kept down to DOUBTED, and a listed
# business is asked about down to ASKED, for dropping one costs more than asking. A denial yields to what is SURE.
OWN = 0.36
DOUBTED = 0.22
ASKED = 0.15
SURE = 0.75
# Measured on the tuning cases: by the number of words that they share, the least score of a ranked match that is
# no guess; one word must be nearly the whole label. Below OFFER a match is not worth naming.
LEAST = {1: 0.9, 2: 0.7, 3: 0.62, 4: 0.55}
MOST = max(LEAST)
OFFER = 0.34
# Several matches as near as this are asked about by name.
WHICH = 0.7
# Words left over that come this near to a listed activity may name it: the answer is then not plainly open.
SUSPECT = 0.5
# Two ranked matches closer than this are told apart only by asking.
MARGIN = 0.08

_AND = frozenset({"and", "和", "及", "与"})
# Marks that end a sentence.
_ENDS = frozenset(".。;；!！?？")

Run = tuple[int, int]


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
    """What a text was understood to name.

    `classes` holds, for each industry class named, the activities it holds, `offered` ranked matches too weak or too
    close to each other to count, `doubted` labels that may or may not name the investor's business, `excluded` the ids that the text rules out, `not_understood` the words that nothing
    explains, `unknown` those of them that are named beside an activity as if they were another one.
    """

    matches: tuple[Match, ...] = ()
    classes: tuple[tuple[Match, ...], ...] = ()
    ambiguous: tuple[AmbiguousTerm, ...] = ()
    off_topic: tuple[OffTopicTerm, ...] = ()
    offered: tuple[Match, ...] = ()
    doubted: tuple[Match, ...] = ()
    excluded: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    outbound: bool = False


@dataclass(slots=True)
class _Sorted:
    """The labels found, sorted by what they do; `taken` holds the tokens they explain."""

    taken: set[int]
    matches: list[Match] = field(default_factory=list)
    named: list[Hit] = field(default_factory=list)
    vague: list[Hit] = field(default_factory=list)
    off_topic: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    doubted: list[Match] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)


def words_of(catalogue: Catalogue) -> dict[str, Words]:
    """The labels of activities, vague words and other topics, and the words without meaning, for the lexicon."""
    variants = catalogue.phrases["regional_variants"]
    endings, verbs = catalogue.phrases["english_endings"], catalogue.phrases["verbs_last"]
    own: list[tuple[str, Known]] = []
    classes: list[tuple[str, Known]] = []
    turned: list[tuple[str, Known]] = []
    for activity in catalogue.named_activities:
        labels = classes if is_class(activity) else own
        known = ("activity", activity.id)
        english = [activity.label.en, *activity.alt.get("en", ())]
        labels += [(label, known) for label in english]
        turned += [(label, known) for label in with_endings(english, endings)[len(english) :]]
        chinese = with_regional_variants((activity.label.zh, *activity.alt.get("zh", ())), variants)
        labels += [(label, known) for label in chinese]
        turned += [(label, known) for label in with_verb_first(chinese, verbs)[len(chinese) :]]
    for vague in catalogue.ambiguous:
        own += [(label, ("ambiguous", vague.id)) for names in vague.labels.values() for label in names]
    for other in catalogue.off_topic:
        own += [(label, ("off_topic", other.id)) for names in other.labels.values() for label in names]
    return {
        # The names of industry classes, and what is made of labels, give way to what the thesaurus says.
        "labels": [*own, *classes, *turned],
        "trades": [
            (label, ("activity", trade.activity))
            for trade in catalogue.trades
            for labels in trade.labels.values()
            for label in labels
        ],
        "stopwords": [(word, True) for words in catalogue.stopwords.values() for word in words],
    }


def names_of(catalogue: Catalogue) -> dict[str, Words]:
    """The brands that activities go by, for the lexicon; all are matched unstemmed: the brand Inke is no ink."""
    return {
        "labels": [
            (brand, ("activity", activity.id))
            for activity in catalogue.named_activities
            for lang in LANGUAGES
            for brand in activity.hidden.get(lang, ())
        ]
    }


class Recogniser:
    """Recognises activities against one catalogue; everything is prepared once."""

    def __init__(self, catalogue: Catalogue, ranker: Ranker) -> None:
        self._catalogue = catalogue
        self._ambiguous = {term.id: term for term in catalogue.ambiguous}
        self._off_topic = {term.id: term for term in catalogue.off_topic}
        self._context = Context(catalogue)
        self._ranker = ranker
        self.mentions = Mentions(catalogue, self._context)

    def recognise(self, reading: Reading) -> Recognition:
        """Find the activities, the vague words and the exclusions in a reading of a proposal."""
        given, classes = self._given(reading), self._classes(reading)
        if not reading.proposal.text.strip():
            return Recognition(_distinct(given), classes)
        found = self._sort(reading)
        found.taken |= reading.scan.covered("internal_use")
        self._gather(reading, found)
        self._tell_apart(reading, found)
        matches, offered, not_understood = self._rank_leftover(reading, found)
        if self._context.for_itself(reading):
            # A company's own data centre or model, offered to nobody, is no telecom or information business.
            own = self._catalogue.phrases["internal_use_becomes"]
            matches = [replace(m, activity=own) if self._context.is_digital(m.activity) else m for m in matches]
            if all(match.activity == own for match in matches):
                offered, not_understood = [], []
        if not matches and not given and not found.vague and not found.off_topic:
            matches = self._trades(reading, offered, not_understood)
        whole = {match.activity for match in matches if match.activity in self._catalogue.contained}
        classes += tuple(self._parts(match) for match in _distinct(m for m in matches if m.activity in whole))
        plain = [match for match in matches if match.activity not in whole]
        return Recognition(
            matches=self._narrowest(reading, _distinct([*given, *plain])),
            classes=classes,
            ambiguous=tuple(
                self._ambiguous[hit.value[1]]
                for hit in found.vague
                if not self._only_qualifies(reading, hit, found.named)
            ),
            off_topic=tuple(self._off_topic[id_] for id_ in found.off_topic),
            offered=_distinct(sorted(offered, key=lambda match: -match.score))[:6],
            doubted=_distinct(found.doubted),
            excluded=tuple(dict.fromkeys(found.excluded)),
            not_understood=tuple(not_understood),
            unknown=self._unknown(reading, found) if not_understood else (),
            outbound=self._context.is_outbound(reading),
        )

    def _trades(self, reading: Reading, offered: Iterable[Match], not_understood: list[str]) -> list[Match]:
        """The trades that words tell where nothing tells the business.

        Something must say what the trade is in, and nothing may come near a listed activity.
        """
        spotted, trades = reading.scan.of("labels"), self.trades_in(reading)
        near = any(match.score >= SUSPECT and self._catalogue.is_covered(match.activity) for match in offered)
        if near or not trades or not (spotted or not_understood):
            return []
        own = self.mentions.own(reading, in_order(spotted, trades))
        return [
            self._match(reading, hit.value[1], "trade", 0.6, (hit.first, hit.after)) for hit in trades if own[hit] >= OWN
        ]

    @staticmethod
    def trades_in(reading: Reading) -> list[Hit]:
        """The trade words of a text that stand in no label."""
        known = reading.scan.covered("labels")
        return [hit for hit in reading.scan.of("trades") if known.isdisjoint(range(hit.first, hit.after))]

    def _given(self, reading: Reading) -> list[Match]:
        """The activities that ids and telecom categories state."""
        found = [Match(id_, "id", 1.0) for id_ in reading.proposal.activity_ids]
        for code in reading.proposal.telecom_categories:
            activity = self._catalogue.telecom_categories[code].activity
            if activity is not None:
                found.append(Match(activity, "telecom_category", 1.0))
        return found

    def _classes(self, reading: Reading) -> tuple[tuple[Match, ...], ...]:
        """For each industry code given, the activities that it holds."""
        return tuple(
            tuple(Match(id_, "industry_code", 1.0) for id_ in self._catalogue.classified(code))
            for code in reading.proposal.industry_codes
        )

    def _parts(self, match: Match) -> tuple[Match, ...]:
        """A match of a class that holds listed business as well, with that business."""
        return match, *(replace(match, activity=id_) for id_ in self._catalogue.contained[match.activity])

    def _sort(self, reading: Reading) -> _Sorted:
        """Sort the labels by what their neighbourhood makes of them."""
        spotted = reading.scan.of("labels")
        negated, customers = self._context.negated(reading, spotted), self._context.customers(reading, spotted)
        own = self.mentions.own(reading, spotted)
        leads = self._context.leads(reading, spotted)
        found = _Sorted(set(reading.used))
        played: list[tuple[Hit, str, Iterable[int]]] = []
        for hit in spotted:
            kind, id_ = hit.value
            found.taken.update(range(hit.first, hit.after))
            if kind == "off_topic":
                if hit not in negated:
                    found.off_topic.append(id_)
                continue
            activity: str = id_
            told: Iterable[int] = ()
            if kind == "activity":
                activity, told = self._context.in_role(id_, hit, leads[hit], reading)
            if hit in negated and own[hit] < SURE:
                found.excluded.append(id_)
                found.ended.add(hit.after)
            elif kind == "ambiguous":
                if own[hit] >= DOUBTED:
                    found.vague.append(hit)
            elif own[hit] >= OWN or self._catalogue.is_barred_to_all(id_):
                self._name(reading, found, hit, activity)
                found.taken.update(told)
            elif told:
                played.append((hit, activity, told))
            elif own[hit] >= ASKED and hit not in customers and self._catalogue.is_covered(id_):
                found.doubted.append(self._match(reading, id_, "term", own[hit], (hit.first, hit.after)))
        # Seats for cinemas are seats, where nothing else says what is made.
        for hit, activity, told in played if not found.named else ():
            self._name(reading, found, hit, activity)
            found.taken.update(told)
        return found

    def _name(self, reading: Reading, found: _Sorted, hit: Hit, activity: str) -> None:
        """Note that a label names the investor's own business, and what it becomes where he runs what he makes."""
        found.named.append(hit)
        activity = self._context.abroad(activity, reading)
        run = self._context.operated(activity, hit, reading)
        for named in (activity, run):
            if named is not None:
                found.matches.append(self._match(reading, named, "term", 0.98, (hit.first, hit.after)))

    def _gather(self, reading: Reading, found: _Sorted) -> None:
        """Add the labels whose words stand in another order, or apart, in a clause that names nothing else.

        Vague words may be among them: "printing of books" is book printing, though either word alone is vague.
        """
        parts, quiet = reading.parts, reading.scan.covered("stopwords")
        spoken = {hit.first for hit in found.named} | {match.first for match in self._context.negations(reading.scan)}
        vague = {i for hit in found.vague for i in range(hit.first, hit.after)}
        said = reading.used | (reading.scan.covered("labels") - vague)
        for clause in self._segments(reading, spoken):
            places: dict[str, int] = {}
            for term, first, _ in terms_with_spans(parts[clause.start : clause.stop]):
                index = clause.start + first
                if index not in quiet and index not in said:
                    places.setdefault(term, index)
            taken: set[int] = set()
            for id_, bag in self._ranker.whole(places):
                at = {places[term] for term in bag}
                runs = [range(hit.first, hit.after) for hit in found.vague]
                cuts = any(not at.isdisjoint(run) and not at.issuperset(run) for run in runs)
                if cuts or not at.isdisjoint(taken) or not _near(at):
                    continue
                taken |= at
                if self._catalogue.is_covered(id_):
                    found.vague = [hit for hit in found.vague if at.isdisjoint(range(hit.first, hit.after))]
                found.matches.append(self._match(reading, id_, "index", 0.9, (min(at), max(at) + 1)))
            found.taken |= taken

    @staticmethod
    def _segments(reading: Reading, spoken: set[int]) -> list[range]:
        """The parts of clauses on either side of "for" and the like that hold none of some tokens.

        A clause that holds one is parted at "and" as well.
        """
        found = []
        for clause in dict.fromkeys(reading.clauses):
            marks = [*reading.scan.of("supplying_to")]
            if not spoken.isdisjoint(clause):
                marks += reading.scan.of("joints")
            here = sorted((mark for mark in marks if mark.first in clause), key=lambda mark: mark.first)
            starts = [clause.start, *(mark.after for mark in here)]
            stops = [*(mark.first for mark in here), clause.stop]
            parts = [range(start, stop) for start, stop in zip(starts, stops, strict=True)]
            found += [part for part in parts if len(part) > 1 and spoken.isdisjoint(part)]
        return found

    def _tell_apart(self, reading: Reading, found: _Sorted) -> None:
        """Read a vague word in the sense that other words of its clause tell: a "research institute" for sociology.

        To read it as an activity that no measure covers, where another reading is covered, takes two such words.
        """
        scan = reading.scan
        # "Operate" says nothing by itself, and much beside "games".
        quiet = found.taken | (scan.covered("stopwords") - scan.covered("operating") - scan.covered("making"))
        for hit in [hit for hit in found.vague if not self._only_qualifies(reading, hit, found.named)]:
            clause = reading.clauses[hit.first]
            wanted = {
                term: clause.start + first
                for term, first, after in terms_with_spans(reading.parts[clause.start : clause.stop])
                if quiet.isdisjoint(range(clause.start + first, clause.start + after))
            }
            candidates = self._ambiguous[hit.value[1]].candidates
            told = self._ranker.prefer(candidates, wanted) if wanted else None
            if told is None or (told[1] < 2 and self._is_kinder(told[0], candidates)):
                continue
            found.vague.remove(hit)
            found.matches.append(self._match(reading, told[0], "index", 0.75, (hit.first, hit.after)))

    def _is_kinder(self, activity: str, others: Iterable[str]) -> bool:
        """Whether no measure covers an activity while one covers another reading."""
        return not self._catalogue.is_covered(activity) and any(map(self._catalogue.is_covered, others))

    def _rank_leftover(
        self, reading: Reading, found: _Sorted
    ) -> tuple[list[Match], list[Match], list[str]]:
        """Matches, offers and words not understood, after a search for each run of words that labels left over."""
        matches, offered, not_understood = list(found.matches), [], []
        # What follows a negation, or an excluded label without a break, is excluded as well.
        excluding = {match.after for match in self._context.negations(reading.scan)} | found.ended
        for run in self._leftover(reading, found.taken):
            if not excluding.isdisjoint((run[0] - 1, run[0])):
                continue
            ranked = self._ranked(reading, run)
            best = ranked[0].score if ranked else 0.0
            close = [match for match in ranked if best - match.score < MARGIN]
            sure = bool(ranked) and best >= LEAST.get(ranked[0].evidence, LEAST[MOST])
            if sure and len(close) == 1:
                matches.append(close[0])
                found.taken.update(range(*run))
            elif sure and not matches:
                offered.extend(close)
            else:
                offered.extend(match for match in ranked[:4] if match.score >= OFFER)
                not_understood.append(self._text(reading, run)[0])
        return matches, offered, not_understood

    def _unknown(self, reading: Reading, found: _Sorted) -> tuple[str, ...]:
        """What is joined to a named activity by "and" or the like and holds no word that is understood.

        One word, or three Chinese characters, may be no more than a detail, and so may be what resembles no activity
        that a measure covers, beside something that is made or near one that is open.
        """
        parts, spoken = reading.parts, found.taken - reading.used
        joints = {match.first: match.after for match in reading.scan.of("joints")}
        # "And" alone joins details as often as businesses.
        weak = {match.first for match in reading.scan.of("joints") if match.after - match.first == 1} & {
            index for index, part in enumerate(parts) if part.form in _AND
        }
        found_here: list[str] = []
        silent, denials = self._silent(reading), self._context.negations(reading.scan)
        for clause in dict.fromkeys(reading.clauses):
            here = [joint for joint in joints if joint in clause]
            for first in here:
                after = joints[first]
                stop = min((joint for joint in here if joint >= after), default=clause.stop)
                start = max((joints[joint] for joint in here if joint < first), default=clause.start)
                sides = range(start, first), range(after, stop)
                for one, other in (sides, sides[::-1]):
                    loud = [i for i in other if i not in found.taken and i not in silent]
                    if any(match.first in other for match in denials):
                        continue
                    strange = sum(1 if parts[i].is_han else 2 for i in loud) >= (8 if first in weak else 4)
                    if not strange or spoken.isdisjoint(one) or not spoken.isdisjoint(other):
                        continue
                    if not self._is_detail(reading, found, clause, (loud[0], loud[-1] + 1)):
                        found_here.append(self._text(reading, (loud[0], loud[-1] + 1))[0])
        return tuple(found_here)

    def _is_detail(self, reading: Reading, found: _Sorted, clause: range, run: Run) -> bool:
        """Whether words that nothing explains can hardly name an activity that a measure covers."""
        kin = {concept for match in found.matches for concept in self._catalogue.ancestry[match.activity]}
        near = [match.activity for match in self._ranked(reading, run) if match.score >= OFFER]
        near = [activity for activity in near if activity not in kin]
        made = [hit.value[1] for hit in found.named if hit.first in clause and self._context.makes(hit.value[1])]
        beside = near or any(not self._context.is_digital(activity) for activity in made)
        return bool(beside) and not any(map(self._catalogue.is_covered, near))

    @staticmethod
    def _silent(reading: Reading) -> frozenset[int]:
        """Tokens that say how something is done, not what."""
        scan = reading.scan
        return frozenset().union(*(scan.covered(name) for name in ("stopwords", "making", "operating", "supplying_to")))

    def _match(self, reading: Reading, activity: str, by: str, score: float, run: Run, evidence: int = 0) -> Match:
        text, span = self._text(reading, run)
        return Match(activity, by, score, text, span, evidence)

    def _text(self, reading: Reading, run: Run) -> tuple[str, tuple[int, int]]:
        start, end = reading.parts[run[0]].start, reading.parts[run[1] - 1].end
        return reading.proposal.text[start:end], (start, end)

    def _only_qualifies(self, reading: Reading, vague: Hit, named: list[Hit]) -> bool:
        """Whether a vague word adds no activity of its own beside those that were named.

        Beside one of its readings it is read so. Before an activity it only qualifies it: the "map" of "map software". Before an open trade that is no
        maker's it is kept, since "seed research" may be breeding. A carrier ("app", "platform") only carries a
        digital business that was named; beside an offline trade it may be one: a used-car website is not a
        used-car dealer, unless it is said to be the dealer's own.
        """
        candidates = self._ambiguous[vague.value[1]].candidates
        own = any(0 <= vague.first - match.after <= 1 for match in reading.scan.of("own"))
        for hit in named:
            activity = hit.value[1]
            beside = activity in candidates and reading.clauses[vague.first] == reading.clauses[hit.first]
            if beside and not self._is_kinder(activity, candidates):
                return True
            if vague.after == hit.first and (self._catalogue.is_covered(activity) or self._context.makes(activity)):
                return True
        return self._ambiguous[vague.value[1]].carrier and any(
            own or (self._context.is_digital(hit.value[1]) and _same_sentence(reading, vague, hit)) for hit in named
        )

    def _leftover(self, reading: Reading, taken: set[int]) -> list[Run]:
        """Runs of tokens that nothing explains: not matched, no fact, no stopword, no number."""
        parts = reading.parts
        quiet = taken | self._silent(reading)
        quiet.update(i for match in self._context.negations(reading.scan) for i in range(match.first, match.after))
        runs: list[Run] = []
        first: int | None = None
        for index, part in enumerate([*parts, None]):
            ends = part is None or part.is_break or index in taken
            if not ends and index not in quiet and first is None:
                first = index
            if ends and first is not None:
                last = max(i for i in range(first, index) if i not in quiet)
                runs.append((first, last + 1))
                first = None
        return [run for run in runs if _carries_meaning([parts[i] for i in range(*run) if i not in quiet])]

    def _ranked(self, reading: Reading, run: Run) -> list[Match]:
        """Activities for a run of tokens, best first."""
        here = reading.parts[run[0] : run[1]]
        quiet = reading.scan.covered("stopwords")
        wanted = {
            term
            for term, first, after in terms_with_spans(here)
            if not quiet.issuperset(range(run[0] + first, run[0] + after))
        }
        return [
            self._match(reading, found.activity, "index", found.score, run, found.evidence)
            for found in self._ranker.rank(wanted, least=OFFER)
        ]

    def _narrowest(self, reading: Reading, matches: tuple[Match, ...]) -> tuple[Match, ...]:
        """Without matches that only name what another match in the same clause is a kind of."""
        starts = {part.start: clause for part, clause in zip(reading.parts, reading.clauses, strict=True)}
        clauses = [None if match.span is None else starts[match.span[0]] for match in matches]
        above = {
            (concept, clause)
            for match, clause in zip(matches, clauses, strict=True)
            for concept in self._catalogue.ancestry[match.activity]
            if concept != match.activity
        }
        return tuple(
            match for match, clause in zip(matches, clauses, strict=True) if (match.activity, clause) not in above
        )


def in_order(*hits: Iterable[Hit]) -> list[Hit]:
    """Words of several sets as they stand in the text."""
    return sorted(chain.from_iterable(hits), key=lambda hit: hit.first)


def _same_sentence(reading: Reading, one: Hit, other: Hit) -> bool:
    """Whether no mark that ends a sentence stands between two labels."""
    first, last = sorted((one.first, other.first))
    return not any(part.form in _ENDS for part in reading.parts[first:last])


def _carries_meaning(loud: list[Token]) -> bool:
    """Whether tokens are more than numbers, or one stray character or letter, which are grammar."""
    if all(part.form.isdigit() for part in loud):
        return False
    return sum(1 if part.is_han else len(part.form) for part in loud) > 1


def _near(places: Collection[int]) -> bool:
    """Whether words stand near enough to each other to be one name."""
    return max(places) - min(places) < 2 * len(places) + 2


def _distinct(matches: Iterable[Match]) -> tuple[Match, ...]:
    found: dict[str, Match] = {}
    for match in matches:
        found.setdefault(match.activity, match)
    return tuple(found.values())
