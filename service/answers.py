"""From a worker's reply to the answer that the contract describes."""

import base64
from typing import Any

import numpy as np

from api_schemas.auto import AutoAnswer
from api_schemas.evidence import MapEvidence
from api_schemas.explanations import ExplanationAnswer, ExplanationOptions, ExplanationOrder
from api_schemas.models import ModelRecord
from api_schemas.predictions import ImageSize, Prediction
from api_schemas.receipts import Receipt
from messaging.errors import ExplanationFailedError
from messaging.wire import Float32Array, Reply
from service.rendering import Rendering


def predictions_of(reply: Reply, record: ModelRecord, top_k: int) -> list[Prediction]:
    """List the most probable classes.

    Raises:
        ExplanationFailedError: the reply holds no scores.
    """
    order = np.argsort(-probabilities_of(reply), kind="stable")[:top_k]
    return [prediction_of(reply, record, int(index)) for index in order]


def probabilities_of(reply: Reply) -> Float32Array:
    """Give the probability [K] of every class.

    Raises:
        ExplanationFailedError: the reply holds no scores.
    """
    if reply.probabilities is None:
        raise ExplanationFailedError("the worker's reply holds no scores")
    return reply.probabilities


def logits_of(reply: Reply) -> Float32Array:
    """Give the score [K] of every class before the softmax.

    Raises:
        ExplanationFailedError: the reply holds no scores.
    """
    if reply.logits is None:
        raise ExplanationFailedError("the worker's reply holds no scores")
    return reply.logits


def prediction_of(reply: Reply, record: ModelRecord, index: int) -> Prediction:
    """Give one class' label, probability and logit."""
    return Prediction(
        index=index,
        label=record.classes[index],
        probability=float(probabilities_of(reply)[index]),
        logit=float(logits_of(reply)[index]),
    )


def explanation_answer(
    record: ModelRecord,
    order: ExplanationOrder,
    options: ExplanationOptions,
    reply: Reply,
    rendering: Rendering,
    receipt: Receipt,
    *,
    size: ImageSize,
) -> ExplanationAnswer:
    """Put an answer together."""
    encoded: dict[str, Any] = {
        output: base64.b64encode(picture).decode()
        for output, picture in rendering.pictures.items()
    }
    answer = AutoAnswer if reply.choice else ExplanationAnswer
    return answer(
        model=record.name,
        model_sha256=record.sha256,
        method=str(order.method),
        layer=order.layer,
        target=prediction_of(reply, record, reply.target),
        versus=prediction_of(reply, record, order.versus) if order.versus >= 0 else None,
        predictions=predictions_of(reply, record, options.top_k),
        image=size,
        raw=rendering.raw,
        box=rendering.box,
        range=rendering.range,
        parameters={**order.parameters, "seed": order.seed, **rendering.look},
        warnings=rendering.warnings,
        evidence=MapEvidence.model_validate(reply.evidence) if reply.evidence else None,
        cached=reply.is_cached,
        receipt=receipt,
        **encoded,
        **(reply.choice or {}),
    )
