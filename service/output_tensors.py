"""What the outputs of the Open Inference Protocol hold: scores, maps, pictures, answers."""

import base64
from collections.abc import Sequence

import numpy as np

from api_schemas.models import ModelRecord
from api_schemas.numbers import NumberArray
from messaging.errors import ExplanationFailedError
from messaging.wire import Float32Array, Reply
from service.answers import logits_of, probabilities_of
from service.explaining import ALL_OUTPUTS, Explanation
from service.protocol_bodies import wrong
from service.response_tensors import Tensor

PICTURES = ("heatmap", "overlay", "contour")
"""Outputs that are files, one an image."""

NOT_IN_ANSWER = ALL_OUTPUTS - {"box"}
"""Outputs that are tensors of their own."""


def scores_tensor(name: str, record: ModelRecord, replies: Sequence[Reply]) -> Tensor:
    """Make an output of the scores of N images: [N, K] numbers, or [N] labels.

    Raises:
        ExplanationFailedError: a reply holds no scores.
    """
    if name == "logits":
        return Tensor(name, "FP32", np.stack([logits_of(reply) for reply in replies]))
    probabilities = np.stack([probabilities_of(reply) for reply in replies])
    if name == "probabilities":
        return Tensor(name, "FP32", probabilities)
    top = [record.classes[index] for index in probabilities.argmax(axis=1)]
    return Tensor(name, "BYTES", [label.encode() for label in top])


def explanation_tensor(
    name: str, record: ModelRecord, explanations: Sequence[Explanation]
) -> Tensor:
    """Make an output of the explanations of N images.

    Raises:
        EnvelopeInvalidError: their maps have several sizes, and cannot be one tensor.
        ExplanationFailedError: a reply holds no scores.
    """
    answers = [explanation.answer for explanation in explanations]
    if name == "raw":
        return Tensor(name, "FP32", _stacked([answer.raw for answer in answers]))
    if name == "target":
        return Tensor(name, "INT64", np.array([answer.target.index for answer in answers]))
    if name in PICTURES:
        files = [explanation.pictures[name] for explanation in explanations]
        return Tensor(name, "BYTES", files, is_text=False)
    if name == "answer":
        written = [answer.model_dump_json(exclude=set(NOT_IN_ANSWER)) for answer in answers]
        return Tensor(name, "BYTES", [text.encode() for text in written])
    return scores_tensor(name, record, [explanation.reply for explanation in explanations])


def _stacked(maps: Sequence[NumberArray | None]) -> Float32Array:
    """Lay maps [h, w] on one another: [N, h, w].

    Raises:
        EnvelopeInvalidError: they have several sizes; only `auto` makes such maps.
        ExplanationFailedError: there is none.
    """
    arrays = []
    for one in maps:
        if one is None:
            raise ExplanationFailedError("the answer holds no map")
        arrays.append(np.frombuffer(base64.b64decode(one.b64), "<f4").reshape(one.shape))
    shapes = sorted({array.shape for array in arrays})
    if len(shapes) > 1:
        detail = f"`raw` would be maps of sizes {shapes}: send one image, or leave it out"
        raise wrong("/outputs", detail)
    return np.stack(arrays)
