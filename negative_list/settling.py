"""Which reading of a text stands where its labels and the text as a whole tell different things.

Labels are exact where they know the words, and blind or misled where they do not; the whole is seldom sure, and seldom
far off. Where both tell the same kind of business the answer stands. Where they part, the whole decides when it is
likely enough, more so to open what labels bar, and otherwise the question is asked. Labels that explain every word
need no second opinion, save where they find open what the whole rather bars, or what to it is no business.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from negative_list.gist import Whole, likeliest
from negative_list.matches import Match
from negative_list.model import Status
from negative_list.recognition import Recognition

# How likely the whole must make a kind before it overrules labels.
TO_OPEN = 0.45
TO_BAR = 0.4
TO_ASK = 0.5
# Where what is restricted and what is prohibited are together so likely, nothing is opened, and what labels find open
# is asked about.
DANGER = 0.5
# The same where labels find it restricted, and where they prohibit it or ask whether something prohibited is meant.
DANGER_RESTRICTED, DANGER_PROHIBITED = 0.4, 0.12
# Where what is prohibited alone is so likely, nothing is opened or read as only restricted; where labels ask about
# something prohibited, the former counts.
PERHAPS_PROHIBITED = 0.25
# Where the rest of the text beside something plainly open is so likely barred, or tells no business, nothing is opened;
# the second where labels bar it.
DANGER_APART, DANGER_APART_BARRED, NOTHING_APART = 0.6, 0.25, 0.7
# Where the rest is that likely barred, so much danger is enough to ask about what labels find open: many open trades
# beside one that is barred make little of it.
DANGER_BESIDE = 0.15
# Where labels explain every word and find it open, and the whole finds it so likely barred, it is asked.
DOUBT = 0.5
# So sure of an open business, the whole is heard against words that only resemble a restricted label, and where labels
# ask about something prohibited; so sure of no business, against labels that explain every word.
SURELY = 0.9
# So sure of an open business, the whole is heard though the text beside what is plainly open tells another.
BEYOND_DOUBT = 0.97
# An activity that the text names is so much nearer than one that it only resembles.
NAMED = 0.3
# Words, and where they stand.
Heard = tuple[str, tuple[int, int] | None]


class Settler:
    """Settles recognitions of activities, each of which is of a kind; some are `contested`."""

    def __init__(self, kinds: Mapping[str, Status], contested: Collection[str] = ()) -> None:
        self.kinds = kinds
        self._contested = frozenset(contested)

    def settle(self, heard: Heard, seen: Recognition, first: Status, offered: tuple[str, ...]) -> Recognition | None:
        """What is recognised in a text once the whole is heard; None where that changes nothing.

        `heard` are the words of the whole, and where they stand if together. `first` is the kind of business that
        labels alone told, UNDETERMINED when none; `offered` are the activities asked about.
        """
        likely = seen.whole.likely
        if not likely or any(self.kinds[match.activity] is Status.UNDETERMINED for match in seen.matches):
            # Ids and codes say what they say; what is barred to all stays so.
            return None
        best = likeliest(likely)
        if first is not Status.UNDETERMINED and not seen.not_understood and _is_plain(seen.matches):
            limit = SURELY if best is Status.UNDETERMINED else DOUBT
            doubted = first is Status.OPEN and best is not Status.OPEN and likely[best] >= limit
            return self._ask(seen, (*offered, *self._pick(seen, best, offered))) if doubted else None
        if best is Status.OPEN:
            if first is Status.OPEN:
                return self._ask(seen, offered) if self._warns(seen.whole) else None
            return self._become(heard, seen, best, offered) if self._opens(seen, first, offered) else None
        if best is first:
            return None
        if best is Status.UNDETERMINED:
            if likely[best] < TO_ASK:
                return None
            asked = self._ask(seen, offered)
            return replace(asked, matches=()) if likely[best] >= SURELY else asked
        if first is Status.OPEN:
            if likely[best] < TO_BAR:
                return self._ask(seen, (*offered, *self._pick(seen, best, offered)))
        elif best is Status.RESTRICTED:
            limit = DANGER_PROHIBITED if self._asks_about_prohibited(offered) else PERHAPS_PROHIBITED
            if likely[Status.PROHIBITED] >= limit:
                return None
        return self._become(heard, seen, best, offered)

    def _opens(self, seen: Recognition, first: Status, offered: Iterable[str]) -> bool:
        """Whether the whole is sure enough that a business is open to overrule labels that bar it or tell nothing."""
        whole = seen.whole
        barring = (match for match in seen.matches if self.kinds[match.activity] is Status.RESTRICTED)
        resembled = first is Status.RESTRICTED and all(match.by != "term" for match in barring)
        if resembled and whole.likely[Status.OPEN] >= SURELY:
            return True
        least, danger = TO_OPEN, DANGER_RESTRICTED if first is Status.RESTRICTED else DANGER
        if first is Status.PROHIBITED:
            danger = DANGER_PROHIBITED
        elif self._asks_about_prohibited(offered):
            least, danger = SURELY, DANGER_PROHIBITED
        if whole.likely[Status.OPEN] < least or _danger(whole.likely) >= danger:
            return False
        if whole.likely[Status.PROHIBITED] >= PERHAPS_PROHIBITED:
            return False
        if whole.likely[Status.OPEN] >= BEYOND_DOUBT:
            return True
        apart, danger = whole.apart(), DANGER_APART if first is Status.UNDETERMINED else DANGER_APART_BARRED
        return _danger(apart) < danger and apart.get(Status.UNDETERMINED, 0.0) < NOTHING_APART

    def _asks_about_prohibited(self, offered: Iterable[str]) -> bool:
        return any(self.kinds[id_] is Status.PROHIBITED for id_ in offered)

    @staticmethod
    def _warns(whole: Whole) -> bool:
        """Whether the whole hardly lets what labels find open pass, or not for what stands beside it."""
        danger = _danger(whole.likely)
        return danger >= DANGER or (danger >= DANGER_BESIDE and _danger(whole.apart()) >= DANGER_APART)

    def _ask(self, seen: Recognition, offered: tuple[str, ...]) -> Recognition:
        return replace(seen, contradicted=tuple(dict.fromkeys((*(match.activity for match in seen.matches), *offered))))

    def _become(self, heard: Heard, seen: Recognition, kind: Status, offered: tuple[str, ...]) -> Recognition | None:
        """A recognition of business of a kind: what labels found of it, or else what the text comes nearest to."""
        kept = [match for match in seen.matches if self.kinds[match.activity] <= kind]
        if not any(self.kinds[match.activity] is kind for match in kept):
            score = round(seen.whole.likely[kind], 2)
            kept += [Match(id_, "gist", score, *heard) for id_ in self._pick(seen, kind, offered)]
        if not any(self.kinds[match.activity] is kind for match in kept):
            return None
        return replace(
            seen, matches=tuple(kept), classes=(), ambiguous=(), off_topic=(), offered=(), doubted=(), unknown=(),
            outbound=False,
        )  # fmt: skip

    def _pick(self, seen: Recognition, kind: Status, offered: tuple[str, ...]) -> tuple[str, ...]:
        """The activity of a kind that the text comes nearest to.

        One that is contested leaves a condition open, for which it takes more than likeness.
        """
        named = {
            *offered,
            *(match.activity for match in (*seen.doubted, *seen.offered)),
            *(id_ for term in seen.ambiguous for id_ in term.candidates),
        }
        resembled = seen.whole.near()
        near = {id_: resembled.get(id_, 0.0) + NAMED * (id_ in named) for id_ in (*resembled, *named)}
        of_kind = [id_ for id_ in near if self.kinds[id_] is kind]
        of_kind = [id_ for id_ in of_kind if id_ in named or id_ not in self._contested] or of_kind
        return (max(of_kind, key=near.__getitem__),) if of_kind else ()


def _is_plain(matches: Iterable[Match]) -> bool:
    """Whether labels are named as they stand, not only by words of theirs."""
    return all(match.by == "term" for match in matches)


def _danger(likely: Mapping[Status, float]) -> float:
    """How likely a business is restricted or prohibited."""
    return likely.get(Status.RESTRICTED, 0.0) + likely.get(Status.PROHIBITED, 0.0)
