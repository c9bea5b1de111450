"""What a client sends about finished atlases, and how it reads the answers."""

from collections.abc import Sequence

import httpx

from api_schemas.atlases import AtlasDocument, AtlasList, LocateBatch, LocatedCell
from vitrine.client.calls import IMAGES_AT_ONCE, Call, Options, reading, segment, written
from vitrine.client.errors import AnswerInvalidError
from vitrine.client.images import ImageLike, parts_of

ATLASES = "/atlases"

Located = list[LocatedCell]
"""Where one image falls."""


def listed(options: Options) -> Call[AtlasList]:
    """`GET /atlases`, one page."""
    return Call("GET", ATLASES, reading(AtlasList), query=written(options))


def atlas(name: str) -> Call[AtlasDocument]:
    """`GET /atlases/{atlas}`."""
    return Call("GET", f"{ATLASES}/{segment(name)}", reading(AtlasDocument))


def locate(images: Sequence[ImageLike], name: str) -> list[Call[list[Located]]]:
    """`POST /atlases/{atlas}/locate`, so many images in a request.

    Raises:
        ImageUnreadableError: one of them is no image.
    """
    starts = range(0, len(images), IMAGES_AT_ONCE)
    return [_locate(images[start : start + IMAGES_AT_ONCE], name) for start in starts]


def _locate(some: Sequence[ImageLike], name: str) -> Call[list[Located]]:
    def read(response: httpx.Response) -> list[Located]:
        if len(some) == 1:
            return [reading(list[LocatedCell])(response)]
        results = reading(LocateBatch)(response).results
        if len(results) != len(some):
            raise AnswerInvalidError(
                f"{response.url}: {len(results)} answers to {len(some)} images"
            )
        return results

    path = f"{ATLASES}/{segment(name)}/locate"
    return Call("POST", path, read, files=parts_of(some))
