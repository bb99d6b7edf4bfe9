"""Files at fixed addresses."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings

NAMESPACE = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_robots_keep_to_the_pages(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    assert "Disallow: /check\n" in response.text
    assert "Sitemap: http://localhost/sitemap.xml" in response.text


def test_every_address_of_the_sitemap_is_a_page(client: FlaskClient) -> None:
    response = client.get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    found = [node.text or "" for node in ET.fromstring(response.text).iterfind(".//map:loc", NAMESPACE)]  # noqa: S314
    assert found[0] == "http://localhost/"
    assert len(set(found)) == len(found)
    for address in [*found[:5], *found[-5:]]:
        assert client.get(address).status_code == 200, address


def test_llms_txt_leads_to_what_is_served(client: FlaskClient) -> None:
    text = client.get("/llms.txt").text
    assert text.startswith("# Negative List\n\n> ")
    links = re.findall(r"\]\((http[^)]+)\)", text)
    assert len(links) >= 5
    for link in links:
        assert client.get(link).status_code == 200, link


def test_a_contact_is_named_where_there_is_one(client: FlaskClient, index_root: Path) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings = Settings(
        index=index_root, log_level="error", security_contact="law@example.org", public_url="https://law.example"
    )
    named = create_app(settings).test_client()
    text = named.get("/.well-known/security.txt").text
    lines = dict(line.split(": ", 1) for line in text.splitlines())
    assert lines["Contact"] == "mailto:law@example.org"
    assert lines["Canonical"] == "https://law.example/.well-known/security.txt"
    left = datetime.fromisoformat(lines["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)
    assert named.get("/security.txt").location == "/.well-known/security.txt"


@pytest.mark.parametrize("path", ["/favicon.ico", "/robots.txt", "/llms.txt", "/sitemap.xml"])
def test_they_may_be_kept_a_while(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Cache-Control"].startswith("public, max-age=")
