"""The shape of the file that says which activities are surveyed from which points of view."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from negative_list import model
from negative_list.schema import IDENTIFIER, Record, bilingual, names


class ViewpointSchema(Record):
    id = fields.String(required=True, validate=IDENTIFIER)
    label = bilingual(required=True)
    note = bilingual(required=True)
    place = fields.String(load_default=None)
    origin = fields.String(load_default=None)
    certified = fields.Boolean(load_default=None, allow_none=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Viewpoint:
        return model.Viewpoint(**data)


class SurveyGroupSchema(Record):
    id = fields.String(required=True, validate=IDENTIFIER)
    label = bilingual(required=True)
    activities = names(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.SurveyGroup:
        return model.SurveyGroup(**{**data, "activities": tuple(data["activities"])})


class SurveyFileSchema(Record):
    """Who invests where, and in what, in the order in which it is shown."""

    viewpoints = fields.List(fields.Nested(ViewpointSchema), required=True, validate=validate.Length(min=1))
    groups = fields.List(fields.Nested(SurveyGroupSchema), required=True, validate=validate.Length(min=1))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Survey:
        return model.Survey(tuple(data["viewpoints"]), tuple(data["groups"]))
