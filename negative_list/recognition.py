"""From words to activities: exact labels first, then a ranked search for what they leave over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from negative_list.catalogue import Catalogue
from negative_list.context import Context, Hit
from negative_list.customers import Customers
from negative_list.gist import NOTHING, Gist, Whole, likeliest, signs_of
from negative_list.leftovers import SUSPECT, Leftovers
from negative_list.matches import Found, Match, match_at
from negative_list.mentions import OWN, SURE, Mentions
from negative_list.model import AmbiguousTerm, OffTopicTerm, Status
from negative_list.outbound import Abroad, abroad
from negative_list.proposal import Reading
from negative_list.ranking import Ranker
from negative_list.text import ENDS, terms_with_spans

# Down to this likelihood of naming the investor's own business a vague word is kept and a listed business asked about,
# for dropping one costs more than asking.
DOUBTED = 0.22
# Where the whole finds it less likely that no business in China is told, a place abroad is only a memory.
NONE_HERE = 0.05


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a text was understood to name.

    `classes` holds, for each industry class named, the activities it holds, `offered` ranked matches too weak or too
    close to each other to count, `doubted` labels that may or may not name the investor's business, `excluded` the ids
    that the text rules out, `not_understood` the words that nothing explains, `unknown` those of them that are named
    beside an activity as if they were another one, `contradicted` the activities to ask about where labels and the text
    as a whole disagree.
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
    whole: Whole = NOTHING
    contradicted: tuple[str, ...] | None = None


class Recogniser:
    """Recognises activities against one catalogue; everything is prepared once."""

    def __init__(self, catalogue: Catalogue, ranker: Ranker, gist: Gist) -> None:
        self._catalogue = catalogue
        self._gist = gist
        self._ambiguous = {term.id: term for term in catalogue.ambiguous}
        self._off_topic = {term.id: term for term in catalogue.off_topic}
        self._context = Context(catalogue)
        self._ranker = ranker
        self._leftovers = Leftovers(catalogue, self._context, ranker)
        self.mentions = Mentions(catalogue, self._context, Customers(catalogue, self._context))

    def recognise(self, reading: Reading) -> Recognition:
        """Find the activities, the vague words and the exclusions in a reading of a proposal."""
        given, classes = self._given(reading), self._classes(reading)
        if not reading.proposal.text.strip():
            return Recognition(_distinct(given), classes)
        if reading.strange or self._gist.is_strange(reading):
            return Recognition(_distinct(given), classes, not_understood=(reading.proposal.text.strip(),))
        found = self._sort(reading)
        found.taken |= reading.scan.covered("internal_use")
        self._gather(reading, found)
        self._tell_apart(reading, found)
        matches, offered, not_understood = self._leftovers.ranked(reading, found)
        if self._context.for_itself(reading):
            # A company's own data centre or model, offered to nobody, is no telecom or information business.
            own = self._catalogue.phrases["internal_use_becomes"]
            matches = [replace(m, activity=own) if self._context.is_digital(m.activity) else m for m in matches]
            if all(match.activity == own for match in matches):
                offered, not_understood = [], []
        if not matches and not given and not found.vague and not found.off_topic:
            matches = self._trades(reading, offered, not_understood)
        mixed = {match.activity for match in matches if match.activity in self._catalogue.contained}
        classes += tuple(self._parts(match) for match in _distinct(m for m in matches if m.activity in mixed))
        plain = [match for match in matches if match.activity not in mixed]
        # Whom a business is for and where it is, where a text says so, is no matter of likelihood.
        where = abroad(reading)
        told = given or classes or self._context.for_itself(reading) or reading.scan.of("overseas_only")
        whole = NOTHING if told or where is Abroad.SAID else self._whole(reading, found, matches)
        outbound = where is Abroad.SAID or (where is Abroad.PERHAPS and not _is_business_here(whole))
        if outbound:
            whole = NOTHING
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
            unknown=self._leftovers.unknown(reading, found) if not_understood else (),
            outbound=outbound,
            whole=whole,
        )

    def signs(self, reading: Reading, own: Mapping[Hit, float] | None = None) -> set[str]:
        """The signs of a text, by which it is told what it says as a whole.

        `own` is how likely each label names the investor's own business, where that is told otherwise.
        """
        own = own or self.mentions.own(reading, reading.scan.of("labels"))
        return signs_of(reading, own, (), self._gist.kinds)

    def _whole(self, reading: Reading, found: Found, matches: Iterable[Match]) -> Whole:
        """What the text as a whole tells; what it rules out makes it no stricter, and is no business of its own."""
        signs = signs_of(reading, found.own, (), self._gist.kinds)
        likely: Mapping[Status, float] = self._gist.likely(signs)
        if likely and found.ruled_out:
            rest = signs_of(reading, found.own, found.ruled_out, self._gist.kinds)
            without = self._gist.likely(rest)
            told = without and likeliest(without) is not Status.UNDETERMINED
            if not told or _strictness(without) < _strictness(likely):
                signs, likely = rest, without
        return Whole(likely, lambda: self._gist.nearest(signs), lambda: self._apart(reading, found, matches))

    def _apart(self, reading: Reading, found: Found, matches: Iterable[Match]) -> Mapping[Status, float]:
        beside = self._beside(reading, found, matches)
        return self._without(reading, found, beside | found.ruled_out) if beside else {}

    def _without(self, reading: Reading, found: Found, tokens: Collection[int]) -> Mapping[Status, float]:
        return self._gist.likely(signs_of(reading, found.own, tokens, self._gist.kinds))

    def _beside(self, reading: Reading, found: Found, matches: Iterable[Match]) -> set[int]:
        """The parts of a text that name open business only, where something else stands beside them."""
        parts, kinds = reading.parts, self._gist.kinds
        named = [(match.span, kinds[match.activity]) for match in matches if match.span is not None]
        beside, other = set[int](), False
        for clause in dict.fromkeys(reading.clauses):
            for part in _cut(clause, reading.scan.of("joints")):
                start, stop = parts[part.start].start, parts[part.stop - 1].end
                here = {kind for span, kind in named if start <= span[0] < stop}
                if here == {Status.OPEN}:
                    beside.update(part)
                else:
                    other = True
        return beside if other else set()

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
            match_at(reading, hit.value[1], "trade", 0.6, (hit.first, hit.after)) for hit in trades if own[hit] >= OWN
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

    def _sort(self, reading: Reading) -> Found:
        """Sort the labels by what their neighbourhood makes of them."""
        spotted = reading.scan.of("labels")
        told = self.mentions.told(reading, spotted)
        negated, customers = told["negated"], told["customer"]
        own = self.mentions.own(reading, spotted, told)
        leads = self._context.leads(reading, spotted)
        found = Found(set(reading.used), own=own, ruled_out=self._context.ruled_out(reading, spotted, negated))
        played: list[tuple[Hit, str, Iterable[int]]] = []
        for hit in spotted:
            kind, id_ = hit.value
            found.taken.update(range(hit.first, hit.after))
            if kind == "off_topic":
                if hit not in negated:
                    found.off_topic.append(id_)
                continue
            activity: str = id_
            words: Iterable[int] = ()
            if kind == "activity":
                activity, words = self._context.in_role(id_, hit, leads[hit], reading)
            if hit in negated and own[hit] < SURE:
                found.excluded.append(id_)
                found.ended.add(hit.after)
            elif kind == "ambiguous":
                if own[hit] >= DOUBTED or (own[hit] >= DOUBTED / 2 and _is_all(reading, hit)):
                    found.vague.append(hit)
            elif own[hit] >= OWN or self._catalogue.is_barred_to_all(id_):
                self._name(reading, found, hit, activity)
                found.taken.update(words)
            elif words:
                played.append((hit, activity, words))
            elif own[hit] >= DOUBTED and hit not in customers and self._catalogue.is_covered(id_):
                found.doubted.append(match_at(reading, id_, "term", own[hit], (hit.first, hit.after)))
        # Seats for cinemas are seats, where nothing else says what is made.
        for hit, activity, words in played if not found.named else ():
            self._name(reading, found, hit, activity)
            found.taken.update(words)
        return found

    def _name(self, reading: Reading, found: Found, hit: Hit, activity: str) -> None:
        """Note that a label names the investor's own business, and what it becomes where he runs what he makes."""
        found.named.append(hit)
        activity = self._context.domestic(self._context.abroad(activity, reading), hit, reading)
        run = self._context.operated(activity, hit, reading)
        for named in (activity, run):
            if named is not None:
                found.matches.append(match_at(reading, named, "term", 0.98, (hit.first, hit.after)))

    def _gather(self, reading: Reading, found: Found) -> None:
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
                found.matches.append(match_at(reading, id_, "index", 0.9, (min(at), max(at) + 1)))
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
            found += [part for part in _cut(clause, marks) if len(part) > 1 and spoken.isdisjoint(part)]
        return found

    def _tell_apart(self, reading: Reading, found: Found) -> None:
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
            found.matches.append(match_at(reading, told[0], "index", 0.75, (hit.first, hit.after)))

    def _is_kinder(self, activity: str, others: Iterable[str]) -> bool:
        """Whether no measure covers an activity while one covers another reading."""
        return not self._catalogue.is_covered(activity) and any(map(self._catalogue.is_covered, others))

    def _only_qualifies(self, reading: Reading, vague: Hit, named: list[Hit]) -> bool:
        """Whether a vague word adds no activity of its own beside those that were named.

        Beside one of its readings it is read so, unless a stricter one is possible. Before an activity it only
        qualifies it: the "map" of "map software". Before an open trade that is no maker's it is kept, since "seed
        research" may be breeding. A carrier ("app", "platform") only carries a digital business that was named; beside
        an offline trade it may be one: a used-car website is not a used-car dealer, unless it is said to be the
        dealer's own.
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


def _cut(clause: range, marks: Iterable[Hit]) -> list[range]:
    """The parts of a clause between some words of it, those that hold a word."""
    here = sorted((mark for mark in marks if mark.first in clause), key=lambda mark: mark.first)
    starts = [clause.start, *(mark.after for mark in here)]
    stops = [*(mark.first for mark in here), clause.stop]
    return [range(start, stop) for start, stop in zip(starts, stops, strict=True) if start < stop]


def _is_all(reading: Reading, hit: Hit) -> bool:
    """Whether a label is all that its clause says: "an app"."""
    silent = reading.scan.covered("stopwords")
    return all(index in silent for index in reading.clauses[hit.first] if not hit.first <= index < hit.after)


def in_order(*hits: Iterable[Hit]) -> list[Hit]:
    """Words of several sets as they stand in the text."""
    return sorted(chain.from_iterable(hits), key=lambda hit: hit.first)


def _same_sentence(reading: Reading, one: Hit, other: Hit) -> bool:
    """Whether no mark that ends a sentence stands between two labels."""
    first, last = sorted((one.first, other.first))
    return not any(part.form in ENDS for part in reading.parts[first:last])


def _near(places: Collection[int]) -> bool:
    """Whether words stand near enough to each other to be one name."""
    return max(places) - min(places) < 2 * len(places) + 2


def _is_business_here(whole: Whole) -> bool:
    """Whether the whole is all but sure that a business in China is told."""
    return bool(whole.likely) and whole.likely[Status.UNDETERMINED] < NONE_HERE


def _strictness(likely: Mapping[Status, float]) -> tuple[Status, float]:
    """What kind of business is likeliest, and how little open it is."""
    return likeliest(likely), -likely[Status.OPEN]


def _distinct(matches: Iterable[Match]) -> tuple[Match, ...]:
    found: dict[str, Match] = {}
    for match in matches:
        found.setdefault(match.activity, match)
    return tuple(found.values())
