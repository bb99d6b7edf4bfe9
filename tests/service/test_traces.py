"""The trace of a caller is carried on; what is no trace is replaced."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
SPAN = "00f067aa0ba902b7"
GIVEN = f"00-{TRACE}-{SPAN}-01"


def ask(client: FlaskClient, path: str = "/healthz", **headers: str) -> tuple[str, str, str, str | None]:
    """Trace, span and flags of the answer, and its `tracestate`."""
    answer = client.get(path, headers=headers).headers
    found = re.fullmatch(r"00-([0-9a-f]{32})-([0-9a-f]{16})-(0[01])", answer["traceparent"])
    assert found is not None
    return found[1], found[2], found[3], answer.get("tracestate")


@pytest.mark.parametrize("path", ["/healthz", "/v1/rules", "/nowhere"])
def test_the_trace_of_the_caller_goes_on_in_a_span_of_ours(client: FlaskClient, path: str) -> None:
    trace, span, flags, state = ask(client, path, traceparent=GIVEN, tracestate="rojo=00f067aa0ba902b7, congo@x=t61")
    assert (trace, flags, state) == (TRACE, "01", "rojo=00f067aa0ba902b7,congo@x=t61")
    assert span != SPAN
    assert ask(client, path, traceparent=GIVEN)[1] != span


@pytest.mark.parametrize(
    ("flags", "answered"), [("00", "00"), ("01", "01"), ("03", "01"), ("02", "00"), ("fe", "00"), ("ff", "01")]
)
def test_only_whether_it_is_recorded_is_taken_from_the_flags(client: FlaskClient, flags: str, answered: str) -> None:
    assert ask(client, traceparent=f"00-{TRACE}-{SPAN}-{flags}")[2] == answered


def test_a_later_version_may_say_more(client: FlaskClient) -> None:
    assert ask(client, traceparent=f"cc-{TRACE}-{SPAN}-01-what-comes-later")[0] == TRACE


@pytest.mark.parametrize(
    "given",
    [
        "",
        "hello",
        f"00-{TRACE}-{SPAN}",
        f"00-{TRACE}-{SPAN}-1",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"cc-{TRACE}-{SPAN}-01.more",
        f"ff-{TRACE}-{SPAN}-01",
        f"{GIVEN},{GIVEN}",
        f"00-{TRACE[:-1]}g-{SPAN}-01",
    ],
)
def test_what_is_no_trace_is_replaced(client: FlaskClient, given: str) -> None:
    trace, _, flags, state = ask(client, traceparent=given, tracestate="rojo=1")
    assert trace not in (TRACE, "0" * 32)
    assert (flags, state) == ("00", None)


@pytest.mark.parametrize(
    "given",
    ["=1", "rojo", "Rojo=1", "rojo=" + "1" * 600, ",".join(f"k{n}=1" for n in range(33)), "rojo=näh", "rojo=1=2"],
)
def test_a_state_that_is_none_is_dropped_and_the_trace_kept(client: FlaskClient, given: str) -> None:
    trace, _, _, state = ask(client, traceparent=GIVEN, tracestate=given)
    assert (trace, state) == (TRACE, None)
