"""What is packed comes out as it went in, and bytes that are no message are refused as such."""

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from api_schemas.explanations import ExplanationOrder
from messaging.wire import (
    Reply,
    Request,
    Timings,
    pack_reply,
    pack_request,
    unpack_reply,
    unpack_request,
)

ORDERS = st.builds(
    ExplanationOrder,
    model=st.text(min_size=1, max_size=64),
    method=st.none() | st.text(min_size=1),
    layer=st.none() | st.text(),
    target=st.integers(-1, 10**6),
    versus=st.integers(-1, 10**6),
    seed=st.integers(0, 2**31 - 1),
    parameters=st.dictionaries(st.text(), st.booleans() | st.integers() | st.text()),
)
PIXELS = arrays.arrays(np.uint8, arrays.array_shapes(min_dims=3, max_dims=3, max_side=5))
FLOATS = st.none() | arrays.arrays(
    np.float32,
    arrays.array_shapes(min_dims=1, max_dims=2, max_side=5),
    elements=st.floats(width=32),
)
WORDS = st.text(max_size=20)


@given(order=ORDERS, pixels=PIXELS, patience_ms=st.integers(0, 10**6))
def test_a_request_arrives_as_it_was_sent(order, pixels, patience_ms):
    request = Request("id", "front", patience_ms, order, pixels, asked_by="caller's own")

    arrived = unpack_request(pack_request(request))

    assert (arrived.request_id, arrived.front) == ("id", "front")
    assert arrived.asked_by == "caller's own"
    assert arrived.patience_ms == patience_ms
    assert arrived.order == order
    np.testing.assert_array_equal(arrived.pixels, pixels, strict=True)


def test_a_request_of_a_front_that_names_no_caller_is_read_all_the_same():
    order = ExplanationOrder(model="m", method=None)
    pixels = np.zeros((1, 1, 3), np.uint8)
    packed = msgpack.unpackb(pack_request(Request("id", "front", 1, order, pixels)))
    del packed["asked_by"]

    assert unpack_request(msgpack.packb(packed)).asked_by == ""


def test_a_request_without_a_trace_is_written_as_before_there_were_traces():
    order = ExplanationOrder(model="m", method=None)
    pixels = np.zeros((1, 1, 3), np.uint8)

    packed = msgpack.unpackb(pack_request(Request("id", "front", 1, order, pixels)))

    known = {"id", "asked_by", "front", "patience_ms", "order", "shape", "pixels"}
    assert set(packed) == known
    assert unpack_request(msgpack.packb(packed)).trace == {}


@given(trace=st.dictionaries(WORDS, WORDS, max_size=2))
def test_the_span_that_waits_for_a_request_arrives_with_it(trace):
    order = ExplanationOrder(model="m", method=None)
    request = Request("id", "front", 1, order, np.zeros((1, 1, 3), np.uint8), trace=trace)

    assert unpack_request(pack_request(request)).trace == trace


@pytest.mark.parametrize("trace", [1, "text", [1, 2], None])
def test_a_trace_of_a_wrong_type_is_refused_like_any_other_field(trace):
    order = ExplanationOrder(model="m", method=None)
    request = Request("id", "front", 1, order, np.zeros((1, 1, 3), np.uint8))
    packed = msgpack.unpackb(pack_request(request)) | {"trace": trace}

    with pytest.raises(ValueError):  # noqa: PT011 -- any ValueError is what callers catch
        unpack_request(msgpack.packb(packed))


def test_a_field_that_only_newer_fronts_know_is_read_over():
    # So is a trace, by a worker that was there before traces were.
    order = ExplanationOrder(model="m", method=None)
    request = Request("id", "front", 1, order, np.zeros((1, 1, 3), np.uint8))
    packed = msgpack.unpackb(pack_request(request)) | {"mood": "good"}

    assert unpack_request(msgpack.packb(packed)).request_id == "id"


@given(logits=FLOATS, maps=FLOATS, code=WORDS, target=st.integers(-1, 999))
def test_a_reply_arrives_as_it_was_sent(logits, maps, code, target):
    timings = Timings(queue=1.5, batch=0.25, compute=40.0, batch_images=3)
    reply = Reply("id", "done", code, "…", logits, logits, target, maps, timings)

    arrived = unpack_reply(pack_reply(reply))

    assert (arrived.request_id, arrived.status, arrived.detail) == ("id", "done", "…")
    for sent, got in (
        (logits, arrived.logits),
        (logits, arrived.probabilities),
        (maps, arrived.map),
    ):
        if sent is None:
            assert got is None
        else:
            np.testing.assert_array_equal(got, sent, strict=True)
    assert (arrived.code, arrived.target, arrived.timings) == (code, target, timings)


def test_what_a_look_inside_found_arrives_and_may_be_missing():
    found = {"readers": [{"layer": "last", "strongest": [{"weight": -0.5}]}], "untold": []}
    packed = pack_reply(Reply("id", "done", found=found))

    assert unpack_reply(packed).found == found
    # As a worker of the version before writes it.
    older = msgpack.unpackb(packed)
    del older["found"]
    assert unpack_reply(msgpack.packb(older)).found is None


def test_pixels_that_are_a_view_are_sent_in_their_own_order():
    # Resized or flipped images are often views; their bytes in memory lie in another order.
    pixels = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)[:, ::-1]
    order = ExplanationOrder(model="m", method=None)

    arrived = unpack_request(pack_request(Request("id", "front", 1, order, pixels)))

    np.testing.assert_array_equal(arrived.pixels, pixels)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_message_raise_one_kind_of_error(garbage):
    for unpack in (unpack_request, unpack_reply):
        with pytest.raises(ValueError):  # noqa: PT011 -- any ValueError is what callers catch
            unpack(garbage)


ANYTHING = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5) | st.binary()


@given(st.dictionaries(st.sampled_from(["id", "shape", "pixels", "order"]), ANYTHING))
def test_a_message_with_fields_of_wrong_types_is_refused(fields):
    whole = {"id": "i", "front": "f", "patience_ms": 5, "order": "{}", "shape": [0, 0, 0]}

    for unpack in (unpack_request, unpack_reply):
        with pytest.raises(ValueError):  # noqa: PT011 -- any ValueError is what callers catch
            unpack(msgpack.packb(whole | fields))


def test_a_reply_of_a_newer_worker_is_refused_and_not_misread():
    packed = msgpack.unpackb(pack_reply(Reply("id", "done")))
    packed["timings"]["idle"] = 1.0

    with pytest.raises(ValueError, match="not a reply"):
        unpack_reply(msgpack.packb(packed))
