"""An id renamed leads on, one withdrawn says why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from negative_list.model import Text
from negative_list.renames import Withdrawal
from service.state import state

GONE = Withdrawal(date(2026, 11, 1), Text("It was held twice; see zone/lingang.", "重复收录，请见 zone/lingang。"))


@pytest.fixture
def renamed(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data in use, with a few more old ids."""
    with client.application.app_context():
        held = state().catalogue.renames
    for kind, old, new in (
        ("instrument", "cn/old", "cn/national/2024"),
        ("place", "zone/old", "zone/lingang"),
        ("entry", "cn/older/7a", "cn/national/2024/8"),
    ):
        monkeypatch.setitem(held.renamed, (kind, old), new)  # type: ignore[arg-type]
    for kind in ("activity", "entry", "instrument", "place"):
        monkeypatch.setitem(held.withdrawn, (kind, "some/gone"), GONE)  # type: ignore[arg-type]


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/v1/activities/business/human-resources", "/v1/activities/finance/hr-services"),
        ("/v1/activities/advertising/public-relations?lang=zh", "/v1/activities/media/public-relations?lang=zh"),
        ("/v1/instruments/cn/old", "/v1/instruments/cn/national/2024"),
        ("/v1/instruments/cn/old/entries?lang=zh", "/v1/instruments/cn/national/2024/entries?lang=zh"),
        ("/v1/instruments/cn/national/2021/diff/cn/old", "/v1/instruments/cn/national/2021/diff/cn/national/2024"),
        ("/v1/entries/cn/old/12", "/v1/entries/cn/national/2024/12"),
        ("/v1/entries/cn/old/12/history", "/v1/entries/cn/national/2024/12/history"),
        ("/v1/entries/cn/older/7a", "/v1/entries/cn/national/2024/8"),
        ("/v1/places/zone/old?as_of=2025-03-01&lang=en", "/v1/places/zone/lingang?as_of=2025-03-01&lang=en"),
    ],
)
def test_an_old_id_leads_to_the_new_one(client: FlaskClient, old: str, new: str) -> None:
    for method in ("GET", "HEAD"):
        response = client.open(old, method=method)
        assert (response.status_code, response.headers["Location"]) == (308, new)
        assert response.cache_control.max_age
        assert response.headers["X-Dataset-Version"]
    followed = client.get(old, follow_redirects=True)
    assert followed.status_code == 200
    assert followed.data == client.get(new).data


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize("route", ["activities", "entries", "instruments", "places"])
def test_a_withdrawn_id_is_gone(client: FlaskClient, route: str) -> None:
    response = client.get(f"/v1/{route}/some/gone")
    assert (response.status_code, response.mimetype) == (410, "application/problem+json")
    [error] = response.json["errors"]
    assert (error["parameter"], error["code"]) == ("id", "withdrawn")
    assert "on 2026-11-01: It was held twice; see zone/lingang." in error["detail"]


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("/v1/entries?instrument={}", "cn/old", "cn/national/2024"),
        ("/v1/determinations?activity_ids={}", "business/human-resources", "finance/hr-services"),
        ("/v1/determinations?activity=coffee+shop&location={}", "zone/old", "zone/lingang"),
    ],
)
def test_an_old_id_in_a_query_means_the_new_one(client: FlaskClient, path: str, old: str, new: str) -> None:
    asked, meant = client.get(path.format(old)).json, client.get(path.format(new)).json
    for key in asked.keys() - {"links", "receipt", "next_cursor"}:
        assert asked[key] == meant[key], key


def test_a_proposal_in_a_body_is_answered_with_the_new_id(client: FlaskClient) -> None:
    body: dict[str, Any] = client.post("/v1/determinations", json={"activity_ids": ["business/human-resources"]}).json
    assert [item["activity"]["id"] for item in body["activities"]] == ["finance/hr-services"]
    assert "finance%2Fhr-services" in body["links"]["self"]


@pytest.mark.usefixtures("renamed")
def test_a_proposal_by_a_withdrawn_id_is_told_why(client: FlaskClient) -> None:
    response = client.post("/v1/determinations", json={"activity_ids": ["some/gone"]})
    assert response.status_code == 422
    [error] = response.json["errors"]
    assert (error["pointer"], error["code"]) == ("/activity_ids", "withdrawn")
    assert "see zone/lingang" in error["detail"]
