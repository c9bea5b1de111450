"""The second stage of `explain-dataset`: objects sought, maps measured and drawn; no device."""

import numpy as np

from api_schemas.dataset_explanations import ClassProbability, IndexedExplanation, IndexedMap
from api_schemas.explain_dataset import ExplainDatasetParameters
from core.compare.shared_labels import matched_folders
from core.images.pixels import RgbPixels
from core.images.resize import resize_image
from core.measure.class_means import ClassMeans, shrunk
from core.measure.map_mass import mass_of
from core.render.encode import encode_webp
from storage.dataset import Dataset
from storage.job_files import JobFiles
from workers.jobs.drawn_maps import drawn_map, fitted
from workers.jobs.explain_dataset.dataset_files import (
    AboutShard,
    SeenShard,
    maps_path,
    read_about,
    read_seen,
)
from workers.jobs.explain_dataset.measuring import (
    FoundObject,
    box_shares,
    found_object,
    indexed_map,
)
from workers.jobs.image_batches import image_read
from workers.jobs.job_run import JobRun
from workers.jobs.map_shards import MapShard, unpack_maps

TOP_CLASSES = 5
MEAN_MAP_SIDE = 64
"""Places along a side of mean maps, at most: a thousand classes have to fit into memory."""
MEAN_PICTURE_SIDE = 96
"""Pixels along each side of mean pictures, into which images are stretched."""
OVERLAY_SIDE, OVERLAY_QUALITY = 400, 80
"""Pixels along the longer side of an overlay, and WebP's quality of it: about 15 kB."""


def look(
    parameters: ExplainDatasetParameters, dataset: Dataset, task: int, run: JobRun
) -> None:
    """Look at the maps of one shard beside their images.

    Args:
        parameters: of the job.
        dataset: that the images are in.
        task: number of the shard.
        run: the job; an image is one of its steps.

    Raises:
        JobInterruptedError: between two images.
    """
    seen = read_seen(run.files, task)
    shards = {
        key: unpack_maps(run.files.read_artifact(maps_path(key, task)))
        for key in parameters.keys
    }
    looking = ShardLook(parameters, dataset, task, run.files, seen=seen, shards=shards)
    for row in run.off_device(range(len(seen.images)), stage="look"):
        looking.add(row)
    looking.write()


class ShardLook:
    """One shard's images, gone through one by one."""

    def __init__(
        self,
        parameters: ExplainDatasetParameters,
        dataset: Dataset,
        task: int,
        files: JobFiles,
        *,
        seen: SeenShard,
        shards: dict[str, MapShard],
    ) -> None:
        self._parameters = parameters
        self._dataset = dataset
        self._task = task
        self._files = files
        self._about: AboutShard = read_about(files, task)
        self._seen = seen
        self._shards = shards
        self._folders = dataset.details.classes
        self._matched = matched_folders(self._folders, self._about.classes)
        self._means = {key: ClassMeans() for key in shards}
        self._pictures = ClassMeans()
        self._entries: list[str] = []

    def add(self, row: int) -> None:
        """Look at one image and its maps."""
        number = int(self._seen.images[row])
        pixels = image_read(self._dataset, number)
        found = self._object(row, pixels)
        target = int(self._shards[self._parameters.keys[0]].targets[row])
        maps = {key: self._map(key, row, pixels, found) for key in self._shards}
        if pixels is not None:
            small = fitted_square(pixels)
            self._pictures.add(target, small.astype(np.float64))
        image = self._dataset[number]
        probabilities = self._seen.probabilities[row]
        likely = np.argsort(-probabilities, kind="stable")[:TOP_CLASSES]
        entry = IndexedExplanation(
            image=number,
            path=image.path,
            label=None if image.label is None else self._folders[image.label],
            label_class=None if image.label is None else self._matched[image.label],
            predictions=[self._class(int(index), probabilities) for index in likely],
            target=self._class(target, probabilities),
            box=None if found is None else box_shares(found.box),
            object_area=None if found is None else float(found.is_object.mean()),
            maps=maps,
        )
        self._entries.append(entry.model_dump_json())

    def write(self) -> None:
        """Leave what was found in the store."""
        task = self._task
        for key, means in self._means.items():
            self._files.write_checkpoint(f"means-{task}-{key}.npz", means.pack())
        self._files.write_checkpoint(f"means-{task}.npz", self._pictures.pack())
        self._files.write_checkpoint(f"index-{task}.json", ",\n".join(self._entries).encode())

    def _object(self, row: int, pixels: RgbPixels | None) -> FoundObject | None:
        """Seek the object, if that is wanted and can be."""
        if pixels is None or self._seen.saliency is None:
            return None
        return found_object(
            pixels,
            self._seen.saliency.map(row),
            foreground_quantile=self._parameters.foreground_quantile,
            background_quantile=self._parameters.background_quantile,
        )

    def _map(
        self, key: str, row: int, pixels: RgbPixels | None, found: FoundObject | None
    ) -> IndexedMap:
        """Measure one map, add it to those of its class, and draw it if that is wanted."""
        shard = self._shards[key]
        raw_map = shard.map(row)
        mass = mass_of(raw_map)
        if mass is not None:
            self._means[key].add(int(shard.targets[row]), relative_mass(mass))
        overlay = None
        if self._parameters.overlays and pixels is not None:
            overlay = f"overlays/{key}/{int(shard.images[row]):06}.webp"
            drawn = drawn_map(
                fitted(pixels, most=OVERLAY_SIDE),
                raw_map,
                method=self._about.methods[key].method,
            )
            self._files.write_artifact(overlay, encode_webp(drawn, quality=OVERLAY_QUALITY))
        return indexed_map(
            raw_map, found, file=maps_path(key, self._task), row=row, overlay=overlay
        )

    def _class(self, index: int, probabilities: np.ndarray) -> ClassProbability:
        return ClassProbability(
            index=index,
            label=self._about.classes[index],
            probability=float(probabilities[index]),
        )


def relative_mass(mass: np.ndarray) -> np.ndarray:
    """Give the mass [h, w] in parts of what each place of a map that marks nothing has.

    Its mean is 1, whatever the size of the grid, which is limited here: [rows, columns].
    """
    return shrunk(mass * mass.size, most=MEAN_MAP_SIDE).astype(np.float64)


def fitted_square(pixels: RgbPixels) -> np.ndarray:
    """Stretch an image to the size of the mean pictures: [side, side, 3] float32."""
    return resize_image(pixels, width=MEAN_PICTURE_SIDE, height=MEAN_PICTURE_SIDE).astype(
        np.float32
    )
