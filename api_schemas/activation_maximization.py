"""The job kind `activation-maximization`: pictures of what units of a network look for."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from api_schemas.channels import ChannelRanges
from api_schemas.objectives import (
    MOST_OBJECTIVES,
    LayerName,
    Objective,
    RandomSubset,
    as_several,
)
from api_schemas.schema import Schema

ACTIVATION_MAXIMIZATION = "activation-maximization"
"""The job kind's name."""

ParametrizationName = Literal["fourier", "pixel", "maco"]

Transform = Literal["pad", "jitter", "scale", "rotate", "crop"]

STANDARD_TRANSFORMS: tuple[Transform, ...] = ("pad", "jitter", "scale", "rotate")
"""What `transforms: true` stands for, but for MaCo."""
MACO_TRANSFORMS: tuple[Transform, ...] = ("crop",)
"""What it stands for with MaCo."""

Weight = Annotated[float, Field(ge=0.0, le=1e6)]


def as_ranges(channels: object) -> object:
    """Write a list of channels as the words that stand for it."""
    if isinstance(channels, list | tuple) and all(type(number) is int for number in channels):
        return ",".join(map(str, channels))
    return channels


class ObjectiveOptions(Schema):
    """What the pictures are to show: one picture each, or `facets` of them."""

    objective: (
        Literal["channel", "neuron", "layer", "logit"]
        | Annotated[
            tuple[Objective, ...],
            Field(min_length=1, max_length=MOST_OBJECTIVES),
            BeforeValidator(as_several),
        ]
    ) = "channel"
    """What is sought. A word takes its layer, channels and classes from the fields below; an
    object, or a list of them, says it in full."""
    layer: LayerName | None = None
    """Layer whose units are meant, wherever an objective names none; by default the model's
    last layer with a spatial map."""
    channels: Annotated[RandomSubset | ChannelRanges, BeforeValidator(as_ranges)] = "random:9"
    """Which channels of the layer, for `channel` and `neuron`: a list of numbers, words such as
    `0-8` or `1,5,9`, or `random:9` for nine drawn by the seed."""
    classes: (
        RandomSubset
        | Annotated[tuple[int | str, ...], Field(min_length=1, max_length=MOST_OBJECTIVES)]
    ) = "random:6"
    """Which classes, for the objective `logit`: a list of indices and labels, or `random:6`."""
    row: Annotated[int, Field(ge=0)] | None = None
    """Of the position that a `neuron` stands at; by default the middle."""
    column: Annotated[int, Field(ge=0)] | None = None
    """Of the position that a `neuron` stands at; by default the middle."""
    negative: bool = False
    """Whether to show what the units are most against, where the objective is a word."""
    facets: Annotated[int, Field(ge=1, le=8)] = 1
    """Pictures of each objective. With several, `diversity` drives them apart."""
    diversity: Weight = 1.0
    """How much the pictures of one objective are charged for being alike in style, per pair;
    in units of the objective. Without effect on single pictures."""


