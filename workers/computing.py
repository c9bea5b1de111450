"""Computing one batch: from requests to replies."""

import time
from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from api_schemas.auto import AUTO_METHOD
from api_schemas.explanations import ExplanationOrder
from api_schemas.methods import DEFAULT_METHOD, unsupported_methods
from core.models.logits import probabilities_of
from core.progress import Track, untracked
from messaging.inbox import Delivery
from messaging.wire import Reply, Timings
from workers.auto import explain_with_best
from workers.batching import padded_size, stack_padded
from workers.evidence import explain_with_evidence
from workers.explained import Explain, Explained
from workers.model_pool import HostedModel, ModelPool


class BatchComputer:
    """Computes batches with the models of a pool."""

    def __init__(self, pool: ModelPool, *, max_batch_images: int) -> None:
        self._pool = pool
        self._max_batch_images = max_batch_images

    def compute(self, batch: Sequence[Delivery], *, track: Track) -> list[Reply]:
        """Compute requests of one kernel key, all in one run.

        Args:
            batch: the requests, at least one.
            track: goes through the passes of a method that takes many.

        Raises:
            CoreError: the order cannot be carried out; it is wrong for every request alike.
            ModelNotHostedError: the model is not here.
        """
        started_at = time.monotonic()
        requests = [delivery.request for delivery in batch]
        order = requests[0].order
        model = self._pool.model(order.model)
        padding = [-1] * (padded_size(len(batch)) - len(batch))
        explained = self._explain(model, order)(
            tf.constant(stack_padded([request.pixels for request in requests])),
            tf.constant([r.order.target for r in requests] + padding, tf.int32),
            tf.constant([r.order.versus for r in requests] + padding, tf.int32),
            track,
        )
        return replies(batch, explained, model, started_at=started_at)

    def _explain(self, model: HostedModel, order: ExplanationOrder) -> Explain:
        """Find or make the function that carries an order out, with all that it asks for."""
        max_images = self._max_batch_images
        if order.method == AUTO_METHOD.name:
            return explain_with_best(model, order, max_images=max_images)
        if order.evidence:
            return explain_with_evidence(model, order, max_images=max_images)
        return model.kernel(order, max_images=max_images)

    def warm_up(self) -> None:
        """Compile what is asked for most, so that the first request need not wait for it."""
        for name in self._pool.resident:
            classifier = self._pool.model(name).classifier
            size = classifier.manifest.input
            pixels = tf.zeros((1, size.height, size.width, 3), tf.uint8)
            nothing = tf.constant([-1], tf.int32)
            orders = [ExplanationOrder(model=name, method=None)]
            layer = classifier.default_layer
            if layer and DEFAULT_METHOD not in unsupported_methods(classifier.missing):
                orders.append(ExplanationOrder(model=name, method=DEFAULT_METHOD, layer=layer))
            for order in orders:
                kernel = self._pool.model(name).kernel(order, max_images=self._max_batch_images)
                kernel(pixels, nothing, nothing, untracked)


def replies(
    batch: Sequence[Delivery], explained: Explained, model: HostedModel, *, started_at: float
) -> list[Reply]:
    """Hand each request its own row of what was computed; the padding's rows are nobody's."""
    activation = model.classifier.manifest.output.activation
    logits = explained.logits.numpy()
    probabilities = probabilities_of(explained.logits, activation).numpy()
    targets = explained.targets.numpy()
    maps = None if explained.maps is None else np.asarray(explained.maps)
    consensus = None if explained.consensus is None else explained.consensus.numpy()
    compute_ms = (time.monotonic() - started_at) * 1e3
    return [
        Reply(
            request_id=delivery.request.request_id,
            status="done",
            logits=logits[index],
            probabilities=probabilities[index],
            target=int(targets[index]),
            map=None if maps is None else maps[index],
            evidence=explained.evidence[index].model_dump() if explained.evidence else None,
            choice=explained.choice.model_dump() if explained.choice else None,
            consensus=None if consensus is None else consensus[index],
            timings=Timings(
                queue=delivery.queued_ms,
                batch=(started_at - delivery.taken_at) * 1e3,
                compute=compute_ms,
                batch_images=len(batch),
            ),
        )
        for index, delivery in enumerate(batch)
    ]
