"""What an `explain-dataset` job leaves: `index.json` and `statistics.json`."""

from typing import Literal

from api_schemas.schema import Schema

ALL_CLASSES = -1
"""In the place of a class: all of them together."""


class ClassProbability(Schema):
    """A class of the model, in an image."""

    index: int
    """Of the class."""
    label: str
    """Of the class."""
    probability: float
    """After the model's softmax or sigmoid, 0 to 1."""


class BoxShares(Schema):
    """A rectangle in parts of the image's width and height, 0 to 1."""

    x: float
    """Left edge."""
    y: float
    """Upper edge."""
    width: float
    """In parts of the image's width."""
    height: float
    """In parts of the image's height."""


class IndexedMap(Schema):
    """One map of one image. Mass is the map's positive part, divided by its sum."""

    file: str
    """The artifact that holds it."""
    row: int
    """Of the file's arrays."""
    min: float
    """Smallest value, in the method's units; 0 where none is finite."""
    max: float
    """Largest value, in the method's units; 0 where none is finite."""
    positive_share: float | None
    """Sum of the positive values, by the sum of all magnitudes; null without mass."""
    half_mass_share: float | None
    """Least part of the map's places that holds half of the mass: small for a map that marks a
    spot, 0.5 for one that marks nothing; null without mass."""
    peak: tuple[float, float] | None
    """x and y of the largest value, in parts of width and height; null without mass."""
    outside_share: float | None
    """Part of the mass outside of the object's box; null without mass or box."""
    off_object_share: float | None
    """Part of the mass off the object itself, whose outline the box is around; null without
    mass or box."""
    is_peak_outside: bool | None
    """Whether the largest value lies outside of the box; null without mass or box."""
    warning: Literal["map_is_zero", "map_is_constant", "map_is_not_finite"] | None
    """Why the map explains nothing, if it does not; a map without any positive value counts as
    zero."""
    overlay: str | None
    """The artifact that shows it over its image; null unless asked for."""


class IndexedExplanation(Schema):
    """An image of the dataset, explained."""

    image: int
    """Its place in the dataset, counted from 0."""
    path: str
    """In the dataset."""
    label: str | None
    """Its folder; null for images outside of any."""
    label_class: int | None
    """The model's class of that label; null where it has none."""
    predictions: list[ClassProbability]
    """The five most probable classes, most probable first."""
    target: ClassProbability
    """The class explained."""
    box: BoxShares | None
    """Of the object; null where none was found or sought."""
    object_area: float | None
    """Part of the image that the object covers; null without box."""
    maps: dict[str, IndexedMap]
    """By method, as `methods` of the index names them."""


class ExplainedMethod(Schema):
    """A method as it was run."""

    method: str
    """Its name."""
    layer: str | None
    """Layer looked at; null for methods that look at no layer."""
    parameters: dict[str, object]
    """All of them, defaults filled in."""


class LabelAccuracy(Schema):
    """How many images of one folder the model puts where their folder does."""

    label: str
    """The folder."""
    index: int
    """The model's class of that label."""
    images: int
    """Of the folder, explained."""
    correct: int
    """Whose top-1 class that is."""
    accuracy: float
    """The part of them."""


class Accuracy(Schema):
    """How often the model agrees with the folders, where these are called after its classes."""

    images: int
    """In such folders."""
    correct: int
    """Whose top-1 class is their folder's."""
    accuracy: float | None
    """The part of them; null without any."""
    labels: list[LabelAccuracy]
    """Folder by folder."""
    unmatched: list[str]
    """Folders called after no class of the model, which do not count."""


class ClassMaps(Schema):
    """The maps of one method for one class explained, together."""

    index: int
    """Of the class; -1 for all classes together."""
    label: str
    """Of the class; empty for all together."""
    images: int
    """Explained for the class."""
    maps: int
    """Of these with mass: any positive value. The means below are over them, and those about
    the box over those with a box too."""
    half_mass_share: float | None
    """Mean of the maps'."""
    boxes: int
    """Maps with mass and a box."""
    outside_share: float | None
    """Mean part of the mass outside of the box."""
    outside_area: float | None
    """Mean part of the image outside of the box: what a map that knows nothing leaves there."""
    off_object_share: float | None
    """Mean part of the mass off the object itself."""
    off_object_area: float | None
    """Mean part of the image off the object."""
    mostly_outside: float | None
    """Part of the maps that have more than half of their mass outside of the box."""
    peak_outside: float | None
    """Part of the maps whose largest value lies outside of the box."""


class MethodStatistics(Schema):
    """What the maps of one method come to."""

    classes: list[ClassMaps]
    """All classes together first, then each class explained, most images first."""


class DatasetStatistics(Schema):
    """`statistics.json`: what the explanations of a dataset come to."""

    version: Literal[1] = 1
    """Of this format."""
    model: str
    """Name of the model."""
    model_sha256: str
    """Of its weights."""
    dataset: str
    """ID of the dataset."""
    classes: list[str]
    """The model's labels in index order."""
    images: int
    """Explained."""
    unread: int
    """Files that could not be read as images."""
    unread_paths: list[str]
    """The first hundred of them."""
    unlabelled: int
    """Images left out since their folder is called after no class, where labels are
    explained."""
    localized: int | None
    """Images with a box; null where none was sought, or the network has no gradients."""
    accuracy: Accuracy
    """Against the folders."""
    methods: dict[str, ExplainedMethod]
    """As they were run, by the name of their maps."""
    statistics: dict[str, MethodStatistics]
    """By the name of the maps."""
    mean_maps: str
    """The artifact with the mean mass of each class."""
    mean_maps_picture: str
    """The artifact that shows them."""
    index: str
    """The artifact that lists every image."""
    parameters: dict[str, object]
    """Of the job, all of them."""
