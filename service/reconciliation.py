"""The records of the data set as entities of the Reconciliation Service API 0.2: found by name, with candidates.

Of the specification: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz, process

from negative_list.determination import Determination, Engine
from negative_list.errors import ProposalError
from negative_list.model import LANGUAGES, Activity, Entry, Industry, Place, Text
from negative_list.proposal import MAX_TEXT
from negative_list.speech import Speaker
from negative_list.standing import Situation
from negative_list.suggesting import KINDS
from negative_list.text import fold, terms
from service.reconciliation_properties import PROPERTIES

TYPES = {
    "activity": Text("Business activity", "经营活动"),
    "entry": Text("Entry of a list or other instrument", "清单或其他文件的条目"),
    "place": Text("Place in China", "中国境内的地点"),
    "industry": Text("Industry (GB/T 4754-2017)", "国民经济行业（GB/T 4754-2017）"),
}
ROUTES = {"activity": "activities", "entry": "entries", "place": "places", "industry": "industries"}
MOST_CANDIDATES = 25
# No name is longer; a longer text is only read by the engine.
_LONGEST_NAME = 200
# How many records of each type are compared with a text.
_COMPARED = 12
# A candidate less like the text is none, unless the engine understands the text so.
_LEAST = 45.0
# What the engine understands by a text is likelier meant than what merely looks like it.
_UNDERSTOOD, _LOOKS = 80.0, 0.79

Record = Activity | Entry | Place | Industry


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A record with its type and the id that nothing else has, of whatever type."""

    type: str
    id: str
    record: Record

    @property
    def label(self) -> Text:
        """What it is called."""
        return self.record.title if isinstance(self.record, Entry) else self.record.label

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called, in both languages, with the alternatives; no brands."""
        alt = {} if isinstance(self.record, Entry) else self.record.alt
        others = (name for lang in LANGUAGES for name in alt.get(lang, ()))
        return self.label.en, self.label.zh, *others

    @property
    def address(self) -> str:
        """Where its record is."""
        return f"/v1/{ROUTES[self.type]}/{self.id}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a query may mean: how likely (0 to 100), whether surely, and by which features."""

    entity: Entity
    score: float
    match: bool
    features: Mapping[str, float | bool]


