"""What reconciliation answers, as the Reconciliation Service API 0.2 has it."""

from __future__ import annotations

from marshmallow import fields

from service.answer_schemas import AnswerSchema


class NamedSchema(AnswerSchema):
    """A type or a property, with its name in the language asked for."""

    id = fields.String()
    name = fields.String()


class TemplateSchema(AnswerSchema):
    """An address in which `{{id}}` stands for the id of an entity."""

    url = fields.String()


class PreviewTemplateSchema(TemplateSchema):
    """The address of a preview and the size of its frame."""

    width = fields.Integer(metadata={"description": "In CSS pixels."})
    height = fields.Integer(metadata={"description": "In CSS pixels."})


class ServiceAddressSchema(AnswerSchema):
    """Where a service of the manifest is: the one behind the other."""

    service_url = fields.String()
    service_path = fields.String()


class SuggestServicesSchema(AnswerSchema):
    """The services for a text being typed."""

    entity = fields.Nested(ServiceAddressSchema)
    property = fields.Nested(ServiceAddressSchema)
    type = fields.Nested(ServiceAddressSchema)


class PropertySettingSchema(AnswerSchema):
    """A setting of a property that is fetched."""

    name = fields.String()
    label = fields.String()
    type = fields.String()
    default = fields.String()
    help_text = fields.String()


class ExtendServicesSchema(AnswerSchema):
    """How columns are added."""

    propose_properties = fields.Nested(ServiceAddressSchema)
    property_settings = fields.List(fields.Nested(PropertySettingSchema))


class ManifestSchema(AnswerSchema):
    """What the service offers and where."""

    versions = fields.List(fields.String())
    name = fields.String()
    identifierSpace = fields.String()  # noqa: N815 — the specification names it so, and those below
    schemaSpace = fields.String()  # noqa: N815
    serviceVersion = fields.String()  # noqa: N815
    documentation = fields.String()
    defaultTypes = fields.List(fields.Nested(NamedSchema))  # noqa: N815
    view = fields.Nested(TemplateSchema)
    preview = fields.Nested(PreviewTemplateSchema)
    suggest = fields.Nested(SuggestServicesSchema)
    extend = fields.Nested(ExtendServicesSchema)
    batchSize = fields.Integer(metadata={"description": "How many queries are answered at once."})  # noqa: N815


class FeatureSchema(AnswerSchema):
    """What speaks for a candidate."""

    id = fields.String()
    value = fields.Raw(metadata={"anyOf": [{"type": "number"}, {"type": "boolean"}]})


class ReconciledSchema(NamedSchema):
    """An entity that a query may mean."""

    description = fields.String()
    type = fields.List(fields.Nested(NamedSchema))
    score = fields.Float(metadata={"description": "From 0 to 100."})
    match = fields.Boolean(metadata={"description": "Whether it is surely meant."})
    features = fields.List(fields.Nested(FeatureSchema))


class CandidatesSchema(AnswerSchema):
    """The candidates for one query, best first."""

    result = fields.List(fields.Nested(ReconciledSchema))


class ColumnSchema(NamedSchema):
    """A property fetched, and the type of the entities it refers to, if it does."""

    type = fields.Nested(NamedSchema, metadata={"optional": True})


class CellSchema(AnswerSchema):
    """One value: a text, a number, a date, or an entity with its name."""

    str = fields.String(metadata={"optional": True})
    float = fields.Float(metadata={"optional": True})
    date = fields.String(metadata={"optional": True, "description": "A moment, RFC 3339."})
    id = fields.String(metadata={"optional": True})
    name = fields.String(metadata={"optional": True})


class ExtensionAnswerSchema(AnswerSchema):
    """The values of properties."""

    meta = fields.List(fields.Nested(ColumnSchema))
    rows = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(CellSchema))),
        metadata={"description": "By id of entity and id of property, each value in a list."},
    )


class SuggestedEntitySchema(NamedSchema):
    """An entity whose name a prefix may become."""

    description = fields.String()
    notable = fields.List(fields.Nested(NamedSchema))


class SuggestedEntitiesSchema(AnswerSchema):
    """Entities, best first."""

    result = fields.List(fields.Nested(SuggestedEntitySchema))


class SuggestedNamesSchema(AnswerSchema):
    """Properties or types."""

    result = fields.List(fields.Nested(NamedSchema))


class ProposedPropertiesSchema(AnswerSchema):
    """The properties of a type."""

    properties = fields.List(fields.Nested(NamedSchema))
    limit = fields.Integer()
    type = fields.String(metadata={"optional": True})
