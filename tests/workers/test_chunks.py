"""Where the memory is exhausted the passes become smaller, down to one variant."""

import pytest
import tensorflow as tf

from workers.chunks import with_smaller_chunks


def fitting(limit: int, tried: list[int]):
    """Make a computation that fits the memory up to a limit."""

    def compute(chunk: int) -> str:
        tried.append(chunk)
        if chunk > limit:
            raise tf.errors.ResourceExhaustedError(None, None, "no memory")
        return f"computed by {chunk}"

    return compute


def test_half_the_chunk_is_tried_until_it_fits():
    tried: list[int] = []

    assert with_smaller_chunks(fitting(3, tried), chunk=13) == "computed by 3"
    assert tried == [13, 6, 3]


def test_memory_that_holds_not_even_one_variant_is_an_error():
    with pytest.raises(tf.errors.ResourceExhaustedError):
        with_smaller_chunks(fitting(0, []), chunk=2)


def test_other_errors_are_not_tried_again():
    with pytest.raises(ZeroDivisionError):
        with_smaller_chunks(lambda chunk: chunk // 0, chunk=4)
