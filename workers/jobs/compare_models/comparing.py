"""The last stage of `compare-models`: what both make of the images, side by side; no device."""

import math
from typing import Any

import numpy as np

from api_schemas.compare_models import CompareModelsParameters
from api_schemas.dataset_explanations import ClassProbability
from api_schemas.model_comparison import (
    ComparedImage,
    DifferingImage,
    LayerComparison,
    ModelComparison,
)
from core.compare.agreement import differing_reasons
from core.render.encode import encode_png
from core.render.matrix import matrix_picture
from storage.dataset import Dataset
from workers.jobs.compare_models.differences import Differing, draw_differences
from workers.jobs.compare_models.shown_files import (
    AboutShown,
    in_common,
    read_about,
    read_shown,
)
from workers.jobs.compare_models.sums import (
    ComparedShard,
    LabelSums,
    LayerSums,
    SharedClasses,
    compared_shard,
)
from workers.jobs.compare_models.telling import (
    compared_model,
    layer_comparison,
    map_comparison,
    prediction_comparison,
)
from workers.jobs.errors import JobRefusedError
from workers.jobs.job_run import JobRun

COMPARISON, IMAGES, LAYERS_PICTURE = "comparison.json", "images.json", "layers.png"
DIFFERING_PICTURE = "differences.png"

MOST_DIFFERING = 100
"""Listed, of images on whose label the models agree."""


def compare(
    parameters: CompareModelsParameters, dataset: Dataset, run: JobRun, *, tasks: int
) -> dict[str, Any]:
    """Write the artifacts of a comparison.

    Args:
        parameters: of the job.
        dataset: that both models were shown.
        run: the job; a shard, and an image that is drawn, is one of its steps.
        tasks: shards that there are.

    Returns:
        The result of the job: where its parts are, and the sums.

    Raises:
        JobRefusedError: the models share no class.
        JobInterruptedError: between two steps.
    """
    files = run.files
    first, second = read_about(files, "first", 0), read_about(files, "second", 0)
    shared = SharedClasses.of(first.classes, second.classes)
    if not shared.partners:
        detail = f"{first.model} and {second.model} have no class in common"
        raise JobRefusedError("classes_not_shared", detail)
    labels = LabelSums(first, second, dataset.details.classes, shared)
    layers = LayerSums(len(first.layers), len(second.layers))
    shards: list[ComparedShard] = []
    unread = 0
    for task in run.off_device(range(tasks), stage="compare"):
        one, other = in_common(
            read_shown(files, "first", task), read_shown(files, "second", task)
        )
        shards.append(compared_shard(one, other, shared))
        labels.add(shards[-1], [dataset[int(number)].label for number in one.images])
        layers.add(one, other)
        unread += read_about(files, "first", task).unread
    whole = joined(shards)
    told = layer_comparison(first, second, layers, picture=LAYERS_PICTURE)
    if told.cka is not None:
        files.write_artifact(LAYERS_PICTURE, layers_picture(told, first, second))
    files.write_artifact(IMAGES, images_file(whole, dataset, labels))
    places = np.repeat(np.arange(tasks), [len(shard.images) for shard in shards])
    differing = _differing(parameters, dataset, whole, labels, run, places=places)
    comparison = ModelComparison(
        first=compared_model(first, labels, place=0),
        second=compared_model(second, labels, place=1),
        dataset=parameters.dataset,
        shared_classes=[first.classes[index] for index in shared.first],
        images=len(whole.images),
        unread=unread,
        predictions=prediction_comparison(whole, labels),
        maps=map_comparison(whole, np.full(len(whole.images), True)),
        maps_of_same_label=map_comparison(whole, whole.same_label),
        layers=told,
        differing=differing,
        picture=DIFFERING_PICTURE if differing and parameters.listed else None,
        images_path=IMAGES,
        parameters=parameters.model_dump(mode="json"),
    )
    files.write_artifact(COMPARISON, comparison.model_dump_json().encode())
    return summary(comparison)


