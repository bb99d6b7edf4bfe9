"""Facts out of fields and text: share, form, control, place, origin and date. A field given wins over the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

from negative_list.catalogue import Catalogue
from negative_list.certificates import is_held, unsettled_by
from negative_list.days import day_in
from negative_list.errors import ProposalError, TooEarly, Withdrawn
from negative_list.homes import Homes
from negative_list.industries import code_of
from negative_list.lexicon import Lexicon, Scan, Spotted, Words
from negative_list.model import Origin, Proposal, ShareRange, Understood
from negative_list.origins import origins
from negative_list.ownership import names_one, takes_all_over, wholly_held
from negative_list.passages import Passages
from negative_list.peoples import both, names_of_origins
from negative_list.places import MAINLAND, UNNAMED_ZONE, Gazetteer
from negative_list.shares import foreign_share, shares_in
from negative_list.sides import CHINESE, Named, Sides, part_holder
from negative_list.spelling import Speller
from negative_list.text import Token, clauses, cut, fold, folded_with_offsets
from negative_list.written import Written

MAX_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A proposal with the tokens of its text, for each its clause, the words known, and which tokens state facts.

    Of a long text the tokens are those of the sentences that tell the business. `strange` tells that most of its words
    are none.
    """

    proposal: Proposal
    parts: list[Token]
    clauses: list[range]
    scan: Scan
    used: frozenset[int]
    strange: bool = False


# The sets of the lexicon whose words say yes or no to a field of the proposal.
_SAID = {
    "chinese_control": {True: "chinese_control"},
    "origin_qualified": {True: "certificate_held", False: "certificate_missing"},
}
# The sets of the lexicon whose words help to tell whose a share is, or that it is none.
_NAMES = ("origins", "places_abroad", "places", "measures")
# The sets of the lexicon whose words stand for themselves.
_WORDS = (
    "all_of", "all_shares", "bought_whole", "certificate_applied", "certificate_got", "certificate_lacking",
    "certificate_unsettled", "from_abroad", "held_firms", "holders_are",
    "holding", "measures", "money", "one_investor", "one_of", "taking_over", "wholly",
)  # fmt: skip
# What bare words say of the foreign share.
_MAJORITY = ShareRange(50, 100, low_excluded=True)
_MINORITY = ShareRange(0, 50, low_excluded=True, high_excluded=True)


def words_of(catalogue: Catalogue) -> dict[str, Words]:
    """The words by which facts are read out of a text, for the lexicon."""
    phrases = catalogue.phrases
    sets: dict[str, Words] = {
        name: [(label, value) for value, key in answers.items() for label in both(phrases[key])]
        for name, answers in _SAID.items()
    }
    forms = [*phrases["forms"].items(), ("acquisition", phrases["bought_whole"])]
    sets["forms"] = [(label, form) for form, labels in forms for label in both(labels)]
    sets["part"] = [(label, _MAJORITY) for label in both(phrases["majority"])] + [
        (label, _MINORITY) for label in both(phrases["minority"])
    ]
    for name in _WORDS:
        sets[name] = [(label, True) for label in both(phrases[name])]
    return sets


