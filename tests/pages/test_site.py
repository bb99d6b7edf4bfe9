"""The page where a proposal is checked, over HTTP: the same answer as the API, kept to whoever asked."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

PROPOSALS: list[dict[str, str]] = [
    {"activity": "data centre in Wuhan, 60% foreign"},
    {"activity": "online game operation and a coffee shop", "foreign_share": "100"},
    {"activity": "online music streaming, 70%, no video"},
    {"activity": "platform"},
    {"activity": "天气怎么样"},
    {"activity": "blorptang app store", "location": "Lingang", "as_of": "2024-10-22"},
    {"activity": "call centre", "form": "wholly_foreign_owned", "chinese_control": "false"},
    {"activity_ids": "ecommerce/online-marketplace", "foreign_share": "100"},
    {"activity": "cloud services, at least 51% held by a CEPA qualified Hong Kong company"},
    {"activity_ids": "internet/online-games-operation", "investor_origin": "HK", "origin_qualified": "true"},
]
SECRET = "Project Nightingale data centre"


class Fields(HTMLParser):
    """The fields of each form of a page, by the action of the form."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: dict[str, list[tuple[str, str]]] = {}
        self._action = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._action = (given["action"] or "").partition("?")[0].partition("#")[0]
            self.forms[self._action] = []
        elif tag == "input" and given.get("name"):
            self.forms[self._action].append((str(given["name"]), given.get("value") or ""))


