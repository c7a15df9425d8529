"""What happens after a try is decided by values alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from profile_cd.services.retry import SILENCE, End, Policy, Reply, repeat, retry_after
from sandbox.clock import ManualClock

READS = Policy(tries=3, passing=frozenset({503}), longest=20, first=1, factor=3, most=5)
WRITES = replace(READS, repeats=False)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("Thu, 01 Jan 2026 00:00:05 GMT", 5),
        ("Wed, 31 Dec 2025 00:00:00 GMT", 0),
        ("9" * 400, 999_999_999),
        ("²", None),
        ("-1", None),
        ("soon", None),
        ("", None),
        ("Fri, 31 Dec 99999999999 23:59:59 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -9999", None),
        (f"Fri, 31 Dec {'9' * 5000} 23:59:59 GMT", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value, seconds):
    assert retry_after({"retry-after": value}, NOW) == seconds


def test_pauses_grow_and_are_spread():
    pauses = [READS.pause(0, 0.0), READS.pause(0, 1.0), READS.pause(1, 0.5), READS.pause(2, 1.0), READS.pause(9, 1.0)]

    assert pauses == [0.5, 1.5, 3.0, 7.5, 7.5]


@pytest.mark.parametrize(
    ("policy", "number", "reply", "end"),
    [
        pytest.param(READS, 0, Reply(404), End.ANSWERED, id="a lasting status stands"),
        pytest.param(READS, 0, Reply(503), 1.0, id="a passing status is asked again"),
        pytest.param(READS, 0, Reply(SILENCE), 1.0, id="silence is asked again"),
        pytest.param(READS, 2, Reply(503), End.EXHAUSTED, id="but not for ever"),
        pytest.param(READS, 0, Reply(lasting=True), End.EXHAUSTED, id="nor where it would come to the same"),
        pytest.param(WRITES, 0, Reply(lasting=True), End.UNCERTAIN, id="a write that took too long may have happened"),
        pytest.param(READS, 0, Reply(503, wanted=7), 7, id="after the wait that the host asks for"),
        pytest.param(READS, 1, Reply(503, wanted=1), 3.0, id="and never sooner than we would have"),
        pytest.param(READS, 0, Reply(503, wanted=21), End.TOO_LONG, id="unless it asks for too much"),
        pytest.param(READS, 0, Reply(403, limited=True), 1.0, id="a rate limit may have any status"),
        pytest.param(WRITES, 0, Reply(200), End.ANSWERED, id="a write is answered"),
        pytest.param(WRITES, 0, Reply(503), End.UNCERTAIN, id="a write with a passing status may have happened"),
        pytest.param(WRITES, 0, Reply(SILENCE), End.UNCERTAIN, id="a write without an answer may have happened"),
        pytest.param(WRITES, 0, Reply(503, limited=True), 1.0, id="a limited write has not happened"),
    ],
)
def test_what_follows_a_try(policy, number, reply, end):
    assert policy.after(number, reply, 0.5) == end


@pytest.mark.parametrize(
    ("replies", "end", "lost"),
    [
        pytest.param([Reply(200)], End.ANSWERED, False, id="at once"),
        pytest.param([Reply(503), Reply(200)], End.ANSWERED, True, id="after a failure"),
        pytest.param([Reply(429, limited=True), Reply(200)], End.ANSWERED, False, id="after a rate limit"),
        pytest.param([Reply(503)] * 3, End.EXHAUSTED, True, id="never"),
    ],
)
def test_what_may_have_been_done_twice_is_known(replies, end, lost):
    left, clock = list(replies), ManualClock()

    result = repeat(READS, clock, lambda: left.pop(0))

    assert (result.end, result.lost, left) == (end, lost, [])
    assert len(clock.slept) == len(replies) - 1


def test_no_wait_leads_beyond_the_time_that_is_granted():
    clock, tries = ManualClock(), []

    result = repeat(READS, clock, lambda: tries.append(1) or Reply(503, wanted=20), seconds=30)

    assert (result.end, result.tries, clock.slept) == (End.EXHAUSTED, 2, [20])
