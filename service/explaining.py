"""The front's part of a prediction and of an explanation, from upload to answer."""

import asyncio
import time
from collections.abc import Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar, get_args

from api_schemas.explanations import ExplanationAnswer, ExplanationOrder
from api_schemas.method import Method
from api_schemas.methods import METHODS, options_of
from api_schemas.models import ModelRecord
from api_schemas.pictures import Output
from api_schemas.predictions import ImageSize, PredictionAnswer, PredictionOptions
from core.errors import CoreError
from core.images.decode import decode_image
from core.images.pixels import RgbPixels
from core.images.resize import resize_image
from messaging.errors import ExplanationFailedError
from messaging.interactive import InteractiveLane
from messaging.wire import Reply
from service.answers import explanation_answer, predictions_of
from service.errors import ClassNotFoundError
from service.kept_pixels import MAX_KEPT_PIXELS, KeptPixels
from service.known_models import KnownModels
from service.metrics import Metrics
from service.rendering import render
from service.resolving import check_budget, explanation_order, read_options
from service.uploads import Upload

ALL_OUTPUTS = frozenset(get_args(Output))
Result = TypeVar("Result")
Milliseconds = MutableMapping[str, float]
"""Time of each stage of a request; for several images, of the one that took longest."""


@dataclass(frozen=True)
class DecodedImage:
    """An image sent, and what the network will see of it."""

    size: ImageSize
    """Of the image sent."""
    model_pixels: RgbPixels
    """[h, w, 3] uint8, in the size of the model's input."""
    read_pixels: Callable[[], RgbPixels]
    """Gives [H, W, 3] uint8, in the size sent; may take as long as decoding them did."""


@dataclass(frozen=True)
class Scored:
    """Images, and a worker's replies with the scores of every class."""

    record: ModelRecord
    images: list[DecodedImage]
    replies: list[Reply]


@dataclass(frozen=True)
class Explanation:
    """An explained image, with its pictures as files."""

    answer: ExplanationAnswer
    reply: Reply
    """What the worker computed."""
    pictures: dict[str, bytes]
    outputs: frozenset[str]
    """What was asked for."""

    def as_json(self) -> str:
        """Write the answer, without the members of outputs that were not asked for."""
        return self.answer.model_dump_json(exclude=set(ALL_OUTPUTS - self.outputs))