def words(html: str) -> str:
    """The text of a page as one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("proposal", PROPOSALS, ids=lambda proposal: next(iter(proposal.values()))[:20])
def test_the_page_says_what_the_api_says(client: FlaskClient, proposal: dict[str, str], lang: str) -> None:
    answer: dict[str, Any] = client.get("/v1/determinations", query_string={**proposal, "lang": lang}).json
    response = client.post(f"/check?lang={lang}", data=proposal)
    assert (response.status_code, response.headers["Content-Language"]) == (200, lang)
    text = words(response.text)
    said = [answer["summary"], answer["receipt"], answer["notice"], *answer["not_understood"], *answer["caveats"]]
    said += [condition["text"] for condition in answer["conditions"]]
    said += [advisory["message"] for advisory in answer["advisories"]]
    cited = [condition["citation"] for condition in answer["conditions"]]
    for item in answer["activities"]:
        said += [item["activity"]["label"], *(reason["explanation"] for reason in item["reasons"])]
        said += [way["because"] for way in item["relaxations"]] + [other["text"] for other in item["neighbouring"]]
        said += [condition for way in item["relaxations"] for condition in way["conditions"]]
        said += [licence["label"] for licence in item["licences"]] + [item["history"]["text"]] * bool(item["history"])
        cited += [row["citation"] for key in ("reasons", "relaxations", "neighbouring") for row in item[key]]
    for candidate in (answer["undetermined"] or {}).get("candidates", ()):
        said.append(candidate["label"])
        assert f'name="activity_ids" value="{candidate["id"]}"' in response.text
    assert [part for part in said if re.sub(r"\s+", " ", part) not in text] == []
    for citation in filter(None, cited):
        assert f'href="/entries/{citation["entry"]}?lang={lang}"' in response.text
        assert citation["source_url"] is None or unescape(citation["source_url"]) in unescape(response.text)


def test_a_candidate_chosen_settles_the_question(client: FlaskClient) -> None:
    chosen = {"activity": "platform", "activity_ids": "ecommerce/online-marketplace"}
    text = client.post("/check", data=chosen).text
    assert 'class="verdict is-open"' in text
    assert ("activity_ids", "ecommerce/online-marketplace") in Fields(text).forms["/check"]


def test_facts_read_from_the_text_fill_the_form_and_are_read_anew(client: FlaskClient) -> None:
    first = client.post("/check", data={"activity": "data centre in Wuhan, 60% foreign"}).text
    fields = [pair for pair in Fields(first).forms["/check"] if pair[1]]
    assert {("location", "Wuhan"), ("foreign_share", "60"), ("read.location", "Wuhan")} <= set(fields)
    changed = client.post("/check", data={**dict(fields), "activity": "data centre in Shenzhen, 40% foreign"}).text
    assert {("location", "Shenzhen"), ("foreign_share", "40")} <= set(Fields(changed).forms["/check"])


def test_the_memo_is_asked_for_with_the_same_proposal(client: FlaskClient) -> None:
    text = client.post("/check", data={"activity": "a data centre, 60%", "location": "Wuhan", "form": "partnership"}).text
    fields = Fields(text).forms["/memo"]
    again = client.get("/v1/determinations", query_string=fields).json
    assert again["receipt"] in text


def test_a_link_is_made_only_when_asked_for(client: FlaskClient) -> None:
    proposal = {"activity": SECRET, "foreign_share": "60"}
    assert "check?activity" not in client.post("/check", data=proposal).text
    text = unescape(client.post("/check?lang=zh", data={**proposal, "link": "1"}).text)
    link = re.search(r'value="(http://[^"]*/check\?[^"]*)"', text)
    assert link
    query = parse_qs(urlsplit(link[1]).query)
    assert query["activity"] == [SECRET]
    assert query["lang"] == ["zh"]
    followed = client.get("/check", query_string=query)
    assert re.findall(r"nlr1:\w+", followed.text) == re.findall(r"nlr1:\w+", text)
    assert followed.headers["Cache-Control"].startswith("private,")


def test_a_link_too_long_is_not_made(client: FlaskClient) -> None:
    text = client.post("/check", data={"activity": "数据中心" * 400, "link": "1"}).text
    assert "too long for a link" in text


@pytest.mark.parametrize(
    ("lang", "form", "told"),
    [
        ("en", {}, "Write down the business"),
        ("zh", {}, "请写下拟从事的业务"),
        ("en", {"activity": "cloud", "foreign_share": "120"}, "Give a percentage above 0"),
        ("en", {"activity": "cloud", "location": "Wuhann"}, "This place in China is not known. Did you mean Wuhan?"),
        ("zh", {"activity": "cloud", "investor_origin": "Germny"}, "无法识别该国家或者地区。是否指“Germany”？"),
        ("en", {"activity": "cloud", "as_of": "2010-01-01"}, "Give a day from 2017-07-28 on"),
        ("en", {"activity": "cloud", "shares": "3"}, "The field “shares” cannot be read"),
        ("en", {"activity_ids": "software/sass"}, "Did you mean software/saas?"),
    ],
)
def test_faults_are_told_beside_the_field(client: FlaskClient, lang: str, form: dict[str, str], told: str) -> None:
    response = client.post(f"/check?lang={lang}", data=form)
    assert response.status_code == 422
    assert told in words(response.text)
    assert form.get("activity", "") in response.text
    if form:
        assert client.get("/check", query_string={**form, "lang": lang}).status_code == 400


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "</textarea><img src=x onerror=alert(1)>", "{{ 7*7 }} data centre"])
def test_what_is_typed_is_never_markup(client: FlaskClient, text: str) -> None:
    for form in ({"activity": text}, {"activity": "cloud", "location": text}, {"activity": "cloud", text: "x"}):
        page = client.post("/check", data=form).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("accept", [None, "application/json", "*/*", "text/html"])
def test_the_first_page(client: FlaskClient, accept: str | None) -> None:
    headers = {"Accept": accept} if accept else {}
    response = client.get("/", headers=headers)
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert response.headers["Cache-Control"].startswith("public, max-age=")
    assert client.head("/", headers=headers).headers["ETag"] == response.headers["ETag"]
    assert client.get("/", headers={**headers, "If-None-Match": response.headers["ETag"]}).status_code == 304
    chinese = client.get("/", headers={**headers, "Accept-Language": "zh-CN"})
    assert chinese.headers["ETag"] != response.headers["ETag"]
    assert '<html lang="zh-Hans">' in chinese.text


def test_an_empty_link_leads_to_the_form(client: FlaskClient) -> None:
    assert client.get("/check").location == "/"
    assert client.get("/check?lang=zh").location == "/?lang=zh"


def test_an_answer_is_kept_to_whoever_asked(client: FlaskClient) -> None:
    response = client.post("/check", data={"activity": SECRET})
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert not any("Nightingale" in value for value in response.headers.values())
    assert 'content="noindex"' in response.text


@pytest.mark.parametrize("path", ["/", "/?lang=zh", "/check?activity=platform", "/check?activity=data+centre", "/nowhere"])
def test_nothing_stands_inline(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|<script(?![^>]* src=)| style=| on[a-z]+=|javascript:", response.text)
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!\S*gov)', re.sub(r"<a [^>]*>", "", response.text))
