"""What a browser may do with a page: nothing inline, nothing from elsewhere, no frame around it."""

from __future__ import annotations

from flask import Flask, Response

# No style or script stands inside a page, so none that is brought in runs.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    # A permalink holds a proposal, which the official sites that a page links to must not learn.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def register(app: Flask) -> None:
    """Guard every HTML answer; a header that a route sets itself stays."""
    app.after_request(_guard)


def _guard(response: Response) -> Response:
    if response.mimetype == "text/html":
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
    return response
