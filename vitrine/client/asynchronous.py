"""The client for programs that do much at once: every call is awaited."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
from httpx_retries import RetryTransport

from api_schemas.atlases import AtlasDocument, AtlasSummary, LocatedCell
from api_schemas.channel_readers import ReadersAnswer
from api_schemas.datasets import DatasetDetails, DatasetSummary
from api_schemas.methods import DEFAULT_METHOD, MethodDescription
from api_schemas.models import LayerSummary, ModelDetails, ModelList
from api_schemas.receipts import Receipt
from vitrine.client import atlas_calls, calls, dataset_calls, job_calls
from vitrine.client.async_jobs import AsyncJob
from vitrine.client.calls import Call, Option, Result
from vitrine.client.defaults import DEFAULT_URL, EXPLANATION_OUTPUTS, RETRIES, TIMEOUT_SECONDS
from vitrine.client.images import ImageLike
from vitrine.client.results import (
    ExplanationResult,
    FeatureMapsResult,
    FiltersResult,
    LocalizationResult,
    PredictionResult,
    ReplayResult,
)
from vitrine.client.sending import (
    answer_of,
    failure,
    headers_of,
    patience,
    request_of,
    timeouts,
)
from vitrine.client.told_file import OnSent, ToldFile


class AsyncClient:
    """A connection to a service, for one event loop.

    Options of the calls are those of the service's routes, under their names: what is left out
    has the service's default. Refusals are raised as `RefusedError`.
    """

    def __init__(
        self,
        url: str = DEFAULT_URL,
        *,
        api_key: str | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
        retries: int = RETRIES,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Open a client.

        Args:
            url: of the service, with its prefix if it has one.
            api_key: where the service asks for one.
            timeout_seconds: for one answer; without tries.
            retries: how often a request is sent again that was not taken (429, 503), or whose
                connection failed.
            transport: to send through; httpx' own by default.
        """
        self._retries = retries
        self._http = httpx.AsyncClient(
            base_url=url,
            headers=headers_of(api_key),
            timeout=timeouts(timeout_seconds),
            transport=RetryTransport(
                transport or httpx.AsyncHTTPTransport(), patience(retries, is_repeatable=True)
            ),
        )

    async def __aenter__(self) -> "AsyncClient":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def predict(self, image: ImageLike, **options: Option) -> PredictionResult:
        """Say what the model sees: `model`, `top_k`."""
        return (await self.predict_all([image], **options))[0]

    async def predict_all(
        self, images: Sequence[ImageLike], **options: Option
    ) -> list[PredictionResult]:
        """Say what the model sees in each of many images."""
        return await self._send_all(calls.predict(images, options))

    async def explain(
        self, image: ImageLike, method: str = DEFAULT_METHOD, **options: Option
    ) -> ExplanationResult:
        """Explain an image: `target`, `versus`, `layer`, `outputs`, the method's own, ...

        Unless `outputs` says otherwise, the answer has `overlay`, `heatmap` and `raw`.
        """
        return (await self.explain_all([image], method, **options))[0]

    async def explain_all(
        self, images: Sequence[ImageLike], method: str = DEFAULT_METHOD, **options: Option
    ) -> list[ExplanationResult]:
        """Explain each of many images."""
        options = {"outputs": EXPLANATION_OUTPUTS, **options}
        return await self._send_all(calls.explain(images, method, options))

    async def localize(self, image: ImageLike, **options: Option) -> LocalizationResult:
        """Find the object of a class: `target`, `method`, ..."""
        return (await self.localize_all([image], **options))[0]

    async def localize_all(
        self, images: Sequence[ImageLike], **options: Option
    ) -> list[LocalizationResult]:
        """Find the object in each of many images."""
        return await self._send_all(calls.localize(images, options))

    async def feature_maps(self, image: ImageLike, **options: Option) -> FeatureMapsResult:
        """Show what a layer makes of an image: `layer`, `channels`, `outputs`, ..."""
        return (await self.feature_maps_all([image], **options))[0]

    async def feature_maps_all(
        self, images: Sequence[ImageLike], **options: Option
    ) -> list[FeatureMapsResult]:
        """Show what a layer makes of each of many images."""
        return await self._send_all(calls.feature_maps(images, options))

    async def replay(self, image: ImageLike, receipt: Receipt) -> ReplayResult:
        """Make a result again by its receipt, and tell whether it came out the same."""
        return await self.send(calls.replay(image, receipt))

    async def filters(self, model: str, layer: str, **options: Option) -> FiltersResult:
        """Show what a convolution has learned: `channels`, `input_channel`, `outputs`."""
        return await self.send(calls.filters(model, layer, options))

    async def readers(self, model: str, layer: str, **options: Option) -> ReadersAnswer:
        """Tell which layers read a `channel`, and with which weights."""
        return await self.send(calls.readers(model, layer, options))

    async def models(self) -> ModelList:
        """List the models, and which is the default."""
        return await self.send(calls.models())

    async def model(self, name: str) -> ModelDetails:
        """Describe a model."""
        return await self.send(calls.model(name))

    async def layers(self, model: str) -> list[LayerSummary]:
        """List a model's layers in the order of the forward pass."""
        return await self.send(calls.layers(model))

    async def methods(self) -> list[MethodDescription]:
        """List the explanation methods and their parameters."""
        return await self.send(calls.methods())

    async def submit(
        self,
        kind: str,
        params: Mapping[str, Any] | None = None,
        *,
        model: str | None = None,
        idempotency_key: str | None = None,
    ) -> AsyncJob:
        """Have long work begun.

        Args:
            kind: of the work, as `activation-maximization`.
            params: of the kind.
            model: by default the service's default.
            idempotency_key: whoever submits the same again with the same key gets the same job;
                a new one for each call by default.
        """
        call = job_calls.submit(
            kind, params or {}, model=model, idempotency_key=idempotency_key
        )
        return AsyncJob(self, await self.send(call))

    async def job(self, job: str) -> AsyncJob:
        """Find a job by its ID."""
        return AsyncJob(self, await self.send(job_calls.show(job)))

    async def jobs(self, **options: Option) -> AsyncIterator[AsyncJob]:
        """Go through the jobs, newest first: `status`, `kind`, `limit` of a page."""
        while True:
            page = await self.send(job_calls.listed(options))
            for job in page.jobs:
                yield AsyncJob(self, job)
            if page.next_cursor is None:
                return
            options["cursor"] = page.next_cursor

    async def datasets(self) -> list[DatasetSummary]:
        """List the datasets."""
        return await self.send(dataset_calls.datasets())

    async def dataset(self, dataset: str) -> DatasetDetails:
        """Find a dataset by its ID."""
        return await self.send(dataset_calls.dataset(dataset))

    async def upload_dataset(
        self, archive: str | Path, *, name: str | None = None, progress: OnSent | None = None
    ) -> DatasetDetails:
        """Send a zip or tar of images; its folders are the classes.

        Args:
            archive: the file.
            name: for people; by default the file's.
            progress: called with the bytes sent and those of the file, while it is sent.
        """
        with ToldFile(Path(archive), progress) as content:
            return await self.send(dataset_calls.upload(Path(archive), content, name=name))

    async def register_dataset(self, path: str, *, name: str | None = None) -> DatasetDetails:
        """Have images used where they are, under one of the service's roots."""
        return await self.send(dataset_calls.register(path, name=name))

    async def delete_dataset(self, dataset: str) -> None:
        """Delete a dataset."""
        await self.send(dataset_calls.delete(dataset))

    async def atlases(self) -> AsyncIterator[AtlasSummary]:
        """Go through the finished atlases, newest first."""
        options: dict[str, Option] = {}
        while True:
            page = await self.send(atlas_calls.listed(options))
            for one in page.atlases:
                yield one
            if page.next_cursor is None:
                return
            options["cursor"] = page.next_cursor

    async def atlas(self, atlas: str) -> AtlasDocument:
        """Describe a finished atlas, by the ID of its job."""
        return await self.send(atlas_calls.atlas(atlas))

    async def locate(self, image: ImageLike, atlas: str) -> list[LocatedCell]:
        """Tell in which cells of an atlas an image falls."""
        return (await self.locate_all([image], atlas))[0]

    async def locate_all(
        self, images: Sequence[ImageLike], atlas: str
    ) -> list[list[LocatedCell]]:
        """Tell in which cells of an atlas each of many images falls."""
        return await self._send_all(atlas_calls.locate(images, atlas))

    async def send(self, call: Call[Result]) -> Result:
        """Send a call, and read its answer.

        Raises:
            VitrineError: there is none, or it is a refusal.
        """
        with self._failures(call.path):
            response = await self._http.request(**request_of(call, retries=self._retries))
        return answer_of(call, response)

    async def _send_all(self, some: Sequence[Call[list[Result]]]) -> list[Result]:
        return [result for call in some for result in await self.send(call)]

    @asynccontextmanager
    async def stream(
        self, path: str, *, headers: Mapping[str, str], timeout: httpx.Timeout
    ) -> AsyncIterator[httpx.Response]:
        """Open an answer that comes bit by bit.

        Raises:
            ConnectionFailedError: it does not come, or breaks off.
        """
        with self._failures(path):
            async with self._http.stream(
                "GET", path, headers=headers, timeout=timeout
            ) as response:
                yield response

    @contextmanager
    def _failures(self, path: str) -> Iterator[None]:
        """Turn httpx' errors into ours."""
        try:
            yield
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise failure(error, f"{self._http.base_url}{path}") from error
