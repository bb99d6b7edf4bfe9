"""Activities that a text names only as somebody else's: whom something is made for, sold to, or placed with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from negative_list.catalogue import Catalogue
from negative_list.context import REACH, Context, Hit
from negative_list.lexicon import Spotted
from negative_list.proposal import Reading

_RELATIVE = frozenset({"that", "which", "供", "由", "被"})
_OURS = frozenset({"our", "我", "自"})


class Customers:
    """Tells labels that name customers, owners and media by fixed patterns: signs that are weighed with others."""

    def __init__(self, catalogue: Catalogue, context: Context) -> None:
        self._catalogue = catalogue
        self._context = context

    def named(self, reading: Reading, spotted: Sequence[Hit]) -> set[Hit]:
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
        suppliers = [hit for hit in spotted if hit.value[0] == "activity" and self._context.supplies(hit.value[1])]
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
                if made and not silent.issuperset(before) and not self._context.is_brand(hit):
                    found.add(hit)
                continue
            done = any(hit.after <= match.first <= hit.after + 1 for match in scan.of("doing_for"))
            served = [other for other in spotted if other not in found]
            if done or self._serves(reading, served, preposition, hit):
                found.add(hit)
            elif hit.value[0] == "ambiguous":
                if any(supplier.first in clause for supplier in suppliers) or (made and not silent.issuperset(before)):
                    found.add(hit)
            elif not self._context.supplies(hit.value[1]) and (
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
        suppliers = [hit for hit in spotted if hit.value[0] == "activity" and self._context.supplies(hit.value[1])]
        firsts = {match.first for match in scan.all_of("belonging")}
        trades = self._catalogue.phrases["supplying_trades"]
        verbs = tuple(self._catalogue.phrases["verbs_last"])
        for match in scan.of("serving"):
            hit = self._governed(reading, spotted, match)
            before = (other for other in spotted if other.after <= match.first)
            if hit is not None and any(other.value[0] == "activity" for other in before):
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
                and (self._context.makes(other.value[1]) or other.value[1] in trades)
                for other in suppliers
            ):
                found.add(hit)
        return found

    def _media(self, reading: Reading, spotted: Sequence[Hit]) -> set[Hit]:
        """Activities of others that an advertising business places adverts on: "books banners on news websites"."""
        scan, found = reading.scan, set[Hit]()
        placed = scan.of("advertised_on")
        leads = self._context.leads(reading, spotted) if placed else {}
        for match in placed:
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
        place = bisect_left(spotted, preposition.after, key=lambda hit: hit.first)
        hit = spotted[place] if place < len(spotted) else None
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
        if hit.value[0] == "activity" and self._context.supplies(hit.value[1]):
            return False
        if not before or not 0 <= preposition.first - before[-1].after <= 1:
            return False
        trade = before[-1].value[1]
        phrases = self._catalogue.phrases
        if trade in phrases["investing_trades"] or trade.partition("/")[0] in phrases["content_domains"]:
            return False
        return not reading.scan.within("carrying_on", preposition.after, hit.first)
