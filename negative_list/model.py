"""The nouns of the domain, frozen once loaded."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import total_ordering
from typing import Any

LANGUAGES = ("en", "zh")
# An item of a list, of one part of a list, or of a list held by its headings.
_ITEM = re.compile(r"(?:(?:restricted|prohibited|entry)-)?\d+")


@dataclass(frozen=True, slots=True)
class Text:
    """The same statement in English and in simplified Chinese."""

    en: str
    zh: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en

    # There are thousands, and what dataclasses with slots do by default takes three times as long to read.
    def __reduce__(self) -> tuple[Any, ...]:
        return Text, (self.en, self.zh)


@total_ordering
class Status(enum.Enum):
    """How an activity stands; ordered from the kindest to the strictest."""

    OPEN = "open"
    UNDETERMINED = "undetermined"
    RESTRICTED = "restricted"
    PROHIBITED = "prohibited"

    @property
    def _rank(self) -> int:
        return list(Status).index(self)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Status):
            return NotImplemented
        return self._rank < other._rank


@total_ordering
class Outcome(enum.Enum):
    """Whether a proposal passes as it is described; ordered from the kindest to the strictest."""

    YES = "yes"
    CONDITIONAL = "conditional"
    NO = "no"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Outcome):
            return NotImplemented
        order = list(Outcome)
        return order.index(self) < order.index(other)


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a fact is known: read on a public page (`verified`) or from general knowledge (`recalled`)."""

    basis: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """When something is in force: from its first day to the first day it no longer is, either end open."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it begins or ends."""
        return tuple(day for day in (self.start, self.end) if day is not None)


ALWAYS = Window()


@dataclass(frozen=True, slots=True)
class Measure:
    """One rule of an entry: a kind, its value, and the concepts it covers.

    A measure that `yields` gives way where a list, a pilot or a treaty frees the activity.
    """

    id: str
    kind: str
    covers: frozenset[str]
    text: Text
    value: Any = None
    window: Window = ALWAYS
    yields: bool = False


@dataclass(frozen=True, slots=True)
class Exemption:
    """A carve-out inside an entry: which measures it lifts for which concepts, for what in exchange, on what terms."""

    id: str
    lifts: frozenset[str]
    covers: frozenset[str]
    text: Text
    imposes: tuple[Measure, ...] = ()
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Easing:
    """What an overlay opens: for which activities, where, for whom, when, and on what terms.

    It sets aside every measure that covers a concept of `lifts`, by default whatever covers what it reaches or
    stands above that. No places, or no origins, means all of them.
    """

    id: str
    covers: frozenset[str]
    text: Text
    excluded: frozenset[str] = frozenset()
    lifts: frozenset[str] | None = None
    imposes: tuple[Measure, ...] = ()
    places: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    certificate: bool = False
    conditions: tuple[str, ...] = ()
    unconfirmed: bool = False
    window: Window = ALWAYS


