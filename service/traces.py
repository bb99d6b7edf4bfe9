"""W3C Trace Context: the trace a request belongs to, and our own part of it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

_PARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?", re.ASCII)
_MEMBER = re.compile(r"[a-z0-9][a-z0-9_\-*/@]{0,255}=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]")
_SAMPLED = 1
MAX_MEMBERS = 32
MAX_STATE = 512


@dataclass(frozen=True)
class Trace:
    """The trace, the span that is this request, whether the caller records it, and what other systems said of it."""

    id: str
    span: str
    sampled: bool
    state: str

    @property
    def parent(self) -> str:
        """The `traceparent` under which what follows from this request stands."""
        return f"00-{self.id}-{self.span}-{_SAMPLED if self.sampled else 0:02x}"


def begin(traceparent: str, tracestate: str) -> Trace:
    """A new span in the trace of the caller, or in a new trace where the caller gave none that is valid.

    Both are header values, empty where absent. An invalid `tracestate` is dropped alone, an invalid `traceparent`
    with its `tracestate` (Trace Context, sections 3.2.2 to 3.3.1).
    """
    span = secrets.token_hex(8)
    found = _PARENT.fullmatch(traceparent.strip())
    if found is None or not _is_valid(*found.groups()):
        return Trace(secrets.token_hex(16), span, False, "")
    return Trace(found[2], span, bool(int(found[4], 16) & _SAMPLED), _state(tracestate))


def _is_valid(version: str, trace: str, parent: str, _: str, more: str | None) -> bool:
    # Later versions may say more at the end; this one may not.
    return version != "ff" and (version != "00" or more is None) and trace.strip("0") != "" and parent.strip("0") != ""


def _state(value: str) -> str:
    members = [member.strip() for member in value.split(",") if member.strip()]
    sound = len(value) <= MAX_STATE and len(members) <= MAX_MEMBERS and all(map(_MEMBER.fullmatch, members))
    return ",".join(members) if sound else ""
