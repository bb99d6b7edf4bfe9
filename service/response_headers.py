"""What the headers of answers mean, for the OpenAPI description."""

from __future__ import annotations

from typing import Any

from flask_smorest import Api

# name → what it says, an example.
MEANINGS: dict[str, tuple[str, str]] = {
    "Cache-Control": (
        "How long the answer may be kept: until midnight in Shanghai, or `immutable` where only `dataset` decides.",
        "public, max-age=36000",
    ),
    "Content-Language": ("The language of the answer.", "zh"),
    "Content-Location": ("The address that gives this very answer, language and day included.", "/v1/rules?lang=zh"),
    "Content-Security-Policy": ("What a page may load, and where it may be framed.", "default-src 'none'"),
    "Cross-Origin-Opener-Policy": ("That a page shares no window with pages of others.", "same-origin"),
    "Cross-Origin-Resource-Policy": ("Whether pages of others may load the answer.", "same-origin"),
    "Deprecation": ("Since when the route or a parameter used should no longer be (RFC 9745).", "@1767196800"),
    "ETag": (
        "A strong validator; send it back in If-None-Match. It changes only when the answer does.",
        '"0c5cd7e2a4b0d1ef8c1f4a2f3f7f1c55"',
    ),
    "Last-Modified": (
        "When the data were made, or the law that the answer shows last changed.",
        "Thu, 26 Nov 2026 16:00:00 GMT",
    ),
    "Link": (
        "`service-desc`, `describedby`, `canonical`, `next`, `prev`, `original`, `timegate`, `deprecation`, `sunset`.",
        '</openapi.json>; rel="service-desc"; type="application/json"',
    ),
    "Location": ("The address under the new id, query kept.", "/v1/activities/finance/hr-services?lang=zh"),
    "Memento-Datetime": (
        "The first moment, in Shanghai, of the day whose law is answered (RFC 7089).",
        "Thu, 31 Oct 2024 16:00:00 GMT",
    ),
    "Permissions-Policy": ("Which features of a browser a page may use.", "camera=(), geolocation=()"),
    "Referrer-Policy": ("That no address of the service, which may hold a proposal, is told to others.", "no-referrer"),
    "Sunset": ("From when what was used will not work any more (RFC 8594).", "Thu, 31 Dec 2026 16:00:00 GMT"),
    "traceparent": (
        "The trace of the request and our span in it (W3C Trace Context).",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-5bcfdcbfc977b71e-01",
    ),
    "Vary": ("Which headers of the request chose the answer.", "Accept, Accept-Language, Accept-Encoding"),
    "X-Dataset-Version": ("The version of the data that answered; `dataset` pins it.", "2026.11.0"),
    "X-Request-Id": ("The id of the request: the caller's own, or a new one.", "5f0c1d2e3b4a59687786958473625140"),
}
EVERYWHERE = (
    "Cross-Origin-Resource-Policy",
    "Referrer-Policy",
    "Vary",
    "X-Dataset-Version",
    "X-Request-Id",
    "traceparent",
)
POSTED = (*EVERYWHERE, "Cache-Control", "Content-Language")
CACHED = (*POSTED, "ETag", "Last-Modified", "Link")
ACCEPT_DATETIME = {
    "in": "header",
    "name": "Accept-Datetime",
    "required": False,
    "description": "A moment of the day whose law is asked (RFC 7089); `as_of` goes before it.",
    "schema": {"type": "string", "example": "Fri, 01 Nov 2024 00:00:00 GMT"},
}


def register(api: Api) -> None:
    """Hold the headers once in the description, where the answers refer to them."""
    for name, (meaning, example) in MEANINGS.items():
        described = {"description": meaning, "schema": {"type": "string"}, "example": example}
        api.spec.components.header(name, described)


def described(*names: str) -> dict[str, Any]:
    """References to the headers that an answer carries."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in sorted(names)}
