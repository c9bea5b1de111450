"""One step of gradient ascent for a whole batch of pictures.

The step is a pure function of a state, which can be stored and gone on from. Everything random
in it is drawn from the seed and the step's number, the same for every picture; so a picture
made alone and one made in company are the same up to the rounding of the network.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import tensorflow as tf
from jaxtyping import Float

from core.models.rectifiers import rectified_by
from core.shapes import Images, Scores
from core.visualize.adam import AdamState
from core.visualize.ascent import Activate, Ascent, Draw
from core.visualize.colour import COLOURS, Planes
from core.visualize.diversity import likeness
from core.visualize.objectives import Target, as_maps, target_scores
from core.visualize.picture_side import LookedAt, picture_side
from core.visualize.priors import PRIORS
from core.visualize.redirected_rectifier import redirect
from core.visualize.resample import as_images
from core.visualize.transparency import transparency

Seen = Float[tf.Tensor, "nB H W 3"]
"""n views of B pictures, as the network is shown them."""


class Judgement(NamedTuple):
    """What a network makes of views, and which way is up."""

    scores: Scores
    """Each picture's objective, without priors."""
    gradients: LookedAt
    """Of the loss by the views, and by the pictures other than by way of their views."""


class AscentStep:
    """Changes every picture of a batch so that its own objective rises, in compiled parts.

    The network's part is compiled for one ascent; see `core.visualize.picture_side` for why the
    others are not in its graph.
    """

    def __init__(self, ascent: Ascent, activate: Activate) -> None:
        """Put a step together; its parts are traced when they are first called.

        Args:
            ascent: how.
            activate: runs the network; it must call the network itself, and not a function of
                it that has been traced before, since rectifiers are exchanged while it does.
        """
        self._side = picture_side(ascent)
        # Where one graph holds the network in two branches, TensorFlow joins fewer of its
        # operations, and a step takes a seventh longer.
        self._judging = {
            redirected: tf.function(
                partial(judged, ascent, redirecting(activate) if redirected else activate),
                autograph=False,
            )
            for redirected in (False, True)
        }

    def __call__(
        self,
        state: AdamState,
        targets: Sequence[Target],
        *,
        draw: Draw,
        learning_rate: Float[tf.Tensor, ""],
        redirected: bool,
    ) -> tuple[AdamState, Scores]:
        """Take a step.

        Args:
            state: the pictures' numbers, and what Adam remembers.
            targets: one for each of the ascent's aims.
            draw: number of the step, and the seed.
            learning_rate: Adam's.
            redirected: whether shut rectifiers pass gradients, for a picture's first steps.

        Returns:
            The state after the step, and each picture's objective [B] before it, without
            priors. Costs one forward and one backward pass through the part of the network
            that is needed, for `views` times as many images as there are pictures.
        """
        looked = self._side.look(state.values, draw)
        judgement = self._judging[redirected](looked.at, targets, draw)
        stepped = self._side.learn(state, looked, judgement.gradients, draw, learning_rate)
        return stepped, judgement.scores

    def trace_counts(self) -> tuple[int, int]:
        """Count how often the network was traced: usually, and with redirected gradients."""
        usual, redirected = (self._judging[kind] for kind in (False, True))
        return (
            usual.experimental_get_tracing_count(),
            redirected.experimental_get_tracing_count(),
        )


def redirecting(activate: Activate) -> Activate:
    """Run a network with redirected gradients through its rectifiers."""

    def activate_redirected(views: Images) -> Mapping[str, tf.Tensor]:
        with rectified_by(redirect):
            return activate(views)

    return activate_redirected


def judged(
    ascent: Ascent,
    activate: Activate,
    looked_at: LookedAt,
    targets: Sequence[Target],
    draw: Draw,
) -> Judgement:
    """Differentiate what a batch is charged for, less its objectives, by what is seen of it.

    Args:
        ascent: how.
        activate: runs the network.
        looked_at: views, without noise, and the pictures where they are charged.
        targets: one for each of the ascent's aims.
        draw: number of the step, and the seed.
    """
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(looked_at)
        views, *planes = looked_at
        activations = activate(noisy(views, deviation=ascent.noise, draw=draw))
        scores = objective_scores(ascent, activations, targets)
        loss = tf.reduce_sum(losses(ascent, scores, activations, *planes))
    return Judgement(scores, tape.gradient(loss, looked_at))


def noisy(views: Seen, *, deviation: float, draw: Draw) -> Seen:
    """Add noise to views, another for every step; the same for every picture of the batch."""
    if not deviation:
        return views
    noise = tf.random.stateless_normal(views.shape[1:], seed=tf.stack([draw.seed, draw.step]))
    return views + deviation * noise


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


def losses(
    ascent: Ascent,
    scores: Scores,
    activations: Mapping[str, tf.Tensor],
    planes: Planes | None = None,
) -> Scores:
    """Charge each picture by the priors and for its likeness, less what it is to rise: [B]."""
    gains, charged = scores, tf.zeros_like(scores)
    if planes is not None:
        if planes.shape[-1] > COLOURS:
            gains = scores * transparency(planes)
        pictures = as_images(planes[..., :COLOURS])
        for name, weight in ascent.priors.items():
            charged += weight * PRIORS[name](pictures)
    if ascent.diversity:
        maps = as_maps(activations[ascent.style_layer])
        charged += ascent.diversity * likeness(maps[: scores.shape[0]], facets=ascent.facets)
    return charged - gains
