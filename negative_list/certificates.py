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
    """The words near a certificate that leave open whether it is held, none of its own.

    Having applied leaves nothing open where it is said what came of it, or that nobody has.
    """
    near = _around(parts, mention)
    got = scan.within("certificate_got", *near)
    told = [mention, *got, *scan.within("certificate_lacking", *near)]
    covered = {token for word in told for token in range(word.first, word.after)}
    found = [word for word in scan.within("certificate_unsettled", *near) if not covered.issuperset(_tokens(word))]
    applied = scan.covered("certificate_applied")
    return [] if got and all(applied.issuperset(_tokens(word)) for word in found) else found


def is_held(scan: Scan, parts: Sequence[Token], mention: Spotted) -> bool:
    """Whether a certificate that is mentioned is held, nothing leaving that open."""
    first, after = _around(parts, mention)
    if not mention.value or scan.within("certificate_lacking", first, after):
        return False
    return not any(match.value for match in scan.within("negations", first, mention.first))


def _around(parts: Sequence[Token], mention: Spotted) -> tuple[int, int]:
    first, after = mention.first, mention.after
    while first > max(0, mention.first - _NEAR) and _goes_on(parts[first - 1]):
        first -= 1
    while after < min(len(parts), mention.after + _NEAR) and _goes_on(parts[after]):
        after += 1
    return first, after


def _tokens(word: Spotted) -> range:
    return range(word.first, word.after)


def _goes_on(part: Token) -> bool:
    return not part.is_break or part.form in _DETAILS
