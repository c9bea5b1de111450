"""The report's section on the methods' speed: tables, and which of the bars are met."""

from collections.abc import Callable, Mapping
from functools import partial

from benchmarks.kernel_plans import GRADIENTS, PLANS
from benchmarks.kernels import MethodTimes, Times, measure_kernels
from benchmarks.peers import PEERS

MOST_OF_BARE = 1.15
"""Times the bare passes."""
LEAST_IMAGES_A_SECOND = 0.85
"""Of the bare batched forward pass."""
LEAD = 8.0
KERAS_VIS = "tf-keras-vis"
ABSENT = "-"


def kernels_section() -> str:
    """Measure, and write the section."""
    measured = measure_kernels()
    tables = "\n\n".join(
        f"### {title}\n\n{setting_table(times)}" for title, times in measured.items()
    )
    return f"""`×` is a multiple of what the bare passes take of the network as Keras computes
it, not folded as ours are, in the same rounds: of a forward pass, of a forward pass with the
gradient by the image, or of as many such gradients as the method computes. Methods that only
score variants are told by their images a second, as a part of those of the bare forward pass in
batches of 16; Ablation-CAM's passes begin at the layer. A peer's number is its time divided by
ours; {ABSENT} where it has no such method or was not timed. Methods of many passes are timed
with few: {GRADIENTS} gradients, or some 30 variants, of each image; ResNet50V2 has random
weights. Rounds are 3 to 15, as many as fit into 20 s for the methods of one pass together, and
into 5 s for each of the others. What misses its bar is in bold.

{bars_table(measured)}

{tables}"""


def setting_table(times: Times) -> str:
    """Tabulate one network and batch size."""
    head = f"| method | ms | beside the bare passes | {' | '.join(PEERS)} |\n|---|---|---|"
    rows = [head + "---|" * len(PEERS)]
    for method, own in times.items():
        peers = " | ".join(peer_cell(own, peer) for peer in PEERS)
        rows.append(f"| {method} | {own.ours:.1f} | {bare_cell(method, own)} | {peers} |")
    failures = [
        f"{peer} does not run {method}: {reason}."
        for method, own in times.items()
        for peer, reason in own.failures.items()
    ]
    return "\n".join(rows) + ("\n\n" + " ".join(failures) if failures else "")


def bare_cell(method: str, times: MethodTimes) -> str:
    """Tell a method's time by that of the bare passes."""
    match PLANS[method].bare:
        case "images":
            return f"{1 / times.of_bare:.2f} of its images/s"
        case "gradients":
            return f"{times.of_bare:.2f} × its gradients"
        case bare:
            return f"{times.of_bare:.2f} × {bare}"


def peer_cell(times: MethodTimes, peer: str) -> str:
    """Tell a peer's time by ours."""
    if peer in times.failures:
        return "fails"
    return f"{times.peers[peer] / times.ours:.1f}" if peer in times.peers else ABSENT


def bars_table(measured: Mapping[str, Times]) -> str:
    """Say of every bar what was reached in each setting."""
    rows: dict[str, Callable[[Times], str]] = {
        f"gradcam, at most {MOST_OF_BARE} × forward": partial(multiple_of_bare, "gradcam"),
        f"saliency, at most {MOST_OF_BARE} × backward": partial(multiple_of_bare, "saliency"),
        f"integrated-gradients, at most {MOST_OF_BARE} × its gradients": partial(
            multiple_of_bare, "integrated-gradients"
        ),
        f"smoothgrad, at most {MOST_OF_BARE} × its gradients": partial(
            multiple_of_bare, "smoothgrad"
        ),
        f"rise, at least {LEAST_IMAGES_A_SECOND} of the images/s": part_of_images_a_second,
        f"gradcam, at least {LEAD:g} × as fast as tf-keras-vis": lead_over_keras_vis,
        "… the most that the bare forward pass allows": bound_of_the_lead,
    }
    head = f"| bar | {' | '.join(measured)} |\n|---|{'---|' * len(measured)}"
    lines = [
        f"| {bar} | {' | '.join(reached(times) for times in measured.values())} |"
        for bar, reached in rows.items()
    ]
    return "\n".join([head, *lines])


def multiple_of_bare(method: str, times: Times) -> str:
    """Give our time as a multiple of the bare passes'; in bold where the bar is missed."""
    multiple = times[method].of_bare
    return marked(f"{multiple:.2f}", is_met=multiple <= MOST_OF_BARE)


def part_of_images_a_second(times: Times) -> str:
    """Give RISE's images a second as a part of the bare forward pass'."""
    part = 1 / times["rise"].of_bare
    return marked(f"{part:.2f}", is_met=part >= LEAST_IMAGES_A_SECOND)


def lead_over_keras_vis(times: Times) -> str:
    """Give tf-keras-vis' time for Grad-CAM as a multiple of ours."""
    if KERAS_VIS not in times["gradcam"].peers:
        return ABSENT
    lead = times["gradcam"].peers[KERAS_VIS] / times["gradcam"].ours
    return marked(f"{lead:.1f}", is_met=lead >= LEAD)


def bound_of_the_lead(times: Times) -> str:
    """Give that time as a multiple of the forward pass, which no Grad-CAM can do without."""
    if KERAS_VIS not in times["gradcam"].peers:
        return ABSENT
    return f"{times['gradcam'].peers[KERAS_VIS] / times['gradcam'].bare:.1f}"


def marked(number: str, *, is_met: bool) -> str:
    """Set what misses its bar in bold."""
    return number if is_met else f"**{number}**"
