"""What a job tells while it runs, and how a follower goes on where a stream broke off."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from httpx_sse import ServerSentEvent
from PIL import Image
from pydantic import ValidationError

from api_schemas.jobs import JobProgress
from vitrine.client.errors import AnswerInvalidError

ENDS = ("done", "error")
"""The last event of a job."""

SILENCE_SECONDS = 60.0
"""The service says something every 15 s: a stream that is silent for longer is broken."""
RECONNECT_SECONDS = 1.0
"""Between a stream that broke off and the next."""


@dataclass(frozen=True)
class JobEvent:
    """Something that a job told."""

    kind: str
    """`progress`, `preview`, `done` or `error`."""
    id: str
    """Place in the job's story."""
    data: Mapping[str, Any]
    """As the service sent it."""

    @property
    def is_end(self) -> bool:
        """Whether nothing follows."""
        return self.kind in ENDS

    @property
    def progress(self) -> JobProgress | None:
        """How far the job is; of `progress` alone.

        Raises:
            AnswerInvalidError: it is told in words that are not the service's.
        """
        if self.kind != "progress":
            return None
        try:
            return JobProgress.model_validate(self.data, extra="ignore")
        except ValidationError as error:
            raise AnswerInvalidError(str(error)) from error

    @property
    def preview(self) -> Image.Image | None:
        """What the job looks at; of `preview` alone."""
        encoded = self.data.get("image") if self.kind == "preview" else None
        return Image.open(BytesIO(base64.b64decode(encoded))) if encoded else None


def event_of(sent: ServerSentEvent) -> JobEvent:
    """Read an event of a stream.

    Raises:
        AnswerInvalidError: it is none of the service's.
    """
    try:
        data = json.loads(sent.data or "{}")
    except ValueError as error:
        raise AnswerInvalidError(f"an event that is no JSON: {sent.data[:200]}") from error
    if not isinstance(data, dict):
        raise AnswerInvalidError(f"an event that is no object: {sent.data[:200]}")
    return JobEvent(kind=sent.event or "message", id=sent.id, data=data)


def headers_after(last_event_id: str) -> dict[str, str]:
    """Ask for a stream, from behind an event on; all of it where there is none yet."""
    accept = {"Accept": "text/event-stream", "Cache-Control": "no-store"}
    return accept | ({"Last-Event-ID": last_event_id} if last_event_id else {})