def layers_picture(told: LayerComparison, first: AboutShown, second: AboutShown) -> bytes:
    """Draw the matrix of the layers' similarities as a PNG."""
    picture = matrix_picture(
        np.array(told.cka),
        rows=told.first,
        columns=told.second,
        title=f"CKA: layers of {first.model} (rows) and of {second.model} (columns)",
        colormap="viridis",
    )
    return encode_png(picture)


def summary(comparison: ModelComparison) -> dict[str, Any]:
    """Give the result of the job: the sums, and where the rest is."""
    return {
        "comparison": COMPARISON,
        "images_path": IMAGES,
        "layers_picture": comparison.layers.picture,
        "differences_picture": comparison.picture,
        "images": comparison.images,
        "unread": comparison.unread,
        "shared_classes": len(comparison.shared_classes),
        "agreement": comparison.predictions.agreement,
        "accuracy": [comparison.first.accuracy, comparison.second.accuracy],
        "divergence": comparison.predictions.divergence,
        "map_rank_correlation": comparison.maps_of_same_label.rank_correlation,
        "map_cosine": comparison.maps_of_same_label.cosine,
        "differing": [one.model_dump() for one in comparison.differing[:10]],
    }


def joined(shards: list[ComparedShard]) -> ComparedShard:
    """Put shards one after another."""
    return ComparedShard(
        **{
            name: np.concatenate([getattr(shard, name) for shard in shards])
            for name in vars(shards[0])
        }
    )


def images_file(whole: ComparedShard, dataset: Dataset, labels: LabelSums) -> bytes:
    """Write `images.json`."""
    lines = [
        compared_image(whole, row, dataset, labels).model_dump_json()
        for row in range(len(whole.images))
    ]
    return ('{"version": 1, "images": [\n' + ",\n".join(lines) + "\n]}\n").encode()


def compared_image(
    whole: ComparedShard, row: int, dataset: Dataset, labels: LabelSums
) -> ComparedImage:
    """Describe one image as both models see it."""
    image = dataset[int(whole.images[row])]
    first, second = int(whole.first_classes[row]), int(whole.second_classes[row])
    return ComparedImage(
        image=image.index,
        path=image.path,
        label=None if image.label is None else dataset.details.classes[image.label],
        first=ClassProbability(
            index=first,
            label=labels.first.classes[first],
            probability=float(whole.first_probabilities[row]),
        ),
        second=ClassProbability(
            index=second,
            label=labels.second.classes[second],
            probability=float(whole.second_probabilities[row]),
        ),
        is_same_label=bool(whole.same_label[row]),
        divergence=_known(whole.divergences[row]),
        rank_correlation=_known(whole.correlations[row]),
        cosine=_known(whole.cosines[row]),
    )


def _differing(
    parameters: CompareModelsParameters,
    dataset: Dataset,
    whole: ComparedShard,
    labels: LabelSums,
    run: JobRun,
    *,
    places: np.ndarray,
) -> list[DifferingImage]:
    """Rank the images of one label and two reasons, and draw the first of them.

    `places` has the shard of each image.
    """
    comparable = whole.same_label & np.isfinite(whole.correlations)
    rows = differing_reasons(comparable, whole.correlations, count=MOST_DIFFERING)
    found = [
        Differing(
            rank=place + 1,
            task=int(places[row]),
            image=dataset[int(whole.images[row])],
            label=labels.first.classes[int(whole.first_classes[row])],
            correlation=float(whole.correlations[row]),
            cosine=float(whole.cosines[row]),
        )
        for place, row in enumerate(rows)
    ]
    paths = draw_differences(
        found[: parameters.listed],
        dataset,
        run,
        about=(labels.first, labels.second),
        overview=DIFFERING_PICTURE,
    )
    return [
        DifferingImage(
            rank=one.rank,
            image=one.image.index,
            path=one.image.path,
            label=one.label,
            rank_correlation=one.correlation,
            cosine=one.cosine,
            picture=paths.get(one.rank),
        )
        for one in found
    ]


def _known(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
