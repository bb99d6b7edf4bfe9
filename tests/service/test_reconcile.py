"""Reconciliation as OpenRefine asks for it, and as the Reconciliation Service API 0.2 says answers look."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from negative_list.determination import Engine
from service.app import create_app
from service.reconciliation import TYPES
from service.reconciliation_properties import PROPERTIES
from service.settings import Settings
from service.state import today

GAMES, DATA_CENTRE = "internet/online-games-operation", "telecom/internet-data-centre"
ALL_PROPERTIES = [{"id": id_} for id_ in PROPERTIES]

# -- what the specification says of the answers, section by section --------------------------------------------------

TEXT = {"type": "string", "minLength": 1}
URI = {"type": "string", "pattern": r"^https?://[^\s]+$"}
NAMED = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}


def closed(**properties: Any) -> dict[str, Any]:
    """An object that holds these properties, each of them, and no other."""
    return {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}


SERVICE = closed(service_url=URI, service_path={"type": "string", "pattern": "^/"})
TEMPLATE = {"allOf": [URI, {"pattern": r"\{\{id\}\}"}]}
SETTING = closed(
    name=TEXT, label=TEXT, type={"enum": ["number", "text", "checkbox", "select"]}, default={}, help_text=TEXT
)
# Sections "Service Manifest", "Preview Metadata", "Suggest Metadata" and "Data Extension Metadata".
MANIFEST = closed(
    versions={"type": "array", "contains": {"const": "0.2"}},
    name=TEXT,
    identifierSpace=URI,
    schemaSpace=URI,
    serviceVersion=TEXT,
    documentation=URI,
    defaultTypes={"type": "array", "items": NAMED, "uniqueItems": True, "minItems": 1},
    view=closed(url=TEMPLATE),
    preview=closed(url=TEMPLATE, width={"type": "integer"}, height={"type": "integer"}),
    suggest=closed(entity=SERVICE, property=SERVICE, type=SERVICE),
    extend=closed(propose_properties=SERVICE, property_settings={"type": "array", "items": SETTING}),
    batchSize={"type": "integer", "minimum": 1},
)
# Section "Reconciliation Query Responses".
CANDIDATE = closed(
    id=TEXT,
    name=TEXT,
    description=TEXT,
    type={"type": "array", "items": NAMED},
    score={"type": "number", "minimum": 0, "maximum": 100},
    match={"type": "boolean"},
    features={"type": "array", "items": closed(id=TEXT, value={"type": ["number", "boolean"]})},
)
RESULTS = {
    "type": "object",
    "additionalProperties": closed(result={"type": "array", "items": CANDIDATE}),
}
# Section "Suggest Responses".
SUGGESTED_ENTITIES = closed(
    result={
        "type": "array",
        "items": closed(id=TEXT, name=TEXT, description=TEXT, notable={"type": "array", "items": NAMED}),
    }
)
SUGGESTED = closed(result={"type": "array", "items": closed(id=TEXT, name=TEXT)})
# Section "Data Extension Property Proposals".
PROPOSED = {
    "type": "object",
    "required": ["properties"],
    "properties": {"properties": {"type": "array", "items": NAMED}, "type": TEXT, "limit": {"type": "integer"}},
    "additionalProperties": False,
}
# Section "Data Extension Responses".
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
VALUE = {"oneOf": [closed(str=TEXT), closed(float={"type": "number"}), closed(date=MOMENT), closed(id=TEXT, name=TEXT)]}
EXTENDED = closed(
    meta={"type": "array", "items": {**NAMED, "properties": {**NAMED["properties"], "type": NAMED}}},
    rows={
        "type": "object",
        "additionalProperties": {"type": "object", "additionalProperties": {"type": "array", "items": VALUE}},
    },
)


def valid(response: TestResponse, shape: dict[str, Any]) -> Any:
    """The body of an answer, which has the shape the specification gives it."""
    assert (response.status_code, response.mimetype) == (200, "application/json"), response.text
    jsonschema.Draft202012Validator(shape).validate(response.json)
    return response.json


def ask(client: FlaskClient, queries: dict[str, Any], path: str = "/reconcile") -> dict[str, list[dict[str, Any]]]:
    body = valid(client.post(path, data={"queries": json.dumps(queries)}), RESULTS)
    assert list(body) == list(queries)
    for answer in body.values():
        scores = [candidate["score"] for candidate in answer["result"]]
        assert scores == sorted(scores, reverse=True)
    return {key: answer["result"] for key, answer in body.items()}


def one(client: FlaskClient, query: str, **more: Any) -> list[dict[str, Any]]:
    return ask(client, {"q0": {"query": query} | more})["q0"]


def extend(client: FlaskClient, ids: list[str], properties: list[Any], path: str = "/reconcile") -> dict[str, Any]:
    sent = {"extend": json.dumps({"ids": ids, "properties": properties})}
    body: dict[str, Any] = valid(client.post(path, data=sent), EXTENDED)
    assert list(body["rows"]) == ids
    assert [item["id"] for item in body["meta"]] == [item["id"] for item in properties]
    for row in body["rows"].values():
        assert list(row) == [item["id"] for item in properties]
    return body


# -- a session ---------------------------------------------------------------------------------------------------


def test_a_session_of_openrefine(client: FlaskClient) -> None:
    manifest = valid(client.get("/reconcile"), MANIFEST)
    base = manifest["suggest"]["entity"]["service_url"]
    assert base == "http://localhost/reconcile"

    # It guesses the type of a column from its first rows.
    cells = ["online games", "app store", "咖啡馆", "internet data centre"]
    guessed = ask(client, {f"q{n}": {"query": cell, "limit": 3} for n, cell in enumerate(cells)})
    best = [candidates[0]["type"][0]["id"] for candidates in guessed.values()]
    assert best == ["activity"] * len(cells)

    # The rows of the column follow, ten at a time.
    queries = {
        f"q{n}": {"query": cell, "type": "activity", "type_strict": "should", "properties": [], "limit": 6}
        for n, cell in enumerate(cells)
    }
    found = ask(client, queries)
    assert [candidates[0]["match"] for candidates in found.values()] == [True] * len(cells)

    # What did not match is looked for by hand.
    service = manifest["suggest"]["entity"]
    sent = {"prefix": "online ga", "type": "activity", "spell": "always", "exact": "false", "prefixed": "true"}
    suggested = valid(client.get(service["service_url"] + service["service_path"], query_string=sent), SUGGESTED_ENTITIES)
    id_ = suggested["result"][0]["id"]
    assert id_ == GAMES

    # A pointer over it opens a preview, a click the record.
    shown = client.get(manifest["preview"]["url"].replace("{{id}}", quote(id_, safe="")))
    assert (shown.status_code, shown.mimetype) == (200, "text/html")
    followed = client.get(manifest["view"]["url"].replace("{{id}}", quote(id_, safe="")), follow_redirects=True)
    assert followed.json["id"] == id_

    # Columns are added from the matches.
    service = manifest["extend"]["propose_properties"]
    proposed = valid(
        client.get(service["service_url"] + service["service_path"], query_string={"type": "activity", "limit": 20}), PROPOSED
    )
    columns = [{"id": item["id"]} for item in proposed["properties"]]
    ids = [candidates[0]["id"] for candidates in found.values()]
    rows = extend(client, ids, columns)["rows"]
    for id_ in ids:
        assert rows[id_]["status"] == [{"str": client.get(f"/v1/activities/{id_}").json["status"]}]
    assert {rows[id_]["status"][0]["str"] for id_ in ids} == {"open", "restricted", "prohibited"}


# -- the manifest ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "lang"), [("/reconcile", "en"), ("/reconcile/en", "en"), ("/reconcile/zh", "zh")])
def test_the_manifest_names_services_that_answer(client: FlaskClient, path: str, lang: str) -> None:
    response = client.get(path)
    body = valid(response, MANIFEST)
    assert response.headers["Content-Language"] == lang
    assert [item["id"] for item in body["defaultTypes"]] == list(TYPES)
    assert all(item["name"] == TYPES[item["id"]][lang] for item in body["defaultTypes"])
    shapes = {"entity": SUGGESTED_ENTITIES, "property": SUGGESTED, "type": SUGGESTED}
    for name, service in body["suggest"].items():
        address = service["service_url"] + service["service_path"]
        assert address == f"http://localhost{path}/suggest/{name}"
        assert valid(client.get(address, query_string={"prefix": "l"}), shapes[name])
    assert client.get(body["documentation"]).status_code == 200


def test_addresses_are_those_of_the_service(index_root: Any) -> None:
    app: Flask = create_app(Settings(index=index_root, log_level="error", public_url="https://law.example"))
    body = valid(app.test_client().get("/reconcile", headers={"Host": "elsewhere.example"}), MANIFEST)
    assert "elsewhere" not in json.dumps(body)
    assert body["view"]["url"] == "https://law.example/reconcile/view?id={{id}}"


# -- candidates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "type_", "id_"),
    [
        ("online games", "activity", GAMES),
        ("Online Game Operation", "activity", GAMES),
        ("网络游戏", "activity", GAMES),
        ("網絡遊戲", "activity", GAMES),
        ("internet-data-centre", "activity", DATA_CENTRE),
        (GAMES, "activity", GAMES),
        ("Wuhan", "place", "CN-42-01"),
        ("武汉市", "place", "CN-42-01"),
        ("I6422", "industry", "I6422"),
        ("i6422", "industry", "I6422"),
        ("cn/national/2024/12", "entry", "cn/national/2024/12"),
    ],
)
def test_a_name_of_its_own_matches(client: FlaskClient, query: str, type_: str, id_: str) -> None:
    best, *others = one(client, query, type=type_)
    assert (best["id"], best["match"]) == (id_, True)
    assert best["score"] >= 95
    assert not any(candidate["match"] for candidate in others)


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("platform", {}),
        ("平台", {}),
        ("app", {}),
        ("online", {}),
        ("services", {}),
        ("online game", {"type": ["place", "entry"]}),
        # What it is for is no business of the investor's.
        ("a platform for hospitals", {}),
        ("no online games", {}),
        ("online games and a data centre", {}),
        # The name of an item of several editions.
        ("Film", {"type": "entry"}),
        # Places of one name.
        ("Suzhou", {"type": "place"}),
        ("Chaoyang", {"type": "place"}),
        # A slip, and what is not known.
        ("onlnie games", {}),
        ("qwertyuiop", {}),
        ("天气怎么样", {}),
        # A brand is a sign of a business, not its name.
        ("Genshin Impact", {"type": "activity"}),
    ],
)
def test_what_is_vague_never_matches(client: FlaskClient, query: str, more: dict[str, Any]) -> None:
    assert not any(candidate["match"] for candidate in one(client, query, limit=25, **more))


def test_what_matches_is_what_a_determination_understands(client: FlaskClient, engine: Engine) -> None:
    labels = [item.label.en for item in engine.catalogue.named_activities][::20]
    matched = 0
    for start in range(0, len(labels), 50):
        queries = {label: {"query": label, "type": "activity"} for label in labels[start : start + 50]}
        for label, candidates in ask(client, queries).items():
            for candidate in (item for item in candidates if item["match"]):
                matched += 1
                body = client.get("/v1/determinations", query_string={"activity": label}).json
                assert [verdict["activity"]["id"] for verdict in body["activities"]] == [candidate["id"]]
                assert body["undetermined"] is None
    assert matched > len(labels) / 2


@pytest.mark.parametrize("type_", list(TYPES))
def test_a_type_is_a_bound(client: FlaskClient, type_: str) -> None:
    for asked in (type_, [type_]):
        for candidate in one(client, "telecom Beijing 电信", type=asked, limit=25):
            assert [item["id"] for item in candidate["type"]] == [type_]


@pytest.mark.parametrize(
    ("type_", "pid", "value"),
    [
        ("activity", "telecom_categories", "B25"),
        ("activity", "telecom_categories", ["Z1", "b25"]),
        ("activity", "gb_codes", {"id": "I6422", "name": "any"}),
        ("entry", "instrument", "cn/national/2018"),
        ("entry", "instrument", "Negative List 2024"),
        ("entry", "item", 12),
        ("place", "kind", "zone_area"),
    ],
)
def test_properties_narrow_what_is_found(client: FlaskClient, type_: str, pid: str, value: Any) -> None:
    narrowed = {"properties": [{"pid": pid, "v": value}], "limit": 25, "type": type_}
    named = ask(client, {"q": {"query": "telecom information services zone"} | narrowed})["q"]
    alone = ask(client, {"q": narrowed})["q"]
    assert alone
    values = value if isinstance(value, list) else [value["id"] if isinstance(value, dict) else value]
    for candidate in (*named, *alone):
        body = extend(client, [candidate["id"]], [{"id": pid}, {"id": "label_en"}])
        held = body["rows"][candidate["id"]][pid]
        said = {text.casefold() for item in held for text in item.values()}
        # An instrument is found by its id as well, of which the id of an entry is made.
        said.add(candidate["id"].rpartition("/")[0])
        assert said & {str(given).casefold() for given in values}


@pytest.mark.parametrize("value", [["none"], 7, True, "B"])
def test_what_nothing_has_finds_nothing(client: FlaskClient, value: Any) -> None:
    queries = {"q": {"query": "information services", "properties": [{"pid": "telecom_categories", "v": value}]}}
    assert ask(client, queries)["q"] == []


def test_a_limit_bounds_the_candidates(client: FlaskClient) -> None:
    assert len(one(client, "service", limit=2)) == 2
    assert len(one(client, "service", limit=1000)) <= 25


@pytest.mark.parametrize("query", ["", "  ", "a" * 2_001, "#", "before 1990, online games"])
def test_a_cell_that_says_nothing_spoils_no_batch(client: FlaskClient, query: str) -> None:
    found = ask(client, {"bad": {"query": query}, "good": {"query": "online games", "type": "activity"}})
    assert not any(candidate["match"] for candidate in found["bad"])
    assert found["good"][0]["id"] == GAMES


def test_languages(client: FlaskClient) -> None:
    english = ask(client, {"q": {"query": GAMES}})["q"][0]
    chinese = ask(client, {"q": {"query": GAMES}}, "/reconcile/zh")["q"][0]
    assert (english["name"], chinese["name"]) == ("Online game operation", "网络游戏运营")
    assert english["description"].startswith("prohibited")
    assert chinese["description"].startswith("禁止")


@pytest.mark.parametrize("name", ["queries", "extend"])
def test_get_answers_as_post_does(client: FlaskClient, name: str) -> None:
    sent = {
        "queries": json.dumps({"q0": {"query": "online games"}}),
        "extend": json.dumps({"ids": [GAMES], "properties": [{"id": "status"}]}),
    }
    data = {name: sent[name]}
    responses = [client.get("/reconcile", query_string=data), client.post("/reconcile", data=data)]
    assert responses[0].json == responses[1].json
    assert {response.headers["Cache-Control"] for response in responses} == {"no-store"}


# -- values ------------------------------------------------------------------------------------------------------


def test_the_values_of_an_activity_are_those_of_its_record(client: FlaskClient) -> None:
    for id_ in (GAMES, DATA_CENTRE, "hospitality/coffee-shops"):
        row = extend(client, [id_], ALL_PROPERTIES)["rows"][id_]
        body = client.get(f"/v1/activities/{id_}", query_string={"lang": "en"}).json
        assert row["status"] == [{"str": body["status"]}]
        assert row["max_foreign_share"] == [{"float": body["max_foreign_share"]}]
        assert [item["id"] for item in row["items"]] == body["decided_by"]
        assert [item["id"] for item in row["gb_codes"]] == body["gbt4754"]
        assert [item["str"] for item in row["telecom_categories"]] == body["telecom_categories"]
        assert len(row["licences"]) == len(body["licences"])
        assert (row["label_en"], row["label_zh"]) == ([{"str": body["labels"]["en"]}], [{"str": body["labels"]["zh"]}])
        # What only other types have is empty.
        assert row["instrument"] == row["regimes"] == row["level"] == []


@pytest.mark.parametrize(
    ("id_", "given"),
    [
        ("cn/national/2024/12", {"instrument", "item", "entry_measures", "effective_from"}),
        ("CN-31", {"kind"}),
        ("zone/lingang", {"kind", "regimes"}),
        ("I6422", {"status", "status_text", "activities", "level"}),
        ("I", {"level"}),
    ],
)
def test_each_type_has_its_own_values(client: FlaskClient, id_: str, given: set[str]) -> None:
    for path in ("/reconcile", "/reconcile/zh"):
        row = extend(client, [id_], ALL_PROPERTIES, path)["rows"][id_]
        own = {name for name, values in row.items() if values} - {"label_en", "label_zh"}
        assert given <= own
        entity_type = ask(client, {"q": {"query": id_}})["q"][0]["type"][0]["id"]
        assert all(entity_type in PROPERTIES[name].types for name in own)


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({}, "restricted"),
        ({"as_of": "", "place": ""}, "restricted"),
        ({"place": "Lingang"}, "open"),
        ({"place": "zone/lingang", "as_of": "2024-10-22"}, "restricted"),
        ({"place": "武汉"}, "restricted"),
    ],
)
def test_settings_say_when_and_where(client: FlaskClient, settings: dict[str, str], status: str) -> None:
    given = {name: value for name, value in settings.items() if value}
    body = client.get(
        "/v1/determinations",
        query_string={"activity_ids": DATA_CENTRE}
        | {{"place": "location"}.get(name, name): value for name, value in given.items()},
    ).json
    row = extend(client, [DATA_CENTRE], [{"id": "status", "settings": settings}, {"id": "permitted", "settings": settings}])
    values = row["rows"][DATA_CENTRE]
    assert values["status"] == [{"str": body["status"]}] == [{"str": status}]


def test_an_unknown_id_has_no_values(client: FlaskClient) -> None:
    assert extend(client, ["none"], [{"id": "status"}])["rows"] == {"none": {"status": []}}


def test_values_that_are_entities_are_held(client: FlaskClient) -> None:
    body = extend(client, [GAMES, DATA_CENTRE, "I6422"], ALL_PROPERTIES)
    refers = {item["id"]: item["type"]["id"] for item in body["meta"] if "type" in item}
    assert set(refers.values()) == {"entry", "industry", "activity"}
    for row in body["rows"].values():
        for name, type_ in refers.items():
            for value in row[name]:
                [best, *_] = one(client, value["id"])
                assert (best["id"], best["type"][0]["id"]) == (value["id"], type_)


# -- suggest and preview -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "type_", "id_"),
    [
        ("online ga", None, GAMES),
        ("youxi yun", "activity", GAMES),
        (GAMES, None, GAMES),
        ("wuh", "place", "CN-42-01"),
        ("I642", "industry", "I6422"),
        ("cn/national/2024/12", None, "cn/national/2024/12"),
        ("Value-added tele", "entry", "cn/national/2024/12"),
    ],
)
def test_entities_are_suggested(client: FlaskClient, prefix: str, type_: str | None, id_: str) -> None:
    query = {"prefix": prefix, "limit": "25"} | ({"type": type_} if type_ else {})
    found = valid(client.get("/reconcile/suggest/entity", query_string=query), SUGGESTED_ENTITIES)["result"]
    if type_ is not None:
        assert {item["notable"][0]["id"] for item in found} == {type_}
    if (prefix, type_) == ("Value-added tele", "entry"):
        assert any("telecom" in item["name"].lower() for item in found)
    else:
        assert id_ in [item["id"] for item in found]


def test_more_suggestions_by_cursor(client: FlaskClient) -> None:
    def ids(**query: Any) -> list[str]:
        response = client.get("/reconcile/suggest/entity", query_string={"prefix": "s"} | query)
        return [item["id"] for item in valid(response, SUGGESTED_ENTITIES)["result"]]

    assert ids(limit=10) == ids(limit=5) + ids(limit=5, cursor=5)


@pytest.mark.parametrize(
    ("name", "query", "ids"),
    [
        ("property", {"prefix": "stat"}, ["status", "status_text"]),
        ("property", {"prefix": "LARGEST"}, ["max_foreign_share"]),
        ("property", {"prefix": "", "type": "place"}, ["regimes", "kind", "label_en", "label_zh"]),
        ("property", {"prefix": "zzz"}, []),
        ("type", {"prefix": "pl"}, ["place"]),
        ("type", {"prefix": ""}, list(TYPES)),
        ("type", {"prefix": "", "cursor": "3"}, list(TYPES)[3:]),
    ],
)
def test_properties_and_types_are_suggested(
    client: FlaskClient, name: str, query: dict[str, str], ids: list[str]
) -> None:
    found = valid(client.get(f"/reconcile/suggest/{name}", query_string=query), SUGGESTED)["result"]
    assert [item["id"] for item in found] == ids


class Page(HTMLParser):
    """Collects the elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