class Reader:
    """Reads proposals against one catalogue; everything it looks up is prepared once."""

    def __init__(
        self, catalogue: Catalogue, lexicon: Lexicon, speller: Speller, gazetteer: Gazetteer, passages: Passages
    ) -> None:
        self._catalogue = catalogue
        self._passages = passages
        self._lexicon = lexicon
        self._speller = speller
        self.gazetteer = gazetteer
        self._homes = Homes(catalogue.phrases)
        self.origins = origins()
        self._origin_names = {
            fold(name): code for code, names in names_of_origins(catalogue).items() for name in names
        }

    def origin(self, name: str) -> Origin:
        """The origin meant by an ISO code, a country's name or a demonym, in English or Chinese.

        Raises ProposalError naming the nearest.
        """
        code = name.strip().upper()
        if code not in self.origins:
            found = self._origin_names.get(fold(name.strip()))
            if found is None:
                nearest = process.extractOne(fold(name), list(self._origin_names), scorer=fuzz.WRatio, score_cutoff=60)
                suggestion = None if nearest is None else self.origins[self._origin_names[nearest[0]]].label.en
                raise ProposalError(
                    "investor_origin",
                    "unknown_origin",
                    f"{name!r} is no country or territory that is known; give an ISO 3166 code such as HK, DE or US.",
                    nearest=suggestion,
                )
            code = found
        return self.origins[code]

    def written(self, text: str) -> Written:
        """Cut a text, put slips right and spot the words that are known."""
        folded, offsets = folded_with_offsets(text)
        written = cut(folded, offsets)
        parts = self._speller.corrected(written)
        strange = self._speller.is_strange(written, parts)
        return Written(text, folded, offsets, parts, self._lexicon.scan(parts), strange)

    def read(self, fields: Mapping[str, Any], today: date) -> Reading:
        """Read checked fields and the facts in the activity text into a proposal.

        Of a long text the sentences that tell the proposal are read. `fields` holds the names of the HTTP contract;
        absent and None mean the same. `today` is the default of `as_of`. Raises ProposalError, TooEarly.
        """
        text = fields.get("activity") or ""
        activity_ids = tuple(self._current("activity_ids", "activity", id_) for id_ in fields.get("activity_ids") or ())
        categories = tuple(fields.get("telecom_categories") or ())
        held = self._catalogue.industries
        industries = tuple(code_of(code, held) or code for code in fields.get("industry_codes") or ())
        if not text.strip() and not (activity_ids or categories or industries):
            detail = "Give `activity` in words, or `activity_ids`, `industry_codes` or `telecom_categories`."
            raise ProposalError("activity", "required", detail)
        if len(text) > MAX_TEXT:
            raise ProposalError("activity", "too_long", f"{len(text)} characters came; at most {MAX_TEXT} are read.")
        for name, ids, register in (
            ("activity_ids", activity_ids, self._catalogue.activities),
            ("telecom_categories", categories, self._catalogue.telecom_categories),
            ("industry_codes", industries, held),
        ):
            _check_known(name, ids, register)

        whole = self.written(text)
        told = self._passages.told(whole)
        draft = _Draft(fields, whole if told is None else whole.part(told.stating), self._homes)
        parts, scan = draft.parts, draft.scan
        form = self._form(draft)
        part = _parts(draft)
        share = self._share(draft, form, part)
        if share is not None and share.value == 100 and form is None:
            form = Understood("wholly_foreign_owned", "derived")
        alone = bool(scan.of("one_investor")) or names_one(scan, parts, draft.home_cities)
        if alone and _is_part(share) and form is not None and form.taken_from == "text":
            # "The only shareholder from abroad" is one of several where it has a figure of its own.
            form = None if form.value == "wholly_foreign_owned" else form
        proposal = Proposal(
            text=text,
            activity_ids=activity_ids,
            telecom_categories=categories,
            industry_codes=industries,
            foreign_share=share,
            form=form,
            chinese_control=_controlled(draft, part),
            location=self._location(draft),
            investor_origin=self._investor_origin(draft),
            origin_qualified=_qualified(draft),
            as_of=(as_of := self._as_of(draft, today)),
            one_investor=alone and share is not None and share.taken_from == "text",
            asked_too_early=self._asked_too_early(draft) if as_of.taken_from == "default" else None,
            excerpt=None if told is None else tuple(map(whole.words, told.telling)),
        )
        used = frozenset(draft.used)
        if told is not None:
            stating = {parts[index].start for index in used}
            _, _, _, parts, scan, _ = whole.part(told.telling)
            used = frozenset(index for index, part in enumerate(parts) if part.start in stating)
        return Reading(proposal, parts, clauses(parts), scan, used, whole.strange)

    def _current(self, field: str, kind: str, id_: str) -> str:
        """The id that a record has now. Raises ProposalError where it was withdrawn."""
        try:
            return self._catalogue.renames.current(kind, id_)
        except Withdrawn as error:
            raise ProposalError(field, "withdrawn", str(error)) from None

    def _form(self, draft: _Draft) -> Understood | None:
        matches = draft.use("forms")
        if (given := draft.given("form")) is not None:
            return given
        # A structure (VIE, listing, partnership) says more than who owns it.
        order = list(self._catalogue.phrases["forms"])
        if not matches:
            matches = tuple(wholly_held(draft.scan, draft.parts))
            draft.cover(matches)
            return Understood("wholly_foreign_owned", "text", matches[0].label) if matches else None
        match = max(matches, key=lambda m: order.index(m.value))
        bought = match.value == "wholly_foreign_owned" and takes_all_over(draft.scan, draft.parts)
        return Understood("acquisition" if bought else match.value, "text", match.label)

    @staticmethod
    def _share(draft: _Draft, form: Understood | None, part: Sequence[tuple[ShareRange, str]]) -> Understood | None:
        found = shares_in(draft.folded, draft.sides)
        words = [draft.use_span(stated.start, stated.end) for stated in found]
        if (given := draft.given("foreign_share")) is not None:
            return given
        stated = foreign_share(found)
        if stated is not None:
            share, said = stated.share, words[found.index(stated)]
            return Understood(share.low if share.is_exact else share, "text", said)
        if not found and form is not None and form.value == "wholly_foreign_owned":
            return Understood(100.0, "derived" if form.taken_from == "field" else "text", form.words)
        forms = draft.scan.of("forms")
        whole = [*draft.scan.of("bought_whole"), *(match for match in forms if match.value == "wholly_foreign_owned")]
        if not found and whole and {match.value for match in forms} <= {"wholly_foreign_owned", "acquisition"}:
            return Understood(100.0, "text", whole[0].label)
        if not found and len({share for share, _ in part}) == 1:
            return Understood(part[0][0], "text", part[0][1])
        return None

    def _location(self, draft: _Draft) -> Understood | None:
        location, matches = self.gazetteer.spot(draft.scan)
        draft.cover(matches)
        name = draft.fields.get("location")
        if name:
            return Understood(self.gazetteer.resolve(self._current("location", "place", name)), "field", name)
        if location is None or location.place.id == MAINLAND:
            return None
        # "In the FTZ of Wuhan" names no zone by itself: then the words are those for any zone, or for the wider one.
        around = [place.id for place in self._catalogue.containing(location.place)]
        order = [location.place.id, UNNAMED_ZONE, *around[1:]]
        named = min((match for match in matches if match.value in order), key=lambda match: order.index(match.value))
        return Understood(location, "text", named.label)

    def _investor_origin(self, draft: _Draft) -> Understood | None:
        name = draft.fields.get("investor_origin")
        if name:
            return Understood(self.origin(name), "field", name)
        # Mongolia within Inner Mongolia is no name of its own.
        places = draft.scan.covered("places")
        countries = [
            match
            for match in draft.scan.of("origins")
            if places.isdisjoint(range(match.first, match.after)) and draft.homes.is_named(draft.parts, match)
        ]
        # A city tells where somebody comes from where no country does but one that something goes to.
        homes = [match for match in countries if draft.homes.is_home(draft.parts, match)]
        matches = homes or draft.home_cities or countries
        if len({match.value for match in matches}) != 1:
            return None
        draft.cover(matches)
        return Understood(self.origins[matches[0].value], "text", matches[0].label)

    def _as_of(self, draft: _Draft, today: date) -> Understood:
        given = draft.fields.get("as_of")
        # Where the day is given, the answer is the same on whatever day it is asked for.
        asked = day_in(draft.folded, self._catalogue.first_day, date.max if given else today)
        words = None if asked is None else draft.use_span(asked.start, asked.end)
        if given is not None and given < self._catalogue.first_day:
            raise TooEarly(given, self._catalogue.first_day)
        if given is None and asked is not None:
            return Understood(asked.day, "text", words)
        return Understood(given or today, "field" if given else "default")

    def _asked_too_early(self, draft: _Draft) -> date | None:
        asked = day_in(draft.folded, date.min, self._catalogue.first_day)
        return None if asked is None else asked.day


