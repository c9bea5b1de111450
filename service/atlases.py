"""The front's part of atlases: which there are, and where an image falls on one."""

import numpy as np
from jaxtyping import Float

from api_schemas.atlas import ATLAS
from api_schemas.atlases import (
    AtlasCells,
    AtlasDocument,
    AtlasKind,
    AtlasList,
    AtlasSummary,
    LocatedCell,
    LocateOptions,
)
from api_schemas.dataset_map import DATASET_MAP
from api_schemas.explanations import ExplanationOrder
from api_schemas.feature_maps import FEATURE_MAPS
from api_schemas.jobs import MOST_LISTED, Job, JobListOptions
from core.atlas.grid import Cells
from core.atlas.locate import Landmarks, locate, unpack_landmarks
from core.atlas.places import inner_places
from messaging.errors import ExplanationFailedError
from messaging.wire import Reply
from service.artifacts import ArtifactDesk
from service.errors import ArtifactNotFoundError, AtlasNotFoundError, AtlasOutdatedError
from service.explaining import Explainer, Milliseconds
from service.resolving import read_options
from service.uploads import Upload

ATLAS_KINDS = frozenset({ATLAS, DATASET_MAP})
"""Kinds of job that make atlases."""

DOCUMENT = "atlas.json"

NEIGHBORS = 5
"""Landmarks that share in the weight of one place of an image."""


def atlas_page(*, cursor: str | None) -> JobListOptions:
    """Say which jobs may have made an atlas, beside their being of `ATLAS_KINDS`."""
    return JobListOptions(status="succeeded", limit=MOST_LISTED, cursor=cursor)


def listed(jobs: list[Job], next_cursor: str | None) -> AtlasList:
    """List the atlases among jobs; a dry run has made none."""
    return AtlasList(
        atlases=[
            AtlasSummary(
                id=job.id,
                kind=kind_made(job),
                model=job.model,
                dataset=str(job.params["dataset"]),
                finished_at=job.finished_at or job.created_at,
                atlas=f"{job.links.artifacts}/{DOCUMENT}",
                preview=f"{job.links.artifacts}/preview.png",
            )
            for job in jobs
            if not job.params.get("dry_run")
        ],
        next_cursor=next_cursor,
    )


def kind_made(job: Job) -> AtlasKind:
    """Say what kind of atlas a job has made."""
    if job.kind == DATASET_MAP:
        return "dataset-map"
    if job.params.get("versus") is not None:
        return "comparison"
    return "atlas" if job.params.get("class_filter") is None else "class-atlas"


async def document_of(artifacts: ArtifactDesk, atlas: str) -> AtlasDocument:
    """Read what an atlas is.

    Raises:
        AtlasNotFoundError: the job has made none, or not yet.
    """
    try:
        return AtlasDocument.model_validate_json(await artifacts.read(atlas, DOCUMENT))
    except ArtifactNotFoundError as error:
        raise AtlasNotFoundError(atlas) from error


async def located(
    explainer: Explainer,
    artifacts: ArtifactDesk,
    atlas: str,
    upload: Upload,
    timings: Milliseconds,
) -> list[list[LocatedCell]]:
    """Tell in which cells of an atlas the images of an upload fall.

    Every place of the atlas' layer that is not at its edge counts alike; on a dataset map the
    image has one place, that of its mean.

    Raises:
        AtlasNotFoundError: there is no such atlas.
        AtlasOutdatedError: the model has other weights by now, or the atlas has no landmarks.
        ServiceError, ImageError, MessagingError: as the contract lists them.
    """
    read_options(LocateOptions, upload.options)
    document = await document_of(artifacts, atlas)
    record = await explainer.models.find_hosted(document.model)
    if document.landmarks_path is None or record.sha256 != document.model_sha256:
        raise AtlasOutdatedError(document.model)
    landmarks = unpack_landmarks(await artifacts.read(atlas, document.landmarks_path))
    grids = [
        shown_cells(await artifacts.read(atlas, grid.cells_path)) for grid in document.grids
    ]
    order = ExplanationOrder(
        model=record.name,
        method=FEATURE_MAPS,
        layer=document.layer,
        parameters={"channels": list(range(document.layer_shape[2]))},
    )
    images = await explainer.decode_all(upload, record, timings)
    replies = await explainer.ask_all(order, images, timings)
    vectors_of = mean_vector if document.kind == "dataset-map" else inner_vectors
    return [located_vectors(vectors_of(one), landmarks, grids) for one in replies]


def located_vectors(
    vectors: Float[np.ndarray, "Q D"], landmarks: Landmarks, grids: list[Cells]
) -> list[LocatedCell]:
    """Tell in which cells activations fall."""
    return [
        LocatedCell(**vars(found))
        for found in locate(landmarks, vectors, grids, neighbors=NEIGHBORS)
    ]


def inner_vectors(reply: Reply) -> Float[np.ndarray, "Q D"]:
    """Pick what a layer's map [h, w, D] has at the places that atlases look at."""
    maps = maps_of(reply)
    rows, columns = inner_places(*maps.shape[:2]).T
    vectors: Float[np.ndarray, "Q D"] = maps[rows, columns]
    return vectors


def mean_vector(reply: Reply) -> Float[np.ndarray, "1 D"]:
    """Average what a layer's map has at all places, as dataset maps do."""
    mean: Float[np.ndarray, "1 D"] = maps_of(reply).mean(axis=(0, 1), keepdims=True)[0]
    return mean


def maps_of(reply: Reply) -> Float[np.ndarray, "h w D"]:
    """Give the maps of a reply.

    Raises:
        ExplanationFailedError: it has none.
    """
    if reply.map is None:
        raise ExplanationFailedError("the worker's reply holds no maps")
    return reply.map


def shown_cells(content: bytes) -> Cells:
    """Read which cells a grid shows; their contents are not needed here."""
    listing = AtlasCells.model_validate_json(content)
    return Cells(
        grid=listing.grid,
        rows=np.array([cell.y for cell in listing.cells], np.int64),
        columns=np.array([cell.x for cell in listing.cells], np.int64),
        densities=np.array([cell.n for cell in listing.cells], np.int64),
        vectors=np.zeros((len(listing.cells), 0), np.float32),
        attributions=np.zeros((len(listing.cells), 0), np.float32),
        sparse_points=0,
    )
