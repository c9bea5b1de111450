"""Which classes of two models, or of a model and a folder tree, are the same: by their labels.

Free of TensorFlow.
"""

from collections import Counter
from collections.abc import Sequence


def shared_labels(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """Pair the classes of two models that are called the same.

    Args:
        first: labels of one, in index order.
        second: labels of the other.

    Returns:
        Indices of both, in the order of the first. Labels that a model has twice tell nothing
        and are left out; upper and lower case, underscores, hyphens and spaces count alike.
    """
    ours, theirs = _unique(first), _unique(second)
    return [(index, theirs[label]) for label, index in ours.items() if label in theirs]


def matched_folders(folders: Sequence[str], classes: Sequence[str]) -> list[int | None]:
    """Find the class that each folder is called after, or none."""
    known = _unique(classes)
    return [known.get(plain_label(folder)) for folder in folders]


def plain_label(label: str) -> str:
    """Write a label without what people write in several ways."""
    return " ".join(label.casefold().replace("_", " ").replace("-", " ").split())


def _unique(labels: Sequence[str]) -> dict[str, int]:
    """Index the labels that appear once, in their order."""
    plain = [plain_label(label) for label in labels]
    counts = Counter(plain)
    return {label: index for index, label in enumerate(plain) if counts[label] == 1}
