"""How a run went, epoch by epoch, in numbers and as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class CurvePoint:
    """What was measured after one epoch."""

    epoch: int
    """Counted from 1; 0 is the head alone, before the whole network moved."""
    loss: float
    """Mean over the epoch of what was minimized, on varied images."""
    held_out_cross_entropy: float
    """On whole images that nothing was learned from, in nats."""
    held_out_accuracy: float
    """Share of the held-out images that are classified right."""

    def as_line(self) -> str:
        """Say it in one line for a log."""
        return (
            f"epoch {self.epoch}: loss {self.loss:.4f}, "
            f"held-out accuracy {self.held_out_accuracy:.4f}, "
            f"cross-entropy {self.held_out_cross_entropy:.4f}"
        )


def draw_learning_curve(points: Sequence[CurvePoint], path: Path) -> None:
    """Draw loss and held-out accuracy over the epochs into a PNG file."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    epochs = [point.epoch for point in points]
    figure = Figure(figsize=(8, 3.5), layout="constrained")
    losses, accuracy = figure.subplots(1, 2)
    losses.plot(epochs, [point.loss for point in points], label="learned from")
    losses.plot(epochs, [point.held_out_cross_entropy for point in points], label="held out")
    losses.set(title="Loss", xlabel="epoch", yscale="log")
    losses.legend()
    accuracy.plot(epochs, [point.held_out_accuracy for point in points], color="C1")
    accuracy.set(title="Accuracy, held out", xlabel="epoch")
    for axes in (losses, accuracy):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(alpha=0.3)
    figure.savefig(path, format="png")
