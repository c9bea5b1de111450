"""What a job of kind `compare-models` takes, and what it will cost."""

from typing import Annotated

from pydantic import Field, model_validator

from api_schemas.dataset_methods import DatasetMethod
from api_schemas.explanations import Seed
from api_schemas.schema import Schema

COMPARE_MODELS = "compare-models"
"""The job kind's name."""

LayerName = Annotated[str, Field(min_length=1, max_length=300)]
LayerNames = Annotated[tuple[LayerName, ...], Field(min_length=1, max_length=24)]


class CompareModelsParameters(Schema):
    """Parameters of a `compare-models` job; the first model is the job's own."""

    other_model: Annotated[str, Field(min_length=1, max_length=64)]
    """The second model. The two need not be hosted by one worker."""
    dataset: Annotated[str, Field(min_length=1, max_length=200)]
    """Whose images both are shown."""
    samples: Annotated[int, Field(ge=1, le=100_000)] = 1_000
    """Images shown, chosen at random where the dataset has more."""
    seed: Seed = 0
    """Of the choice of images, and of everything random in the method."""
    method: DatasetMethod = DatasetMethod(method="gradcam")
    """Whose maps are compared; its `layer` is the first model's."""
    other_layer: LayerName | None = None
    """Layer of the second model for a method of the CAM family; by default its own default."""
    layers: LayerNames | None = None
    """Layers of the first model that are compared with those of the second; by default the last
    layer of each size of map."""
    other_layers: LayerNames | None = None
    """Layers of the second model; by default the last layer of each size of map."""
    listed: Annotated[int, Field(ge=0, le=100)] = 12
    """Images drawn with both maps, of those on whose label the models agree and whose maps
    differ most."""
    dry_run: bool = False
    """Only tell what it would cost."""

    @model_validator(mode="after")
    def _names_layers_once(self) -> "CompareModelsParameters":
        for layers in (self.layers, self.other_layers):
            if layers is not None and len(set(layers)) < len(layers):
                raise ValueError("a layer is named twice")
        return self


class ComparisonEstimate(Schema):
    """What a comparison costs at most, told before it is made."""

    images: int
    """Shown to both models."""
    explanations: int
    """Maps made, of both models together."""
    passes: int
    """Forward passes beside those of the explanations."""


def comparison_estimate(
    parameters: CompareModelsParameters, *, images: int
) -> ComparisonEstimate:
    """Tell what a comparison over a dataset of so many images costs at most."""
    shown = min(images, parameters.samples)
    return ComparisonEstimate(images=shown, explanations=2 * shown, passes=2 * shown)
