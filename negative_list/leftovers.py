"""The words of a text that no label explains: what a ranked search finds for them, and what stays unknown."""

from __future__ import annotations

from negative_list.catalogue import Catalogue
from negative_list.context import Context
from negative_list.matches import Found, Match, Run, match_at, words_at
from negative_list.proposal import Reading
from negative_list.ranking import Ranked, Ranker
from negative_list.text import Token, terms_with_spans

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
# The sets of words that say how something is done, not what.
_HOW = ("stopwords", "making", "operating", "acquiring", "supplying_to", "places_abroad", "origins")
_AND = frozenset({"and", "和", "及", "与"})


class Leftovers:
    """Searches what labels leave over."""

    def __init__(self, catalogue: Catalogue, context: Context, ranker: Ranker) -> None:
        self._catalogue = catalogue
        self._context = context
        self._ranker = ranker

    def ranked(self, reading: Reading, found: Found) -> tuple[list[Match], list[Match], list[str]]:
        """Matches, offers and words not understood, after a search for each run of words that labels left over."""
        matches, offered, not_understood = list(found.matches), list[Match](), list[str]()
        # What follows a negation, or an excluded label without a break, is excluded as well.
        excluding = {match.after for match in self._context.negations(reading.scan)} | found.ended
        for run in self._leftover(reading, found.taken):
            if not excluding.isdisjoint((run[0] - 1, run[0])):
                continue
            ranked = self._ranked(reading, run)
            best = ranked[0].score if ranked else 0.0
            close = [one for one in ranked if best - one.score < MARGIN]
            sure = bool(ranked) and best >= LEAST.get(ranked[0].evidence, LEAST[MOST])
            if sure and len(close) == 1:
                matches.append(_match(reading, run, close[0]))
                found.taken.update(range(*run))
            elif sure and not matches:
                offered.extend(_match(reading, run, one) for one in close)
            else:
                offered.extend(_match(reading, run, one) for one in ranked[:4])
                not_understood.append(words_at(reading, run)[0])
        return matches, offered, not_understood

    def unknown(self, reading: Reading, found: Found) -> tuple[str, ...]:
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
                        found_here.append(words_at(reading, (loud[0], loud[-1] + 1))[0])
        return tuple(found_here)

    def _is_detail(self, reading: Reading, found: Found, clause: range, run: Run) -> bool:
        """Whether words that nothing explains can hardly name an activity that a measure covers."""
        kin = {concept for match in found.matches for concept in self._catalogue.ancestry[match.activity]}
        near = [one.activity for one in self._ranked(reading, run) if one.activity not in kin]
        made = [hit.value[1] for hit in found.named if hit.first in clause and self._context.makes(hit.value[1])]
        beside = near or any(not self._context.is_digital(activity) for activity in made)
        return bool(beside) and not any(map(self._catalogue.is_covered, near))

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

    def _ranked(self, reading: Reading, run: Run) -> list[Ranked]:
        """Activities for a run of tokens, best first, down to OFFER."""
        here = reading.parts[run[0] : run[1]]
        quiet = reading.scan.covered("stopwords")
        wanted = {
            term
            for term, first, after in terms_with_spans(here)
            if not quiet.issuperset(range(run[0] + first, run[0] + after))
        }
        return self._ranker.rank(wanted, least=OFFER)

    @staticmethod
    def _silent(reading: Reading) -> frozenset[int]:
        """Tokens that say how something is done, not what."""
        scan = reading.scan
        return frozenset().union(*(scan.covered(name) for name in _HOW))


def _match(reading: Reading, run: Run, ranked: Ranked) -> Match:
    return match_at(reading, ranked.activity, "index", ranked.score, run, ranked.evidence)


def _carries_meaning(loud: list[Token]) -> bool:
    """Whether tokens are more than numbers, or one stray character or letter, which are grammar."""
    if all(part.form.isdigit() for part in loud):
        return False
    return sum(1 if part.is_han else len(part.form) for part in loud) > 1
