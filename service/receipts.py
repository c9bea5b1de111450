"""Writing down what an answer was made of, so that it can be made again."""

import hashlib
import json
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np

from api_schemas.explanations import NO_CLASS, ExplanationOptions, ExplanationOrder
from api_schemas.models import ModelRecord
from api_schemas.predictions import PredictionOptions
from api_schemas.receipts import Computed, Receipt
from messaging.wire import Float32Array, Reply
from service.answers import logits_of, probabilities_of
from service.decoded_image import DecodedImage
from service.rendering import Rendering

LIBRARIES = ("vitrine", "numpy", "pillow", "opencv-python-headless", "isal")
"""That read and resize images, and draw and write pictures."""


def prediction_receipt(
    image: DecodedImage, record: ModelRecord, options: PredictionOptions, reply: Reply
) -> Receipt:
    """Write the receipt of a prediction.

    Raises:
        ExplanationFailedError: the reply holds no scores.
    """
    return _receipt(
        image,
        record,
        reply,
        method=None,
        options={"model": record.name, "top_k": options.top_k},
        webp=False,
        digests=_score_digests(reply),
    )


def explanation_receipt(
    image: DecodedImage,
    record: ModelRecord,
    order: ExplanationOrder,
    options: ExplanationOptions,
    reply: Reply,
    rendering: Rendering,
    *,
    webp: bool,
) -> Receipt:
    """Write the receipt of an explanation.

    Raises:
        ExplanationFailedError: the reply holds no scores.
    """
    filled: dict[str, Any] = {
        "model": record.name,
        "target": reply.target,
        "versus": None if order.versus == NO_CLASS else order.versus,
        "layer": order.layer,
        # Its default is not one for all pictures: a consensus shows no signs.
        **{name: look for name, look in rendering.look.items() if name != "colormap"},
    }
    asked = options.model_dump(mode="json") | filled
    evidence = {"evidence": _json_digest(reply.evidence)} if reply.evidence else {}
    return _receipt(
        image,
        record,
        reply,
        method=order.method,
        options={name: value for name, value in asked.items() if value is not None},
        webp=webp,
        digests=_score_digests(reply)
        | {"raw": _digest(_bytes(rendering.raw_map))}
        | evidence
        | {output: _digest(file) for output, file in rendering.pictures.items()},
    )


@cache
def front_versions() -> dict[str, str]:
    """Give the versions of all that this front's part of an answer depends on."""
    return {library: version(library) for library in LIBRARIES}


def _receipt(
    image: DecodedImage,
    record: ModelRecord,
    reply: Reply,
    *,
    method: str | None,
    options: dict[str, Any],
    webp: bool,
    digests: dict[str, str],
) -> Receipt:
    return Receipt(
        image_sha256=image.sent_digest,
        image_as="file" if isinstance(image.sent, bytes) else "pixels",
        model=record.name,
        model_sha256=record.sha256,
        method=method,
        options=options,
        webp=webp,
        computed=Computed.model_validate(reply.computed) if reply.computed else None,
        front_versions=front_versions(),
        digests=digests,
    )


def _score_digests(reply: Reply) -> dict[str, str]:
    return {"scores": _digest(_bytes(logits_of(reply)) + _bytes(probabilities_of(reply)))}


def _bytes(numbers: Float32Array) -> bytes:
    return np.ascontiguousarray(numbers, "<f4").tobytes()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _json_digest(document: dict[str, Any]) -> str:
    return _digest(json.dumps(document, sort_keys=True).encode())