class _Draft:
    """The fields and the text of one proposal while it is read, with the tokens that state facts so far."""

    def __init__(self, fields: Mapping[str, Any], written: Written, homes: Homes) -> None:
        self.fields = fields
        self.folded = written.folded
        self.parts = written.parts
        self.scan = written.scan
        self.homes = homes
        self.used: set[int] = set()
        self._text = written.text
        self._offsets = written.offsets
        self._starts = [part.start for part in written.parts]
        self._ends = [part.end for part in written.parts]

    def given(self, name: str) -> Understood | None:
        """A field as it was given."""
        value = self.fields.get(name)
        return None if value is None else Understood(value, "field")

    def use(self, name: str) -> tuple[Spotted, ...]:
        """The words of a set, marked as stating a fact."""
        matches = self.scan.of(name)
        self.cover(matches)
        return matches

    def cover(self, matches: Iterable[Spotted]) -> None:
        """Mark the tokens of some words as stating a fact."""
        for match in matches:
            self.used.update(range(match.first, match.after))

    def folded_span(self, match: Spotted) -> tuple[int, int]:
        """Where a word begins and ends in the folded text."""
        start, last = self._starts[match.first], self._ends[match.after - 1] - 1
        return bisect_left(self._offsets, start), bisect_right(self._offsets, last, hi=len(self.folded))

    @cached_property
    def home_cities(self) -> tuple[Spotted, ...]:
        """The cities abroad that somebody is said to come from."""
        return self.homes.cities(self.scan, self.parts)

    @cached_property
    def sides(self) -> Sides:
        """The words for the foreign side, the Chinese side and others, names of places and countries among them."""
        known = [(match, kind) for kind in _NAMES for match in self.scan.of(kind)]
        known += [(match, "cities_abroad") for match in self.home_cities]
        return Sides(self.folded, [Named(*self.folded_span(match), kind) for match, kind in known])

    def use_span(self, start: int, end: int) -> str:
        """The words between two offsets of the folded text as they were given, marked as stating a fact."""
        first, after = self._offsets[start], self._offsets[end - 1] + 1
        self.used.update(range(bisect_left(self._starts, first), bisect_right(self._ends, after)))
        return self._text[first:after]


