"""Every method against bare passes through the same graph, and against peers, in one run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import keras
import tensorflow as tf

from api_schemas.explanations import ExplanationOrder
from api_schemas.methods import METHODS
from benchmarks.bare import bare_backward, bare_forward
from benchmarks.counted_passes import CountedPasses
from benchmarks.kernel_plans import MANY_PASS, ONE_PASS, PLANS, WITH_A_BAR
from benchmarks.networks import load_mobilenet, load_resnet, photograph_pixels
from benchmarks.peers import CLASS, MAX_IMAGES, PEERS, Asked, peer_run
from benchmarks.timing import Run, milliseconds_within
from core.models.classifier import Classifier
from core.progress import untracked
from core.shapes import Pixels
from workers.kernels import compile_kernel

SECONDS_TOGETHER = 20.0
"""For all rounds of the methods of one pass, which are timed together with the bare passes."""
SECONDS_APART = 5.0
"""For all rounds of a method of many passes, with its bare pass and its peers."""
OURS = "ours"


@dataclass(frozen=True)
class Setting:
    """A network and a batch size, and what is timed there."""

    network: str
    classifier: Classifier
    batch: int
    many: Sequence[str] = MANY_PASS
    """Methods of many passes."""
    with_peers: Sequence[str] = tuple(PLANS)
    """Methods that peers are timed at too."""

    @property
    def title(self) -> str:
        """For the report."""
        return f"{self.network}, batch of {self.batch}"


@dataclass
class MethodTimes:
    """Of one method in one setting, in ms."""

    ours: float
    bare: float
    """The time that the bare passes take which the plan names."""
    peers: dict[str, float] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    """Peers that have the method but do not run, with the reason."""

    @property
    def of_bare(self) -> float:
        """Our time as a multiple of that of the bare passes."""
        return self.ours / self.bare


Times = dict[str, MethodTimes]
"""By method."""


def settings() -> Iterator[Setting]:
    """Give every network and batch size; a network is let go of before the next is loaded."""
    mobilenet = load_mobilenet()
    yield Setting("MobileNet 0.75", mobilenet, 1)
    yield Setting("MobileNet 0.75", mobilenet, 8, with_peers=(*ONE_PASS, *WITH_A_BAR))
    del mobilenet
    keras.backend.clear_session()
    resnet = load_resnet()
    yield Setting("ResNet50V2", resnet, 1, with_peers=(*ONE_PASS, *WITH_A_BAR))
    yield Setting("ResNet50V2", resnet, 8, many=WITH_A_BAR, with_peers=ONE_PASS)


def measure_kernels() -> dict[str, Times]:
    """Time all methods, ours and the peers', beside bare passes; by the settings' titles."""
    keras.utils.disable_interactive_logging()
    return {setting.title: measure_setting(setting) for setting in settings()}


def measure_setting(setting: Setting) -> Times:
    """Time the methods of one pass together, and then each of the others."""
    photographs = photograph_pixels(setting.classifier, count=MAX_IMAGES)
    asked = Asked(setting.classifier, photographs[: setting.batch])
    times = measure_together(setting, asked)
    for method in setting.many:
        times[method] = measure_many_pass(setting, asked, method, photographs)
    return times


def measure_together(setting: Setting, asked: Asked) -> Times:
    """Time the methods of one pass, their peers and the bare passes, in turn."""
    runs: dict[str, Run] = {
        "forward": bare_forward(asked.classifier.unfolded(), asked.pixels),
        "backward": bare_backward(asked.classifier.unfolded(), asked.pixels),
    }
    passes = CountedPasses(asked.classifier)
    failures: dict[str, dict[str, str]] = {}
    for method in ONE_PASS:
        runs[f"{OURS} {method}"] = our_run(passes, asked, method)
        peers, failures[method] = peers_of(setting, asked, method)
        runs |= {f"{peer} {method}": run for peer, run in peers.items()}
    taken = milliseconds_within(runs, seconds=SECONDS_TOGETHER)
    return {
        method: MethodTimes(
            ours=taken[f"{OURS} {method}"],
            bare=taken[PLANS[method].bare],
            peers={
                peer: taken[f"{peer} {method}"] for peer in PEERS if f"{peer} {method}" in taken
            },
            failures=failures[method],
        )
        for method in ONE_PASS
    }


def measure_many_pass(
    setting: Setting, asked: Asked, method: str, full_batch: Pixels
) -> MethodTimes:
    """Time a method of many passes in turn with its bare pass and its peers.

    Args:
        setting: what is timed.
        asked: the network and the images.
        method: its name.
        full_batch: as many images as go into one pass.
    """
    passes = CountedPasses(asked.classifier)
    ours = our_run(passes, asked, method)
    ours()
    peers, failures = peers_of(setting, asked, method)
    if PLANS[method].bare == "gradients":
        images = passes.images["gradients"] / setting.batch
        bare = bare_backward(asked.classifier.unfolded(), asked.pixels)
    else:
        images = passes.images["forward"] / len(full_batch)
        bare = bare_forward(asked.classifier.unfolded(), full_batch)
    taken = milliseconds_within({OURS: ours, "bare": bare} | peers, seconds=SECONDS_APART)
    return MethodTimes(
        ours=taken[OURS],
        bare=taken["bare"] * images,
        peers={peer: taken[peer] for peer in peers},
        failures=failures,
    )


def our_run(passes: CountedPasses, asked: Asked, method: str) -> Run:
    """Compile a method as the worker does."""
    described = METHODS[method]
    parameters = described.parameters.model_validate(PLANS[method].parameters)
    order = ExplanationOrder(
        model=asked.classifier.name,
        method=method,
        layer=asked.classifier.default_layer if described.uses_layer else None,
        parameters=parameters.model_dump(mode="json"),
    )
    explain = compile_kernel(passes, order, max_images=MAX_IMAGES)
    classes, nothing = tf.fill([asked.count], CLASS), tf.fill([asked.count], -1)
    return lambda: explain(asked.pixels, classes, nothing, untracked)


def peers_of(
    setting: Setting, asked: Asked, method: str
) -> tuple[dict[str, Run], dict[str, str]]:
    """Set up the peers that have a method and run; and say why the others do not run."""
    runs: dict[str, Run] = {}
    failures: dict[str, str] = {}
    if method not in setting.with_peers:
        return runs, failures
    for peer in PEERS:
        try:
            run = peer_run(peer, method, asked)
            if run is not None:
                run()
                runs[peer] = run
        except Exception as error:  # other people's code raises whatever it likes
            failures[peer] = f"{type(error).__name__}: {str(error).splitlines()[0][:100]}"
    return runs, failures
