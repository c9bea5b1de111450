"""Patches: the icons of a finished atlas."""

import numpy as np

from api_schemas.atlases import AtlasCell, AtlasCells, AtlasDocument, AtlasGrid
from core.attack.favoured_cells import favoured_cells
from core.images.decode import decode_image
from core.images.pixels import RgbPixels
from storage.errors import ArtifactNotFoundError
from storage.job_files import JobFiles
from workers.jobs.atlas.assembling import DOCUMENT
from workers.jobs.errors import JobRefusedError
from workers.jobs.image_batches import MAX_IMAGE_PIXELS
from workers.jobs.patch_attack.attack_files import AttackPatches
from workers.jobs.patch_attack.pair import ClassPair


class AtlasIcons:
    """Reads the cells of one grid and their icons."""

    def __init__(self, atlas: JobFiles, *, grid: int | None) -> None:
        """Open an atlas.

        Args:
            atlas: files of the job that made it.
            grid: cells along a side; none for the finest.

        Raises:
            JobRefusedError: it is no longer there, or has no such grid.
        """
        self._files = atlas
        self._document = AtlasDocument.model_validate_json(self._read(DOCUMENT))
        found = [one for one in self._document.grids if grid in (None, one.grid)]
        if not found:
            raise JobRefusedError("atlas_not_found", f"the atlas has no grid of {grid}")
        self.grid: AtlasGrid = found[-1]

    def favouring(self, pair: ClassPair, *, count: int) -> AttackPatches:
        """Take the icons of the cells that favour the target over the source most.

        Raises:
            JobRefusedError: the atlas is gone, does not tell the two classes, or no cell of it
                favours the target.
        """
        cells = AtlasCells.model_validate_json(self._read(self.grid.cells_path)).cells
        told = self._document.filter_classes
        if pair.source not in told or pair.target not in told:
            detail = "the atlas does not keep the attributions to both classes"
            raise JobRefusedError("class_not_found", detail)
        values = np.array([cell.f for cell in cells], np.float32).reshape(-1, len(told))
        for_source, for_target = (values[:, told.index(one)] for one in pair.both)
        best = favoured_cells(for_target, for_source, count=count)
        if not len(best):
            detail = f"no cell favours {pair.target_label!r} over {pair.source_label!r}"
            raise JobRefusedError("nothing_to_attack", detail)
        found = [cells[place] for place in best]
        return AttackPatches(
            pictures=np.stack([self._icon(cell) for cell in found]),
            rows=np.array([cell.y for cell in found]),
            columns=np.array([cell.x for cell in found]),
            densities=np.array([cell.n for cell in found]),
            favours=(for_target - for_source)[best],
        )

    def _icon(self, cell: AtlasCell) -> RgbPixels:
        """Cut the icon of a cell out of its tile: [size, size, 3]."""
        size, along = self.grid.icon_size, self.grid.tile_cells
        path = f"{self.grid.tiles_path}/{cell.y // along}_{cell.x // along}.webp"
        tile = decode_image(self._read(path), max_pixels=MAX_IMAGE_PIXELS)
        top, left = cell.y % along * size, cell.x % along * size
        return tile[top : top + size, left : left + size]

    def _read(self, path: str) -> bytes:
        try:
            return self._files.read_artifact(path)
        except ArtifactNotFoundError as error:
            raise JobRefusedError("atlas_not_found", "the atlas is gone by now") from error
