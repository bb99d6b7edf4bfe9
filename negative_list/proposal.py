"""Facts out of fields and text: share, form, control, place, origin and date. A field given wins over the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from negative_list.catalogue import Catalogue
from negative_list.errors import ProposalError, TooEarly
from negative_list.model import LANGUAGES, Origin, Proposal, Understood
from negative_list.origins import origins
from negative_list.places import MAINLAND, Gazetteer
from negative_list.text import Token, fold, tokens
from negative_list.thesaurus import Spotted, Spotter

MAX_TEXT = 2_000

_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
_PERCENT = re.compile(rf"{_NUMBER}\s*(?:%|percent|per cent|pct|个百分点)")
_HAN_PERCENT = re.compile(r"百分之([零一二三四五六七八九十百]+|\d{1,3}(?:\.\d+)?)")
_TENTHS = re.compile(r"([一二三四五六七八九十])成([一二三四五六七八九半])?")
_SPLIT = re.compile(rf"(?<![\d.]){_NUMBER}\s*[/:-]\s*{_NUMBER}(?![\d.])(?=.{{0,12}}(?:jv|joint|split|equity|合资|股))")
_CHINESE_SIDE = re.compile(
    r"(?:chinese|local|domestic) (?:partner|side|party|parties|shareholder|investor|owner)s?|our partner"
    r"|chinese (?:holds? |owns? )?(?=$)|中方|内资|中国合作|合作方|本地合作|国有"
)
_CHINESE_AFTER = re.compile(
    r"^\s*(?:chinese(?:[- ](?:share|owned|held))?\b"
    r"|(?:is |are |be )?(?:held|owned) by (?:an? |the |our )?(?:chinese|local|domestic)"
    r"|(?:for |to |by )?(?:the |our |a )?(?:chinese|local|domestic) (?:partner|side|party)|[由归为]?(?:中方|内资))"
)
_FOREIGN_SIDE = re.compile(r"foreign|\bwe\b|\bour\b|\bus\b|investor|overseas|\bi\b|外|我|境外|美资|日资|港资")
_NOT_A_SHARE = re.compile(
    r"^\s*(?:of (?:the )?(?:revenue|sales|users|profit|traffic|cost|market)|off|discount"
    r"|的(?:收入|用户|利润|市场|成本))"
)
_DIGITS = {"零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


@dataclass(frozen=True, slots=True)
class Reading:
    """A proposal with the tokens of its text, those that state facts, and where other countries are named.

    `used` holds indexes of tokens; `origins` holds pairs of first token and ISO code.
    """

    proposal: Proposal
    parts: list[Token]
    used: frozenset[int]
    origins: tuple[tuple[int, str], ...] = ()


def _han_number(word: str) -> float:
    """A Chinese numeral from 零 to 百.

    >>> _han_number("六十五"), _han_number("一百"), _han_number("十")
    (65.0, 100.0, 10.0)
    """
    if re.fullmatch(r"\d.*", word):
        return float(word)
    if "百" in word:
        return 100.0
    tens, ten, units = word.partition("十")
    if ten:
        return 10.0 * _DIGITS.get(tens, 1) + _DIGITS.get(units, 0)
    return float(_DIGITS.get(word[-1], 0))


class Reader:
    """Reads proposals against one catalogue; everything it looks up is prepared once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.gazetteer = Gazetteer(catalogue)
        self._industries = {code for activity in catalogue.activities.values() for code in activity.gbt4754}
        phrases = catalogue.phrases
        self._forms = Spotter(
            (label, form) for form, labels in phrases["forms"].items() for label in _both(labels)
        )
        self._control = Spotter(
            [(label, True) for label in _both(phrases["chinese_control"])]
            + [(label, False) for label in _both(phrases["majority"])]
        )
        self._certificate = Spotter(
            [(label, True) for label in _both(phrases["certificate_held"])]
            + [(label, False) for label in _both(phrases["certificate_missing"])]
        )
        self.origins = origins()
        self._origin_names = {
            fold(name): code
            for code, names in self._names_of_origins().items()
            for name in names
        }
        self._origin_spotter = Spotter(
            ((name, code) for code, names in self._names_of_origins().items() for name in names), stemmed=False
        )

    def _names_of_origins(self) -> dict[str, list[str]]:
        found = {code: [origin.label.en, origin.label.zh] for code, origin in self.origins.items()}
        for code, labels in self._catalogue.origins.items():
            found[code] = [*_both(labels), *found.get(code, [])]
        return found

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

    def read(self, fields: Mapping[str, Any], today: date) -> Reading:
        """Read checked fields and the facts in the activity text into a proposal.

        `fields` holds the names of the HTTP contract; absent and None mean the same. `today` is the default of
        `as_of`. Raises ProposalError, TooEarly.
        """
        text = fields.get("activity") or ""
        activity_ids = tuple(fields.get("activity_ids") or ())
        categories = tuple(fields.get("telecom_categories") or ())
        industries = tuple(fields.get("industry_codes") or ())
        if not text.strip() and not (activity_ids or categories or industries):
            detail = "Give `activity` in words, or `activity_ids`, `industry_codes` or `telecom_categories`."
            raise ProposalError("activity", "required", detail)
        if len(text) > MAX_TEXT:
            raise ProposalError("activity", "too_long", f"{len(text)} characters came; at most {MAX_TEXT} are read.")
        for field, ids, register in (
            ("activity_ids", activity_ids, self._catalogue.activities),
            ("telecom_categories", categories, self._catalogue.telecom_categories),
            ("industry_codes", industries, self._industries),
        ):
            _check_known(field, ids, register)

        parts = tokens(text)
        folded = fold(text)
        used: set[int] = set()
        form = self._form(fields, parts, used)
        share = self._share(fields, text, folded, parts, used, form)
        if share is not None and share.value == 100 and form is None:
            form = Understood("wholly_foreign_owned", "derived")
        return Reading(
            Proposal(
                text=text,
                activity_ids=activity_ids,
                telecom_categories=categories,
                industry_codes=industries,
                foreign_share=share,
                form=form,
                chinese_control=self._said("chinese_control", self._control, fields, parts, used),
                location=self._location(fields, parts, used),
                investor_origin=self._investor_origin(fields, parts, used),
                origin_qualified=self._said("origin_qualified", self._certificate, fields, parts, used),
                as_of=self._as_of(fields, today),
            ),
            parts,
            frozenset(used),
            tuple((match.first, match.value) for match in self._origin_spotter.spot(parts)),
        )

    def _form(self, fields: Mapping[str, Any], parts: list[Token], used: set[int]) -> Understood | None:
        matches = self._forms.spot(parts)
        _use(used, matches)
        if (given := _given(fields, "form")) is not None:
            return given
        # A structure (VIE, listing, partnership) says more than who owns it.
        order = list(self._catalogue.phrases["forms"])
        if not matches:
            return None
        match = max(matches, key=lambda m: order.index(m.value))
        return Understood(match.value, "text", match.label)

    def _share(
        self,
        fields: Mapping[str, Any],
        text: str,
        folded: str,
        parts: list[Token],
        used: set[int],
        form: Understood | None,
    ) -> Understood | None:
        found = _shares_in(folded)
        if len(folded) == len(text):
            for _, start, end, _ in found:
                used.update(i for i, part in enumerate(parts) if start <= part.start and part.end <= end)
        else:
            used.update(i for i, part in enumerate(parts) if part.form.isdigit())
        if (given := _given(fields, "foreign_share")) is not None:
            return given
        foreign = [(value, words) for value, _, _, words in found if 0 < value <= 100]
        if len({value for value, _ in foreign}) == 1:
            return Understood(foreign[0][0], "text", foreign[0][1])
        if not foreign and form is not None and form.value == "wholly_foreign_owned":
            return Understood(100.0, "derived" if form.taken_from == "field" else "text", form.words)
        return None

    @staticmethod
    def _said(
        field: str, spotter: Spotter[bool], fields: Mapping[str, Any], parts: list[Token], used: set[int]
    ) -> Understood | None:
        """A yes or no that some phrases state; phrases that contradict each other state nothing."""
        matches = spotter.spot(parts)
        _use(used, matches)
        if (given := _given(fields, field)) is not None:
            return given
        if len({match.value for match in matches}) != 1:
            return None
        return Understood(matches[0].value, "text", matches[0].label)

    def _location(self, fields: Mapping[str, Any], parts: list[Token], used: set[int]) -> Understood | None:
        location, matches = self.gazetteer.spot(parts)
        _use(used, matches)
        name = fields.get("location")
        if name:
            return Understood(self.gazetteer.resolve(name), "field", name)
        if location is None or location.place.id == MAINLAND:
            return None
        return Understood(location, "text", next(m.label for m in matches if m.value == location.place.id))

    def _investor_origin(self, fields: Mapping[str, Any], parts: list[Token], used: set[int]) -> Understood | None:
        matches = self._origin_spotter.spot(parts)
        name = fields.get("investor_origin")
        if name:
            return Understood(self.origin(name), "field", name)
        if len({match.value for match in matches}) != 1:
            return None
        _use(used, matches)
        return Understood(self.origins[matches[0].value], "text", matches[0].label)

    def _as_of(self, fields: Mapping[str, Any], today: date) -> Understood:
        given = fields.get("as_of")
        if given is not None and given < self._catalogue.first_day:
            raise TooEarly(given, self._catalogue.first_day)
        return Understood(given or today, "field" if given else "default")


