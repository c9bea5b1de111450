"""The last stage of `explain-dataset`: the index, the statistics, the mean maps."""

import json
from io import BytesIO
from typing import Any

import numpy as np

from api_schemas.dataset_explanations import DatasetStatistics, IndexedExplanation
from api_schemas.explain_dataset import ExplainDatasetParameters
from core.measure.class_means import ClassMeans, joined_means
from core.render.encode import encode_png
from storage.dataset import Dataset
from storage.job_files import JobFiles
from workers.jobs.atlas.atlas_files import needed
from workers.jobs.explain_dataset.dataset_files import AboutShard, read_about
from workers.jobs.explain_dataset.mean_pictures import mean_maps_picture
from workers.jobs.explain_dataset.statistics import IndexSums
from workers.jobs.job_run import JobRun

INDEX, STATISTICS = "index.json", "statistics.json"
MEAN_MAPS, MEAN_PICTURE = "mean_maps.npz", "mean_maps.png"

LISTED_PATHS = 100
"""Of unread files."""


def sum_up(
    parameters: ExplainDatasetParameters,
    dataset: Dataset,
    run: JobRun,
    *,
    model: str,
    tasks: int,
) -> dict[str, Any]:
    """Write the artifacts about all images together.

    Args:
        parameters: of the job.
        dataset: that was explained.
        run: the job; the index of one shard is one of its steps.
        model: name of the model.
        tasks: shards that there are.

    Returns:
        The result of the job: where its parts are, and the sums.

    Raises:
        JobInterruptedError: between two shards.
    """
    files, keys = run.files, parameters.keys
    sums, about = IndexSums(), [read_about(files, task) for task in range(tasks)]
    pieces: list[bytes] = []
    for task in run.off_device(range(tasks), stage="sum up"):
        pieces.append(needed(files, f"index-{task}.json"))
        entries = json.loads(b"[" + pieces[-1] + b"]")
        sums.add_all(IndexedExplanation.model_validate(entry) for entry in entries)
    means = {key: _joined(files, f"-{key}", tasks) for key in keys}
    pictures = _joined(files, "", tasks)
    statistics = dataset_statistics(parameters, dataset, about, sums, model=model)
    maps = statistics.statistics
    files.write_artifact(INDEX, index_file(parameters, pieces))
    files.write_artifact(MEAN_MAPS, packed_means(means, pictures))
    picture = mean_maps_picture(means, pictures, maps, classes=about[0].classes)
    files.write_artifact(MEAN_PICTURE, encode_png(picture))
    files.write_artifact(STATISTICS, statistics.model_dump_json().encode())
    return {
        "index": INDEX,
        "statistics": STATISTICS,
        "mean_maps": MEAN_MAPS,
        "mean_maps_picture": MEAN_PICTURE,
        "images": statistics.images,
        "unread": statistics.unread,
        "unlabelled": statistics.unlabelled,
        "localized": statistics.localized,
        "accuracy": statistics.accuracy.accuracy,
        "methods": {key: maps[key].classes[0].model_dump() for key in keys},
    }


def dataset_statistics(
    parameters: ExplainDatasetParameters,
    dataset: Dataset,
    about: list[AboutShard],
    sums: IndexSums,
    *,
    model: str,
) -> DatasetStatistics:
    """Put `statistics.json` together."""
    unread = [number for shard in about for number in shard.unread]
    return DatasetStatistics(
        model=model,
        model_sha256=about[0].model_sha256,
        dataset=parameters.dataset,
        classes=list(about[0].classes),
        images=sums.images,
        unread=len(unread),
        unread_paths=[dataset[number].path for number in unread[:LISTED_PATHS]],
        unlabelled=sum(shard.unlabelled for shard in about),
        localized=sums.localized if about[0].is_localized else None,
        accuracy=sums.accuracy(),
        methods=about[0].methods,
        statistics=sums.statistics(parameters.keys),
        mean_maps=MEAN_MAPS,
        mean_maps_picture=MEAN_PICTURE,
        index=INDEX,
        parameters=parameters.model_dump(mode="json"),
    )


def index_file(parameters: ExplainDatasetParameters, pieces: list[bytes]) -> bytes:
    """Write `index.json` around what the shards have written, which is not parsed again."""
    head = {"version": 1, "dataset": parameters.dataset, "methods": list(parameters.keys)}
    members = b",\n".join(piece for piece in pieces if piece)
    return json.dumps(head)[:-1].encode() + b', "images": [\n' + members + b"\n]}\n"


def packed_means(means: dict[str, ClassMeans], pictures: ClassMeans) -> bytes:
    """Write the mean maps and the mean pictures of all classes, by name."""
    arrays: dict[str, np.ndarray] = {}
    for name, one in {**means, "pictures": pictures}.items():
        seen = one.classes()
        arrays[f"{name}-classes"] = np.array(seen, np.int64)
        arrays[f"{name}-counts"] = np.array([one.count(index) for index in seen], np.int64)
        arrays[name] = np.array([one.mean(index) for index in seen], np.float32)
    file = BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def _joined(files: JobFiles, name: str, tasks: int) -> ClassMeans:
    """Add up the sums of all shards."""
    return joined_means(needed(files, f"means-{task}{name}.npz") for task in range(tasks))
