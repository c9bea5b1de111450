"""Feature visualization against the bare passes of the same truncated graph, and against peers.

All optimize channels of one late layer of ImageNet's MobileNet, in one run and in turn. Ours is
the step of the job kind with its defaults: waves, colours, a random view, redirected gradients,
Adam.
"""

import gc
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import keras
import psutil
import tensorflow as tf

from api_schemas.activation_maximization import ActivationMaximizationParameters
from benchmarks.networks import write_imagenet_network
from benchmarks.plain_run import PlainRun
from benchmarks.timing import interleaved_milliseconds
from benchmarks.visualization_peers import peer_steps
from core.models.classifier import Classifier
from core.models.load import load_classifier
from core.models.partial_pass import partial_pass
from core.visualize.adam import AdamState
from core.visualize.objectives import EVERYWHERE, Aim, Target
from workers.jobs.activation_maximization import activation_maximization
from workers.jobs.compiled_ascent import compiled_ascent
from workers.model_pool import HostedModel

LAYER = "conv_pw_13_bn"
CASES = ((1, 224), (8, 128), (16, 128))
"""Pictures in a batch, and their sides in pixels."""
ROUNDS = 15
"""Runs of ours and of the bare pass, in turn."""
PEER_ROUNDS = 3
"""Calls of each peer, with runs of ours before each."""
MEMORY_JOBS = 20
MEBIBYTE = 1 << 20

Run = Callable[[], object]


@dataclass(frozen=True)
class VisualizationTimes:
    """Median milliseconds of one step, for one batch and size."""

    pictures: int
    side: int
    bare: float
    """The bare forward and backward pass through the network up to the layer."""
    ours: float
    peers: dict[str, float]
    """By name."""


@dataclass(frozen=True)
class Visualization:
    """All that was measured of feature visualization."""

    times: tuple[VisualizationTimes, ...]
    memory_mebibytes: tuple[float, ...]
    """Resident after each of the jobs."""


def measure_visualization(*, rounds: int) -> Visualization:
    """Time steps for every case, and watch the memory over many jobs."""
    with tempfile.TemporaryDirectory() as scratch:
        model = HostedModel(
            load_classifier(write_imagenet_network(Path(scratch))), max_compiled_kernels=4
        )
        times = tuple(
            measure_case(model.classifier, pictures, side, rounds=rounds)
            for pictures, side in CASES
        )
        return Visualization(times, memory_over_jobs(model, Path(scratch)))


def measure_case(
    classifier: Classifier, pictures: int, side: int, *, rounds: int
) -> VisualizationTimes:
    """Time everything for one batch, in turn."""
    runs = {
        "bare": bare_run(classifier, pictures, side),
        "ours": our_run(classifier, pictures, side),
    }
    peers = peer_steps(resized(classifier.network, side), LAYER, pictures)
    ours_and_bare: dict[str, list[float]] = {name: [] for name in runs}
    of_peers: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(PEER_ROUNDS):
        times = interleaved_milliseconds(runs, rounds=rounds)
        for name, milliseconds in times.items():
            ours_and_bare[name].append(milliseconds)
        for name, seconds in peers.items():
            of_peers[name].append(seconds() * 1e3)
    return VisualizationTimes(
        pictures,
        side,
        bare=median(ours_and_bare["bare"]),
        ours=median(ours_and_bare["ours"]),
        peers={name: median(taken) for name, taken in of_peers.items()},
    )


def resized(network: keras.Model, side: int) -> keras.Model:
    """Build the same MobileNet for images of another size: the peers take no other."""
    built = keras.applications.MobileNet(input_shape=(side, side, 3), alpha=0.75, weights=None)
    built.set_weights(network.get_weights())
    return built


def bare_run(classifier: Classifier, pictures: int, side: int) -> Run:
    """Compile Keras' passes up to the layer, which no optimization can do without."""
    own = classifier.unfolded()
    images = tf.random.stateless_uniform((pictures, side, side, 3), (0, 1), -1.0, 1.0)

    def gradient(batch: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            tape.watch(batch)
            maps = partial_pass(own, batch, [LAYER])[LAYER]
            score = tf.reduce_sum(tf.reduce_mean(maps[..., 0], axis=(1, 2)))
        return tape.gradient(score, batch)

    compiled = tf.function(gradient, autograph=False)
    return lambda: compiled(images)


def our_run(classifier: Classifier, pictures: int, side: int) -> Run:
    """Compile a step as the job does, with the job's defaults; it goes on from call to call."""
    parameters = ActivationMaximizationParameters()
    aims = (Aim("direction", LAYER),)
    ascent = compiled_ascent(classifier, parameters, aims=aims, height=side, width=side)
    values = tf.constant(ascent.initial_values(pictures, seed=0, facets=1))
    channels = int(classifier.layers[LAYER].output_shape[-1] or 0)
    target = Target(
        tf.ones(pictures),
        tf.one_hot(range(pictures), channels),
        tf.fill((pictures, 2), EVERYWHERE),
    )
    states = [AdamState(values, tf.zeros_like(values), tf.zeros_like(values))]
    # Behind the few steps with redirected gradients, which are a graph of their own.
    taken = [parameters.redirected_steps]

    def step() -> tf.Tensor:
        state, scores = ascent.step(
            states[0],
            (target,),
            number=taken[0],
            seed=0,
            learning_rate=parameters.learning_rate,
        )
        states[0], taken[0] = state, taken[0] + 1
        return scores.numpy()

    return step


def memory_over_jobs(model: HostedModel, scratch: Path) -> tuple[float, ...]:
    """Run small jobs one after another, each at other layers and sizes; MiB after each."""
    layers = [name for name in model.classifier.layers if name.endswith("_relu")]
    resident = []
    for number in range(MEMORY_JOBS):
        parameters = ActivationMaximizationParameters(
            layer=layers[number % 8], channels="random:4", size=64 + 32 * (number % 3), steps=8
        )
        activation_maximization(parameters, model, PlainRun(scratch, f"job-{number}"))
        gc.collect()
        resident.append(float(psutil.Process().memory_info().rss) / MEBIBYTE)
    return tuple(resident)


def visualization_section() -> str:
    """Measure, and tabulate what feature visualization costs."""
    measured = measure_visualization(rounds=ROUNDS)
    rows = "\n".join(rows_of(measured.times))
    memory = measured.memory_mebibytes
    half = len(memory) // 2
    return f"""One step for a batch of pictures, each of another channel of `{LAYER}`, with the
defaults of `activation-maximization`. Bare is the forward and backward pass through the same
part of the network, as Keras computes it. The peers optimize with their defaults, at the same
size; of their calls only the steps count, not the setting up.

| pictures | side | who | steps/s | ratio |
|---|---|---|---|---|
{rows}

Over {len(memory)} jobs at different layers and sizes, each compiled anew, the process went from
{memory[0]:.0f} MiB after the first to {memory[half]:.0f} MiB after job {half + 1} and
{memory[-1]:.0f} MiB after the last."""


def rows_of(times: Sequence[VisualizationTimes]) -> list[str]:
    """Write the rows of the table."""
    rows = []
    for case in times:
        start = f"| {case.pictures} | {case.side} "
        rows.append(f"{start}| bare | {1e3 / case.bare:.1f} | |")
        share = case.bare / case.ours
        rows.append(f"{start}| ours | {1e3 / case.ours:.1f} | {share:.2f} × bare |")
        rows += [
            f"{start}| {peer} | {1e3 / step:.1f} | ours is {step / case.ours:.1f} × as fast |"
            for peer, step in case.peers.items()
        ]
    return rows