def _check_known(field: str, ids: Iterable[str], register: Collection[str]) -> None:
    """Raise ProposalError for the first id that is not held, naming the nearest."""
    for id_ in ids:
        if id_ not in register:
            nearest = process.extractOne(id_, list(register), scorer=fuzz.WRatio, score_cutoff=60)
            suggestion = None if nearest is None else nearest[0]
            detail = f"{id_!r} is not held." + (f" The nearest is {suggestion!r}." if suggestion else "")
            raise ProposalError(field, "unknown_id", detail, nearest=suggestion)


def _given(fields: Mapping[str, Any], name: str) -> Understood | None:
    value = fields.get(name)
    return None if value is None else Understood(value, "field")


def _both(labels: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [label for language in LANGUAGES for label in labels.get(language, ())]


def _use(used: set[int], matches: list[Spotted[Any]]) -> None:
    for match in matches:
        used.update(range(match.first, match.after))


def _shares_in(folded: str) -> list[tuple[float, int, int, str]]:
    """Foreign shares stated in folded text: value in percent, start, end, words.

    A share said to be the Chinese side's is turned round; a percentage of something else is left out.
    """
    found: list[tuple[float, int, int, str]] = []
    for match in _SPLIT.finditer(folded):
        first, second = float(match[1]), float(match[2])
        if first + second == 100 and (side := _side(folded, match.start(), match.end())) is not None:
            value = second if side == "chinese" else first
            found.append((value, match.start(), match.end(), match.group()))
    for pattern, number in ((_PERCENT, None), (_HAN_PERCENT, "percent"), (_TENTHS, "tenths")):
        for match in pattern.finditer(folded):
            if _NOT_A_SHARE.match(folded[match.end() :]):
                continue
            if number is None:
                value = float(match[1])
            elif number == "percent":
                value = _han_number(match[1])
            else:
                value = 10 * _han_number(match[1]) + (5 if match[2] == "半" else _DIGITS.get(match[2] or "零", 0))
            if _side(folded, match.start(), match.end()) == "chinese":
                value = 100 - value
            found.append((value, match.start(), match.end(), match.group()))
    return found


def _side(folded: str, start: int, end: int) -> str | None:
    """Whose share a number is: by the nearest word before it in its clause, else right after it; None if unsaid."""
    before = re.split(r"[,.;，。；、]", folded[:start])[-1]
    after = re.split(r"[,.;，。；、]", folded[end:])[0]
    sides = [(m.end(), "chinese") for m in _CHINESE_SIDE.finditer(before)]
    sides += [(m.end(), "foreign") for m in _FOREIGN_SIDE.finditer(before)]
    if sides:
        return max(sides)[1]
    return "chinese" if _CHINESE_AFTER.match(after) else "foreign" if _FOREIGN_SIDE.search(after) else None
