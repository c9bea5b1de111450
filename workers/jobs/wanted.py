"""What a job's objectives mean for one model: names of layers and units become numbers."""

import base64
import binascii
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from api_schemas.activation_maximization import ObjectiveOptions
from api_schemas.objectives import (
    CaricatureObjective,
    ChannelObjective,
    DirectionObjective,
    InversionObjective,
    LayerObjective,
    LogitObjective,
    NeuronObjective,
    Objective,
    PlainObjective,
    SumObjective,
)
from core.errors import ImageUndecodableError, UnitNotFoundError
from core.images.decode import decode_image
from core.images.pixels import RgbPixels
from core.models.classifier import Classifier
from core.models.partial_pass import LOGITS
from core.visualize.objectives import Aim

MAX_IMAGE_PIXELS = 50_000_000
"""Of an image whose features are sought."""

Position = tuple[int | None, int | None]
"""Row and column; none for the middle of that axis."""


@dataclass(frozen=True)
class Term:
    """One thing that is sought, with its weight."""

    aim: Aim
    weight: float
    unit: int | None = None
    """Channel or class."""
    vector: Float[np.ndarray, " D"] | None = None
    """Direction, where it is no single channel."""
    image: RgbPixels | None = None
    """Whose features are sought."""
    position: Position | None = None
    """Where; none for everywhere."""


@dataclass(frozen=True)
class Wanted:
    """One objective of a job, in the words of its model."""

    label: str
    """For people, short."""
    terms: tuple[Term, ...]

    @property
    def aims(self) -> tuple[Aim, ...]:
        """What is sought, apart from units and weights: such objectives share a batch."""
        return tuple(term.aim for term in self.terms)


def wanted_of(
    parameters: ObjectiveOptions, classifier: Classifier, *, seed: int
) -> list[Wanted]:
    """List a job's objectives.

    Args:
        parameters: as the caller wrote them.
        classifier: the model.
        seed: draws the random subsets.

    Raises:
        LayerNotFoundError: the model has no such layer.
        LayerNotSpatialError: a layer has no single output.
        UnitNotFoundError: a layer has no such channel, or the model no such class.
        ImageUndecodableError: an image cannot be read.
        ImageTooLargeError: it has too many pixels.
    """
    reader = _Reader(classifier, parameters.layer)
    return [reader.wanted(objective) for objective in objectives_of(parameters, reader, seed)]


def objectives_of(
    parameters: ObjectiveOptions, reader: "_Reader", seed: int
) -> Sequence[Objective]:
    """Spell out an objective that is one word."""
    negative = parameters.negative
    match parameters.objective:
        case "layer":
            return [LayerObjective(negative=negative)]
        case "logit":
            classes = reader.chosen_classes(parameters.classes, seed)
            return [LogitObjective(target=index, negative=negative) for index in classes]
        case "channel":
            channels = reader.chosen_channels(parameters.channels, seed)
            return [ChannelObjective(channel=index, negative=negative) for index in channels]
        case "neuron":
            place = {"row": parameters.row, "column": parameters.column, "negative": negative}
            channels = reader.chosen_channels(parameters.channels, seed)
            return [NeuronObjective(channel=index, **place) for index in channels]
    return parameters.objective


