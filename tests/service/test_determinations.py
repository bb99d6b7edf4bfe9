"""The main job over HTTP: a proposal in, a determination out."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

PATH = "/v1/determinations"
FULL: dict[str, Any] = {
    "activity": "互联网数据中心 and online game operation",
    "activity_ids": ["telecom/internet-data-centre", "hospitality/coffee-shops"],
    "industry_codes": ["I6422"],
    "telecom_categories": ["B25"],
    "foreign_share": 49,
    "form": "joint_venture",
    "chinese_control": True,
    "location": "Wuhan",
    "investor_origin": "German",
    "origin_qualified": False,
    "as_of": "2025-03-01",
    "lang": "zh",
    "ref": "案号 17/甲",
}


def get(client: FlaskClient, activity: str, **more: Any) -> dict[str, Any]:
    response = client.get(PATH, query_string={"activity": activity, **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json
    return body


def as_query(proposal: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value).lower() if isinstance(value, bool) else value for key, value in proposal.items()}


@pytest.mark.parametrize(
    "proposal",
    [
        FULL,
        *({"activity": FULL["activity"], name: value} for name, value in FULL.items()),
        {"activity_ids": FULL["activity_ids"]},
        {"telecom_categories": ["B11"]},
        {"industry_codes": ["I6422"]},
        {"activity": "a wholly owned café chain in Shenzhen, 60% ours"},
        {"activity": "platform"},
        {"activity": "qwertyuiop"},
    ],
    ids=lambda proposal: "+".join(proposal)[:60],
)
def test_get_and_post_give_the_same_body(client: FlaskClient, proposal: dict[str, Any]) -> None:
    by_get = client.get(PATH, query_string=as_query(proposal))
    by_post = client.post(PATH, json=proposal)
    assert by_get.status_code == by_post.status_code == 200, by_get.text
    assert by_get.data == by_post.data


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("foreign_share", 49),
        ("form", "joint_venture"),
        ("chinese_control", True),
        ("origin_qualified", False),
        ("as_of", "2025-03-01"),
    ],
)
def test_a_field_is_understood_as_given(client: FlaskClient, name: str, value: Any) -> None:
    assert client.post(PATH, json=FULL).json["understood"][name] == {"value": value, "from": "field"}


def test_place_and_origin_are_understood_by_name(client: FlaskClient) -> None:
    understood = client.post(PATH, json=FULL | {"lang": "en"}).json["understood"]
    assert understood["location"]["label"] == "Wuhan"
    assert (understood["investor_origin"]["value"], understood["investor_origin"]["from"]) == ("DE", "field")


def test_ref_is_echoed_and_absent_when_not_given(client: FlaskClient) -> None:
    assert get(client, "cafe", ref=FULL["ref"])["ref"] == FULL["ref"]
    assert "ref" not in get(client, "cafe")


@pytest.mark.parametrize(
    ("activity", "status", "permitted", "share", "item"),
    [
        ("online game operation", "prohibited", "no", 0, "13"),
        ("互联网数据中心", "restricted", "no", 0, "12"),
        ("e-commerce marketplace", "open", "yes", 100, "12"),
        ("coffee shop", "open", "yes", 100, "note-1"),
    ],
)
def test_examples(
    client: FlaskClient, activity: str, status: str, permitted: str, share: int, item: str
) -> None:
    body = get(client, activity)
    assert (body["status"], body["permitted_as_proposed"]) == (status, permitted)
    [verdict] = body["activities"]
    assert (verdict["status"], verdict["max_foreign_share"]) == (status, share)
    assert item in {reason["citation"]["item"] for reason in verdict["reasons"]}
    assert all(reason["citation"]["href"] for reason in verdict["reasons"])


def test_a_vague_word_is_undetermined_with_candidates(client: FlaskClient) -> None:
    body = get(client, "platform")
    assert (body["status"], body["permitted_as_proposed"], body["activities"]) == ("undetermined", None, [])
    assert body["undetermined"]["reason"] == "ambiguous"
    assert body["undetermined"]["question"]
    assert len({candidate["status"] for candidate in body["undetermined"]["candidates"]}) > 1


def test_self_link_gives_the_same_answer(client: FlaskClient) -> None:
    body = client.post(PATH, json=FULL).json
    again = client.get(body["links"]["self"]).json
    differing = {key for key in body if key != "ref" and body[key] != again[key]}
    assert differing <= {"understood"}
    assert again["receipt"] == body["receipt"]


# -- language and representation ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "accepted", "expected"),
    [
        (None, None, "en"),
        (None, "zh", "zh"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "zh-TW", "zh"),
        (None, "en-GB,zh;q=0.5", "en"),
        (None, "zh-CN,en;q=0.8", "zh"),
        (None, "fr, zh;q=0, en;q=0.1", "en"),
        (None, "zh;q=0", "en"),
        (None, "fr", "en"),
        (None, "*", "en"),
        ("zh", None, "zh"),
        ("zh", "en", "zh"),
        ("en", "zh", "en"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_language(client: FlaskClient, method: str, lang: str | None, accepted: str | None, expected: str) -> None:
    headers = {} if accepted is None else {"Accept-Language": accepted}
    proposal = {"activity": "online game operation"} | ({} if lang is None else {"lang": lang})
    sent: dict[str, Any] = {"query_string": proposal} if method == "GET" else {"json": proposal}
    response = client.open(PATH, method=method, headers=headers, **sent)
    label = response.json["activities"][0]["activity"]["label"]
    assert label == {"en": "Online game operation", "zh": "网络游戏运营"}[expected]
    assert response.headers["Content-Language"] == expected
    assert {"accept", "accept-language"} <= {name.lower() for name in response.vary}


@pytest.mark.parametrize("accept", ["application/json", "text/plain"])
def test_chinese_is_utf_8_without_escapes(client: FlaskClient, accept: str) -> None:
    response = client.get(PATH, query_string={"activity": "网络游戏运营", "lang": "zh"}, headers={"Accept": accept})
    assert "网络游戏运营" in response.data.decode("utf-8")
    assert b"\\u" not in response.data


def test_plain_text(client: FlaskClient) -> None:
    response = client.get(PATH, query_string={"activity": "coffee shop"}, headers={"Accept": "text/plain"})
    assert response.content_type == "text/plain; charset=utf-8"
    assert response.text.startswith("Status: open\nPermitted as proposed: yes\n")
    assert response.text.endswith("\n")
    posted = client.post(PATH, json={"activity": "coffee shop"}, headers={"Accept": "text/plain"})
    assert posted.data == response.data


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/plain"),
        ("text/plain;q=0.4, application/json;q=0.5", "application/json"),
        ("text/plain, application/json;q=0.5", "text/plain"),
    ],
)
def test_representation(client: FlaskClient, accept: str | None, expected: str) -> None:
    headers = {} if accept is None else {"Accept": accept}
    response = client.get(PATH, query_string={"activity": "coffee shop"}, headers=headers)
    assert (response.status_code, response.mimetype) == (200, expected)


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "application/xml, image/*"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_406(client: FlaskClient, method: str, accept: str) -> None:
    sent: dict[str, Any] = {"query_string": {"activity": "cafe"}} if method == "GET" else {"json": {"activity": "cafe"}}
    response = client.open(PATH, method=method, headers={"Accept": accept}, **sent)
    assert (response.status_code, response.mimetype) == (406, "application/problem+json")
    assert response.json["errors"][0]["allowed"] == ["application/json", "text/plain"]


# -- keeping it ---------------------------------------------------------------------------------------------------


def test_post_is_not_stored(client: FlaskClient) -> None:
    response = client.post(PATH, json={"activity": "cafe"})
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
