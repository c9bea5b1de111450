"""Adding up the index of `explain-dataset`: accuracy, and the maps class by class."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from api_schemas.dataset_explanations import (
    ALL_CLASSES,
    Accuracy,
    ClassMaps,
    IndexedExplanation,
    IndexedMap,
    LabelAccuracy,
    MethodStatistics,
)

HALF = 0.5


@dataclass
class MapSums:
    """What the maps of one method and class come to so far."""

    images: int = 0
    maps: int = 0
    half_mass_shares: float = 0.0
    boxes: int = 0
    outside_shares: float = 0.0
    outside_areas: float = 0.0
    off_object_shares: float = 0.0
    off_object_areas: float = 0.0
    mostly_outside: int = 0
    peaks_outside: int = 0

    def add(self, found: IndexedMap, entry: IndexedExplanation) -> None:
        """Add one map of an image."""
        self.images += 1
        if found.half_mass_share is None:
            return
        self.maps += 1
        self.half_mass_shares += found.half_mass_share
        box = entry.box
        if found.outside_share is None or box is None:
            return
        self.boxes += 1
        self.outside_shares += found.outside_share
        self.outside_areas += 1.0 - box.width * box.height
        self.off_object_shares += found.off_object_share or 0.0
        self.off_object_areas += 1.0 - (entry.object_area or 0.0)
        self.mostly_outside += found.outside_share > HALF
        self.peaks_outside += bool(found.is_peak_outside)

    def told(self, index: int, label: str) -> ClassMaps:
        """Give the means."""
        return ClassMaps(
            index=index,
            label=label,
            images=self.images,
            maps=self.maps,
            half_mass_share=_mean(self.half_mass_shares, self.maps),
            boxes=self.boxes,
            outside_share=_mean(self.outside_shares, self.boxes),
            outside_area=_mean(self.outside_areas, self.boxes),
            off_object_share=_mean(self.off_object_shares, self.boxes),
            off_object_area=_mean(self.off_object_areas, self.boxes),
            mostly_outside=_mean(self.mostly_outside, self.boxes),
            peak_outside=_mean(self.peaks_outside, self.boxes),
        )


@dataclass
class IndexSums:
    """What all images of an index come to so far."""

    images: int = 0
    localized: int = 0
    _labels: dict[int, list[int]] = field(default_factory=dict)
    _folders: dict[int, str] = field(default_factory=dict)
    _unmatched: set[str] = field(default_factory=set)
    _maps: dict[str, dict[int, MapSums]] = field(default_factory=dict)
    _classes: dict[int, str] = field(default_factory=dict)

    def add_all(self, entries: Iterable[IndexedExplanation]) -> None:
        """Add images."""
        for entry in entries:
            self._add(entry)

    def accuracy(self) -> Accuracy:
        """Say how often the top class is the folder's."""
        labels = [
            LabelAccuracy(
                label=self._folders[index],
                index=index,
                images=images,
                correct=correct,
                accuracy=correct / images,
            )
            for index, (images, correct) in sorted(self._labels.items())
        ]
        images, correct = (
            sum(counts[place] for counts in self._labels.values()) for place in (0, 1)
        )
        return Accuracy(
            images=images,
            correct=correct,
            accuracy=_mean(correct, images),
            labels=labels,
            unmatched=sorted(self._unmatched),
        )

    def statistics(self, keys: Sequence[str]) -> dict[str, MethodStatistics]:
        """Give the means of each method by class, all classes first."""
        return {key: MethodStatistics(classes=self._told(key)) for key in keys}

    def _told(self, key: str) -> list[ClassMaps]:
        sums = self._maps.get(key, {ALL_CLASSES: MapSums()})
        order = sorted(
            sums, key=lambda index: (index != ALL_CLASSES, -sums[index].images, index)
        )
        return [sums[index].told(index, self._classes.get(index, "")) for index in order]

    def _add(self, entry: IndexedExplanation) -> None:
        self.images += 1
        self.localized += entry.box is not None
        self._add_label(entry)
        self._classes[entry.target.index] = entry.target.label
        for key, found in entry.maps.items():
            by_class = self._maps.setdefault(key, {})
            for index in (ALL_CLASSES, entry.target.index):
                by_class.setdefault(index, MapSums()).add(found, entry)

    def _add_label(self, entry: IndexedExplanation) -> None:
        """Count an image as its folder's, if that is called after a class."""
        if entry.label is not None and entry.label_class is None:
            self._unmatched.add(entry.label)
        if entry.label is None or entry.label_class is None:
            return
        counts = self._labels.setdefault(entry.label_class, [0, 0])
        self._folders[entry.label_class] = entry.label
        counts[0] += 1
        counts[1] += entry.predictions[0].index == entry.label_class


def _mean(total: float, count: int) -> float | None:
    return total / count if count else None