def _is_part(share: Understood | None) -> bool:
    """Whether a text states a share of less than all."""
    if share is None or share.taken_from != "text":
        return False
    return (share.value.high if isinstance(share.value, ShareRange) else share.value) < 100


def _parts(draft: _Draft) -> list[tuple[ShareRange, str]]:
    """What bare words say of the foreign share, each with the words: "a majority", "minority Chinese".

    A part that somebody else than the foreign side holds leaves the other to it.
    """
    controlled = draft.scan.covered("chinese_control")
    said = [(_MINORITY, match.label) for match in draft.use("chinese_control")]
    matches = [m for m in draft.use("part") if controlled.isdisjoint(range(m.first, m.after))]
    if not matches:
        return said
    for match in matches:
        held = part_holder(draft.folded, *draft.folded_span(match), draft.sides)
        share = match.value if held != CHINESE else _MAJORITY if match.value == _MINORITY else _MINORITY
        said.append((share, match.label))
    return said


def _controlled(draft: _Draft, part: Sequence[tuple[ShareRange, str]]) -> Understood | None:
    """Whether the Chinese side is said to control, by its own words or by who holds the majority."""
    if (given := draft.given("chinese_control")) is not None:
        return given
    labels = {match.label for match in draft.scan.of("chinese_control")}
    said = [(True, label) for label in labels]
    majority = {match.label for match in draft.scan.of("part") if match.value == _MAJORITY}
    said += [(share == _MINORITY, label) for share, label in part if label in majority]
    return Understood(said[0][0], "text", said[0][1]) if len({yes for yes, _ in said}) == 1 else None


def _qualified(draft: _Draft) -> Understood | None:
    """Whether the investor is said to hold a certificate that an agreement asks for.

    One that is applied for, expected or asked about is neither held nor missing, unless it is said to be missing all
    the same; mentions that contradict each other state nothing.
    """
    matches = draft.use("origin_qualified")
    if (given := draft.given("origin_qualified")) is not None:
        return given
    said: set[bool | None] = set()
    for match in matches:
        unsettled = unsettled_by(draft.scan, draft.parts, match)
        draft.cover(unsettled)
        said.add(None if unsettled else is_held(draft.scan, draft.parts, match))
    held = said - {None} if True not in said else said
    if len(held) != 1 or None in held:
        return None
    return Understood(held.pop(), "text", matches[0].label)


def _check_known(field: str, ids: Iterable[str], register: Collection[str]) -> None:
    """Raise ProposalError for the first id that is not held, naming the nearest."""
    for id_ in ids:
        if id_ not in register:
            nearest = process.extractOne(id_, list(register), scorer=fuzz.WRatio, score_cutoff=60)
            suggestion = None if nearest is None else nearest[0]
            detail = f"{id_!r} is not held." + (f" The nearest is {suggestion!r}." if suggestion else "")
            raise ProposalError(field, "unknown_id", detail, nearest=suggestion)
