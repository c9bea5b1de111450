"""What an attack with patches came to: `result.json`."""

from typing import Any

from api_schemas.schema import Schema


class FlipShare(Schema):
    """A part of all trials or images, and the bounds between which it lies with 95 %."""

    rate: float
    """Observed, 0 to 1."""
    low: float
    """Lower bound, by Wilson's interval of as many trials as there are images."""
    high: float
    """Upper bound."""


class Flips(Schema):
    """How often a verdict turned."""

    images: int
    """That were attacked."""
    trials: int
    """One for every image, patch, size and place that is summed up here."""
    to_target: FlipShare
    """Of all trials, those after which the image is taken for the target."""
    to_any: FlipShare
    """Of all trials, those after which it is no longer taken for the source."""
    best_to_target: FlipShare
    """Of all images, those that at least one of the trials with them turns into the target."""


class FlipsOfSize(Schema):
    """The same of patches of one size."""

    size: float
    """Side of the patch, as a part of the shorter side of the model's input."""
    pixels: int
    """The same in pixels."""
    patch: Flips
    """With the atlas' icons."""
    control: Flips
    """With noise of their colours, at the same places of the same images."""


class AttackPatch(Schema):
    """One patch, and what it did."""

    row: int
    """Of its cell in the atlas."""
    column: int
    """Of its cell in the atlas."""
    density: int
    """Activations in the cell."""
    favours: float
    """The cell's attribution to the target less that to the source."""
    patch: Flips
    """At all sizes and places."""
    control: Flips
    """With its own pixels in random order."""
    sizes: tuple[FlipsOfSize, ...]
    """The same for each size."""


class AttackVerdict(Schema):
    """What the model says of a picture."""

    source: float
    """Probability of the source."""
    target: float
    """Probability of the target."""


class AttackExample(Schema):
    """An attack that succeeded, as `examples.png` shows it."""

    image: str
    """Path in the dataset."""
    patch: int
    """Place in `patches`."""
    size: float
    """Of the patch."""
    top: int
    """Row of its upper edge in the model's input."""
    left: int
    """Column of its left edge in the model's input."""
    before: AttackVerdict
    """Of the image."""
    after: AttackVerdict
    """Of the image with the patch."""


class AttackedClass(Schema):
    """One of the two classes."""

    index: int
    """In the model."""
    label: str
    """Its name."""


class PatchAttackResult(Schema):
    """What came out."""

    model: str
    """Name of the model."""
    model_sha256: str
    """Of its weights."""
    atlas: str
    """Whose icons were tried."""
    grid: int
    """Of the atlas."""
    dataset: str
    """Whose images were attacked."""
    source: AttackedClass
    """What the images show."""
    target: AttackedClass
    """What they were to be taken for."""
    images: int
    """Looked at."""
    unread: int
    """Files that could not be read as images."""
    attacked: int
    """Images that the model takes for the source: all rates are of these."""
    patch: Flips
    """Of all patches, sizes and places together."""
    control: Flips
    """The same with noise."""
    sizes: tuple[FlipsOfSize, ...]
    """Of all patches together, for each size."""
    patches: tuple[AttackPatch, ...]
    """The one that turns most trials into the target first."""
    examples: tuple[AttackExample, ...]
    """Attacks that succeeded: the smallest patches first, then the surest verdicts."""
    patches_path: str
    """Artifact: the patches beside their controls, with their rates."""
    examples_path: str | None
    """Artifact: the examples; none where no attack succeeded."""
    parameters: dict[str, Any]
    """Of the job, defaults filled in."""
