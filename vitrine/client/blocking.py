"""The client for scripts, notebooks and threads: every call waits for its answer."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from vitrine.client.calls import Call, Option, Result
from vitrine.client.defaults import DEFAULT_URL, EXPLANATION_OUTPUTS, RETRIES, TIMEOUT_SECONDS
from vitrine.client.images import ImageLike
from vitrine.client.jobs import Job
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


class Client:
    """A connection to a service; safe to use from several threads.

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
        transport: httpx.BaseTransport | None = None,
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
        self._http = httpx.Client(
            base_url=url,
            headers=headers_of(api_key),
            timeout=timeouts(timeout_seconds),
            transport=RetryTransport(
                transport or httpx.HTTPTransport(), patience(retries, is_repeatable=True)
            ),
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def predict(self, image: ImageLike, **options: Option) -> PredictionResult:
        """Say what the model sees: `model`, `top_k`."""
        return self.predict_all([image], **options)[0]

    def predict_all(
        self, images: Sequence[ImageLike], **options: Option
    ) -> list[PredictionResult]:
        """Say what the model sees in each of many images."""
        return self._send_all(calls.predict(images, options))

    def explain(
        self, image: ImageLike, method: str = DEFAULT_METHOD, **options: Option
    ) -> ExplanationResult:
        """Explain an image: `target`, `versus`, `layer`, `outputs`, the method's own, ...

        Unless `outputs` says otherwise, the answer has `overlay`, `heatmap` and `raw`.
        """
        return self.explain_all([image], method, **options)[0]

    def explain_all(
        self, images: Sequence[ImageLike], method: str = DEFAULT_METHOD, **options: Option
    ) -> list[ExplanationResult]:
        """Explain each of many images."""
        options = {"outputs": EXPLANATION_OUTPUTS, **options}
        return self._send_all(calls.explain(images, method, options))

    def localize(self, image: ImageLike, **options: Option) -> LocalizationResult:
        """Find the object of a class: `target`, `method`, ..."""
        return self.localize_all([image], **options)[0]

    def localize_all(
        self, images: Sequence[ImageLike], **options: Option
    ) -> list[LocalizationResult]:
        """Find the object in each of many images."""
        return self._send_all(calls.localize(images, options))

    def feature_maps(self, image: ImageLike, **options: Option) -> FeatureMapsResult:
        """Show what a layer makes of an image: `layer`, `channels`, `outputs`, ..."""
        return self.feature_maps_all([image], **options)[0]

    def feature_maps_all(
        self, images: Sequence[ImageLike], **options: Option
    ) -> list[FeatureMapsResult]:
        """Show what a layer makes of each of many images."""
        return self._send_all(calls.feature_maps(images, options))

    def replay(self, image: ImageLike, receipt: Receipt) -> ReplayResult:
        """Make a result again by its receipt, and tell whether it came out the same."""
        return self.send(calls.replay(image, receipt))

    def filters(self, model: str, layer: str, **options: Option) -> FiltersResult:
        """Show what a convolution has learned: `channels`, `input_channel`, `outputs`."""
        return self.send(calls.filters(model, layer, options))

    def readers(self, model: str, layer: str, **options: Option) -> ReadersAnswer:
        """Tell which layers read a `channel`, and with which weights."""
        return self.send(calls.readers(model, layer, options))

    def models(self) -> ModelList:
        """List the models, and which is the default."""
        return self.send(calls.models())

    def model(self, name: str) -> ModelDetails:
        """Describe a model."""
        return self.send(calls.model(name))

    def layers(self, model: str) -> list[LayerSummary]:
        """List a model's layers in the order of the forward pass."""
        return self.send(calls.layers(model))

    def methods(self) -> list[MethodDescription]:
        """List the explanation methods and their parameters."""
        return self.send(calls.methods())

    def submit(
        self,
        kind: str,
        params: Mapping[str, Any] | None = None,
        *,
        model: str | None = None,
        idempotency_key: str | None = None,
    ) -> Job:
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
        return Job(self, self.send(call))

    def job(self, job: str) -> Job:
        """Find a job by its ID."""
        return Job(self, self.send(job_calls.show(job)))

    def jobs(self, **options: Option) -> Iterator[Job]:
        """Go through the jobs, newest first: `status`, `kind`, `limit` of a page."""
        while True:
            page = self.send(job_calls.listed(options))
            yield from (Job(self, job) for job in page.jobs)
            if page.next_cursor is None:
                return
            options["cursor"] = page.next_cursor

    def datasets(self) -> list[DatasetSummary]:
        """List the datasets."""
        return self.send(dataset_calls.datasets())

    def dataset(self, dataset: str) -> DatasetDetails:
        """Find a dataset by its ID."""
        return self.send(dataset_calls.dataset(dataset))

    def upload_dataset(
        self, archive: str | Path, *, name: str | None = None, progress: OnSent | None = None
    ) -> DatasetDetails:
        """Send a zip or tar of images; its folders are the classes.

        Args:
            archive: the file.
            name: for people; by default the file's.
            progress: called with the bytes sent and those of the file, while it is sent.
        """
        with ToldFile(Path(archive), progress) as content:
            return self.send(dataset_calls.upload(Path(archive), content, name=name))

    def register_dataset(self, path: str, *, name: str | None = None) -> DatasetDetails:
        """Have images used where they are, under one of the service's roots."""
        return self.send(dataset_calls.register(path, name=name))

    def delete_dataset(self, dataset: str) -> None:
        """Delete a dataset."""
        self.send(dataset_calls.delete(dataset))

    def atlases(self) -> Iterator[AtlasSummary]:
        """Go through the finished atlases, newest first."""
        options: dict[str, Option] = {}
        while True:
            page = self.send(atlas_calls.listed(options))
            yield from page.atlases
            if page.next_cursor is None:
                return
            options["cursor"] = page.next_cursor

    def atlas(self, atlas: str) -> AtlasDocument:
        """Describe a finished atlas, by the ID of its job."""
        return self.send(atlas_calls.atlas(atlas))

    def locate(self, image: ImageLike, atlas: str) -> list[LocatedCell]:
        """Tell in which cells of an atlas an image falls."""
        return self.locate_all([image], atlas)[0]

    def locate_all(self, images: Sequence[ImageLike], atlas: str) -> list[list[LocatedCell]]:
        """Tell in which cells of an atlas each of many images falls."""
        return self._send_all(atlas_calls.locate(images, atlas))

    def send(self, call: Call[Result]) -> Result:
        """Send a call, and read its answer.

        Raises:
            VitrineError: there is none, or it is a refusal.
        """
        with self._failures(call.path):
            response = self._http.request(**request_of(call, retries=self._retries))
        return answer_of(call, response)

    def _send_all(self, some: Sequence[Call[list[Result]]]) -> list[Result]:
        return [result for call in some for result in self.send(call)]

    @contextmanager
    def stream(
        self, path: str, *, headers: Mapping[str, str], timeout: httpx.Timeout
    ) -> Iterator[httpx.Response]:
        """Open an answer that comes bit by bit.

        Raises:
            ConnectionFailedError: it does not come, or breaks off.
        """
        with (
            self._failures(path),
            self._http.stream("GET", path, headers=headers, timeout=timeout) as response,
        ):
            yield response

    @contextmanager
    def _failures(self, path: str) -> Iterator[None]:
        """Turn httpx' errors into ours."""
        try:
            yield
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise failure(error, f"{self._http.base_url}{path}") from error
