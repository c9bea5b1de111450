"""What a `compare-models` job leaves: `comparison.json` and `images.json`."""

from typing import Literal

from api_schemas.dataset_explanations import ClassProbability, ExplainedMethod
from api_schemas.schema import Schema


class ComparedModel(Schema):
    """One of the two models."""

    model: str
    """Its name."""
    model_sha256: str
    """Of its weights."""
    classes: list[str]
    """Labels in index order."""
    labelled: int
    """Images in folders called after a class of both models."""
    correct: int
    """Of these, with the folder's class as the top-1 class."""
    accuracy: float | None
    """The part of them; null without any."""
    method: ExplainedMethod
    """How its maps were made."""


class ConfusedLabels(Schema):
    """Images that one model puts here and the other there."""

    first: str
    """The first model's top-1 label."""
    second: str
    """The second model's top-1 label."""
    images: int
    """So many."""


class PredictionComparison(Schema):
    """How far the models say the same."""

    same_label: int
    """Images whose top-1 labels are the same."""
    agreement: float
    """The part of all images."""
    divergence: float | None
    """Mean Jensen-Shannon divergence of the shared classes' probabilities, each model's divided
    by their sum, in bits: 0 if equal, at most 1. Null where they share a single class."""
    only_first_correct: int
    """Images of known label that the first model alone gets right."""
    only_second_correct: int
    """Images of known label that the second model alone gets right."""
    both_correct: int
    """Images of known label that both get right."""
    neither_correct: int
    """Images of known label that neither gets right."""
    confusion: list[ConfusedLabels]
    """How often each pair of labels appears, the most frequent first; those that never do are
    left out."""


class MapComparison(Schema):
    """How far the models' maps are alike, on the grid of the coarser one."""

    images: int
    """Compared: both maps are finite and tell places apart."""
    left_out: int
    """The others."""
    rank_correlation: float | None
    """Mean of Spearman's, -1 to 1; null without any image."""
    cosine: float | None
    """Mean of the cosines, -1 to 1; null without any image."""


class LayerComparison(Schema):
    """Which layers of the two models tell the same images apart."""

    first: list[str]
    """Layers of the first model, in the order of the matrix' rows."""
    second: list[str]
    """Layers of the second model, in the order of the matrix' columns."""
    cka: list[list[float]] | None
    """Linear CKA, unbiased: 1 for layers that differ by a rotation and a scale, about 0 for
    unrelated ones. Null with fewer than four images."""
    batches: int
    """Of images over which it was averaged."""
    picture: str | None
    """The artifact that shows it."""


class DifferingImage(Schema):
    """An image on whose label the models agree, though not on the reason."""

    rank: int
    """1 for the image whose maps differ most."""
    image: int
    """Its place in the dataset, counted from 0."""
    path: str
    """In the dataset."""
    label: str
    """What both see in it."""
    rank_correlation: float
    """Of their maps."""
    cosine: float
    """Of their maps."""
    picture: str | None
    """The artifact that shows the image and both maps; null beyond the first ones."""


class ModelComparison(Schema):
    """`comparison.json`: two models over one dataset."""

    version: Literal[1] = 1
    """Of this format."""
    first: ComparedModel
    """The job's own model."""
    second: ComparedModel
    """The other one."""
    dataset: str
    """ID of the dataset."""
    shared_classes: list[str]
    """Labels that both have."""
    images: int
    """Seen by both."""
    unread: int
    """Files that could not be read as images."""
    predictions: PredictionComparison
    """What they say."""
    maps: MapComparison
    """Why they say it: over all images."""
    maps_of_same_label: MapComparison
    """The same over the images on whose label they agree."""
    layers: LayerComparison
    """How they see."""
    differing: list[DifferingImage]
    """The hundred images on whose label they agree and whose maps differ most."""
    picture: str | None
    """The artifact that shows the first of these; null where there are none."""
    images_path: str
    """The artifact that lists every image."""
    parameters: dict[str, object]
    """Of the job, all of them."""


class ComparedImage(Schema):
    """An image as both models see it: a member of `images` in `images.json`."""

    image: int
    """Its place in the dataset, counted from 0."""
    path: str
    """In the dataset."""
    label: str | None
    """Its folder; null for images outside of any."""
    first: ClassProbability
    """The first model's top-1 class."""
    second: ClassProbability
    """The second model's top-1 class."""
    is_same_label: bool
    """Whether the two are called the same."""
    divergence: float | None
    """Of the shared classes' probabilities, in bits; null where they share a single class."""
    rank_correlation: float | None
    """Of the maps; null where one of them tells no places apart."""
    cosine: float | None
    """Of the maps; null where one of them tells no places apart."""
