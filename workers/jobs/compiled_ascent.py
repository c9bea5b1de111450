"""The ascent of one kind of batch, compiled: what differs between two batches is its input."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import tensorflow as tf

from api_schemas.activation_maximization import ActivationMaximizationParameters
from core.models.classifier import Classifier
from core.models.partial_pass import LOGITS, partial_pass
from core.visualize.adam import AdamState
from core.visualize.ascent import Ascent, Draw, pictures_of
from core.visualize.ascent_step import AscentStep
from core.visualize.fourier import fourier
from core.visualize.maco import maco
from core.visualize.objectives import Aim, Target
from core.visualize.parametrization import Parametrization
from core.visualize.pixel import pixel
from core.visualize.placements import Wobble
from core.visualize.priors import PRIORS
from workers.first_calls import first_call_aside

INITIAL_DEVIATION = 0.01
"""Of the noise that a picture begins as; lucid's."""
GREY = 0.5
"""Around the pictures, in 0..1."""
MAGNIFICATIONS = 19
"""Drawn from, evenly spaced over their range."""
WHITE = 255.0
COLOURS, COLOURS_AND_OPACITY = 3, 4

Step = Callable[..., tuple[AdamState, tf.Tensor]]
"""From a state, the targets, where random numbers come from and the learning rate to the state
after it, and the objectives [B] before it; compiled."""


@dataclass(frozen=True)
class CompiledAscent:
    """One kind of batch: fixed size, number of pictures, and kinds of things sought."""

    ascent: Ascent
    redirected_steps: int
    """First steps in which shut rectifiers pass gradients."""
    usual_step: Step
    redirected_step: Step
    """With redirected gradients."""
    pictures: Callable[[tf.Tensor], tf.Tensor]
    """Compiled: from a state's numbers to pictures [B, H, W, C]."""
    trace_counts: Callable[[], tuple[int, int]]
    """How often the network has been traced for the two: once, whatever is optimized."""

    def step(
        self,
        state: AdamState,
        targets: Sequence[Target],
        *,
        number: int,
        seed: int,
        learning_rate: float,
    ) -> tuple[AdamState, tf.Tensor]:
        """Take a step, numbered from 0; gives the state after it, the objectives [B] before."""
        step = self.redirected_step if number < self.redirected_steps else self.usual_step
        return step(
            state,
            targets,
            draw=Draw(tf.constant(number), tf.constant(seed)),
            learning_rate=tf.constant(learning_rate),
        )

    def initial_values(self, count: int, *, seed: int, facets: int) -> np.ndarray:
        """Draw the noise that pictures begin as: the same for every objective."""
        draws = [
            self.ascent.parametrization.initial(np.random.default_rng((seed, facet)))
            for facet in range(facets)
        ]
        return np.stack(draws * (count // facets))


def compiled_ascent(
    classifier: Classifier,
    parameters: ActivationMaximizationParameters,
    *,
    aims: tuple[Aim, ...],
    height: int,
    width: int,
) -> CompiledAscent:
    """Put together and compile what a batch needs; it is traced when it is first run."""
    style_layer = aims[0].layer if aims[0].layer != LOGITS else classifier.default_layer
    ascent = ascent_of(
        parameters, aims=aims, style_layer=style_layer, height=height, width=width
    )

    def activate(pictures: tf.Tensor) -> dict[str, tf.Tensor]:
        images = classifier.preprocess(pictures * WHITE)
        return partial_pass(classifier, images, ascent.layers)

    step = AscentStep(ascent, activate)
    return CompiledAscent(
        ascent,
        redirected_steps=parameters.redirected_steps,
        usual_step=first_call_aside(partial(step, redirected=False)),
        redirected_step=first_call_aside(partial(step, redirected=True)),
        pictures=first_call_aside(tf.function(partial(pictures_of, ascent), autograph=False)),
        trace_counts=step.trace_counts,
    )


def ascent_of(
    parameters: ActivationMaximizationParameters,
    *,
    aims: tuple[Aim, ...],
    style_layer: str,
    height: int,
    width: int,
) -> Ascent:
    """Translate a job's parameters into the kernel's."""
    weights = {name: getattr(parameters, name) for name in PRIORS}
    return Ascent(
        parametrization=parametrization_of(parameters, height=height, width=width),
        decorrelate=parameters.decorrelate,
        wobble=wobble_of(parameters, side=min(height, width)),
        surroundings=GREY if "pad" in parameters.chosen_transforms else None,
        noise=parameters.chosen_noise,
        aims=aims,
        priors={name: weight for name, weight in weights.items() if weight},
        diversity=parameters.diversity if parameters.facets > 1 else 0.0,
        style_layer=style_layer,
        facets=parameters.facets,
    )


def parametrization_of(
    parameters: ActivationMaximizationParameters, *, height: int, width: int
) -> Parametrization:
    """Choose how the pictures are written."""
    channels = COLOURS_AND_OPACITY if parameters.alpha else COLOURS
    match parameters.parametrization:
        case "pixel":
            return pixel(height, width, channels, deviation=INITIAL_DEVIATION)
        case "maco":
            return maco(height, width, channels, decorrelate=parameters.decorrelate)
    return fourier(
        height,
        width,
        channels,
        deviation=INITIAL_DEVIATION,
        decay=parameters.spectrum_decay,
    )


def wobble_of(parameters: ActivationMaximizationParameters, *, side: int) -> Wobble:
    """Spell out the transforms for pictures of a size."""
    chosen = parameters.chosen_transforms
    before = 2 * round(parameters.jitter * side / 2)
    after = 2 * round(parameters.jitter * side / 4)
    largest = parameters.rotation_degrees
    angles = [*range(-largest, largest + 1), *range(-(largest // 3), largest // 3 + 1)]
    smallest_scale, largest_scale = parameters.scale_range
    scales = np.linspace(smallest_scale, largest_scale, MAGNIFICATIONS)
    return Wobble(
        views=parameters.chosen_views,
        jitter_pixels=(before, after) if "jitter" in chosen else (),
        scales=tuple(scales.tolist()) if "scale" in chosen else (),
        angles_degrees=tuple(map(float, angles)) if "rotate" in chosen else (),
        crop=parameters.crop_range if "crop" in chosen else None,
    )


def compiled_key(
    parameters: ActivationMaximizationParameters,
    *,
    aims: tuple[Aim, ...],
    size: tuple[int, int],
    count: int,
) -> str:
    """Name all that a compiled ascent depends on; what may differ is its input."""
    inputs = {"objective", "layer", "channels", "classes", "row", "column", "negative"}
    inputs |= {"steps", "learning_rate", "seed", "snapshots", "size"}
    how = parameters.model_dump_json(exclude=inputs)
    return f"activation-maximization {aims!r} {size} {count} {how}"
