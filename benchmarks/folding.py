"""What it saves to compute batch normalizations folded into the convolutions before them."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.bare import bare_backward, bare_forward
from benchmarks.networks import load_mobilenet, load_resnet, photograph_pixels
from benchmarks.timing import milliseconds_within
from core.models.classifier import Classifier
from core.shapes import Pixels

BATCHES = (1, 8)
SECONDS = 8.0
"""For the runs of one batch size."""
KINDS = {"forward": bare_forward, "gradient": bare_backward}


@dataclass(frozen=True)
class Network:
    """A network by its name in the table."""

    name: str
    classifier: Classifier


def networks() -> Iterator[Network]:
    """Load the networks one after another."""
    yield Network("MobileNet 0.75", load_mobilenet())
    yield Network("MobileNet 0.75, bfloat16", load_mobilenet(precision="bfloat16"))
    yield Network("ResNet50V2", load_resnet())
    yield Network("ResNet50V2, bfloat16", load_resnet(precision="bfloat16"))


def folding_section() -> str:
    """Measure, and tabulate it."""
    rows = "\n".join(row_of(network) for network in networks())
    heads = " | ".join(f"{kind}, batch of {batch}" for batch in BATCHES for kind in KINDS)
    return f"""How many times as fast a network's bare passes are with its batch normalizations
folded into the convolutions before them, as the workers compute them, beside the network as
Keras computes it: the forward pass, and the same with the gradient by the image.

| network | folded | {heads} |
|---|---|{"---|" * len(KINDS) * len(BATCHES)}
{rows}"""


def row_of(network: Network) -> str:
    """Time one network in both ways, in turn."""
    pixels = photograph_pixels(network.classifier, count=max(BATCHES))
    gains = [
        f"{gain:.2f}"
        for batch in BATCHES
        for gain in gains_of(network.classifier, pixels[:batch])
    ]
    folded = len(network.classifier.folding.layers)
    return f"| {network.name} | {folded} | {' | '.join(gains)} |"


def gains_of(classifier: Classifier, pixels: Pixels) -> list[float]:
    """Give Keras' time of each kind of pass, divided by the folded one's."""
    runs = {
        f"{kind} {way}": bare(computed, pixels)
        for kind, bare in KINDS.items()
        for way, computed in (("keras", classifier.unfolded()), ("folded", classifier))
    }
    times = milliseconds_within(runs, seconds=SECONDS)
    return [times[f"{kind} keras"] / times[f"{kind} folded"] for kind in KINDS]
