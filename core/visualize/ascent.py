"""Making pictures that a network answers to: one step of gradient ascent for a whole batch.

The step is a pure function of a state, which can be stored and gone on from. Everything random
in it is drawn from the seed and the step's number, the same for every picture; so a picture
made alone and one made in company are the same up to the rounding of the network.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import tensorflow as tf
from jaxtyping import Float, Int

from core.models.rectifiers import rectified_by
from core.shapes import Images, Scores
from core.visualize.adam import AdamState, adam_step
from core.visualize.colour import COLOURS, Planes, coloured
from core.visualize.diversity import likeness
from core.visualize.objectives import Aim, Target, as_maps, target_scores
from core.visualize.parametrization import Parametrization
from core.visualize.placements import Wobble, drawn_placements
from core.visualize.priors import PRIORS
from core.visualize.redirected_rectifier import redirect
from core.visualize.resample import as_images, resampled
from core.visualize.transparency import on_ground, random_ground, transparency

Activate = Callable[[Images], Mapping[str, tf.Tensor]]
"""From pictures [n·B, H, W, 3] in 0..1 to what each layer of the aims makes of them."""


@dataclass(frozen=True)
class Ascent:
    """How a batch of pictures is made; what changes from batch to batch is no part of it."""

    parametrization: Parametrization
    decorrelate: bool
    wobble: Wobble
    surroundings: float | None
    """Grey beyond the pictures' edges, in 0..1; none to have them mirrored."""
    noise: float
    """Standard deviation of what is added to each view, in the range of colours."""
    aims: tuple[Aim, ...]
    """What is sought; an objective is a weighted sum of them."""
    priors: Mapping[str, float]
    """Weights by the names in `PRIORS`."""
    diversity: float
    """Weight of the likeness to the other pictures of the same objective."""
    style_layer: str
    """Whose maps tell how alike pictures are; only looked at if there is such a weight."""
    facets: int
    """Pictures of each objective, one after another."""

    @property
    def layers(self) -> tuple[str, ...]:
        """Names of the layers that have to be looked at."""
        styles = {self.style_layer} if self.diversity else set()
        return tuple(sorted({aim.layer for aim in self.aims} | styles))


@dataclass(frozen=True)
class Draw:
    """Where the random numbers of one step come from."""

    step: Int[tf.Tensor, ""]
    seed: Int[tf.Tensor, ""]


def ascent_step(
    ascent: Ascent,
    activate: Activate,
    state: AdamState,
    targets: Sequence[Target],
    *,
    draw: Draw,
    learning_rate: Float[tf.Tensor, ""],
    redirected: bool,
) -> tuple[AdamState, Scores]:
    """Change every picture of a batch so that its own objective rises.

    Args:
        ascent: how.
        activate: runs the network; it must call the network itself, and not a function of it
            that has been traced before, since rectifiers are exchanged while it does.
        state: the pictures' numbers, and what Adam remembers.
        targets: one for each of `ascent.aims`.
        draw: number of the step, and the seed.
        learning_rate: Adam's.
        redirected: whether shut rectifiers pass gradients, for a picture's first steps. It is
            no tensor: where a graph holds the network in two branches, TensorFlow joins fewer
            of its operations, and a step takes a seventh longer.

    Returns:
        The state after the step, and each picture's objective [B] before it, without priors.
        Costs one forward and one backward pass through the part of the network that is
        needed, for `views` times as many images as there are pictures.
    """
    through = redirecting(activate) if redirected else activate
    gradients, scores = loss_gradients(ascent, through, state.values, targets, draw)
    stepped = adam_step(state, gradients, step=draw.step, learning_rate=learning_rate)
    return stepped, scores


def redirecting(activate: Activate) -> Activate:
    """Run a network with redirected gradients through its rectifiers."""

    def activate_redirected(views: Images) -> Mapping[str, tf.Tensor]:
        with rectified_by(redirect):
            return activate(views)

    return activate_redirected


def loss_gradients(
    ascent: Ascent,
    activate: Activate,
    values: tf.Tensor,
    targets: Sequence[Target],
    draw: Draw,
) -> tuple[tf.Tensor, Scores]:
    """Differentiate what a batch is charged for, less its objectives, by its numbers.

    Returns:
        The gradients, and each picture's objective [B].
    """
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(values)
        planes = coloured(
            ascent.parametrization.buffers(values), decorrelate=ascent.decorrelate
        )
        activations = activate(seen(ascent, planes, draw))
        scores = objective_scores(ascent, activations, targets)
        gains = scores
        if planes.shape[-1] > COLOURS:
            gains = scores * transparency(planes)
        loss = tf.reduce_sum(charges(ascent, planes, activations) - gains)
    return tape.gradient(loss, values), scores


def pictures_of(ascent: Ascent, values: tf.Tensor) -> Float[tf.Tensor, "B H W C"]:
    """Draw the pictures that a state's numbers stand for: [B, H, W, C] in 0..1."""
    buffers = ascent.parametrization.buffers(values)
    return as_images(coloured(buffers, decorrelate=ascent.decorrelate))


def seen(ascent: Ascent, planes: Planes, draw: Draw) -> Float[tf.Tensor, "nB H W 3"]:
    """Show pictures [H, W, B, C] as the network sees them in one step: [n·B, H, W, 3]."""
    height, width = planes.shape[:2]
    if planes.shape[-1] > COLOURS:
        ground = random_ground(height, width, step=draw.step, seed=draw.seed)
        planes = on_ground(planes, ground)
    if ascent.wobble.is_still:
        views = as_images(planes)
    else:
        placements = drawn_placements(
            ascent.wobble, step=draw.step, seed=draw.seed, size=(height, width)
        )
        views = resampled(planes, placements, surroundings=ascent.surroundings)
    if not ascent.noise:
        return views
    noise = tf.random.stateless_normal(views.shape[1:], seed=tf.stack([draw.seed, draw.step]))
    return views + ascent.noise * noise


def objective_scores(
    ascent: Ascent, activations: Mapping[str, tf.Tensor], targets: Sequence[Target]
) -> Scores:
    """Add the aims up for each picture, and take the mean over its views: [B]."""
    views = ascent.wobble.views if not ascent.wobble.is_still else 1
    totals = [
        target_scores(aim, as_maps(activations[aim.layer]), repeated(target, views))
        for aim, target in zip(ascent.aims, targets, strict=True)
    ]
    return tf.reduce_mean(tf.reshape(tf.add_n(totals), (views, -1)), axis=0)


def repeated(target: Target, views: int) -> Target:
    """Give every view the target of its picture."""
    if views == 1:
        return target
    return Target(*(tf.concat([part] * views, axis=0) for part in target))


def charges(ascent: Ascent, planes: Planes, activations: Mapping[str, tf.Tensor]) -> Scores:
    """Add up what each picture is charged for by the priors and for its likeness: [B]."""
    total = tf.zeros(planes.shape[2])
    if ascent.priors:
        pictures = as_images(planes[..., :COLOURS])
        for name, weight in ascent.priors.items():
            total += weight * PRIORS[name](pictures)
    if ascent.diversity:
        maps = as_maps(activations[ascent.style_layer])
        total += ascent.diversity * likeness(maps[: planes.shape[2]], facets=ascent.facets)
    return total