class _Reader:
    """Reads objectives with one model at hand."""

    def __init__(self, classifier: Classifier, layer: str | None) -> None:
        self._classifier = classifier
        self._layer = layer

    def wanted(self, objective: Objective) -> Wanted:
        """Read one objective."""
        if not isinstance(objective, SumObjective):
            label, term = self.term(objective, 1.0)
            return Wanted(label, (term,))
        read = [self.term(part.of, part.weight) for part in objective.terms]
        words = [
            in_a_sum(label, part.weight)
            for part, (label, _) in zip(objective.terms, read, strict=True)
        ]
        return Wanted(" ".join(words).removeprefix("+ "), tuple(term for _, term in read))

    def term(self, objective: PlainObjective, weight: float) -> tuple[str, Term]:
        """Read a single thing that is sought: its label, and what it is."""
        is_negative = getattr(objective, "negative", False)
        label, term = self._term(objective, -weight if is_negative else weight)
        return (f"− {label}" if is_negative else label), term

    def _term(self, objective: PlainObjective, weight: float) -> tuple[str, Term]:
        if isinstance(objective, LogitObjective):
            index = self._class_index(objective.target)
            aim = Aim("direction", LOGITS)
            return self._classifier.classes[index], Term(aim, weight, unit=index)
        layer = self._known_layer(objective.layer)
        match objective:
            case ChannelObjective(channel=channel):
                self._check_channel(layer, channel)
                return f"channel {channel}", Term(Aim("direction", layer), weight, channel)
            case NeuronObjective(channel=channel, row=row, column=column):
                self._check_channel(layer, channel)
                term = Term(Aim("direction", layer), weight, channel, position=(row, column))
                return f"neuron {channel}", term
            case DirectionObjective():
                return f"direction in {layer}", self._direction(objective, layer, weight)
            case LayerObjective():
                return layer, Term(Aim("energy", layer), weight)
        return of_image(objective, layer, weight)

    def _direction(self, objective: DirectionObjective, layer: str, weight: float) -> Term:
        available = self._channel_count(layer)
        if len(objective.vector) != available:
            raise UnitNotFoundError(
                layer, f"direction of {len(objective.vector)} numbers", f"{available} channels"
            )
        is_somewhere = objective.row is not None or objective.column is not None
        return Term(
            Aim("direction", layer, objective.cosine_power),
            weight,
            vector=np.array(objective.vector, np.float32),
            position=(objective.row, objective.column) if is_somewhere else None,
        )

    def chosen_channels(self, channels: str, seed: int) -> list[int]:
        """List the channels of the job's layer that a caller names or has drawn."""
        if channels.startswith("random:"):
            return drawn(channels, self._channel_count(self._known_layer(None)), seed)
        chosen: dict[int, None] = {}
        for piece in channels.split(","):
            first, _, last = (word.strip() for word in piece.partition("-"))
            layer = self._known_layer(None)
            self._check_channel(layer, int(last or first))
            if int(last or first) < int(first):
                raise UnitNotFoundError(
                    layer, f"range {piece.strip()}", f"{last}-{first}, written forwards"
                )
            chosen |= dict.fromkeys(range(int(first), int(last or first) + 1))
        return list(chosen)

    def chosen_classes(self, classes: str | Sequence[int | str], seed: int) -> list[int]:
        """List the classes that a caller names or has drawn."""
        if isinstance(classes, str):
            return drawn(classes, len(self._classifier.classes), seed)
        return [self._class_index(name) for name in classes]

    def _known_layer(self, layer: str | None) -> str:
        """Give the layer that an objective is about.

        Raises:
            LayerNotFoundError: the model has no such layer.
            LayerNotSpatialError: it has no single output, or none was named and there is none.
        """
        chosen = layer or self._layer or self._classifier.spatial_layer(None)
        self._classifier.tappable_layer(chosen)
        return chosen

    def _channel_count(self, layer: str) -> int:
        return int(self._classifier.layers[layer].output_shape[-1] or 0)

    def _check_channel(self, layer: str, channel: int) -> None:
        available = self._channel_count(layer)
        if channel >= available:
            raise UnitNotFoundError(
                layer, f"channel {channel}", f"{available} channels, 0 to {available - 1}"
            )

    def _class_index(self, name: int | str) -> int:
        """Find a class by its index or its label, whatever its capitals."""
        classes = self._classifier.classes
        folded = str(name).casefold()
        matching = [index for index, label in enumerate(classes) if label.casefold() == folded]
        if matching:
            return matching[0]
        if folded.isdecimal() and int(folded) < len(classes):
            return int(folded)
        shown = ", ".join(classes[:3])
        raise UnitNotFoundError("", f"class {name!r}", f"{len(classes)} classes ({shown} …)")


def of_image(
    objective: CaricatureObjective | InversionObjective, layer: str, weight: float
) -> tuple[str, Term]:
    """Read what is sought of an image: its label, and what it is."""
    power = objective.cosine_power if isinstance(objective, CaricatureObjective) else 0.0
    aim = Aim(objective.kind, layer, power)
    return f"{objective.kind}, {layer}", Term(aim, weight, image=image_of(objective.image))


def in_a_sum(label: str, weight: float) -> str:
    """Write a term with its sign, and with its weight unless that is 1."""
    factor = "" if abs(weight) == 1.0 else f"{abs(weight):g} × "
    return f"{'−' if weight < 0 else '+'} {factor}{label}"


def drawn(subset: str, available: int, seed: int) -> list[int]:
    """Draw `random:n` of what there is, in ascending order; all of it if there is less."""
    count = min(int(subset.removeprefix("random:")), available)
    return sorted(random.Random(seed).sample(range(available), count))


def image_of(text: str) -> RgbPixels:
    """Decode an image sent as base64.

    Raises:
        ImageUndecodableError: it is no base64, or no image.
        ImageTooLargeError: it has too many pixels.
    """
    try:
        content = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ImageUndecodableError("it is not written in base64") from error
    return decode_image(content, max_pixels=MAX_IMAGE_PIXELS)
