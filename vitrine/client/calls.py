"""What each method of a client sends, and how it reads the answer: without any connection."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter, ValidationError

from api_schemas.auto import AUTO_METHOD, AutoAnswer
from api_schemas.channel_readers import ReadersAnswer
from api_schemas.explanations import ExplanationAnswer
from api_schemas.feature_maps import FeatureMapsAnswer
from api_schemas.filters import FiltersAnswer
from api_schemas.localization import LocalizationAnswer
from api_schemas.methods import MethodDescription, MethodList
from api_schemas.models import LayerList, LayerSummary, ModelDetails, ModelList
from api_schemas.predictions import PredictionAnswer
from api_schemas.receipts import Receipt
from api_schemas.replays import ReplayAnswer
from vitrine.client.errors import AnswerInvalidError
from vitrine.client.images import FilePart, ImageLike, parts_of
from vitrine.client.results import (
    ExplanationResult,
    FeatureMapsResult,
    FiltersResult,
    LocalizationResult,
    PredictionResult,
    ReplayResult,
)

Result = TypeVar("Result")
Answer = TypeVar("Answer")
Other = TypeVar("Other")

Option: TypeAlias = str | float | Sequence[str] | Sequence[int] | None
"""Of a call: as the route takes it; a list is written with commas."""
Options: TypeAlias = Mapping[str, Option]

IMAGES_AT_ONCE = 16
"""Of one request; a service takes 32 unless told otherwise, and keeps its own batches full."""


@dataclass(frozen=True)
class Call(Generic[Result]):
    """A request, and what its answer becomes."""

    method: str
    path: str
    read: Callable[[httpx.Response], Result]
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[FilePart] = ()
    json: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_repeatable: bool = True
    """Whether sending it twice does no more than sending it once."""
    answer_seconds: float | None = None
    """How long its answer may take, where that is not the client's usual time."""


def reading(kind: type[Answer]) -> Callable[[httpx.Response], Answer]:
    """Make a reader of a type's JSON; members of newer services are passed over."""
    adapter = TypeAdapter(kind)

    def read(response: httpx.Response) -> Answer:
        try:
            return adapter.validate_json(response.content, extra="ignore")
        except ValidationError as error:
            raise AnswerInvalidError(f"{response.url}: {error}") from error

    return read


def then(
    read: Callable[[httpx.Response], Answer], make: Callable[[Answer], Other]
) -> Callable[[httpx.Response], Other]:
    """Make something of what a reader reads."""
    return lambda response: make(read(response))


def segment(name: str) -> str:
    """Write a name as one segment of a path."""
    return quote(name, safe="")


def written(options: Options) -> dict[str, str]:
    """Write options as forms and queries do; what is None is left to the service's default."""
    return {name: _word(value) for name, value in options.items() if value is not None}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ",".join(_word(item) for item in value)
    return str(value)


def on_images(
    path: str,
    images: Sequence[ImageLike],
    options: Options,
    answer: type[Answer],
    make: Callable[[Answer], Result],
) -> list[Call[list[Result]]]:
    """Have images looked at, so many in a request.

    Raises:
        ImageUnreadableError: one of them is no image.
    """
    one = reading(answer)
    many = reading(dict[str, list[answer]])  # type: ignore[valid-type]  # known at run time

    def read(response: httpx.Response, *, count: int) -> list[Result]:
        answers = [one(response)] if count == 1 else many(response).get("results", [])
        if len(answers) != count:
            raise AnswerInvalidError(
                f"{response.url}: {len(answers)} answers to {count} images"
            )
        return [make(answer) for answer in answers]

    def call(some: Sequence[ImageLike]) -> Call[list[Result]]:
        return Call(
            "POST",
            path,
            lambda response: read(response, count=len(some)),
            form=written(options),
            files=parts_of(some),
        )

    starts = range(0, len(images), IMAGES_AT_ONCE)
    return [call(images[start : start + IMAGES_AT_ONCE]) for start in starts]


def predict(
    images: Sequence[ImageLike], options: Options
) -> list[Call[list[PredictionResult]]]:
    """`POST /predict`."""
    return on_images("/predict", images, options, PredictionAnswer, PredictionResult)


def explain(
    images: Sequence[ImageLike], method: str, options: Options
) -> list[Call[list[ExplanationResult]]]:
    """`POST /explain/{method}`."""
    answer = AutoAnswer if method == AUTO_METHOD.name else ExplanationAnswer
    path = f"/explain/{segment(method)}"
    return on_images(path, images, options, answer, ExplanationResult)


def localize(
    images: Sequence[ImageLike], options: Options
) -> list[Call[list[LocalizationResult]]]:
    """`POST /localize`."""
    return on_images("/localize", images, options, LocalizationAnswer, LocalizationResult)


def feature_maps(
    images: Sequence[ImageLike], options: Options
) -> list[Call[list[FeatureMapsResult]]]:
    """`POST /explain/feature-maps`."""
    path = "/explain/feature-maps"
    return on_images(path, images, options, FeatureMapsAnswer, FeatureMapsResult)


def replay(image: ImageLike, receipt: Receipt) -> Call[ReplayResult]:
    """`POST /replay`."""
    return Call(
        "POST",
        "/replay",
        then(reading(ReplayAnswer), ReplayResult),
        form={"receipt": receipt.model_dump_json()},
        files=parts_of([image]),
    )


def filters(model: str, layer: str, options: Options) -> Call[FiltersResult]:
    """`GET /models/{model}/layers/{layer}/filters`."""
    return Call(
        "GET",
        f"/models/{segment(model)}/layers/{quote(layer, safe='/')}/filters",
        then(reading(FiltersAnswer), FiltersResult),
        query=written(options),
    )


def readers(model: str, layer: str, options: Options) -> Call[ReadersAnswer]:
    """`GET /models/{model}/layers/{layer}/readers`."""
    path = f"/models/{segment(model)}/layers/{quote(layer, safe='/')}/readers"
    return Call("GET", path, reading(ReadersAnswer), query=written(options))


def models() -> Call[ModelList]:
    """`GET /models`."""
    return Call("GET", "/models", reading(ModelList))


def model(name: str) -> Call[ModelDetails]:
    """`GET /models/{model}`."""
    return Call("GET", f"/models/{segment(name)}", reading(ModelDetails))


def layers(name: str) -> Call[list[LayerSummary]]:
    """`GET /models/{model}/layers`."""
    path = f"/models/{segment(name)}/layers"
    return Call("GET", path, then(reading(LayerList), lambda answer: answer.layers))


def methods() -> Call[list[MethodDescription]]:
    """`GET /methods`."""
    return Call("GET", "/methods", then(reading(MethodList), lambda answer: answer.methods))
