"""Making a result again by its receipt, and telling whether it came out the same."""

from dataclasses import replace
from hashlib import sha256

from pydantic import JsonValue

from api_schemas.methods import options_of
from api_schemas.predictions import PredictionOptions
from api_schemas.problems import FieldFault
from api_schemas.receipts import Receipt
from api_schemas.replays import ReplayDifference, ReplayOptions, Reproduction
from service.cache_use import current_cache_use
from service.decoded_image import pixels_digest
from service.errors import (
    FieldsInvalidError,
    ImageMismatchError,
    ModelChangedError,
    TooManyImagesError,
)
from service.explaining import Explainer, Milliseconds
from service.field_faults import escaped
from service.resolving import find_method, read_options
from service.uploads import Upload

COMPARED = ("computed", "front_versions", "digests")
"""Parts of a receipt that tell how its result came out, and what made it."""


async def replay(explainer: Explainer, upload: Upload, timings: Milliseconds) -> str:
    """Make a result again, by workers and not by the cache.

    Args:
        explainer: makes it.
        upload: the image, and the receipt as its only option.
        timings: filled with the time that each stage took.

    Returns:
        `ReplayAnswer` as JSON, without the outputs that the result had not.

    Raises:
        TooManyImagesError: several images.
        ModelChangedError: the model has other weights by now.
        ImageMismatchError: it is not the receipt's image.
        ServiceError, ImageError, CoreError, MessagingError: as for the route of the result.
    """
    receipt = read_options(ReplayOptions, upload.options).receipt
    if upload.is_batch:
        raise TooManyImagesError(len(upload.images), 1)
    record = await explainer.models.find_hosted(receipt.model)
    if record.sha256 != receipt.model_sha256:
        raise ModelChangedError(record.name, then=receipt.model_sha256, now=record.sha256)
    await _check_image(explainer, receipt, upload)
    current_cache_use().stay_away()
    _check_options(receipt)
    made, written = await _make(explainer, receipt, upload, timings)
    found = differences(receipt, made)
    is_same = not any(one.pointer.startswith("/digests/") for one in found)
    told = Reproduction(reproduced=is_same, differences=tuple(found))
    return f'{told.model_dump_json()[:-1]},"answer":{written}}}'


def differences(then: Receipt, now: Receipt) -> list[ReplayDifference]:
    """Compare the receipts of a result and of the one made again."""
    before, after = (
        _leaves(one.model_dump(mode="json", include=set(COMPARED))) for one in (then, now)
    )
    return [
        ReplayDifference(pointer=pointer, then=before.get(pointer), now=after.get(pointer))
        for pointer in sorted(before.keys() | after.keys())
        if before.get(pointer) != after.get(pointer)
    ]


def _check_options(receipt: Receipt) -> None:
    """Refuse options that the route of the result would not take.

    Raises:
        MethodNotFoundError: there is no such route.
        FieldsInvalidError: pointing into the receipt.
    """
    try:
        read_options(_schema_of(receipt), receipt.options)
    except FieldsInvalidError as error:
        faults = [
            FieldFault(pointer=f"/receipt/options{one.pointer}", detail=one.detail)
            for one in error.faults
        ]
        raise FieldsInvalidError(faults) from error


def _schema_of(receipt: Receipt) -> type[PredictionOptions]:
    """Find the schema of a result's options."""
    if receipt.method is None:
        return PredictionOptions
    return options_of(find_method(receipt.method))


async def _check_image(explainer: Explainer, receipt: Receipt, upload: Upload) -> None:
    """Refuse another image than the receipt's.

    Raises:
        ImageMismatchError: it is another one.
        ImageError: it cannot be decoded, which is needed to compare pixels.
    """
    (image,) = upload.images

    def digest() -> str:
        if receipt.image_as == "pixels" or not isinstance(image, bytes):
            return pixels_digest(explainer.pixels_of(image))
        return sha256(image).hexdigest()

    found = await explainer.off_loop(digest)
    if found != receipt.image_sha256:
        raise ImageMismatchError(then=receipt.image_sha256, now=found)


def _leaves(document: JsonValue, pointer: str = "") -> dict[str, JsonValue]:
    """List all that is inside nested objects, by JSON pointer."""
    if not isinstance(document, dict):
        return {pointer: document}
    return {
        leaf: value
        for name, inner in document.items()
        for leaf, value in _leaves(inner, f"{pointer}/{escaped(name)}").items()
    }


async def _make(
    explainer: Explainer, receipt: Receipt, upload: Upload, timings: Milliseconds
) -> tuple[Receipt, str]:
    """Make the result again: its receipt, and the answer as JSON."""
    upload = replace(upload, options=receipt.options | {"model": receipt.model})
    place = receipt.computed.place if receipt.computed else None
    if receipt.method is None:
        (prediction,) = await explainer.predict(upload, timings, place=place)
        return prediction.receipt, prediction.model_dump_json()
    method = find_method(receipt.method)
    (explanation,) = await explainer.explain(
        method, upload, timings, webp=receipt.webp, place=place
    )
    return explanation.answer.receipt, explanation.as_json()
