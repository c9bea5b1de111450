"""Numbers on the wire: arrays as base64 of little-endian, row-major bytes."""

from api_schemas.schema import Schema


class NumberArray(Schema):
    """An array: `numpy.frombuffer(base64.b64decode(b64), dtype).reshape(shape)`."""

    b64: str
    """The bytes, little-endian and row-major."""
    dtype: str
    """NumPy's name of the number type, such as `float32`."""
    shape: list[int]
    """Length along each axis."""
