"""The industry classification GB/T 4754-2017 laid over the thesaurus: every class is an activity or stands for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from negative_list.model import Activity, Industry, Provenance

LEVELS = ("section", "division", "group", "class")
_CODE = re.compile(r"[A-T]?\d{2,4}|[A-T]")
# The names of the classes are those of the published standard.
_PROVENANCE = Provenance("verified", ("GBT4754",))


def above(item: Industry) -> str | None:
    """The code of what a code stands in, None for a section."""
    return item.code[: {"division": 1, "group": 3, "class": 4}[item.level]] if item.level != "section" else None


def activity_id(code: str) -> str:
    """The id of the activity that a class is by itself."""
    return f"industry/{code.lower()}"


def is_class(activity: Activity) -> bool:
    """Whether an activity is an industry class by itself."""
    return activity.id.startswith("industry/")


def with_classes(activities: Mapping[str, Activity], industries: Iterable[Industry]) -> dict[str, Activity]:
    """The activities with their codes, and beside them one activity for each class that the thesaurus lacks.

    A class that is the same business as an activity gives it its code and its further names; any other is an
    activity of its own, which no measure reaches.
    """
    found = dict(activities)
    for item in industries:
        if item.level != "class":
            continue
        if item.activity is None:
            own = Activity(activity_id(item.code), item.label, item.alt, {}, _PROVENANCE, gbt4754=(item.code,))
            found[own.id] = own
            continue
        known = found.get(item.activity)
        if known is not None:
            alt = {
                lang: (*known.alt.get(lang, ()), *(name for name in names if name not in known.labels(lang)))
                for lang, names in _names(item).items()
            }
            codes = known.gbt4754 if item.code in known.gbt4754 else (*known.gbt4754, item.code)
            found[item.activity] = replace(known, alt=alt, gbt4754=codes)
    return found


def _names(item: Industry) -> dict[str, tuple[str, ...]]:
    """Further names of a class: only those written as such, since a class may be narrower than its activity."""
    return {lang: item.alt.get(lang, ()) for lang in ("en", "zh")}


def code_of(text: str, industries: Mapping[str, Industry]) -> str | None:
    """The code as the standard writes it, from one with or without its letter; None where it is none.

    >>> code_of("6422", {"I6422": None}), code_of("i6422", {"I6422": None}), code_of("9999", {})
    ('I6422', 'I6422', None)
    """
    wanted = text.strip().upper()
    if not _CODE.fullmatch(wanted):
        return None
    return next((code for code in industries if wanted in (code, code[1:])), None)