@dataclass(frozen=True, slots=True)
class OpeningCondition:
    """A condition on which something is opened, such as a pilot approval."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a list, with the letter of GB/T 4754-2017 that bears the same name."""

    number: int
    heading: Text
    gbt4754: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered item, note or article of one instrument."""

    id: str
    instrument: str
    number: str
    title: Text
    text: Text
    provenance: Provenance
    section: int | None = None
    topic: str | None = None
    measures: tuple[Measure, ...] = ()
    exceptions: tuple[Exemption, ...] = ()
    authorities: tuple[str, ...] = ()
    digital: str | None = None
    gbt4754: tuple[str, ...] = ()
    note: Text | None = None
    eases: tuple[Easing, ...] = ()
    concerns: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()

    @property
    def is_item(self) -> bool:
        """Whether this is a numbered item of a list (rather than a note or an article)."""
        return _ITEM.fullmatch(self.number) is not None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A list, statute, regulation, pilot or treaty with its window of force, half-open at the end.

    `enumeration` is `own` where the numbers of its entries are not official ones; `held` is `metadata` where the
    instrument is known but its entries are not held.
    """

    id: str
    kind: str
    title: Text
    short_title: Text
    issuers: tuple[str, ...]
    issued: date
    effective_from: date
    provenance: Provenance
    entries: tuple[Entry, ...] = ()
    sections: tuple[Section, ...] = ()
    regime: str | None = None
    document_number: Text | None = None
    published: date | None = None
    effective_to: date | None = None
    replaces: str | None = None
    item_count: int | None = None
    source_url: str | None = None
    announced: date | None = None
    areas: Text | None = None
    note: Text | None = None
    enumeration: str = "official"
    held: str = "full"

    @property
    def window(self) -> Window:
        """When it is in force."""
        return Window(self.effective_from, self.effective_to)

    def in_force_on(self, day: date) -> bool:
        """Whether the instrument is in force on that day."""
        return day in self.window

    def state_on(self, day: date) -> str:
        """`not_yet_in_force`, `in_force` or `no_longer_in_force`."""
        if day < self.effective_from:
            return "not_yet_in_force"
        return "in_force" if self.in_force_on(day) else "no_longer_in_force"


@dataclass(frozen=True, slots=True)
class Contested:
    """Another defensible reading of an activity: what `broader` would be then."""

    other_broader: tuple[str, ...]
    explanation: Text


@dataclass(frozen=True, slots=True)
class Activity:
    """A business activity of the thesaurus (a SKOS concept)."""

    id: str
    label: Text
    alt: Mapping[str, tuple[str, ...]]
    hidden: Mapping[str, tuple[str, ...]]
    provenance: Provenance
    broader: tuple[str, ...] = ()
    definition: Text | None = None
    reading: Text | None = None
    telecom_categories: tuple[str, ...] = ()
    gbt4754: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    advisories: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    contested: Contested | None = None

    def labels(self, lang: str) -> tuple[str, ...]:
        """Preferred, alternative and hidden labels of one language, in that order."""
        return (self.label[lang], *self.alt.get(lang, ()), *self.hidden.get(lang, ()))


@dataclass(frozen=True, slots=True)
class Industry:
    """A section, division, group or class of GB/T 4754-2017.

    A class that is the same business as an activity of the thesaurus, or a part of it, names it in `activity`; one
    that holds listed business beside unlisted names the listed activities in `contains`.
    """

    code: str
    level: str
    label: Text
    alt: Mapping[str, tuple[str, ...]]
    activity: str | None = None
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trade:
    """Words that name an activity where nothing else in a text names one, and the listed activities it may hold."""

    activity: str
    labels: Mapping[str, tuple[str, ...]]
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AmbiguousTerm:
    """A word too general to decide, the question that separates its readings, and the readings.

    A `carrier` ("app", "platform") only carries a business: beside a recognised activity it says nothing more.
    """

    id: str
    labels: Mapping[str, tuple[str, ...]]
    question: Text
    candidates: tuple[str, ...]
    carrier: bool = False


