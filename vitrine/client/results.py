"""Answers that open: pictures as Pillow images, numbers as NumPy arrays, the rest as sent."""

import base64
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from api_schemas.auto import AutoAnswer
from api_schemas.evidence import MapEvidence
from api_schemas.explanations import Box, ExplanationAnswer, MapWarning
from api_schemas.feature_maps import ChannelSummary, FeatureMapsAnswer
from api_schemas.filters import FiltersAnswer
from api_schemas.localization import LocalizationAnswer
from api_schemas.numbers import NumberArray
from api_schemas.predictions import Prediction, PredictionAnswer
from api_schemas.receipts import Receipt
from api_schemas.replays import ReplayAnswer, ReplayDifference
from vitrine.client.errors import OutputMissingError


def picture(encoded: str | None, output: str) -> Image.Image:
    """Open a picture of an answer.

    Raises:
        OutputMissingError: there is none.
    """
    if encoded is None:
        raise OutputMissingError(output)
    return Image.open(BytesIO(base64.b64decode(encoded)))


def array(numbers: NumberArray | None, output: str) -> NDArray[Any]:
    """Open the numbers of an answer.

    Raises:
        OutputMissingError: there are none.
    """
    if numbers is None:
        raise OutputMissingError(output)
    kind = np.dtype(numbers.dtype).newbyteorder("<")
    return np.frombuffer(base64.b64decode(numbers.b64), kind).reshape(numbers.shape)


@dataclass(frozen=True)
class PredictionResult:
    """What the model sees in an image."""

    answer: PredictionAnswer
    """As the service sent it."""

    @property
    def predictions(self) -> list[Prediction]:
        """Most probable first."""
        return self.answer.predictions

    @property
    def top(self) -> Prediction:
        """The most probable class."""
        return self.answer.predictions[0]

    @property
    def cached(self) -> bool:
        """Whether it was computed for an earlier request."""
        return self.answer.cached

    @property
    def receipt(self) -> Receipt:
        """What it was made of, for `replay`."""
        return self.answer.receipt


@dataclass(frozen=True)
class ExplanationResult:
    """An explained image."""

    answer: ExplanationAnswer
    """As the service sent it."""

    @property
    def predictions(self) -> list[Prediction]:
        """Most probable first."""
        return self.answer.predictions

    @property
    def target(self) -> Prediction:
        """The class explained."""
        return self.answer.target

    @property
    def overlay(self) -> Image.Image:
        """RGB, the size of the image sent."""
        return picture(self.answer.overlay, "overlay")

    @property
    def heatmap(self) -> Image.Image:
        """8-bit grey, the size of the image sent."""
        return picture(self.answer.heatmap, "heatmap")

    @property
    def contour(self) -> Image.Image:
        """RGB: the image with lines around what the map marks."""
        return picture(self.answer.contour, "contour")

    @property
    def consensus(self) -> Image.Image:
        """RGB: the mean of all methods' maps over the image; of `auto` alone."""
        answer = self.answer
        encoded = answer.consensus if isinstance(answer, AutoAnswer) else None
        return picture(encoded, "consensus")

    @property
    def raw(self) -> NDArray[Any]:
        """[h, w] float32, the map in its own resolution."""
        return array(self.answer.raw, "raw")

    @property
    def box(self) -> Box | None:
        """Around the largest region marked; none where nothing is, or it was not asked for."""
        return self.answer.box

    @property
    def warnings(self) -> tuple[MapWarning, ...]:
        """Reasons not to trust the map."""
        return self.answer.warnings

    @property
    def evidence(self) -> MapEvidence | None:
        """What speaks for and against the map, if it was asked for."""
        return self.answer.evidence

    @property
    def cached(self) -> bool:
        """Whether the map was computed for an earlier request."""
        return self.answer.cached

    @property
    def receipt(self) -> Receipt:
        """What it was made of, for `replay`."""
        return self.answer.receipt


@dataclass(frozen=True)
class ReplayResult:
    """A result that was made again."""

    answer: ReplayAnswer
    """As the service sent it."""

    @property
    def reproduced(self) -> bool:
        """Whether every part is the same, byte for byte."""
        return self.answer.reproduced

    @property
    def differences(self) -> tuple[ReplayDifference, ...]:
        """In the parts, and in what made them."""
        return self.answer.differences

    @property
    def result(self) -> ExplanationResult | PredictionResult:
        """What was made."""
        made = self.answer.answer
        if isinstance(made, ExplanationAnswer):
            return ExplanationResult(made)
        return PredictionResult(made)


@dataclass(frozen=True)
class LocalizationResult:
    """Where the object is."""

    answer: LocalizationAnswer
    """As the service sent it."""

    @property
    def predictions(self) -> list[Prediction]:
        """Most probable first."""
        return self.answer.predictions

    @property
    def target(self) -> Prediction:
        """The class of the object."""
        return self.answer.target

    @property
    def box(self) -> Box:
        """Around the mask, in pixels of the image sent."""
        return self.answer.box

    @property
    def mask(self) -> Image.Image:
        """8-bit grey, the size of the image sent: 255 on the object."""
        return picture(self.answer.mask, "mask")

    @property
    def overlay(self) -> Image.Image:
        """RGB: the object outlined, all else darkened, and its box."""
        return picture(self.answer.overlay, "overlay")


@dataclass(frozen=True)
class FeatureMapsResult:
    """What a layer makes of an image."""

    answer: FeatureMapsAnswer
    """As the service sent it."""

    @property
    def grid(self) -> Image.Image:
        """The maps side by side."""
        return picture(self.answer.grid, "grid")

    @property
    def raw(self) -> NDArray[Any]:
        """[h, w, n] float32, the maps of the channels asked for."""
        return array(self.answer.raw, "raw")

    @property
    def channels(self) -> tuple[ChannelSummary, ...]:
        """Each channel's map in numbers."""
        return self.answer.channels


@dataclass(frozen=True)
class FiltersResult:
    """What a convolution has learned."""

    answer: FiltersAnswer
    """As the service sent it."""

    @property
    def grid(self) -> Image.Image:
        """The filters side by side."""
        return picture(self.answer.grid, "grid")

    @property
    def raw(self) -> NDArray[Any]:
        """[height, width, channels in, n] float32, the weights shown."""
        return array(self.answer.raw, "raw")
