"""Without a recorder nothing is recorded, loaded or carried; with one, spans nest as they run.

redis-py loads a part of the library by itself, for metrics, where it is installed.
"""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.trace import StatusCode

from messaging.tracing.spans import (
    carried,
    fail,
    is_recording,
    is_sampled,
    note,
    past_span,
    rename,
    span,
    trace_ids,
)
from tests.messaging.tracing.recorders import carrier, place, recorded

ROOT = Path(__file__).parents[3]


def test_without_a_recorder_every_word_of_a_trace_does_nothing():
    with span("work", parent=carrier(1, 2)):
        note({"a": 1})
        rename("other")
        fail("reason")
        past_span("before", parent={}, began_ns=1, ended_ns=2)
        assert (carried(), trace_ids(), is_recording()) == ({}, {}, False)


@pytest.mark.parametrize("process", ["service.__main__", "workers.batch_traces"])
def test_a_process_that_records_no_traces_loads_no_library_for_them(process):
    code = (
        f"import sys, {process}\n"
        "from messaging.tracing.switch import tracing\n"
        "with tracing('front'): pass\n"
        "sys.exit(str({'opentelemetry.sdk.trace', 'requests'} & set(sys.modules)))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ended.stderr.strip() == "set()"


def test_a_span_lies_under_the_one_that_is_current_and_ends_with_its_block():
    with recorded() as spans, span("outer"):
        outer = carried()
        with span("inner"):
            inner = carried()
        assert carried() == outer

    inside = spans.named("inner")
    assert inside.parent.span_id == spans.named("outer").context.span_id
    assert spans.named("outer").parent is None
    assert inner["traceparent"] != outer["traceparent"]
    assert inner["traceparent"][:35] == outer["traceparent"][:35]
    assert not carried()


def test_a_span_goes_on_with_the_trace_of_another_process_and_carries_it_further():
    sent = carrier(0xABC, 0xDEF) | {"tracestate": "vendor=1"}

    with recorded() as spans, span("work", parent=sent):
        further = carried()
        ids = trace_ids()

    done = spans.named("work")
    assert place(done.parent) == (0xABC, 0xDEF)
    assert done.parent.is_remote
    assert further["tracestate"] == "vendor=1"
    assert further["traceparent"] == f"00-{ids['trace_id']}-{ids['span_id']}-01"
    assert int(ids["trace_id"], 16) == 0xABC


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"traceparent": ""},
        {"traceparent": "rubbish"},
        carrier(0, 1),
        carrier(1, 0),
        {"traceparent": "ff" + carrier(1, 2)["traceparent"][2:]},
        {"traceparent": carrier(1, 2)["traceparent"] + "-more"},
        {"tracestate": "vendor=1"},
        {"traceparent": "0" * 100_000},
    ],
    ids=lambda sent: str(sent)[:40] or "nothing",
)
def test_a_carrier_that_names_no_span_begins_a_trace_even_within_another_span(sent):
    with recorded() as spans, span("around"), span("work", parent=sent, links=[sent]):
        pass

    done = spans.named("work")
    assert done.parent is None
    assert done.links == ()
    assert done.context.trace_id != spans.named("around").context.trace_id


def test_what_its_caller_does_not_record_is_carried_on_and_not_recorded():
    with recorded() as spans, span("work", parent=carrier(5, 6, sampled=False)):
        further = carried()

    assert spans.spans == []
    assert further["traceparent"].startswith(f"00-{5:032x}-")
    assert not is_sampled(further)


def test_an_exception_that_leaves_a_span_marks_it_and_goes_on():
    with (
        recorded() as spans,
        pytest.raises(ValueError, match="wrong"),
        span("work"),
    ):
        raise ValueError("wrong")

    assert spans.named("work").status.status_code is StatusCode.ERROR


def test_a_span_can_be_told_more_renamed_and_marked_while_it_is_current():
    with recorded() as spans, span("POST", attributes={"a": 1}):
        rename("POST /route")
        note({"b": ["x", "y"]})
        fail("it broke")

    done = spans.named("POST /route")
    assert dict(done.attributes) == {"a": 1, "b": ("x", "y")}
    assert (done.status.status_code, done.status.description) == (StatusCode.ERROR, "it broke")


def test_a_span_that_is_over_has_the_times_and_links_that_it_is_given():
    began = time.time_ns() - 5_000_000

    with recorded() as spans, span("around"):
        past_span(
            "before",
            parent=carrier(7, 8),
            links=[carrier(9, 10)],
            began_ns=began,
            ended_ns=began + 1,
        )

    done = spans.named("before")
    assert (done.start_time, done.end_time) == (began, began + 1)
    assert place(done.parent) == (7, 8)
    assert [place(link.context) for link in done.links] == [(9, 10)]


async def test_requests_that_run_side_by_side_keep_their_spans_apart():
    async def ask(name: str) -> None:
        with span("ask", attributes={"of": name}):
            await asyncio.sleep(0)

    async def answer(name: str) -> None:
        with span("answer", parent={}, attributes={"of": name}):
            await asyncio.sleep(0)
            await asyncio.gather(*(asyncio.create_task(ask(name)) for _ in range(2)))

    names = [str(index) for index in range(10)]
    with recorded() as spans:
        await asyncio.gather(*map(answer, names))

    answers = {
        one.context.span_id: one.attributes["of"] for one in spans.spans if one.name == "answer"
    }
    asks = [one for one in spans.spans if one.name == "ask"]
    assert len(answers) == 10
    assert len(asks) == 20
    assert all(answers[one.parent.span_id] == one.attributes["of"] for one in asks)


@given(flags=st.integers(0, 255))
def test_whether_a_span_is_recorded_is_the_last_bit_of_its_flags(flags):
    named = f"00-{3:032x}-{4:016x}-{flags:02x}"

    assert is_sampled({"traceparent": named}) == bool(flags & 1)


@pytest.mark.parametrize("text", ["", "00", "x" * 55, f"00-{3:032X}-{4:016x}-0g"])
def test_text_that_is_no_traceparent_is_not_recorded(text):
    assert not is_sampled({"traceparent": text})
