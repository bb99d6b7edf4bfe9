"""What every answer tells a browser to beware of; a page may say more, and something else, by itself."""

from __future__ import annotations

from flask import Flask, Response

from service.settings import Settings

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
YEAR = 31_536_000


def register(app: Flask, settings: Settings) -> None:
    """Mark every answer of an application."""
    always = dict(ALWAYS)
    # Only for the host itself: what else its domain serves is not ours to bind.
    if settings.public_url.startswith("https://"):
        always["Strict-Transport-Security"] = f"max-age={YEAR}"

    def mark(response: Response) -> Response:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":
            response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    app.after_request(mark)
