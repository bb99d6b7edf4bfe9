"""What every answer tells a browser to beware of; a page may say more, and something else, by itself."""

from __future__ import annotations

from flask import Flask, Response, request

from service.settings import Settings

ALWAYS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
YEAR = 31_536_000
# Brought in by pages of others as a script or a frame, where CORS is not asked.
EMBEDDED = ("/embed", "/embed.js")


def register(app: Flask, settings: Settings) -> None:
    """Mark every answer of an application."""
    always = dict(ALWAYS)
    # Only for the host itself: what else its domain serves is not ours to bind.
    if settings.public_url.startswith("https://"):
        always["Strict-Transport-Security"] = f"max-age={YEAR}"
    shared = EMBEDDED if settings.allowed_origins else ()

    def mark(response: Response) -> Response:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        owner = "cross-origin" if request.path in shared else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", owner)
        if response.mimetype == "text/html":
            response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    app.after_request(mark)
