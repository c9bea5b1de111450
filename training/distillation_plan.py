"""Every knob of distillation, in the one place where its default is."""

from dataclasses import dataclass, field

from training.mixing import MixingPlan


@dataclass(frozen=True)
class Stage:
    """Some epochs at one size of image."""

    size: tuple[int, int]
    """(height, width) to which the crops are resized."""
    epochs: int
    """Passes over the bank."""


@dataclass(frozen=True)
class DistillationPlan:
    """How a student is taught by the answers of its teacher."""

    stages: tuple[Stage, ...]
    """In order: small images first are cheap, the last are of the final size."""
    batch_images: int = 64
    """Crops of one step; even, since crops are blended in pairs."""
    learning_rate: float = 2e-3
    """Of AdamW at its height."""
    weight_decay: float = 0.03
    """Share of each kernel taken off per step and unit of rate."""
    warm_up_share: float = 0.04
    """Share of all steps in which the rate rises from zero; then it falls to zero."""
    gradient_norm: float = 1.0
    """To which longer gradients are shortened, all weights taken together."""
    temperature: float = 3.0
    """By which logits are divided, so that a sure teacher still says how sure."""
    feature_weight: float = 1.0
    """Of the squared distance of standardized features, beside the answers' divergence."""
    jitter_strength: float = 0.2
    """Of brightness, contrast and saturation."""
    mixing: MixingPlan = field(default_factory=MixingPlan)
    """How often, and how much, crops are blended."""
    average_decay: float = 0.999
    """Of the moving average of the weights, per step; the average is what is kept."""
    seed: int = 0
    """Of the first weights, the order of the crops, their colours and blends."""

    @property
    def epochs(self) -> int:
        """Passes over the bank in all stages."""
        return sum(stage.epochs for stage in self.stages)

    def size_in(self, epoch: int) -> tuple[int, int]:
        """Give the (height, width) of the images in an epoch, counted from 1."""
        passed = 0
        for stage in self.stages:
            passed += stage.epochs
            if epoch <= passed:
                return stage.size
        return self.stages[-1].size
