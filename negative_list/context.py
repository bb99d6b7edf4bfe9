"""What the words around a label make of it: excluded, a customer's business, a supplier's, or nobody else's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from negative_list.catalogue import Catalogue
from negative_list.lexicon import Scan, Spotted, Words
from negative_list.origins import origins
from negative_list.proposal import Reading

# How many tokens may stand between a negation or a preposition and the label it governs.
REACH = 3
# How many tokens a town with its comma may take between "in" and its country, and how many may stand between a buyer's
# verb and the country of what it buys.
TOWN = 3
OBJECT = 6
# What joins further labels to an excluded one. "and" does so only without a comma before it.
_OR = frozenset({"or", "nor", "、", "/", "和", "或", "及", "与", "and"})
_RELATIVE = frozenset({"that", "which", "供", "由", "被"})
_OURS = frozenset({"our", "我", "自"})
_TURNING_BACK = frozenset({"only", "just", "but", "仅", "只", "但"})
# How English names those who do something: publishers do not publish what is made for them to order.
_AGENTS = ("er", "ers", "or", "ors")
# What parts a word before a label from the label: two things are named, not one about the other.
_PARTING = _OR | {"at", "in", "by", "with", "as", "plus", "our", "own", "并", "以", "同", "还", "也", "兼"}

# A label is known as an activity, a vague word or a sign of another topic, with its id.
Known = tuple[str, str]
Hit = Spotted

# The phrases of the data set that are plain lists of words.
_SETS = (
    "acquiring", "advertised_on", "based_before", "belonging", "buyers_are", "buying", "by_others", "carrying_on", "chinese", "chinese_investor",
    "company", "doing_for", "excluded_after", "installed_at", "internal_use", "joints", "located_before", "mainland", "making",
    "oneself", "operating", "overseas_only", "own", "placed_at", "places_abroad", "serving", "supplying_to",
)


def words_of(catalogue: Catalogue) -> dict[str, Words]:
    """The words that tell what a label beside them is about, for the lexicon."""
    phrases = catalogue.phrases
    sets: dict[str, Words] = {
        key: [(word, True) for words in phrases[key].values() for word in words] for key in _SETS
    }
    sets["negations"] = [(word, True) for words in phrases["negations"].values() for word in words] + [
        (word, False) for words in phrases["not_negations"].values() for word in words
    ]
    for side in ("before", "after"):
        sets[f"role_{side}"] = [
            (word, role) for role in phrases["roles"] for words in role[side].values() for word in words
        ]
    return sets


class Context:
    """Reads the neighbourhood of labels with the phrases of the data set."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def is_digital(self, activity: str) -> bool:
        """Whether an activity belongs to a digital domain."""
        return activity.partition("/")[0] in self._catalogue.phrases["digital_domains"]

    def makes(self, activity: str) -> bool:
        """Whether an activity is a maker's: software, goods, building or repair, whatever they are for."""
        return activity.partition("/")[0] in self._catalogue.phrases["making_domains"]

    def told(self, reading: Reading, spotted: Sequence[Hit]) -> dict[str, set[Hit]]:
        """What rules tell of labels: signs among others of whose business a label names."""
        leads = self.leads(reading, spotted)
        acts = [hit for hit in spotted if hit.value[0] == "activity"]
        # A phrase without meaning, such as "personal data", says nothing by the vague word in it either.
        phrases = [match for match in reading.scan.of("stopwords") if match.after - match.first > 1]
        return {
            "negated": self.negated(reading, spotted),
            "customer": self.customers(reading, spotted),
            "phrase": {
                hit for hit in spotted if hit.value[0] == "ambiguous" and any(_spans(phrase, hit) for phrase in phrases)
            },
            "converted": {
                hit for hit in acts if self.in_role(hit.value[1], hit, leads[hit], reading)[0] != hit.value[1]
            },
            "makes": {hit for hit in acts if self.makes(hit.value[1])},
        }

    @staticmethod
    def negations(scan: Scan) -> list[Spotted]:
        """Words that exclude what follows them."""
        return [match for match in scan.of("negations") if match.value]

    def negated(self, reading: Reading, spotted: Sequence[Hit]) -> set[Hit]:
        """Labels that the text excludes.

        A negation excludes the label after it in the same clause and those joined to it by "or", "、" and the like,
        also in a list with commas that ends in "or"; words such as "excluded" exclude the label before them, and words
        such as "done by others" all that their clause names before.
        """
        parts, ends = reading.parts, {match.after for match in self.negations(reading.scan)}
        # "Not publishing" is a negation as a whole.
        inside = {i for match in self.negations(reading.scan) for i in range(match.first, match.after)}
        closing = {match.first for match in reading.scan.of("excluded_after")} - {
            match.first for match in self.negations(reading.scan)
            if any(match.after <= hit.first <= match.after + REACH for hit in spotted)
        }
        found: set[Hit] = set()
        waiting: list[Hit] = []
        previous: Hit | None = None
        for hit in sorted((*spotted, *self._unnamed(reading, spotted)), key=lambda hit: hit.first):
            if hit.value is None:
                found.add(hit)
                previous, waiting = hit, []
                continue
            near = [
                end
                for end in range(max(0, hit.first - REACH), hit.first + 1)
                if end in ends and not any(part.is_break for part in parts[end : hit.first])
            ]
            between = [] if previous is None else [part.form for part in parts[previous.after : hit.first]]
            # "not only X but Y" turns back to carrying on a business.
            if hit.first in inside or (
                near and not any(part.form in _TURNING_BACK for part in parts[max(near) : hit.first])
            ):
                found.add(hit)
                waiting = []
            elif previous is not None and (previous in found or previous in waiting) and between:
                if _OR.issuperset(between):
                    found.update((*waiting, hit))
                    waiting = []
                elif between[0] == "," and _OR.union(",").issuperset(between):
                    waiting.append(hit)
                    if not {"or", "nor", "或"}.isdisjoint(between):
                        found.update(waiting)
                        waiting = []
            if hit.after in closing or (hit.after + 1 in closing and not parts[hit.after].is_break):
                found.add(hit)
            previous = hit
        for match in reading.scan.of("by_others"):
            done = range(reading.clauses[match.first].start, match.after + REACH)
            found.update(hit for hit in spotted if hit.first in done)
        return found

    def _unnamed(self, reading: Reading, spotted: Sequence[Hit]) -> list[Hit]:
        """The words that a negation excludes and no label knows, up to the comma or the "and" that ends them."""
        parts, firsts = reading.parts, {hit.first for hit in spotted}
        found = []
        for negation in self.negations(reading.scan):
            stop = negation.after
            while stop < len(parts) and not parts[stop].is_break and parts[stop].form not in _OR:
                stop += 1
            if negation.after < stop and firsts.isdisjoint(range(negation.first, stop)):
                found.append(Spotted(None, negation.after, stop, ""))
        return found

    def customers(self, reading: Reading, spotted: Sequence[Hit]) -> set[Hit]:
        """Activities that are only whom something is made for or sold to: the hospitals of "robots for hospitals".

        Counted so when a supplying trade (making, software, wholesale and the like) is named beside them, when a
        maker's verb stands before them with what it makes, or when Chinese says what is done for them (给医院做). Where
        nothing of this is said, only an activity that no measure covers is: dropping it can make the answer less
        certain, never kinder.
        """
        scan = reading.scan
        named = {i for hit in spotted if hit.value[0] == "activity" for i in range(hit.first, hit.after)}
        # A factory "for" dishes makes them: the maker's word itself is nothing that is made.
        silent = named | scan.covered("stopwords") | scan.covered("making") | reading.used
        suppliers = [hit for hit in spotted if hit.value[0] == "activity" and self.supplies(hit.value[1])]
        found = self._buyers(reading, spotted) | self._of_others(reading, spotted) | self._media(reading, spotted)
        for preposition, placed in sorted(
            [(match, False) for match in scan.of("supplying_to")] + [(match, True) for match in scan.of("placed_at")],
            key=lambda pair: pair[0].first,
        ):
            hit = self._governed(reading, spotted, preposition)
            if hit is None:
                continue
            clause = reading.clauses[preposition.first]
            before = range(clause.start, preposition.first)
            made = scan.within("making", clause.start, preposition.first) and named.isdisjoint(before)
            if placed:
                # "Repair scanners in hospitals" repairs; "sell clothes on Douyin" is told by its role.
                if made and not silent.issuperset(before) and not self.is_brand(hit):
                    found.add(hit)
                continue
            done = any(hit.after <= match.first <= hit.after + 1 for match in scan.of("doing_for"))
            served = [other for other in spotted if other not in found]
            if done or self._serves(reading, served, preposition, hit):
                found.add(hit)
            elif hit.value[0] == "ambiguous":
                if any(supplier.first in clause for supplier in suppliers) or (made and not silent.issuperset(before)):
                    found.add(hit)
            elif not self.supplies(hit.value[1]) and (
                any(supplier.first in clause for supplier in suppliers)
                or (made and not silent.issuperset(before))
                or (not silent.issuperset(before) and not self._catalogue.is_covered(hit.value[1]))
            ):
                found.add(hit)
        return found

    @staticmethod
    def _buyers(reading: Reading, spotted: Sequence[Hit]) -> set[Hit]:
        """Activities that the text says buy what is made: "the buyers are hospitals", "pumps that hospitals order"."""
        scan, parts = reading.scan, reading.parts
        found: set[Hit] = set()
        for match in scan.of("buyers_are"):
            clause = reading.clauses[match.first]
            found.update(hit for hit in spotted if hit.first >= match.after and hit.first in clause)
        for match in scan.of("buying"):
            for hit in spotted:
                start = max(reading.clauses[match.first].start, hit.first - REACH)
                if hit.after == match.first and any(part.form in _RELATIVE for part in parts[start : hit.first]):
                    found.add(hit)
        return found

    def _of_others(self, reading: Reading, spotted: Sequence[Hit]) -> set[Hit]:
        """Activities that only say whose, for whom or where the thing supplied is.

        "The bank's own servers" beside software; the hospital right before its software, the game right before the
        artwork made for it; whoever pays for a service that is named; where something is installed.
        """
        parts, scan, found = reading.parts, reading.scan, set()
        suppliers = [hit for hit in spotted if hit.value[0] == "activity" and self.supplies(hit.value[1])]
        firsts = {match.first for match in scan.all_of("belonging")}
        trades = self._catalogue.phrases["supplying_trades"]
        verbs = tuple(self._catalogue.phrases["verbs_last"])
        for match in scan.of("serving"):
            hit = self._governed(reading, spotted, match)
            if hit is not None and any(other.after <= match.first and other.value[0] == "activity" for other in spotted):
                found.add(hit)
        for match in scan.of("installed_at"):
            inside = range(match.after, reading.clauses[match.first].stop)
            found.update(
                hit
                for hit in spotted
                if hit.first in inside and not any(part.form in _OURS for part in parts[match.after : hit.first])
            )
        for hit in spotted:
            possessive = parts[hit.after - 1].form.endswith(("'s", "s'")) or hit.after in firsts
            if (possessive and any(other != hit for other in suppliers)) or any(
                other.first == hit.after
                and not other.label.startswith(verbs)
                and (self.makes(other.value[1]) or other.value[1] in trades)
                for other in suppliers
            ):
                found.add(hit)
        return found

    def _media(self, reading: Reading, spotted: Sequence[Hit]) -> set[Hit]:
        """Activities of others that an advertising business places adverts on: "books banners on news websites"."""
        scan, leads = reading.scan, self.leads(reading, spotted)
        found: set[Hit] = set()
        for match in scan.of("advertised_on"):
            clause = reading.clauses[match.first]
            if any(role.first <= match.first and match.after <= role.after for role in scan.of("role_before")):
                continue
            if not any(hit.value[1].startswith("advertising/") and hit.first in clause for hit in spotted):
                continue
            hit = self._governed(reading, spotted, match)
            if hit is not None and not scan.within("own", match.after, hit.first):
                found.update(
                    other
                    for other in spotted
                    if leads[other] == leads[hit] and not other.value[1].startswith("advertising/")
                )
        return found

    @staticmethod
    def _governed(reading: Reading, spotted: Sequence[Hit], preposition: Spotted) -> Hit | None:
        """The label right after a preposition, in its clause, if there is one."""
        hit = next((hit for hit in spotted if hit.first >= preposition.after), None)
        if hit is None or hit.value[0] == "off_topic" or hit.first not in reading.clauses[preposition.first]:
            return None
        # "To compile our own maps", "for our own shops": what is one's own is nobody else's business.
        if any(part.form == "our" for part in reading.parts[preposition.after : hit.first]):
            return None
        # "To publish books" states an aim.
        if preposition.label == "to" and any(match.first == hit.first for match in reading.scan.of("carrying_on")):
            return None
        return hit if hit.first - preposition.after <= REACH else None

    def _serves(self, reading: Reading, spotted: Sequence[Hit], preposition: Spotted, hit: Hit) -> bool:
        """Whether an activity named right before a preposition serves the one named after it.

        A fund for films puts money into films, a marketplace for games offers games, and what is opened "to run"
        something runs it.
        """
        before = [other for other in spotted if other.after <= preposition.first and other.value[0] == "activity"]
        if hit.value[0] == "activity" and self.supplies(hit.value[1]):
            return False
        if not before or not 0 <= preposition.first - before[-1].after <= 1:
            return False
        trade = before[-1].value[1]
        phrases = self._catalogue.phrases
        if trade in phrases["investing_trades"] or trade.partition("/")[0] in phrases["content_domains"]:
            return False
        return not reading.scan.within("carrying_on", preposition.after, hit.first)

    def supplies(self, activity: str) -> bool:
        """Whether an activity is a supplier's: what stands beside it may only say for whom it supplies."""
        trades = self._catalogue.phrases["supplying_trades"]
        return activity in trades or activity.partition("/")[0] in trades

    @staticmethod
    def leads(reading: Reading, spotted: Sequence[Hit]) -> dict[Hit, int]:
        """For each label the first token of the labels it is joined to by "and", "or", "、" and the like."""
        found: dict[Hit, int] = {}
        previous: Hit | None = None
        for hit in spotted:
            between = [] if previous is None else [part.form for part in reading.parts[previous.after : hit.first]]
            joined = previous is not None and between and _OR.issuperset(between)
            found[hit] = found[previous] if joined and previous is not None else hit.first
            previous = hit
        return found

    def in_role(self, activity: str, hit: Hit, lead: int, reading: Reading) -> tuple[str, Iterable[int]]:
        """The activity that words beside a label make of it, and the tokens of those words.

        Software for hospitals is software, but for what is barred to everybody it is no business either, and parts of
        arms are arms. Where the clause also speaks of operating, the label keeps its own meaning, the stricter.
        """
        if self._catalogue.is_barred_to_all(activity) or self.makes(activity):
            return activity, ()
        parts, scan, clause = reading.parts, reading.scan, reading.clauses[hit.first]
        operating = scan.within("operating", clause.start, clause.stop)
        if not operating:
            for role in scan.within("role_after", hit.after, clause.stop):
                if role.first == hit.after and self._plays(role, activity, hit):
                    return role.value["becomes"], range(role.first, role.after)
        for role in reversed(scan.within("role_before", clause.start, lead)):
            gap = range(role.after, lead)
            if len(gap) > REACH or any(parts[i].form in _PARTING for i in gap):
                break
            # "Software for running hospitals" speaks of what the software is for.
            if all(match.first in gap for match in operating) and self._plays(role, activity, hit):
                return role.value["becomes"] or activity, range(role.first, lead)
        return activity, ()

    def operated(self, activity: str, hit: Hit, reading: Reading) -> str | None:
        """What a maker's business becomes as well where the sentence says that whoever makes a thing also runs it."""
        becomes = self._catalogue.phrases["operated"].get(activity)
        if becomes is None:
            return None
        scan = reading.scan
        before = {match.after for match in scan.of("oneself")}
        for verb in scan.of("operating"):
            clause = reading.clauses[verb.first]
            denied = any(match.first in clause and match.after <= verb.first for match in self.negations(scan))
            others = any(match.first in clause for match in scan.of("by_others"))
            somebody = reading.parts[verb.first].form.endswith(_AGENTS)
            if verb.first >= hit.after and not (denied or others or somebody) and verb.first in before:
                return str(becomes)
        return None

    def _plays(self, role: Spotted, activity: str, hit: Hit) -> bool:
        """Whether a role fits: some fit only a brand ("ads on Douyin"), some only what is no app itself."""
        if role.value["offline_only"] and self.is_digital(activity):
            return False
        return not role.value["brands_only"] or self.is_brand(hit)

    def is_brand(self, hit: Hit) -> bool:
        """Whether a label is a brand that an activity goes by."""
        kind, id_ = hit.value
        return kind == "activity" and any(
            hit.label in names for names in self._catalogue.activities[id_].hidden.values()
        )

    def for_itself(self, reading: Reading) -> bool:
        """Whether a thing is said to be for the investor's own use, and not denied to be."""
        ends = {match.after for match in self.negations(reading.scan)}
        return any(
            ends.isdisjoint((match.first, match.first - 1)) for match in reading.scan.of("internal_use")
        )

    def abroad(self, activity: str, reading: Reading) -> str:
        """What an activity is where only users outside China are served."""
        phrases = self._catalogue.phrases
        if not reading.scan.of("overseas_only"):
            return activity
        reached = not self._catalogue.ancestry[activity].isdisjoint(phrases["overseas_only_reaches"])
        return str(phrases["overseas_only_becomes"]) if reached else activity

    def is_outbound(self, reading: Reading) -> bool:
        """Whether the investment is said to be made outside mainland China.

        A Chinese investor buys or sets up something that is named with another country, or in one; or the business is
        placed "in" another country and no place of China is named at all.
        """
        scan = reading.scan
        named = sorted((*scan.of("origins"), *scan.of("places_abroad")), key=lambda match: match.first)
        placed = {match.after for match in scan.of("located_before")} - {
            match.after for match in scan.of("based_before")
        }
        located = [match for match in named if self._is_place(match) and self._stands_in(reading, match, placed)]
        at_home = self._companies_in_places(scan)
        buying = [match for match in scan.of("acquiring") if any(match.first >= place.after for place in at_home)]
        if any(match.first >= other.after for match in located for other in buying):
            return True
        investors = [*scan.of("chinese_investor"), *self._companies_of_places(scan)]
        if investors:
            first = min(match.after for match in investors)
            if any(match.first >= first for match in located):
                return True
            after = [match for match in scan.of("acquiring") if match.first >= first]
            if any(0 <= match.first - verb.after <= OBJECT for match in named for verb in after):
                return True
        at_home = [match for match in scan.of("places") if match.first in placed or self._is_aside(reading, match)]
        return bool(located) and not (at_home or scan.of("mainland"))

    @staticmethod
    def _stands_in(reading: Reading, place: Spotted, placed: Collection[int]) -> bool:
        """Whether a place follows "in", or a town that nobody knows does so: "in Hawassa, Ethiopia"."""
        parts = reading.parts
        town = range(place.first - TOWN, place.first - 1)
        return place.first in placed or (
            place.first > TOWN and parts[place.first - 1].form == "," and not placed.isdisjoint(town)
        )

    @staticmethod
    def _is_aside(reading: Reading, place: Spotted) -> bool:
        """Whether a place stands between commas or at the end, as in a note: "call centre, Dalian, 300 seats"."""
        parts = reading.parts
        after = place.after == len(parts) or parts[place.after].is_break
        return after and place.first > 0 and parts[place.first - 1].is_break

    @staticmethod
    def _companies_of_places(scan: Scan) -> list[Spotted]:
        """Companies named after China or a place in it: "a Chinese esports club", 江苏的光伏企业."""
        return [
            place
            for place in (*scan.of("places"), *scan.of("chinese"))
            for company in scan.of("company")
            if 0 <= company.first - place.after <= REACH + 2
        ]

    @staticmethod
    def _companies_in_places(scan: Scan) -> list[Spotted]:
        """Companies said to stand in a place of China: "our factory in Shenzhen"."""
        return [
            place
            for company in (*scan.of("company"), *scan.of("making"))
            for place in scan.of("places")
            if place.first - company.after == 1
        ]

    @staticmethod
    def _is_place(match: Spotted) -> bool:
        """Whether a country or a city is named itself, not its people: "in Germany", not "in German hands"."""
        if match.value not in origins():
            return True
        label = origins()[match.value].label
        return match.label in (label.en, label.zh)



def _spans(longer: Hit, shorter: Hit) -> bool:
    """Whether one label covers another and more."""
    return (
        longer.first <= shorter.first
        and shorter.after <= longer.after
        and longer.after - longer.first > shorter.after - shorter.first
    )
