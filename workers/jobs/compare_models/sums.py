"""What two models make of the same images, added up shard by shard."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Float, Int

from core.compare.agreement import map_agreement, map_cosines, prediction_agreement
from core.compare.cka import LEAST_IMAGES, LayerSimilarity
from core.compare.shared_labels import matched_folders, shared_labels
from workers.jobs.compare_models.showing import SHARD_IMAGES
from workers.jobs.compare_models.shown_files import AboutShown, ShownShard

NO_CLASS = -1


@dataclass(frozen=True)
class ComparedShard:
    """What is known of each image of a shard that both models were shown."""

    images: Int[np.ndarray, " n"]
    first_classes: Int[np.ndarray, " n"]
    """Top-1 class of the first model."""
    first_probabilities: Float[np.ndarray, " n"]
    second_classes: Int[np.ndarray, " n"]
    second_probabilities: Float[np.ndarray, " n"]
    same_label: Bool[np.ndarray, " n"]
    divergences: Float[np.ndarray, " n"]
    """Not a number where the models share a single class."""
    correlations: Float[np.ndarray, " n"]
    """Of the maps' ranks; not a number where a map tells no places apart."""
    cosines: Float[np.ndarray, " n"]
    """Of the maps; not a number where a map tells no places apart."""


@dataclass(frozen=True)
class SharedClasses:
    """Classes of two models that are called the same."""

    first: Int[np.ndarray, " s"]
    second: Int[np.ndarray, " s"]
    partners: dict[int, int]
    """From a class of the first model to that of the second."""

    @classmethod
    def of(cls, first: Sequence[str], second: Sequence[str]) -> "SharedClasses":
        """Pair the classes of two models."""
        pairs = shared_labels(first, second)
        return cls(
            np.array([pair[0] for pair in pairs], np.int64),
            np.array([pair[1] for pair in pairs], np.int64),
            dict(pairs),
        )


def compared_shard(
    first: ShownShard, second: ShownShard, shared: SharedClasses
) -> ComparedShard:
    """Compare what two models make of the same images.

    Args:
        first: what the first model makes of them.
        second: the same of the second, for the same images.
        shared: their classes.
    """
    first_classes = first.probabilities.argmax(axis=1)
    second_classes = second.probabilities.argmax(axis=1)
    partners = [shared.partners.get(int(index), NO_CLASS) for index in first_classes]
    correlations, cosines = map_likeness(first.maps, second.maps)
    return ComparedShard(
        images=first.images,
        first_classes=first_classes,
        first_probabilities=first.probabilities.max(axis=1, initial=0.0),
        second_classes=second_classes,
        second_probabilities=second.probabilities.max(axis=1, initial=0.0),
        same_label=np.array(partners, np.int64) == second_classes,
        divergences=divergences(
            first.probabilities[:, shared.first], second.probabilities[:, shared.second]
        ),
        correlations=correlations,
        cosines=cosines,
    )


def divergences(
    first: Float[np.ndarray, "n s"], second: Float[np.ndarray, "n s"]
) -> Float[np.ndarray, " n"]:
    """Give the divergence of the shared classes' probabilities, brought to a sum of 1.

    Returns:
        [n] in bits; not a number where there is a single class, or all are impossible.
    """
    if first.shape[1] < 2:  # noqa: PLR2004 - of one class there is nothing to compare
        return np.full(len(first), np.nan)
    one, other = (
        np.divide(values, sums, out=np.full(values.shape, np.nan), where=sums > 0)
        for values in (first.astype(np.float64), second.astype(np.float64))
        for sums in [values.sum(axis=1, keepdims=True)]
    )
    known = np.isfinite(one).all(axis=1) & np.isfinite(other).all(axis=1)
    found = np.full(len(first), np.nan)
    found[known] = prediction_agreement(one[known], other[known]).divergence
    return found


def map_likeness(
    first: Float[np.ndarray, "n h w"], second: Float[np.ndarray, "n rows columns"]
) -> tuple[Float[np.ndarray, " n"], Float[np.ndarray, " n"]]:
    """Correlate the ranks of two maps of each image, and give their cosines.

    Returns:
        [n] each; not a number where a map is constant, or not finite.
    """
    telling = _tells(first) & _tells(second)
    correlations, cosines = np.full(len(first), np.nan), np.full(len(first), np.nan)
    if telling.any():
        correlations[telling] = map_agreement(first[telling], second[telling])
        cosines[telling] = map_cosines(first[telling], second[telling])
    return correlations, cosines


def _tells(maps: Float[np.ndarray, "n h w"]) -> Bool[np.ndarray, " n"]:
    """Say which maps are finite and tell places apart."""
    finite = np.isfinite(maps).all(axis=(1, 2))
    return np.asarray(finite & (maps.max(axis=(1, 2)) > maps.min(axis=(1, 2))))


class LayerSums:
    """How alike the layers see images, over batches of about the same size."""

    def __init__(self, first: int, second: int) -> None:
        self._similarity = LayerSimilarity(first, second)
        self._left_over: tuple[ShownShard, ShownShard] | None = None
        self.batches = 0

    def add(self, first: ShownShard, second: ShownShard) -> None:
        """Add a batch. All weigh alike: one of few images counts only if there is no other."""
        if len(first.images) >= SHARD_IMAGES // 2:
            self._add(first, second)
        elif len(first.images) >= LEAST_IMAGES and self._left_over is None:
            self._left_over = first, second

    def similarities(self) -> list[list[float]] | None:
        """Give the matrix; none where there were too few images."""
        if not self.batches and self._left_over is not None:
            self._add(*self._left_over)
        return self._similarity.similarities().tolist() if self.batches else None

    def _add(self, first: ShownShard, second: ShownShard) -> None:
        self._similarity.add_grams(list(first.grams), list(second.grams))
        self.batches += 1


@dataclass
class LabelSums:
    """How the two models' labels go together, and with the folders."""

    first: AboutShown
    second: AboutShown
    folders: Sequence[str]
    shared: SharedClasses
    confusion: Counter[tuple[int, int]] = field(default_factory=Counter)
    outcomes: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    """Of images of known label: whether the first is right, and the second."""

    def __post_init__(self) -> None:
        of_first = matched_folders(self.folders, self.first.classes)
        of_second = matched_folders(self.folders, self.second.classes)
        self._right = [
            None if one is None or other is None else (one, other)
            for one, other in zip(of_first, of_second, strict=True)
        ]

    def add(self, shard: ComparedShard, labels: Sequence[int | None]) -> None:
        """Add the images of a shard; `labels` has the folder of each."""
        pairs = zip(shard.first_classes.tolist(), shard.second_classes.tolist(), strict=True)
        for pair, label in zip(pairs, labels, strict=True):
            self.confusion[pair] += 1
            right = None if label is None else self._right[label]
            if right is not None:
                self.outcomes[pair[0] == right[0], pair[1] == right[1]] += 1
