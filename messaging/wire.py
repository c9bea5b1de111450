"""What travels through Redis, as MessagePack: requests with pixels, replies with maps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import msgpack
import numpy as np
from numpy.typing import NDArray

from api_schemas.explanations import ExplanationOrder
from messaging.tracing.spans import Carrier

Float32Array = NDArray[np.float32]
Uint8Array = NDArray[np.uint8]


@dataclass(frozen=True)
class Request:
    """One image and what to compute for it."""

    request_id: str
    front: str
    """ID of the front process that awaits the reply."""
    patience_ms: int
    """Not worth computing once so much time has passed since it was queued."""
    order: ExplanationOrder
    pixels: Uint8Array
    """[H, W, 3] RGB, in the size of the model's input."""
    asked_by: str = ""
    """ID of the HTTP request that this is a part of: what logs and `X-Request-ID` name."""
    trace: Carrier = field(default_factory=dict)
    """The span that waits for the reply; empty, and not sent, where no traces are recorded."""


@dataclass(frozen=True)
class Timings:
    """Where the time of a request went, in milliseconds."""

    queue: float = 0.0
    """From queued until a worker took it."""
    batch: float = 0.0
    """From taken until its batch started."""
    compute: float = 0.0
    """The kernel's run, which it shared with its batch."""
    batch_images: int = 0
    """Images in that batch."""


@dataclass(frozen=True)
class Reply:
    """What a worker answers."""

    request_id: str
    status: Literal["done", "refused", "failed"]
    code: str = ""
    """For a refusal: the word of the contract, such as `layer_not_found`."""
    detail: str = ""
    """For a refusal or a failure: what is wrong, for a person."""
    logits: Float32Array | None = None
    """[K] scores before the softmax."""
    probabilities: Float32Array | None = None
    """[K] after it."""
    target: int = -1
    """Index of the class explained."""
    map: Float32Array | None = None
    """[h, w], signed; none for a prediction. A look inside gives [h, w, D] activations or
    [h, w, C, D] weights."""
    timings: Timings = Timings()
    evidence: dict[str, Any] | None = None
    """What was measured of the map, as `MapEvidence` has it; none unless ordered."""
    choice: dict[str, Any] | None = None
    """Which method was chosen, as `Choice` has it; none where the order names one."""
    consensus: Float32Array | None = None
    """[H, W] in 0..1, of the methods chosen from; none where the order names one."""
    found: dict[str, Any] | None = None
    """What a look inside tells beside numbers; none of other orders."""
    computed: dict[str, Any] | None = None
    """What computed it, as `Computed` has it."""
    is_cached: bool = False
    """Whether it was computed for an earlier request; never sent."""


def pack_request(request: Request) -> bytes:
    """Write a request for the stream."""
    packed: bytes = msgpack.packb(
        {
            "id": request.request_id,
            "asked_by": request.asked_by,
            "front": request.front,
            "patience_ms": request.patience_ms,
            "order": request.order.model_dump_json(),
            "shape": request.pixels.shape,
            "pixels": np.ascontiguousarray(request.pixels).data,
        }
        | ({"trace": dict(request.trace)} if request.trace else {})
    )
    return packed


def unpack_request(packed: bytes) -> Request:
    """Read a request from the stream.

    Raises:
        ValueError: these bytes are no request.
    """
    try:
        fields = msgpack.unpackb(packed)
        height, width, channels = fields["shape"]
        return Request(
            request_id=str(fields["id"]),
            # A front of the version before names none: the two may run side by side.
            asked_by=str(fields.get("asked_by", "")),
            front=str(fields["front"]),
            patience_ms=int(fields["patience_ms"]),
            order=ExplanationOrder.model_validate_json(fields["order"]),
            pixels=np.frombuffer(fields["pixels"], np.uint8).reshape(height, width, channels),
            trace=_read_trace(fields.get("trace", {})),
        )
    except (msgpack.UnpackException, LookupError, TypeError, OverflowError) as error:
        raise ValueError("not a request") from error


def pack_reply(reply: Reply) -> bytes:
    """Write a reply for the front's list."""
    packed: bytes = msgpack.packb(
        {
            "id": reply.request_id,
            "status": reply.status,
            "code": reply.code,
            "detail": reply.detail,
            "logits": _pack_floats(reply.logits),
            "probabilities": _pack_floats(reply.probabilities),
            "target": reply.target,
            "map": _pack_floats(reply.map),
            "evidence": reply.evidence,
            "choice": reply.choice,
            "consensus": _pack_floats(reply.consensus),
            "found": reply.found,
            "computed": reply.computed,
            "timings": vars(reply.timings),
        }
    )
    return packed


def unpack_reply(packed: bytes) -> Reply:
    """Read a reply from the front's list.

    Raises:
        ValueError: these bytes are no reply.
    """
    try:
        fields = msgpack.unpackb(packed)
        return Reply(
            request_id=str(fields["id"]),
            status=fields["status"],
            code=fields["code"],
            detail=fields["detail"],
            logits=_unpack_floats(fields["logits"]),
            probabilities=_unpack_floats(fields["probabilities"]),
            target=int(fields["target"]),
            map=_unpack_floats(fields["map"]),
            evidence=fields["evidence"],
            choice=fields["choice"],
            consensus=_unpack_floats(fields["consensus"]),
            # A worker of the version before finds nothing: the two may run side by side.
            found=fields.get("found"),
            computed=fields["computed"],
            timings=Timings(**fields["timings"]),
        )
    except (msgpack.UnpackException, LookupError, TypeError, OverflowError) as error:
        raise ValueError("not a reply") from error


def _read_trace(sent: Mapping[str, str]) -> dict[str, str]:
    """Read a carrier; a front that records no traces, or does not know of any, sends none."""
    return {str(name): str(value) for name, value in dict(sent).items()}


def _pack_floats(numbers: Float32Array | None) -> tuple[tuple[int, ...], bytes] | None:
    if numbers is None:
        return None
    return numbers.shape, np.ascontiguousarray(numbers, "<f4").tobytes()


def _unpack_floats(packed: tuple[tuple[int, ...], bytes] | None) -> Float32Array | None:
    if packed is None:
        return None
    shape, buffer = packed
    return np.frombuffer(buffer, "<f4").reshape(shape)
