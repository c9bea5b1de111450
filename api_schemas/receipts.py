"""What a result was made of: enough to make it again, and to tell whether it came out alike."""

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from api_schemas.schema import Schema

MOST_IN_BATCH = 256

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
"""In hexadecimal digits."""
Versions = Annotated[dict[str, str], Field(max_length=32)]
"""Of libraries, by name."""


class BatchPlace(Schema):
    """Where in a batch an image was computed: the last bits of its numbers depend on it."""

    images: Annotated[int, Field(ge=1, le=MOST_IN_BATCH)]
    """In the batch, its padding included."""
    row: Annotated[int, Field(ge=0, lt=MOST_IN_BATCH)]
    """Of the image."""


class Computed(Schema):
    """What computed the numbers of a result."""

    fingerprint: str
    """SHA-256 over the model's weights and manifest, and the versions and precision here."""
    versions: Versions
    """Of the worker, TensorFlow, Keras and NumPy."""
    precision: str
    """In which numbers the network's layers compute."""
    device: str
    """Name of the GPU or CPU."""
    place: BatchPlace
    """In the batch."""


class Receipt(Schema):
    """What a result was made of; `POST /replay` makes it again."""

    image_sha256: Sha256
    """Of the image sent."""
    image_as: Literal["file", "pixels"]
    """What that is the digest of: the file's bytes; or the pixels, row by row, where they came
    as numbers."""
    model: Annotated[str, Field(min_length=1, max_length=64)]
    """Name of the model."""
    model_sha256: Sha256
    """Of its weights."""
    method: Annotated[str, Field(max_length=100)] | None
    """Name of the method; none of a prediction."""
    options: Annotated[dict[str, JsonValue], Field(max_length=64)]
    """As the route takes them: the defaults are filled in, and the target; a `colormap` is left
    out where none was asked for."""
    webp: bool
    """Whether its pictures are WebP files instead of PNG."""
    computed: Computed | None
    """What computed its numbers; none where the worker did not say."""
    front_versions: Versions
    """Of what read and resized the image, and drew and wrote the pictures."""
    digests: Annotated[dict[str, Sha256], Field(max_length=32)]
    """SHA-256 of each part: `scores` (every class' logit, then its probability) and `raw` as
    little-endian float32, `evidence` as JSON, and each picture as a file."""