class PictureOptions(ObjectiveOptions):
    """How the pictures are written and seen by the network."""

    size: Annotated[int, Field(ge=32, le=1024)] | None = None
    """Sides of the pictures in pixels; by default the size of the model's input."""
    parametrization: ParametrizationName = "fourier"
    """What is optimized: waves scaled by their frequency, pixels, or the phases alone of waves
    that are as strong as in photographs (MaCo)."""
    decorrelate: bool = True
    """Whether colours are optimized in directions in which natural colours are independent."""
    spectrum_decay: Annotated[float, Field(ge=0.0, le=2.0)] = 1.2
    """For `fourier`: how much more slow waves move than fast ones. 1 is lucid's; more makes
    calmer pictures of stronger colours."""
    alpha: bool = False
    """Whether the pictures may be transparent where nothing matters. They become RGBA."""
    transforms: bool | tuple[Transform, ...] = True
    """How the network sees the pictures in each step: shifted, scaled and turned at random
    amid grey (`pad`; without it the picture is mirrored at its edges). `crop` shows close-ups
    instead, for MaCo. `false` for the plain picture."""
    views: Annotated[int, Field(ge=1, le=32)] | None = None
    """Looks at every picture in one step, each of which costs a pass; by default 1, or 6 for
    MaCo."""
    jitter: Annotated[float, Field(ge=0.0, le=0.5)] = 0.125
    """Range of the shifts, as a part of the side; half as much again after turning."""
    scale_range: tuple[
        Annotated[float, Field(ge=0.25, le=4.0)], Annotated[float, Field(ge=0.25, le=4.0)]
    ] = (0.8, 1.25)
    """Smallest and largest magnification."""
    rotation_degrees: Annotated[int, Field(ge=0, le=180)] = 15
    """Largest turn, to either side; small turns are drawn more often."""
    crop_range: tuple[
        Annotated[float, Field(ge=0.05, le=1.0)], Annotated[float, Field(ge=0.05, le=1.0)]
    ] = (0.4, 1.0)
    """Smallest and largest part of the picture's side that a close-up shows."""
    noise: Annotated[float, Field(ge=0.0, le=1.0)] | None = None
    """Standard deviation of the noise that each look adds, in parts of the range from black to
    white; by default none, or 0.08 for MaCo."""


class PriorOptions(PictureOptions):
    """What pictures are charged for, in units of the objective; all are means over pixels."""

    total_variation: Weight = 0.0
    """Charge for the mean difference between neighbouring pixels, in 0..1."""
    l1: Weight = 0.0
    """Charge for the mean absolute difference from mid-grey, in 0..0.5."""
    l2: Weight = 0.0
    """Charge for the mean squared difference from mid-grey."""
    blur: Weight = 0.0
    """Charge for half the mean squared difference from the picture blurred."""
    frequency_penalty: Weight = 0.0
    """Charge for the energy of the waves, weighed by their squared frequency."""


class ActivationMaximizationParameters(PriorOptions):
    """Parameters of the job kind `activation-maximization`; every one has a default."""

    steps: Annotated[int, Field(ge=1, le=4096)] = 128
    """Steps of optimization for each picture."""
    learning_rate: Annotated[float, Field(gt=0.0, le=10.0)] = 0.05
    """Adam's: how far a number goes in one step."""
    redirected_steps: Annotated[int, Field(ge=0, le=4096)] = 16
    """First steps in which gradients pass rectifiers that are shut everywhere, so that units
    that answer to nothing yet light up."""
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    """Of everything that is drawn at random. The same seed makes the same pictures."""
    snapshots: Annotated[tuple[Annotated[int, Field(ge=0)], ...], Field(max_length=32)] = ()
    """After how many steps to keep the pictures as they are then; 0 is the first noise."""

    @model_validator(mode="after")
    def _check_ranges(self) -> "ActivationMaximizationParameters":
        """Refuse ranges that run backwards, and snapshots after the end."""
        for name in ("scale_range", "crop_range"):
            smallest, largest = getattr(self, name)
            if smallest > largest:
                raise ValueError(f"{name} runs backwards: {smallest} is above {largest}")
        late = [step for step in self.snapshots if step > self.steps]
        if late:
            raise ValueError(f"snapshots after {late} steps; there are {self.steps}")
        return self

    @property
    def chosen_transforms(self) -> tuple[Transform, ...]:
        """Transforms by name, `true` and `false` spelled out."""
        if isinstance(self.transforms, tuple):
            return self.transforms
        if not self.transforms:
            return ()
        return MACO_TRANSFORMS if self.parametrization == "maco" else STANDARD_TRANSFORMS

    @property
    def chosen_views(self) -> int:
        """Looks at every picture in one step, the default spelled out."""
        default = 6 if self.parametrization == "maco" else 1
        return default if self.views is None else self.views

    @property
    def chosen_noise(self) -> float:
        """Standard deviation of each look's noise, the default spelled out."""
        default = 0.08 if self.parametrization == "maco" else 0.0
        return default if self.noise is None else self.noise
