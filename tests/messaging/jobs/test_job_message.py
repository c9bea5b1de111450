"""A piece of work is read as it was written, by workers of versions before and after too."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from messaging.jobs.message import JobMessage, read_message
from messaging.tracing.spans import span
from tests.messaging.jobs.boards import board_of, submit
from tests.messaging.jobs.counting_worker import MODEL
from tests.messaging.tracing.recorders import carrier, place, recorded

WORDS = st.text(max_size=20)
MESSAGE = JobMessage("job", "tiny", 1, 2, 3)


@given(
    task=st.none() | st.integers(0, 99),
    trace=st.dictionaries(WORDS, WORDS, max_size=2),
)
def test_a_piece_of_work_arrives_as_it_was_sent(task, trace):
    message = replace(MESSAGE, task=task, trace=trace)

    assert read_message(json.loads(json.dumps(message.as_json()))) == message


def test_a_piece_of_work_without_a_trace_is_written_as_before_there_were_traces():
    assert set(MESSAGE.as_json()) == {"job", "model", "run", "stage", "task"}


def test_a_piece_of_work_of_a_version_that_knows_no_traces_or_more_is_read():
    known = {"job": "job", "model": "tiny", "run": 1, "stage": 2, "task": 3}

    assert read_message(known) == MESSAGE
    assert read_message(known | {"mood": "good"}) == MESSAGE


def test_a_trace_does_not_make_another_piece_of_work_of_one():
    traced = replace(MESSAGE, trace=carrier(1, 2))

    assert traced.bull_id == MESSAGE.bull_id
    assert traced.task_name == MESSAGE.task_name
    assert hash(traced) == hash(MESSAGE)


async def test_a_job_is_handed_out_with_the_span_of_its_submission(redis_url, keeping):
    async with board_of(redis_url) as board:
        with recorded() as spans, span("request", parent=carrier(5, 6)):
            job = await submit(board, "count", steps=1)

    [key] = [key for key in keeping.scan_iter(f"vitrine:bull:*{MODEL}*:{job}-1-0")]
    message = read_message(json.loads(keeping.hget(key, "data")))
    submitted = spans.named("submit")
    assert submitted.attributes["vitrine.job"] == job
    assert submitted.parent.span_id == spans.named("request").context.span_id
    trace, span_id = place(submitted.context)
    assert message.trace["traceparent"] == f"00-{trace:032x}-{span_id:016x}-01"


async def test_without_traces_a_job_is_handed_out_as_before(redis_url, keeping):
    async with board_of(redis_url) as board:
        job = await submit(board, "count", steps=1)

    [key] = [key for key in keeping.scan_iter(f"vitrine:bull:*{MODEL}*:{job}-1-0")]
    assert set(json.loads(keeping.hget(key, "data"))) == {
        "job",
        "model",
        "run",
        "stage",
        "task",
    }
