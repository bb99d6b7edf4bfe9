"""A filled-in form is read as the API would read it, and says by field what is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from service.pages.proposals import Fault, read


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ({"activity": "cloud", "foreign_share": "", "location": "  "}, {"activity": "cloud"}),
        ({"activity": "cloud", "foreign_share": "33.3"}, {"activity": "cloud", "foreign_share": 33.3}),
        ({"activity": "cloud", "chinese_control": "false"}, {"activity": "cloud", "chinese_control": False}),
        ({"activity": "cloud", "as_of": "2024-11-01"}, {"activity": "cloud", "as_of": date(2024, 11, 1)}),
        ({"activity_ids": "software/saas", "lang": "zh"}, {"activity_ids": ["software/saas"]}),
        # Left as it was read: the text decides, which may have been changed since.
        ({"activity": "cloud", "location": "Wuhan", "read.location": "Wuhan"}, {"activity": "cloud"}),
        (
            {"activity": "cloud", "location": "Lanzhou", "read.location": "Wuhan"},
            {"activity": "cloud", "location": "Lanzhou"},
        ),
    ],
)
def test_what_the_engine_is_given(form: dict[str, str], fields: dict[str, Any]) -> None:
    draft = read(MultiDict(form))
    assert (draft.fields, draft.faults) == (fields, {})


@pytest.mark.parametrize(
    ("form", "faults"),
    [
        ({"activity": "cloud", "foreign_share": "0"}, {"foreign_share": Fault("invalid")}),
        ({"activity": "cloud", "foreign_share": "half"}, {"foreign_share": Fault("invalid")}),
        ({"activity": "cloud", "as_of": "2024-02-30"}, {"as_of": Fault("invalid")}),
        ({"activity": "cloud", "form": "trust"}, {"form": Fault("invalid")}),
        ({"activity": "x" * 2_001}, {"activity": Fault("invalid")}),
        ({"foreign_share": "50"}, {"activity": Fault("required")}),
        ({"activity": "cloud", "locaton": "Wuhan"}, {"locaton": Fault("unknown", "location")}),
        (
            {"foreign_share": "half", "form": "trust"},
            {"activity": Fault("required"), "foreign_share": Fault("invalid"), "form": Fault("invalid")},
        ),
    ],
)
def test_what_is_wrong(form: dict[str, str], faults: dict[str, Fault]) -> None:
    assert read(MultiDict(form)).faults == faults


def test_a_field_given_twice_is_refused() -> None:
    assert read(MultiDict([("activity", "cloud"), ("activity", "games")])).faults["activity"] == Fault("repeated")


def test_a_form_is_blank_until_something_stands_in_it() -> None:
    assert read(MultiDict({"activity": " ", "lang": "zh"})).blank
    assert not read(MultiDict({"foreign_share": "x"})).blank
