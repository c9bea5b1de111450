"""The front's part of atlases: which there are, and where an image falls on one."""

import numpy as np
from jaxtyping import Float

from api_schemas.atlases import (
    AtlasCells,
    AtlasDocument,
    AtlasList,
    AtlasSummary,
    LocatedCell,
    LocateOptions,
)
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

ATLAS = "atlas"
"""The kind of job that makes atlases."""

DOCUMENT = "atlas.json"

NEIGHBORS = 5
"""Landmarks that share in the weight of one place of an image."""


def atlas_page(*, cursor: str | None) -> JobListOptions:
    """Say which jobs may have made an atlas."""
    return JobListOptions(status="succeeded", kind=ATLAS, limit=MOST_LISTED, cursor=cursor)


def listed(jobs: list[Job], next_cursor: str | None) -> AtlasList:
    """List the atlases among jobs; a dry run has made none."""
    return AtlasList(
        atlases=[
            AtlasSummary(
                id=job.id,
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

    Every place of the atlas' layer that is not at its edge counts alike.

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
    return [located_vectors(inner_vectors(one), landmarks, grids) for one in replies]


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
    if reply.map is None:
        raise ExplanationFailedError("the worker's reply holds no maps")
    height, width = reply.map.shape[:2]
    rows, columns = inner_places(height, width).T
    vectors: Float[np.ndarray, "Q D"] = reply.map[rows, columns]
    return vectors


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
