"""Having an order carried out for images: by the cache, or else by a worker."""

import asyncio
from collections.abc import MutableMapping, Sequence

from api_schemas.explanations import ExplanationOrder
from messaging.interactive import InteractiveLane
from messaging.wire import Reply
from service.decoded_image import DecodedImage
from service.metrics import Metrics
from service.remembering import Remembering

STAGES = ("queue", "batch", "compute")
"""Times that a reply tells."""


class Asking:
    """Asks the cache first, and workers for the rest."""

    def __init__(
        self,
        *,
        lane: InteractiveLane,
        remembering: Remembering,
        metrics: Metrics,
        deadline_seconds: float,
    ) -> None:
        self._lane = lane
        self._remembering = remembering
        self._metrics = metrics
        self._deadline_seconds = deadline_seconds

    async def ask_all(
        self,
        order: ExplanationOrder,
        images: Sequence[DecodedImage],
        timings: MutableMapping[str, float],
    ) -> list[Reply]:
        """Have an order carried out for every image.

        Args:
            order: what to compute.
            images: at least one.
            timings: filled with the longest time of each stage, in ms.

        Raises:
            MessagingError: one of them was not answered; the others are waited for no longer.
        """
        remembered = await self._remembering.find(order, images)
        missing = [place for place in range(len(images)) if place not in remembered.found]
        computed = dict(
            zip(missing, await self._compute(order, [images[p] for p in missing]), strict=True)
        )
        self._remembering.keep(remembered, computed)
        every = {**remembered.found, **computed}
        replies = [every[place] for place in range(len(images))]
        for stage in STAGES:
            timings[stage] = max(getattr(reply.timings, stage) for reply in replies)
        return replies

    async def _compute(
        self, order: ExplanationOrder, images: Sequence[DecodedImage]
    ) -> list[Reply]:
        """Ask workers for every image, and count what they answer."""
        asked = [
            asyncio.create_task(
                self._lane.ask(
                    order, image.model_pixels, patience_seconds=self._deadline_seconds
                )
            )
            for image in images
        ]
        try:
            replies = await asyncio.gather(*asked)
        finally:
            for one in asked:
                one.cancel()
            if asked:
                await asyncio.wait(asked)
        for reply in replies:
            self._observe(order, reply)
        return replies

    def _observe(self, order: ExplanationOrder, reply: Reply) -> None:
        """Count a reply in the metrics."""
        timings, method = reply.timings, order.method or "predict"
        self._metrics.queue_seconds.labels(order.model).observe(timings.queue / 1e3)
        self._metrics.kernel_seconds.labels(order.model, method).observe(timings.compute / 1e3)
        self._metrics.batch_images.labels(order.model).observe(timings.batch_images)
