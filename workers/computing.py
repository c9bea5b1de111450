"""Computing one batch: from requests to replies."""

import time
from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from api_schemas.auto import AUTO_METHOD
from api_schemas.explanations import ExplanationOrder
from api_schemas.methods import DEFAULT_METHOD, unsupported_methods
from api_schemas.receipts import BatchPlace
from core.models.logits import probabilities_of
from core.progress import Track, untracked
from messaging.inbox import Delivery
from messaging.wire import Reply, Timings
from workers.auto import explain_with_best
from workers.batching import padded_size, place_in_batch
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
        places = self._places(batch)
        requests = [batch[0].request] * places[0].row + [one.request for one in batch]
        requests += requests[-1:] * (places[0].images - len(requests))
        order = requests[0].order
        model = self._pool.model(order.model)
        explained = self._explain(model, order)(
            tf.constant(np.stack([request.pixels for request in requests])),
            tf.constant([request.order.target for request in requests], tf.int32),
            tf.constant([request.order.versus for request in requests], tf.int32),
            track,
        )
        return replies(batch, places, explained, model, started_at=started_at)

    def _places(self, batch: Sequence[Delivery]) -> list[BatchPlace]:
        """Give each request its place: the one that it asks for, or the next one."""
        asked = batch[0].request.order.place
        if asked is not None:
            return [place_in_batch(asked, max_images=self._max_batch_images)]
        images = padded_size(len(batch))
        return [BatchPlace(images=images, row=row) for row in range(len(batch))]

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
    batch: Sequence[Delivery],
    places: Sequence[BatchPlace],
    explained: Explained,
    model: HostedModel,
    *,
    started_at: float,
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
            logits=logits[place.row],
            probabilities=probabilities[place.row],
            target=int(targets[place.row]),
            map=None if maps is None else maps[place.row],
            evidence=explained.evidence[place.row].model_dump() if explained.evidence else None,
            choice=explained.choice.model_dump() if explained.choice else None,
            consensus=None if consensus is None else consensus[place.row],
            found=explained.found.model_dump(mode="json") if explained.found else None,
            computed=model.provenance.model_copy(update={"place": place}).model_dump(),
            timings=Timings(
                queue=delivery.queued_ms,
                batch=(started_at - delivery.taken_at) * 1e3,
                compute=compute_ms,
                batch_images=len(batch),
            ),
        )
        for delivery, place in zip(batch, places, strict=True)
    ]
