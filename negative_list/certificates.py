"""Whether a certificate that an agreement asks for is held, missing, or neither: applied for, expected, asked about."""

from __future__ import annotations

from collections.abc import Sequence

from negative_list.lexicon import Scan, Spotted
from negative_list.text import Token

# So many tokens on either side of a certificate tell.
_NEAR = 8
# What stands in brackets or behind a colon belongs to what is before it.
_DETAILS = frozenset("(（:：[—")


def unsettled_by(scan: Scan, parts: Sequence[Token], mention: Spotted) -> list[Spotted]:
    """The words near a certificate that leave open whether it is held."""
    return scan.within("certificate_unsettled", *_around(parts, mention))


def is_held(scan: Scan, parts: Sequence[Token], mention: Spotted) -> bool:
    """Whether a certificate that is mentioned is held, nothing leaving that open."""
    first, _ = _around(parts, mention)
    return bool(mention.value) and not any(match.value for match in scan.within("negations", first, mention.first))


def _around(parts: Sequence[Token], mention: Spotted) -> tuple[int, int]:
    first, after = mention.first, mention.after
    while first > max(0, mention.first - _NEAR) and _goes_on(parts[first - 1]):
        first -= 1
    while after < min(len(parts), mention.after + _NEAR) and _goes_on(parts[after]):
        after += 1
    return first, after


def _goes_on(part: Token) -> bool:
    return not part.is_break or part.form in _DETAILS
