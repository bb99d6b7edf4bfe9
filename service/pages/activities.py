"""One activity of the thesaurus: how it stands, under which entries, and what lies near it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Blueprint, Response

from negative_list import records
from negative_list.model import Activity
from negative_list.standing import Situation
from service.pages.rendering import page
from service.renames import held
from service.state import state, today

blueprint = Blueprint("activities_pages", __name__)
MOST_NAMES = 8


@blueprint.get("/activities/<path:activity_id>")
def one_activity(activity_id: str) -> Response:
    """One activity; raises Withdrawn, NotHeld."""
    found = held("activity", activity_id, state().catalogue.activities)
    return page("activity.html", lambda lang: _shown(found, today(), lang))


def _shown(activity: Activity, day: date, lang: str) -> dict[str, Any]:
    current = state()
    catalogue, presenter = current.catalogue, current.presenters[lang]
    record = records.activity(current.engine, activity, lang, day)

    def labelled(ids: Iterable[str]) -> list[dict[str, str]]:
        return [records.activity_ref(catalogue.activities[id_], lang) for id_ in ids]

    return {
        "activity": record,
        "standing": current.engine.standing_on(activity, Situation(day)),
        "row": current.surveyor.row(activity, day),
        "viewpoints": catalogue.survey.viewpoints,
        # The first labels are the usual ones; the thesaurus knows dozens.
        "names": activity.alt.get(lang, ())[:MOST_NAMES],
        "decided": [(id_, presenter.cite(catalogue.entries[id_])) for id_ in record["decided_by"]],
        "neighbours": [(key, labelled(record[key])) for key in ("broader", "narrower", "related") if record[key]],
        "licences": [presenter.licence(catalogue.licences[id_]) for id_ in activity.licences],
        "industries": [(code, catalogue.industries[code].label[lang]) for code in activity.gbt4754],
        "categories": [(code, catalogue.telecom_categories[code].label[lang]) for code in activity.telecom_categories],
    }
