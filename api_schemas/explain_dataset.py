"""What a job of kind `explain-dataset` takes, and what it will cost."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from api_schemas.dataset_methods import DatasetMethod
from api_schemas.explanations import ClassName, Seed
from api_schemas.schema import Schema

EXPLAIN_DATASET = "explain-dataset"
"""The job kind's name."""

MOST_IMAGES = 100_000
"""Their index is one file, which a viewer reads whole."""

Quantile = Annotated[float, Field(ge=0.0, le=1.0)]


class ExplainDatasetParameters(Schema):
    """Parameters of an `explain-dataset` job."""

    dataset: Annotated[str, Field(min_length=1, max_length=200)]
    """Whose images are explained."""
    methods: Annotated[tuple[DatasetMethod, ...], Field(min_length=1, max_length=8)] = (
        DatasetMethod(method="gradcam"),
    )
    """How they are explained: names of methods, or names with parameters. A method may be there
    several times, with different parameters."""
    target: ClassName | None = None
    """Class explained in every image, by index or label; by default what `explain` says."""
    explain: Literal["prediction", "label"] = "prediction"
    """Whether each image is explained for the model's top-1 class, or for the class that its
    folder is called after; then images whose folder is called after none are left out."""
    samples: Annotated[int, Field(ge=1, le=MOST_IMAGES)] = 1_000
    """Images explained, chosen at random where the dataset has more."""
    seed: Seed = 0
    """Of the choice of images, and of everything random in the methods."""
    localize: bool = True
    """Whether the object is sought in every image as `POST /localize` does, by its saliency
    map, and it is measured how much of each map lies outside of the box. Takes a quarter of a
    second for an image, but no device. Not done where the network has no gradients."""
    foreground_quantile: Quantile = 0.95
    """Of the localization: pixels that reach this quantile of the saliency map show the
    object's colours."""
    background_quantile: Quantile = 0.3
    """Of the localization: pixels at or below this quantile show the surroundings' colours."""
    overlays: bool = False
    """Whether every map is also drawn over its image, as a WebP file."""
    dry_run: bool = False
    """Only tell what it would cost."""

    @model_validator(mode="after")
    def _fits_together(self) -> "ExplainDatasetParameters":
        if self.target is not None and self.explain == "label":
            raise ValueError("`target` and `explain` = `label` name two classes")
        if self.background_quantile >= self.foreground_quantile:
            raise ValueError("`background_quantile` must be below `foreground_quantile`")
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """Name each method's maps: its name, with a number from its second appearance on."""
        names = [one.method for one in self.methods]
        before = [names[:place].count(name) for place, name in enumerate(names)]
        return tuple(
            f"{name}-{count + 1}" if count else name
            for name, count in zip(names, before, strict=True)
        )


class DatasetEstimate(Schema):
    """What explaining a dataset costs at most, told before it is done."""

    images: int
    """Looked at."""
    explanations: int
    """Maps made: images times methods."""
    long_explanations: int
    """Of these by methods that take many passes through the network for every image."""
    localizations: int
    """Objects sought."""


def dataset_estimate(parameters: ExplainDatasetParameters, *, images: int) -> DatasetEstimate:
    """Tell what explaining a dataset of so many images costs at most."""
    looked_at = min(images, parameters.samples)
    long_methods = sum(one.is_long for one in parameters.methods)
    return DatasetEstimate(
        images=looked_at,
        explanations=looked_at * len(parameters.methods),
        long_explanations=looked_at * long_methods,
        localizations=looked_at if parameters.localize else 0,
    )
