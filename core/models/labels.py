"""Class labels: ImageNet's 1,000, which ship with the project, and those of a JSON file."""

import json
from functools import cache
from pathlib import Path

IMAGENET_FILE = Path(__file__).with_name("imagenet_labels.json")


def labels_of_file(path: Path) -> tuple[str, ...]:
    """Read a JSON list of labels in index order; they may repeat, as ImageNet's cranes do.

    Raises:
        ValueError: the file is no JSON list of at least two strings that are not blank.
    """
    try:
        labels = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError("the file is no JSON") from error
    if not isinstance(labels, list) or len(labels) <= 1:
        raise ValueError("a JSON list of at least two labels is expected")
    if not all(isinstance(label, str) and label.strip() for label in labels):
        raise ValueError("every label must be a string that is not blank")
    return tuple(labels)


@cache
def imagenet_labels() -> tuple[str, ...]:
    """Give ImageNet's 1,000 class names, in the index order of `keras.applications`."""
    return labels_of_file(IMAGENET_FILE)