@dataclass(frozen=True, slots=True)
class OffTopicTerm:
    """Words that show the text is no question about foreign investment into China."""

    id: str
    kind: str
    labels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TelecomCategory:
    """A line of the telecom catalogue, with its commitment in China's WTO schedule."""

    code: str
    label: Text
    level: str
    wto_committed: bool
    wto_max_foreign_share: float | None
    wto_note: Text | None
    provenance: Provenance
    covers: Text | None = None
    parent: str | None = None
    licence: str | None = None
    activity: str | None = None
    positions: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Licence:
    """A permit that an activity needs whether or not foreign capital takes part."""

    id: str
    label: Text
    authority: tuple[str, ...]
    provenance: Provenance
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Advisory:
    """A matter that stands beside the answer and never changes it."""

    id: str
    label: Text
    message: Text
    severity: str
    triggers: tuple[Mapping[str, Any], ...]
    instruments: tuple[Mapping[str, Any], ...]
    provenance: Provenance
    effective_from: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer; `within` names what contains it, `regimes` what applies in it."""

    id: str
    kind: str
    label: Text
    alt: Mapping[str, tuple[str, ...]] = field(hash=False)
    provenance: Provenance
    within: tuple[str, ...] = ()
    regimes: tuple[str, ...] = ()
    effective_from: date | None = None


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """From where a survey looks at the law: a place, an origin, a certificate, each where it says something."""

    id: str
    label: Text
    note: Text
    place: str | None = None
    origin: str | None = None
    certified: bool | None = None


@dataclass(frozen=True, slots=True)
class SurveyGroup:
    """Activities that a survey shows together."""

    id: str
    label: Text
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """Which activities are surveyed from which points of view, in the order in which they are shown."""

    viewpoints: tuple[Viewpoint, ...]
    groups: tuple[SurveyGroup, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an investor comes from: an ISO 3166 alpha-2 code with its names."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Understood:
    """A fact of the proposal with where it was taken from (`field`, `text`, `default` or `derived`)."""

    value: Any
    taken_from: str
    words: str | None = None


# A share is stated in percent with two decimals at most, so nothing lies between an end and this beside it.
_JUST = 0.001


@dataclass(frozen=True, slots=True)
class ShareRange:
    """A foreign share known only between two percentages; both ends belong to it unless excluded."""

    low: float
    high: float
    low_excluded: bool = False
    high_excluded: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it is one figure."""
        return self.low == self.high

    def turned(self) -> ShareRange:
        """The other side's share."""
        return ShareRange(100 - self.high, 100 - self.low, self.high_excluded, self.low_excluded)

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the largest share that it may be; beside an excluded end, just inside it."""
        return self.low + _JUST * self.low_excluded, self.high - _JUST * self.high_excluded


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, as far as it is known. Every fact may be absent (None).

    `one_investor` tells that one foreign investor is said to hold the whole foreign share. `asked_too_early` is a day
    before the first one held whose law the text asks about, where no other day is given. `excerpt` holds the sentences
    of a long text that were read as telling the business, None where all was read.
    """

    text: str = ""
    activity_ids: tuple[str, ...] = ()
    telecom_categories: tuple[str, ...] = ()
    industry_codes: tuple[str, ...] = ()
    foreign_share: Understood | None = None
    form: Understood | None = None
    chinese_control: Understood | None = None
    location: Understood | None = None
    investor_origin: Understood | None = None
    origin_qualified: Understood | None = None
    as_of: Understood | None = None
    one_investor: bool = False
    asked_too_early: date | None = None
    excerpt: tuple[str, ...] | None = None

    @property
    def heard(self) -> tuple[str, tuple[int, int] | None]:
        """The words that what the text tells as a whole rests on, and where they stand if together."""
        return (self.text, (0, len(self.text))) if self.excerpt is None else (" ".join(self.excerpt), None)

    @property
    def share(self) -> float | None:
        """Foreign share in percent, 0 < x ≤ 100, or None when it is not known as one figure."""
        known = self.foreign_share is not None and not isinstance(self.foreign_share.value, ShareRange)
        return float(self.foreign_share.value) if known and self.foreign_share else None

    @property
    def share_range(self) -> ShareRange | None:
        """What is known of the foreign share where it is not known as one figure."""
        value = None if self.foreign_share is None else self.foreign_share.value
        return value if isinstance(value, ShareRange) else None

    @property
    def form_name(self) -> str | None:
        """The legal form, one of the names of the HTTP contract, or None."""
        return None if self.form is None else str(self.form.value)

    @property
    def controlled_by_chinese(self) -> bool | None:
        """Whether the Chinese side is said to control, or None when nothing is said."""
        return None if self.chinese_control is None else bool(self.chinese_control.value)