@pytest.mark.parametrize("id_", [GAMES, "cn/national/2024/12", "zone/lingang", "I6422"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_preview_is_safe_in_a_frame(client: FlaskClient, id_: str, lang: str) -> None:
    response = client.get(f"/reconcile/{lang}/preview", query_string={"id": id_})
    assert (response.status_code, response.mimetype) == (200, "text/html")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors *" in policy
    assert "X-Frame-Options" not in response.headers
    elements = Page(response.text).elements
    assert ("html", {"lang": lang}) in elements
    assert not {"script", "img", "link", "iframe", "form"} & {tag for tag, _ in elements}
    [address] = [given["href"] for tag, given in elements if tag == "a"]
    assert client.get(address).status_code == 200
    assert re.search("not legal advice|不构成法律意见", response.text)


def test_a_preview_says_the_status_in_words(client: FlaskClient) -> None:
    assert "prohibited" in client.get("/reconcile/en/preview", query_string={"id": GAMES}).text
    assert "禁止" in client.get("/reconcile/zh/preview", query_string={"id": GAMES}).text


# -- what cannot be read -----------------------------------------------------------------------------------------


def problem(response: TestResponse, status: int, place: str | None) -> dict[str, Any]:
    assert (response.status_code, response.mimetype) == (status, "application/problem+json"), response.text
    found = [item for item in response.json["errors"] if place in (item.get("pointer"), item.get("parameter"))]
    assert found or place is None, response.json
    return found[0] if found else {}


@pytest.mark.parametrize(
    ("queries", "status", "pointer", "nearest"),
    [
        ("{", 400, "/queries", None),
        ("[]", 422, "/queries", None),
        ('{"q0": 1}', 422, "/queries/q0", None),
        ('{"q0": {}}', 422, "/queries/q0/query", None),
        ('{"q0": {"query": 7}}', 422, "/queries/q0/query", None),
        ('{"q0": {"query": "a", "limits": 3}}', 422, "/queries/q0/limits", "limit"),
        ('{"q0": {"query": "a", "type": "animal"}}', 422, "/queries/q0/type", None),
        ('{"q0": {"query": "a", "limit": 0}}', 422, "/queries/q0/limit", None),
        ('{"q0": {"query": "a", "limit": "5"}}', 422, "/queries/q0/limit", None),
        ('{"q0": {"query": "a", "properties": [{"pid": "none", "v": 1}]}}', 422, "/queries/q0/properties/0/pid", None),
        ('{"q0": {"query": "a", "properties": [{"pid": "item"}]}}', 422, "/queries/q0/properties/0/v", None),
        ('{"q0": {"query": "a", "properties": [{"pid": "item", "v": null}]}}', 422, "/queries/q0/properties/0/v", None),
        (json.dumps({f"q{n}": {"query": "a"} for n in range(51)}), 413, "/queries", None),
    ],
)
def test_queries_that_cannot_be_read(
    client: FlaskClient, queries: str, status: int, pointer: str, nearest: str | None
) -> None:
    item = problem(client.post("/reconcile", data={"queries": queries}), status, pointer)
    assert item.get("nearest") == nearest


@pytest.mark.parametrize(
    ("extension", "status", "pointer"),
    [
        ("nonsense", 400, "/extend"),
        ("[]", 422, "/extend"),
        ({"ids": [GAMES]}, 422, "/extend/properties"),
        ({"properties": [{"id": "status"}]}, 422, "/extend/ids"),
        ({"ids": [GAMES], "properties": []}, 422, "/extend/properties"),
        ({"ids": [7], "properties": [{"id": "status"}]}, 422, "/extend/ids/0"),
        ({"ids": ["a"] * 201, "properties": [{"id": "status"}]}, 413, "/extend/ids"),
        ({"ids": [GAMES], "properties": [{"id": "colour"}]}, 422, "/extend/properties/0/id"),
        ({"ids": [GAMES], "properties": [{"id": "status", "settings": {"day": "2024-01-01"}}]}, 422, "/extend/properties/0/settings/day"),
        ({"ids": [GAMES], "properties": [{"id": "status", "settings": {"as_of": "soon"}}]}, 422, "/extend/properties/0/settings/as_of"),
        ({"ids": [GAMES], "properties": [{"id": "status", "settings": {"as_of": "1990-01-01"}}]}, 422, "/extend/properties/0/settings/as_of"),
        ({"ids": [GAMES], "properties": [{"id": "status", "settings": {"place": "Wuhann"}}]}, 422, "/extend/properties/0/settings/place"),
    ],
)
def test_extensions_that_cannot_be_read(client: FlaskClient, extension: Any, status: int, pointer: str) -> None:
    sent = extension if isinstance(extension, str) else json.dumps(extension)
    item = problem(client.post("/reconcile", data={"extend": sent}), status, pointer)
    if pointer.endswith("place"):
        assert item["nearest"] == "Wuhan"


@pytest.mark.parametrize(
    ("path", "query", "place", "nearest"),
    [
        ("", {"querys": "{}"}, "querys", "queries"),
        ("", {"callback": "f"}, "callback", None),
        ("/suggest/entity", {"prefix": "a", "callback": "f"}, "callback", None),
        ("/suggest/entity", {"prefx": "a"}, "prefx", "prefix"),
        ("/suggest/entity", {"prefix": "a" * 201}, "prefix", None),
        ("/suggest/entity", {"prefix": "a", "cursor": "-1"}, "cursor", None),
        ("/suggest/type", {"limit": "0"}, "limit", None),
        ("/properties", {"types": "activity"}, "types", "type"),
        ("/preview", {}, "id", None),
        ("/view", {"ids": "a"}, "ids", "id"),
    ],
)
def test_parameters_that_cannot_be_read(
    client: FlaskClient, path: str, query: dict[str, str], place: str, nearest: str | None
) -> None:
    item = problem(client.get(f"/reconcile{path}", query_string=query), 400, place)
    assert item.get("nearest") == nearest


@pytest.mark.parametrize("path", ["/preview", "/view"])
def test_an_id_that_nothing_has(client: FlaskClient, path: str) -> None:
    response = client.get(f"/reconcile{path}", query_string={"id": "telecom/internet-data-center"})
    assert problem(response, 404, "id")["nearest"] == DATA_CENTRE


@pytest.mark.parametrize(
    ("request_", "status", "place"),
    [
        ({"json": {"queries": {}}}, 415, "Content-Type"),
        ({"data": {}}, 415, "Content-Type"),
        ({"data": {"query": "{}"}}, 422, "/query"),
        ({"data": {"queries": "{}", "extend": "{}"}}, 422, ""),
        ({"data": {"queries": ["{}", "{}"]}}, 422, "/queries"),
        ({"data": {"queries": "{}"}, "query_string": {"lang": "zh"}}, 400, "lang"),
        ({"data": {"queries": "a" * 1_100_000}}, 413, None),
    ],
)
def test_forms_that_cannot_be_read(
    client: FlaskClient, request_: dict[str, Any], status: int, place: str | None
) -> None:
    problem(client.post("/reconcile", **request_), status, place)


def test_no_other_language_and_method(client: FlaskClient) -> None:
    assert client.get("/reconcile/fr").status_code == 404
    assert client.put("/reconcile").status_code == 405
    assert client.get("/reconcile", headers={"Accept": "image/png"}).status_code == 406


def test_the_manifest_is_confirmed_unchanged(client: FlaskClient) -> None:
    etag = client.get("/reconcile").headers["ETag"]
    assert client.get("/reconcile", headers={"If-None-Match": etag}).status_code == 304
    assert client.get("/reconcile/zh", headers={"If-None-Match": etag}).status_code == 200


def test_values_are_of_today(client: FlaskClient) -> None:
    now = extend(client, [GAMES], [{"id": "status"}])
    assert now == extend(client, [GAMES], [{"id": "status", "settings": {"as_of": today().isoformat()}}])


def test_the_manifest_is_told_of_by_head_too(client: FlaskClient) -> None:
    response = client.head("/reconcile")
    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["ETag"] == client.get("/reconcile").headers["ETag"]
