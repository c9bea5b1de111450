"""What a picture can be optimized for, said in full."""

from typing import Annotated, Literal

from pydantic import Field

from api_schemas.schema import Schema

MOST_OBJECTIVES = 512
"""In one job."""
LONGEST_VECTOR = 16_384
MOST_TERMS = 16

LayerName = Annotated[str, Field(min_length=1, max_length=300)]

RandomSubset = Annotated[str, Field(pattern=r"^random:[1-9][0-9]{0,2}$")]
"""Such as `random:9`."""

ImageText = Annotated[str, Field(min_length=1, max_length=28_000_000)]
"""An image file, base64."""

Row = Annotated[int, Field(ge=0)]


class OfLayer(Schema):
    """What every objective but a logit says."""

    layer: LayerName | None = None
    """By default the job's own layer."""
    negative: bool = False
    """Whether to seek the opposite."""


class ChannelObjective(OfLayer):
    """The mean of one channel over all positions."""

    kind: Literal["channel"] = "channel"
    """Tells this kind of objective from the others."""
    channel: Annotated[int, Field(ge=0)]
    """Index of the channel."""


class NeuronObjective(OfLayer):
    """One channel at one position."""

    kind: Literal["neuron"] = "neuron"
    """Tells this kind of objective from the others."""
    channel: Annotated[int, Field(ge=0)]
    """Index of the channel."""
    row: Row | None = None
    """Of the position, from the top; by default the middle."""
    column: Row | None = None
    """Of the position, from the left; by default the middle."""


class LayerObjective(OfLayer):
    """Whatever the layer answers to, as DeepDream shows it: the mean square of all channels."""

    kind: Literal["layer"] = "layer"
    """Tells this kind of objective from the others."""


class LogitObjective(Schema):
    """The score of a class, before the softmax."""

    kind: Literal["logit"] = "logit"
    """Tells this kind of objective from the others."""
    target: int | str
    """Index or label of the class."""
    negative: bool = False
    """Whether to seek the opposite."""


class DirectionObjective(OfLayer):
    """A direction in the space of a layer's channels."""

    kind: Literal["direction"] = "direction"
    """Tells this kind of objective from the others."""
    vector: Annotated[tuple[float, ...], Field(min_length=1, max_length=LONGEST_VECTOR)]
    """One number for each channel of the layer."""
    cosine_power: Annotated[float, Field(ge=0.0, le=16.0)] = 2.0
    """How much the angle counts beside the length; 0 for the dot product alone."""
    row: Row | None = None
    """Of the position, from the top; without one, the mean over all positions."""
    column: Row | None = None
    """Of the position, from the left; without one, the mean over all positions."""


class CaricatureObjective(OfLayer):
    """What the layer sees in an image, exaggerated."""

    kind: Literal["caricature"] = "caricature"
    """Tells this kind of objective from the others."""
    image: ImageText
    """Base64 of an image file."""
    cosine_power: Annotated[float, Field(ge=0.0, le=16.0)] = 0.0
    """How much the angle counts beside the length."""


class InversionObjective(Schema):
    """What the layer still knows of an image: a picture with the same activations."""

    kind: Literal["inversion"] = "inversion"
    """Tells this kind of objective from the others."""
    layer: LayerName | None = None
    """By default the job's own layer."""
    image: ImageText
    """Base64 of an image file."""


PlainObjective = Annotated[
    ChannelObjective
    | NeuronObjective
    | LayerObjective
    | LogitObjective
    | DirectionObjective
    | CaricatureObjective
    | InversionObjective,
    Field(discriminator="kind"),
]


class WeightedObjective(Schema):
    """One term of a sum."""

    weight: float = 1.0
    """Negative to subtract."""
    of: PlainObjective
    """What is weighed."""


class SumObjective(Schema):
    """Several things at once: a weighted sum, or a difference."""

    kind: Literal["sum"] = "sum"
    """Tells this kind of objective from the others."""
    terms: Annotated[tuple[WeightedObjective, ...], Field(min_length=1, max_length=MOST_TERMS)]
    """What is added up."""


Objective = Annotated[PlainObjective | SumObjective, Field(discriminator="kind")]


def as_several(objective: object) -> object:
    """Let one objective stand for a list of one."""
    return [objective] if isinstance(objective, dict | Schema) else objective
