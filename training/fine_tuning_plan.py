"""Every knob of fine-tuning, in the one place where its default is."""

import dataclasses
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from training.backbones import BackboneChoice
from training.heads import HeadPlan
from training.pixels import CropRange

Measure = Literal["cross-entropy", "accuracy"]
"""What epochs are compared by; of equal accuracies, by cross-entropy after all."""

WIDEST_ASPECT = 1.33
"""Of crops, relative to the photograph."""


@dataclass(frozen=True)
class FineTuningPlan:
    """How a network is taught classes of one's own."""

    backbone: BackboneChoice
    """Which network to start from."""
    epochs: int = 10
    """Passes over the images with the whole network."""
    batch_images: int = 32
    """Images of one step."""
    learning_rate: float = 3e-5
    """Of Adam at its height; low, so that what ImageNet taught is bent and not broken."""
    warm_up_share: float = 0.05
    """Share of all steps in which the rate rises from zero; then it falls to zero."""
    patience_epochs: int = 4
    """Epochs that bring nothing better after which to stop."""
    keep_by: Measure = "cross-entropy"
    """By what the best epoch is found; accuracy of few images is coarse, but what counts."""
    crops: CropRange = field(
        default_factory=lambda: CropRange(smallest_area=0.5, widest_aspect=WIDEST_ASPECT)
    )
    """What part of a photograph a step may see."""
    jitter_strength: float = 0.3
    """Of brightness, contrast and saturation; 0 leaves colours alone."""
    head: HeadPlan = field(default_factory=HeadPlan)
    """What comes before the whole network moves."""
    averaging: float = 0.0
    """Momentum of the running mean of the weights that is judged and kept in their place, below
    1; 0 for the weights themselves."""
    hosted_size: tuple[int, int] | None = None
    """(height, width) of the input that the network is judged and hosted at; none for that of
    the backbone, at which it learns."""
    mixed_precision: bool = False
    """Compute in bfloat16; weights and results stay float32."""
    seed: int = 0
    """Of the head's first weights, the order of the images, their crops and colours."""

    @property
    def hosted_backbone(self) -> BackboneChoice:
        """The backbone at the size that it is judged and hosted at."""
        return replace(self.backbone, size=self.hosted_size or self.backbone.size)

    def as_json(self) -> dict[str, Any]:
        """Turn into what JSON can hold; of a file of weights only its name is kept."""
        plain = dataclasses.asdict(self)
        plain["backbone"]["weights"] = Path(self.backbone.weights).name
        return plain