class Reconciler:
    """Finds entities of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        catalogue = engine.catalogue
        held: dict[str, Iterable[tuple[str, Record]]] = {
            # Public bodies, which the classification holds too, are no business.
            "activity": ((item.id, item) for item in catalogue.named_activities),
            "entry": catalogue.entries.items(),
            "place": catalogue.places.items(),
            "industry": catalogue.industries.items(),
        }
        self.entities = {id_: Entity(type_, id_, record) for type_ in TYPES for id_, record in held[type_]}
        self._spelt = lru_cache(maxsize=4096)(_spelt)
        # The names of what type-ahead does not know, and of which entity each is.
        self._names: dict[str, tuple[list[str], list[Entity]]] = {
            type_: ([], []) for type_ in TYPES if type_ not in KINDS
        }
        for entity in self.entities.values():
            if entity.type in self._names:
                names, owners = self._names[entity.type]
                names += [fold(name) for name in (*entity.names, entity.id)]
                owners += [entity] * (len(names) - len(owners))
        self._holders: dict[tuple[str, str], dict[str, Entity]] = defaultdict(dict)
        for property_ in PROPERTIES.values():
            if property_.keys is not None:
                for entity in self.entities.values():
                    if entity.type in property_.types:
                        for key in property_.keys(engine, entity.record):
                            self._holders[property_.id, fold(key)][entity.id] = entity

    def description(self, entity: Entity, speaker: Speaker, today: date) -> str:
        """What tells an entity from its namesakes, in one line."""
        record = entity.record
        if isinstance(record, Activity):
            status = self._engine.standing_on(record, Situation(today)).status
            return f"{speaker.say(f'status.{status.value}')} · {record.id}"
        if isinstance(record, Entry):
            return speaker.cite(record)
        return f"{record.level if isinstance(record, Industry) else record.kind} · {entity.id}"

    def candidates(
        self,
        text: str,
        types: Collection[str],
        wanted: Iterable[tuple[str, Collection[str]]],
        limit: int,
        today: date,
    ) -> list[Candidate]:
        """The entities that a text may mean, best first; without a text, those that have what is wanted.

        `wanted` names properties with the values of which an entity must have one. A candidate matches only when the
        text is its id, or is a name that no other entity of the types has and that the engine, for an activity,
        understands in no other way.
        """
        narrowed = self._having(wanted)
        if not text.strip():
            found = [] if narrowed is None else [item for item in narrowed.values() if item.type in types]
            return [Candidate(entity, 100.0, len(found) == 1, {}) for entity in found[:limit]]
        if len(text) > MAX_TEXT:
            return []
        understood = self._understood(text, today) if "activity" in types else None
        named = {} if understood is None else {verdict.activity.id for verdict in understood.verdicts}
        pool = {
            entity.id: entity
            for entity in (*self._alike(text, types), *(self.entities[id_] for id_ in named if id_ in self.entities))
            if narrowed is None or entity.id in narrowed
        }
        folded, squeezed = fold(text), _squeezed(text)
        exact = [entity.id for entity in pool.values() if squeezed and squeezed in self._spelt(entity)[1]]
        scored = []
        for entity in pool.values():
            by_id = entity.id.casefold() == text.strip().casefold()
            likeness = process.extractOne(folded, self._spelt(entity)[0], scorer=fuzz.ratio)[1]
            meant = entity.id in named
            if not (by_id or meant) and likeness < _LEAST:
                continue
            sure = exact == [entity.id] and (entity.type != "activity" or _says_only(understood, entity.id))
            looks = max(_UNDERSTOOD * meant, _LOOKS * likeness)
            features: dict[str, float | bool] = {
                "name_exact": entity.id in exact,
                "name_similarity": round(likeness, 1),
            }
            if entity.type == "activity":
                features["understood"] = meant
            score = 100.0 if by_id else 95.0 + 5 * sure if entity.id in exact else looks
            scored.append(Candidate(entity, round(score, 1), by_id or sure, features))
        return sorted(scored, key=lambda candidate: (-candidate.score, candidate.entity.id))[:limit]

    def suggestions(self, prefix: str, types: Collection[str], most: int) -> list[Entity]:
        """The entities that a prefix may become, best first; one whose id it is comes first of all."""
        known = self.entities.get(prefix.strip())
        found = {} if known is None or known.type not in types else {known.id: known}
        kinds = [kind for kind in KINDS if kind in types]
        for suggestion in self._engine.suggester.suggest(prefix, most, kinds) if kinds else ():
            found.setdefault(suggestion.id, self.entities[suggestion.id])
        if words := fold(prefix).strip():
            for type_ in types:
                pairs = list(zip(*self._names.get(type_, ([], [])), strict=True))
                begun = [item for name, item in pairs if name.startswith(words)]
                held = [item for name, item in pairs if words in name]
                found |= {item.id: item for item in (*begun, *held) if item.id not in found}
        return list(found.values())[:most]

    def _alike(self, text: str, types: Collection[str]) -> Iterator[Entity]:
        """Entities whose names have something in common with a text, or whose id it is."""
        engine = self._engine
        if len(text) > _LONGEST_NAME:
            return
        known = self.entities.get(text.strip()) or self.entities.get(text.strip().upper())
        if known is not None and known.type in types:
            yield known
        for kind in (kind for kind in KINDS if kind in types):
            for suggestion in engine.suggester.suggest(text, _COMPARED, [kind]):
                yield self.entities[suggestion.id]
        hits = []
        if "activity" in types:
            hits += engine.index.activities(terms(text), _COMPARED)
        if "entry" in types:
            hits += engine.index.entries(text, _COMPARED)
        yield from (self.entities[hit.id] for hit in hits if hit.id in self.entities)
        for names, owners in (self._names[type_] for type_ in types if type_ in self._names):
            near = process.extract(fold(text), names, scorer=fuzz.ratio, limit=_COMPARED, score_cutoff=_LEAST)
            yield from (owners[at] for _, _, at in near)

    def _having(self, wanted: Iterable[tuple[str, Collection[str]]]) -> dict[str, Entity] | None:
        """The entities that have one of the values of every property; None where nothing is wanted."""
        found: dict[str, Entity] | None = None
        for property_id, values in wanted:
            holders: dict[str, Entity] = {}
            for value in values:
                holders |= self._holders.get((property_id, fold(value).strip()), {})
            found = holders if found is None else {id_: item for id_, item in found.items() if id_ in holders}
        return found

    def _understood(self, text: str, today: date) -> Determination | None:
        try:
            return self._engine.determine({"activity": text}, today)
        except ProposalError:
            # A text that names a day before the first list, for one, says nothing here.
            return None


def _spelt(entity: Entity) -> tuple[list[str], frozenset[str]]:
    """The names of an entity folded, and their letters and digits alone.

    A name that a bracket tells from a namesake counts without the bracket as well: Suzhou is ambiguous.
    """
    plain = (name.partition(" (")[0] for name in entity.names)
    return [fold(name) for name in entity.names], frozenset(map(_squeezed, (*entity.names, *plain)))


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def _says_only(understood: Determination | None, id_: str) -> bool:
    """Whether the engine understands one activity by a text, and asks nothing about it."""
    return (
        understood is not None
        and understood.undetermined is None
        and [verdict.activity.id for verdict in understood.verdicts] == [id_]
    )
