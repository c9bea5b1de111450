"""A batch is one run that belongs to several traces: each of them says so."""

import time
from dataclasses import replace

import pytest

from messaging.tracing.spans import span
from tests.messaging.tracing.recorders import carrier, place, recorded
from tests.workers.deliveries import delivery
from workers.batch_traces import NS_PER_MS, NS_PER_SECOND, batch_traced


def asked(number: int, *, trace: dict[str, str] | None = None, queued_ms: float = 0.0):
    """A request in hand, of an HTTP request `r1`, in trace 1 under span 1."""
    held = delivery(str(number))
    trace = carrier(number, number) if trace is None else trace
    request = replace(held.request, trace=trace, asked_by=f"r{number}")
    return replace(held, request=request, queued_ms=queued_ms)


def compute(batch) -> None:
    with batch_traced(batch), span("kernel"):
        pass


def test_a_request_alone_has_its_whole_run_in_its_own_trace():
    with recorded() as spans:
        compute([asked(1)])

    run = spans.named("batch")
    assert place(run.parent) == (1, 1)
    assert [place(link.context) for link in run.links] == [(1, 1)]
    assert spans.named("kernel").parent.span_id == run.context.span_id
    assert {one.name for one in spans.spans} == {"queue", "batch", "kernel"}


def test_requests_computed_together_each_point_to_the_one_run():
    with recorded() as spans:
        compute([asked(1), asked(2), asked(3)])

    run = spans.named("batch")
    assert place(run.parent) == (1, 1)
    assert [place(link.context) for link in run.links] == [(1, 1), (2, 2), (3, 3)]
    assert run.attributes["vitrine.images"] == 3
    assert run.attributes["vitrine.requests"] == ("r1", "r2", "r3")
    shared = [one for one in spans.spans if one.name == "shared batch"]
    assert [place(one.parent) for one in shared] == [(2, 2), (3, 3)]
    for one in shared:
        assert [place(link.context) for link in one.links] == [place(run.context)]
        assert one.start_time <= run.start_time
        assert one.end_time >= run.end_time
    waited = {one.attributes["vitrine.request"]: place(one.parent) for one in queues(spans)}
    assert waited == {"r1": (1, 1), "r2": (2, 2), "r3": (3, 3)}


def queues(spans):
    return [one for one in spans.spans if one.name == "queue"]


def test_a_run_is_recorded_for_whoever_records_though_the_oldest_does_not():
    silent = asked(1, trace=carrier(1, 1, sampled=False))

    with recorded() as spans:
        compute([silent, asked(2), asked(3)])

    run = spans.named("batch")
    assert place(run.parent) == (2, 2)
    assert [place(link.context) for link in run.links] == [(1, 1), (2, 2), (3, 3)]
    assert place(spans.named("shared batch").parent) == (3, 3)
    assert {one.context.trace_id for one in spans.spans} == {2, 3}


def test_nothing_is_recorded_of_requests_whose_traces_are_not():
    with recorded() as spans:
        compute([asked(number, trace=carrier(number, 1, sampled=False)) for number in (1, 2)])

    assert spans.spans == []


def test_requests_without_traces_are_recorded_in_a_trace_of_their_own():
    with recorded() as spans:
        compute([asked(1, trace={}), asked(2, trace={})])

    run = spans.named("batch")
    assert (run.parent, run.links) == (None, ())
    assert spans.named("kernel").context.trace_id == run.context.trace_id
    assert len(queues(spans)) == 2


def test_a_quick_batch_within_a_long_run_stays_in_its_own_trace():
    with recorded() as spans, batch_traced([asked(1)]), span("kernel"):
        with batch_traced([asked(2)]):
            pass
        with batch_traced([asked(3, trace={})]):
            pass

    runs = [one for one in spans.spans if one.name == "batch"]
    assert [one.parent and place(one.parent) for one in runs] == [(2, 2), None, (1, 1)]
    assert spans.named("kernel").context.trace_id == 1


def test_the_wait_in_the_queue_ends_when_the_worker_took_the_request():
    before_ns, before = time.time_ns(), time.monotonic()
    taken_at = before - 2.0

    with recorded() as spans:
        compute([replace(asked(1, queued_ms=250.0), taken_at=taken_at)])

    after_ns, after = time.time_ns(), time.monotonic()
    waited = spans.named("queue")
    assert waited.end_time - waited.start_time == 250 * NS_PER_MS
    earliest = before_ns - (after - taken_at) * NS_PER_SECOND
    latest = after_ns - (before - taken_at) * NS_PER_SECOND
    assert earliest - NS_PER_MS <= waited.end_time <= latest + NS_PER_MS


def test_a_run_that_fails_ends_its_spans_all_the_same():
    with recorded() as spans, pytest.raises(ValueError, match="broken"):
        with batch_traced([asked(1), asked(2)]):
            raise ValueError("broken")

    assert {one.name for one in spans.spans} == {"queue", "batch", "shared batch"}


def test_without_a_recorder_a_batch_is_computed_and_nothing_else_happens():
    done = []

    with batch_traced([asked(1)]):
        done.append(True)

    assert done == [True]
