"""The front's part of a prediction and of an explanation, from upload to answer."""

import asyncio
import json
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
from api_schemas.receipts import BatchPlace
from core.errors import CoreError
from core.images.decode import decode_image
from core.images.pixels import RgbPixels
from core.images.resize import resize_image
from messaging.errors import ExplanationFailedError
from messaging.interactive import InteractiveLane
from messaging.wire import Reply
from service.answers import explanation_answer, predictions_of
from service.asking import Asking
from service.decoded_image import DecodedImage
from service.decoding_room import DecodingRoom
from service.errors import ClassNotFoundError
from service.kept_pixels import MAX_KEPT_PIXELS, KeptPixels
from service.known_models import KnownModels
from service.metrics import Metrics
from service.receipts import explanation_receipt, prediction_receipt
from service.remembering import Remembering
from service.rendering import render
from service.resolving import check_budget, explanation_order, read_options
from service.stages import stage
from service.uploads import Upload

ALL_OUTPUTS = frozenset(get_args(Output))
Result = TypeVar("Result")
Milliseconds = MutableMapping[str, float]
"""Time of each stage of a request; for several images, of the one that took longest."""


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

    @property
    def receipt_header(self) -> str:
        """The receipt as JSON in ASCII, in which headers are written."""
        return json.dumps(self.answer.receipt.model_dump(mode="json"), separators=(",", ":"))


class Explainer:
    """Decodes, asks a worker, renders; the pictures' work is done off the event loop."""

    def __init__(
        self,
        *,
        models: KnownModels,
        lane: InteractiveLane,
        remembering: Remembering,
        metrics: Metrics,
        pool: ThreadPoolExecutor,
        deadline_seconds: float,
        max_image_pixels: int,
    ) -> None:
        self.models = models
        self._asking = Asking(
            lane=lane,
            remembering=remembering,
            metrics=metrics,
            deadline_seconds=deadline_seconds,
        )
        self._pool = pool
        self._deadline_seconds = deadline_seconds
        self.max_image_pixels = max_image_pixels
        self._decoding = DecodingRoom(lane.max_waiting)
        self._kept = KeptPixels(max_pixels=MAX_KEPT_PIXELS)

    async def predict(
        self, upload: Upload, timings: Milliseconds, *, place: BatchPlace | None = None
    ) -> list[PredictionAnswer]:
        """Say what the model sees in each image of an upload; `place` as for `explain`.

        Raises:
            ServiceError, ImageError, MessagingError: as the contract lists them.
        """
        options = read_options(PredictionOptions, upload.options)
        record = await self.models.find_hosted(options.model)
        images = await self.decode_all(upload, record, timings)
        order = ExplanationOrder(model=record.name, method=None, place=place)
        replies = await self._ask_while_hashing(order, images, timings)
        return [
            PredictionAnswer(
                model=record.name,
                model_sha256=record.sha256,
                image=image.size,
                predictions=predictions_of(reply, record, options.top_k),
                cached=reply.is_cached,
                receipt=prediction_receipt(image, record, options, reply),
            )
            for image, reply in zip(images, replies, strict=True)
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
        self,
        method: Method,
        upload: Upload,
        timings: Milliseconds,
        *,
        webp: bool,
        place: BatchPlace | None = None,
    ) -> list[Explanation]:
        """Explain each image of an upload.

        Args:
            method: how.
            upload: images and options.
            timings: filled with the time that each stage took.
            webp: whether pictures are WebP files instead of PNG.
            place: in a batch, where the image is to be computed; wherever it falls without.

        Raises:
            ServiceError, ImageError, CoreError, MessagingError: as the contract lists them.
        """
        options = read_options(options_of(method), upload.options)
        record = await self.models.find_hosted(options.model)
        order = explanation_order(record, method, options).model_copy(update={"place": place})
        check_budget(options, deadline_seconds=self._deadline_seconds)
        images = await self.decode_all(upload, record, timings)
        replies = await self._ask_while_hashing(order, images, timings)

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
            receipt = explanation_receipt(
                image, record, order, options, reply, rendering, webp=webp
            )
            answer = explanation_answer(
                record, order, options, reply, rendering, receipt, size=image.size
            )
            return Explanation(answer, reply, rendering.pictures, frozenset(options.outputs))

        return await self.draw_all(explained, images, replies, timings)

    async def decode_all(
        self, upload: Upload, record: ModelRecord, timings: Milliseconds
    ) -> list[DecodedImage]:
        """Decode the images of an upload, and bring them to the model's size.

        Raises:
            ImageError: one of them cannot be decoded or is too large.
            QueueFullError: too many others are being decoded.
        """

        def decoded(image: bytes | RgbPixels) -> DecodedImage:
            decode = partial(self.pixels_of, image)
            pixels = decode()
            return DecodedImage(
                size=ImageSize(width=pixels.shape[1], height=pixels.shape[0]),
                sent=image,
                model_pixels=resize_image(
                    pixels, width=record.input_width, height=record.input_height
                ),
                read_pixels=(lambda: pixels) if self._kept.keep(pixels) else decode,
            )

        count = len(upload.images)
        with (
            self._decoding.taken(count, model=record.name),
            stage("decode", timings, images=count),
        ):
            images = await asyncio.gather(
                *(self.off_loop(partial(decoded, image)) for image in upload.images),
                return_exceptions=True,
            )
        return unless_one_failed(images)

    def pixels_of(self, image: bytes | RgbPixels) -> RgbPixels:
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
        """Have an order carried out for every image: by the cache, or else by a worker.

        Raises:
            MessagingError: one of them was not answered.
        """
        return await self._asking.ask_all(order, images, timings)

    async def _ask_while_hashing(
        self, order: ExplanationOrder, images: list[DecodedImage], timings: Milliseconds
    ) -> list[Reply]:
        """Ask as `ask_all` does, and have the digests for the receipts ready by then.

        Raises:
            MessagingError: one of the images was not answered.
        """
        hashing = asyncio.gather(
            *(self.off_loop(partial(getattr, image, "sent_digest")) for image in images)
        )
        replies = await self.ask_all(order, images, timings)
        await hashing
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
        with stage("render", timings, images=len(images)):
            answers = await asyncio.gather(
                *(
                    self.off_loop(partial(draw, image, reply))
                    for image, reply in zip(images, replies, strict=True)
                ),
                return_exceptions=True,
            )
        return unless_one_failed(answers)

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