class Explainer:
    """Decodes, asks a worker, renders; the pictures' work is done off the event loop."""

    def __init__(
        self,
        *,
        models: KnownModels,
        lane: InteractiveLane,
        metrics: Metrics,
        pool: ThreadPoolExecutor,
        deadline_seconds: float,
        max_image_pixels: int,
    ) -> None:
        self.models = models
        self._lane = lane
        self._metrics = metrics
        self._pool = pool
        self._deadline_seconds = deadline_seconds
        self.max_image_pixels = max_image_pixels
        self._kept = KeptPixels(max_pixels=MAX_KEPT_PIXELS)

    async def predict(self, upload: Upload, timings: Milliseconds) -> list[PredictionAnswer]:
        """Say what the model sees in each image of an upload.

        Raises:
            ServiceError, ImageError, MessagingError: as the contract lists them.
        """
        options = read_options(PredictionOptions, upload.options)
        scored = await self.score(options.model, upload, timings)
        record = scored.record
        return [
            PredictionAnswer(
                model=record.name,
                model_sha256=record.sha256,
                image=image.size,
                predictions=predictions_of(reply, record, options.top_k),
            )
            for image, reply in zip(scored.images, scored.replies, strict=True)
        ]

    async def score(self, model: str | None, upload: Upload, timings: Milliseconds) -> Scored:
        """Have a model score each image of an upload; its options play no part.

        Raises:
            ServiceError, ImageError, MessagingError: as the contract lists them.
        """
        record = await self.models.find_hosted(model)
        images = await self.decode_all(upload, record, timings)
        order = ExplanationOrder(model=record.name, method=None)
        return Scored(record, images, await self.ask_all(order, images, timings))

    async def explain(
        self, method: Method, upload: Upload, timings: Milliseconds, *, webp: bool
    ) -> list[Explanation]:
        """Explain each image of an upload.

        Args:
            method: how.
            upload: images and options.
            timings: filled with the time that each stage took.
            webp: whether pictures are WebP files instead of PNG.

        Raises:
            ServiceError, ImageError, CoreError, MessagingError: as the contract lists them.
        """
        options = read_options(options_of(method), upload.options)
        record = await self.models.find_hosted(options.model)
        order = explanation_order(record, method, options)
        check_budget(options, deadline_seconds=self._deadline_seconds)
        images = await self.decode_all(upload, record, timings)
        replies = await self.ask_all(order, images, timings)

        def explained(image: DecodedImage, reply: Reply) -> Explanation:
            if reply.target == order.versus:
                detail = "is the top class itself: name the target, or another class"
                raise ClassNotFoundError("versus", detail)
            if reply.map is None:
                raise ExplanationFailedError("the worker's reply holds no map")
            rendering = render(
                image.read_pixels(),
                reply.map,
                options,
                method=METHODS[reply.choice["chosen"]] if reply.choice else method,
                consensus=reply.consensus,
                webp=webp,
            )
            answer = explanation_answer(
                record, order, options, reply, rendering, size=image.size
            )
            return Explanation(answer, reply, rendering.pictures, frozenset(options.outputs))

        return await self.draw_all(explained, images, replies, timings)

    async def decode_all(
        self, upload: Upload, record: ModelRecord, timings: Milliseconds
    ) -> list[DecodedImage]:
        """Decode the images of an upload, and bring them to the model's size.

        Raises:
            ImageError: one of them cannot be decoded or is too large.
        """

        def decoded(image: bytes | RgbPixels) -> DecodedImage:
            decode = partial(self._pixels_of, image)
            pixels = decode()
            return DecodedImage(
                size=ImageSize(width=pixels.shape[1], height=pixels.shape[0]),
                model_pixels=resize_image(
                    pixels, width=record.input_width, height=record.input_height
                ),
                read_pixels=(lambda: pixels) if self._kept.keep(pixels) else decode,
            )

        started_at = time.perf_counter()
        images = await asyncio.gather(
            *(self.off_loop(partial(decoded, image)) for image in upload.images),
            return_exceptions=True,
        )
        timings["decode"] = (time.perf_counter() - started_at) * 1e3
        return unless_one_failed(images)

    def _pixels_of(self, image: bytes | RgbPixels) -> RgbPixels:
        """Decode a file; pixels are there already.

        Raises:
            ImageError: the file cannot be decoded or is too large.
        """
        if isinstance(image, bytes):
            return decode_image(image, max_pixels=self.max_image_pixels)
        return image

    async def ask_all(
        self, order: ExplanationOrder, images: list[DecodedImage], timings: Milliseconds
    ) -> list[Reply]:
        """Have a worker carry an order out for every image, and note the times.

        Raises:
            MessagingError: one of them was not answered; the others are waited for no longer.
        """
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
            await asyncio.wait(asked)
        for stage in ("queue", "batch", "compute"):
            timings[stage] = max(getattr(reply.timings, stage) for reply in replies)
        for reply in replies:
            self._observe(order, reply)
        return replies

    async def draw_all(
        self,
        draw: Callable[[DecodedImage, Reply], Result],
        images: list[DecodedImage],
        replies: list[Reply],
        timings: Milliseconds,
    ) -> list[Result]:
        """Make an answer of every image and the reply to it, and note the time.

        Raises:
            CoreError: one of them cannot be answered.
        """
        started_at = time.perf_counter()
        answers = await asyncio.gather(
            *(
                self.off_loop(partial(draw, image, reply))
                for image, reply in zip(images, replies, strict=True)
            ),
            return_exceptions=True,
        )
        timings["render"] = (time.perf_counter() - started_at) * 1e3
        return unless_one_failed(answers)

    def _observe(self, order: ExplanationOrder, reply: Reply) -> None:
        """Count a reply in the metrics."""
        timings, method = reply.timings, order.method or "predict"
        self._metrics.queue_seconds.labels(order.model).observe(timings.queue / 1e3)
        self._metrics.kernel_seconds.labels(order.model, method).observe(timings.compute / 1e3)
        self._metrics.batch_images.labels(order.model).observe(timings.batch_images)

    async def off_loop(self, work: Callable[[], Result]) -> Result:
        """Do work in a thread: decoding and encoding let go of the interpreter lock."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)


def unless_one_failed(results: list[Result | BaseException]) -> list[Result]:
    """Give what was made of every image.

    Raises:
        BaseException: the first failure; where there are several images, it says of which.
    """
    made: list[Result] = []
    for position, result in enumerate(results):
        if isinstance(result, CoreError) and len(results) > 1:
            result.args = (f"image {position + 1} of {len(results)}: {result}",)
        if isinstance(result, BaseException):
            raise result
        made.append(result)
    return made
