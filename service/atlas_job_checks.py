"""What jobs on datasets and atlases name of models and others, checked before they are made."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from api_schemas.atlases import AtlasDocument
from api_schemas.dataset_map import DATASET_MAP
from api_schemas.datasets import DatasetDetails
from api_schemas.models import ModelRecord
from api_schemas.patch_attack import PATCH_ATTACK
from api_schemas.problems import FieldFault
from api_schemas.strongest_images import STRONGEST_IMAGES
from core.errors import LayerNotFoundError, LayerNotSpatialError
from service.artifacts import ArtifactDesk
from service.atlases import document_of
from service.caller import Caller
from service.dataset_desk import DatasetDesk
from service.errors import AtlasNotFoundError, ClassNotFoundError, FieldsInvalidError
from service.resolving import class_index, find_layer
from storage.errors import DatasetNotFoundError, PathInvalidError

Params = Mapping[str, Any]
Check = Callable[[Params, ModelRecord, Caller], Awaitable[dict[str, Any]]]
"""Gives the parameters that it settles: names become indices, gaps are filled."""


class AtlasJobChecks:
    """Refuses what a worker would have to refuse later, and settles what hangs on others."""

    def __init__(self, datasets: DatasetDesk, artifacts: ArtifactDesk) -> None:
        self._datasets = datasets
        self._artifacts = artifacts
        self._checks: dict[str, Check] = {
            DATASET_MAP: self._dataset_and_layer,
            PATCH_ATTACK: self._patch_attack,
            STRONGEST_IMAGES: self._dataset_and_layer,
        }

    async def settled(
        self, kind: str, params: Params, model: ModelRecord, caller: Caller
    ) -> dict[str, Any]:
        """Check a job's parameters, which fit their schema, and complete them.

        That the caller sees the atlas they name has been checked before.

        Raises:
            FieldsInvalidError: they name what there is not.
            StoreUnavailableError: it cannot be looked up.
        """
        check = self._checks.get(kind)
        return dict(params) | (await check(params, model, caller) if check else {})

    async def _dataset_and_layer(
        self, params: Params, model: ModelRecord, caller: Caller
    ) -> dict[str, Any]:
        await self._dataset(params["dataset"], caller)
        try:
            return {"layer": find_layer(model, params["layer"])}
        except (LayerNotFoundError, LayerNotSpatialError) as error:
            raise _refusal("/params/layer", str(error)) from error

    async def _patch_attack(
        self, params: Params, model: ModelRecord, caller: Caller
    ) -> dict[str, Any]:
        dataset = await self._dataset(params["dataset"], caller)
        atlas = await self._atlas(params["atlas"], model)
        source, target = (_class(model, atlas, params, name) for name in ("source", "target"))
        if source == target:
            raise _refusal("/params/target", "must be another class than `source`")
        return {
            "source": source,
            "target": target,
            "dataset_class": _dataset_class(dataset, model.classes[source], params),
            "grid": _grid(atlas, params["grid"]),
        }

    async def _dataset(self, dataset: str, caller: Caller) -> DatasetDetails:
        try:
            return await self._datasets.show(dataset, caller)
        except DatasetNotFoundError as error:
            raise _refusal("/params/dataset", str(error)) from error

    async def _atlas(self, job: str, model: ModelRecord) -> AtlasDocument:
        """Look up an atlas of the model as it is now, whose icons were rendered."""
        try:
            atlas = await document_of(self._artifacts, job)
        except (AtlasNotFoundError, PathInvalidError) as error:
            detail = str(AtlasNotFoundError(job))
            raise _refusal("/params/atlas", detail) from error
        if atlas.kind == "dataset-map":
            detail = "is a map of photographs; patches are rendered icons of an atlas"
            raise _refusal("/params/atlas", detail)
        if atlas.model != model.name:
            raise _refusal("/model", f"the atlas is of model {atlas.model!r}")
        if atlas.model_sha256 != model.sha256:
            raise _refusal("/params/atlas", "is of other weights than the model has by now")
        return atlas


def _class(model: ModelRecord, atlas: AtlasDocument, params: Params, field: str) -> int:
    """Find a class of which the atlas keeps the attributions."""
    try:
        index = class_index(model, field, params[field])
    except ClassNotFoundError as error:
        raise _refusal(f"/params/{field}", error.detail) from error
    if index not in atlas.filter_classes:
        detail = (
            f"the atlas keeps no attributions to class {model.classes[index]!r}; "
            "make one with more `filter_classes`"
        )
        raise _refusal(f"/params/{field}", detail)
    return index


def _dataset_class(dataset: DatasetDetails, label: str, params: Params) -> str:
    """Find the dataset's class of the images to attack."""
    wanted = params["dataset_class"]
    if wanted in dataset.classes:
        return str(wanted)
    folded = label.casefold()
    alike = [one for one in dataset.classes if one.casefold() == folded]
    if wanted is None and alike:
        return alike[0]
    known = ", ".join(dataset.classes[:5]) or "none"
    detail = f"the dataset has no class {wanted or label!r}; it has: {known}"
    raise _refusal("/params/dataset_class", detail)


def _grid(atlas: AtlasDocument, wanted: int | None) -> int:
    """Find the grid to take cells from."""
    grids = [one.grid for one in atlas.grids]
    if wanted is None:
        return grids[-1]
    if wanted not in grids:
        detail = f"the atlas has no such grid; it has: {', '.join(map(str, grids))}"
        raise _refusal("/params/grid", detail)
    return wanted


def _refusal(pointer: str, detail: str) -> FieldsInvalidError:
    return FieldsInvalidError([FieldFault(pointer=pointer, detail=detail)])
