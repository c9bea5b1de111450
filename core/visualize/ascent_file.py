"""The state of an ascent as bytes, so that a job can go on where it was interrupted."""

from io import BytesIO
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from core.visualize.adam import AdamState


class StoredAscent(NamedTuple):
    """All that the remaining steps depend on, and what the steps so far have brought."""

    state: AdamState
    scores: np.ndarray
    """[steps done, B] float32."""


def ascent_to_bytes(ascent: StoredAscent) -> bytes:
    """Write a state exactly, as NumPy's archive."""
    file = BytesIO()
    arrays = {
        name: tensor.numpy()
        for name, tensor in zip(AdamState._fields, ascent.state, strict=True)
    }
    np.savez(file, scores=ascent.scores, **arrays)
    return file.getvalue()


def ascent_from_bytes(content: bytes) -> StoredAscent:
    """Read what `ascent_to_bytes` has written; nothing in it is executed.

    Raises:
        ValueError: the bytes are no such archive.
    """
    with np.load(BytesIO(content), allow_pickle=False) as archive:
        state = AdamState(*(tf.constant(archive[name]) for name in AdamState._fields))
        return StoredAscent(state, archive["scores"])
